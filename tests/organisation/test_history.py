"""Whoever the history knows is retired when a setup leaves them out: nothing that refers to them breaks."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from tests.escalation.forms import L2, send
from tests.support.offices import Office
from workbench.database import Database
from workbench.organisation.history import SOURCES
from workbench.organisation.register import Register
from workbench.organisation.setup_writer import write_setup
from workbench.ownership.model import Component
from workbench.problems.model import NewProblem, Rule

KINDS = ("tier:", "team:", "person:", "client:")


def leave_out(office: Office, *keys: str) -> list[str]:
    """Applies the setup without these people and teams, and tells what it changed of just them."""
    service = office.desk().organisation
    current = service.current()
    setup = replace(
        current,
        people=Register("person", [one for one in current.people if one.login not in keys]),
        teams=Register(
            "team",
            [
                replace(team, people=tuple(login for login in team.people if login not in keys))
                for team in current.teams
                if team.slug not in keys
            ],
        ),
    )
    lines = service.apply(write_setup(setup, {}), "setup.toml")
    assert office.desk().database.check() == []
    return [line for line in lines if any(f'"{key}": re' in line for key in keys)]


def handed(office: Office, **changes: Any) -> int:
    return send(office, office.open().ref, L2 | changes).ref


def handed_to_by_name_for_a_moment(office: Office) -> None:
    handed(office, to="omar")
    office.desk().tickets.undo()


def given_a_ticket_for_a_moment(office: Office) -> None:
    tickets, ref = office.desk().tickets, office.open().ref
    tickets.assign(ref, "omar")
    tickets.assign(ref, "ravi")


def called_into_a_swarm(office: Office) -> None:
    ref = handed(office, direction="swarm", lead="ravi", components=["checkout"])
    office.desk().escalation.swarms.join(ref, "omar")


def to_drive_a_swarm_for_a_moment(office: Office) -> None:
    ref = handed(office, direction="swarm", lead="ravi", components=["checkout"])
    office.desk().escalation.swarms.drive(ref, "omar")
    office.desk().tickets.undo()


def acted_on_the_catalogue(office: Office) -> None:
    office.desk("omar").ownership.put(Component("mail"))


def acted_on_problems(office: Office) -> None:
    office.desk("omar").problems.write(NewProblem("Token expiry", Rule(words=("502",))))


@pytest.mark.parametrize(
    "done",
    [
        handed_to_by_name_for_a_moment,
        given_a_ticket_for_a_moment,
        called_into_a_swarm,
        to_drive_a_swarm_for_a_moment,
        acted_on_the_catalogue,
        acted_on_problems,
    ],
)
def test_a_person_is_retired(office: Office, done: Callable[[Office], None]) -> None:
    done(office)
    assert leave_out(office, "omar") == ['person "omar": retired, since it has history']


def test_the_team_of_a_helper_is_retired(office: Office) -> None:
    called_into_a_swarm(office)
    retired = ['person "omar": retired, since it has history', 'team "second-line": retired, since it has history']
    assert leave_out(office, "omar", "second-line") == retired


def test_a_team_whose_hand_off_was_taken_back_is_retired(office: Office) -> None:
    ref = handed(office, to="second-line")
    office.desk().tickets.undo()
    assert leave_out(office, "second-line") == ['team "second-line": retired, since it has history']
    office.pass_time(hours=1)
    office.desk().tickets.take(ref)


def test_a_team_to_which_a_ticket_was_moved_for_a_moment_is_retired(office: Office) -> None:
    ref = office.open().ref
    office.pass_time(minutes=1)
    office.desk().tickets.move(ref, "service-desk", "theirs")
    then = office.clock.now()
    office.pass_time(minutes=1)
    office.desk().tickets.undo()
    assert leave_out(office, "service-desk") == ['team "service-desk": retired, since it has history']
    with office.at(then) as desk:
        assert desk.tickets.get(ref).team == "service-desk"


def test_an_assignment_can_be_taken_back_although_who_had_it_has_left(office: Office) -> None:
    tickets, ref = office.desk().tickets, office.open().ref
    tickets.assign(ref, "omar")
    tickets.assign(ref, "ravi")
    leave_out(office, "omar")
    tickets.undo()
    assert tickets.get(ref).assignee == "omar"


def test_who_only_stands_in_the_setup_is_removed(office: Office) -> None:
    office.open()
    removed = ['person "omar": removed', 'team "second-line": removed']
    assert leave_out(office, "omar", "second-line") == removed


def test_every_reference_of_the_file_counts_as_history(database: Database) -> None:
    own = ("team", "team_person", "rotation_person", "team_target", "tier_target", "client_target", "contact")
    referred = database.rows(
        'SELECT referring."table", referring."from", tables.name FROM sqlite_schema AS tables,'
        " pragma_foreign_key_list(tables.name) AS referring"
    )
    counted = [f"{kind}: {column} FROM {table}" for kind, column, table in referred if table not in own]
    known = {f"{kind}: {source}" for kind, sources in SOURCES.items() for source in sources}
    assert {reference for reference in counted if reference.startswith(KINDS)} < known


def test_every_column_of_who_did_something_counts_as_history(database: Database) -> None:
    acted = database.rows(
        "SELECT columns.name, tables.name FROM sqlite_schema AS tables, pragma_table_info(tables.name) AS columns"
        " WHERE tables.type = 'table' AND (columns.name = 'who' OR columns.name LIKE '%\\_by' ESCAPE '\\')"
    )
    assert {f"{column} FROM {table}" for column, table in acted} < {*SOURCES["person"]}
