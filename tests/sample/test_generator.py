"""The sample: the same each time it is built, sound, and with something of everything in it."""

import shutil
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from workbench.database import Database
from workbench.desk import Desk
from workbench.queues.model import SMART
from workbench.sample.generator import ACTING, HISTORY, MOMENT
from workbench.sample.library import stories
from workbench.tickets.clocks import Stage, seen
from workbench.tickets.integrity import faults
from workbench.tickets.model import Ticket
from workbench.tickets.replay import replay
from workbench.tickets.vocabulary import State, WaitingFor

SAMPLE = Path(__file__).parents[2] / "sample.db"


@pytest.fixture
def desk(sample: Desk) -> Desk:
    return sample


def content(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables, but for when the migrations ran and how SQLite keeps its index of words."""
    with closing(Database.open(path)) as database:
        names = [name for (name,) in database.rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
        told = [name for name in names if not name.startswith(("ticket_words", "runbook_words", "_sqlite_migrations"))]
        return {name: sorted(database.rows(f"SELECT * FROM [{name}]"), key=repr) for name in told}


def all_tickets(desk: Desk) -> list[Ticket]:
    return [desk.tickets.get(ref) for ref in desk.tickets.store.numbers()]


def test_the_file_that_travels_is_what_the_generator_builds(built: Path, tmp_path: Path) -> None:
    travels = tmp_path / "sample.db"
    shutil.copyfile(SAMPLE, travels)
    assert content(travels) == content(built), "run `python -m workbench.sample sample.db` and commit the file"


def test_the_file_is_one_small_file() -> None:
    assert SAMPLE.stat().st_size < 4 * 1024 * 1024
    assert not list(SAMPLE.parent.glob("sample.db-*"))


def test_it_is_sound(desk: Desk) -> None:
    assert desk.database.check() == []
    assert list(faults(desk.database, desk.organisation.current(), desk.tickets.limits, lambda done, of: None)) == []


def test_each_event_tells_truly_what_was_before(desk: Desk) -> None:
    for ref in desk.tickets.store.numbers():
        events = desk.tickets.store.events(ref)
        for place, event in enumerate(events[1:], start=1):
            limits, terms = desk.tickets.limits, desk.organisation.current().terms
            before = seen(replay(ref, events[:place], terms, limits.close_after), event.at, limits)
            for name in event.before.keys() & {"state", "team", "tier", "assignee", "priority"}:
                assert event.before[name] == getattr(before, name), (ref, event)


def test_nothing_happens_outside_the_days_it_covers(desk: Desk) -> None:
    times = [event.at for ref in desk.tickets.store.numbers() for event in desk.tickets.store.events(ref)]
    assert MOMENT - HISTORY <= min(times) < max(times) <= MOMENT


def test_the_organisation_has_everything_a_setup_can_have(desk: Desk) -> None:
    organisation = desk.organisation.current()
    assert (len(organisation.clients), len(organisation.tiers), len(organisation.teams)) == (4, 3, 8)
    assert {team.support.value for team in organisation.teams} == {"tiered", "embedded", "swarming", "run"}
    assert all(team.contact and team.wants for team in organisation.teams)
    assert any(calendar.closed for calendar in organisation.calendars)
    assert organisation.terms("ferrum", "frontline", "L1", "P3").resolve is None
    assert desk.organisation.apply(desk.organisation.show(), "setup.toml") == []


def test_every_state_stage_and_reason_to_wait_is_there(desk: Desk) -> None:
    tickets = all_tickets(desk)
    assert 400 <= len(tickets) <= 440
    assert {ticket.state for ticket in tickets} == set(State)
    waiting = [ticket.waiting for ticket in tickets if ticket.waiting]
    assert {each.on for each in waiting} == set(WaitingFor)
    assert {each.until is None for each in waiting} == {True, False}
    assert any(ticket.reopens for ticket in tickets if ticket.unresolved)
    assert any(ticket.unanswered_since for ticket in tickets if ticket.unresolved and ticket.assignee == ACTING)


def test_every_queue_has_something_to_show(desk: Desk) -> None:
    counts = {total.queue.name: total for total in desk.queues.counts()}
    assert 70 <= sum(counts[tier].open for tier in ("L1", "L2", "L3")) <= 85
    assert all(counts[name].open for name in SMART)
    assert all(total.open for total in counts.values())
    assert all(counts["L1"].stages[stage] >= 3 for stage in Stage if stage is not Stage.DONE)
    assert counts["Graveyard"].open == 3


def test_the_troubles_of_tiered_support_can_be_seen(desk: Desk) -> None:
    tickets = all_tickets(desk)
    assert max(ticket.bounces for ticket in tickets) > 1
    assert max(ticket.hops for ticket in tickets) > 4
    resolvers = Counter(ticket.assignee for ticket in tickets if ticket.tier == "L3" and not ticket.unresolved)
    assert sum(count for _, count in resolvers.most_common(3)) > 0.6 * resolvers.total()


@pytest.mark.parametrize(
    "text", ["[/b]", "[@click=app.quit]", "\x1b]52;", "\x00", "\x9b", "\u202e", "\u200b", "👩🏽‍💻"]
)
def test_hostile_text_is_among_it(desk: Desk, text: str) -> None:
    assert any(text in ticket.subject + ticket.body for ticket in all_tickets(desk))


def test_a_body_is_as_long_as_they_come(desk: Desk) -> None:
    bodies = [ticket.body for ticket in all_tickets(desk)]
    assert max(map(len, bodies)) > 60_000
    assert max(len(line) for body in bodies for line in body.splitlines()) > 20_000


def test_each_story_has_its_own_words() -> None:
    told = list(stories())
    assert len(told) >= 60
    assert len({story.name for story in told}) == len(told)
    assert all(story.subjects and story.bodies and story.steps for story in told)
