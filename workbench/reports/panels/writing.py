"""The report as a file, in the form that its name asks for."""

from pathlib import Path
from typing import Final

from workbench.errors import FileProblem, InvalidInput
from workbench.reports.html import html_page
from workbench.reports.markdown import markdown_page
from workbench.reports.page import Page

HTML: Final = (".html", ".htm")
MARKDOWN: Final = (".md", ".markdown")


def write(page: Page, name: str) -> Path:
    """Writes the page to a new file, and says where; InvalidInput, FileProblem where that cannot be."""
    path = Path(name).expanduser().absolute()
    if path.suffix.lower() in HTML:
        text = html_page(page)
    elif path.suffix.lower() in MARKDOWN:
        text = "\n".join(markdown_page(page))
    else:
        raise InvalidInput(f"{path.name!r} is of no known form", "name it report.html or report.md")
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(f"{text}\n")
    except FileExistsError:
        raise FileProblem(f"there is a file {path} already", "choose another name") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise FileProblem(f"{path} cannot be written ({reason})", "name a file in a folder of yours") from None
    return path
