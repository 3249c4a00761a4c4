"""Reports read the rows of their period, never a whole table: SQLite's own plans."""

import re

import pytest

from tests.support.offices import Office
from workbench.reports.model import EVERYBODY, Scope

LARGE = re.compile(r"^SCAN (ticket|event|stay|new|old|said|last|resolution|first_response)\b(?! USING)")
"""Tables, by their names in queries, with a row and more for each ticket."""


def plans(office: Office, scope: Scope) -> list[tuple[str, list[str]]]:
    """Each query that a report and its diagnosis make, and the steps of its plan."""
    desk, queries = office.desk(), list[str]()
    desk.database.connection.set_trace_callback(queries.append)
    desk.reports.figures(desk.reports.period(), scope)
    desk.reports.diagnosis(desk.reports.period(), scope)
    desk.database.connection.set_trace_callback(None)
    asked = [query for query in queries if query.lstrip().startswith(("SELECT", "WITH"))]
    return [(query, [row[3] for row in desk.database.rows(f"EXPLAIN QUERY PLAN {query}")]) for query in asked]


@pytest.mark.parametrize("scope", [EVERYBODY, Scope(team="frontline"), Scope(client="contoso", tier="L2")])
def test_no_large_table_is_read_from_end_to_end(office: Office, scope: Scope) -> None:
    for _ in range(3):
        office.open(component="erp")
    office.desk().tickets.move(1001, "second-line", "theirs")
    office.pass_time(minutes=1)
    found = plans(office, scope)
    assert len(found) > 20
    assert not [(step, query) for query, steps in found for step in steps if LARGE.match(step)]


def test_what_came_is_looked_up_in_the_order_of_the_tickets(office: Office) -> None:
    office.open(component="erp")
    came = [steps for query, steps in plans(office, EVERYBODY) if "AS its CROSS JOIN stay AS new" in query]
    assert len(came) > 12
    for steps in came:
        assert any("COVERING INDEX stay_arrival" in step for step in steps)
        assert "USE TEMP B-TREE FOR ORDER BY" in steps
        assert "SEARCH new USING PRIMARY KEY (ticket_id=? AND seq=?)" in steps
