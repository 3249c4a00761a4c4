"""The organisation: tiers, teams, people, clients, and which calendar and targets hold for a ticket.

A target is a number of seconds, or None for "none", which is a value; a key that is missing from `targets` is the
absence of one, and what stands behind it holds. Instants are aware and in UTC.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Literal, NamedTuple

from workbench.errors import InvalidInput, NotFound
from workbench.organisation.calendar import ALWAYS, Calendar
from workbench.organisation.register import Register, as_key
from workbench.organisation.rotation import Rotation

__all__ = [
    "ALWAYS",
    "NOT_NAMES",
    "PRIORITIES",
    "TARGETS",
    "Calendar",
    "Client",
    "Contact",
    "Organisation",
    "Person",
    "Rotation",
    "Settings",
    "SupportModel",
    "TargetName",
    "Targets",
    "Team",
    "Terms",
    "Tier",
    "login_of",
]

TargetName = Literal["respond", "resolve", "update"]
TARGETS: tuple[TargetName, ...] = ("respond", "resolve", "update")
Targets = Mapping[TargetName, int | None]
NO_TARGETS: Targets = {}

PRIORITIES = ("P1", "P2", "P3", "P4")

NOT_NAMES: Mapping[str, Mapping[str, str]] = {
    "person": {
        "nobody": "that a ticket has no assignee",
        "none": "that a ticket has no assignee",
        "me": "whoever asks",
    },
    "team": {"nobody": "that something has no owner", "none": "that something has no owner"},
    "client": {"none": "that a ticket has no client"},
}
"""By kind, words that stand where one of it could be named, in filters and commands, and what each means there."""


class SupportModel(StrEnum):
    """How a team takes part in support; it decides which direction the escalation form proposes."""

    TIERED = "tiered"
    EMBEDDED = "embedded"
    SWARMING = "swarming"
    RUN = "run"


@dataclass(frozen=True, slots=True)
class Tier:
    """A level of support; `position` orders them from the first line up."""

    name: str
    title: str = ""
    position: int = 0
    targets: Targets = field(default_factory=dict)
    calendar: str = ALWAYS.name
    retired: bool = False

    @property
    def key(self) -> str:
        """What names it in the setup file and in the tables."""
        return self.name


@dataclass(frozen=True, slots=True)
class Team:
    """People who share a queue; `targets` go over the tier's, `calendar` is None where the tier's holds."""

    slug: str
    name: str
    tier: str
    support: SupportModel = SupportModel.TIERED
    calendar: str | None = None
    contact: str = ""
    wants: str = ""
    people: tuple[str, ...] = ()
    rotation: Rotation | None = None
    targets: Targets = field(default_factory=dict)
    retired: bool = False

    @property
    def key(self) -> str:
        """What names it in the setup file and in the tables."""
        return self.slug


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who works tickets."""

    login: str
    name: str
    retired: bool = False

    @property
    def key(self) -> str:
        """What names them in the setup file and in the tables."""
        return self.login


@dataclass(frozen=True, slots=True)
class Client:
    """A customer; `targets`, by tier, go over the team's and the tier's."""

    slug: str
    name: str
    calendar: str | None = None
    targets: Mapping[str, Targets] = field(default_factory=dict)
    retired: bool = False

    @property
    def key(self) -> str:
        """What names it in the setup file and in the tables."""
        return self.slug


class Contact(NamedTuple):
    """A person at a client."""

    id: int
    client: str
    name: str
    email: str = ""
    retired: bool = False


class Settings(NamedTuple):
    """What holds for the whole workbench: lengths of time in seconds, shares of a clock from 0 to 1.

    `run_commands`: whether commands of runbooks may be run from here, each for `command_time_limit` at most.
    An arrival at engineering takes `escalation_work` of somebody's time, and `escalation_refocus` to find back to
    what they were doing; an hour of that costs `engineer_hour_cost`.
    """

    stale_after: int
    graveyard_after_open: int
    graveyard_after_untouched: int
    close_after: int
    aging_share: float
    due_share: float
    priority_factors: Mapping[str, float]
    owner_stale_after: int
    command_time_limit: int
    run_commands: bool
    escalation_work: int
    escalation_refocus: int
    engineer_hour_cost: float


class Terms(NamedTuple):
    """What a ticket is measured by: seconds of the calendar's working time, or None for no target."""

    calendar: Calendar
    respond: int | None
    resolve: int | None
    update: int | None


