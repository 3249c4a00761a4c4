"""The filter language: `vpn tier:L1 client:contoso age:>4h is:late who:me -is:waiting "exact words"`."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Final, NamedTuple, TypeAlias
from unicodedata import ucd_3_2_0
from zoneinfo import ZoneInfo

from workbench.clock import instant, iso, stored
from workbench.duration import parse_duration
from workbench.errors import InvalidInput, NotFound, nearest
from workbench.text import storable
from workbench.tickets.vocabulary import Impact, Priority, State, Urgency, WaitingFor

Value = str | int

Reader: TypeAlias = Callable[[str, ZoneInfo], Value]
"""Reads one value of a field; raises InvalidInput for what it does not take."""

LONGEST: Final = 10_000
"""Characters of a filter."""
MOST: Final = 200
"""Values and words of a filter; SQLite takes an expression of a thousand parts at most."""


class Operator(StrEnum):
    """How a field is compared with its values."""

    EQUAL = "="
    ABOVE = ">"
    BELOW = "<"
    AT_LEAST = ">="
    AT_MOST = "<="


class Term(NamedTuple):
    """One condition on one field; several values mean any of them."""

    field: str
    values: tuple[Value, ...]
    operator: Operator = Operator.EQUAL
    negated: bool = False


class Words(NamedTuple):
    """Words to be found in subject, requester or body, each as the beginning of one.

    `exact` is what must stand there letter for letter besides: a phrase, or what no word index knows (an emoji).
    """

    words: tuple[str, ...]
    exact: str = ""
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Filter:
    """What a ticket must be to stand in the list; empty lets everything through."""

    terms: tuple[Term, ...] = ()
    words: tuple[Words, ...] = ()
    text: str = field(default="", compare=False)


STAGES: Final = ("fresh", "aging", "due", "late", "paused")
CONDITIONS: Final = (
    *STAGES,
    *(state.value for state in State),
    "unresolved",
    "unassigned",
    "mine",
    "stale",
    "graveyard",
    "bouncing",
    "escalated",
    "unaccepted",
    "handoff",
)


class Field(NamedTuple):
    """A field of the language: what its values are, and how they are read; `values` names them where they are few."""

    allowed: str
    read: Reader
    ordered: bool = False
    values: tuple[str, ...] = ()
    read_equal: Reader | None = None
    """Reads what is not compared, where that is read in another way."""


def parse(text: str, zone: ZoneInfo | None = None) -> Filter:
    """Reads a filter; dates are days of `zone` (UTC unless told), and their midnights where they are compared.

    Raises InvalidInput that names the mistake and what is allowed.
    """
    text = storable(text)
    if len(text) > LONGEST:
        raise InvalidInput(f"the filter has {len(text):,} characters", f"at most {LONGEST:,} are read")
    terms: list[Term] = []
    words: list[Words] = []
    for negated, name, value in _pieces(text):
        if name is None:
            words.append(_words(value.replace('"', ""), negated))
        else:
            terms.append(_term(name, value, negated, zone or ZoneInfo("UTC")))
    size = sum(len(term.values) for term in terms) + sum(len(each.words) for each in words) + len(words)
    if size > MOST:
        raise InvalidInput(f"the filter has {size:,} words and values", f"at most {MOST} are read")
    return Filter(tuple(terms), tuple(words), text)


def only(name: str, *values: str) -> Filter:
    """A filter for one field with any of the values, whatever characters they have."""
    told = ",".join(f'"{value}"' for value in values)
    return Filter((Term(name, values),), text=f"{name}:{told}")


def known_words(text: str) -> tuple[str, ...]:
    """The words of a text that SQLite's tokenizer surely knows: its letters are of Unicode 6.1, these of 3.2."""
    known = "".join(char if ucd_3_2_0.category(char)[0] in "LN" else " " for char in text)
    return tuple(known.split())


def _words(text: str, negated: bool) -> Words:
    found = known_words(text)
    return Words(found, "" if found == (text,) else text, negated)


_PIECE = re.compile(r'(?P<minus>-?)(?:(?P<field>[A-Za-z]+):)?(?P<value>(?:"[^"]*"|[^\s"])*)(?P<open>"?)')
_EACH = re.compile(r'(?:"[^"]*"|[^",])+')
"""One of several values; quotation marks keep a comma in one."""


def _pieces(text: str) -> list[tuple[bool, str | None, str]]:
    pieces = []
    for match in _PIECE.finditer(text):
        if match["open"]:
            raise InvalidInput('a quotation mark " is not closed', 'close it, or leave it out: "exact words"')
        value, name = match["value"], match["field"]
        if name is None and not value.strip('"'):
            continue
        if name is None and re.fullmatch(r"#\d+", value):
            name, value = "number", value[1:]
        pieces.append((bool(match["minus"]), name.lower() if name else None, value))
    return pieces


