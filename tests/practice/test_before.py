"""What became of a ticket before the trainee gets it: it is in the timeline and in the way of what may be done next."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.practice.rehearsals import MONDAY
from workbench.errors import Refused
from workbench.escalation.integrity import faults as faults_of_handoffs
from workbench.escalation.model import Category, Diagnostic, Outcome, ReturnCode, Status, StepTaken
from workbench.practice.model import Skill
from workbench.practice.session import SessionKind
from workbench.practice_desk import PracticeDesk
from workbench.tickets.integrity import faults
from workbench.tickets.vocabulary import Kind


def test_a_ticket_that_was_returned_twice_is_that_and_waits_for_a_name(desk: PracticeDesk) -> None:
    desk.practice.begin(SessionKind.SCENARIO, "hot-potato", seed=1)
    ref = desk.practice.status().arrived[0].ref or 0
    ticket, events = desk.tickets.with_timeline(ref)
    assert [event.kind for event in events] == [
        *(Kind.OPENED, Kind.TAKEN, Kind.HANDED_OFF, Kind.RETURNED, Kind.HANDED_OFF, Kind.RETURNED, Kind.ASSIGNED),
    ]
    assert [event.at - MONDAY for event in (events[0], events[-1])] == [-timedelta(minutes=75), -timedelta(minutes=3)]
    assert "zoe" not in {event.who for event in events}
    assert (ticket.team, ticket.assignee, ticket.hops, ticket.bounces) == ("frontline", None, 4, 2)
    returned = desk.escalation.handoffs(ref)
    assert [(each.target, each.status, each.code) for each in returned] == [
        ("apps", Status.RETURNED, ReturnCode.WRONG_OWNER),
        ("network", Status.RETURNED, ReturnCode.WRONG_OWNER),
    ]
    assert not list(faults_of_handoffs(desk.database))
    assert not list(faults(desk.database, desk.organisation.current(), desk.tickets.limits, lambda _done, _total: None))
    assert desk.practice.result().marked[0].sheet.got == 0
    desk.tickets.take(ref)
    desk.tickets.set_component(ref, "storefront")
    form = replace(desk.escalation.forms.form(ref), summary="x", words="x", category=Category.OWNED_ELSEWHERE)
    form = replace(form, steps=(StepTaken("x", Outcome.DONE),), diagnostics=(Diagnostic("x", "x", "x"),))
    with pytest.raises(Refused, match="name a person or start a swarm"):
        desk.escalation.send(ref, replace(form, to="payments", direction=None))
    desk.escalation.send(ref, replace(form, to="viktor", direction=None))
    lost = [point for point in desk.practice.result().marked[0].sheet.points if point.skill is Skill.OWNERSHIP]
    assert all(point.got == point.most == 10 for point in lost), lost
    assert len(lost) == 4
