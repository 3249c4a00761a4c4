"""The score sheet: full points for what a good technician does, none for nothing, and what each slip costs."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.practice.texts import WHOLE
from workbench.escalation.model import Category, Diagnostic, Direction, Form, Handoff, Row, Status, StepTaken
from workbench.organisation.calendar import ALWAYS
from workbench.practice.model import Ending, Scenario, Skill
from workbench.practice.reading import read_scenario
from workbench.practice.scoring import HINT_COSTS, RunMade, Sheet, Work, score
from workbench.tickets.model import ClockState, Event, Stay, Ticket
from workbench.tickets.vocabulary import Impact, Kind, Priority, State, Urgency

OPENED = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ME = "maya"

_WHOLE = read_scenario(WHOLE, "lamp")
UP = replace(_WHOLE, hops=(), truth=replace(_WHOLE.truth, people=(), called=()))
"""Handed up to network: priority, component, runbook, two rows and one thing to be told."""
HERE = replace(UP, truth=replace(UP.truth, ending=Ending.RESOLVED, direction=None, to=None, rows={}))
KNOWN = replace(HERE, truth=replace(HERE.truth, ending=Ending.LINKED, problem="Lamps fail", runbook=None))


def at(minutes: float) -> datetime:
    """So many minutes after the opening."""
    return OPENED + timedelta(minutes=minutes)


def ticket(**changes: Any) -> Ticket:
    """The ticket as it was opened, with changes."""
    opened: dict[str, Any] = {
        "ref": 1,
        "subject": "The lamp is dark",
        "body": "",
        "state": State.NEW,
        "tier": "L1",
        "team": "frontline",
        "priority": Priority.P4,
        "impact": Impact.ONE,
        "urgency": Urgency.WAIT,
        "opened_at": OPENED,
        "arrived_at": OPENED,
        "touched_at": OPENED,
        "progress_at": OPENED,
    }
    return Ticket(**(opened | changes))


def event(minutes: float, kind: Kind, text: str = "", who: str = ME, **after: object) -> Event:
    """One event."""
    return Event(2, at(minutes), who, kind, text=text, after=after)


def responded(state: str) -> tuple[Stay, ...]:
    """The stay at the trainee's team with how its respond clock ended, and the one after it."""
    mine = Stay(1, "L1", "frontline", OPENED, at(10), ({"name": "respond", "state": state},))
    return mine, Stay(5, "L2", "network", at(10), None, ())


FORM = Form(summary="the lamp is dark", steps=(StepTaken("another cable", "done"),))
SENT = Handoff(1, 1, 5, "frontline", "network", None, Direction.UP, ME, at(10), Status.SENT, FORM, 5)
WORKED = ticket(state=State.OPEN, priority=Priority.P3, component="lan", stays=responded("met"))
PRIORITISED = event(2, Kind.PRIORITISED, priority="P3")
TOLD = event(9, Kind.COMMENTED, "They have it; the NETWORK people.")
HANDED = Work(WORKED, (PRIORITISED, TOLD), (SENT,), (RunMade("socket-dead", 5, 5),), ME, None, OPENED, at(60))
DONE = HANDED._replace(
    ticket=WORKED._replace(state=State.RESOLVED), events=(PRIORITISED, TOLD, event(10, Kind.RESOLVED)), handoffs=()
)
LINKED = HANDED._replace(
    events=(PRIORITISED, TOLD, event(10, Kind.LINKED, problem=3)), handoffs=(), runs=(), problem="Lamps fail"
)
NAMED = replace(UP, truth=replace(UP.truth, people=("mei", "viktor")))
GIVEN = HANDED._replace(handoffs=(replace(SENT, person="viktor"),))
TOGETHER = replace(UP, truth=replace(UP.truth, direction=Direction.SWARM, called=("apps",)))
SWARMED = HANDED._replace(
    handoffs=(replace(SENT, direction=Direction.SWARM, person="jonas"),), swarmed=("network", "apps")
)
NOTHING = Work(ticket(), (event(0, Kind.OPENED),), (), (), ME, None, OPENED, at(60))

