"""What a setup file says, and what it makes of the organisation that is already there."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field, fields, replace
from typing import Any, TypeVar

from workbench.errors import InvalidInput, NotFound, nearest
from workbench.organisation.model import (
    ALWAYS,
    NOT_NAMES,
    Calendar,
    Client,
    Organisation,
    Person,
    Settings,
    Team,
    Tier,
)
from workbench.organisation.register import Register, is_key
from workbench.organisation.toml import bare, literal, quoted

M = TypeVar("M", Calendar, Tier, Person, Team, Client)

Known = Callable[[str, Set[str]], Set[str]]
"""Those of the keys of a kind that the history knows."""

Claim = Callable[[str, str], object]
"""Raises InvalidInput where a room above has another use for what a tier or team would be called: place and name."""


@dataclass(frozen=True, slots=True)
class Setup:
    """What a setup file says; None, or a missing key, for what it leaves alone."""

    name: str | None = None
    zone: str | None = None
    priority_factors: Mapping[str, float] = field(default_factory=dict)
    settings: Mapping[str, int | float] = field(default_factory=dict)
    calendars: tuple[Calendar, ...] | None = None
    tiers: tuple[Tier, ...] | None = None
    people: tuple[Person, ...] | None = None
    teams: tuple[Team, ...] | None = None
    clients: tuple[Client, ...] | None = None
    contacts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """By client: each contact's name and email."""


def merged(current: Organisation, setup: Setup, known: Known) -> Organisation:
    """The organisation with the setup applied: who is missing from a kind that the setup gives is dropped, or retired.

    What has history is retired, and so is what something retired still refers to.
    """
    clients = _whole(current.clients, setup.clients, lambda keys: known("client", keys))
    teams = _whole(current.teams, setup.teams, lambda keys: known("team", keys))
    people = _whole(current.people, _people(current.people, setup), lambda keys: known("person", keys))
    left_teams = [team for team in teams.everyone if team.retired]
    left_clients = [client for client in clients.everyone if client.retired]
    left_tiers = {team.tier for team in left_teams} | {tier for client in left_clients for tier in client.targets}
    tiers = _whole(current.tiers, setup.tiers, lambda keys: left_tiers | known("tier", keys))
    left_calendars = {team.calendar for team in left_teams} | {client.calendar for client in left_clients}
    left_calendars |= {tier.calendar for tier in tiers.everyone if tier.retired}
    return Organisation(
        name=current.name if setup.name is None else setup.name,
        zone=current.zone if setup.zone is None else setup.zone,
        settings=_with_settings(current.settings, setup),
        calendars=_whole(current.calendars, setup.calendars, lambda keys: left_calendars),
        tiers=Register("tier", (replace(tier, position=place) for place, tier in enumerate(tiers.everyone))),
        people=people,
        teams=teams,
        clients=clients,
    )


def _people(present: Register[Person], setup: Setup) -> tuple[Person, ...] | None:
    """The people given, and behind them whom only a given team names: to be of a team is to be a person.

    A login that may be a slip of another one is left out, so that the team's reference to it is told as wrong.
    """
    known = {person.login: person for person in (present if setup.people is None else setup.people)}
    named = (login for team in setup.teams or () for login in team.people)
    joined = [login for login in named if login not in known and is_key(login) and not nearest(login, known)]
    if not joined:
        return setup.people
    found = (present.find(login) or Person(login, login) for login in dict.fromkeys(joined))
    return (*known.values(), *(replace(person, retired=False) for person in found))


def _whole(
    present: Register[M], given: tuple[M, ...] | None, kept: Callable[[Set[str]], Set[str | None]]
) -> Register[M]:
    """The given members, and behind them, retired, those of the present ones that cannot go."""
    if given is None:
        return present
    keys = {member.key for member in given}
    missing = [one for one in present.everyone if one.key not in keys]
    stay = kept({one.key for one in missing if not one.retired})
    members = list(given)
    members += (_retired(one) for one in missing if one.retired or one.key in stay)
    return Register(present.kind, members)


def _retired(member: M) -> M:
    if isinstance(member, Team):
        return replace(member, retired=True, people=(), rotation=None)
    return replace(member, retired=True)


def _with_settings(settings: Settings, setup: Setup) -> Settings:
    changes: dict[str, Any] = dict(setup.settings)
    return settings._replace(priority_factors={**settings.priority_factors, **setup.priority_factors}, **changes)


def check_references(organisation: Organisation, source: str) -> None:
    """Raises InvalidInput, placed like a mistake in the file, where a member in use refers to one that is not."""

    def refer(place: str, key: str, register: Register[Any], name: str | None) -> None:
        if name is None or (register.kind == "calendar" and name == ALWAYS.name):
            return
        try:
            register.named(name)
        except NotFound as error:
            wrong = f"{source}: {place}: {key} = {quoted(name)}: {error.wrong}"
            raise InvalidInput(wrong, error.advice) from None

    for tier in organisation.tiers:
        refer(f"tier {quoted(tier.name)}", "calendar", organisation.calendars, tier.calendar)
    for team in organisation.teams:
        place = f"team {quoted(team.slug)}"
        refer(place, "tier", organisation.tiers, team.tier)
        refer(place, "calendar", organisation.calendars, team.calendar)
        for login in team.people:
            refer(place, "people", organisation.people, login)
        for login in team.rotation.people if team.rotation else ():
            refer(place, "rotation: people", organisation.people, login)
    for client in organisation.clients:
        place = f"client {quoted(client.slug)}"
        refer(place, "calendar", organisation.calendars, client.calendar)
        for tier_name in client.targets:
            refer(place, "targets", organisation.tiers, tier_name)


