"""The organisation's tables: a few dozen rows, so they are read whole."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, cast

from workbench.database import Database
from workbench.organisation.calendar import Calendar, Span
from workbench.organisation.model import (
    ALWAYS,
    Client,
    Organisation,
    Person,
    Rotation,
    Settings,
    SupportModel,
    TargetName,
    Targets,
    Team,
    Tier,
)
from workbench.organisation.register import Register


class OrganisationStore:
    """Turns the tables into an Organisation."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def edition(self) -> int:
        """How often the setup has changed."""
        return int(self._database.value("SELECT edition FROM organisation"))

    def revision(self) -> int:
        """How often a change has touched what clocks stand on."""
        return int(self._database.value("SELECT revision FROM organisation"))

    def raise_revision(self) -> None:
        """Tells the projections of tickets that what they stand on has changed."""
        self._database.execute("UPDATE organisation SET revision = revision + 1")

    def load(self) -> Organisation:
        """The whole organisation, the retired with it, as one state of the file."""
        rows = self._database.rows
        with self._database.snapshot():
            ((name, zone),) = rows("SELECT name, zone FROM organisation")
            return Organisation(
                name=name,
                zone=zone,
                settings=self._settings(),
                calendars=Register("calendar", self._calendars()),
                tiers=Register("tier", self._tiers()),
                people=Register(
                    "person",
                    (
                        Person(login, full_name, bool(retired))
                        for login, full_name, retired in rows(
                            "SELECT login, name, retired FROM person ORDER BY position, login"
                        )
                    ),
                ),
                teams=Register("team", self._teams()),
                clients=Register("client", self._clients()),
            )

    def _settings(self) -> Settings:
        values: dict[str, Any] = dict(self._database.rows("SELECT key, value FROM setting"))
        factors = dict(self._database.rows("SELECT name, factor FROM priority ORDER BY name"))
        return Settings(
            stale_after=values["stale_after"],
            graveyard_after_open=values["graveyard_after_open"],
            graveyard_after_untouched=values["graveyard_after_untouched"],
            close_after=values["close_after"],
            aging_share=values["aging_share"],
            due_share=values["due_share"],
            priority_factors=factors,
            owner_stale_after=values["owner_stale_after"],
            command_time_limit=values["command_time_limit"],
            run_commands=bool(values["run_commands"]),
            escalation_work=values["escalation_work"],
            escalation_refocus=values["escalation_refocus"],
            engineer_hour_cost=float(values["engineer_hour_cost"]),
        )

    def _calendars(self) -> Iterator[Calendar]:
        rows = self._database.rows
        spans: dict[tuple[str, int], list[Span]] = defaultdict(list)
        for name, weekday, opens, closes in rows(
            "SELECT calendar, weekday, opens, closes FROM calendar_hours ORDER BY calendar, weekday, opens"
        ):
            spans[name, weekday].append((opens, closes))
        closed: dict[str, set[date]] = defaultdict(set)
        for name, day in rows("SELECT calendar, day FROM calendar_closed"):
            closed[name].add(date.fromisoformat(day))
        for name, zone, retired in rows(
            "SELECT name, zone, retired FROM calendar WHERE name <> ? ORDER BY position, name", (ALWAYS.name,)
        ):
            week = tuple(tuple(spans[name, weekday]) for weekday in range(7))
            yield Calendar(name, zone, week, frozenset(closed[name]), bool(retired))

    def _tiers(self) -> Iterator[Tier]:
        targets: dict[str, dict[TargetName, int | None]] = defaultdict(dict)
        for name, clock, seconds in self._database.rows("SELECT tier, clock, seconds FROM tier_target"):
            targets[name][clock] = seconds
        for name, title, calendar, position, retired in self._database.rows(
            "SELECT name, title, calendar, position, retired FROM tier ORDER BY position, name"
        ):
            yield Tier(name, title, position, targets[name], calendar, bool(retired))

    def _teams(self) -> Iterator[Team]:
        rows = self._database.rows
        targets: dict[str, dict[TargetName, int | None]] = defaultdict(dict)
        for slug, clock, seconds in rows("SELECT team, clock, seconds FROM team_target"):
            targets[slug][clock] = seconds
        people = _grouped(rows("SELECT team, person FROM team_person ORDER BY team, position"))
        turns = _grouped(rows("SELECT team, person FROM rotation_person ORDER BY team, position"))
        for slug, name, tier, support, calendar, contact, wants, start, every, retired in rows(
            """
            SELECT slug, name, tier, support, calendar, contact, wants, rotation_start, rotation_every, retired
            FROM team ORDER BY position, slug
            """
        ):
            rotation = None if start is None else Rotation(datetime.fromisoformat(start), every, tuple(turns[slug]))
            yield Team(
                slug,
                name,
                tier,
                SupportModel(support),
                calendar,
                contact,
                wants,
                tuple(people[slug]),
                rotation,
                targets[slug],
                bool(retired),
            )

    def _clients(self) -> Iterator[Client]:
        targets: dict[str, dict[str, Targets]] = defaultdict(dict)
        for slug, tier, clock, seconds in self._database.rows(
            "SELECT client, tier, clock, seconds FROM client_target ORDER BY client, tier"
        ):
            of_tier = cast(dict[TargetName, int | None], targets[slug].setdefault(tier, {}))
            of_tier[clock] = seconds
        for slug, name, calendar, retired in self._database.rows(
            "SELECT slug, name, calendar, retired FROM client ORDER BY position, slug"
        ):
            yield Client(slug, name, calendar, targets[slug], bool(retired))


def _grouped(rows: list[tuple[Any, ...]]) -> dict[str, list[str]]:
    """The second of each pair, listed by its first."""
    groups: dict[str, list[str]] = defaultdict(list)
    for key, value in rows:
        groups[key].append(value)
    return groups
