"""Error messages, found among the words of a ticket."""

import pytest

from tests.support.offices import Office
from workbench.tickets.messages import LONGEST_LINE, MOST_LINES, error_message, told_message


@pytest.mark.parametrize(
    ("text", "message", "at"),
    [
        ("Hello,\nI get 'Error 502: upstream timed out' here.\nRegards", "Error 502: upstream timed out", ""),
        ("2026-11-20T13:02:11Z mail[7]: refused", "2026-11-20T13:02:11Z mail[7]: refused", "2026-11-20T13:02:11Z"),
        ("At 14:05 it said “Access denied (0x80070005)” and closed", "Access denied (0x80070005)", "14:05"),
        ("it failed somehow\n14:07 ORA-00060: deadlock", "14:07 ORA-00060: deadlock", "14:07"),
        ("the printer is slow\nplease help at 14:05", None, ""),
        ("", None, ""),
        ("error " * 200, None, ""),
    ],
)  # fmt: skip
def test_the_line_that_looks_most_like_an_error_message(text: str, message: str | None, at: str) -> None:
    found = error_message([text])
    assert (found.text if found else None, found.at if found else "") == (message, at)


def test_a_flood_of_lines_is_looked_at_to_a_limit() -> None:
    assert error_message(["nothing\n" * MOST_LINES + "error 502"]) is None
    assert error_message(["x" * (LONGEST_LINE + 1) + "\nerror 502"]) is not None


def test_what_was_taken_back_tells_nothing(office: Office) -> None:
    ref, tickets = office.open("The till stops").ref, office.desk().tickets
    tickets.note(ref, "it says error 502")
    before = told_message(tickets.with_timeline(ref)[1])
    tickets.undo()
    assert (before and before.text, told_message(tickets.with_timeline(ref)[1])) == ("it says error 502", None)
