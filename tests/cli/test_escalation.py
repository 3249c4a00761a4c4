"""Handing off on the command line: the JSON of the form, what comes out, and every way in which it is refused."""

import json
from dataclasses import replace
from typing import Any

import pytest

from tests.cli.conftest import HOSTILE
from tests.cli.program import Program

FORM: dict[str, Any] = {
    "to": "second-line",
    "summary": HOSTILE,
    "reason": {"category": "no_runbook", "words": "none fits"},
    "steps": [{"what": "restarted", "outcome": "failed", "note": "[/b]"}],
    "diagnostics": [{"what": "load", "value": "9", "at": "14:05"}],
}


@pytest.fixture
def ref(empty: Program) -> str:
    """A ticket that maya has."""
    made = empty("ticket", "new", "--subject", HOSTILE, "--client", "contoso", "--contact", "Dana Reyes").out.strip()
    empty("ticket", "take", made)
    return made


def send(program: Program, ref: str, form: dict[str, Any], *more: str, status: int = 0) -> Any:
    return program("escalate", ref, "--form", "-", *more, stdin=json.dumps(form).encode(), status=status)


def test_a_form_goes_out_with_what_it_said(empty: Program, ref: str) -> None:
    sent = send(empty, ref, FORM, "--json").json
    assert sent == {
        "handoff": 1,
        "ref": 1001,
        "from": "frontline",
        "to": "second-line",
        "direction": "up",
        "status": "sent",
        "required": 5,
        "filled": 5,
        "missing": [],
        "warnings": [],
    }
    ticket = empty("ticket", "show", ref, "--json").json
    assert (ticket["team"], ticket["tier"], ticket["assignee"], ticket["hops"]) == ("second-line", "L2", None, 1)
    assert ticket["timeline"][-1]["kind"] == "handed_off"


def test_a_component_that_the_catalogue_lacks_is_told_with_what_is_meant(empty: Program, ref: str) -> None:
    empty("owners", "add", "checkout-gateway", "--alias", "till")
    form = FORM | {"components": ["checkout-gatway", "Till", "fax"]}
    doubts = [
        "the catalogue has no component named 'checkout-gatway'; did you mean checkout-gateway?",
        "the catalogue has no component named 'fax'; `workbench owner` finds those there are",
    ]
    sent = send(empty, ref, form)
    assert sent.err.splitlines() == [f"note: {doubt}" for doubt in doubts]


def test_who_names_a_hand_off_by_its_ticket_is_told_its_number(empty: Program, ref: str) -> None:
    number = ref.removeprefix("#")
    assert "`workbench handoff list`" in empty("handoff", "show", number, status=1).err
    sent = send(empty, ref, FORM, "--json").json["handoff"]
    for command in (("show", number), ("complete", number, "--form", "-")):
        told = empty("handoff", *command, status=1, stdin=b"{}").err
        assert f"no hand-off {number}; that is a ticket's number; its last hand-off is {sent}\n" in told


def test_missing_fields_are_each_named_and_what_was_said_is_kept(empty: Program, ref: str) -> None:
    answer = send(empty, ref, {"to": "second-line", "summary": "Mail is late"}, status=1)
    for name in ("steps", "diagnostics", "reason"):
        assert name in answer.err
    assert "summary" not in answer.err
    assert empty("ticket", "show", ref, "--json").json["team"] == "frontline"
    preview = empty("escalate", ref, "--preview", "--json").json
    assert (preview["summary"], preview["missing"]) == ("Mail is late", ["steps", "diagnostics", "reason"])
    assert (
        send(empty, ref, {key: FORM[key] for key in ("reason", "steps", "diagnostics")}, "--json").json["filled"] == 5
    )


def test_a_preview_can_be_filled_in_and_sent_as_it_is(empty: Program, ref: str) -> None:
    preview = empty("escalate", ref, "--preview", "--json").json
    assert preview["suggested"]["to"] == "second-line"
    assert preview["suggested"]["because"]
    assert (preview["impact"], preview["urgency"], preview["account"]) == ("one", "hampered", "Dana Reyes")
    assert (preview["required"], preview["filled"], preview["handoff"]) == (5, 1, None)
    assert {"known_problems", "similar", "runbooks_not_tried", "owner"} <= set(preview)
    assert send(empty, ref, preview | FORM, "--json").json["status"] == "sent"


def test_a_preview_as_text_is_what_the_receiver_reads(empty: Program, ref: str) -> None:
    told = empty("escalate", ref, "--preview").out
    assert "Missing: summary, steps, diagnostics, reason" in told
    assert "\x1b" not in told
    markdown = empty("escalate", ref, "--preview", "--markdown").out
    assert markdown.startswith("# #1001 host [web01]")
    both = empty("escalate", ref, "--preview", "--markdown", "--json", status=2).err
    assert "--markdown and --json contradict each other" in both


