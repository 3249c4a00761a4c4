"""Queues of one's own: made from a filter, renamed, moved, deleted."""

import re
from typing import Never

import pytest

from tests.support.busy import BOUNCED
from tests.support.driver import seated
from tests.support.offices import Office
from workbench.errors import Interrupted


async def test_a_filter_is_kept_under_a_name_and_gets_a_number_key(busy: Office) -> None:
    async with seated(busy) as maya:
        await maya.press("slash")
        await maya.type("is:bouncing")
        await maya.press("ctrl+s")
        maya.sees('Keep tier:"L1" is:bouncing as a queue named')
        await maya.type("Ping [b]")
        await maya.press("enter")
        maya.sees("6 Ping [b]", "─ Ping [b] · 1 open")
        assert maya.ticket == BOUNCED
        await maya.press("1", "6")
        maya.sees("─ Ping [b] · 1 open")


async def test_a_name_that_is_taken_is_refused_in_words(busy: Office) -> None:
    async with seated(busy) as maya:
        await maya.press("slash", *"vpn", "ctrl+s", *"Late", "enter")
        maya.sees("'Late' is a queue of every workbench", "as a queue named", "│ Late ")
        await maya.type("r on")
        await maya.press("enter")
        maya.sees("6 Later on", "─ Later on · 1 open")


async def test_own_queues_are_renamed_moved_and_deleted(busy: Office) -> None:
    for name in ("First", "Second"):
        busy.desk().queues.save(name, "vpn")
    async with seated(busy) as maya:
        maya.sees("6 First", "7 Second")
        await maya.press("7", "left", "K")
        maya.sees("6 Second", "7 First", "─ Second · 1 open")
        await maya.press("f2")
        maya.sees("Second is to be called")
        await maya.press(*"late", "enter")
        maya.sees("'late' is a queue of every workbench", "Second is to be called")
        await maya.press(*["backspace"] * 4, *"Tunnel", "enter")
        maya.sees("6 Tunnel", "─ Tunnel · 1 open")
        await maya.press("D")
        maya.sees("Delete the queue Tunnel?", "its tickets stay")
        await maya.press("n")
        maya.sees("6 Tunnel")
        await maya.press("D", "y")
        maya.sees("6 First", "─ L1 · 8 open")
        maya.sees_no("Tunnel")


async def test_the_queues_of_every_workbench_stay(busy: Office) -> None:
    async with seated(busy) as maya:
        await maya.press("left", "D", "f2", "J")
        maya.sees("─ L1 · 8 open")
        maya.sees_no("Delete", "is to be called")


async def test_a_queue_that_takes_long_to_count_is_counted_when_one_goes_there(
    busy: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_long(*_: object) -> Never:
        raise Interrupted("the reading was interrupted", "ask again")

    busy.desk().queues.save("Contoso", "client:contoso")
    monkeypatch.setattr("workbench.queues.counting.within", too_long)
    async with seated(busy) as maya:
        assert re.search("6 Contoso +…", maya.screen)
        await maya.press("6")
        maya.sees("─ Contoso · 8 open")
