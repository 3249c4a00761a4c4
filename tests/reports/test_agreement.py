"""Whatever happened to the tickets: the figures are those that telling each one's steps in the plainest way gives."""

import atexit
import shutil
import tempfile
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reports.plain import Case, case_of, figures, rounded
from tests.support.offices import PEOPLE, Office, copied, make_file
from tests.tickets.histories import DAY, HOUR, TEAMS, Story, at
from workbench.reports.model import EVERYBODY, Period, Scope
from workbench.tickets.clocks import clock_word
from workbench.tickets.model import Event, Ticket
from workbench.tickets.vocabulary import UNRESOLVED, Kind

NOT_BY_TICKETS = {"handoff_completeness", "handoffs_returned", "repeats"}
SCOPES = st.builds(
    Scope,
    team=st.none() | st.sampled_from(tuple(TEAMS)),
    tier=st.none() | st.sampled_from(("L1", "L2", "L3")),
    client=st.none() | st.sampled_from(("contoso", "fabrikam")),
    component=st.none() | st.sampled_from(("mail [/b]", "vpn")),
)
GAPS = st.sampled_from((0, 1, 899, 900, HOUR, DAY, 29 * DAY, 30 * DAY, 61 * DAY))
STEPS = ("taken", "waits", "resumed", "moved", "told", "prioritised", "resolved", "closed", "reopened", "unsaid")


@st.composite
def histories(draw: st.DrawFn) -> list[Event]:
    """What a log may tell of a ticket, a move of what is done and a closing without a resolve among it."""
    story, moment = Story(), at("03-02 12:00") + timedelta(seconds=draw(st.integers(0, 40 * DAY)))
    about = {"client": draw(st.sampled_from((None, "contoso", "fabrikam")))}
    about["component"] = draw(st.sampled_from((None, "mail [/b]", "vpn")))
    story.opened(moment, draw(st.sampled_from(tuple(TEAMS))), **{name: told for name, told in about.items() if told})
    for step in draw(st.lists(st.sampled_from(STEPS), max_size=9)):
        moment += timedelta(seconds=draw(GAPS))
        _tell(draw, story, step, moment)
    return story.events


def _tell(draw: st.DrawFn, story: Story, step: str, moment: datetime) -> None:
    done = story.ticket(moment).state not in UNRESOLVED
    who = draw(st.sampled_from((*PEOPLE, None, "Dana Reyes")))
    if step == "moved":
        story.moved(moment, draw(st.sampled_from(tuple(TEAMS))))
    elif step == "resolved":
        story.then(moment, Kind.RESOLVED, who=who, responds=draw(st.booleans()), state="resolved")  # type: ignore[arg-type]
    elif step == "closed":
        story.then(moment, Kind.CLOSED, state="closed")
    elif done:
        if step == "reopened":
            story.reopened(moment)
    elif step == "taken":
        story.taken(moment)
    elif step == "waits":
        story.waits(moment)
    elif step == "told":
        story.told(moment, responds=draw(st.booleans()))
    elif step == "prioritised":
        story.prioritised(moment, draw(st.sampled_from(("P1", "P4"))))


@settings(max_examples=120)
@given(st.lists(histories(), min_size=1, max_size=6), st.data())
def test_the_figures_are_those_of_the_steps(told: list[list[Event]], data: st.DataObject) -> None:
    instants = sorted({event.at for events in told for event in events})
    end = data.draw(st.sampled_from(instants)) + timedelta(seconds=data.draw(st.sampled_from((0, 1, 900, 40 * DAY))))
    start = end - timedelta(seconds=data.draw(st.sampled_from((1, DAY, 30 * DAY, 200 * DAY))))
    scope = data.draw(st.just(Scope()) | SCOPES)
    with tempfile.TemporaryDirectory() as folder:
        office = Office(copied(_file(), Path(folder)))
        try:
            _compare(office, told, Period(start, end), scope)
        finally:
            office.close()


def _compare(office: Office, told: list[list[Event]], period: Period, scope: Scope) -> None:
    office.clock.at = at("12-31 12:00")
    desk = office.desk()
    with desk.database.transaction():
        refs = desk.tickets.record(told)
    cases = [
        case_of(ref, events, _responded(desk.tickets.journal.replay, ref, events, period.end))
        for ref, events in zip(refs, told, strict=True)
    ]
    seams = frozenset({frozenset(("frontline", "second-line")), frozenset(("engineering", "service-desk"))})
    asked = desk.reports.question(period, EVERYBODY)._replace(scope=scope, seams=seams)
    found = {one.name: one[1:] for one in desk.reports._figures(asked) if one.name not in NOT_BY_TICKETS}
    plain = figures(cases, *period, PEOPLE, scope, seams)
    assert rounded(found) == rounded({name: told for name, told in plain.items() if name not in NOT_BY_TICKETS})
    _compare_tickets(office, cases, found, asked)


def _compare_tickets(office: Office, cases: list[Case], found: dict[str, Any], asked: Any) -> None:
    """Behind a figure that counts tickets stand as many as it counts, page by page too."""
    store = office.desk().reports.store
    counted = set(found) - {"hops_per_ticket", "half_of_l3_people", "self_sufficiency", "escalation_cost"}
    for name in counted:
        _, numerator, denominator = found[name]
        refs = store.tickets(name, asked)
        if name.startswith("time_"):
            assert len(refs) == denominator
        elif numerator is not None and name != "top_three_share":
            assert len(refs) == numerator, name
        if denominator is not None:
            assert len(store.tickets(name, asked, whole=True)) == denominator, name
        assert store.tickets(name, asked, limit=2) == refs[:2]


def _responded(replay: Any, ref: int, events: list[Event], end: datetime) -> str:
    """How the first respond clock stood at the moment, by what the first stay, or the ticket itself, says."""
    before = [event for event in events if event.at < end]
    if not before:
        return "none"
    ticket: Ticket = replay(ref, before, end)
    stay = ticket.stays[0]
    if stay.left_at is not None and stay.outcome:
        return next(str(told["state"]) for told in stay.outcome if told["name"] == "respond")
    clock = next(clock for clock in ticket.clocks if clock.name == "respond")
    return clock_word(clock, ticket.state, end)


@cache
def _file() -> Path:
    """A file with the setup, made once."""
    folder = Path(tempfile.mkdtemp(prefix="reports-"))
    atexit.register(shutil.rmtree, folder)
    return make_file(folder)
