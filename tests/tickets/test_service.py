"""Acts on tickets: what each changes, and what is refused with which words."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from tests.escalation.forms import L2, send
from tests.support.offices import HOSTILE, START, Office
from workbench.clock import SystemClock
from workbench.desk import Desk
from workbench.errors import InvalidInput, NotFound, OutOfDate, Refused, WorkbenchError
from workbench.text import storable
from workbench.tickets.as_json import ticket_told
from workbench.tickets.model import NewTicket, Ticket
from workbench.tickets.rules import LONGEST_SUBJECT, LONGEST_TEXT, Resolution
from workbench.tickets.vocabulary import Impact, Kind, Priority, State, Urgency, WaitingFor, priority_of


def events(office: Office, ticket: Ticket) -> list[Kind]:
    return [event.kind for event in office.desk().tickets.with_timeline(ticket.ref)[1]]


def refusal(act: Callable[[], Any], error: type[WorkbenchError] = Refused) -> str:
    with pytest.raises(error) as caught:
        act()
    assert caught.value.wrong
    assert caught.value.advice
    return str(caught.value)


@pytest.mark.parametrize(
    ("impact", "priorities"),
    [("one", "P4 P3 P3"), ("team", "P4 P3 P2"), ("client", "P3 P2 P1"), ("everyone", "P2 P1 P1")],
)
def test_priority_follows_from_impact_and_urgency(impact: str, priorities: str) -> None:
    assert " ".join(priority_of(Impact(impact), urgency) for urgency in Urgency) == priorities


def test_a_ticket_opens_at_the_first_team_of_the_first_tier(office: Office) -> None:
    ticket = office.open(contact="Dana [b]Reyes")
    assert (ticket.ref, ticket.team, ticket.tier, ticket.priority) == (1001, "frontline", "L1", Priority.P3)
    assert (ticket.state, ticket.assignee, ticket.version) == (State.NEW, None, 1)
    assert office.desk().organisation.contact("contoso", "Dana [b]Reyes") is not None
    assert office.open().ref == 1002


@pytest.mark.parametrize("text", HOSTILE)
def test_any_text_is_kept_as_it_came(office: Office, text: str) -> None:
    tickets = office.desk().tickets
    ref = office.open(text, body=text, contact=text, component=text, external=text, tags=(text,)).ref
    tickets.comment(ref, text)
    tickets.wait(ref, WaitingFor.VENDOR, text)
    kept = storable(text)
    ticket, timeline = tickets.with_timeline(ref)
    assert (ticket.subject, ticket.body, ticket.contact, ticket.component, ticket.external) == (kept,) * 5
    assert ticket.tags == (kept,)
    assert ticket.waiting is not None
    assert ticket.waiting.reason == kept
    assert [event.text for event in timeline] == [kept] * 3
    assert tickets.number(text) == ref
    assert ticket_told(ticket, timeline, START, tickets.limits)["body"] == kept
    assert office.desk().queues.why(ref)


OPENINGS: dict[str, tuple[NewTicket, type[WorkbenchError], str]] = {
    "no subject": (NewTicket(" \n"), InvalidInput, "subject is empty"),
    "a long subject": (NewTicket("x" * (LONGEST_SUBJECT + 1)), InvalidInput, "at most 500"),
    "a long body": (NewTicket("x", "y" * (LONGEST_TEXT + 1)), InvalidInput, "at most 1,000,000"),
    "a long component": (NewTicket("x", component="y" * 101), InvalidInput, "at most 100"),
    "a component of two lines": (NewTicket("x", component="mail\nserver"), InvalidInput, "line break"),
    "an unknown client": (NewTicket("x", client="contso"), NotFound, "did you mean contoso?"),
    "an unknown team": (NewTicket("x", team="frontlin"), NotFound, "did you mean frontline?"),
}


@pytest.mark.parametrize(("new", "error", "words"), OPENINGS.values(), ids=OPENINGS)
def test_what_cannot_be_opened(office: Office, new: NewTicket, error: type[WorkbenchError], words: str) -> None:
    assert words in refusal(lambda: office.desk().tickets.open(new), error)
    assert office.open().ref == 1001, "nothing was written and no number is lost"


def test_an_external_id_names_one_ticket(office: Office) -> None:
    first = office.open(external="1002")
    assert office.open().ref == 1002
    assert "#1001" in refusal(lambda: office.open(external="1002"))
    assert office.desk().tickets.number("#1002") == 1002, "the number wins"
    assert office.open(external="1001").ref == 1003, "a ticket's number is no external id"
    assert first.external == "1002"


@pytest.mark.parametrize("reference", ["", "#", "9999", "#9999", "١٠٠١", "x" * 50, "-1", "1e3", "\ud800", "9" * 30])
def test_a_reference_that_nothing_has(office: Office, reference: str) -> None:
    office.open()
    assert "ticket list" in refusal(lambda: office.desk().tickets.number(reference), NotFound)


def test_who_acts_must_be_a_person_of_the_setup(office: Office) -> None:
    office.open()
    assert "'nobody-here' is no person" in refusal(lambda: office.desk("nobody-here").tickets.take(1001))
    assert "'nobody-here' is no person" in refusal(lambda: office.open(who="nobody-here"))
    assert "'nobody-here' is no person" in refusal(office.desk("nobody-here").tickets.undo)


def test_taking_opens_and_what_another_has_is_refused(office: Office) -> None:
    ticket = office.open()
    taken = office.desk().tickets.take(ticket.ref)
    assert (taken.assignee, taken.state) == ("maya", State.OPEN)
    assert office.desk().tickets.take(ticket.ref).version == taken.version, "taking one's own changes nothing"
    assert "maya has #1001 already" in refusal(lambda: office.desk("ravi").tickets.take(ticket.ref))


def test_taking_what_one_was_given_is_a_response_and_once(office: Office) -> None:
    ref = office.open().ref
    office.desk().tickets.assign(ref, "ravi")
    given = office.desk("ravi").tickets.get(ref)
    assert not given.answered
    taken = office.desk("ravi").tickets.take(ref)
    assert (taken.version, taken.answered) == (given.version + 1, True)
    assert office.desk("ravi").tickets.take(ref).version == taken.version
    office.desk("ravi").tickets.undo()
    assert not office.desk("ravi").tickets.get(ref).answered


def test_taking_what_one_was_given_of_another_team_changes_nothing(office: Office) -> None:
    ref = office.open().ref
    given = office.desk().tickets.assign(ref, "lena")
    assert office.desk("lena").tickets.take(ref).version == given.version


def test_assigning_is_no_response(office: Office) -> None:
    ticket = office.open()
    given = office.desk().tickets.assign(ticket.ref, "ravi")
    assert (given.assignee, given.state, given.clocks[0].answered) == ("ravi", State.OPEN, False)
    free = office.desk().tickets.assign(ticket.ref, None)
    assert (free.assignee, free.state) == (None, State.OPEN)
    assert "did you mean ravi?" in refusal(lambda: office.desk().tickets.assign(1001, "rafi"), NotFound)


@pytest.mark.parametrize(("who", "answers"), [("ravi", True), ("omar", False)])
def test_only_the_team_that_holds_it_answers(office: Office, who: str, answers: bool) -> None:
    ticket = office.open()
    assert office.desk(who).tickets.comment(ticket.ref, "we look into it").clocks[0].answered is answers


def test_a_note_is_internal_and_no_response(office: Office) -> None:
    ticket = office.desk().tickets.note(office.open().ref, "checked the logs")
    assert not ticket.clocks[0].answered
    assert ticket.unanswered_since == START


EMPTY: dict[str, Callable[[Desk, str], object]] = {
    "comment": lambda desk, text: desk.tickets.comment(1001, text),
    "note": lambda desk, text: desk.tickets.note(1001, text),
    "reply": lambda desk, text: desk.tickets.reply(1001, text),
    "priority": lambda desk, text: desk.tickets.prioritise(1001, Priority.P1, text),
    "move": lambda desk, text: desk.tickets.move(1001, "second-line", text),
    "wait": lambda desk, text: desk.tickets.wait(1001, WaitingFor.VENDOR, text),
    "reopen": lambda desk, text: desk.tickets.reopen(1001, text),
}


@pytest.mark.parametrize("text", ["", " \t\n", "x" * (LONGEST_TEXT + 1)], ids=["none", "blank", "endless"])
@pytest.mark.parametrize("act", EMPTY)
def test_words_that_are_missing_or_too_many(office: Office, act: str, text: str) -> None:
    office.open()
    refusal(lambda: EMPTY[act](office.desk(), text), InvalidInput)


def test_a_reply_ends_a_wait_for_the_requester_only(office: Office) -> None:
    tickets = office.desk().tickets
    office.open(contact="Dana")
    tickets.wait(1001, WaitingFor.REQUESTER, "which printer?")
    replied = tickets.reply(1001, "the red one")
    assert (replied.state, replied.waiting) == (State.OPEN, None)
    tickets.wait(1001, WaitingFor.VENDOR, "spare part")
    assert tickets.reply(1001, "any news?").state is State.WAITING
    assert tickets.with_timeline(1001)[1][-1].who == "Dana"


def test_a_reply_reopens_what_is_resolved_and_not_what_is_closed(office: Office) -> None:
    tickets = office.desk().tickets
    office.open()
    tickets.resolve(1001)
    reopened = tickets.reply(1001, "still broken")
    assert (reopened.state, reopened.reopens) == (State.OPEN, 1)
    tickets.resolve(1001)
    office.pass_time(days=7)
    assert tickets.get(1001).state is State.CLOSED
    assert "open a new ticket" in refusal(lambda: tickets.reply(1001, "still broken"))


def test_the_same_priority_changes_nothing(office: Office) -> None:
    ticket = office.open()
    assert office.desk().tickets.prioritise(ticket.ref, Priority.P3, "is").version == 1
    assert office.desk().tickets.prioritise(ticket.ref, Priority.P1, "the boss").priority is Priority.P1


def test_what_has_been_worked_on_is_handed_off_and_not_moved(office: Office) -> None:
    tickets = office.desk().tickets
    office.open()
    assert "at frontline already" in refusal(lambda: tickets.move(1001, "frontline", "here"))
    assert "did you mean second-line?" in refusal(lambda: tickets.move(1001, "secondline", "there"), NotFound)
    moved = tickets.move(1001, "second-line", "theirs")
    assert (moved.team, moved.tier, moved.hops) == ("second-line", "L2", 1)
    tickets.take(1001)
    assert "workbench escalate 1001" in refusal(lambda: tickets.move(1001, "frontline", "back"))
    tickets.undo()
    assert tickets.move(1001, "frontline", "back").bounces == 1, "a taking that was taken back is none"


def test_a_comment_is_work(office: Office) -> None:
    office.open()
    office.desk().tickets.comment(1001, "hello")
    refusal(lambda: office.desk().tickets.move(1001, "second-line", "theirs"))


def test_who_was_only_given_a_ticket_has_not_worked_on_it(office: Office) -> None:
    office.open()
    office.desk().tickets.assign(1001, "ravi")
    moved = office.desk().tickets.move(1001, "second-line", "theirs")
    assert (moved.team, moved.assignee) == ("second-line", None)


def test_waiting_wakes_by_itself(office: Office) -> None:
    tickets = office.desk().tickets
    office.open()
    until = START + timedelta(hours=1)
    assert tickets.wait(1001, WaitingFor.CHANGE, "tonight's window", until).state is State.WAITING
    office.pass_time(minutes=59)
    assert tickets.get(1001).state is State.WAITING
    office.pass_time(minutes=1)
    assert (tickets.get(1001).state, tickets.get(1001).waiting) == (State.OPEN, None)
    assert "not waiting" in refusal(lambda: tickets.resume(1001))
    assert events(office, tickets.get(1001)) == [Kind.OPENED, Kind.WAITED], "time writes nothing"


@pytest.mark.parametrize("minutes", [-60, 0])
def test_a_wake_up_lies_ahead(office: Office, minutes: int) -> None:
    office.open()
    until = START + timedelta(minutes=minutes)
    assert "is past" in refusal(
        lambda: office.desk().tickets.wait(1001, WaitingFor.VENDOR, "part", until), InvalidInput
    )


def test_whoever_resolves_what_nobody_had_has_it(office: Office) -> None:
    office.open()
    office.desk().tickets.wait(1001, WaitingFor.VENDOR, "part")
    resolved = office.desk("ravi").tickets.resolve(1001, Resolution(fix="restarted"))
    assert (resolved.state, resolved.assignee, resolved.waiting) == (State.RESOLVED, "ravi", None)
    assert resolved.resolved_at == START


def test_an_escalated_ticket_teaches_something(office: Office) -> None:
    tickets = office.desk("omar").tickets
    office.open()
    send(office, 1001, L2)
    assert "cause and fix and runbook or problem or one-off are missing" in refusal(lambda: tickets.resolve(1001))
    assert "one-off is missing" in refusal(lambda: tickets.resolve(1001, Resolution("heat", "fan", " ")))
    assert tickets.resolve(1001, Resolution("heat", "fan", "new site")).state is State.RESOLVED


def test_closing_and_reopening(office: Office) -> None:
    tickets = office.desk().tickets
    office.open()
    assert "resolve it first" in refusal(lambda: tickets.close(1001))
    assert "need not be reopened" in refusal(lambda: tickets.reopen(1001, "again"))
    tickets.resolve(1001)
    closed = tickets.close(1001)
    assert (closed.state, tickets.close(1001).version) == (State.CLOSED, closed.version)
    reopened = tickets.reopen(1001, "again")
    assert (reopened.state, reopened.reopens, reopened.closed_at) == (State.OPEN, 1, None)


DONE: dict[str, Callable[[Desk], object]] = {
    "taken": lambda desk: desk.tickets.take(1001),
    "assigned": lambda desk: desk.tickets.assign(1001, "ravi"),
    "given another priority": lambda desk: desk.tickets.prioritise(1001, Priority.P1, "boss"),
    "moved": lambda desk: desk.tickets.move(1001, "second-line", "theirs"),
    "set to wait": lambda desk: desk.tickets.wait(1001, WaitingFor.VENDOR, "part"),
    "resolved": lambda desk: desk.tickets.resolve(1001),
}


@pytest.mark.parametrize("participle", DONE)
def test_what_is_done_must_be_reopened_first(office: Office, participle: str) -> None:
    office.open()
    office.desk().tickets.resolve(1001)
    words = refusal(lambda: DONE[participle](office.desk("ravi")))
    assert words == f"#1001 is resolved and cannot be {participle}; reopen it first"


def test_a_stale_save_tells_who_changed_what(office: Office) -> None:
    ticket = office.open()
    office.desk("ravi").tickets.take(1001, ticket.version)
    office.desk("lena").tickets.note(1001, "seen before")
    words = refusal(lambda: office.desk().tickets.comment(1001, "long text", ticket.version), OutOfDate)
    assert "ravi: taken, lena: noted" in words
    assert "your text is kept" in words
    assert office.desk().tickets.comment(1001, "long text", 3).version == 4


def test_a_ticket_that_is_not_there(office: Office) -> None:
    assert "no ticket #7" in refusal(lambda: office.desk().tickets.take(7), NotFound)
    assert "no ticket #7" in refusal(lambda: office.desk().tickets.get(7), NotFound)


def test_undo_goes_back_one_change_at_a_time(office: Office) -> None:
    tickets = office.desk().tickets
    office.open()
    tickets.take(1001)
    tickets.prioritise(1001, Priority.P1, "boss")
    assert tickets.undo().tickets[0].priority is Priority.P3
    undone = tickets.undo()
    assert (undone.tickets[0].assignee, undone.tickets[0].state) == (None, State.NEW)
    assert undone.events[0].kind is Kind.TAKEN
    assert "was opened and keeps its number" in refusal(tickets.undo)
    assert events(office, undone.tickets[0])[-2:] == [Kind.UNDONE, Kind.UNDONE], "a timeline only grows"


def test_undo_is_refused_where_somebody_read_or_built_on_it(office: Office) -> None:
    tickets = office.desk().tickets
    assert "no change of yours" in refusal(tickets.undo)
    office.open()
    tickets.comment(1001, "hello")
    assert "was read by the requester" in refusal(tickets.undo)
    office.open(who="ravi")
    tickets.take(1002)
    office.desk("ravi").tickets.note(1002, "good luck")
    assert "ravi has built on it (noted)" in refusal(tickets.undo)
    office.desk("ravi").tickets.undo()
    assert tickets.undo().tickets[0].assignee is None, "what was taken back is no longer in the way"


def test_a_requesters_reply_is_built_on_too(office: Office) -> None:
    office.open(contact="Dana")
    office.desk().tickets.wait(1001, WaitingFor.REQUESTER, "which?")
    office.desk("ravi").tickets.reply(1001, "this one")
    assert "Dana has built on it" in refusal(office.desk().tickets.undo)


def test_writing_before_the_last_event_is_refused_where_the_instant_was_chosen(office: Office) -> None:
    office.open()
    office.pass_time(minutes=-1)
    assert "write at a later instant" in refusal(lambda: office.desk().tickets.take(1001))


def test_while_the_machines_clock_is_behind_time_stands_still(office: Office) -> None:
    office.clock.at = START.replace(year=2150)
    office.open()
    with Desk.open(office.path, SystemClock(), "maya") as desk:
        taken = desk.tickets.take(1001)
    assert taken.touched_at == office.clock.at
    assert office.desk().tickets.get(1001).clocks[0].used_s == 0


def test_who_acts_while_the_machines_clock_is_behind_has_seen_all_there_is(office: Office) -> None:
    office.clock.at = START.replace(year=2150)
    office.open()
    with Desk.open(office.path, SystemClock(), "maya") as desk:
        seen, timeline = desk.tickets.with_timeline(1001)
        assert ticket_told(seen, timeline, desk.now(), desk.tickets.limits)["stage"] == "fresh"
        taken = desk.tickets.take(1001, seen.version)
        assert [event.seq for event in timeline] == [1]
        assert desk.tickets.get(1001).version == taken.version == 2
