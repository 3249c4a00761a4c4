"""Filling in what a hand-off owes, by several people at a time."""

from dataclasses import replace

import pytest

from tests.escalation.forms import L2, send
from tests.support.driver import seated
from tests.support.offices import HOSTILE, Office
from workbench.errors import Busy, OutOfDate
from workbench.escalation.model import Diagnostic, Handoff, Row, StepTaken
from workbench.escalation.reading import form_told
from workbench.personal.store import PersonalStore
from workbench.tickets.vocabulary import Impact, Urgency

STEPS = (StepTaken(HOSTILE[0], "failed", "no [help]"),)
PRESSING = {"impact": Impact.EVERYONE, "urgency": Urgency.BLOCKED}


@pytest.fixture
def owing(office: Office) -> Handoff:
    """What maya has handed off, with its steps, its diagnostics and its reason still to come."""
    return send(office, office.open(**PRESSING).ref, {"to": "second-line", "summary": "all [b] down"})


def ravi_fills_in(office: Office, owing: Handoff, steps: tuple[StepTaken, ...] = STEPS) -> None:
    escalation = office.desk("ravi").escalation
    seen = escalation.get(owing.number).form
    escalation.fill_in(owing.number, replace(seen, steps=steps), seen)


def test_what_somebody_else_has_filled_in_stays(office: Office, owing: Handoff) -> None:
    ravi_fills_in(office, owing)
    mine = replace(owing.form, diagnostics=(Diagnostic("load", "9", "14:05"),))
    done = office.desk().escalation.fill_in(owing.number, mine, owing.form)
    assert (done.form.steps, done.form.diagnostics) == (STEPS, mine.diagnostics)
    assert (done.form.to, done.owed) == ("second-line", (Row.REASON,))


def test_what_two_fill_in_alike_is_no_conflict_and_otherwise_is_told(office: Office, owing: Handoff) -> None:
    ravi_fills_in(office, owing)
    escalation, values = office.desk().escalation, (Diagnostic("load", "9", "14:05"),)
    other = replace(owing.form, steps=(StepTaken("looked", "done"),), diagnostics=values)
    with pytest.raises(
        OutOfDate, match=r"steps of hand-off 1 changed since you looked \(ravi: filled in: steps\)"
    ) as told:
        escalation.fill_in(owing.number, other, owing.form)
    assert [event.who for event in told.value.events] == ["ravi"]
    assert escalation.get(owing.number).form.diagnostics == ()
    done = escalation.fill_in(owing.number, replace(other, steps=STEPS), owing.form)
    assert (done.form.steps, done.form.diagnostics) == (STEPS, values)


def test_a_whole_form_of_before_empties_nothing_that_somebody_has_filled_in(office: Office, owing: Handoff) -> None:
    ravi_fills_in(office, owing)
    told = form_told(owing.form) | {"diagnostics": [{"what": "load", "value": "9", "at": "14:05"}]}
    done = office.desk().escalation.complete(owing.number, told)
    assert (done.form.steps, done.owed) == (STEPS, (Row.REASON,))


async def test_a_screen_sends_only_what_was_typed_in_it(office: Office, owing: Handoff) -> None:
    async with seated(office) as maya:
        await maya.press("E", "c")
        ravi_fills_in(office, owing)
        await maya.type("fits")
        await maya.press("enter")
        await maya.type("none [fits]")
        await maya.press("ctrl+s")
        maya.sees(f"#{owing.ref}: owed still: diagnostics")
    form = office.desk().escalation.get(owing.number).form
    assert (form.steps, form.words) == (STEPS, "none [fits]")


async def test_whose_steps_are_others_by_now_is_told_and_keeps_theirs(office: Office, owing: Handoff) -> None:
    async with seated(office) as maya:
        await maya.press("E", "c")
        await maya.type("fits")
        await maya.press("enter")
        await maya.type("none [fits]")
        await maya.press("tab", "tab", "tab", "tab", "a")
        await maya.type("looked")
        await maya.press("enter", "enter", "d", "escape")
        ravi_fills_in(office, owing)
        await maya.press("c")
        maya.sees("looked  ✓ done")
        await maya.press("ctrl+s")
        maya.sees("Meanwhile:", "ravi completed: filled in: steps", "looked  ✓ done")
        assert office.desk().escalation.get(owing.number).form.steps == STEPS
        await maya.press("ctrl+s")
        maya.sees(f"#{owing.ref}: owed still: diagnostics")
    assert office.desk().escalation.get(owing.number).form.steps == (StepTaken("looked", "done"),)


async def test_what_was_typed_and_left_is_laid_over_what_others_have_filled_in_since(
    office: Office, owing: Handoff
) -> None:
    async with seated(office) as maya:
        await maya.press("E", "c")
        await maya.type("fits")
        await maya.press("enter", "escape")
        ravi_fills_in(office, owing)
        await maya.press("c")
        maya.sees(f"1. {HOSTILE[0][:12]}", "no runbook fits")
        await maya.press("ctrl+s")
    assert office.desk().escalation.get(owing.number).form.steps == STEPS


@pytest.fixture
def undroppable(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody else writes for long whenever a draft is to be dropped."""

    def busy(*_: object) -> None:
        raise Busy("another session is writing; nothing was saved", "try again in a moment")

    monkeypatch.setattr(PersonalStore, "drop_draft", busy)


@pytest.mark.usefixtures("undroppable")
def test_where_nothing_was_saved_nothing_was_sent(office: Office) -> None:
    ref, escalation = office.open().ref, office.desk().escalation
    escalation.forms.keep(ref, escalation.forms.read(ref, L2))
    with pytest.raises(Busy, match="nothing was saved"):
        escalation.send(ref, escalation.forms.form(ref))
    assert escalation.handoffs() == []
    assert office.desk().tickets.get(ref).team == "frontline"


async def test_where_nothing_was_saved_nothing_was_filled_in(
    office: Office, owing: Handoff, request: pytest.FixtureRequest
) -> None:
    async with seated(office) as maya:
        await maya.press("E", "c")
        await maya.type("fits")
        await maya.press("enter")
        await maya.type("none [fits]")
        request.getfixturevalue("undroppable")
        await maya.press("ctrl+s")
        maya.sees("nothing was saved", "none [fits]")
        assert office.desk().escalation.get(owing.number) == owing


async def test_what_was_typed_for_one_hand_off_is_not_laid_over_another(office: Office, owing: Handoff) -> None:
    async with seated(office) as maya:
        await maya.press("E", "c")
        await maya.type("fits")
        await maya.press("enter")
        await maya.type("of the first")
        await maya.press("escape")
        office.desk("omar").escalation.accept(owing.ref)
        send(office, owing.ref, {"to": "maya", "summary": "yours", "why_up": "x"}, "omar")
        office.desk().escalation.accept(owing.ref)
        send(office, owing.ref, {"to": "engineering", "direction": "up", "summary": "of the second"})
        await maya.press("escape", "E", "c")
        maya.sees("of the second")
        maya.sees_no("of the first", "What you typed")
