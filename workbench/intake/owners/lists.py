"""Lists within one annotation: one element a line, or separated by commas where it is a single line; both ways.

What neither form can hold (line ends, blanks at its ends) is written as JSON, and whatever reads as such is read so.
"""

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any

_OWNED = re.compile(r"(?P<pattern>(?:\\.|[^\s\\])+)(?P<owners>(?:\s+@\S*)+)")
"""A path with owners of its own, as CODEOWNERS has them; a lone `@` stands for nobody."""


def split(text: str) -> list[str]:
    """The elements of an annotation."""
    return [_decoded(part, str) or part for part in parts(text)]


def joined(elements: Iterable[str]) -> str:
    """The annotation that `split` reads back."""
    return lines(_plain(each) for each in elements)


def parts(text: str) -> list[str]:
    """The elements as they are written."""
    pieces = text.split("\n") if "\n" in text else text.split(",")
    return [piece.strip() for piece in pieces if piece.strip()]


def lines(written: Iterable[str]) -> str:
    """The annotation of elements that are written already; its line ends tell that commas separate nothing."""
    return "".join(f"{each}\n" for each in written)


def read_path(part: str) -> tuple[str, list[str] | None]:
    """A path and its own owners: `src/**`, `src/** @team @other`, `src/** @` for nobody."""
    told = _decoded(part, list)
    if told and len(told) == 2 and isinstance(told[0], str) and (told[1] is None or _texts(told[1])):
        return told[0], told[1]
    found = _OWNED.fullmatch(part)
    if found:
        return found["pattern"], [owner[1:] for owner in found["owners"].split() if owner != "@"]
    return _decoded(part, str) or part, None


def write_path(pattern: str, owners: Sequence[str] | None) -> str:
    """The element that `read_path` reads back."""
    told = pattern if owners is None else " ".join([pattern, *(f"@{owner}" for owner in owners or [""])])
    expected = (pattern, None if owners is None else list(owners))
    return told if _alone(told) and read_path(told) == expected else json.dumps(expected)


def read_lead(part: str) -> tuple[str, str] | None:
    """`OTHER=TEAM`; None where that is not what stands there."""
    told = _decoded(part, list)
    if told and len(told) == 2 and _texts(told):
        return told[0], told[1]
    other, _, team = (each.strip() for each in part.partition("="))
    return (other, team) if other and team else None


def write_lead(other: str, team: str) -> str:
    """The element that `read_lead` reads back."""
    told = f"{other}={team}"
    return told if _alone(told) and read_lead(told) == (other, team) else json.dumps([other, team])


def _plain(text: str) -> str:
    return text if _alone(text) and _decoded(text, str) is None else json.dumps(text)


def _alone(text: str) -> bool:
    """Whether it stays what it is on a line of its own."""
    return bool(text) and text == text.strip() and text.isprintable()


def _decoded(part: str, kind: type) -> Any:
    """What JSON of that kind tells; None where it is none."""
    if not part.startswith(('"', "[")):
        return None
    try:
        told = json.loads(part)
    except (ValueError, RecursionError):
        return None
    return told if isinstance(told, kind) and told else None


def _texts(told: Any) -> bool:
    return isinstance(told, list) and all(isinstance(each, str) for each in told)
