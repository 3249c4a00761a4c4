"""What is exported comes back the same, and no spreadsheet runs it."""

import csv
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from workbench.intake.columns import map_columns
from workbench.intake.export import COLUMNS, write_csv, write_json
from workbench.intake.records import TicketRecord, records
from workbench.intake.tables import open_table
from workbench.tickets.vocabulary import Impact, Priority, State, Urgency, WaitingFor

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)

TICKET: dict[str, Any] = {
    "ref": 1042,
    "external": None,
    "subject": "=HYPERLINK(1)",
    "body": "@all: +49 30, it says:\n-1",
    "state": "waiting",
    "waiting": {"for": "vendor", "reason": "-carrier", "until": "2026-12-01T09:00:00Z"},
    "tier": "L1",
    "team": "frontline",
    "assignee": "maya",
    "priority": "P2",
    "impact": "team",
    "urgency": "hampered",
    "client": "contoso",
    "contact": "Dana Reyes",
    "component": None,
    "tags": ["new laptop"],
    "opened_at": "2026-11-20T09:00:00Z",
    "resolved_at": None,
    "closed_at": None,
    "hops": 1,
    "bounces": 0,
    "reopens": 0,
}

RECORD = TicketRecord(
    row=0,
    subject="=HYPERLINK(1)",
    number=1042,
    body="@all: +49 30, it says:\n-1",
    state=State.WAITING,
    waiting_for=WaitingFor.VENDOR,
    waiting_reason="-carrier",
    waiting_until=datetime(2026, 12, 1, 9, tzinfo=UTC),
    priority=Priority.P2,
    impact=Impact.TEAM,
    urgency=Urgency.HAMPERED,
    client="contoso",
    contact="Dana Reyes",
    team="frontline",
    tier="L1",
    assignee="maya",
    tags=("new laptop",),
    opened_at=datetime(2026, 11, 20, 9, tzinfo=UTC),
)


@pytest.mark.parametrize("ending", ["csv", "json"])
def test_exported_tickets_come_back(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"tickets.{ending}"
    quiet = TICKET | {"waiting": None, "state": "open", "tags": []}
    with path.open("w", encoding="utf-8", newline="") as file:
        assert {"csv": write_csv, "json": write_json}[ending]([TICKET, quiet], file) == 2
    table = open_table(path)
    mapping = map_columns(table.names)
    first, second = records(table, mapping, now=NOW, zone=UTC)
    assert mapping.notes == ()
    assert first == RECORD._replace(row=first.row if isinstance(first, TicketRecord) else 0)
    assert isinstance(second, TicketRecord)
    assert (second.state, second.waiting_for, second.tags) == (State.OPEN, None, ())


@pytest.mark.parametrize("ending", ["csv", "json"])
@pytest.mark.parametrize("text", ["'+49 30 1234' cannot be dialled", "'=x", "''=x", "'@x", "=x", "'plain'"])
def test_text_that_begins_with_a_quote_comes_back_the_same(tmp_path: Path, ending: str, text: str) -> None:
    path = tmp_path / f"tickets.{ending}"
    with path.open("w", encoding="utf-8", newline="") as file:
        told = TICKET | {"subject": text, "body": text, "component": text, "tags": [text, "vip"]}
        {"csv": write_csv, "json": write_json}[ending]([told], file)
    table = open_table(path)
    (back,) = records(table, map_columns(table.names), now=NOW, zone=UTC)
    assert isinstance(back, TicketRecord)
    assert (back.subject, back.body, back.component, back.tags) == (text, text, text, (text, "vip"))


def test_no_cell_can_be_run(tmp_path: Path) -> None:
    path = tmp_path / "tickets.csv"
    hostile = {column: f"{'=+-@'[place % 4]}cmd" for place, column in enumerate(COLUMNS)}
    with path.open("w", newline="") as file:
        write_csv([hostile | {"tags": ["@vip", "=x"]}], file)
    with path.open(newline="") as file:
        _, cells = csv.reader(file)
    assert all(cell.startswith("'") for cell in cells)


def test_json_keeps_control_characters_escaped(tmp_path: Path) -> None:
    path = tmp_path / "tickets.json"
    with path.open("w") as file:
        write_json([{"subject": "\x1b]52;c\x07"}], file)
    assert "\x1b" not in path.read_text()
    assert json.loads(path.read_text()) == [{"subject": "\x1b]52;c\x07"}]


def test_nothing_to_export_is_an_empty_table(tmp_path: Path) -> None:
    path = tmp_path / "tickets.json"
    with path.open("w") as file:
        write_json([], file)
    assert json.loads(path.read_text()) == []
