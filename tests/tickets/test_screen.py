"""The ticket screen: the whole history of one ticket, its fields and clocks."""

from datetime import timedelta

import pytest

from tests.support.busy import BOUNCED, LATE
from tests.support.driver import LARGE, SMALL, Seat, seated
from tests.support.golden import assert_golden
from tests.support.offices import HOSTILE, Office
from tests.support.screens import screen_text
from workbench.app import WorkbenchApp
from workbench.text import one_line

LONG = "0123456789" * 7_000


async def open_ticket(seat: Seat, ref: int) -> None:
    """Goes down the queue to that ticket and opens it."""
    while seat.ticket != ref:
        await seat.press("down")
    await seat.press("enter")


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])
async def test_the_whole_ticket(busy: Office, size: tuple[int, int]) -> None:
    async with seated(busy, size=size) as maya:
        await open_ticket(maya, LATE)
        assert_golden(maya.screen, f"ticket-{size[0]}x{size[1]}")


async def test_the_timeline_tells_who_changed_what_and_for_whom_words_were_meant(busy: Office) -> None:
    busy.desk("ravi").tickets.note(LATE, "licence [expired]?\x1b[2J")
    async with seated(busy) as maya:
        await open_ticket(maya, LATE)
        maya.sees("● opened", "Tried [twice].␛[2J", "· taken", "assignee – → ravi")
        maya.sees("▶ to the requester", "Which client [version] is it?")
        maya.sees("◀ from the requester", "5.0.1, as always", "✎ internal note", "licence [expired]?␛[2J")
        marks = [maya.style_of(mark).color for mark in ("▶", "◀", "✎")]
        assert len(set(marks)) == 3


async def test_the_side_tells_state_clocks_and_ages(busy: Office) -> None:
    async with seated(busy) as maya:
        await open_ticket(maya, LATE)
        maya.sees("Clock      2m over", "Team       frontline, L1", "respond           met", "resolve    ██████ missed")
        maya.sees("1h of 1h", "Unanswered 32m", "Contact    Dana Reyes")
        await maya.press("escape", "up", "enter")
        maya.sees(f"Workbench · #{BOUNCED}", "Hops       2, 1 back", "Earlier", "L2 second-line")


async def test_clocks_tick_and_anothers_words_appear(busy: Office) -> None:
    async with seated(busy) as maya:
        await open_ticket(maya, LATE)
        await maya.wait_a_look(minutes=3)
        maya.sees("Clock      5m over")
        busy.desk("ravi").tickets.comment(LATE, "Version 5.0.2 is out [today]")
        await maya.wait_a_look(seconds=1)
        maya.sees("Version 5.0.2 is out [today]", "Touched    1s ago")


async def test_a_wait_ends_under_ones_eyes(busy: Office) -> None:
    async with seated(busy) as maya:
        await maya.press("G", "enter")
        maya.sees("State      waiting", "requester: asked which", "Wakes      in 47h")
        await maya.wait_a_look(days=2)
        maya.sees("State      open")
        maya.sees_no("Wakes")


async def test_long_texts_are_cut_until_one_asks_for_all(office: Office) -> None:
    office.open("dump", body=LONG)
    async with seated(office) as maya:
        await maya.press("enter", "G")
        maya.sees("… 6,000 characters more: press O to open all")
        await maya.press("O", "G")
        maya.sees_no("characters more")
        await maya.press("g")
        maya.sees("● opened")


async def test_five_hundred_events_are_read_to_the_end(office: Office) -> None:
    ref = office.open("chatter").ref
    with office.desk().database.transaction():
        for number in range(250):
            office.pass_time(seconds=20)
            office.desk().tickets.comment(ref, f"we look {number}")
            office.desk().tickets.reply(ref, f"still broken {number}")
    async with seated(office, size=SMALL) as maya:
        await maya.press("enter")
        maya.sees("● opened")
        await maya.press("G")
        maya.sees("still broken 249")
        await maya.press("g", "pagedown", "j")
        maya.sees_no("● opened")


async def test_every_hostile_text_stands_there_as_text(office: Office) -> None:
    for text in HOSTILE:
        office.open(text, body=text, contact=text[:12], component=text[:12])
    async with seated(office, size=(160, 40)) as maya:
        for text in HOSTILE:
            await maya.press("enter")
            maya.sees(one_line(text), f"Contact    {one_line(text[:12]).rstrip()}")
            await maya.press("escape", "down")


async def test_the_side_is_read_by_keys_too(busy: Office) -> None:
    async with seated(busy, size=(80, 16)) as maya:
        await maya.press("enter")
        maya.sees_no("Touched")
        await maya.press("tab", "G")
        maya.sees("Touched")


async def test_back_goes_to_the_same_place_in_the_queue(busy: Office) -> None:
    async with seated(busy) as maya:
        for key in ("escape", "q"):
            await open_ticket(maya, LATE)
            await maya.press(key)
            maya.sees("─ L1 · 8 open")
            assert maya.ticket == LATE


async def test_changes_between_the_words_are_folded_and_unfolded(busy: Office) -> None:
    async with seated(busy) as maya:
        await open_ticket(maya, BOUNCED)
        maya.sees("· moved", "a monitor")
        ravi = busy.desk("ravi").tickets
        ravi.take(BOUNCED)
        ravi.assign(BOUNCED, "maya")
        await maya.wait_a_look(seconds=1)
        maya.sees("· taken", "· assigned")
        await maya.press("f")
        maya.sees("· 2 changes by ravi: state new → open, assignee – → ravi; assignee", "it is a monitor")
        maya.sees_no("· taken")
        await maya.press("f")
        maya.sees("· taken", "· assigned")


async def test_what_others_did_since_one_looked_last_is_marked_new(busy: Office) -> None:
    async with seated(busy) as maya:
        await open_ticket(maya, LATE)
        maya.sees_no("new ◀", "new ✎")
        await maya.press("escape")
        busy.desk("ravi").tickets.note(LATE, "[red]look[/]")
        busy.desk().tickets.note(LATE, "my own")
        await maya.press("enter", "G")
        maya.sees("new ✎ internal note", "[red]look[/]", "│ ✎ internal note", "my own")
        await maya.press("escape", "enter", "G")
        maya.sees_no("new ✎")


async def test_two_people_in_front_of_one_ticket_are_told(busy: Office) -> None:
    async with seated(busy) as maya:
        await open_ticket(maya, LATE)
        maya.sees_no("looks at this too")
        busy.desk("ravi").personal.look_at(LATE)
        await maya.wait_a_look(seconds=1)
        maya.sees("◉ ravi looks at this too")
        assert busy.desk("omar").personal.others_at(LATE) == ["maya", "ravi"]
        busy.desk("ravi").personal.look_at(None)
        await maya.wait_a_look(seconds=1)
        maya.sees_no("looks at this too")
        await maya.press("escape")
        assert busy.desk("omar").personal.others_at(LATE) == []


async def test_an_earlier_moment_is_read_without_writing_anything(busy: Office) -> None:
    with busy.at(busy.clock.at - timedelta(minutes=5)) as desk:
        app = WorkbenchApp(desk)
        async with app.run_test(size=LARGE) as pilot:
            await pilot.press("enter")
            await pilot.pause()
            assert "Badge printer" in screen_text(app)
