"""The profile of an event log: a small TOML file that says which column is what and what its values mean."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from importlib import resources
from pathlib import Path
from typing import Final, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from workbench.errors import InvalidInput, NotFound
from workbench.intake.dates import BadCell, read_instant
from workbench.intake.values import read_impact, read_priority
from workbench.organisation.toml import Entry
from workbench.text import one_line
from workbench.tickets.vocabulary import Impact, Priority, State, WaitingFor

_Value = TypeVar("_Value")
_Word = TypeVar("_Word", Priority, Impact)
_PLACEHOLDER = re.compile(r"\{([^{}]+)\}")
_COLUMNS: Final = ("team", "person", "priority", "impact", "component", "client")
_TIER_TESTS: Final = ("ends", "contains", "matches")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a line of the log does to a ticket; without a state it leaves it as it was.

    `resolves_first`: a closing, other than a cancelling, says that the ticket was resolved, if nothing said so before.
    """

    state: State | None
    waiting_for: WaitingFor | None = None
    resolves_first: bool = False


MEANINGS: Final = {
    "new": Meaning(State.NEW),
    "open": Meaning(State.OPEN),
    **{f"waiting:{whom}": Meaning(State.WAITING, whom) for whom in WaitingFor},
    "resolved": Meaning(State.RESOLVED),
    "closed": Meaning(State.CLOSED, resolves_first=True),
    "cancelled": Meaning(State.CLOSED),
    "same": Meaning(None),
}
"""The words for states in a profile. `new` is: nobody has it (any more)."""


@dataclass(frozen=True, slots=True)
class Profile:
    """How a log is read; every column is named as the log names it."""

    case: str
    time: str
    state: tuple[str, ...]
    """The columns whose values, joined by `/`, are the keys of `states`."""
    others: Mapping[str, str]
    """From team, person, priority, impact, component, client to the column, where there is one."""
    states: Mapping[str, Meaning]
    subject: str
    time_format: str = "iso"
    zone: tzinfo = UTC
    missing: frozenset[str] = frozenset({""})
    nobody: frozenset[str] = frozenset()
    tiers: tuple[tuple[re.Pattern[str], str], ...] = ()
    default_tier: str = "L1"
    priorities: Mapping[str, Priority] | None = None
    impacts: Mapping[str, Impact] | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that is read, once."""
        read = (self.case, self.time, *self.state, *self.others.values(), *self.subject_columns)
        return tuple(dict.fromkeys(read))

    @property
    def subject_columns(self) -> tuple[str, ...]:
        """The columns whose values the subject is made of."""
        return tuple(_PLACEHOLDER.findall(self.subject))

    def tier_of(self, team: str) -> str:
        """The tier of the first rule that fits the team's name, else the default."""
        return next((tier for pattern, tier in self.tiers if pattern.search(team)), self.default_tier)

    def instant_of(self, cell: str) -> datetime | None:
        """The instant of a time cell, in UTC; raises BadCell."""
        if self.time_format == "iso":
            return read_instant(cell, self.zone)
        try:
            at = datetime.strptime(cell.strip(), self.time_format)  # noqa: DTZ007 (the zone follows)
            return (at if at.tzinfo else at.replace(tzinfo=self.zone)).astimezone(UTC).replace(microsecond=0)
        except (ValueError, OverflowError) as error:
            raise BadCell(f"{cell!r} is not a time written like {self.time_format}") from error

    def priority_of(self, cell: str | None) -> Priority | None:
        """The priority that a cell stands for; raises BadCell."""
        if cell is None or self.priorities is None:
            return read_priority(cell or "")
        return _looked_up(cell, self.priorities, "priorities")

    def impact_of(self, cell: str | None) -> Impact | None:
        """The impact that a cell stands for; raises BadCell."""
        if cell is None or self.impacts is None:
            return read_impact(cell or "")
        return _looked_up(cell, self.impacts, "impacts")

    def subject_of(self, values: Mapping[str, str]) -> str:
        """The subject, each `{column}` filled with its value."""
        return _PLACEHOLDER.sub(lambda found: values[found[1]], self.subject)


def _looked_up(cell: str, known: Mapping[str, _Value], table: str) -> _Value:
    if cell not in known:
        raise BadCell(f"{cell!r} does not stand in the profile's [{table}]; there are {', '.join(known)}")
    return known[cell]


def shipped_profiles() -> list[str]:
    """The names of the profiles that come with the program."""
    return sorted(file.name.removesuffix(".toml") for file in _shipped().iterdir() if file.name.endswith(".toml"))


