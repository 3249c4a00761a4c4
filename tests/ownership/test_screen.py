"""Stories of somebody who asks whose something is, and of somebody who puts the catalogue right."""

from typing import Any

import pytest
from textual.events import Paste
from textual.screen import Screen

from tests.ownership.conftest import resolved_by
from tests.support.driver import LARGE, SMALL, Seat, seated
from tests.support.golden import assert_golden
from tests.support.offices import Office
from workbench.ownership.model import Component
from workbench.ownership.panels.dialogs import NewComponentDialog, RouteDialog
from workbench.ownership.screen import OwnersScreen
from workbench.tickets.screen import TicketScreen

SIZES = {"80x24": SMALL, "120x40": LARGE}
TRACE = """Traceback (most recent call last):
  File "/etc/vpn/tunnel.py", line 7, in <module>
ConnectionError: vpn-7.corp.example [/b] tunnel 4 timed out
  while identity was asked
"""


@pytest.fixture
def owners(catalogue: Office) -> Office:
    """The help desk with its catalogue, some tickets, and a seam that somebody leads."""
    catalogue.open("VPN [/b] drops at vpn-3.corp.example", component="vpn-gateway")
    catalogue.open("nothing known", component=None)
    catalogue.desk().ownership.confirm("identity")
    return catalogue


def stands(seat: Seat, screen: type[Screen[Any]]) -> None:
    """That screen is in front."""
    assert isinstance(seat.app.screen, screen)


async def paste(seat: Seat, text: str) -> None:
    """Pastes a text into what has the focus."""
    focused = seat.app.focused
    assert focused is not None
    focused.post_message(Paste(text))
    await seat.press("shift")


@pytest.mark.parametrize("size", SIZES)
async def test_the_catalogues_own_to_do_list(owners: Office, size: str) -> None:
    async with seated(owners, size=SIZES[size]) as maya:
        await maya.press("2")
        maya.sees("1 disputed", "1 unowned", "open seam", "stale")
        assert_golden(maya.screen, f"owners-{size}")


@pytest.mark.parametrize("size", SIZES)
async def test_an_empty_catalogue_says_how_it_is_filled(office: Office, size: str) -> None:
    async with seated(office, size=SIZES[size]) as maya:
        await maya.press("2")
        maya.sees("Nothing is in the catalogue yet", "N adds something.", "N New")
        maya.sees_no("in order")
        assert maya.screen.count("in the catalogue yet") == 1
        assert_golden(maya.screen, f"owners-empty-{size}")
        await maya.press("N")
        stands(maya, NewComponentDialog)


@pytest.mark.parametrize("size", SIZES)
async def test_what_is_typed_is_looked_up_letter_by_letter(owners: Office, size: str) -> None:
    async with seated(owners, size=SIZES[size]) as maya:
        await maya.press("2")
        await maya.type("vpn-7.corp.example")
        maya.sees("Found by   host vpn-*.corp.example fits", "~ stale Second line", "identity (engineering) ⇄")
        assert_golden(maya.screen, f"owners-found-{size}")
        await maya.press("escape")
        maya.sees("To do:")
        await maya.press("escape")
        maya.sees("─ L1 · ")


async def test_a_number_alone_is_a_key_on_enter_and_else_the_beginning_of_an_address(owners: Office) -> None:
    async with seated(owners) as maya:
        await maya.press("2", "1")
        stands(maya, OwnersScreen)
        maya.sees("enter goes to 1 Queues")
        await maya.type("0.9.0.4")
        maya.sees("│ 10.9.0.4")
        maya.sees_no("enter goes to")
        await maya.press("escape", "3", "enter")
        maya.sees("Workbench · Runbooks")
        await maya.press("2")
        maya.sees_no("│ 3", "enter goes to")
        await maya.press("7", "enter")
        stands(maya, OwnersScreen)


async def test_who_comes_back_for_the_next_caller_types_at_once(owners: Office) -> None:
    async with seated(owners) as maya:
        await maya.press("2")
        await maya.type("payr")
        await maya.press("f1", "escape")
        await maya.type("oll")
        maya.sees("│ payroll ")
        await maya.press("ctrl+p", "escape", "tab", "1", "2", "slash")
        await maya.type("vpn")
        maya.sees("│ vpn ")


