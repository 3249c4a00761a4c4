"""What the reading commands print, as text and as JSON."""

import pytest

from tests.cli.conftest import HOSTILE
from tests.cli.program import Program

# fmt: off
LINE_FIELDS = {
    "ref", "external", "subject", "state", "waiting", "tier", "team", "assignee", "priority", "impact", "urgency",
    "client", "contact", "component", "tags", "opened_at", "resolved_at", "closed_at", "stage", "clock", "due_at",
    "used", "remaining_s", "age_s", "age_in_queue_s", "age_since_progress_s", "untouched_s", "unanswered_since",
    "hops", "bounces", "reopens", "version",
}
# fmt: on
TICKET_FIELDS = LINE_FIELDS | {"body", "clocks", "timeline", "stays"}
CLOCK_FIELDS = {"name", "state", "target_s", "used_s", "remaining_s", "paused_s", "due_at"}
EVENT_FIELDS = {"seq", "at", "who", "kind", "public", "text", "before", "after", "undoes"}
# fmt: off
QUEUE_FIELDS = {
    "name", "kind", "open", "fresh", "aging", "due", "late", "paused", "none", "unassigned", "graveyard", "oldest_s",
}
# fmt: on


def test_queues_tell_how_full_they_are(workbench: Program) -> None:
    queues = {queue["name"]: queue for queue in workbench("queues", "--json").json}
    assert all(set(queue) == QUEUE_FIELDS for queue in queues.values())
    assert queues["L1"]["open"] == 3
    assert queues["L1"]["late"] == 1
    assert queues["L1"]["paused"] == 1
    assert queues["L1"]["oldest_s"] == 3600
    assert queues["L2"]["oldest_s"] is None
    assert queues["Waiting"]["kind"] == "smart"


def test_queues_as_a_table_fit_the_screen(workbench: Program) -> None:
    lines = workbench("queues").lines
    assert " ".join(lines[0].split()) == "QUEUE OPEN FRESH AGING DUE LATE PAUSED FREE GRAVE OLDEST"
    assert " ".join(lines[1].split()) == "L1 3 1 0 0 1 1 2 0 1h"
    assert max(map(len, lines)) <= 80


def test_a_queue_stands_in_urgency_order(workbench: Program) -> None:
    lines = workbench("queue", "L1", "--json").json
    assert [line["ref"] for line in lines] == [1001, 1002, 1003]
    assert all(set(line) == LINE_FIELDS for line in lines)
    assert lines[2]["waiting"] == {"for": "vendor", "reason": "carrier ticket 77", "until": "2026-11-22T23:00:00Z"}
    assert [line["ref"] for line in workbench("queue", "l1", "--limit", "2", "--json").json] == [1001, 1002]
    assert workbench("queue", "L2", "--json").json == []


def test_a_filter_shows_a_part_of_a_queue(workbench: Program) -> None:
    refs = {line["ref"] for line in workbench("queue", "L1", "--json").json}
    late = {line["ref"] for line in workbench("queue", "L1", "is:late", "--json").json}
    others = [line["ref"] for line in workbench("queue", "L1", "-is:late", "is:unresolved", "--json").json]
    assert (late | set(others), late & set(others)) == (refs, set())
    assert late
    assert late == {line["ref"] for line in workbench("ticket", "list", "tier:L1", "is:late", "--json").json}
    assert workbench("queue", "L1", "-is:late", "--limit", "1").err == f"{len(others) - 1} more; --limit N shows them\n"
    assert "no tier" in workbench("queue", "L1", "tier:L9", status=1).err


def test_a_queue_as_a_table_shows_the_clock_in_words(workbench: Program) -> None:
    lines = workbench("queue", "L1").lines
    assert lines[1].startswith("#1001  P3  45m over")
    assert "3m left" in lines[2]
    assert "ravi" in lines[2]
    assert "waiting: vendor" in lines[3]
    assert "␛]0;title␇" in lines[1]
    assert "\x1b" not in "".join(lines)


