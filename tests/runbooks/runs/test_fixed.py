"""The box in which a ticket is resolved with what its run tells: its words are no draft until somebody changes them."""

from tests.escalation.forms import L2, send
from tests.runbooks.runs.following import follow, run_of, stands
from tests.support.driver import Seat, seated
from tests.support.offices import Office
from workbench.runbooks.runs.panels.boxes import FixedDialog, Verdict
from workbench.runbooks.runs.screen import RunScreen
from workbench.tickets.vocabulary import State

OTHER = """---
title: Another way
---
1. Pull the plug
"""


async def say_that_it_fixed_it(seat: Seat) -> None:
    """Ends the run in front."""
    await seat.press("shift")
    assert stands(seat, Verdict)
    await seat.press("y")
    await seat.press("shift")
    assert stands(seat, FixedDialog)


async def test_it_fixed_it_and_the_ticket_is_resolved_with_what_was_done(office: Office, ticket: int) -> None:
    async with seated(office) as maya:
        await follow(maya, "vpn", ticket)
        await maya.press("d", "d", "d")
        await say_that_it_fixed_it(maya)
        maya.sees("Runbook VPN [/b] drops (vpn) fixed it.", "1. Look at the gateway")
        await maya.type("a loose plug")
        await maya.press("ctrl+s")
        await maya.press("shift")
        assert not stands(maya, RunScreen)
    resolved = office.desk().tickets.get(ticket)
    assert resolved.state is State.RESOLVED
    assert office.desk().tickets.store.events(ticket)[-1].after["cause"] == "a loose plug"
    assert run_of(office, ticket).standing == "fixed it"


async def test_a_cause_that_nobody_said_is_none(office: Office, ticket: int) -> None:
    async with seated(office) as maya:
        await follow(maya, "vpn", ticket)
        await maya.press("d", "d", "d")
        await say_that_it_fixed_it(maya)
        await maya.press("ctrl+s")
        await maya.press("shift")
    last = office.desk().tickets.store.events(ticket)[-1].after
    assert "cause" not in last
    assert last["fix"].startswith("Runbook VPN [/b] drops (vpn) fixed it.\n1. Look at the gateway")


async def test_an_escalated_ticket_asks_for_the_cause(office: Office, ticket: int) -> None:
    send(office, ticket, L2)
    async with seated(office) as maya:
        await follow(maya, "vpn", ticket)
        await maya.press("d", "d", "d")
        await say_that_it_fixed_it(maya)
        await maya.press("ctrl+s")
        maya.sees("was escalated, and cause is missing")
        await maya.type("a loose plug")
        await maya.press("ctrl+s")
        await maya.press("shift")
    assert office.desk().tickets.store.events(ticket)[-1].after["cause"] == "a loose plug"


async def test_words_that_nobody_touched_are_no_draft(office: Office, ticket: int) -> None:
    office.desk().runbooks.create("plug", OTHER)
    async with seated(office) as maya:
        await follow(maya, "vpn", ticket)
        await maya.press("d", "d", "d")
        await say_that_it_fixed_it(maya)
        await maya.press("escape")
        assert office.desk().personal.drafts() == []
        await maya.press("q")
        await follow(maya, "plug", ticket)
        await maya.press("d")
        await say_that_it_fixed_it(maya)
        maya.sees("Runbook Another way (plug) fixed it.", "1. Pull the plug")
        maya.sees_no("is here again")


async def test_words_of_ones_own_go_before_those_of_the_run_until_one_begins_anew(office: Office, ticket: int) -> None:
    async with seated(office) as maya:
        await follow(maya, "vpn", ticket)
        await maya.press("d", "d", "d")
        await say_that_it_fixed_it(maya)
        await maya.type("my words")
        await maya.press("escape", "e", "y")
        maya.sees("my words", "is here again")
        await maya.press("ctrl+n")
        maya.sees("1. Look at the gateway")
        maya.sees_no("my words", "is here again")
        await maya.press("escape", "e", "y")
        maya.sees_no("my words", "is here again")
        await maya.press("escape")
    assert office.desk().personal.drafts() == []
