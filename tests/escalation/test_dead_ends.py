"""No hand-off is left where nobody can accept, return or pass it on: not by a move, not by a team that is retired."""

import pytest

from tests.escalation.forms import L2, send
from tests.support.offices import SETUP, Office
from workbench.errors import Refused
from workbench.escalation.integrity import faults
from workbench.escalation.model import Return, ReturnCode, Status

BACK = Return(ReturnCode.INFORMATION_MISSING, "[/b] which host?")
ON = L2 | {"to": "service-desk", "direction": "sideways"}


def retire(office: Office, team: str, *people: str) -> None:
    """Leaves a team and its people out of the setup."""
    left_out = (f'team]]\nslug = "{team}"', *(f'person]]\nlogin = "{login}"' for login in people))
    setup = "\n[[".join(each for each in SETUP.split("\n[[") if not each.startswith(left_out))
    office.desk().organisation.apply(setup, "setup.toml")
    assert office.desk().organisation.current().team(team, include_retired=True).retired


def test_what_was_handed_off_cannot_be_moved_away_from_under_it(office: Office) -> None:
    ref = office.open().ref
    send(office, ref, L2)
    with pytest.raises(Refused, match=f"handed off.*workbench escalate {ref}.*handoff return {ref}"):
        office.desk("omar").tickets.move(ref, "frontline", "not ours")
    returned = office.desk("omar").escalation.give_back(ref, BACK)
    assert (returned.code, office.desk().tickets.get(ref).team) == (BACK.code, "frontline")


def test_what_was_handed_off_and_taken_back_can_be_moved(office: Office) -> None:
    ref = office.open().ref
    send(office, ref, L2)
    office.desk().tickets.undo()
    assert office.desk().tickets.move(ref, "second-line", "theirs").team == "second-line"


def test_after_two_returns_it_is_not_moved_to_whom_it_may_not_be_handed(office: Office) -> None:
    ref = office.open().ref
    for _ in range(2):
        send(office, ref, L2, "ines")  # to whom nothing comes back, since she is of another team
        office.desk("omar").escalation.give_back(ref, BACK)
    with pytest.raises(Refused, match="worked on or handed off"):
        office.desk().tickets.move(ref, "second-line", "take it")


def test_what_waits_for_a_retired_team_is_taken_by_anybody_and_handed_on(office: Office) -> None:
    ref = office.open().ref
    send(office, ref, L2)
    office.desk("ravi").tickets.note(ref, "looked [/b]")  # so that the sender cannot take it back
    retire(office, "second-line", "omar")
    again = send(office, ref, ON, "ravi")
    first, _ = reversed(office.desk().escalation.handoffs(ref))
    assert (first.status, first.ended_by, again.target) == (Status.ACCEPTED, "ravi", "service-desk")
    assert list(faults(office.desk().database)) == []


@pytest.mark.parametrize("act", ["accept", "take", "give_back"])
def test_what_waits_for_a_retired_team_is_accepted_or_returned_by_anybody(office: Office, act: str) -> None:
    ref = office.open().ref
    send(office, ref, L2)
    retire(office, "second-line", "omar")
    desk = office.desk("ravi")
    acts = {"accept": desk.escalation.accept, "take": desk.tickets.take}
    acts.get(act, lambda ref: desk.escalation.give_back(ref, BACK))(ref)
    [handoff] = office.desk().escalation.handoffs(ref)
    assert (handoff.status in (Status.ACCEPTED, Status.RETURNED), handoff.ended_by) == (True, "ravi")
    assert list(faults(office.desk().database)) == []


def test_what_waits_for_a_team_that_is_there_is_not_for_others(office: Office) -> None:
    ref = office.open().ref
    send(office, ref, L2)
    with pytest.raises(Refused, match="not accepted yet"):
        office.desk("ravi").escalation.require_passable(ref)
    office.desk("ravi").tickets.take(ref)
    assert office.desk().escalation.handoffs(ref)[0].status is Status.SENT


def test_what_a_retired_team_sent_goes_back_where_its_tier_gets_tickets(office: Office) -> None:
    ref = office.open(team="service-desk").ref
    send(office, ref, L2, "lena")
    retire(office, "service-desk", "lena")
    office.desk("omar").escalation.give_back(ref, BACK)
    ticket = office.desk().tickets.get(ref)
    assert (ticket.team, ticket.assignee, ticket.hops) == ("frontline", None, 2)
    assert "Returned" in [hint.label for hint in office.desk().escalation.hints(ticket)]


def test_what_would_come_back_to_who_returns_it_is_not_returned(office: Office) -> None:
    ref = office.open(team="service-desk").ref
    send(office, ref, L2 | {"to": "frontline"}, "lena")
    retire(office, "service-desk", "lena")
    with pytest.raises(Refused, match=r"service-desk is retired.*accept it, or hand it on"):
        office.desk().escalation.require_returnable(ref)
    with pytest.raises(Refused, match="service-desk is retired"):
        office.desk().escalation.give_back(ref, BACK)
    assert office.desk().escalation.accept(ref).ended_by == "maya"
