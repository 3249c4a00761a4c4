"""Rows of an export as typed ticket records."""

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.errors import InvalidInput
from workbench.intake.cells import guarded, joined, split, unguarded
from workbench.intake.columns import map_columns
from workbench.intake.dates import DayOrder
from workbench.intake.records import Checker, TicketRecord, records
from workbench.intake.rows import RowFault
from workbench.intake.tables import open_table
from workbench.tickets.vocabulary import Impact, Priority, State, Urgency, WaitingFor

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


def record(**cells: str) -> TicketRecord | RowFault:
    cells = {"subject": "VPN drops"} | cells
    return Checker(map_columns(list(cells)), now=NOW, zone=UTC).checked(2, list(cells.values()))


def good(**cells: str) -> TicketRecord:
    found = record(**cells)
    assert isinstance(found, TicketRecord), found
    return found


def test_every_field_is_read() -> None:
    assert good(
        ref="#1042",
        external="INC1",
        body=" It does.\n",
        state="On Hold",
        waiting_for="vendor",
        waiting_reason="carrier ticket 77",
        waiting_until="2026-12-01T09:00:00Z",
        priority="2 - High",
        impact="a team",
        urgency="blocked",
        client="Contoso",
        contact=" Dana Reyes ",
        team="First line",
        tier="L1",
        assignee="maya",
        component="vpn-gateway",
        tags="vip;new laptop",
        opened_at="2026-11-20 09:00",
        resolved_at="",
        closed_at="-",
    ) == TicketRecord(
        row=2,
        subject="VPN drops",
        number=1042,
        external="INC1",
        body=" It does.\n",
        state=State.WAITING,
        waiting_for=WaitingFor.VENDOR,
        waiting_reason="carrier ticket 77",
        waiting_until=datetime(2026, 12, 1, 9, tzinfo=UTC),
        priority=Priority.P2,
        impact=Impact.TEAM,
        urgency=Urgency.BLOCKED,
        client="Contoso",
        contact="Dana Reyes",
        team="First line",
        tier="L1",
        assignee="maya",
        component="vpn-gateway",
        tags=("vip", "new laptop"),
        opened_at=datetime(2026, 11, 20, 9, tzinfo=UTC),
    )


def test_what_the_file_does_not_say_is_none() -> None:
    assert good() == TicketRecord(2, "VPN drops")
    assert good(assignee="Unassigned", team="-", priority="none", state="") == TicketRecord(2, "VPN drops")


def test_the_word_for_waiting_tells_for_whom_and_why() -> None:
    found = good(status="Waiting for third party")
    assert (found.state, found.waiting_for, found.waiting_reason) == (
        State.WAITING,
        WaitingFor.VENDOR,
        "Waiting for third party",
    )


def test_all_faults_of_a_row_are_told_at_once_with_what_is_allowed() -> None:
    found = record(Status="Foo", Priority="Bar", Created="yesterday")
    assert isinstance(found, RowFault)
    assert found.number == 2
    for part in (
        "Status: 'Foo' is no known state; use new, open",
        "Priority: 'Bar'",
        "P1, P2, P3, P4",
        "Created: 'yesterday'",
    ):
        assert part in found.reason


@pytest.mark.parametrize("subject", ["", "  ", "\t"])
def test_a_ticket_without_a_subject_is_told(subject: str) -> None:
    assert str(record(subject=subject)) == "row 2: has no subject"


@pytest.mark.parametrize("number", ["INC1", "0", "-1", "9" * 16, "²"])
def test_a_reference_is_a_number(number: str) -> None:
    assert isinstance(record(ref=number), RowFault)


def test_dates_of_the_future_and_ends_before_their_beginning_cannot_be_used() -> None:
    found = record(opened_at="2026-11-21 11:00", resolved_at="2026-11-21 10:00", closed_at="2031-01-01")
    assert str(found) == (
        "row 2: resolved_at 2026-11-21T10:00:00Z is before the opening, 2026-11-21T11:00:00Z;"
        " closed_at 2031-01-01T00:00:00Z is in the future"
    )
    assert str(record(opened_at="2031-01-01")) == "row 2: opened_at 2031-01-01T00:00:00Z is in the future"
    assert good(opened_at="2026-11-21 11:00", resolved_at="2026-11-21 11:00").resolved_at is not None


def test_a_local_time_that_stands_never_or_twice_is_told_with_what_it_was_read_as() -> None:
    checker = Checker(map_columns(["Subject", "Created"]), now=NOW, zone=ZoneInfo("Europe/Berlin"))
    found = [
        checker.checked(2, ["VPN drops", at])
        for at in ("2026-03-29 02:30", "2026-10-25 02:30", "2026-10-25T02:30+01:00", "2026-10-25 03:00")
    ]
    assert [each.doubts for each in found if isinstance(each, TicketRecord)] == [
        ("'2026-03-29 02:30' stands never on the clock of Europe/Berlin; it is read as 2026-03-29T01:30:00Z",),
        ("'2026-10-25 02:30' stands twice on the clock of Europe/Berlin; it is read as 2026-10-25T00:30:00Z",),
        (),
        (),
    ]


def test_a_whole_file_with_an_order_found_over_all_rows(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_text("Subject,Created\nA,03/04/2026 09:00\nB,oops\nC,25/04/2026 09:00\n")
    table = open_table(path)
    berlin = ZoneInfo("Europe/Berlin")
    first, second, _ = records(table, map_columns(table.names), now=NOW, zone=berlin)
    assert isinstance(first, TicketRecord)
    assert first.opened_at == datetime(2026, 4, 3, 7, tzinfo=UTC)
    assert isinstance(second, RowFault)


def test_an_order_nobody_can_tell_is_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_text("Subject,Created\nA,03/04/2026 09:00\n")
    table = open_table(path)
    mapping = map_columns(table.names)
    with pytest.raises(InvalidInput, match="say --day-first or --month-first"):
        list(records(table, mapping, now=NOW, zone=UTC))
    (only,) = records(table, mapping, now=NOW, zone=UTC, order=DayOrder.MONTH_FIRST)
    assert isinstance(only, TicketRecord)
    assert only.opened_at == datetime(2026, 3, 4, 9, tzinfo=UTC)


@pytest.mark.parametrize("text", ["=1+1", "+49 30", "-x", "@maya", "\tx", "\rx", "'=1", "''@x"])
def test_formulas_are_made_harmless_and_come_back(text: str) -> None:
    assert guarded(text) == "'" + text
    assert unguarded(guarded(text)) == text


@given(st.text())
def test_guarding_loses_nothing(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert guarded(text)[:1] not in set("=+-@\t\r")


@pytest.mark.parametrize("tags", [(), ("vip",), ("new laptop",), ("vip", "new laptop")])
def test_lists_come_back_from_one_cell(tags: tuple[str, ...]) -> None:
    assert split(joined(tags)) == tags


def test_lists_of_other_tools() -> None:
    assert split("vpn laptop vpn") == ("vpn", "laptop")
    assert split("new laptop, vpn") == ("new laptop", "vpn")
