"""No hand-off is left where nobody can accept, return or pass it on: not by a move, not by a team that is retired."""

import pytest

from tests.escalation.forms import L2, send
from tests.support.offices import Office
from workbench.errors import Refused
from workbench.escalation.model import Return, ReturnCode

BACK = Return(ReturnCode.INFORMATION_MISSING, "[/b] which host?")


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
