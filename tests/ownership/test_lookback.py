"""The catalogue can be seen as it stood at any moment since it was begun."""

from dataclasses import replace

import pytest

from tests.ownership.conftest import CATALOGUE
from tests.support.offices import Office
from workbench.errors import NotFound
from workbench.ownership.model import Component, PathRule
from workbench.ownership.service import Looked, OwnershipService

QUERIES = (
    "dns",
    "pay",
    "payrol",
    "payroll",
    "new name",
    "ns1.corp.example",
    "10.1.2.3",
    "network",
    "wide network",
    "laser",
    "/etc/hosts",
    "zone transfer refused",
)
"""Each is found by something else: a name, an alias, a title, a host, a network, a path, a signature, a misspelling."""


def found(ownership: OwnershipService) -> list[Looked]:
    """What looking each of the queries up gives."""
    return [ownership.lookup(query) for query in QUERIES]


def test_every_moment_stays_as_it_was(catalogue: Office) -> None:
    ownership = catalogue.desk().ownership
    seen = {}

    def remember() -> None:
        seen[catalogue.clock.at] = (
            ownership.components(),
            list(ownership.cards(ownership.components())),
            ownership.seams(),
            ownership.corrections(),
            found(ownership),
        )
        catalogue.pass_time(hours=1)

    remember()
    for act in (
        lambda: ownership.put(Component("dns", owners=("frontline",), paths=(PathRule("/etc/*", ()),))),
        lambda: ownership.set_owners("printer", ["engineering"]),
        lambda: ownership.set_lead("vpn", "identity", "engineering"),
        lambda: ownership.put(replace(ownership.get("payroll"), needs=(), aliases=("pay",), title="New name")),
        lambda: ownership.propose("network", "engineering", None, "they said so"),
        lambda: ownership.set_lead("vpn", "identity", None),
        lambda: ownership.put(Component("dns", hosts=("ns1.corp.example",), signatures=("zone transfer refused",))),
        lambda: ownership.put(replace(ownership.get("network"), title="Wide network", hosts=("10.1.0.0/16",))),
        lambda: ownership.retire("network"),
        lambda: catalogue.desk().tickets.undo(),
        lambda: ownership.confirm("identity"),
    ):
        act()
        remember()
    for moment, (components, cards, seams, corrections, looked) in seen.items():
        with catalogue.at(moment) as then:
            assert then.ownership.components() == components
            assert list(then.ownership.cards(components)) == cards
            assert then.ownership.seams() == seams
            assert then.ownership.corrections() == corrections
            assert found(then.ownership) == looked


def test_what_was_added_later_is_not_there(catalogue: Office) -> None:
    before = catalogue.clock.at
    catalogue.pass_time(hours=1)
    catalogue.desk().ownership.put(Component("dns", hosts=("ns1.corp.example",)))
    with catalogue.at(before) as then:
        assert len(then.ownership.components()) == len(CATALOGUE)
        with pytest.raises(NotFound):
            then.ownership.get("dns")
        for query in ("dns", "ns1.corp.example"):
            looked = then.ownership.lookup(query)
            assert "dns" not in [each.component.slug for each in looked.cards] + looked.found.nearest


def test_before_anything_was_known_nothing_is_found(office: Office) -> None:
    before = office.clock.at
    office.pass_time(hours=1)
    office.desk().ownership.put_all(CATALOGUE)
    with office.at(before) as then:
        assert [(looked.cards, looked.found.nearest) for looked in found(then.ownership)] == [([], [])] * len(QUERIES)


def test_what_was_proposed_and_dismissed_is_seen_as_it_stood(catalogue: Office) -> None:
    ownership, seen = catalogue.desk().ownership, {}
    acts = (
        lambda: ownership.propose("network", "engineering", catalogue.open().ref, "they run the [switches]"),
        lambda: ownership.propose("network", "service-desk", None, "no, they do"),
        lambda: ownership.dismiss("network", "engineering"),
        lambda: ownership.propose("network", "engineering", None, "they said so"),
        lambda: ownership.set_owners("network", ["engineering"]),
        lambda: catalogue.desk().tickets.undo(),
        lambda: ownership.dismiss("network", "engineering"),
    )
    seen[catalogue.clock.at] = ownership.corrections("network")
    for act in acts:
        catalogue.pass_time(minutes=1)
        act()
        seen[catalogue.clock.at] = ownership.corrections("network")
    teams = [[each.team for each in found] for found in seen.values()]
    ours, theirs = "engineering", "service-desk"
    assert teams == [[], [ours], [theirs, ours], [theirs], [ours, theirs], [theirs], [ours, theirs], [theirs]]
    for moment, then in seen.items():
        with catalogue.at(moment) as looking:
            assert looking.ownership.corrections("network") == then
    assert [event.kind for event in ownership.history("network")] == ["added", "changed", "undone"]
