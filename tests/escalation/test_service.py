"""Handing off, accepting, returning: on a help desk, with several people at one file."""

from dataclasses import replace
from typing import Any

import pytest

from tests.support.offices import HOSTILE, Office
from workbench.errors import Incomplete, InvalidInput, NotFound, OutOfDate, Refused
from workbench.escalation.model import Category, Direction, Form, Return, ReturnCode, Row, Status
from workbench.escalation.panels.building import suggest_targets
from workbench.organisation.model import Person
from workbench.ownership.model import Component
from workbench.problems.model import NewProblem, Rule
from workbench.runbooks.runs.model import Did
from workbench.tickets.vocabulary import Impact, State, Urgency, WaitingFor

L2: dict[str, Any] = {
    "to": "second-line",
    "summary": HOSTILE[0],
    "reason": {"category": "no_runbook", "words": "none fits"},
    "steps": [{"what": "restarted", "outcome": "failed"}],
    "diagnostics": [{"what": "load", "value": "9", "at": "14:05"}],
}
L3: dict[str, Any] = L2 | {
    "to": "engineering",
    "error": {"message": "[/b] 502", "at": "14:05"},
    "reproduction": "open it",
    "account": "dana",
    "permissions": "standard",
    "environment": "test",
    "version": "1",
    "recent_changes": "none",
    "recent_actions": "none",
}


def send(office: Office, ref: int, told: dict[str, Any], who: str = "maya") -> Any:
    service = office.desk(who).escalation
    return service.send(ref, service.forms.read(ref, told))


def test_a_complete_hand_off_takes_the_ticket_to_the_receivers(office: Office) -> None:
    ref = office.open().ref
    office.desk().tickets.take(ref)
    handoff = send(office, ref, L2)
    ticket = office.desk().tickets.get(ref)
    assert (handoff.source, handoff.target, handoff.direction) == ("frontline", "second-line", Direction.UP)
    assert (handoff.status, handoff.required, handoff.missing) == (Status.SENT, 5, ())
    assert (ticket.team, ticket.tier, ticket.assignee, ticket.hops) == ("second-line", "L2", None, 1)
    assert [each.number for each in office.desk("omar").escalation.standing()] == [handoff.number]


def test_the_tier_rule_is_proposed_where_nobody_is_known_to_own_it(office: Office) -> None:
    ref = office.open().ref
    form = office.desk().escalation.forms.form(ref)
    assert (form.direction, form.to) == (Direction.UP, "second-line")


def test_what_is_missing_is_named_nothing_moves_and_the_draft_is_kept(office: Office) -> None:
    ref = office.open().ref
    told = L3 | {"version": "", "steps": []}
    service = office.desk().escalation
    service.forms.keep(ref, service.forms.read(ref, told))
    with pytest.raises(Incomplete) as raised:
        send(office, ref, told)
    assert raised.value.missing == ("steps", "environment")
    assert "steps, environment (version)" in raised.value.wrong
    assert office.desk().tickets.get(ref).team == "frontline"
    assert service.handoffs() == []
    assert (service.forms.form(ref).to, service.forms.form(ref).environment) == ("engineering", "test")
    send(office, ref, L3)
    assert office.desk().personal.draft("escalation", ref) is None


@pytest.mark.parametrize("urgent", ["P1", "security"])
def test_what_cannot_wait_goes_out_and_owes_the_rest(office: Office, urgent: str) -> None:
    pressing = {"impact": Impact.EVERYONE, "urgency": Urgency.BLOCKED} if urgent == "P1" else {}
    ref = office.open(**pressing).ref
    category = "security" if urgent == "security" else "no_runbook"
    handoff = send(office, ref, {"to": "engineering", "reason": {"category": category, "words": "now"}, "summary": "x"})
    assert (handoff.status, handoff.required) == (Status.OWED, 10)
    assert handoff.missing == handoff.owed == (Row.STEPS, Row.DIAGNOSTICS, Row.ERROR, Row.REPRODUCTION, *LAST)
    service = office.desk().escalation
    partly, _ = service.complete(handoff.number, {"steps": L2["steps"], "environment": "test"})
    assert (partly.status, len(partly.owed), partly.missing) == (Status.OWED, 6, handoff.missing)
    with pytest.raises(Incomplete, match="still missing"):
        service.complete(handoff.number, {"version": ""})
    whole, left = service.complete(handoff.number, L3 | {"to": None})
    assert left == ("reason", "summary")
    assert (whole.form.summary, whole.form.words) == ("x", "now")
    assert (whole.status, whole.owed, whole.missing) == (Status.SENT, (), handoff.missing)
    with pytest.raises(Refused, match="owes nothing"):
        service.complete(handoff.number, {})