Slip = Callable[[Work], Work]


def on_ticket(**changes: Any) -> Slip:
    """The ticket is otherwise at the end."""
    return lambda work: work._replace(ticket=work.ticket._replace(**changes))


def running(used_s: int, *, answered: bool) -> Slip:
    """It never went anywhere; the respond clock has so many of its 900 seconds used."""
    since = None if answered else OPENED
    clock = ClockState("respond", 900, ALWAYS, used_s, since, answered=answered)
    return on_ticket(clocks=(clock,), stays=(Stay(1, "L1", "frontline", OPENED),))


def on_sent(**changes: Any) -> Slip:
    """The hand-off is otherwise."""
    return lambda work: work._replace(handoffs=tuple(replace(each, **changes) for each in work.handoffs))


def on_form(**changes: Any) -> Slip:
    """Its form is otherwise."""
    return on_sent(form=replace(FORM, **changes))


def without(kind: Kind) -> Slip:
    """No event of that kind."""
    return lambda work: work._replace(events=tuple(each for each in work.events if each.kind is not kind))


def lost(before: Sheet, after: Sheet) -> dict[Skill, int]:
    """How many points fewer, skill by skill."""
    now = after.by_skill()
    less = {skill: got - now[skill][0] for skill, (got, _) in before.by_skill().items()}
    return {skill: points for skill, points in less.items() if points}


@pytest.mark.parametrize(
    ("scenario", "work"), [(UP, HANDED), (HERE, DONE), (KNOWN, LINKED), (NAMED, GIVEN), (TOGETHER, SWARMED)]
)
def test_who_does_it_all_gets_full_points(scenario: Scenario, work: Work) -> None:
    sheet = score(scenario, work)
    assert sheet.got == sheet.most > 0
    assert sheet.next_to_learn() == []


@pytest.mark.parametrize("scenario", [UP, HERE, KNOWN, NAMED, TOGETHER])
@pytest.mark.parametrize("right", [False, True], ids=["wrong priority", "right from the start"])
def test_who_does_nothing_gets_none(scenario: Scenario, right: bool) -> None:
    priority = scenario.truth.priority if right else Priority.P1
    sheet = score(scenario, NOTHING._replace(ticket=ticket(priority=priority)))
    assert [point for point in sheet.points if point.got] == []
    assert len(sheet.next_to_learn()) == 2


def test_what_was_right_from_the_start_counts_once_it_is_done() -> None:
    for scenario, work in ((UP, HANDED), (HERE, DONE), (KNOWN, LINKED)):
        never_set = without(Kind.PRIORITISED)(work)
        assert score(scenario, never_set).got == score(scenario, work).most
    begun = NOTHING._replace(ticket=ticket(priority=Priority.P3))
    assert "counts once the ticket is done" in score(UP, begun).points[0].reason