def load_profile(name: str) -> Profile:
    """A shipped profile by its name, or any other by the path of its `.toml` file.

    Raises NotFound for an unknown name, and InvalidInput with the key and what is allowed.
    """
    if name in shipped_profiles():
        return parse_profile(_shipped().joinpath(f"{name}.toml").read_text("utf-8"), name)
    if not name.endswith(".toml"):
        raise NotFound.among("profile", name, shipped_profiles())
    try:
        text = Path(name).read_text("utf-8-sig")
    except OSError as error:
        raise InvalidInput(f"{name} cannot be read: {error.strerror}", "name a TOML file") from error
    except UnicodeDecodeError as error:
        raise InvalidInput(f"{name} is not UTF-8 text (at byte {error.start})", "save it as UTF-8") from error
    return parse_profile(text, Path(name).name)


def _shipped() -> resources.abc.Traversable:
    return resources.files("workbench.intake") / "profiles"


def parse_profile(text: str, source: str) -> Profile:
    """The profile that the text of a TOML file describes; raises InvalidInput with the key and what is allowed."""
    try:
        top = Entry(tomllib.loads(text), source)
    except (ValueError, RecursionError) as error:  # a TOMLDecodeError, an impossible date, an endless number
        raise InvalidInput(f"{source} is not TOML: {one_line(str(error))}", "mend it there") from None
    top.text("title")
    columns = _required(top, "columns", '{ case = "Number", time = "Changed" }')
    profile = Profile(
        case=_text(columns, "case"),
        time=_text(columns, "time"),
        state=_one_or_more(columns, "state"),
        others={name: _text(columns, name) for name in _COLUMNS if columns.has(name)},
        states={
            key: MEANINGS[value]
            for key, value in _choices(_required(top, "states", '{ Done = "resolved" }'), MEANINGS).items()
        },
        subject=_text(top, "subject"),
        time_format=_time_format(top),
        zone=_zone(top),
        missing=frozenset(top.texts("missing")) | {""},
        nobody=frozenset(top.texts("nobody")),
        tiers=tuple(_tier_rule(rule) for rule in top.tables("tiers", "name") or ()),
        default_tier=top.text("default_tier", "L1"),
        priorities=_words(top, "priorities", Priority),
        impacts=_words(top, "impacts", Impact),
    )
    columns.finish()
    top.finish()
    return profile


def _required(top: Entry, key: str, like: str) -> Entry:
    table = top.table(key, like)
    if table is None:
        raise InvalidInput(f"{top.place} has no [{key}]", f"add the table [{key}]")
    return table


def _text(entry: Entry, key: str) -> str:
    text = entry.text(key)
    if not text:
        raise InvalidInput(f"{entry.place} has no {key}", f'add {key} = "…"')
    return text


def _one_or_more(entry: Entry, key: str) -> tuple[str, ...]:
    return entry.texts(key) if isinstance(entry.value(key), list) else (_text(entry, key),)


def _choices(entry: Entry, allowed: Mapping[str, object]) -> dict[str, str]:
    return {key: entry.choice(key, allowed, "") for key in entry.names()}


def _words(top: Entry, key: str, kind: type[_Word]) -> dict[str, _Word] | None:
    table = top.table(key, f'{{ High = "{next(iter(kind)).value}" }}')
    if table is None:
        return None
    return {word: kind(value) for word, value in _choices(table, {each.value: each for each in kind}).items()}


def _time_format(top: Entry) -> str:
    notation = top.text("time_format", "iso")
    sample = datetime(2026, 11, 21, 9, 5, 7, tzinfo=UTC)
    try:
        if notation != "iso":
            datetime.strptime(sample.strftime(notation), notation)  # noqa: DTZ007 (only whether it can be read)
        return notation
    except (ValueError, re.error):
        raise top.wrong("time_format", 'it is "iso" or a format like "%d.%m.%Y %H:%M:%S"') from None


def _zone(top: Entry) -> tzinfo:
    try:
        return ZoneInfo(top.text("zone", "UTC"))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise top.wrong("zone", 'it is a name like "Europe/Brussels" of the IANA time zones') from None


def _tier_rule(rule: Entry) -> tuple[re.Pattern[str], str]:
    tests = [key for key in _TIER_TESTS if rule.has(key)]
    if len(tests) != 1:
        raise InvalidInput(f"{rule.place} has {len(tests)} tests", f"give one of {', '.join(_TIER_TESTS)}")
    wanted = _text(rule, tests[0])
    pattern = {"ends": re.escape(wanted) + r"\Z", "contains": re.escape(wanted), "matches": wanted}[tests[0]]
    try:
        compiled = re.compile(pattern)
    except re.error as error:
        raise rule.wrong("matches", f"it must be a regular expression: {error}") from None
    tier = _text(rule, "tier")
    rule.finish()
    return compiled, tier
