"""Reads a setup file; every mistake is told with its place and what is allowed there."""

import re
import zoneinfo
from datetime import date, datetime
from itertools import pairwise
from typing import Any, cast

from workbench.errors import InvalidInput, NotFound
from workbench.organisation.calendar import FIRST_YEAR, LAST_YEAR, WHOLE_WEEK, Calendar, Span, Week
from workbench.organisation.model import (
    ALWAYS,
    PRIORITIES,
    TARGETS,
    Client,
    Person,
    Rotation,
    SupportModel,
    Targets,
    Team,
    Tier,
)
from workbench.organisation.setup import Setup
from workbench.organisation.toml import Entry, parse

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DURATION_SETTINGS = (
    "stale_after",
    "graveyard_after_open",
    "graveyard_after_untouched",
    "close_after",
    "owner_stale_after",
    "command_time_limit",
    "escalation_work",
    "escalation_refocus",
)
SHARE_SETTINGS = ("aging_share", "due_share")
COST_SETTINGS = ("engineer_hour_cost",)
FLAG_SETTINGS = ("run_commands",)

_SPAN = re.compile(r"([01]\d|2[0-3]):([0-5]\d)\s*-\s*(?:([01]\d|2[0-3]):([0-5]\d)|(24):(00))")
_DAY = 86_400
_HOURS = '["09:00-12:30", "13:00-17:30"]'
_ROTATION = '{ start = "2026-11-16T09:00", every = "7d", people = ["maya", "ravi"] }'
_TARGETS = '{ respond = "15m", resolve = "4h" }'
"""Tables as they are written, for who has written something else."""


def read_setup(text: str, source: str, default_zone: str = "UTC") -> Setup:
    """The setup that the text says; `source` names it in errors, `default_zone` is for calendars without a zone."""
    entry = parse(text, source)
    zone = _zone(entry, "zone") if entry.has("zone") else None
    priority, settings = entry.table("priority", "{ P1 = 0.25 }"), entry.table("settings", '{ stale_after = "3d" }')
    calendars = entry.tables("calendar", "name")
    tiers, people = entry.tables("tier", "name"), entry.tables("person", "login")
    if tiers == []:
        raise entry.wrong("tier", 'a workbench needs one tier at least, like [[tier]] with name = "L1"')
    teams, clients = entry.tables("team", "slug"), entry.tables("client", "slug")
    setup = Setup(
        name=_title(entry) if entry.has("name") else None,
        zone=zone,
        priority_factors=_priority(priority) if priority else {},
        settings=_settings(settings) if settings else {},
        calendars=None if calendars is None else tuple(_calendar(one, zone or default_zone) for one in calendars),
        tiers=None if tiers is None else tuple(_tier(one, place) for place, one in enumerate(tiers)),
        people=None if people is None else tuple(_person(one) for one in people),
        teams=None if teams is None else tuple(_team(one) for one in teams),
        clients=None if clients is None else tuple(_client(one) for one in clients),
        contacts={one.name("slug"): _contacts(one) for one in clients or () if one.has("contacts")},
    )
    entry.finish()
    return setup


def _title(entry: Entry) -> str:
    title = entry.text("name")
    if not title.strip():
        raise entry.wrong("name", "it must say something")
    return title


def _zone(entry: Entry, key: str) -> str:
    name = entry.text(key)
    try:
        zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        near = NotFound.among("time zone", name, zoneinfo.available_timezones()).advice
        advice = near if near.startswith("did you mean") else "it is an IANA time zone, like Europe/Berlin or UTC"
        raise entry.wrong(key, advice) from None
    return name


def _priority(entry: Entry) -> dict[str, float]:
    factors = {}
    for name in PRIORITIES:
        if entry.value(name) is not None:
            factors[name] = entry.number(name, above=0, most=100)
    entry.finish()
    return factors


def _settings(entry: Entry) -> dict[str, int | float]:
    values: dict[str, int | float] = {}
    for key in DURATION_SETTINGS:
        if entry.value(key) is not None:
            values[key] = entry.duration(key)
    for key in SHARE_SETTINGS:
        if entry.value(key) is not None:
            values[key] = entry.number(key, above=0, most=1)
    for key in COST_SETTINGS:
        if entry.value(key) is not None:
            values[key] = entry.number(key, above=0, most=100_000)
    for key in FLAG_SETTINGS:
        if entry.value(key) is not None:
            values[key] = entry.flag(key)
    entry.finish()
    return values


def _calendar(entry: Entry, default_zone: str) -> Calendar:
    name = entry.name("name")
    if name == ALWAYS.name:
        raise entry.wrong("name", "that one is built in: call yours something else")
    zone = _zone(entry, "zone") if entry.has("zone") else default_zone
    hours = entry.table("hours", f"{{ mon = {_HOURS} }}")
    # Without a word about hours a calendar only closes on its dates; were it never open, no clock would ever run.
    calendar = Calendar(name, zone, _week(hours) if hours else WHOLE_WEEK, _closed(entry))
    entry.finish()
    return calendar


def _week(entry: Entry) -> Week:
    week = tuple(_spans(entry, day) for day in WEEKDAYS)
    entry.finish()
    return week


