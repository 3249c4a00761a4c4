"""The catalogue can be seen as it stood at any moment since it was begun."""

from dataclasses import replace

import pytest

from tests.offices import Office
from tests.ownership.conftest import CATALOGUE
from workbench.errors import NotFound
from workbench.ownership.model import Component, PathRule


def test_every_moment_stays_as_it_was(catalogue: Office) -> None:
    ownership = catalogue.desk().ownership
    seen = {}

    def remember() -> None:
        seen[catalogue.clock.at] = (
            ownership.components(),
            list(ownership.cards(ownership.components())),
            ownership.seams(),
            ownership.corrections(),
        )
        catalogue.pass_time(hours=1)

    remember()
    for act in (
        lambda: ownership.put(Component("dns", owners=("frontline",), paths=(PathRule("/etc/*", ()),))),
        lambda: ownership.set_owners("printer", ["engineering"]),
        lambda: ownership.set_lead("vpn", "identity", "engineering"),
        lambda: ownership.put(replace(ownership.get("payroll"), needs=(), aliases=("pay",), title="[/b]")),
        lambda: ownership.propose("network", "engineering", None, "they said so"),
        lambda: ownership.set_lead("vpn", "identity", None),
        lambda: ownership.retire("network"),
        lambda: catalogue.desk().tickets.undo(),
        lambda: ownership.confirm("identity"),
    ):
        act()
        remember()
    for moment, (components, cards, seams, corrections) in seen.items():
        with catalogue.at(moment) as then:
            assert then.ownership.components() == components
            assert list(then.ownership.cards(components)) == cards
            assert then.ownership.seams() == seams
            assert then.ownership.corrections() == corrections


def test_what_was_added_later_is_not_there(catalogue: Office) -> None:
    before = catalogue.clock.at
    catalogue.pass_time(hours=1)
    catalogue.desk().ownership.put(Component("dns", hosts=("ns1.corp.example",)))
    with catalogue.at(before) as then:
        assert len(then.ownership.components()) == len(CATALOGUE)
        with pytest.raises(NotFound):
            then.ownership.get("dns")
        assert "dns" not in {each.component.slug for each in then.ownership.lookup("ns1.corp.example").cards}
