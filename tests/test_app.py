"""The program as a whole: leaving, help, what is told when something goes wrong."""

from collections.abc import Iterator

import pytest
from textual.binding import Binding

from tests.support.busy import make_busy
from tests.support.driver import SMALL, seated
from tests.support.golden import assert_golden
from tests.support.offices import Office
from workbench.app import WorkbenchApp
from workbench.database import Database
from workbench.errors import Damaged, WorkbenchError
from workbench.queues.panels.queue_list import QueueList
from workbench.queues.screen import QueueScreen
from workbench.tickets.screen import TicketScreen
from workbench.widgets.halt import HaltScreen
from workbench.widgets.help import HelpScreen, key_name
from workbench.widgets.reader import Reader
from workbench.widgets.virtual_list import VirtualList

PLACES = (WorkbenchApp, QueueScreen, QueueList, VirtualList, TicketScreen, Reader, HelpScreen, HaltScreen)


def bindings() -> Iterator[Binding]:
    """Every binding of ours."""
    for place in PLACES:
        for binding in place.BINDINGS:
            assert isinstance(binding, Binding), f"{place.__name__}: {binding}"
            yield binding


async def test_q_leaves(office: Office) -> None:
    async with seated(office) as maya:
        await maya.press("q")
    assert maya.app.return_code == 0


async def test_who_presses_what_ends_other_programs_is_told_the_key_that_the_foot_names(office: Office) -> None:
    async with seated(office, size=SMALL) as maya:
        await maya.press("ctrl+c")
        maya.sees("q goes back, and from the queues out")


async def test_one_leaves_a_ticket_before_the_program(office: Office) -> None:
    office.open()
    async with seated(office) as maya:
        await maya.press("enter", "q")
        maya.sees("─ L1 · 1 open")
        await maya.press("enter", "1")
        maya.sees("─ L1 · 1 open")
        await maya.press("q")
    assert maya.app.return_code == 0


def test_every_binding_has_an_id_of_its_own_and_says_what_it_does() -> None:
    ids = [binding.id for binding in bindings()]
    assert all(ids)
    assert len(set(ids)) == len(ids)
    assert all(binding.tooltip and binding.description for binding in bindings())


async def test_help_lists_every_key_that_works_here(office: Office) -> None:
    office.open()
    async with seated(office, size=(100, 54)) as maya:
        await maya.press("question_mark")
        for place in (WorkbenchApp, QueueScreen, VirtualList):
            for binding in place.BINDINGS:
                assert isinstance(binding, Binding)
                maya.sees(binding.tooltip, *(key_name(key) for key in binding.key.split(",")))
        await maya.press("question_mark", "left", "question_mark")
        maya.sees("To the queue above", "To the tickets of this queue")
        await maya.press("escape", "escape", "enter", "question_mark")
        maya.sees("Back to the queue", "Show long texts whole", "A screen down")


async def test_help_fits_the_smallest_terminal(office: Office) -> None:
    make_busy(office)
    async with seated(office, size=SMALL) as maya:
        await maya.press("question_mark")
        assert_golden(maya.screen, "help-80x24")
        maya.sees("more below")
        await maya.press("G")
        maya.sees_no("more below")
        maya.sees("▲ more above")
        await maya.resize(80, 70)
        maya.sees_no("more above", "more below")


async def test_help_opens_from_a_box_and_names_no_key_that_is_a_letter_there(office: Office) -> None:
    office.open()
    async with seated(office) as maya:
        await maya.press("slash", "question_mark")
        maya.sees("│ ?")
        await maya.press("f1")
        maya.sees("Keys here", "Keep the filter as a queue of your own")
        maya.sees_no("Write to the requester", "Filter by words and fields")


async def test_what_is_told_in_passing_covers_no_foot(office: Office) -> None:
    office.open()
    async with seated(office, size=SMALL) as maya:
        head, *_, foot = maya.screen.splitlines()
        await maya.press("t", "t")
        maya.sees("#1001 taken by maya", "you have #1001 already")
        assert maya.screen.startswith(head[:12])
        assert maya.screen.endswith(foot)
        assert max(toast.region.bottom for toast in maya.app.screen.query("Toast")) <= 5


async def test_what_is_told_in_passing_is_told_to_its_last_word(office: Office) -> None:
    async with seated(office, size=SMALL) as maya:
        await maya.press("t")
        maya.sees("there is no ticket here; go to one,", "in another queue or by another filter")
        for width in range(64, 90):
            await maya.resize(width, 24)
            maya.app.clear_notifications()
            maya.app.notify("word " * 15 + "last", markup=False)
            await maya.press()
            maya.sees("last")


async def test_an_error_takes_the_place_of_the_one_before_it(office: Office) -> None:
    office.open()
    async with seated(office, size=SMALL) as maya:
        await maya.press("t", "t", "W")
        maya.sees("#1001 taken by maya", "no swarm")
        maya.sees_no("you have #1001 already")
        await maya.press("t")
        maya.sees("you have #1001 already")


@pytest.mark.parametrize("size", [(40, 12), (60, 15)], ids=["40x12", "60x15"])
async def test_what_is_told_in_passing_hides_no_box_of_a_low_window(office: Office, size: tuple[int, int]) -> None:
    office.open("first")
    office.open("second")
    async with seated(office, size=size) as maya:
        await maya.press("t", "t", "c")
        assert not maya.app.screen.query("Toast")
        await maya.press("escape", "g", "t")
        assert maya.app.screen.query("Toast")


async def test_an_error_that_a_box_has_hidden_is_told_when_it_is_met_again(office: Office) -> None:
    office.open()
    async with seated(office, size=(60, 15)) as maya:
        await maya.press("t", "t")
        maya.sees("you have #1001 already")
        await maya.press("c", "escape")
        maya.sees_no("you have #1001 already")
        await maya.press("t")
        maya.sees("you have #1001 already")


async def test_a_file_that_is_gone_stops_the_program_in_words(office: Office) -> None:
    office.open("still here")
    async with seated(office) as maya:
        office.path.rename(office.path.with_name("elsewhere.db"))
        for _ in range(3):
            await maya.app.run_action("check_file")
        await maya.press("shift")
        maya.sees("Nothing more can be read", "was replaced or removed", "Start again", "still here")
        await maya.press("down", "question_mark", "q")
    assert maya.app.return_code == 1


async def test_a_damaged_file_stops_the_program_in_words(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    def damaged(_: Database) -> int:
        raise Damaged("a page of [the file] cannot be read\x1b[2J", "`workbench restore` brings back a backup")

    async with seated(office) as maya:
        monkeypatch.setattr(Database, "data_version", damaged)
        await maya.wait_a_look(seconds=1)
        maya.sees("a page of [the file] cannot be read␛[2J", "`workbench restore` brings back a backup")
        await maya.press("q")
    assert maya.app.return_code == 1


async def test_the_same_error_is_told_once(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(_: Database) -> int:
        raise WorkbenchError("no luck", "try again")

    async with seated(office) as maya:
        monkeypatch.setattr(Database, "data_version", failing)
        for _ in range(3):
            await maya.wait_a_look(seconds=1)
        assert maya.screen.count("no luck") == 1


async def test_an_earlier_moment_is_marked_as_such(office: Office) -> None:
    make_busy(office)
    async with seated(office) as maya:
        maya.sees("as of 2026-06-08 13:02")
        await maya.press("enter")
        maya.sees("as of 2026-06-08 13:02")
