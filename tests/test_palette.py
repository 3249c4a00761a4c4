"""What ctrl+p finds."""

import pytest

from tests.support.busy import BOUNCED, FRESH, LATE
from tests.support.driver import seated
from tests.support.offices import Office
from workbench.palette import fits


async def test_it_begins_with_what_the_footer_names_and_does_it(busy: Office) -> None:
    async with seated(busy) as maya:
        await maya.press("ctrl+p")
        maya.sees("Take Make it mine  t", "Filter Filter by words and fields as you type  /")
        maya.sees_no("Screenshot", "To the row above")
        await maya.press(*"make it mine", "enter")
        maya.sees("taken by maya")


def test_what_is_called_so_fits_better_than_what_only_begins_so() -> None:
    assert fits("take", "Take", "Make it mine") > fits("take", "Take next", "The next of this queue")


@pytest.mark.parametrize("typed", ["esclate", "escallate", "ezcalate", "ecsalate", "esclat", "escalate tickte"])
def test_one_slip_in_a_word_of_the_name_is_forgiven(typed: str) -> None:
    assert 0 < fits(typed, "Escalate ticket", "Hand it off") < fits("hand", "Escalate ticket", "Hand it off")


@pytest.mark.parametrize("typed", ["ecs", "eclste", "hnad", "scalate", "escalate zzzz"])
def test_two_slips_short_words_and_other_first_letters_are_not(typed: str) -> None:
    assert not fits(typed, "Escalate ticket", "Hand it off")


async def test_every_action_is_found_with_its_keys(busy: Office) -> None:
    async with seated(busy) as maya:
        await maya.press("ctrl+p", *"sort by urg")
        maya.sees("Sort Sort by the next order or column shown  S")
        await maya.press("enter")
        maya.sees("by age, oldest first")


async def test_a_ticket_is_found_by_its_number(busy: Office) -> None:
    async with seated(busy) as maya:
        await maya.press("ctrl+p", *f"#{BOUNCED}")
        maya.sees(f"#{BOUNCED} host [web01] down  contoso frontline")
        await maya.press("enter")
        maya.sees(f"─ #{BOUNCED} host [web01] down")


async def test_tickets_are_found_by_words_whatever_is_written_in_them(busy: Office) -> None:
    async with seated(busy) as maya:
        await maya.press("ctrl+p", *"mail")
        maya.sees("␛]52;c;eA==␇ mail is slow")
        await maya.press(*["backspace"] * 4, *"vpn")
        maya.sees(f"#{LATE} [/b] VPN drops")
        await maya.press("enter")
        maya.sees(f"─ #{LATE} [/b] VPN drops")


async def test_queues_are_found_by_name_and_title(busy: Office) -> None:
    busy.desk().queues.save("Mail [bold]", "mail")
    async with seated(busy) as maya:
        await maya.press("enter", "ctrl+p", *"bold")
        maya.sees("Queue Mail [bold]  saved")
        await maya.press("enter")
        maya.sees("─ Mail [bold] · 1 open")


async def test_a_person_opens_the_list_of_their_tickets(busy: Office) -> None:
    async with seated(busy) as maya:
        await maya.press("ctrl+p", *"ravi")
        maya.sees("Person ravi  Ravi")
        await maya.press("enter")
        maya.sees("─ tickets of ravi · 1 open")
        assert maya.ticket == LATE
        await maya.press("1")
        maya.sees("─ L1 · 8 open")
        assert maya.ticket != FRESH
