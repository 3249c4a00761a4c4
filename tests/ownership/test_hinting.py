"""Whose a ticket is, in a line beside it."""

import pytest

from tests.support.offices import HOSTILE, Office
from workbench.ownership.hinting import hints
from workbench.tickets.model import Hint

OWNED = "vpn-gateway: Second line (tiered) ~ stale ⇄ engineering: open seam"


@pytest.mark.parametrize(
    ("subject", "component", "told", "pressing"),
    [
        ("nothing", "vpn-gateway", OWNED, False),
        ("vpn-7.corp.example [/b] is down", None, OWNED, False),
        ("vpn-7.corp.example is down", "network", "network: Second line (tiered) ~ stale", False),
        ("nothing", "printer", "printer: ? nobody owns it", True),
        ("nothing", "payroll", "payroll: ≠ disputed by service-desk and engineering", True),
    ],
)
def test_the_owner_is_told_in_a_line(
    catalogue: Office, subject: str, component: str | None, told: str, pressing: bool
) -> None:
    desk = catalogue.desk()
    ticket = catalogue.open(subject, component=component)
    assert hints(desk.ownership, ticket) == [Hint("Owner", told, "o", pressing)]
    assert Hint("Owner", told, "o", pressing) in desk.hints(ticket)


def test_a_fresh_owner_and_a_led_seam_need_no_warning(catalogue: Office) -> None:
    desk = catalogue.desk()
    desk.ownership.confirm("vpn-gateway")
    desk.ownership.set_lead("vpn-gateway", "identity", "engineering")
    (hint,) = hints(desk.ownership, catalogue.open(component="vpn-gateway"))
    assert hint.text == "vpn-gateway: Second line (tiered)"


NAMED = {"[/b] VPN drops": ["vpn-gateway"], "[@click=app.quit]Printer[/] jams": ["vpn-gateway"]}


@pytest.mark.parametrize("subject", [*HOSTILE, "pritner"])
def test_only_what_is_named_for_certain_is_hinted_at(catalogue: Office, subject: str) -> None:
    found = hints(catalogue.desk().ownership, catalogue.open(subject))
    assert [hint.text.partition(":")[0] for hint in found] == NAMED.get(subject, [])


def test_what_is_resolved_needs_no_owner(catalogue: Office) -> None:
    desk = catalogue.desk()
    ref = catalogue.open(component="vpn-gateway").ref
    desk.tickets.resolve(ref)
    assert hints(desk.ownership, desk.tickets.get(ref)) == []