def _term(name: str, value: str, negated: bool, zone: ZoneInfo) -> Term:
    known = FIELDS.get(name)
    if known is None:
        begun = [field for field in FIELDS if field.startswith(name)]
        near = begun[0] if len(begun) == 1 else nearest(name, FIELDS)
        advice = f"did you mean {near}:?" if near else f"fields are {', '.join(f'{each}:' for each in USEFUL)} …"
        raise NotFound(f"no field named '{name}:'", advice)
    operator, rest = _operator(value)
    each = [value.replace('"', "") for value in _EACH.findall(rest)]
    if not any(each):
        raise InvalidInput(f"{name}: has no value", f"it takes {known.allowed}")
    if operator is not Operator.EQUAL and not known.ordered:
        raise InvalidInput(f"{name}: cannot be compared with {operator}", f"it takes {known.allowed}")
    read = known.read_equal if operator is Operator.EQUAL and known.read_equal else known.read
    try:
        return Term(name, tuple(read(part, zone) for part in each), operator, negated)
    except InvalidInput as error:
        raise InvalidInput(f"{name}:{value} is not understood", f"{name}: takes {known.allowed}") from error


def _operator(value: str) -> tuple[Operator, str]:
    for sign in (">=", "<=", ">", "<", "="):
        if value.startswith(sign):
            return Operator(sign), value[len(sign) :]
    return Operator.EQUAL, value


def _one_of(*allowed: str) -> Field:
    by_lower = {word.lower(): word for word in allowed}

    def read(value: str, _: ZoneInfo) -> str:
        if value.lower() not in by_lower:
            raise InvalidInput(value, "")
        return by_lower[value.lower()]

    return Field(", ".join(allowed), read, values=allowed)


def _text(allowed: str) -> Field:
    return Field(allowed, lambda value, _: value)


def _number(value: str, _: ZoneInfo) -> int:
    if not (value.isascii() and value.isdigit() and len(value) < 16):
        raise InvalidInput(value, "")
    return int(value)


def _moment(value: str, zone: ZoneInfo) -> str:
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return iso(instant(value))
    try:
        return iso(datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC))
    except OverflowError as error:
        raise InvalidInput(value, "") from error


def _span(value: str, zone: ZoneInfo) -> str:
    """A whole day, or one second: `FROM/TO` without the last, as ISO 8601 writes an interval."""
    start = _moment(value, zone)
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return f"{start}/{iso(stored(start) + timedelta(seconds=1))}"
    return f"{start}/{_moment((day + timedelta(days=1)).isoformat(), zone)}"


_DURATION: Final = Field("a length of time like >4h, <30m, >=2d", lambda value, _: parse_duration(value), ordered=True)
_COUNT: Final = Field("a number like 2, >0", _number, ordered=True)
_MOMENT: Final = Field(
    "a date or instant like 2026-11-20, >=2026-11-01, <2026-11-21T09:00:00Z", _moment, ordered=True, read_equal=_span
)

FIELDS: Final[dict[str, Field]] = {
    "tier": _text("a tier like L1"),
    "team": _text("a team"),
    "client": _text("a client, or none"),
    "contact": _text("words of the requester's name"),
    "who": _text("a person, me, or none"),
    "component": _text("a component, or none"),
    "owner": _text("a team that owns the component, or none where nobody does"),
    "tag": _text("a tag"),
    "priority": Field(
        "P1, P2, P3, P4, or compared like <=P2",
        _one_of(*(each.value for each in Priority)).read,
        ordered=True,
        values=tuple(each.value for each in Priority),
    ),
    "impact": _one_of(*(each.value for each in Impact)),
    "urgency": _one_of(*(each.value for each in Urgency)),
    "is": _one_of(*CONDITIONS),
    "for": _one_of(*(each.value for each in WaitingFor)),
    "age": _DURATION,
    "here": _DURATION,
    "progress": _DURATION,
    "untouched": _DURATION,
    "unanswered": _DURATION,
    "hops": _COUNT,
    "bounces": _COUNT,
    "reopens": _COUNT,
    "number": _COUNT,
    "opened": _MOMENT,
    "resolved": _MOMENT,
    "external": _text("a number of another tool"),
}
"""Every field; `here` is the time in this queue, `progress` since anybody made any, `for` what is waited for."""
USEFUL: Final = ("is", "who", "tier", "client", "component", "owner", "age", "priority", "tag")
"""The fields that are named where one is not known."""
