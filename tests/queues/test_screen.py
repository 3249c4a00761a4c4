"""The queue screen, as a technician works it."""

import pytest
from rich.cells import cell_len
from textual.events import MouseScrollDown

from tests.support.busy import BOUNCED, FORGOTTEN, FRESH, LATE, WAITING
from tests.support.driver import LARGE, SMALL, Seat, seated
from tests.support.golden import assert_golden
from tests.support.offices import Office
from workbench.errors import Refused
from workbench.ownership.model import Component
from workbench.queues.panels.columns import BY, UNUSUAL
from workbench.queues.panels.words import ORDERS


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])
async def test_the_first_screen(busy: Office, size: tuple[int, int]) -> None:
    async with seated(busy, size=size) as maya:
        assert_golden(maya.screen, f"queues-{size[0]}x{size[1]}")


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])
async def test_an_empty_workbench_says_how_to_begin(office: Office, size: tuple[int, int]) -> None:
    async with seated(office, size=size) as maya:
        assert maya.ticket is None
        assert_golden(maya.screen, f"queues-empty-{size[0]}x{size[1]}")


async def test_one_starts_at_ones_own_tier(busy: Office) -> None:
    async with seated(busy, "omar") as omar:
        omar.sees("L2 · 1 open")
        await omar.press("9", "1")
        omar.sees("L2 · 1 open")


async def test_the_most_urgent_is_on_top_and_arrows_or_letters_move(busy: Office) -> None:
    async with seated(busy) as maya:
        assert maya.ticket == FORGOTTEN
        await maya.press("j", "down", "k")
        assert maya.ticket == BOUNCED
        await maya.press("G")
        assert maya.ticket == WAITING
        await maya.press("g")
        assert maya.ticket == FORGOTTEN


async def test_the_preview_follows_the_cursor(busy: Office) -> None:
    async with seated(busy) as maya:
        await maya.press("down", "down")
        maya.sees(f"─ #{LATE} [/b] VPN drops", "contoso · Dana Reyes", "Tried [twice].␛[2J")
        maya.sees("resolve clock of L1, P3", "Dana Reyes (from the requester): 5.0.1, as always")
        await maya.press("space")
        maya.sees_no("Dana Reyes")
        await maya.press("down", "space")
        maya.sees(f"─ #{maya.ticket} ")


async def test_what_is_known_of_a_ticket_stays_beside_it_while_colleagues_work(busy: Office) -> None:
    desk = busy.desk("ravi")
    desk.ownership.put(Component("vpn", owners=("engineering",)))
    async with seated(busy) as maya:
        await maya.press("down", "down")
        await maya.comes("vpn: Engineering")
        desk.tickets.note(FRESH, "another ticket")
        await maya.wait_a_look()
        maya.sees("vpn: Engineering")
        desk.ownership.set_owners("vpn", ["second-line"])
        await maya.wait_a_look()
        await maya.comes("vpn: Second")


async def test_every_queue_is_two_keys_away(busy: Office) -> None:
    async with seated(busy) as maya:
        await maya.press("]")
        maya.sees("─ L2 · 1 open")
        await maya.press("[", "[")
        maya.sees("─ Hand-offs · 0 open")
        await maya.press("[")
        maya.sees("─ Unowned · 0 open")
        await maya.press("[")
        maya.sees("─ Bouncing · 1 open")
        assert maya.ticket == BOUNCED
        await maya.press("left", "G", "k", "k", "k", "enter", "down")
        maya.sees("─ Graveyard · 1 open")
        assert maya.ticket == FORGOTTEN


@pytest.mark.parametrize(
    ("digit", "queue"), [("6", "Mine"), ("7", "Unassigned"), ("8", "Waiting"), ("9", "Late"), ("0", "Stale")]
)
async def test_queues_have_a_number_key_that_stands_beside_them(busy: Office, digit: str, queue: str) -> None:
    async with seated(busy) as maya:
        maya.sees(f"{digit} {queue}")
        await maya.press(digit)
        maya.sees(f"─ {queue} · ")


async def test_a_saved_queue_gets_the_first_number_key(busy: Office) -> None:
    busy.desk().queues.save("Mail [bold]", "mail")
    async with seated(busy) as maya:
        maya.sees("6 Mail [bold]", "7 Unassigned")
        await maya.press("6")
        maya.sees("─ Mail [bold] · 1 open", "␛]52;c;eA==␇ mail is slow")