LAST = (Row.ACCOUNT, Row.ENVIRONMENT, Row.CHANGES)


def test_what_was_handed_off_and_taken_back_stands_in_the_form_again(office: Office) -> None:
    ref, service = office.open().ref, office.desk().escalation
    sent = send(office, ref, L3)
    assert service.forms.open(ref).kept_at is None
    office.desk().tickets.undo()
    opened = service.forms.open(ref)
    assert (opened.form, opened.kept_at) == (sent.form, sent.sent_at)
    assert office.desk("ravi").escalation.forms.open(ref).form.summary == ""
    service.forms.keep(ref, replace(opened.form, summary="other words"))
    assert service.forms.form(ref).summary == "other words"
    send(office, ref, L2)
    assert service.forms.open(ref).kept_at is None


def test_whoever_is_named_whole_is_suggested_before_teams_that_are_only_like_it(office: Office) -> None:
    organisation = office.desk().organisation
    organisation.enlist(Person("sen", "Amartya"), set())
    assert [each.value for each in suggest_targets(organisation, "Sen")] == ["sen", "second-line"]


def test_taking_as_a_receiver_accepts_and_taking_it_back_undoes_that(office: Office) -> None:
    ref = office.open().ref
    number = send(office, ref, L2).number
    office.desk("omar").tickets.take(ref)
    service = office.desk().escalation
    assert (service.get(number).status, service.get(number).ended_by) == (Status.ACCEPTED, "omar")
    office.desk("omar").tickets.undo()
    assert service.get(number).status is Status.SENT
    accepted = office.desk("omar").escalation.accept(ref)
    ticket = office.desk().tickets.get(ref)
    assert (accepted.status, ticket.assignee) == (Status.ACCEPTED, "omar")
    assert {clock.name: clock.answered for clock in ticket.clocks}["respond"]
    with pytest.raises(Refused, match="built on it"):
        office.desk().tickets.undo()


def test_an_undone_hand_off_was_never_sent(office: Office) -> None:
    ref = office.open().ref
    number = send(office, ref, L2).number
    office.desk().tickets.undo()
    with pytest.raises(NotFound):
        office.desk().escalation.get(number)
    ticket = office.desk().tickets.get(ref)
    assert (ticket.team, ticket.hops, office.desk().escalation.standing()) == ("frontline", 0, [])


def test_only_receivers_accept_or_return(office: Office) -> None:
    ref = office.open().ref
    with pytest.raises(Refused, match="no hand-off"):
        office.desk("omar").escalation.accept(ref)
    send(office, ref, L2)
    with pytest.raises(Refused, match="handed to second-line"):
        office.desk("ines").escalation.accept(ref)
    with pytest.raises(Refused, match="handed to second-line"):
        office.desk().escalation.give_back(ref, Return(ReturnCode.WRONG_OWNER, "not ours"))


def test_a_return_goes_to_the_sender_and_counts_as_a_bounce(office: Office) -> None:
    ref = office.open().ref
    send(office, ref, L2)
    office.pass_time(minutes=5)
    back = office.desk("omar").escalation.give_back(
        ref, Return(ReturnCode.INFORMATION_MISSING, "which [host]?", (Row.ERROR, Row.ACCOUNT))
    )
    ticket = office.desk().tickets.get(ref)
    assert (back.status, back.code, back.words) == (Status.RETURNED, ReturnCode.INFORMATION_MISSING, "which [host]?")
    assert back.owed == (Row.ERROR, Row.ACCOUNT)
    assert (ticket.team, ticket.assignee, ticket.hops, ticket.bounces) == ("frontline", "maya", 2, 1)
    office.desk("omar").tickets.undo()
    assert office.desk().escalation.get(back.number).status is Status.SENT
    assert office.desk().tickets.get(ref).bounces == 0


def test_somebody_of_several_teams_gets_it_for_the_one_that_owns_it(office: Office) -> None:
    desk, ref = office.desk(), office.open().ref
    desk.organisation.enlist(desk.organisation.current().person("omar"), {"engineering"})
    assert send(office, ref, L3 | {"to": "omar"}).target == "engineering"
    desk.ownership.put(Component("mail", owners=("second-line",)))
    owned = desk.tickets.set_component(office.open().ref, "mail").ref
    sent = send(office, owned, L2 | {"to": "omar"})
    assert (sent.target, sent.person) == ("second-line", "omar")