def test_a_list_shows_some_and_says_how_many_more(workbench: Program) -> None:
    answer = workbench("ticket", "list", "--limit", "1")
    assert len(answer.lines) == 2
    assert answer.err == "2 more; --limit N shows them\n"
    for number in range(60):
        workbench("ticket", "new", "--subject", f"Ticket {number}")
    answer = workbench("ticket", "list")
    assert len(answer.lines) == 51
    assert answer.err == "13 more; --limit N shows them\n"
    assert workbench("queue", "L1").err == "13 more; --limit N shows them\n"
    assert len(workbench("ticket", "list", "--json").json) == 63
    assert len(workbench("queue", "L1", "--json").json) == 63


def test_a_long_queue_is_read_page_by_page_in_one_order(workbench: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = workbench("queue", "L1", "--json").json
    monkeypatch.setattr("workbench.cli.queues._PAGE", 2)
    assert workbench("queue", "L1", "--json").json == whole
    assert workbench("queue", "L1", "--json", "--limit", "3").json == whole
    monkeypatch.setattr("workbench.cli.queues._PAGE", 1)
    assert workbench("queue", "L1", "--json", "--limit", "2").json == whole[:2]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["printer"], [1002]),
        (["-is:waiting", "client:contoso"], [1001, 1002]),
        (["-printer", "-payroll"], [1001]),
        (['contact:"dana reyes"'], [1002]),
        (["-phone"], [1001, 1002, 1003]),
        (["who:ravi", "--limit", "5"], [1002]),
    ],
)
def test_a_list_takes_the_filter_as_it_is_typed(workbench: Program, words: list[str], found: list[int]) -> None:
    assert [line["ref"] for line in workbench("ticket", "list", "--json", *words).json] == found


def test_a_list_has_all_states(workbench: Program) -> None:
    workbench("ticket", "resolve", "1002", "--fix", "new roller")
    states = {line["ref"]: line["state"] for line in workbench("ticket", "list", "--json").json}
    assert states == {1001: "new", 1002: "resolved", 1003: "waiting"}
    assert "resolved" in workbench("ticket", "list", "is:resolved").lines[1]


def test_a_mistake_in_a_filter_names_what_is_allowed(workbench: Program) -> None:
    assert "it takes a length of time" in workbench("ticket", "list", "age:", status=1).err
    assert "did you mean tier:" in workbench("ticket", "list", "teir:L1", status=1).err
    assert "'--limt'" in workbench("ticket", "list", "--limt", "3", status=2).err


def test_a_ticket_is_told_whole(workbench: Program) -> None:
    told = workbench("ticket", "show", "#1003", "--json").json
    assert set(told) == TICKET_FIELDS
    assert all(set(clock) == CLOCK_FIELDS for clock in told["clocks"])
    assert all(set(event) == EVENT_FIELDS for event in told["timeline"])
    assert told["stage"] == "paused"
    assert [event["kind"] for event in told["timeline"]] == ["opened", "waited"]
    assert workbench("ticket", "show", "1001", "--json").json["subject"] == HOSTILE


def test_json_holds_nothing_that_a_terminal_obeys(workbench: Program) -> None:
    for command in (("ticket", "show", "1001"), ("ticket", "list"), ("queue", "L1")):
        out = workbench(*command, "--json").out
        assert all(character.isprintable() or character == "\n" for character in out.replace("\u200d", "")), command
        assert "日本語" in out


