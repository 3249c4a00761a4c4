"""Undo takes back whichever change of mine was later, of a ticket or of the catalogue, unless others built on it."""

import pytest

from tests.support.offices import Office
from workbench.errors import NotFound, Refused
from workbench.ownership.changes import CatalogueKind


def test_the_later_one_goes_first(catalogue: Office) -> None:
    desk = catalogue.desk()
    ref = catalogue.open().ref
    desk.tickets.take(ref)
    desk.ownership.set_owners("printer", ["frontline"])
    desk.tickets.note(ref, "asked them")
    assert desk.tickets.undo().told == f"took back: noted #{ref}"
    undone = desk.tickets.undo()
    assert (undone.told, undone.tickets) == ("took back: changed printer", ())
    assert desk.ownership.get("printer").owners == ()
    assert desk.tickets.undo().told == f"took back: taken #{ref}"


def test_it_says_when_what_is_older_was_done(catalogue: Office) -> None:
    desk, ref = catalogue.desk(), catalogue.open().ref
    desk.tickets.take(ref)
    for team in ("frontline", "second-line", "engineering"):
        desk.ownership.set_owners("printer", [team])
    catalogue.pass_time(minutes=9)
    assert desk.tickets.undo().told == "took back: changed printer"
    catalogue.pass_time(minutes=1)
    assert desk.tickets.undo().told == "took back: changed printer (11:00)"
    catalogue.pass_time(days=41)
    assert desk.tickets.undo().told == "took back: changed printer (2 Mar)"
    catalogue.pass_time(days=300)
    assert desk.tickets.undo().told == f"took back: taken #{ref} (2 Mar 2026)"


def test_everything_of_a_component_comes_back(catalogue: Office) -> None:
    desk = catalogue.desk()
    before = desk.ownership.get("vpn-gateway")
    desk.ownership.confirm("vpn-gateway")
    desk.ownership.retire("vpn-gateway")
    assert desk.tickets.undo().told == "took back: retired vpn-gateway"
    assert desk.tickets.undo().told == "took back: confirmed vpn-gateway"
    assert desk.ownership.get("vpn-gateway") == before
    undone = [event.undoes for event in desk.ownership.history("vpn-gateway") if event.kind is CatalogueKind.UNDONE]
    assert len(set(undone)) == 2


def test_what_was_put_together_goes_together(catalogue: Office) -> None:
    desk = catalogue.desk()
    assert desk.tickets.undo().told == ("took back 5 changes: added printer, payroll, network, identity, vpn-gateway")
    assert desk.ownership.components() == []
    with pytest.raises(Refused, match="no change of yours left"):
        desk.tickets.undo()


def test_a_ticket_and_a_component_can_be_one_act(catalogue: Office) -> None:
    desk = catalogue.desk()
    ref = catalogue.open().ref
    with desk.ownership.together():
        desk.tickets.set_component(ref, "printer")
        desk.ownership.set_owners("printer", ["frontline"])
    assert desk.tickets.undo().told == f"took back 2 changes: changed #{ref}, printer"
    assert desk.tickets.get(ref).component is None
    assert desk.ownership.get("printer").owners == ()


def test_a_lead_is_taken_back(catalogue: Office) -> None:
    desk = catalogue.desk()
    desk.ownership.set_lead("vpn", "identity", "engineering")
    desk.ownership.set_lead("identity", "vpn", "second-line")
    assert desk.tickets.undo().told == "took back: led identity"
    assert [each.seam.lead for each in desk.ownership.seams()] == ["engineering"]
    desk.tickets.undo()
    assert [each.seam.lead for each in desk.ownership.seams()] == [None]


def test_what_others_built_on_stays(catalogue: Office) -> None:
    maya, ravi = catalogue.desk(), catalogue.desk("ravi")
    maya.ownership.set_owners("printer", ["frontline"])
    ravi.ownership.confirm("printer")
    catalogue.pass_time(minutes=1)
    ravi.ownership.confirm("printer")
    with pytest.raises(Refused, match=r"your change of printer \(changed\) stays: ravi has built on it \(confirmed"):
        maya.tickets.undo()
    ravi.tickets.undo()
    ravi.tickets.undo()
    maya.tickets.undo()
    assert maya.ownership.get("printer").owners == ()


def test_an_owner_that_is_gone_cannot_come_back(catalogue: Office) -> None:
    desk = catalogue.desk()
    desk.ownership.set_owners("printer", ["service-desk"])
    desk.ownership.set_owners("payroll", ["frontline"])
    desk.ownership.set_owners("printer", [])
    desk.organisation.apply(
        "".join(
            f'[[team]]\nslug = "{slug}"\nname = "{slug}"\ntier = "L1"\npeople = ["maya"]\n'
            for slug in ("frontline", "second-line", "engineering")
        ),
        "setup.toml",
    )
    with pytest.raises(NotFound, match="no team named 'service-desk'"):
        desk.tickets.undo()


def test_others_notice(catalogue: Office) -> None:
    database = catalogue.desk("ravi").database
    before = database.value("SELECT number FROM generation")
    catalogue.desk().ownership.confirm("network")
    assert database.value("SELECT number FROM generation") == before + 1
