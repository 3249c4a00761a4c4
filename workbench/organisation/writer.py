"""Writes the organisation's tables whole when a setup changes; who still stands in them keeps their row."""

from workbench.database import Database
from workbench.organisation.calendar import Calendar
from workbench.organisation.model import Client, Organisation, Team, Tier


class OrganisationWriter:
    """Turns an Organisation into the tables' rows."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save(self, before: Organisation, after: Organisation) -> None:
        """Writes `after` over `before`, inside a transaction; who is not in it is deleted."""
        self._database.execute(
            "UPDATE organisation SET name = ?, zone = ?, edition = edition + 1", (after.name, after.zone)
        )
        settings = after.settings._asdict()
        factors = settings.pop("priority_factors")
        self._database.execute_many("UPDATE priority SET factor = ?2 WHERE name = ?1", factors.items())
        self._database.execute_many("UPDATE setting SET value = ?2 WHERE key = ?1", settings.items())
        self._save_calendars(after.calendars.everyone)
        self._save_tiers(after.tiers.everyone)
        self._database.execute_many(
            """
            INSERT INTO person (login, name, position, retired) VALUES (?, ?, ?, ?)
            ON CONFLICT (login) DO UPDATE SET
                name = excluded.name, position = excluded.position, retired = excluded.retired
            """,
            ((one.login, one.name, place, one.retired) for place, one in enumerate(after.people.everyone)),
        )
        self._save_teams(after.teams.everyone)
        self._save_clients(after.clients.everyone)
        for delete, old, new in (
            ("DELETE FROM client WHERE slug = ?", before.clients, after.clients),
            ("DELETE FROM team WHERE slug = ?", before.teams, after.teams),
            ("DELETE FROM person WHERE login = ?", before.people, after.people),
            ("DELETE FROM tier WHERE name = ?", before.tiers, after.tiers),
            ("DELETE FROM calendar WHERE name = ?", before.calendars, after.calendars),
        ):
            gone = {member.key for member in old.everyone} - {member.key for member in new.everyone}
            self._database.execute_many(delete, ((key,) for key in sorted(gone)))

    def _save_calendars(self, calendars: tuple[Calendar, ...]) -> None:
        many = self._database.execute_many
        self._database.execute("DELETE FROM calendar_hours")
        self._database.execute("DELETE FROM calendar_closed")
        many(
            """
            INSERT INTO calendar (name, zone, position, retired) VALUES (?, ?, ?, ?)
            ON CONFLICT (name) DO UPDATE SET
                zone = excluded.zone, position = excluded.position, retired = excluded.retired
            """,
            ((one.name, one.zone, place, one.retired) for place, one in enumerate(calendars)),
        )
        many(
            "INSERT INTO calendar_hours (calendar, weekday, opens, closes) VALUES (?, ?, ?, ?)",
            (
                (one.name, weekday, opens, closes)
                for one in calendars
                for weekday, spans in enumerate(one.hours)
                for opens, closes in spans
            ),
        )
        many(
            "INSERT INTO calendar_closed (calendar, day) VALUES (?, ?)",
            ((one.name, day.isoformat()) for one in calendars for day in one.closed),
        )

    def _save_tiers(self, tiers: tuple[Tier, ...]) -> None:
        self._database.execute("DELETE FROM tier_target")
        self._database.execute_many(
            """
            INSERT INTO tier (name, title, calendar, position, retired) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (name) DO UPDATE SET
                title = excluded.title, calendar = excluded.calendar,
                position = excluded.position, retired = excluded.retired
            """,
            ((one.name, one.title, one.calendar, place, one.retired) for place, one in enumerate(tiers)),
        )
        self._database.execute_many(
            "INSERT INTO tier_target (tier, clock, seconds) VALUES (?, ?, ?)",
            ((one.name, clock, seconds) for one in tiers for clock, seconds in one.targets.items()),
        )

    def _save_teams(self, teams: tuple[Team, ...]) -> None:
        many = self._database.execute_many
        for statement in ("DELETE FROM team_person", "DELETE FROM rotation_person", "DELETE FROM team_target"):
            self._database.execute(statement)
        many(
            """
            INSERT INTO team (
                slug, name, tier, support, calendar, contact, wants, rotation_start, rotation_every, position, retired
            ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (slug) DO UPDATE SET
                name = excluded.name, tier = excluded.tier, support = excluded.support, calendar = excluded.calendar,
                contact = excluded.contact, wants = excluded.wants, rotation_start = excluded.rotation_start,
                rotation_every = excluded.rotation_every, position = excluded.position, retired = excluded.retired
            """,
            (_team_row(one, place) for place, one in enumerate(teams)),
        )
        many(
            "INSERT INTO team_person (team, position, person) VALUES (?, ?, ?)",
            ((one.slug, place, login) for one in teams for place, login in enumerate(one.people)),
        )
        many(
            "INSERT INTO rotation_person (team, position, person) VALUES (?, ?, ?)",
            (
                (one.slug, place, login)
                for one in teams
                for place, login in enumerate(one.rotation.people if one.rotation else ())
            ),
        )
        many(
            "INSERT INTO team_target (team, clock, seconds) VALUES (?, ?, ?)",
            ((one.slug, clock, seconds) for one in teams for clock, seconds in one.targets.items()),
        )

    def _save_clients(self, clients: tuple[Client, ...]) -> None:
        self._database.execute("DELETE FROM client_target")
        self._database.execute_many(
            """
            INSERT INTO client (slug, name, calendar, position, retired) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (slug) DO UPDATE SET
                name = excluded.name, calendar = excluded.calendar,
                position = excluded.position, retired = excluded.retired
            """,
            ((one.slug, one.name, one.calendar, place, one.retired) for place, one in enumerate(clients)),
        )
        self._database.execute_many(
            "INSERT INTO client_target (client, tier, clock, seconds) VALUES (?, ?, ?, ?)",
            (
                (one.slug, tier, clock, seconds)
                for one in clients
                for tier, of_tier in one.targets.items()
                for clock, seconds in of_tier.items()
            ),
        )


def _team_row(team: Team, place: int) -> tuple[object, ...]:
    rotation = team.rotation
    start, every = (rotation.start.isoformat(), rotation.every) if rotation else (None, None)
    described = (team.slug, team.name, team.tier, str(team.support), team.calendar, team.contact, team.wants)
    return (*described, start, every, place, team.retired)