async def test_the_mouse_does_what_the_keys_do(busy: Office) -> None:
    async with seated(busy) as maya:
        await maya.click("Waiting  ")
        maya.sees("─ Waiting · 1 open")
        await maya.click("L1  ")
        await maya.click("host [web01] down")
        assert maya.ticket == BOUNCED
        await maya.click("host [web01] down")
        maya.sees("Workbench · #1005")


async def test_the_wheel_scrolls_the_tickets(office: Office) -> None:
    for number in range(60):
        office.open(f"printer {number}")
    async with seated(office, size=SMALL) as maya:
        tickets = maya.app.screen.query_one("#tickets")
        for _ in range(5):
            tickets.post_message(MouseScrollDown(tickets, 5, 5, 0, 0, 0, False, False, False))
        await maya.press("shift")
        maya.sees_no("printer 9 ")
        assert maya.ticket == 1001


async def test_clocks_tick_though_nobody_does_anything(busy: Office) -> None:
    async with seated(busy) as maya:
        await maya.press("G", "k")
        assert maya.ticket == FRESH
        maya.sees("15m left")
        await maya.wait_a_look(seconds=61)
        maya.sees("13m left", "1 min used")
        await maya.wait_a_look(minutes=14)
        maya.sees("1s over", "⚠ 8 late")
        assert maya.ticket == FRESH


async def test_colour_says_again_what_words_say(busy: Office) -> None:
    async with seated(busy) as maya:
        late, fresh, paused = (maya.style_of(words) for words in ("m over", "15m left", "❚❚ requester"))
        assert late.bold
        assert not fresh.bold
        assert late.color == maya.style_of("⚠").color
        assert len({late.color, fresh.color, paused.color}) == 3


async def test_anothers_change_appears_and_the_cursor_stays_on_its_ticket(busy: Office) -> None:
    async with seated(busy) as maya:
        await maya.press("down", "down", "down")
        mine = maya.ticket
        busy.desk("ravi").tickets.resolve(LATE)
        urgent = busy.open("Checkout is down [P1]", who="ravi")
        await maya.wait_a_look(seconds=1)
        maya.sees("Checkout is down [P1]")
        maya.sees_no("VPN drops")
        assert maya.ticket == mine
        busy.desk("ravi").tickets.note(urgent.ref, "seen")
        assert mine is not None
        busy.desk("ravi").tickets.resolve(mine)
        await maya.wait_a_look(seconds=1)
        assert maya.ticket not in (None, mine)


async def test_a_queue_saved_in_another_session_leaves_the_cursor_on_its_queue(busy: Office) -> None:
    async with seated(busy) as maya:
        await maya.press("0")
        busy.desk("ravi").queues.save("Pears", "pear")
        busy.desk().queues.save("Apples", "apple")
        await maya.wait_a_look(seconds=1)
        maya.sees("6 Apples", "7 Unassigned", "─ Stale · ")
        maya.sees_no("Pears")
        await maya.press("[")
        maya.sees("─ Late · ")


async def test_sorting_goes_round_and_keeps_the_cursor(busy: Office) -> None:
    async with seated(busy) as maya:
        await maya.press("down", "down")
        for order in (
            *("age, oldest first", "last touch, latest first", "number, newest first", "subject", "team"),
            *("who, nobody first", "priority", "hops, most first", "urgency"),
        ):
            await maya.press("S")
            maya.sees(f"by {order}")
            assert maya.ticket == LATE
        await maya.press("B")
        maya.sees("by hops, most first")


async def test_a_click_on_a_title_sorts_and_another_turns_round(busy: Office) -> None:
    async with seated(busy) as maya:
        await maya.click("Subject")
        await maya.press("g")
        maya.sees("by subject ─")
        first = maya.ticket
        await maya.click("Subject")
        await maya.press("G")
        maya.sees("by subject, from Z")
        assert maya.ticket == first
        await maya.press("R")
        maya.sees("by subject ─")


async def test_a_click_on_what_burns_shows_its_tickets(busy: Office) -> None:
    async with seated(busy) as maya:
        await maya.click("late  ☠")
        maya.sees("─ Late · 4 open")
        await maya.click("graveyard")
        maya.sees("─ Graveyard · 1 open")
        await maya.click("unanswered")
        maya.sees("─ Unanswered · ")


