"""A card says whose a component is, how they are reached, what is beside it, and who really resolves it."""

from datetime import UTC, datetime

import pytest

from tests.ownership.conftest import resolved_by
from tests.support.offices import HOSTILE, Office
from workbench.ownership.as_json import card_told
from workbench.ownership.card import Neighbour, Resolver
from workbench.ownership.model import SeamState, Status
from workbench.tickets.rules import Resolution

ROTA = """
[[team]]
slug = "frontline"
name = "First line"
tier = "L1"
people = ["maya", "ravi"]
[[team]]
slug = "service-desk"
name = "Service desk"
tier = "L1"
people = ["lena"]
[[team]]
slug = "second-line"
name = "Second [/b] line"
tier = "L2"
support = "embedded"
calendar = "office"
contact = "#second-line"
wants = "the exact error"
people = ["omar", "ravi"]
rotation = { start = "2026-03-02T09:00", every = "7d", people = ["omar", "ravi"] }
[[team]]
slug = "engineering"
name = "Engineering"
tier = "L3"
people = ["ines"]
"""


@pytest.fixture
def staffed(catalogue: Office) -> Office:
    """The catalogue's help desk where second-line has a rotation."""
    catalogue.desk().organisation.apply(ROTA, "setup.toml")
    return catalogue


def test_how_the_owner_is_reached_now(staffed: Office) -> None:
    reach = staffed.desk().ownership.card("vpn").team
    assert reach is not None
    assert (reach.team, reach.support_model, reach.contact, reach.wants) == (
        "second-line", "embedded", "#second-line", "the exact error",
    )  # fmt: skip
    assert (reach.on_support, reach.zone) == ("omar", "Europe/Berlin")
    assert reach.hands_over_at == datetime(2026, 3, 9, 8, 0, tzinfo=UTC), "nine in Berlin, one week on"


def test_the_hand_over_is_at_nine_also_after_the_clocks_change(staffed: Office) -> None:
    staffed.clock.at = datetime(2026, 3, 27, 12, 0, tzinfo=UTC)
    reach = staffed.desk().ownership.card("vpn").team
    assert reach is not None
    assert (reach.on_support, reach.hands_over_at) == ("ravi", datetime(2026, 3, 30, 7, 0, tzinfo=UTC))


def test_a_dispute_tells_how_each_is_reached_and_puts_none_first(staffed: Office) -> None:
    card = staffed.desk().ownership.card("payroll")
    assert (card.status, card.team) == (Status.DISPUTED, None)
    assert [each.team for each in card.reach] == ["service-desk", "engineering"]
    told = card_told(card)
    assert (told["support_model"], told["on_support"], told["contact"]) == (None, None, None)
    assert [each["team"] for each in told["teams"]] == ["service-desk", "engineering"]


def test_neighbours_with_their_owners_and_seams(catalogue: Office) -> None:
    ownership = catalogue.desk().ownership
    ownership.set_lead("identity", "vpn", "engineering")
    card = ownership.card("vpn")
    led = Neighbour("identity", ("engineering",), SeamState.LED, "engineering")
    assert card.needs == (led, Neighbour("network", ("second-line",), SeamState.NONE, None))
    assert card.needed_by == (led,)
    assert ownership.card("network").needed_by == (
        Neighbour("payroll", ("service-desk", "engineering"), SeamState.NONE, None),
        Neighbour("printer", (), SeamState.NONE, None),
        Neighbour("vpn-gateway", ("second-line",), SeamState.NONE, None),
    )


def test_owners_of_a_path_rule_answer_in_the_place_of_its_own(catalogue: Office) -> None:
    ownership = catalogue.desk().ownership
    person = ownership.card("vpn", owners=("ines",))
    assert (person.owners, person.reach, person.team) == (("ines",), (), None)
    assert card_told(person)["contact"] is None
    assert ownership.card("vpn", owners=()).status is Status.UNOWNED


def test_open_tickets_and_who_really_resolved_the_last(catalogue: Office) -> None:
    desk = catalogue.desk()
    catalogue.open(component="vpn-gateway")
    catalogue.open(component="VPN")
    for who in ("ines", "ines", "omar", "maya"):
        resolved_by(catalogue, who, "vpn-gateway")
    card = desk.ownership.card("vpn")
    assert card.open_tickets == 1, "free text is no component"
    assert card.resolvers == (
        Resolver("ines", 2, "engineering", is_owner=False),
        Resolver("maya", 1, "frontline", is_owner=False),
        Resolver("omar", 1, "second-line", is_owner=True),
    )
    assert [each.who for each in card.others] == ["ines", "maya"]


def test_only_the_last_twenty_count(catalogue: Office) -> None:
    for _ in range(2):
        resolved_by(catalogue, "ines", "network")
    for _ in range(19):
        catalogue.pass_time(minutes=1)
        resolved_by(catalogue, "omar", "network")
    resolvers = {each.who: each.resolved for each in catalogue.desk().ownership.card("network").resolvers}
    assert resolvers == {"omar": 19, "ines": 1}


