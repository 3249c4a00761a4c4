"""The report as a file, in the form that its name asks for."""

from pathlib import Path
from typing import Final

from workbench.errors import InvalidInput
from workbench.new_file import write_new
from workbench.reports.html import html_page
from workbench.reports.markdown import markdown_page
from workbench.reports.page import Page

HTML: Final = (".html", ".htm")
MARKDOWN: Final = (".md", ".markdown")


def write(page: Page, name: str) -> Path:
    """Writes the page to a new file, and says where; InvalidInput, Refused, FileProblem where that cannot be."""
    path = Path(name).expanduser().absolute()
    if path.suffix.lower() in HTML:
        text = html_page(page)
    elif path.suffix.lower() in MARKDOWN:
        text = "\n".join(markdown_page(page))
    else:
        raise InvalidInput(f"{path.name!r} is of no known form", "name it report.html or report.md")
    write_new(path, f"{text}\n")
    return path