def _spans(entry: Entry, day: str) -> tuple[Span, ...]:
    spans: list[Span] = []
    for text in sorted(entry.texts(day, _HOURS)):
        found = _SPAN.fullmatch(text.strip())
        if not found:
            raise entry.wrong(day, f'hours are like {_HOURS}, the last up to "24:00"')
        numbers = [int(number) for number in found.groups() if number]
        spans.append((numbers[0] * 60 + numbers[1], numbers[2] * 60 + numbers[3]))
    if any(end <= start for start, end in spans):
        raise entry.wrong(day, "each span ends after it starts; one over midnight is two, up to 24:00 and from 00:00")
    if any(end > start for (_, end), (start, _) in pairwise(spans)):
        raise entry.wrong(day, "the spans of a day do not overlap")
    return tuple(spans)


def _closed(entry: Entry) -> frozenset[date]:
    days = entry.value("closed") or []
    if not isinstance(days, list):
        raise entry.wrong("closed", 'it must be a list of dates, like ["2026-12-25"]')
    return frozenset(_date(entry, day) for day in days)


def _date(entry: Entry, day: Any) -> date:
    if isinstance(day, date) and not isinstance(day, datetime):
        return day
    if isinstance(day, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", day):
        try:
            return date.fromisoformat(day)
        except ValueError:
            pass
    raise entry.wrong("closed", 'a closed date is like "2026-12-25"')


def _targets(entry: Entry) -> Targets:
    targets: dict[Any, int | None] = {}
    for name in TARGETS:
        value = entry.value(name)
        if value is not None:
            targets[name] = None if value == "none" else _target(entry, name)
    return targets


def _target(entry: Entry, name: str) -> int:
    try:
        return entry.duration(name)
    except InvalidInput as error:
        raise InvalidInput(error.wrong, error.advice + ', or "none"') from None


def _tier(entry: Entry, position: int) -> Tier:
    name = entry.name("name")
    tier = Tier(name, entry.text("title"), position, _targets(entry), entry.text("calendar", ALWAYS.name))
    entry.finish()
    return tier


def _person(entry: Entry) -> Person:
    login = entry.name("login")
    person = Person(login, entry.text("name") or login)
    entry.finish()
    return person


def _team(entry: Entry) -> Team:
    slug = entry.name("slug")
    rotation, targets = entry.table("rotation", _ROTATION), entry.table("targets", _TARGETS)
    team = Team(
        slug=slug,
        name=entry.text("name") or slug,
        tier=entry.name("tier"),
        support=SupportModel(entry.choice("support", SupportModel, SupportModel.TIERED)),
        calendar=entry.text("calendar") if entry.has("calendar") else None,
        contact=entry.text("contact"),
        wants=entry.text("wants"),
        people=_people(entry),
        rotation=_rotation(rotation) if rotation else None,
        targets=_targets(targets) if targets else {},
    )
    entry.finish()
    if targets:
        targets.finish()
    return team


def _people(entry: Entry) -> tuple[str, ...]:
    people = entry.texts("people")
    if len(set(people)) < len(people):
        raise entry.wrong("people", "each person stands there once")
    return people


def _rotation(entry: Entry) -> Rotation:
    every = entry.duration("every") if entry.has("every") else 7 * _DAY
    if every % _DAY:
        raise entry.wrong("every", 'it must be whole days, like "1d" or "7d"')
    rotation = Rotation(_local_time(entry, "start"), every, entry.texts("people"))
    entry.finish()
    return rotation


def _local_time(entry: Entry, key: str) -> datetime:
    value = entry.value(key)
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2})?", value):
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            value = None
    if isinstance(value, datetime) and value.tzinfo is None and FIRST_YEAR <= value.year <= LAST_YEAR:
        return value.replace(microsecond=0)
    if not entry.has(key):
        raise InvalidInput(f"{entry.place} has no {key}", f'add {key} = "2026-11-16T09:00"')
    raise entry.wrong(key, 'it is a local time, like "2026-11-16T09:00", without an offset')


def _client(entry: Entry) -> Client:
    slug = entry.name("slug")
    entry.value("contacts")
    by_tier = entry.table("targets", f"{{ L1 = {_TARGETS} }}")
    targets: dict[str, Targets] = {}
    for tier in by_tier.names() if by_tier else ():
        of_tier = cast(Entry, cast(Entry, by_tier).table(tier, _TARGETS))
        given = _targets(of_tier)
        if given:
            targets[tier] = given
        of_tier.finish()
    calendar = entry.text("calendar") if entry.has("calendar") else None
    client = Client(slug, entry.text("name") or slug, calendar, targets)
    entry.finish()
    return client


def _contacts(entry: Entry) -> dict[str, str]:
    contacts: dict[str, str] = {}
    for contact in entry.tables("contacts", "name", "client.contacts") or ():
        name = contact.text("name")
        if not name.strip():
            raise InvalidInput(f"{contact.place} has no name", 'write { name = "Dana Reyes" }')
        contacts[name] = contact.text("email")
        contact.finish()
    return contacts
