"""Markdown inside a line, taken off: what is left is what a person reads."""

import re
from typing import Final

_LINK: Final = re.compile(r"!?\[([^\[\]\n]{0,300})\]\((?:\{\{[^}\n]{0,300}\}\}|[^()\n]{0,500})\)")
_MARKS: Final = re.compile(r"\*\*|__(?=\S)|(?<=\S)__|`+|(?<!\w)\*(?=\S)|(?<=\S)\*(?!\w)")


def plain(text: str) -> str:
    """The text on one line without links' targets, emphasis and code marks."""
    return " ".join(_MARKS.sub("", _LINK.sub(r"\1", text)).split())