def test_p1_goes_out_owed_and_is_filled_in_later(empty: Program, ref: str) -> None:
    empty("ticket", "priority", ref, "P1", "--reason", "the boss")
    sent = send(empty, ref, {"to": "second-line"}, "--json").json
    assert (sent["status"], sent["missing"]) == ("owed", ["summary", "steps", "diagnostics", "reason"])
    [owed] = empty("handoff", "list", "--open", "--json").json
    assert (owed["status"], owed["missing"]) == ("owed", sent["missing"])
    empty("handoff", "complete", "1", "--form", "-", stdin=json.dumps(FORM).encode())
    [listed] = empty("handoff", "list", "--json").json
    assert (listed["status"], listed["missing"]) == ("sent", [])


def test_the_receiver_accepts_or_returns(empty: Program, ref: str) -> None:
    ravi = replace(empty, who="ravi")
    send(empty, ref, FORM)
    why = ("--code", "information_missing", "--words", "which [b]host?", "--field", "error")
    back = ravi("handoff", "return", ref, *why, "--json").json
    assert (back["status"], back["code"], back["words"]) == ("returned", "information_missing", "which [b]host?")
    assert back["missing"] == ["error"]
    send(empty, ref, FORM)
    assert ravi("handoff", "accept", ref, "--json").json["status"] == "accepted"
    assert [each["status"] for each in empty("handoff", "list", "--json").json] == ["accepted", "returned"]
    assert empty("ticket", "show", ref, "--json").json["assignee"] == "ravi"
    assert empty("ticket", "show", ref, "--json").json["bounces"] == 2
    assert "ravi" not in empty("handoff", "list", "--open").out


@pytest.mark.parametrize(
    ("form", "told"),
    [
        (FORM | {"to": "secnd-line"}, "did you mean second-line"),
        (FORM | {"to": "maya"}, "yourself"),
        (FORM | {"to": "frontline"}, "already"),
        (FORM | {"sumary": "x"}, "did you mean summary"),
        (FORM | {"summary": "x" * 10_000_000}, "bytes"),
        (FORM | {"summary": "x" * 200_000}, "characters"),
        ([], "object"),
    ],
)
def test_a_wrong_form_changes_nothing(empty: Program, ref: str, form: Any, told: str) -> None:
    before = empty("ticket", "show", ref, "--json").json["version"]
    assert told in send(empty, ref, form, status=1).err
    assert empty("ticket", "show", ref, "--json").json["version"] == before


def test_what_is_no_json_is_told(empty: Program, ref: str) -> None:
    assert "stdin is no JSON" in empty("escalate", ref, "--form", "-", stdin=b'{"to": ', status=1).err
    saved = "stdin is not UTF-8 text (at byte 0); save it as UTF-8"
    assert saved in empty("escalate", ref, "--form", "-", stdin="{}".encode("utf-16"), status=1).err
    assert "is no JSON" in empty("escalate", ref, "--form", "-", stdin=b"[" * 100_000, status=1).err
    assert "cannot be read" in empty("escalate", ref, "--form", "/nowhere/form.json", status=1).err


def test_either_preview_or_form(empty: Program, ref: str) -> None:
    assert "--preview, or --form" in empty("escalate", ref, status=2).err


def test_a_closed_ticket_is_refused(empty: Program, ref: str) -> None:
    empty("ticket", "resolve", ref)
    empty("ticket", "close", ref)
    assert "closed" in send(empty, ref, FORM, status=1).err


def test_after_two_returns_a_preview_says_that_a_person_must_be_named(empty: Program, ref: str) -> None:
    ravi = replace(empty, who="ravi")
    for _ in range(2):
        send(empty, ref, FORM)
        ravi("handoff", "return", ref, "--code", "l1_can_do", "--words", "do it")
    told = empty("escalate", ref, "--preview").out
    assert "Filled: 4 of 6" in told
    assert "Missing: reason, to (returned 2 times: name a person or start a swarm; second-line has ravi)" in told
    wrong = send(empty, ref, FORM, status=1).err
    assert "missing: to (returned 2 times: name a person or start a swarm; second-line has ravi)" in wrong
    assert send(empty, ref, FORM | {"to": "ravi"}, "--json").json["status"] == "sent"


def test_an_unknown_field_of_a_return_is_named(empty: Program, ref: str) -> None:
    send(empty, ref, FORM)
    ravi = replace(empty, who="ravi")
    wrong = ravi("handoff", "return", ref, "--code", "information_missing", "--words", "x", "--field", "eror", status=1)
    assert "did you mean error" in wrong.err
