"""Filtering the list as one types."""

import asyncio
from collections.abc import Callable
from threading import Event
from typing import NamedTuple

import pytest

from tests.support.busy import BOUNCED, FORGOTTEN, LATE, WAITING
from tests.support.driver import SMALL, seated
from tests.support.golden import assert_golden
from tests.support.offices import Office
from workbench.database import Database
from workbench.errors import FileProblem
from workbench.queues import finding
from workbench.queues.finding import Found, Search, in_peace


async def test_the_list_follows_each_letter(busy: Office) -> None:
    async with seated(busy) as maya:
        await maya.press("slash", *"vpn")
        maya.sees("─ L1 · / vpn · 1 found")
        assert maya.ticket == LATE
        await maya.press("backspace", "backspace", "backspace")
        maya.sees("─ L1 · 8 open")


async def test_enter_goes_to_the_list_and_the_title_keeps_the_filter(busy: Office) -> None:
    async with seated(busy) as maya:
        await maya.press("slash")
        await maya.type("is:late -vpn")
        await maya.press("enter", "j")
        maya.sees("─ L1 · / is:late -vpn · 2 found")
        assert maya.ticket == BOUNCED
        await maya.press("slash")
        maya.sees("│ is:late -vpn")
        await maya.press("enter", "escape")
        maya.sees_no("is:late -vpn")
        maya.sees("─ L1 · 8 open")
        assert maya.ticket == BOUNCED


async def test_a_misspelt_word_is_told_for_what_was_meant_and_tab_writes_it(busy: Office) -> None:
    async with seated(busy) as maya:
        await maya.press("slash")
        await maya.type("is:new prniter")
        maya.sees("nothing has 'prniter'; did you mean printer?", "0 found", "No ticket of L1 matches this filter.")
        await maya.press("tab")
        maya.sees("│ is:new printer", "1 found", "Badge printer of the old building")
        maya.sees_no("did you mean")


async def test_a_mistake_is_told_under_the_box_and_the_list_stays(busy: Office) -> None:
    async with seated(busy) as maya:
        await maya.press("slash")
        await maya.type("vpn colour:red")
        maya.sees("✗ no field named 'colour:'; fields are is:, who:", "/ vpn colour · 0 found")
        await maya.press(*["backspace"] * 10)
        await maya.type("age:long")
        maya.sees("✗ age:long is not understood", "a length of time like >4h")
        await maya.press(*["backspace"] * 8)
        await maya.type("prio:P1")
        maya.sees("✗ no field named 'prio:'; did you mean priority:?")


async def test_a_bare_number_is_a_word_and_told_how_it_finds_its_ticket(busy: Office) -> None:
    async with seated(busy) as maya:
        await maya.press("slash")
        await maya.type(str(BOUNCED))
        maya.sees("0 found", f"#{BOUNCED}  finds the ticket with that number here")
        await maya.press(*["backspace"] * len(str(BOUNCED)))
        await maya.type(f"#{BOUNCED}")
        maya.sees("1 found")
        maya.sees_no("finds the ticket with that number")


async def test_tab_completes_fields_and_values(busy: Office) -> None:
    async with seated(busy) as maya:
        await maya.press("slash", *"cl")
        maya.sees("tab: client:")
        await maya.press("tab")
        maya.sees("tab: contoso fabrikam none", "─ L1 · 8 open")
        await maya.press("tab", "tab")
        maya.sees("─ L1 · / client:fabrikam · 1 found")
        assert maya.ticket == WAITING
        await maya.press("tab")
        maya.sees("/ client:none · 0 found")
        await maya.type(" who:ch")
        maya.sees("tab: maya")
        await maya.press("tab")
        maya.sees("client:none who:maya")


@pytest.mark.parametrize("size", [SMALL, (120, 40)], ids=["80x24", "120x40"])
async def test_a_filter_that_matches_nothing_says_what_to_do(busy: Office, size: tuple[int, int]) -> None:
    async with seated(busy, size=size) as maya:
        await maya.press("slash")
        await maya.type("nothing like it")
        assert_golden(maya.screen, f"queues-no-match-{size[0]}x{size[1]}")


async def test_enter_stays_where_the_filter_cannot_be_read(busy: Office) -> None:
    async with seated(busy) as maya:
        await maya.press("slash", *"who:zz", "enter", "x")
        maya.sees("who:zzx", "✗ no person named 'zzx'")
        await maya.press("ctrl+u", *"vpn", "enter", "x")
        maya.sees("/ vpn", "1 marked")