def check_rules(organisation: Organisation, source: str) -> None:
    """Raises InvalidInput where parts of the setup that are each in order do not go together."""
    if not organisation.settings.aging_share < organisation.settings.due_share:
        wrong = f"{source}: settings: aging_share = {organisation.settings.aging_share:g} is not below due_share"
        raise InvalidInput(wrong, f"due_share is {organisation.settings.due_share:g}")
    tiers = {tier.name.casefold() for tier in organisation.tiers}
    for team in organisation.teams:
        if team.slug.casefold() in tiers:
            wrong = f"{source}: team {quoted(team.slug)} is called like a tier"
            raise InvalidInput(wrong, "both name a queue: call one of them something else")


def check_names(before: Organisation, after: Organisation, source: str, claims: Collection[Claim]) -> None:
    """Raises InvalidInput where somebody or something new is called what already means something else.

    What is in use keeps its name, since its history goes by it.
    """
    for kinds in ("tiers", "teams", "people", "clients"):
        present: Register[Any] = getattr(before, kinds)
        wanted: Register[Any] = getattr(after, kinds)
        for one in wanted:
            known = present.find(one.key)
            if known is None or known.retired:
                _check_name(f"{source}: {wanted.kind} {quoted(one.key)}", wanted.kind, one.key, claims)


def _check_name(place: str, kind: str, key: str, claims: Iterable[Claim]) -> None:
    if meaning := NOT_NAMES.get(kind, {}).get(key):
        raise InvalidInput(f"{place} is called like a word", f"that word means {meaning}: take another one")
    if kind in ("tier", "team"):
        for claim in claims:
            claim(place, key)


def changes(before: Organisation, after: Organisation) -> list[str]:
    """What is different, a line each; empty where nothing is."""
    lines = [
        f"{key} = {literal(new)}, was {literal(old)}"
        for key, old, new in (
            ("name", before.name, after.name),
            ("zone", before.zone, after.zone),
            *_pairs("priority", before.settings.priority_factors, after.settings.priority_factors),
            *_pairs("settings", _plain(before.settings), _plain(after.settings)),
        )
        if old != new
    ]
    for kind in ("calendars", "tiers", "people", "teams", "clients"):
        lines += _member_changes(getattr(before, kind), getattr(after, kind))
    return lines


def left_behind(before: Organisation, after: Organisation, open_at: Callable[[str, str], int]) -> Iterator[str]:
    """A sentence for each team whose tier is another, but not that of its open tickets; `open_at` team and tier."""
    for team in after.teams:
        known = before.teams.find(team.slug)
        if known is None or known.tier == team.tier or not (count := open_at(team.slug, known.tier)):
            continue
        stay, them = f"1 open ticket of {team.slug} stays", "it"
        if count > 1:
            stay, them = f"{count:,} open tickets of {team.slug} stay", "them"
        yield (
            f"{stay} at {known.tier}, in its queue and by its targets:"
            f" resolve {them} there, or hand {them} to another team"
            f" (`workbench ticket list is:unresolved team:{team.slug} tier:{known.tier}`)"
        )


def _pairs(table: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    return ((f"{table}: {bare(key)}", before.get(key, "nothing"), new) for key, new in after.items())


def _plain(settings: Settings) -> dict[str, float]:
    return {name: value for name, value in settings._asdict().items() if name != "priority_factors"}


def _member_changes(before: Register[Any], after: Register[Any]) -> Iterator[str]:
    for new in after.everyone:
        old = before.find(new.key)
        place = f"{after.kind} {quoted(new.key)}"
        if old is None:
            yield f"{place}: added"
        elif old.retired != new.retired:
            yield f"{place}: {'retired, since it has history' if new.retired else 'back in use'}"
        elif old != new:
            yield f"{place}: changed {', '.join(_changed_fields(old, new))}"
    for old in before.everyone:
        if after.find(old.key) is None:
            yield f"{after.kind} {quoted(old.key)}: removed"
    kept_before = [member.key for member in before if after.find(member.key)]
    kept_after = [member.key for member in after if before.find(member.key)]
    if kept_before != kept_after and set(kept_before) == set(kept_after):
        yield f"{after.kind}: the order"


def _changed_fields(old: Any, new: Any) -> list[str]:
    return [one.name for one in fields(old) if one.compare and getattr(old, one.name) != getattr(new, one.name)]


def clocks_differ(before: Organisation, after: Organisation) -> bool:
    """Whether anything is different that a ticket's clocks stand on, in use or retired.

    Who is new has no ticket yet, and who is gone had none.
    """
    then, now = _clockwork(before), _clockwork(after)
    return any(now.get(key, part) != part for key, part in then.items())


_NO_CLOCK_GOES_BY: Mapping[str, Any] = {
    "owner_stale_after": 0,
    "command_time_limit": 0,
    "run_commands": False,
    "escalation_work": 0,
    "escalation_refocus": 0,
    "engineer_hour_cost": 0,
}
"""What settings to leave out of account are replaced with."""


def _clockwork(organisation: Organisation) -> dict[tuple[str, str], object]:
    settings = organisation.settings._replace(**_NO_CLOCK_GOES_BY)
    parts: dict[tuple[str, str], object] = {("settings", ""): settings}
    for calendar in organisation.calendars.everyone:
        parts["calendar", calendar.name] = replace(calendar, retired=False)
    for tier in organisation.tiers.everyone:
        parts["tier", tier.name] = (tier.calendar, tier.targets)
    for team in organisation.teams.everyone:
        parts["team", team.slug] = (team.tier, team.calendar, team.targets)
    for client in organisation.clients.everyone:
        parts["client", client.slug] = (client.calendar, client.targets)
    return parts
