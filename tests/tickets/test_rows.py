"""The row of a ticket says the same in SQL as its events do in Python, at every later moment."""

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.tickets.histories import DAY, RULES, Story, at, stories
from workbench.clock import NEVER, iso, stored
from workbench.database.sqlite import Connection, library
from workbench.tickets.clocks import Stage, graveyard_at, leading, seen, stale_at, standing
from workbench.tickets.rows import COLUMNS, counted, row_of
from workbench.tickets.sql import COUNTED, DUE, STAGE, STATE, TURNS, WAITS, moment_parameters
from workbench.tickets.vocabulary import State

EXPRESSIONS = f"{STATE}, {DUE}, {STAGE}, {WAITS}, {COUNTED}, {TURNS}"


def with_row(story: Story, now: datetime) -> Connection:
    connection: Connection = library.connect(":memory:")
    connection.execute(f"CREATE TABLE ticket ({', '.join(COLUMNS)})")
    row = row_of(story.ticket(), now, RULES)
    connection.execute(f"INSERT INTO ticket VALUES ({', '.join('?' * len(row))})", row)
    return connection


def told(connection: Connection, now: datetime) -> tuple[str, str, str, bool, str, str]:
    row = connection.execute(f"SELECT {EXPRESSIONS} FROM ticket", moment_parameters(now, RULES)).fetchone()
    state, due, stage, waits, count, turns = row
    return state, due, stage, bool(waits), count, turns


def worked_out(story: Story, now: datetime) -> tuple[str, str, str, bool, str]:
    ticket = story.ticket(now)
    where = standing(ticket.state, leading(ticket.clocks, now), now, RULES)
    waits = ticket.state is State.WAITING
    stale, grave = stale_at(ticket, RULES), graveyard_at(ticket.opened_at, ticket.touched_at, RULES)
    marks = f"{'w' * waits}{'s' * (stale <= now)}{'g' * (grave <= now)}"
    due = iso(where.due_at) if where.due_at else NEVER
    return ticket.state.value, due, where.stage.value, waits, f"{where.stage}/{marks}"


def test_a_row_without_a_target_never_turns_by_its_clock() -> None:
    story = Story(targets={"L1": (None, None, None)}).opened("03-02 10:00")
    connection = with_row(story, at("03-02 10:00"))
    assert told(connection, at("03-02 10:00"))[5] == "2026-03-09T10:00:00Z", "stale comes next"
    connection.close()


@given(stories(), st.lists(st.integers(0, 8 * DAY), max_size=4))
def test_sql_and_python_agree_at_every_moment(story: Story, later: list[int]) -> None:
    last = story.events[-1].at
    connection = with_row(story, last)
    edges = {text for text in connection.execute("SELECT * FROM ticket").fetchone() if isinstance(text, str)}
    moments = {last + timedelta(seconds=seconds) for seconds in later}
    for edge in edges:
        if edge[:2] == "20" and edge != NEVER and edge.endswith("Z"):
            moments |= {stored(edge) + timedelta(seconds=away) for away in (-1, 0, 1)}
    for now in sorted(moments):
        if now >= last:
            state, due, stage, waits, count, _ = told(connection, now)
            assert (state, due, stage, waits, count) == worked_out(story, now), iso(now)
            assert count == counted(story.ticket(), now, RULES)
    connection.close()


@given(stories(), st.integers(0, 8 * DAY))
def test_nothing_is_counted_otherwise_before_its_turn(story: Story, seconds: int) -> None:
    now = story.events[-1].at + timedelta(seconds=seconds)
    ticket = story.ticket()
    row = dict(zip(COLUMNS, row_of(ticket, now, RULES), strict=True))
    if not row["live"]:
        assert (row["counted"], row["turns_at"]) == ("", NEVER)
        return
    assert row["counted"] == counted(ticket, now, RULES)
    assert row["turns_at"] > iso(now)
    connection = with_row(story, now)
    assert told(connection, now)[5] == row["turns_at"]
    connection.close()
    if row["turns_at"] != NEVER:
        assert counted(ticket, stored(row["turns_at"]) - timedelta(seconds=1), RULES) == row["counted"]


@given(stories())
def test_a_ticket_that_is_done_stays_done(story: Story) -> None:
    ticket = story.ticket()
    if not ticket.unresolved:
        later = story.events[-1].at + RULES.close_after
        assert seen(ticket, later, RULES).state is State.CLOSED
        assert worked_out(story, later)[2] == Stage.DONE
