"""Numbers as people say them: bare, or with the mark that stands before them where they are printed."""

from typing import Final

from workbench.errors import InvalidInput

LARGEST: Final = 2**63 - 1
"""What SQLite can count to."""
PROBLEM_MARK: Final = "PRB-"
"""What stands before the number of a problem."""


def number_said(said: str, mark: str = "", least: int = 1) -> int:
    """The number that `7` and, with the mark `PRB-`, also `prb-7` mean; InvalidInput where the file can keep none."""
    digits = said.strip().upper().removeprefix(mark).strip()
    readable = digits.isascii() and digits.isdigit() and len(digits) <= len(str(LARGEST))
    if not readable or not least <= int(digits) <= LARGEST:
        raise InvalidInput(
            f"{said[:60]!r} is no number from {least} to {LARGEST}", f"with or without {mark}" * bool(mark)
        )
    return int(digits)


def problem_number(said: str) -> int | None:
    """The number of a problem, `7` or `PRB-7`, and None where nothing is said; InvalidInput."""
    if not said.strip():
        return None
    try:
        return number_said(said, PROBLEM_MARK)
    except InvalidInput:
        raise InvalidInput(f"{said[:60]!r} is no problem's number", "it is a number like 7, or PRB-7") from None
