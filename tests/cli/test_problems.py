"""Problems on the command line."""

from dataclasses import replace

import pytest

from tests.cli.conftest import HOSTILE
from tests.cli.program import Program
from tests.cli.test_handoff_refusals import send

NEW = ("problem", "new", "--title", HOSTILE, "--word", "502", "--workaround", "log in again", "--answer", "Fixed.")


def opened(program: Program, subject: str) -> str:
    return program("ticket", "new", "--subject", subject, "--client", "contoso").out.strip()


def test_a_problem_is_written_tried_linked_and_fixed(empty: Program) -> None:
    first, second = opened(empty, "Shop 502"), opened(empty, "502 again")
    assert empty("problem", "try", "--word", "502", "--json").json == {
        "matched": [1002, 1001],
        "linked": [],
        "tried": 2,
    }
    assert empty(*NEW).out == "PRB-1\n"
    third = opened(empty, "502 a third time")
    empty("problem", "link", "1", first)
    empty("problem", "link", "1", third)
    shown = empty("problem", "show", "1", "--json").json
    assert [each["ref"] for each in shown["tickets"]] == [1003, 1001]
    assert [each["ref"] for each in shown["matching_tickets"]] == [1002]
    assert (shown["linked"], shown["unresolved"], shown["matching"], shown["state"]) == (2, 2, 1, "known")
    assert empty("problem", "fixed", "1", "--fix", "longer tokens", "--dry-run").lines[0] == (
        "PRB-1: 2 would be told and resolved"
    )
    assert empty("ticket", "show", first, "--json").json["state"] == "new"
    assert empty("problem", "fixed", "1", "--fix", "longer tokens", "--json").json["state"] == "fixed"
    states = [empty("ticket", "show", ref, "--json").json["state"] for ref in (first, second, third)]
    assert states == ["resolved", "new", "resolved"]


def test_a_fix_that_nobody_is_told_of_says_so(empty: Program) -> None:
    empty("problem", "new", "--title", "Tokens", "--word", "502")
    empty("problem", "link", "1", opened(empty, "Shop 502"))
    fix = ("problem", "fixed", "1", "--fix", "longer tokens")
    assert empty(*fix, "--dry-run").lines[0] == (
        "PRB-1: 1 would be resolved; nobody would be told, since there is no answer (`--answer` says one)"
    )
    assert empty(*fix, "--dry-run", "--answer", "Fixed.").lines[0] == "PRB-1: 1 would be told and resolved"
    assert empty(*fix).lines[0] == (
        "PRB-1: 1 resolved; nobody was told, since there is no answer (`--answer` says one)"
    )


def test_undo_takes_a_change_of_a_problem_back(empty: Program) -> None:
    opened(empty, "Shop 502")
    empty("problem", "new", "--title", "Tokens", "--word", "502")
    for title in ("Shop [/b]", "Door"):
        empty("problem", "change", "1", "--title", title)
    assert empty("undo", "--json").json["title"] == "Shop [/b]"
    assert empty("undo").lines == ["took back: changed PRB-1"]
    assert empty("problem", "show", "1", "--json").json["title"] == "Tokens"
    assert "PRB-1 was written down and keeps its number" in empty("undo", status=1).err


def test_what_a_problem_says_is_harmless_as_text(empty: Program) -> None:
    empty(*NEW)
    opened(empty, "502 " + HOSTILE)
    for told in (empty("problem", "list"), empty("problem", "show", "1")):
        assert "\x1b" not in told.out
        assert "[/b]" in told.out


def test_a_problem_is_changed_where_it_is_named(empty: Program) -> None:
    empty(*NEW)
    changed = empty(
        "problem", "change", "1", "--word", "504", "--cause", "tokens", "--expected", "2026-11-22", "--json"
    )
    assert changed.json["rule"]["words"] == ["504"]
    assert (changed.json["cause"], changed.json["workaround"]) == ("tokens", "log in again")
    assert changed.json["expected_at"] == "2026-11-21T23:00:00Z"
    assert empty("problem", "under-way", "1", "--json").json["state"] == "under_way"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("new", "--title", "x"), "match everything"),
        (("new", "--title", "x", "--pattern", ".*"), "matches everything"),
        (("new", "--title", "x", "--pattern", "(a"), "no regular expression"),
        (("show", "7"), "no problem 7"),
        (("link", "1", "#1001"), "no problem 1"),
        (("reopen", "7", "--reason", "x"), "no problem 7"),
    ],
)
def test_what_cannot_be_is_told(empty: Program, words: tuple[str, ...], told: str) -> None:
    opened(empty, "x")
    assert told in empty("problem", *words, status=1).err


def test_an_escalated_ticket_is_resolved_by_its_problem(empty: Program) -> None:
    ref = opened(empty, "Shop 502")
    send(empty, ref)
    ravi = replace(empty, who="ravi")
    learned = ("--cause", "tokens", "--fix", "longer tokens")
    assert "runbook or problem or one-off" in ravi("ticket", "resolve", ref, *learned, status=1).err
    assert "no problem 1" in ravi("ticket", "resolve", ref, *learned, "--problem", "1", status=1).err
    empty(*NEW)
    done = ravi("ticket", "resolve", ref, *learned, "--problem", "1", "--avoidable", "runbook", "--json").json
    assert done["timeline"][-1]["after"]["avoidable"] == "runbook"
    assert empty("problem", "show", "1", "--json").json["linked"] == 1


def test_a_rule_names_a_component_that_a_ticket_can_be_about(empty: Program) -> None:
    rule = ("--title", "Expiry", "--word", "zebra", "--component")
    empty("owners", "add", "checkout-gateway", "--alias", "till")
    refused = empty("problem", "new", *rule, "checkout-gatway", status=1).err
    assert refused == "workbench: no component named 'checkout-gatway'; did you mean checkout-gateway?\n"
    assert "did you mean" in empty("problem", "try", "--component", "checkout-gatway", status=1).err
    empty("problem", "new", *rule, "till")
    assert empty("problem", "show", "1", "--json").json["rule"]["component"] == "checkout-gateway"
    empty("ticket", "new", "--subject", "Fax", "--client", "contoso", "--component", "fax")
    empty("problem", "change", "1", "--component", "Fax")
    assert "did you mean fax?" in empty("problem", "change", "1", "--component", "faxx", status=1).err
    empty("ticket", "component", "1001", "nothing")
    empty("problem", "change", "1", "--cause", "paper")


def test_a_slip_that_is_put_right_leaves_nothing_behind(empty: Program) -> None:
    empty("problem", "new", "--title", HOSTILE, "--word", "vpn", "--component", "c1", "--workaround", "dial in")
    for mend in (("ticket", "component", "1001", "c2"), ("undo",)):
        ref = opened(empty, "vpn bad")
        empty("ticket", "component", ref, "c1")
        assert empty("problem", "show", "1", "--json").json["matching"] == 1
        empty(*(word.replace("1001", ref) for word in mend))
        assert empty("problem", "show", "1", "--json").json["matching"] == 0
        assert empty("escalate", ref, "--preview", "--json").json["known_problems"] == []
