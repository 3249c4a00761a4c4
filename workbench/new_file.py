"""A text as a new file, wherever a user wants one."""

from pathlib import Path

from workbench.errors import FileProblem, Refused


def write_new(path: Path, text: str) -> None:
    """Writes it in UTF-8, `?` for what has no bytes there; Refused where a file is, FileProblem where none can be."""
    try:
        with path.open("x", encoding="utf-8", errors="replace", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        raise Refused(f"{path} exists already", "name another file") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise FileProblem(f"{path} cannot be written ({reason})", "name a file in a folder of yours") from error
