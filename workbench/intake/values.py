"""Reads single cells as the fields of a ticket; every reader raises BadCell with what is allowed."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import lru_cache
from typing import TypeVar

from workbench.intake.cells import split
from workbench.intake.dates import BadCell
from workbench.intake.vocabulary import (
    IMPACTS,
    NOTHING,
    PRIORITIES,
    STATES,
    URGENCIES,
    WAITING_FOR,
    plain,
    plain_word,
)
from workbench.tickets.vocabulary import Impact, Priority, State, Urgency, WaitingFor

_Word = TypeVar("_Word", bound=StrEnum)
_Value = TypeVar("_Value")
_REMEMBERED = 4096
"""How many different cells of one kind are remembered: teams, people and words repeat."""

_LONGEST_NUMBER = 15


def read_text(cell: str) -> str | None:
    """Text as it stands, None where there is none."""
    return cell if cell and not cell.isspace() else None


def read_line(cell: str) -> str | None:
    """Text without the blanks around it, None where there is none."""
    return cell.strip() or None


@lru_cache(_REMEMBERED)
def read_name(cell: str) -> str | None:
    """A name of a team, person, client or thing, None for `none`, `-` or `Unassigned`."""
    return None if plain(cell) in NOTHING and cell.isascii() else read_line(cell)


def read_number(cell: str) -> int | None:
    """A ticket's own number, with or without `#`."""
    bare = cell.strip().removeprefix("#")
    if not bare:
        return None
    if not (bare.isascii() and bare.isdigit() and len(bare) <= _LONGEST_NUMBER and int(bare)):
        raise BadCell(f"{cell!r} is not a ticket's number; write it like 1042 or #1042")
    return int(bare)


@lru_cache(_REMEMBERED)
def read_tags(cell: str) -> tuple[str, ...]:
    """Tags between `;` or `,`, or between blanks where neither stands."""
    return split(cell)


@lru_cache(_REMEMBERED)
def read_state(cell: str) -> tuple[State, WaitingFor | None] | None:
    """A state, and whom a waiting ticket waits for as far as the word tells."""
    return _meaning(STATES, "state", ", ".join(State), cell)


def _words(words: Mapping[str, _Word], what: str, allowed: type[_Word]) -> Callable[[str], _Word | None]:
    @lru_cache(_REMEMBERED)
    def read(cell: str) -> _Word | None:
        return _meaning(words, what, ", ".join(allowed), cell)

    return read


read_priority = _words(PRIORITIES, "priority", Priority)
read_impact = _words(IMPACTS, "impact", Impact)
read_urgency = _words(URGENCIES, "urgency", Urgency)
read_waiting_for = _words(WAITING_FOR, "reason to wait", WaitingFor)


def _meaning(words: Mapping[str, _Value], what: str, allowed: str, cell: str) -> _Value | None:
    word = plain(cell)
    if word in NOTHING and word not in words:
        return None
    for known in (word, plain_word(cell)):
        if known in words:
            return words[known]
    raise BadCell(f"{cell!r} is no known {what}; use {allowed}, or a usual word for one of them")
