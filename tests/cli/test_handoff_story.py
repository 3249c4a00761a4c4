"""A ticket's way on the command line: handed off, returned, completed, resolved, and never again a mystery."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.cli.conftest import HOSTILE
from tests.cli.program import Answer, Program

FORM: dict[str, Any] = {
    "to": "second-line",
    "summary": "Card payments fail, one in three",
    "reason": {"category": "no_runbook", "words": "none fits [/b]"},
    "steps": [{"what": "paid with a test card", "outcome": "failed", "note": "502"}],
    "diagnostics": [{"what": "share of 502", "value": "34 %", "at": "14:05"}],
}


class Day:
    """People at one file, each call some minutes after the one before."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.at = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)

    def __call__(self, who: str, *words: str, form: dict[str, Any] | None = None, status: int = 0) -> Answer:
        self.at += timedelta(minutes=4)
        stdin = json.dumps(form).encode() if form is not None else b""
        at = self.at.isoformat().replace("+00:00", "Z")
        return replace(self.program, who=who)(*words, at=at, stdin=stdin, status=status)

    def ticket(self, ref: str) -> Any:
        return self("maya", "ticket", "show", ref, "--json").json


def test_from_the_first_call_to_fixed_for_all(empty: Program) -> None:
    day = Day(empty)
    new = ("ticket", "new", "--client", "contoso", "--contact", "Dana Reyes", "--subject")
    ref = day("maya", *new, f"Payment fails: 502 {HOSTILE}").out.strip()
    day("maya", "ticket", "take", ref)

    missing = day("maya", "escalate", ref, "--form", "-", form={"to": "second-line", "summary": "x"}, status=1)
    assert "steps, diagnostics, reason" in missing.err
    assert day.ticket(ref)["team"] == "frontline"
    sent = day("maya", "escalate", ref, "--form", "-", "--json", form=FORM).json
    assert (sent["status"], sent["required"], sent["filled"], sent["missing"]) == ("sent", 5, 5, [])

    asks = ("--code", "information_missing", "--words", "which card?", "--field", "error", "--field", "account")
    day("ravi", "handoff", "return", ref, *asks)
    back = day.ticket(ref)
    assert (back["team"], back["assignee"], back["hops"], back["bounces"]) == ("frontline", "maya", 2, 1)
    [owed] = day("maya", "handoff", "list", "--open", "--json").json
    assert (owed["code"], owed["words"], owed["missing"]) == (
        "information_missing",
        "which card?",
        ["error", "account"],
    )
    answer = {
        "error": {"message": "502 Bad Gateway", "at": "14:05"},
        "account": "dana@contoso.example",
        "permissions": "customer",
    }
    day("maya", "handoff", "complete", str(owed["handoff"]), "--form", "-", form=answer)
    assert day("maya", "handoff", "list", "--open", "--json").json == []

    day("maya", "escalate", ref, "--form", "-", form=FORM | answer)
    shown = day("ravi", "handoff", "show", "2").out
    assert "502 Bad Gateway" in shown
    assert "paid with a test card" in shown
    day("ravi", "handoff", "accept", ref)
    assert day.ticket(ref)["assignee"] == "ravi"

    rule = (
        "--word",
        "502",
        "--word",
        "payment",
        "--workaround",
        "pay again after a minute",
        "--answer",
        "It is mended.",
    )
    assert day("ravi", "problem", "new", "--title", "Pool of 20 [/b]", *rule).out == "PRB-1\n"
    day("ravi", "ticket", "resolve", ref, "--cause", "pool of 20", "--fix", "pool of 80", status=1)
    learned = ("--cause", "pool of 20", "--fix", "pool of 80", "--problem", "1", "--avoidable", "access")
    day("ravi", "ticket", "resolve", ref, *learned)

    following = [day("maya", *new, "502 on my payment").out.strip() for _ in range(2)]
    preview = day("maya", "escalate", following[0], "--preview", "--json").json
    assert [each["problem"] for each in preview["known_problems"]] == [1]
    assert "pay again after a minute" in json.dumps(preview["known_problems"])
    for each in following:
        day("maya", "problem", "link", "1", each)
    day("ravi", "problem", "fixed", "1", "--fix", "pool of 80 everywhere")
    for each in following:
        done = day.ticket(each)
        assert done["state"] == "resolved"
        assert [event["text"] for event in done["timeline"] if event["kind"] == "commented"] == ["It is mended."]
    again = day("maya", *new, "Payment 502 again").out.strip()
    assert day("maya", "problem", "show", "1", "--json").json["state"] == "known"
    assert again in json.dumps(day("maya", "problem", "show", "1").out)
    assert "is sound" in day("maya", "check").out