SLIPS: list[tuple[str, Scenario, Work, Slip, dict[Skill, int]]] = [
    ("priority", UP, HANDED, on_ticket(priority=Priority.P1), {Skill.TRIAGE: 10}),
    ("no component", UP, HANDED, on_ticket(component=None), {Skill.TRIAGE: 10}),
    ("wrong component", UP, HANDED, on_ticket(component="wifi"), {Skill.TRIAGE: 10}),
    ("wrong team", UP, HANDED, on_sent(target="platform"), {Skill.OWNERSHIP: 10}),
    ("wrong way", UP, HANDED, on_sent(direction=Direction.SIDEWAYS), {Skill.OWNERSHIP: 10}),
    ("late", UP, HANDED, on_sent(sent_at=at(30.1)), {Skill.CLOCK: 10}),
    ("just in time", UP, HANDED, on_sent(sent_at=at(30)), {}),
    (
        "not handed off",
        UP,
        HANDED,
        lambda work: work._replace(handoffs=()),
        {Skill.OWNERSHIP: 30, Skill.HANDOFF: 4, Skill.CLOCK: 10},
    ),
    (
        "handed off by somebody else",
        UP,
        HANDED,
        on_sent(by="ravi"),
        {Skill.OWNERSHIP: 30, Skill.HANDOFF: 4, Skill.CLOCK: 10},
    ),
    ("nobody named", NAMED, GIVEN, on_sent(person=None), {Skill.OWNERSHIP: 10}),
    ("somebody else named", NAMED, GIVEN, on_sent(person="sunita"), {Skill.OWNERSHIP: 10}),
    ("no swarm", TOGETHER, SWARMED, on_sent(direction=Direction.SIDEWAYS), {Skill.OWNERSHIP: 10}),
    ("driven by another team", TOGETHER, SWARMED, on_sent(target="platform"), {Skill.OWNERSHIP: 10}),
    ("nobody called in", TOGETHER, SWARMED, lambda work: work._replace(swarmed=("network",)), {Skill.OWNERSHIP: 10}),
    ("row says something else", UP, HANDED, on_form(summary="it is broken"), {Skill.HANDOFF: 1}),
    ("row is empty", UP, HANDED, on_form(summary=" "), {Skill.HANDOFF: 2}),
    ("step without outcome", UP, HANDED, on_form(steps=(StepTaken("x"),)), {Skill.HANDOFF: 2}),
    ("no run", UP, HANDED, lambda work: work._replace(runs=()), {Skill.RUNBOOK: 20}),
    ("other runbook", UP, HANDED, lambda work: work._replace(runs=(RunMade("x", 3, 3),)), {Skill.RUNBOOK: 20}),
    ("no step", UP, HANDED, lambda work: work._replace(runs=(RunMade("socket-dead", 0, 5),)), {Skill.RUNBOOK: 10}),
    ("3 of 5", UP, HANDED, lambda work: work._replace(runs=(RunMade("socket-dead", 3, 5),)), {Skill.RUNBOOK: 4}),
    ("answered late", UP, HANDED, on_ticket(stays=responded("missed")), {Skill.CLOCK: 5}),
    ("nobody answers", UP, HANDED, running(60, answered=False), {Skill.CLOCK: 5}),
    ("answered here", UP, HANDED, running(60, answered=True), {}),
    ("answered late here", UP, HANDED, running(900, answered=True), {Skill.CLOCK: 5}),
    ("not told", UP, HANDED, without(Kind.COMMENTED), {Skill.COMMUNICATION: 5}),
    ("reopened", HERE, DONE, on_ticket(state=State.OPEN), {Skill.OWNERSHIP: 10, Skill.CLOCK: 10}),
    (
        "only closed by the end of the session",
        HERE,
        DONE,
        lambda work: on_ticket(state=State.CLOSED)(without(Kind.RESOLVED)(work)),
        {Skill.OWNERSHIP: 10, Skill.CLOCK: 10},
    ),
    ("handed off without need", HERE, DONE, lambda work: work._replace(handoffs=(SENT,)), {Skill.OWNERSHIP: 10}),
    (
        "linked to another problem",
        KNOWN,
        LINKED,
        lambda work: work._replace(problem="Something else"),
        {Skill.TRIAGE: 10},
    ),
    (
        "link taken back",
        KNOWN,
        LINKED,
        lambda work: work._replace(problem=None),
        {Skill.TRIAGE: 10, Skill.OWNERSHIP: 10, Skill.CLOCK: 10},
    ),
]


@pytest.mark.parametrize(
    ("scenario", "work", "slip", "cost"), [each[1:] for each in SLIPS], ids=[each[0] for each in SLIPS]
)
def test_each_slip_costs_what_the_sheet_says(
    scenario: Scenario, work: Work, slip: Slip, cost: dict[Skill, int]
) -> None:
    whole, less = score(scenario, work), score(scenario, slip(work))
    assert lost(whole, less) == cost
    assert whole.most == less.most
    missed = [point for point in less.points if point.got < point.most]
    assert sum(point.most - point.got for point in missed) == sum(cost.values())
    assert all(point.reason for point in missed)