def test_after_two_returns_the_next_move_names_a_person_or_starts_a_swarm(office: Office) -> None:
    ref = office.open().ref
    for _ in range(2):
        send(office, ref, L2)
        office.desk("omar").escalation.give_back(ref, Return(ReturnCode.L1_CAN_DO, "see the runbook"))
    with pytest.raises(Refused, match="name a person or start a swarm"):
        send(office, ref, L2)
    handoff = send(office, ref, L2 | {"to": "omar"})
    assert (handoff.target, handoff.person) == ("second-line", "omar")
    assert office.desk().tickets.get(ref).assignee == "omar"
    with pytest.raises(Refused, match="returned 2 times already"):
        office.desk("omar").escalation.give_back(ref, Return(ReturnCode.WRONG_OWNER, "no"))


def test_an_outlook_tells_before_it_is_sent_what_would_stop_it(office: Office) -> None:
    ref, service = office.open().ref, office.desk().escalation
    for _ in range(2):
        send(office, ref, L2)
        office.desk("omar").escalation.give_back(ref, Return(ReturnCode.L1_CAN_DO, "see the runbook"))

    def stops(**changes: object) -> list[tuple[str, str]]:
        outlook = service.forms.outlook(ref, service.forms.read(ref, L2 | changes))
        assert outlook.done.missing == ()
        return [(each.part, each.asks) for each in outlook.done.further]

    assert stops() == [("to", "returned 2 times: name a person or start a swarm; second-line has omar")]
    assert stops(to="omar") == []
    swarm = {"direction": "swarm", "components": ["a"], "lead": "omar"}
    assert stops(**swarm) == []
    assert stops(**swarm | {"lead": "omat"}) == [("lead", "no person named 'omat'")]
    assert stops(to="ravi") == [("to", f"#{ref} is at frontline already")]
    assert stops(to="lena", direction="up") == [("to", "service-desk is at L1, which is not above L1")]
    with pytest.raises(Incomplete) as raised:
        send(office, ref, L2 | {"summary": ""})
    assert raised.value.missing == ("summary", "to")


def test_nobody_passes_on_what_is_not_accepted_but_a_receiver_who_so_accepts_it(office: Office) -> None:
    ref = office.open().ref
    first = send(office, ref, L2)
    with pytest.raises(Refused, match="not accepted yet"):
        send(office, ref, L3)
    second = send(office, ref, L3, who="omar")
    assert office.desk().escalation.get(first.number).status is Status.ACCEPTED
    assert (second.source, second.target) == ("second-line", "engineering")
    office.desk("omar").tickets.undo()
    assert office.desk().escalation.get(first.number).status is Status.SENT


def test_a_person_to_whom_it_was_handed_accepts_it_by_taking_it(office: Office) -> None:
    ref = office.open().ref
    sent = send(office, ref, L2 | {"to": "omar"})
    office.desk("omar").tickets.take(ref)
    assert office.desk().escalation.get(sent.number).status is Status.ACCEPTED


def test_whoever_passes_it_on_has_accepted_it_also_where_a_colleague_was_to_have_it(office: Office) -> None:
    ref = office.open().ref
    send(office, ref, L2)
    to_ravi = send(office, ref, L2 | {"to": "ravi", "direction": "sideways"}, who="omar")
    to_ines = send(office, ref, L3)
    assert (to_ravi.target, to_ines.source) == ("frontline", "frontline")
    office.desk("ines").escalation.accept(ref)
    ended = [office.desk().escalation.get(each.number) for each in (to_ravi, to_ines)]
    assert [(each.status, each.ended_by) for each in ended] == [(Status.ACCEPTED, "maya"), (Status.ACCEPTED, "ines")]


def test_the_second_of_two_senders_is_told(office: Office) -> None:
    ticket = office.open()
    service = office.desk("ravi").escalation
    form = service.forms.read(ticket.ref, L2)
    send(office, ticket.ref, L2)
    with pytest.raises(OutOfDate, match="maya has handed"):
        service.send(ticket.ref, form, ticket.version)


@pytest.mark.parametrize(
    ("told", "error", "match"),
    [
        ({"to": "secnd-line"}, NotFound, "did you mean second-line"),
        ({"to": "maya"}, Refused, "to yourself"),
        ({"to": "frontline"}, Refused, "at frontline already"),
        ({"to": "service-desk", "direction": "up"}, InvalidInput, "not above L1"),
        ({"to": ""}, InvalidInput, "to whom"),
    ],
)
def test_a_target_that_cannot_be_changes_nothing(
    office: Office, told: dict[str, Any], error: type[Exception], match: str
) -> None:
    ticket = office.open()
    with pytest.raises(error, match=match):
        send(office, ticket.ref, L3 | told)
    assert office.desk().tickets.get(ticket.ref).version == ticket.version


