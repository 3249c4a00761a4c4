"""Filling in what a hand-off owes, by several people at a time."""

from dataclasses import replace

import pytest

from tests.escalation.forms import L2, send
from tests.support.driver import seated
from tests.support.offices import HOSTILE, Office
from workbench.errors import Busy, Incomplete, OutOfDate
from workbench.escalation.integrity import faults
from workbench.escalation.model import Diagnostic, Handoff, Return, ReturnCode, Row, StepTaken
from workbench.escalation.reading import form_told
from workbench.personal.store import PersonalStore
from workbench.problems.model import NewProblem, Rule
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
    done, left = office.desk().escalation.fill_in(owing.number, mine, owing.form)
    assert left == ()
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
    done, _ = escalation.fill_in(owing.number, replace(other, steps=STEPS), owing.form)
    assert (done.form.steps, done.form.diagnostics) == (STEPS, values)


def test_a_whole_form_of_before_empties_nothing_that_somebody_has_filled_in(office: Office, owing: Handoff) -> None:
    ravi_fills_in(office, owing)
    told = form_told(owing.form) | {"diagnostics": [{"what": "load", "value": "9", "at": "14:05"}]}
    done, _ = office.desk().escalation.complete(owing.number, told)
    assert (done.form.steps, done.owed) == (STEPS, (Row.REASON,))


def test_what_was_sent_stays_and_only_what_is_owed_is_filled_in(office: Office, owing: Handoff) -> None:
    told = {
        "steps": [{"what": "looked", "outcome": "done"}],
        "summary": "[/b] nothing special",
        "environment": "by ines",
        "error": {"message": "502"},
    }
    done, left = office.desk("ines").escalation.complete(owing.number, told)
    assert left == ("summary", "error", "environment")
    assert done.form == replace(owing.form, steps=(StepTaken("looked", "done"),))
    with pytest.raises(Incomplete, match="still missing: diagnostics, reason"):
        office.desk("ines").escalation.complete(owing.number, told | {"steps": []})


def test_an_event_tells_the_words_that_were_filled_in_and_those_there_were(office: Office) -> None:
    ref = office.open().ref
    sent = send(office, ref, L2)
    back = Return(ReturnCode.INFORMATION_MISSING, "which one?", (Row.SUMMARY, Row.ERROR))
    office.desk("omar").escalation.give_back(ref, back)
    service = office.desk().escalation
    with pytest.raises(Incomplete, match="still missing: summary, error"):
        service.complete(sent.number, {"error": {"at": "14:05"}, "summary": sent.form.summary})
    done, _ = service.complete(sent.number, {"summary": HOSTILE[2], "error": {"at": "14:05"}})
    assert done.owed == (Row.ERROR,)
    event = office.desk().tickets.with_timeline(ref)[1][-1]
    assert event.before["form"] == {"summary": sent.form.summary, "error": {"at": ""}}
    assert event.after == {"filled": ["summary"], "form": {"summary": HOSTILE[2], "error": {"at": "14:05"}}}


def test_an_earlier_moment_knows_only_what_was_filled_in_by_then(office: Office, owing: Handoff) -> None:
    moments = [(office.clock.at, owing)]
    for told in (
        {"steps": [{"what": "looked"}], "diagnostics": [{"what": "load", "value": "9", "at": "14:05"}]},
        {"steps": [{"what": "looked", "outcome": "done"}], "reason": {"words": "[/b] none"}},
        {"reason": {"category": "no_runbook", "words": "none fits"}},
    ):
        office.pass_time(minutes=5)
        moments.append((office.clock.at, office.desk().escalation.complete(owing.number, told)[0]))
    office.pass_time(minutes=5)
    for moment, then in moments:
        with office.at(moment) as desk:
            assert desk.escalation.get(owing.number) == then
    assert list(faults(office.desk().database)) == []


def test_an_event_without_words_leaves_the_form_as_it_is(office: Office, owing: Handoff) -> None:
    office.pass_time(minutes=5)
    ravi_fills_in(office, owing)
    database = office.desk().database
    bare = "after = json_remove(after, '$.form'), before = json_remove(before, '$.form')"
    with database.transaction():
        database.execute(f"UPDATE event SET {bare} WHERE kind = 'completed'")
    with office.at(owing.sent_at) as desk:
        then = desk.escalation.get(owing.number)
    assert (then.form.steps, then.owed) == (STEPS, owing.owed)
    assert list(faults(database)) == []


def test_a_form_that_lacks_what_was_filled_in_is_told(office: Office, owing: Handoff) -> None:
    ravi_fills_in(office, owing)
    database = office.desk().database
    with database.transaction():
        database.execute("UPDATE handoff SET form = json_set(form, '$.steps', json('[]'))")
    assert list(faults(database)) == [f"the hand-offs of #{owing.ref} are not what its events make of them"]


async def test_a_screen_sends_only_what_was_typed_in_it(office: Office, owing: Handoff) -> None:
    async with seated(office) as maya:
        await maya.press("E", "c")
        maya.sees("Fill in hand-off 1 of #1001", "Sent: up to second-line, it went out on", "owed still: ")
        maya.sees_no("Proposed", "may go now")
        ravi_fills_in(office, owing)
        await maya.type("fits")
        await maya.press("enter")
        await maya.type("none [fits]")
        await maya.press("ctrl+s")
        maya.sees(f"#{owing.ref}: owed still: diagnostics")
    form = office.desk().escalation.get(owing.number).form
    assert (form.steps, form.words) == (STEPS, "none [fits]")


async def test_what_went_out_is_spared_by_nothing(office: Office, owing: Handoff) -> None:
    number = office.desk().problems.write(NewProblem("Down", Rule(words=("host",)))).number
    async with seated(office) as maya:
        await maya.press("E", "c")
        maya.sees(f"PRB-{number} Down")
        maya.sees_no("^l Link", "^r Runbook", "ctrl+l links")
        await maya.press("ctrl+o", "enter")
        maya.sees("it went out already", "Fill in hand-off 1")
    assert office.desk().problems.linked_to(owing.ref) is None


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
        maya.sees(f"#{owing.ref}: owed still: diagnostics; not owed, so left as it", "was: steps")
    assert office.desk().escalation.get(owing.number).form.steps == STEPS


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