def test_what_others_said_is_not_what_the_trainee_told() -> None:
    said = event(9, Kind.COMMENTED, "network has it", who="ravi")
    noted = event(9, Kind.NOTED, "network has it")
    sheet = score(UP, HANDED._replace(events=(PRIORITISED, said, noted)))
    assert sheet.by_skill()[Skill.COMMUNICATION] == (0, 5)


def test_others_who_called_have_to_hear_of_it() -> None:
    """Who has not called yet costs nothing."""
    for told, got in (((True, True), 10), ((True, False), 5), ((False, False, True), 3), ((False,), 0)):
        sheet = score(UP, HANDED._replace(callers=told))
        assert (sheet.most, sheet.got) == (score(UP, HANDED).most + 10, score(UP, HANDED).got + got)


def test_what_was_before_it_came_to_the_trainee_is_no_time_of_theirs() -> None:
    missed = ({"name": "respond", "state": "missed"},)
    before = Stay(1, "L1", "frontline", at(-60), at(-50), missed), Stay(2, "L2", "apps", at(-50), at(-2), missed)
    work = on_ticket(opened_at=at(-60), stays=(*before, *responded("met")))(HANDED)
    back = replace(UP, hops=_WHOLE.hops)
    assert score(back, work).got == score(back, work).most
    assert lost(score(back, work), score(back, work._replace(came_at=at(-60)))) == {Skill.CLOCK: 10}
    late = on_ticket(stays=(*before, *responded("missed")))(work)
    assert lost(score(back, work), score(back, late)) == {Skill.CLOCK: 5}


def test_the_first_hand_off_counts() -> None:
    wrong = replace(SENT, number=2, target="platform", sent_at=at(5))
    assert lost(score(UP, HANDED), score(UP, HANDED._replace(handoffs=(SENT, wrong)))) == {Skill.OWNERSHIP: 10}


def test_hints_cost_and_nobody_gets_fewer_than_none() -> None:
    whole = score(UP, HANDED)
    assert score(UP, HANDED, hints=2).got == whole.got - 2 * HINT_COSTS
    assert score(UP, NOTHING, hints=3).got == 0


@pytest.mark.parametrize(
    ("row", "form"),
    [
        (Row.SUMMARY, Form(summary="the LAMP")),
        (Row.IMPACT, Form(impact="lamp", urgency="x")),
        (Row.STEPS, Form(steps=(StepTaken("x", "done", "lamp"),))),
        (Row.DIAGNOSTICS, Form(diagnostics=(Diagnostic("x", "lamp", "x"),))),
        (Row.REASON, Form(category=Category.SECURITY, words="lamp")),
        (Row.ERROR, Form(error_message="lamp", error_at="x")),
        (Row.REPRODUCTION, Form(not_reproducible="lamp")),
        (Row.ACCOUNT, Form(account="x", permissions="lamp")),
        (Row.ENVIRONMENT, Form(environment="x", version="lamp")),
        (Row.CHANGES, Form(recent_changes="lamp", recent_actions="x")),
        (Row.COMPONENTS, Form(components=("lamp",), lead="x")),
    ],
)
def test_a_row_is_looked_through_in_all_its_parts(row: Row, form: Form) -> None:
    scenario = replace(UP, truth=replace(UP.truth, rows={row: ("Lamp",)}))
    assert score(scenario, HANDED._replace(handoffs=(replace(SENT, form=form),))).by_skill()[Skill.HANDOFF] == (2, 2)
    other = replace(scenario, truth=replace(scenario.truth, rows={row: ("candle",)}))
    assert score(other, HANDED._replace(handoffs=(replace(SENT, form=form),))).by_skill()[Skill.HANDOFF] == (1, 2)


def test_the_two_that_cost_most_come_first() -> None:
    work = on_form(summary=" ")(on_ticket(component="wifi")(HANDED))._replace(runs=(RunMade("socket-dead", 0, 5),))
    assert score(UP, work).next_to_learn() == [
        "triage: it is about lan, not wifi",
        "runbook: 0 of its 5 steps have an outcome",
    ]
