"""What is done to tickets from the command line."""

import pytest

from tests.cli.program import Program

LATER = "2026-11-21T09:10:00Z"


def test_a_new_ticket_prints_its_reference(empty: Program) -> None:
    assert empty("ticket", "new", "--subject", "VPN drops").out == "#1001\n"
    told = empty(
        "ticket", "new", "--subject", "Mail", "--body", "text", "--client", "contoso", "--contact", "Dana Reyes",
        "--component", "mail", "--team", "second-line", "--impact", "everyone", "--urgency", "wait", "--json",
    ).json  # fmt: skip
    assert (told["ref"], told["body"], told["tier"], told["team"]) == (1002, "text", "L2", "second-line")
    assert (told["priority"], told["contact"], told["component"]) == ("P2", "Dana Reyes", "mail")
    assert told["opened_at"] == "2026-11-21T09:00:00Z"


def test_blanks_say_nothing(empty: Program) -> None:
    blank = ("--contact", " ", "--component", " ", "--client", "contoso")
    told = empty("ticket", "new", "--subject", "x", *blank, "--json").json
    assert (told["contact"], told["component"]) == (None, None)
    told = empty("ticket", "new", "--subject", "x", "--contact", " Dana ", "--client", "contoso", "--json").json
    assert told["contact"] == "Dana"


def test_a_body_comes_from_stdin_whatever_it_holds(empty: Program) -> None:
    body = b"\xef\xbb\xbfnul \x00 escape \x1b[2J bad \xff\xfe end\n"
    told = empty("ticket", "new", "--subject", "x", "--body", "-", "--json", stdin=body).json
    assert told["body"] == "nul \x00 escape \x1b[2J bad \ufffd\ufffd end\n"
    large = b"a" * 1_000_000
    assert len(empty("ticket", "new", "--subject", "x", "--body", "-", "--json", stdin=large).json["body"]) == 1_000_000
    too_large = empty("ticket", "new", "--subject", "x", "--body", "-", stdin=b"a" * 1_000_001, status=1)
    assert "; write at most 1,000,000\n" in too_large.err


def test_what_is_missing_or_unknown_when_a_ticket_is_opened(empty: Program) -> None:
    empty("ticket", "new", status=2)
    empty("ticket", "new", "--subject", " ", status=1)
    assert "did you mean contoso?" in empty("ticket", "new", "--subject", "x", "--client", "contosso", status=1).err
    assert "did you mean frontline?" in empty("ticket", "new", "--subject", "x", "--team", "frontlin", status=1).err
    assert "one, team, client, everyone" in empty("ticket", "new", "--subject", "x", "--impact", "all", status=2).err
    assert empty("ticket", "list", "--json").json == []


def test_taking_and_assigning(workbench: Program) -> None:
    assert workbench("ticket", "take", "#1001").out == "#1001 taken\n"
    assert workbench("ticket", "take", "1001", "--json").json["assignee"] == "maya"
    assert "ravi has #1002 already" in workbench("ticket", "take", "1002", status=1).err
    assert workbench("ticket", "assign", "1002", "nobody", "--json").json["assignee"] is None
    assert "did you mean ravi?" in workbench("ticket", "assign", "1002", "rabi", status=1).err


def test_a_comment_is_public_and_a_note_is_not(workbench: Program) -> None:
    workbench("ticket", "comment", "1001", "on it")
    workbench("ticket", "note", "1001", "-", stdin=b"looks like the carrier\n")
    told = workbench("ticket", "comment", "1001", "thank you", "--from-requester", "--json").json
    assert [(event["kind"], event["public"]) for event in told["timeline"]] == [
        ("opened", True),
        ("commented", True),
        ("noted", False),
        ("replied", True),
    ]
    workbench("ticket", "comment", "1001", "", status=1)


def test_priority_and_move(workbench: Program) -> None:
    assert workbench("ticket", "priority", "1001", "p1", "--reason", "the boss", "--json").json["priority"] == "P1"
    workbench("ticket", "priority", "1001", "P9", "--reason", "x", status=2)
    workbench("ticket", "priority", "1001", "P2", status=2)
    told = workbench("ticket", "move", "1001", "second-line", "--reason", "theirs", "--json").json
    assert (told["team"], told["tier"], told["hops"]) == ("second-line", "L2", 1)
    workbench("ticket", "take", "1001")
    refused = workbench("ticket", "move", "1001", "frontline", "--reason", "x", status=1).err
    assert "hand-off" in refused


