"""Whether a name or a pattern of a file can be kept and found."""

from workbench.ownership.matching.readers import matches_nothing
from workbench.ownership.model import LONGEST


def refused(field: str, text: str) -> str | None:
    """Why this alias, host, URL, path or signature cannot be used; None where it can."""
    if not text.strip():
        return "an element is empty"
    if len(text) > LONGEST:
        return f"an element has {len(text):,} characters; at most {LONGEST} are kept"
    return f"{text!r} can match nothing" if matches_nothing(field, text) else None