def test_a_resolve_taken_back_is_none(catalogue: Office) -> None:
    ref = catalogue.open(component="network").ref
    catalogue.desk("omar").tickets.resolve(ref)
    catalogue.desk("omar").tickets.undo()
    catalogue.desk("ines").tickets.resolve(ref)
    assert [each.who for each in catalogue.desk().ownership.card("network").resolvers] == ["ines"]


def test_who_is_of_several_teams_resolves_for_the_owner(staffed: Office) -> None:
    resolved_by(staffed, "ravi", "network", team="frontline")
    resolved_by(staffed, "ravi", "identity", team="second-line")
    ownership = staffed.desk().ownership
    assert ownership.card("network").resolvers == (Resolver("ravi", 1, "second-line", is_owner=True),)
    assert ownership.card("identity").resolvers == (Resolver("ravi", 1, "second-line", is_owner=False),)


def test_looking_back_tells_who_had_resolved_it_then(catalogue: Office) -> None:
    ref = resolved_by(catalogue, "omar", "network")
    before = catalogue.clock.at
    catalogue.pass_time(hours=1)
    catalogue.desk().tickets.reopen(ref, "again")
    catalogue.desk("ines").tickets.resolve(ref)
    with catalogue.at(before) as earlier:
        assert [each.who for each in earlier.ownership.card("network").resolvers] == ["omar"]


def test_what_is_resolved_later_is_not_seen_before(catalogue: Office) -> None:
    ref = catalogue.open(component="network").ref
    before = catalogue.clock.at
    catalogue.pass_time(hours=1)
    catalogue.desk("omar").tickets.resolve(ref)
    with catalogue.at(before) as earlier:
        card = earlier.ownership.card("network")
        assert (card.open_tickets, card.resolvers) == (1, ())


def test_many_cards_are_the_same_as_each_alone(staffed: Office) -> None:
    for who, component in (("ines", "vpn-gateway"), ("omar", "printer"), ("ravi", "vpn-gateway")):
        resolved_by(staffed, who, component)
    ownership = staffed.desk().ownership
    cards = list(ownership.cards(ownership.components()))
    assert cards == [ownership.card(each.component.slug) for each in cards]
    assert [each.component.slug for each in cards] == ["identity", "network", "payroll", "printer", "vpn-gateway"]


def test_runbooks_that_are_written_for_it(catalogue: Office) -> None:
    desk = catalogue.desk()
    for slug, component in (("tunnel-down", "vpn-gateway"), ("old", "vpn-gateway"), ("jam", "printer")):
        desk.runbooks.create(slug, f"---\ntitle: {slug}\ncomponents: [{component}]\n---\n1. Look.\n")
    desk.runbooks.retire("old")
    assert desk.ownership.card("vpn").runbooks == ("tunnel-down",)
    assert desk.ownership.card("network").runbooks == ()


def test_a_lookup_answers_with_cards(catalogue: Office) -> None:
    looked = catalogue.desk().ownership.lookup("see vpn-02.corp.example, identity too")
    assert [each.component for each in looked.found.answers] == ["vpn-gateway", "identity"]
    assert [each.component.title for each in looked.cards] == [HOSTILE[2], ""]
    ruled = catalogue.desk().ownership.lookup("/srv/x/server.pem")
    assert [(each.component.slug, each.owners) for each in ruled.cards] == [("vpn-gateway", ("ines",))]


def test_seams_are_each_told_once_with_what_hopped(catalogue: Office) -> None:
    catalogue.desk("omar").tickets.move(catalogue.open(team="second-line").ref, "engineering", "theirs")
    catalogue.desk("omar").tickets.move(catalogue.open(team="frontline").ref, "engineering", "theirs")
    closed = catalogue.open(team="engineering").ref
    catalogue.desk("ines").tickets.move(closed, "second-line", "theirs")
    catalogue.desk("omar").tickets.resolve(closed, Resolution("cause", "fix", "one-off"))
    (found,) = catalogue.desk().ownership.seams()
    assert found.seam.components == ("identity", "vpn-gateway"), "though each needs the other"
    assert (found.seam.teams, found.open_tickets) == (("engineering", "second-line"), 1)
    catalogue.desk("ines").tickets.move(catalogue.open(team="engineering").ref, "second-line", "theirs")
    assert catalogue.desk().ownership.seams()[0].open_tickets == 2, "either way"


def test_what_nobody_owns(catalogue: Office) -> None:
    assert [each.slug for each in catalogue.desk().ownership.unowned()] == ["printer"]


def test_what_a_team_owns_and_who_knows_it(catalogue: Office) -> None:
    for who in ("ines", "ines", "omar"):
        resolved_by(catalogue, who, "vpn-gateway")
    resolved_by(catalogue, "omar", "network")
    catalogue.open(component="network")
    known = catalogue.desk().ownership.knowledge("second-line")
    assert [(each.component, each.open_tickets, dict(each.resolvers), each.only) for each in known.owns] == [
        ("network", 1, {"omar": 1}, "omar"),
        ("vpn-gateway", 0, {"ines": 2, "omar": 1}, None),
    ]
    assert (known.open_tickets, known.people) == (1, {"ines": 2, "omar": 2})
