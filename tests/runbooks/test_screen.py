"""Stories of somebody who looks for a runbook, reads it, follows where it leads, and writes one."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from textual.events import Paste

from tests.support.driver import LARGE, SMALL, Seat, seated
from tests.support.golden import assert_golden
from tests.support.offices import HOSTILE, Office
from workbench.runbooks.runs.model import Did
from workbench.runbooks.runs.screen import RunScreen

SIZES = {"80x24": SMALL, "120x40": LARGE}

PRINTER = """---
title: Printer [/b] offline
tags: [print, paper]
components: [print-server]
signatures: ["0x00000709 [x]"]
tier: L1
owner: onsite
review: 2026-01-31
---
When nothing comes out of it. [@click=app.quit]x[/]

1. **Look at the display.** Is it [red]on[/]?
   Expect: *ready*
2. Restart it, then see [the queue](queue.md) or [the vendor](https://vendor.example/p).

   ```sh
   ping -c 1 {{host}}
   ```

| Model | Key |
| --- | --- |
| MX-1 | `hold *` |
"""
QUEUE = "# Print queue is stuck\n\n1. Stop the spooler\n2. Empty it, [printer](printer.md)\n"
VPN = "---\ntitle: VPN drops\ntags: [network]\n---\n1. Look\n2. Mend\n"


@pytest.fixture
def library(office: Office) -> Office:
    """Three runbooks; the one for printers worked once and failed twice."""
    desk = office.desk()
    desk.runbooks.create("printer", PRINTER)
    desk.runbooks.create("queue", QUEUE)
    desk.runbooks.create("vpn", VPN)
    for ending in (Did.FIXED, Did.NOT_FIXED, Did.NOT_FIXED):
        run = desk.runs.begin("printer")
        office.pass_time(minutes=4)
        desk.runs.end(desk.runs.step(run, Did.FAILED), ending)
    return office


async def rest(seat: Seat) -> None:
    """Lets the cursor rest until the page beside the list is read."""
    await seat.app.screen.run_action("read")
    await seat.press("shift")


def is_bold(seat: Seat, word: str) -> bool:
    """Whether a word stands out somewhere by itself, also where there is no colour."""
    strips = seat.app.screen._compositor.render_strips()
    return any(each.text == word and each.style and each.style.bold for strip in strips for each in strip)


async def editing(seat: Seat) -> None:
    """Waits for what an answer brings about."""
    await seat.press("shift")
    await seat.press("shift")


@pytest.mark.parametrize("size", SIZES)
async def test_before_a_letter_is_typed_stands_what_is_used_most(library: Office, size: str) -> None:
    async with seated(library, size=SIZES[size]) as maya:
        await maya.press("3")
        await rest(maya)
        maya.sees("3 runbooks", "⚠ failing", "Printer [/b] offline", "1/3", "by use")
        assert_golden(maya.screen, f"runbooks-{size}")


@pytest.mark.parametrize("size", SIZES)
async def test_letters_find_in_spite_of_a_slip_and_show_where(library: Office, size: str) -> None:
    async with seated(library, size=SIZES[size]) as maya:
        await maya.press("3")
        await maya.type("qeue stuck")
        await rest(maya)
        maya.sees("Print queue is stuck", "by how well it fits")
        assert is_bold(maya, "queue")
        assert_golden(maya.screen, f"runbooks-found-{size}")
        await maya.press("escape")
        maya.sees("3 runbooks")
        await maya.press("escape")
        maya.sees("─ L1 · ")


@pytest.mark.parametrize("size", SIZES)
async def test_an_empty_library_says_how_to_fill_it(office: Office, size: str) -> None:
    async with seated(office, size=SIZES[size]) as maya:
        await maya.press("3")
        maya.sees("There is no runbook yet.", "workbench runbook import DIR")
        maya.sees("I Starter")
        assert_golden(maya.screen, f"runbooks-empty-{size}")
        await maya.press("I")
        maya.sees("runbooks are here", "Account locked out")
        assert "I" not in maya.app.screen.active_bindings


@pytest.mark.parametrize(
    "query", [*HOSTILE, '"', "(", "*", "AND", "-x", "NEAR(", "x" * 3_000, "🧨 שלום", "0x00000709 [x]"]
)
async def test_nothing_that_is_typed_troubles_it(library: Office, query: str) -> None:
    async with seated(library) as maya:
        await maya.press("3")
        focused = maya.app.focused
        assert focused is not None
        focused.post_message(Paste(query))
        await maya.press("shift")
        await rest(maya)
        maya.sees("found")


async def test_a_number_alone_is_a_key_on_enter(library: Office) -> None:
    async with seated(library) as maya:
        await maya.press("3", "1")
        maya.sees("enter goes to 1 Queues")
        await maya.type("x")
        maya.sees_no("enter goes to")
        await maya.press("backspace", "enter")
        maya.sees("─ L1 · ")
        await maya.press("3", *"queue", "tab", "1", "3", "slash", *"print")
        maya.sees("│ print ")


async def test_the_keys_named_are_those_that_work_in_the_box(library: Office) -> None:
    async with seated(library) as maya:
        await maya.press("3")
        maya.sees("⏎ Open tab To the list esc Back")
        maya.sees_no("/ Search")


async def test_user_text_is_shown_as_it_is(library: Office) -> None:
    async with seated(library) as maya:
        await maya.press("3")
        await rest(maya)
        maya.sees("[@click=app.quit]x[/]", "Is it [red]on[/]?", "vendor <https://vendor.example/p>", "MX-1   hold *")
        maya.sees("ping -c 1 {{host}}", "failing · ◷ stale", "worked 1 of 3 times · 4m in the median")


async def test_a_page_leads_to_others_and_back(library: Office) -> None:
    async with seated(library) as maya:
        await maya.press("3", "tab")
        await rest(maya)
        await maya.press("f")
        maya.sees("Stop the spooler", "→ Printer [/b] offline")
        await maya.press("backspace")
        maya.sees("Look at the display.")


async def test_who_follows_before_the_page_stands_follows_from_where_the_cursor_is(library: Office) -> None:
    async with seated(library) as maya:
        await maya.press("3", "tab", "j", "k", "f")
        await maya.comes("Stop the spooler", "→ Printer [/b] offline")


async def test_several_ways_are_asked_for(library: Office) -> None:
    library.desk().runbooks.create("both", "# All\n\nSee [one](printer.md), [two](vpn.md), [out](../x.md).\n")
    async with seated(library) as maya:
        await maya.press("3")
        await maya.type("All")
        await rest(maya)
        await maya.press("tab", "f")
        maya.sees("Leads to")
        await maya.press("down", "enter")
        await editing(maya)
        assert maya.app.screen.query_one("#page").border_title == "VPN drops"


async def test_the_list_is_sorted_by_what_needs_a_look(library: Office) -> None:
    async with seated(library) as maya:
        await maya.press("3", "tab", "S")
        maya.sees("by title")
        await maya.press("S", "S")
        maya.sees("least helpful first")
        assert maya.part("#runbooks").splitlines()[2].lstrip("│ ").startswith("⚠ failing")


async def test_r_on_a_ticket_puts_what_fits_first_and_enter_begins(library: Office) -> None:
    ticket = library.open("nothing prints, 0x00000709 [x] it says", component="print-server")
    async with seated(library) as maya:
        await maya.press("r")
        maya.sees(f"Runbooks for #{ticket.ref} nothing prints")
        assert "Printer [/b] offline" in maya.part("#runbooks").splitlines()[2]
        maya.sees("what fits (1), then the most used")
        await maya.press("enter")
        assert isinstance(maya.app.screen, RunScreen)
        await maya.press("escape")
        maya.sees("at step 1 of 2", "▶ open", "3 runbooks")
        await maya.press("enter", "d", "escape")
        assert len(library.desk().runs.runs(ticket.ref)) == 1
        maya.sees("at step 2 of 2")


async def test_r_on_a_ticket_that_nothing_fits_says_so(library: Office) -> None:
    library.open("zzz", component="coffee-machine")
    async with seated(library) as maya:
        await maya.press("r")
        maya.sees("nothing fits: the most used first", "3 runbooks")
        await maya.press("S")
        maya.sees_no("nothing fits")


async def test_the_palette_finds_a_runbook_and_shows_its_page(library: Office) -> None:
    async with seated(library) as maya:
        await maya.press("ctrl+p", *"qeue")
        maya.sees("Runbook Print queue is stuck")
        await maya.press("enter")
        await rest(maya)
        assert maya.app.screen.query_one("#page").border_title == "Print queue is stuck"


@contextmanager
def nothing() -> Iterator[None]:
    """What the terminal does while an editor has it; there is none in a test."""
    yield


async def test_a_runbook_is_written_and_changed_in_ones_editor(
    library: Office, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    editor = tmp_path / "editor"
    editor.write_text("#!/bin/sh\nsed -i 's/What to do first/Breathe in [b]/' \"$1\"\n")
    editor.chmod(0o700)
    monkeypatch.setenv("VISUAL", str(editor))
    async with seated(library) as maya:
        monkeypatch.setattr(maya.app, "suspend", nothing)
        await maya.press("3", "tab", "N")
        await maya.type("tea-time")
        await maya.press("enter")
        await editing(maya)
        maya.sees("tea-time version 1 is saved.")
        editor.write_text("#!/bin/sh\nsed -i 's/Breathe in/Breathe out/' \"$1\"\n")
        await maya.press("E")
        await editing(maya)
        await rest(maya)
        maya.sees("tea-time version 2 is saved.", "Breathe out [b]")
        await maya.press("V")
        maya.sees("version 2 of 2", "-1. **Breathe in [b].**", "+1. **Breathe out [b].**")
        await maya.press("left_square_bracket")
        maya.sees("version 1 of 2", "+title: Tea time")


async def test_what_is_no_runbook_is_asked_again_and_kept(
    library: Office, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    editor = tmp_path / "editor"
    editor.write_text("#!/bin/sh\nprintf -- '---\\ntitle: [\\n---\\n' > \"$1\"\n")
    editor.chmod(0o700)
    monkeypatch.setenv("VISUAL", str(editor))
    async with seated(library) as maya:
        monkeypatch.setattr(maya.app, "suspend", nothing)
        await maya.press("3", "tab", "E")
        await editing(maya)
        maya.sees("This is no runbook yet. Edit again?")
        await maya.press("n")
        await editing(maya)
        maya.sees("nothing was saved; your text is in")
    assert library.desk().runbooks.versions("printer")[0].number == 1


async def test_where_no_editor_can_be_opened_it_says_so(library: Office) -> None:
    async with seated(library) as maya:
        await maya.press("3", "tab", "E")
        maya.sees("no editor can be opened from here")


@pytest.mark.parametrize(
    "text",
    [
        "# T\n\n| a | b |\n|---|---|\n" + "| 1 | [x](y.md) `c` |\n" * 2_000,
        "# T\n\n" + "word " * 12_800,
        "# T\n\n" + "".join(f"{HOSTILE[at % 5]}\n" for at in range(3_000)),
    ],
    ids=["table", "words", "hostile"],
)
async def test_a_long_page_is_cut_until_all_of_it_is_wanted(library: Office, text: str) -> None:
    library.desk().runbooks.create("long", text)
    async with seated(library) as maya:
        await maya.press("3")
        await maya.type("long")
        await maya.press("escape", "tab")
        await rest(maya)
        while maya.app.screen.query_one("#page").border_title != "T":
            await maya.press("down")
            await rest(maya)
        await maya.press("right", "G")
        maya.sees("characters more: press O")
        await maya.press("O", "G")
        maya.sees_no("characters more: press O")