async def test_the_keys_named_are_those_that_work_in_the_box(owners: Office) -> None:
    async with seated(owners) as maya:
        await maya.press("2")
        maya.sees("⏎ Open tab To the list esc Back")
        maya.sees_no("/ Search")
        await maya.press("tab")
        maya.sees("/ Search", "N New")


async def test_a_pasted_page_is_looked_at_whole(owners: Office) -> None:
    async with seated(owners) as maya:
        await maya.press("2")
        await paste(maya, TRACE)
        maya.sees("4 lines pasted", "vpn-gateway", "identity", "Between what was found")
        await maya.type("x")
        maya.sees_no("lines pasted")


async def test_teams_and_people_are_answers_too(owners: Office) -> None:
    resolved_by(owners, "ines", "network")
    async with seated(owners) as maya:
        await maya.press("2")
        await maya.type("second-line")
        maya.sees("▣ second-line", "Owns       2 components, 1 ticket", "only ines", "1 that only one person ever")
        await maya.press("enter")
        maya.sees("─ second-line · 0 open")
        await maya.press("2", "escape")
        await maya.type("ravi")
        maya.sees("@ ravi", "Team       frontline")
        await maya.press("enter")
        maya.sees("─ tickets of ravi", "esc: back to Owners")
        await maya.press("escape")
        stands(maya, OwnersScreen)
        maya.sees("@ ravi")
        await maya.press("1")
        maya.sees("─ L1 · ")
        maya.sees_no("back to Owners")


async def test_from_tickets_that_an_answer_led_to_one_gets_back_and_loses_no_filter(owners: Office) -> None:
    async with seated(owners) as maya:
        await maya.press("ctrl+p")
        await maya.type("payroll")
        await maya.press("down", "enter", "enter")
        maya.sees("─ tickets of payroll", "esc: back to L1")
        await maya.press("slash", "x", "enter", "escape")
        maya.sees("─ tickets of payroll")
        await maya.press("q")
        maya.sees("─ L1 · ")
        assert maya.app.return_code is None
        await maya.press("q")
    assert maya.app.return_code == 0


async def test_where_nothing_is_found_the_nearest_are_named_and_it_can_be_noted(owners: Office) -> None:
    async with seated(owners) as maya:
        await maya.press("2")
        await maya.type("badge reader gate")
        maya.sees("Nothing fits badge reader gate", "tab, then N notes it")
        await maya.press("tab", "N")
        stands(maya, NewComponentDialog)
        maya.sees("badge reader gate")
        await maya.press("ctrl+s")
        maya.sees("? badge reader gate", "nobody owns it")
        assert owners.desk().ownership.get("badge reader gate").owners == ()


async def test_no_card_of_something_else_stays_where_nothing_is_found(owners: Office) -> None:
    async with seated(owners) as maya:
        await maya.press("2", *"identity")
        assert "identity" in maya.part("#card")
        await maya.press("ctrl+u", *"qqzzqq")
        maya.sees("Nothing fits")
        assert "identity" not in maya.part("#card")


async def test_a_ticket_is_opened_with_its_owner_and_routed_there(owners: Office) -> None:
    async with seated(owners) as maya:
        await maya.press("o")
        stands(maya, OwnersScreen)
        maya.sees("Whose is #1001", "named in #1001", "Second line")
        await maya.press("enter")
        stands(maya, RouteDialog)
        maya.sees("second-line", "vpn-gateway is theirs")
        await maya.press("ctrl+s")
        assert owners.desk().tickets.get(1001).team == "second-line"


async def test_a_ticket_that_names_nothing_gets_its_component_from_the_box(owners: Office) -> None:
    async with seated(owners) as maya:
        await maya.press("j", "enter")
        stands(maya, TicketScreen)
        await maya.press("o")
        maya.sees("#1002 names nothing of the catalogue")
        await maya.type("printer")
        await maya.press("enter")
        stands(maya, TicketScreen)
        maya.sees("? nobody owns it")
        assert owners.desk().tickets.get(1002).component == "printer"
        await maya.press("u")
        assert owners.desk().tickets.get(1002).component is None