def test_a_ticket_as_a_page(workbench: Program) -> None:
    workbench("ticket", "comment", "1002", "Which floor?\nWhich room?", at="2026-11-21T09:02:00Z")
    page = workbench("ticket", "show", "1002", at="2026-11-21T09:05:00Z").out
    assert page.startswith("#1002  Printer jams\n\nstate      open\npriority   P1 (impact client, urgency blocked)\n")
    assert "requester  Dana Reyes, contoso\n" in page
    assert "opened     2026-11-21 10:00 CET, 5m ago\n" in page
    assert "respond    " in page
    assert "2026-11-21 10:02 CET  maya  commented to the requester\n    Which floor?\n    Which room?\n" in page
    hostile = workbench("ticket", "show", "1001").out
    assert "    first␛[31m line\n    second line\n" in hostile
    assert "\x1b" not in hostile
    waiting = workbench("ticket", "show", "1003").out
    assert "state      waiting for vendor until 2026-11-23 00:00 CET: carrier ticket 77\n" in waiting
    assert "waited: for vendor until 2026-11-23 00:00 CET\n" in waiting


def test_an_earlier_instant_looks_back(workbench: Program) -> None:
    assert [line["ref"] for line in workbench("ticket", "list", "--json", at="2026-11-21T08:30:00Z").json] == [1001]
    workbench("ticket", "show", "1002", at="2026-11-21T08:30:00Z", status=1)
    workbench("ticket", "take", "1001", at="2026-11-21T10:00:00Z")
    assert workbench("ticket", "show", "1001", "--json").json["assignee"] is None


@pytest.mark.parametrize("at", ["1900-01-01T00:00:00Z", "9998-12-31T23:59:59Z", "0001-01-01T00:00:00+14:00"])
def test_an_instant_that_nothing_is_of_is_told_the_years_there_are(workbench: Program, at: str) -> None:
    day = at[:10]
    wait = ("ticket", "wait", "1001", "--for", "vendor", "--reason", "x", "--until")
    for command in (("queues", "--as-of", at), (*wait, at), (*wait, day)):
        told = workbench(*command, status=2).err
        assert "is out of reach; name an instant from 1970 to 2199" in told, command
        assert day in told, command


def test_why(workbench: Program) -> None:
    assert workbench("why", "1001").out.startswith("#1001 is late: respond clock of L1")
    assert "until 2026-11-23 00:00 CET" in workbench("why", "1003").out
    assert "until 2026-11-23 00:00 CET" in workbench("ticket", "show", "1003").out
    told = workbench("why", "#1001", "--json").json
    assert set(told) == {"ref", "why"}


def test_a_name_that_nothing_has(workbench: Program) -> None:
    assert "did you mean Late?" in workbench("queue", "Lats", status=1).err
    assert "no ticket '7'" in workbench("ticket", "show", "7", status=1).err
    assert "did you mean queues?" in workbench("queuess", status=2).err
    assert "did you mean show?" in workbench("ticket", "shwo", "1", status=2).err


def test_saved_queues(workbench: Program) -> None:
    saved = workbench("queue", "save", "my vendors", "for:vendor", "-printer", "--json").json
    assert set(saved) == QUEUE_FIELDS
    assert saved["open"] == 1
    assert [line["ref"] for line in workbench("queue", "my vendors", "--json").json] == [1003]
    assert workbench("queue", "save", "my vendors", "printer").out == "my vendors\n"
    assert [line["ref"] for line in workbench("queue", "my vendors", "--json").json] == [1002]
    workbench("queue", "save", "L1", "printer", status=1)
    workbench("queue", "save", "save", "printer", status=1)
    workbench("queue", "save", "all", status=1)
    assert [line["ref"] for line in workbench("queue", "L1", "printer", "--json").json] == [1002]
    workbench("queue", status=2)


def test_a_queue_called_like_the_command_can_be_seen(workbench: Program) -> None:
    assert "no queue named 'save'" in workbench("queue", "save", status=1).err


def test_a_list_of_nothing_says_which_word_was_misspelt(workbench: Program) -> None:
    told = workbench("ticket", "list", "secnod")
    assert told.lines == workbench("ticket", "list", "zebra").lines
    assert told.err == "nothing has 'secnod'; did you mean second?\n"
    assert workbench("ticket", "list", "second").err == ""