@pytest.mark.parametrize(
    ("until", "stored"),
    [
        ("2026-11-22T09:00:00Z", "2026-11-22T09:00:00Z"),
        ("2026-11-22T09:00:00+01:00", "2026-11-22T08:00:00Z"),
        ("2026-11-22T09:00", "2026-11-22T08:00:00Z"),
        ("2027-07-01 09:00", "2027-07-01T07:00:00Z"),
        ("2026-11-22", "2026-11-21T23:00:00Z"),
    ],
)
def test_a_wake_up_is_an_instant_or_a_time_of_the_workbench(workbench: Program, until: str, stored: str) -> None:
    wait = ("ticket", "wait", "1001", "--for", "change", "--reason", "window", "--until")
    assert workbench(*wait, until, "--json").json["waiting"] == {"for": "change", "reason": "window", "until": stored}
    assert "is past" in workbench(*wait, "2026-11-21T08:00:00Z", status=1).err


@pytest.mark.parametrize("until", ["tomorrow", "2026-13-01", "25:00", ""])
def test_what_is_no_wake_up_names_the_form(workbench: Program, until: str) -> None:
    said = workbench("ticket", "wait", "1001", "--for", "vendor", "--reason", "x", "--until", until, status=2).err
    assert "write 2026-11-21, 2026-11-21T09:00, or" in said
    assert said.count("2026-11-21T") == 2


def test_a_word_that_is_none_of_few_is_told_with_those_there_are_as_they_are_written(workbench: Program) -> None:
    said = workbench("ticket", "priority", "1001", "P9", "--reason", "x", status=2).err
    assert "'P9' is not one of P1, P2, P3, P4; see" in said
    assert workbench("ticket", "priority", "1001", "p2", "--reason", "x", "--json").json["priority"] == "P2"


def test_waiting_ends(workbench: Program) -> None:
    assert workbench("ticket", "resume", "1003").out == "#1003 open again\n"
    workbench("ticket", "resume", "1003", status=1)
    workbench("ticket", "wait", "1003", "--for", "weather", "--reason", "x", status=2)
    workbench("ticket", "wait", "1003", "--for", "vendor", status=2)


def test_resolving_closing_and_reopening(workbench: Program) -> None:
    workbench("ticket", "close", "1001", status=1)
    told = workbench("ticket", "resolve", "1001", "--cause", "old", "--fix", "new", "--one-off", "moved", "--json").json
    assert (told["state"], told["stage"], told["assignee"]) == ("resolved", "done", "maya")
    assert workbench("ticket", "close", "1001", "--json").json["state"] == "closed"
    assert workbench("ticket", "reopen", "1001", "--reason", "again", "--json").json["reopens"] == 1
    workbench("ticket", "reopen", "1001", "--reason", "again", status=1)


def test_take_next(workbench: Program) -> None:
    assert workbench("take-next").out == "#1001\n"
    assert "nothing to take" in workbench("take-next", status=1).err
    assert "nothing to take" in workbench("take-next", "L2", status=1).err
    workbench("ticket", "assign", "1001", "nobody")
    assert workbench("take-next", "frontline", "--json").json["assignee"] == "maya"


def test_undo(workbench: Program) -> None:
    workbench("ticket", "take", "1001", at=LATER)
    assert workbench("undo", at=LATER).out == "took back: taken #1001\n"
    workbench("ticket", "take", "1001", at=LATER)
    told = workbench("undo", "--json", at=LATER).json
    assert (told["ref"], told["assignee"], told["state"]) == (1001, None, "new")
    workbench("ticket", "comment", "1001", "read", at=LATER)
    assert "was read" in workbench("undo", status=1, at=LATER).err


def test_who_writes_must_be_a_person_of_the_setup(workbench: Program) -> None:
    stranger = Program(workbench.file, "nobody-knows")
    for act in (
        ("ticket", "take", "1001"),
        ("take-next", "L1"),
        ("undo",),
        ("queue", "save", "mine", "printer"),
        ("ticket", "new", "--subject", "x"),
    ):
        assert "is no person of this workbench" in stranger(*act, status=1).err
    assert len(stranger("queue", "L1", "--json").json) == 3


def test_nothing_is_written_before_a_tickets_last_event(workbench: Program) -> None:
    refused = workbench("ticket", "take", "1001", at="2026-11-21T07:00:00Z", status=1).err
    assert "write at a later instant" in refused