async def test_what_is_new_on_a_ticket_becomes_its_component(owners: Office) -> None:
    async with seated(owners) as maya:
        await maya.press("j", "o")
        await maya.type("fax machine")
        await maya.press("tab", "N", "ctrl+s")
        assert owners.desk().tickets.get(1002).component == "fax machine"
        await maya.press("u")
        assert owners.desk().tickets.get(1002).component is None
        assert owners.desk().ownership.find("fax machine") is None


async def test_owners_names_and_leads_are_said_by_one_key_each(owners: Office) -> None:
    catalogue = owners.desk().ownership
    async with seated(owners) as maya:
        await maya.press("2")
        await maya.type("payroll")
        maya.sees("≠ disputed: service-desk and engineering")
        await maya.press("tab", "o")
        await maya.type("engin")
        await maya.press("enter")
        assert catalogue.get("payroll").owners == ("engineering",)
        await maya.press("A")
        await maya.type("salaries [/b]")
        await maya.press("enter")
        assert "salaries [/b]" in catalogue.get("payroll").aliases
        await maya.press("l", *"engin", "enter")
        assert {each.seam.lead for each in catalogue.seams() if "payroll" in each.seam.components} == {"engineering"}
        maya.sees("⇄ engineering leads")
        await maya.press("u", "u", "u")
        assert catalogue.get("payroll").owners == ("service-desk", "engineering")


async def test_the_owner_is_confirmed(owners: Office) -> None:
    async with seated(owners) as maya:
        await maya.press("2")
        await maya.type("network")
        maya.sees("~ stale", "never. c confirms")
        await maya.press("tab", "c")
        maya.sees("network is second-line's, confirmed", "● owned", "ago by maya")


async def test_one_key_accepts_what_tickets_propose(owners: Office) -> None:
    for _ in range(2):
        resolved_by(owners, "ines", "printer")
    catalogue = owners.desk().ownership
    async with seated(owners) as maya:
        await maya.press("2", "tab")
        maya.sees("→ printer", "proposed", "→ engineering: 2 of the last 2")
        await maya.press("d")
        maya.sees_no("→ printer")
        catalogue.propose("printer", "second-line", 1002, "came back")
        await maya.wait_a_look(seconds=2)
        await maya.press("g", "a")
        maya.sees("printer is second-line's now")
    assert catalogue.get("printer").owners == ("second-line",)


async def test_a_key_that_makes_no_sense_says_why(owners: Office) -> None:
    async with seated(owners) as maya:
        await maya.press("2")
        await maya.type("printer")
        await maya.press("tab", "c")
        maya.sees("nobody owns printer")
        await maya.press("l")
        maya.sees("printer lies at no seam")
        await maya.press("a")
        maya.sees("nothing is proposed for printer")


async def test_the_palette_finds_components_with_their_owners(owners: Office) -> None:
    async with seated(owners) as maya:
        await maya.press("ctrl+p")
        await maya.type("payroll")
        maya.sees("Owner payroll  service-desk and engineering")
        await maya.press("down", "enter")
        maya.sees("─ Whose is it?", "payroll", "≠ disputed")
        await maya.press("escape", "escape")
        maya.sees("─ L1 · ")


async def test_what_others_change_is_seen(owners: Office) -> None:
    async with seated(owners) as maya:
        await maya.press("2")
        owners.desk("ravi").ownership.put(Component("badge [/b] gate"))
        await maya.wait_a_look(seconds=2)
        maya.sees("? badge [/b] gate")


async def test_modes_keep_their_place(owners: Office) -> None:
    async with seated(owners) as maya:
        await maya.press("]", "2")
        await maya.type("identity")
        await maya.press("tab", "1")
        maya.sees("─ L2 · ")
        await maya.press("2")
        maya.sees("─ Whose is it?", "identity")
        await maya.press("q")
        maya.sees("─ L2 · ")
        await maya.press("1")
        maya.sees("─ L1 · ")


async def test_a_small_window_and_none_at_all(owners: Office) -> None:
    async with seated(owners, size=(60, 20)) as maya:
        await maya.press("2")
        maya.sees("payroll", "disputed")
        await maya.resize(30, 6)
        maya.sees("too small")
        await maya.resize(40, 10)
        maya.sees("payroll")
