"""What the catalogue learns where an owner gives a ticket back as somebody else's, and does not say whose it is."""

import pytest

from tests.escalation.forms import L2, send
from tests.support.driver import seated
from tests.support.offices import Office
from workbench.errors import NotFound
from workbench.escalation.model import Return, ReturnCode
from workbench.ownership.model import Component, Status

WRONG = Return(ReturnCode.WRONG_OWNER, "not [ours]")


@pytest.fixture
def relay(office: Office) -> Office:
    """The help desk with a relay that the catalogue says is the second line's."""
    office.desk().ownership.put(Component("mail-relay", owners=("second-line",)))
    return office


def returned(office: Office, back: Return = WRONG, **fields: str) -> int:
    """A ticket of the relay that the second line gave back; its number."""
    ref = office.open(**{"component": "mail-relay"} | fields).ref
    send(office, ref, L2)
    office.pass_time(minutes=5)
    office.desk("omar").escalation.give_back(ref, back)
    return ref


def proposed(office: Office) -> list[tuple[str | None, tuple[int, ...]]]:
    """The teams that are proposed, and the tickets that say so."""
    return [(each.team, each.tickets) for each in office.desk().ownership.corrections()]


def test_that_it_is_not_theirs_is_proposed_and_accepted(relay: Office) -> None:
    ref = returned(relay)
    ownership = relay.desk().ownership
    (correction,) = ownership.corrections("mail-relay")
    assert (correction.owners, correction.team, correction.tickets) == (("second-line",), None, (ref,))
    assert correction.why == "second-line gave it back as not theirs: not [ours]"
    assert ownership.accept("mail-relay").owners == ()
    assert ownership.card("mail-relay").status is Status.UNOWNED
    assert proposed(relay) == []


def test_it_is_dismissed_or_answered_by_confirming_the_owner(relay: Office) -> None:
    returned(relay)
    relay.desk().ownership.dismiss("mail-relay")
    assert proposed(relay) == []
    relay.pass_time(minutes=1)
    again = returned(relay)
    assert proposed(relay) == [(None, (again,))]
    relay.pass_time(minutes=1)
    relay.desk().ownership.confirm("mail-relay")
    assert proposed(relay) == []


def test_a_return_that_is_taken_back_says_nothing(relay: Office) -> None:
    returned(relay)
    relay.desk("omar").tickets.undo()
    assert proposed(relay) == []


def test_whoever_is_named_is_proposed_instead(relay: Office) -> None:
    returned(relay)
    ref = returned(relay, WRONG._replace(owner="engineering"))
    assert proposed(relay) == [("engineering", (ref,))]
    assert relay.desk().ownership.accept("mail-relay").owners == ("engineering",)
    assert proposed(relay) == []


def test_what_the_catalogue_says_is_anothers_was_only_sent_to_the_wrong_place(relay: Office) -> None:
    relay.desk().ownership.put(Component("shop", owners=("engineering",)))
    returned(relay, component="shop")
    returned(relay, component="", subject="something is wrong")
    assert proposed(relay) == []
    with pytest.raises(NotFound):
        relay.desk().ownership.accept("shop")


async def test_one_key_has_it_belong_to_nobody(relay: Office) -> None:
    returned(relay)
    async with seated(relay) as maya:
        await maya.press("2", "tab")
        maya.sees("nobody?", "→ nobody: second-line gave it back as not theirs", "not [ours] #1001")
        await maya.press("a")
        maya.sees("mail-relay is nobody's now")
    assert relay.desk().ownership.get("mail-relay").owners == ()