async def test_what_takes_long_is_found_while_one_goes_on(busy: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workbench.queues.listing.at_once", lambda *_, **__: None)
    monkeypatch.setattr(finding, "FIRST", 1)
    async with seated(busy) as maya:
        await maya.press("slash", *"client:contoso")
        await maya.comes("/ client:contoso · 7 found")
        assert maya.ticket == FORGOTTEN
        await maya.press("enter", "j", "j")
        assert maya.ticket == LATE
        busy.open("one more", "ravi")
        await maya.wait_a_look(seconds=1)
        await maya.comes("/ client:contoso · 8 found")
        assert maya.ticket == LATE
        await maya.press("slash", "escape")
        maya.sees("─ L1 · 9 open")


class Gate(NamedTuple):
    """Holds up what is found beside the screen."""

    reached: Event
    opened: Event


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Gate:
    """Every search is one that takes long, until the gate is opened."""
    gate = Gate(Event(), Event())

    def held_up(
        opener: Callable[[], Database], search: Search, given_up: Callable[[], bool], tell: Callable[[Found], None]
    ) -> None:
        def late(found: Found) -> None:
            gate.reached.set()
            gate.opened.wait(10)
            tell(found)

        in_peace(opener, search, given_up, late)

    monkeypatch.setattr("workbench.queues.panels.finder.in_peace", held_up)
    return gate


async def test_what_is_found_late_does_not_take_the_place_of_what_is_newer(
    busy: Office, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with seated(busy) as maya:
        with monkeypatch.context() as patched:
            patched.setattr("workbench.queues.listing.at_once", lambda *_, **__: None)
            await maya.press("slash", *"client:contoso")
            assert await asyncio.to_thread(gate.reached.wait, 10)
        busy.open("one more", "ravi")
        await maya.wait_a_look(seconds=1)
        maya.sees("/ client:contoso · 8 found")
        gate.opened.set()
        await maya.app.workers.wait_for_complete()
        await maya.press("enter")
        maya.sees("/ client:contoso · 8 found")


async def test_a_file_that_breaks_while_one_waits_is_told_and_ends_nothing(
    busy: Office, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> None:
        raise FileProblem("the file is [b] broken", "take a copy")

    monkeypatch.setattr("workbench.queues.listing.at_once", lambda *_, **__: None)
    async with seated(busy) as maya:
        await maya.press("slash", *"client:contoso")
        with monkeypatch.context() as patched:
            patched.setattr(busy.desk().queues, "highest_number", broken)
            gate.opened.set()
            await maya.comes("the file is [b] broken; take a copy")
        await maya.press("backspace", "o")
        await maya.comes("/ client:contoso · 7 found")


async def test_brackets_in_a_filter_are_no_markup(busy: Office) -> None:
    async with seated(busy) as maya:
        await maya.press("slash")
        await maya.type("[web01] tier:[/b]")
        maya.sees("✗ no tier named '[/b]'", "/ [web01] · 1 found")


async def test_the_box_stays_when_others_write(busy: Office) -> None:
    async with seated(busy) as maya:
        await maya.press("slash", *"badge")
        busy.desk("ravi").tickets.note(FORGOTTEN, "seen")
        await maya.wait_a_look(seconds=1)
        await maya.press(*" x")
        maya.sees("/ badge x · 0 found")


async def test_a_saved_queue_that_takes_long_does_not_show_anothers_tickets(
    busy: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    busy.desk().queues.save("Contoso", "client:contoso -is:late")
    monkeypatch.setattr("workbench.queues.listing.at_once", lambda *_, **__: None)
    async with seated(busy) as maya:
        await maya.press("6")
        await maya.comes("─ Contoso · 4 open", "mail is slow")
        maya.sees_no("Badge printer", "Looking for its tickets")


async def test_a_long_mistake_is_told_whole_where_there_is_little_room(busy: Office) -> None:
    async with seated(busy, size=SMALL) as maya:
        await maya.press("slash")
        await maya.type("colour:red")
        maya.sees("fields are is:", "tag: …")
        await maya.press(*["backspace"] * 10)
        await maya.type("is:foo")
        maya.sees("is: takes fresh", "handoff", "─ L1 · 8 open")
        await maya.type("-which-nobody-has-ever-said-of-a-ticket")
        maya.sees("is: takes fresh", "handoff", "─ L1 · 8 open")
        await maya.resize(60, 15)
        maya.sees("is: takes fresh", "─ L1 · 8 open", "# P")
