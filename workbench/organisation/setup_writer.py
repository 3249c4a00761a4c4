"""Writes the setup file: always in the same order, and read back as the same setup."""

from collections.abc import Iterable, Iterator, Mapping

from workbench.duration import format_duration
from workbench.organisation.calendar import Calendar
from workbench.organisation.model import (
    TARGETS,
    Client,
    Contact,
    Organisation,
    Person,
    Rotation,
    Targets,
    Team,
    Tier,
)
from workbench.organisation.setup_reader import (
    COST_SETTINGS,
    DURATION_SETTINGS,
    FLAG_SETTINGS,
    SHARE_SETTINGS,
    WEEKDAYS,
)
from workbench.organisation.toml import bare, literal

Line = tuple[str, object]
"""A key and its value; None and empty text are left out of the file."""


def write_setup(organisation: Organisation, contacts: Mapping[str, Iterable[Contact]]) -> str:
    """The setup file of all that is in use; `contacts` are those in use by client."""
    settings = organisation.settings
    kinds: list[tuple[str, list[list[Line]]]] = [
        ("calendar", [_calendar(calendar) for calendar in organisation.calendars]),
        ("tier", [_tier(tier) for tier in organisation.tiers]),
        ("person", [_person(person) for person in organisation.people]),
        ("team", [_team(team) for team in organisation.teams]),
        ("client", [_client(client, contacts.get(client.slug, ())) for client in organisation.clients]),
    ]
    lines = [*_lines([("name", organisation.name), ("zone", organisation.zone)])]
    # A kind without members is written too: left out, it would be left alone where the file is applied. Only of tiers
    # no file may have none, and one that is not set up yet has no others to leave.
    lines += [f"{kind} = []" for kind, members in kinds if not members and kind != "tier"]
    lines += ["", "[priority]", *_lines(settings.priority_factors.items())]
    lines += ["", "[settings]"]
    lines += _lines((key, format_duration(getattr(settings, key))) for key in DURATION_SETTINGS)
    lines += _lines((key, getattr(settings, key)) for key in (*SHARE_SETTINGS, *COST_SETTINGS, *FLAG_SETTINGS))
    for kind, members in kinds:
        for member in members:
            lines += ["", f"[[{kind}]]", *_lines(member)]
    return "\n".join(lines) + "\n"


def _lines(pairs: Iterable[Line]) -> Iterator[str]:
    for key, value in pairs:
        if value is None or value == "":
            continue
        if key == "contacts" and isinstance(value, list) and value:
            yield "contacts = ["
            yield from (f"    {literal(contact)}," for contact in value)
            yield "]"
        else:
            yield f"{bare(key)} = {literal(value)}"


def _calendar(calendar: Calendar) -> list[Line]:
    week = zip(WEEKDAYS, calendar.hours, strict=True)
    hours = {day: [f"{_time(start)}-{_time(end)}" for start, end in spans] for day, spans in week if spans}
    closed = [day.isoformat() for day in sorted(calendar.closed)]
    return [("name", calendar.name), ("zone", calendar.zone), ("hours", hours), ("closed", closed or None)]


def _time(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _targets(targets: Targets) -> list[Line]:
    return [(name, _target(targets[name])) for name in TARGETS if name in targets]


def _target(seconds: int | None) -> str:
    return "none" if seconds is None else format_duration(seconds)


def _tier(tier: Tier) -> list[Line]:
    return [("name", tier.name), ("title", tier.title), *_targets(tier.targets), ("calendar", tier.calendar)]


def _person(person: Person) -> list[Line]:
    return [("login", person.login), ("name", person.name)]


def _team(team: Team) -> list[Line]:
    return [
        ("slug", team.slug),
        ("name", team.name),
        ("tier", team.tier),
        ("support", str(team.support)),
        ("calendar", team.calendar),
        ("contact", team.contact),
        ("wants", team.wants),
        ("people", team.people),
        ("rotation", _rotation(team.rotation) if team.rotation else None),
        ("targets", dict(_targets(team.targets)) or None),
    ]


def _rotation(rotation: Rotation) -> dict[str, object]:
    timespec = "minutes" if rotation.start.second == 0 else "seconds"
    start = rotation.start.isoformat(timespec=timespec)
    return {"start": start, "every": format_duration(rotation.every), "people": rotation.people}


def _client(client: Client, contacts: Iterable[Contact]) -> list[Line]:
    targets = {tier: dict(_targets(of_tier)) for tier, of_tier in client.targets.items()}
    listed = [{"name": one.name, **({"email": one.email} if one.email else {})} for one in contacts]
    return [
        ("slug", client.slug),
        ("name", client.name),
        ("calendar", client.calendar),
        ("targets", targets or None),
        ("contacts", listed),
    ]
