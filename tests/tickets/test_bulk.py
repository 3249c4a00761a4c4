"""Tests of writing many histories at once: the same rows, counts and words as one at a time."""

from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest

from tests.tickets.histories import Story, at
from workbench.clock import FixedClock
from workbench.database import Database
from workbench.desk import Desk
from workbench.tickets.model import Event
from workbench.tickets.vocabulary import Kind

NOW = at("11-20 12:00")


def histories() -> list[list[Event]]:
    """Tickets that are over, that wait for somebody to take them, and that somebody works on."""
    told = []
    for place in range(30):
        opened = at("11-19 08:00") + timedelta(minutes=place)
        story = Story().opened(opened, subject=f"VPN drops {place}", client=None, impact="one", urgency="hampered")
        if place % 3 == 0:
            story.then(opened + timedelta(hours=1), Kind.RESOLVED, who="maya", state="resolved")
        if place % 3 == 1:
            story.then(opened + timedelta(minutes=1), Kind.NOTED, who="maya")
        told.append(story.events)
    return told


def tables(desk: Desk) -> list[list[tuple[Any, ...]]]:
    """What the file holds of tickets, and which tickets a word finds."""
    queries = (
        "SELECT * FROM ticket",
        "SELECT * FROM event",
        "SELECT * FROM stay",
        "SELECT * FROM resolution INDEXED BY resolution_at ORDER BY at",
        "SELECT * FROM first_response INDEXED BY first_response_opened ORDER BY opened_at",
        "SELECT * FROM tally WHERE tickets <> 0",
        "SELECT rowid FROM ticket_words WHERE ticket_words MATCH 'drops'",
        "SELECT name, sql FROM sqlite_master ORDER BY name",
    )
    return [desk.database.rows(query) for query in queries]


def tables_after(desk: Desk, told: list[list[Event]]) -> list[list[tuple[Any, ...]]]:
    """What recording these one at a time makes of the tables, which is then taken back."""
    found = []
    with suppress(ZeroDivisionError), desk.database.transaction():
        desk.tickets.record(told)
        found = tables(desk)
        raise ZeroDivisionError
    return found


@pytest.mark.parametrize("before", [0, 30], ids=["in an empty file", "where counters are to be raised"])
def test_in_bulk_everything_is_counted_and_found_as_one_at_a_time(database: Database, before: int) -> None:
    desk = Desk(database, FixedClock(NOW), "maya")
    desk.organisation.begin("Northwind", "maya")
    told = histories()
    with database.transaction():
        desk.tickets.record(told[:before])
    generation = database.generation()
    singly = tables_after(desk, told)
    with database.transaction(), desk.tickets.in_bulk():
        desk.tickets.record(told[:10])
        desk.tickets.record(told[10:])
    assert tables(desk) == singly
    assert database.generation() != generation


@pytest.mark.parametrize("kind", [Kind.HANDED_OFF, Kind.LINKED, Kind.SWARM_STARTED])
def test_what_other_rooms_keep_is_not_written_in_bulk(database: Database, kind: Kind) -> None:
    desk = Desk(database, FixedClock(NOW), "maya")
    desk.organisation.begin("Northwind", "maya")
    story = Story().opened(at("11-19 08:00"), client=None).then(at("11-19 09:00"), kind, who="maya")
    with pytest.raises(RuntimeError), desk.tickets.in_bulk():
        desk.tickets.record([story.events])
    assert desk.tickets.store.count() == 0


def test_what_fails_in_bulk_leaves_nothing_behind(database: Database) -> None:
    desk = Desk(database, FixedClock(NOW), "maya")
    desk.organisation.begin("Northwind", "maya")
    before = tables(desk)
    with pytest.raises(KeyError), desk.tickets.in_bulk():
        desk.tickets.record([*histories(), [Event(1, NOW, None, Kind.OPENED)]])
    assert tables(desk) == before