@pytest.mark.parametrize("told", [L2, {}], ids=["complete", "with nothing said"])
def test_a_done_ticket_is_not_handed_off(office: Office, told: dict[str, Any]) -> None:
    ref = office.open().ref
    office.desk().tickets.resolve(ref)
    with pytest.raises(Refused, match="is resolved and cannot be handed off"):
        send(office, ref, told)


def test_a_waiting_ticket_waits_no_more_once_it_is_handed_off(office: Office) -> None:
    ref = office.open().ref
    office.desk().tickets.wait(ref, WaitingFor.VENDOR, "carrier")
    send(office, ref, L2)
    ticket = office.desk().tickets.get(ref)
    assert (ticket.state, ticket.waiting) == (State.OPEN, None)


def test_what_an_earlier_hand_off_said_need_not_be_typed_again(office: Office) -> None:
    ref = office.open().ref
    send(office, ref, L2)
    office.desk("omar").escalation.accept(ref)
    form = office.desk("omar").escalation.forms.form(ref)
    assert (form.summary, form.steps[0].what, form.words) == (HOSTILE[0], "restarted", "")
    assert (form.direction, form.to) == (Direction.UP, "engineering")


def test_an_outlook_says_what_is_missing_and_what_speaks_against_it(office: Office) -> None:
    ref = office.open().ref
    service = office.desk().escalation
    outlook = service.forms.outlook(ref)
    assert outlook.proposal.because
    assert outlook.done.missing == (Row.SUMMARY, Row.STEPS, Row.DIAGNOSTICS, Row.REASON)
    nowhere = service.forms.outlook(ref, Form(to="nobody-knows"))
    assert "nobody-knows" in nowhere.warnings[0]


def test_a_return_teaches_the_catalogue_the_problem_and_the_sender(office: Office) -> None:
    omar = office.desk("omar")
    omar.ownership.put(Component("mail-relay", owners=("second-line",)))
    problem = omar.problems.write(NewProblem("Mail is late", Rule(words=("late",))))
    ref = office.open("Mail relay", component="mail-relay").ref
    send(office, ref, L2)
    back = Return(ReturnCode.WRONG_OWNER, "theirs", problem=problem.number, owner="engineering")
    omar.escalation.give_back(ref, back)
    [correction] = omar.ownership.corrections("mail-relay")
    assert (correction.team, correction.tickets) == ("engineering", (ref,))
    assert omar.problems.linked_to(ref) == problem.number
    send(office, ref, L2)
    with pytest.raises(NotFound):
        omar.escalation.give_back(ref, Return(ReturnCode.L1_CAN_DO, "easy", runbook="nothing-of-that-name"))
    assert office.desk().tickets.get(ref).team == "second-line"


def test_going_up_past_an_owner_beside_asks_why(office: Office) -> None:
    desk = office.desk()
    desk.organisation.apply(RUN_BY_ENGINEERING, "test")
    desk.ownership.put(Component("shop", owners=("engineering",)))
    ref = office.open("The shop", component="shop").ref
    forms = desk.escalation.forms
    outlook = forms.outlook(ref)
    assert (outlook.proposal.direction, outlook.proposal.to) == (Direction.SIDEWAYS, "engineering")
    up = forms.read(ref, L2 | {"direction": "up"})
    assert "up, although engineering owns shop" in forms.outlook(ref, up).warnings[0]
    with pytest.raises(Incomplete) as raised:
        desk.escalation.send(ref, up)
    assert raised.value.missing == ("why_up",)
    sent = desk.escalation.send(ref, forms.read(ref, L2 | {"direction": "up", "why_up": "they sleep"}))
    assert sent.form.why_up == "they sleep"


RUN_BY_ENGINEERING = """
[[team]]
slug = "frontline"
name = "First line"
tier = "L1"
people = ["maya", "ravi"]
[[team]]
slug = "second-line"
name = "Second line"
tier = "L2"
people = ["omar"]
[[team]]
slug = "engineering"
name = "Engineering"
tier = "L3"
support = "run"
people = ["ines"]
"""


def test_a_run_that_did_not_help_fills_in_its_steps_and_the_reason(office: Office) -> None:
    desk, ref = office.desk(), office.open().ref
    desk.runbooks.create("mend", "# Mend [/b]\n\n1. Look\n2. Mend it\n")
    run = desk.runs.step(desk.runs.begin("mend", ref), Did.FAILED, "no change")
    assert desk.escalation.forms.form(ref).category is None
    desk.runs.end(run, Did.NOT_FIXED)
    form = desk.escalation.forms.form(ref)
    assert form.category is Category.RUNBOOK_FAILED
    assert [(step.what, step.outcome, step.note) for step in form.steps] == [("Look (mend)", "failed", "no change")]