@dataclass(frozen=True, slots=True)
class Organisation:
    """The whole setup at one moment; `zone` is the IANA zone of dates without a time."""

    name: str
    zone: str
    settings: Settings
    calendars: Register[Calendar] = field(default_factory=lambda: Register("calendar"))
    tiers: Register[Tier] = field(default_factory=lambda: Register("tier"))
    people: Register[Person] = field(default_factory=lambda: Register("person"))
    teams: Register[Team] = field(default_factory=lambda: Register("team"))
    clients: Register[Client] = field(default_factory=lambda: Register("client"))
    _terms: dict[tuple[str | None, str, str, str], Terms] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def tier(self, name: str, *, include_retired: bool = False) -> Tier:
        """The tier of that name; NotFound names the nearest."""
        return self.tiers.named(name, include_retired=include_retired)

    def team(self, slug: str, *, include_retired: bool = False) -> Team:
        """The team of that slug; NotFound names the nearest."""
        return self.teams.named(slug, include_retired=include_retired)

    def person(self, login: str, *, include_retired: bool = False) -> Person:
        """The person of that login; NotFound names the nearest."""
        return self.people.named(login, include_retired=include_retired)

    def client(self, slug: str, *, include_retired: bool = False) -> Client:
        """The client of that slug; NotFound names the nearest."""
        return self.clients.named(slug, include_retired=include_retired)

    def calendar(self, name: str) -> Calendar:
        """The calendar of that name, the built-in `always` among them."""
        return ALWAYS if name == ALWAYS.name else self.calendars.named(name, include_retired=True)

    def terms(self, client: str | None, team: str, tier: str, priority: str) -> Terms:
        """Calendar and targets: the client's, else the team's, else the tier's; targets times the priority's factor.

        Retired clients, teams and tiers still have theirs.
        """
        key = (client, team, tier, priority)
        known = self._terms.get(key)
        if known is None:
            known = self._terms[key] = self._worked_out(*key)
        return known

    def _worked_out(self, client: str | None, team: str, tier: str, priority: str) -> Terms:
        factor = self.settings.priority_factors.get(priority)
        if factor is None:
            raise NotFound.among("priority", priority, self.settings.priority_factors, plural="priorities")
        of_client = self.client(client, include_retired=True) if client is not None else None
        of_team, of_tier = self.team(team, include_retired=True), self.tier(tier, include_retired=True)
        layers = (
            of_client.targets.get(tier, NO_TARGETS) if of_client else NO_TARGETS,
            of_team.targets,
            of_tier.targets,
        )

        def target(name: TargetName) -> int | None:
            seconds = next((targets[name] for targets in layers if name in targets), None)
            return None if seconds is None else int(seconds * factor + 0.5)

        calendar = (of_client and of_client.calendar) or of_team.calendar or of_tier.calendar
        return Terms(self.calendar(calendar), target("respond"), target("resolve"), target("update"))

    def teams_of(self, login: str) -> tuple[Team, ...]:
        """The teams that a person works in, in the setup's order."""
        return tuple(team for team in self.teams if login in team.people)

    def is_member(self, login: str, team: str) -> bool:
        """Whether the person works in the team."""
        found = self.teams.find(team)
        return found is not None and login in found.people

    def answers_for(self, login: str, team: str) -> bool:
        """Whether the person works in the team, or it is retired: what that has left, whoever takes it answers for."""
        found = self.teams.find(team)
        return found is not None and (found.retired or login in found.people)

    def first_tier(self) -> Tier:
        """The tier where support begins; NotFound in a file that is not set up yet."""
        for tier in self.tiers:
            return tier
        raise NotFound("there is no tier yet", "finish the file by `workbench init FILE`")

    def first_team(self, tier: str) -> Team:
        """The team that gets a tier's tickets where nobody says which: the first of the setup."""
        for team in self.teams:
            if team.tier == tier:
                return team
        self.tier(tier)
        raise NotFound(f"no team works at tier {tier!r}", "add one to the setup file and apply it, or name a team")

    def on_support(self, team: str, at: datetime) -> str | None:
        """Who carries the team's support at that instant; None without a rotation or before it starts."""
        rotation = self.team(team, include_retired=True).rotation
        return rotation.on_support(at, self.rotation_zone(team)) if rotation else None

    def next_handover(self, team: str, at: datetime) -> datetime | None:
        """The first instant after `at` at which the team's support passes on; None without a rotation."""
        rotation = self.team(team, include_retired=True).rotation
        return rotation.next_handover(at, self.rotation_zone(team)) if rotation else None

    def rotation_zone(self, team: str) -> str:
        """The zone that the team's support passes on in: its calendar's; the workbench's for `always`."""
        member = self.team(team, include_retired=True)
        name = member.calendar or self.tier(member.tier, include_retired=True).calendar
        return self.zone if name == ALWAYS.name else self.calendar(name).zone


def login_of(who: str) -> str:
    """The login of the one who acts, as a setup can hold it; InvalidInput where nobody can be called that."""
    login = as_key(who)
    if not login or login in NOT_NAMES["person"]:
        raise InvalidInput(f"{who!r} is no login", "say who you are, by --as LOGIN or in $WORKBENCH_USER")
    return login