async def test_a_click_on_a_hint_presses_its_key_also_out_of_the_filter(office: Office) -> None:
    office.desk().ownership.put(Component("mail", owners=("second-line",)))
    office.open("Mail is slow", component="mail")
    async with seated(office) as maya:
        await maya.press("slash", *"slow")
        await maya.comes("press o")
        await maya.click("press o")
        maya.sees("─ Whose is #1001")


async def test_each_title_sorts_by_what_one_looks_for_there(busy: Office) -> None:
    busy.desk().ownership.put(Component("mail", owners=("second-line",)))
    async with seated(busy, size=(200, 40)) as maya:
        await maya.press("v")
        for title in ("Team", *UNUSUAL):
            await maya.click(f"[ ] {title}")
        await maya.press("enter", "S", "S")
        for title, order in BY.items():
            await maya.click(title if title != "P" else "P  Clock")
            maya.sees(f"by {ORDERS[order][0]} ─")


async def test_order_and_columns_are_remembered_per_queue(busy: Office) -> None:
    async with seated(busy) as maya:
        await maya.press("S", "v")
        maya.sees("─ Columns of L1", "[x] P", "[ ] Contact", "esc Close", "space Tick")
        maya.sees_no("t Take")
        await maya.press("space", "k", "k", "space", "escape")
        maya.sees("Contact", "by age, oldest first", "# Clock")
        await maya.press("]")
        maya.sees("# P  Clock", "by urgency")
    async with seated(busy) as maya:
        maya.sees("Contact", "by age, oldest first", "# Clock")


async def test_hidden_tickets_stay_away_until_they_are_wanted_again(busy: Office) -> None:
    async with seated(busy) as maya:
        await maya.press("H")
        maya.sees("1 hidden, U shows them")
        maya.sees_no("Badge printer of the old")
        await maya.press("slash", *"badge")
        maya.sees("/ badge · 0 found")
        await maya.press("escape", "H", "U")
        maya.sees("Badge printer of the old")
        maya.sees_no("hidden")


async def test_empty_queues_say_so_and_what_to_do_next(busy: Office) -> None:
    async with seated(busy, "lena") as lena:
        await lena.press("6")
        lena.sees("You have no ticket.", "Press [ or ] for another queue.")
        await lena.click("engineering")
        lena.sees("Nobody waits in engineering.")


@pytest.mark.parametrize("width", [36, 50, 72, 100, 200])
async def test_no_width_cuts_the_number_the_clock_or_what_burns(busy: Office, width: int) -> None:
    async with seated(busy, size=(width, 20)) as maya:
        maya.sees("1001 P3", "98d over", "⚠ 4 late", "Badge")
        assert all(cell_len(line) <= width for line in maya.screen.splitlines())


async def test_where_there_is_room_for_one_list_only_they_take_turns(busy: Office) -> None:
    async with seated(busy, size=(50, 12)) as maya:
        maya.sees_no("Unassigned")
        await maya.press("left", "j")
        maya.sees("Queues", "frontline", "1 late")
        maya.sees_no("Subject")
        await maya.press("enter")
        maya.sees("─ L2 · 1 open", "[@click=app.quit]")


async def test_a_window_too_small_says_so_until_it_grows(busy: Office) -> None:
    async with seated(busy, size=(20, 5)) as maya:
        maya.sees("window is too")
        await maya.press("down", "enter", "escape", "]", "[", "question_mark", "question_mark")
        await maya.resize(80, 24)
        await maya.press("down")
        assert maya.ticket == BOUNCED
        maya.sees(f"─ #{BOUNCED}")


async def test_an_error_is_told_as_text_and_ends_nothing(busy: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    async with seated(busy) as maya:
        await _fail_to_find(maya, monkeypatch)
        maya.sees("no [/b] queue; ␛ try [another]")
        await maya.press("down")
        assert maya.ticket == BOUNCED


async def _fail_to_find(seat: Seat, monkeypatch: pytest.MonkeyPatch) -> None:
    def find(_: object, name: str) -> None:
        raise Refused("no [/b] queue", "\x1b try [another]")

    with monkeypatch.context() as patched:
        patched.setattr("workbench.queues.service.QueueService.find", find)
        await seat.press("]")
