"""What must not be done with hand-offs and problems: one clear line for each, and nothing changed."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.cli.program import Program

FORM: dict[str, Any] = {
    "to": "second-line",
    "summary": "x",
    "reason": {"category": "no_runbook", "words": "none fits"},
    "steps": [{"what": "restarted", "outcome": "failed"}],
    "diagnostics": [{"what": "load", "value": "9", "at": "14:05"}],
}
RETURN = ("handoff", "return")
DESK = """
[[team]]
slug = "desk"
name = "Desk"
tier = "L1"
people = ["maya"]
"""
WHY = ("--code", "information_missing", "--words", "which host?")


@pytest.fixture
def ref(empty: Program) -> str:
    """A ticket that maya has, with a text on which some patterns never end."""
    body = "a" * 5_000 + "!"
    made = empty("ticket", "new", "--subject", "Mail is late", "--client", "contoso", "--body", body).out.strip()
    empty("ticket", "take", made)
    return made


def everything(program: Program) -> object:
    """All that a refused command could have changed."""
    tickets = [
        program("ticket", "show", str(each["ref"]), "--json").json for each in program("ticket", "list", "--json").json
    ]
    return tickets, program("handoff", "list", "--json").json, program("problem", "list", "--json").json


def refused(program: Program, *words: str, form: Any = None, who: str | None = None) -> str:
    """Refuses with one line, changes nothing, and is told in words."""
    before = everything(program)
    stdin = json.dumps(form).encode() if form is not None else b""
    answer = replace(program, who=who or program.who)(*words, stdin=stdin, status=1)
    assert everything(program) == before
    assert answer.out == ""
    assert answer.err.count("\n") == 1
    assert answer.err.startswith("workbench: ")
    assert len(answer.err) < 500
    return answer.err


def send(program: Program, ref: str, to: str = "second-line", status: int = 0) -> None:
    program("escalate", ref, "--form", "-", stdin=json.dumps(FORM | {"to": to}).encode(), status=status)


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"to": "secnd-line"}, "did you mean second-line"),
        ({"to": "maya"}, "you cannot hand #1001 to yourself"),
        ({"to": "frontline"}, "is at frontline already"),
        ({"summary": "x" * 10_000_000}, "bytes"),
        ({"steps": [{"what": "x" * 100_001, "outcome": "done"}]}, "characters"),
        ({"steps": []}, "missing: steps"),
        ({"direction": "up", "to": "second-line", "components": "none"}, "is a text; write a list"),
    ],
    ids=lambda value: value[:24] if isinstance(value, str) else "form",
)
def test_a_form_that_cannot_be_sent(empty: Program, ref: str, changed: dict[str, Any], told: str) -> None:
    assert told in refused(empty, "escalate", ref, "--form", "-", form=FORM | changed)


def retire(program: Program, tmp_path: Path, team: str) -> None:
    """Leaves the team out of the setup."""
    before, slug, rest = program("setup", "show").out.partition(f'[[team]]\nslug = "{team}"')
    _, start, after = rest.partition("[[")
    file = tmp_path / "setup.toml"
    file.write_text(before + start + after, "utf-8")
    assert slug
    program("setup", "apply", str(file))


def test_a_retired_team(empty: Program, ref: str, tmp_path: Path) -> None:
    send(empty, ref)
    replace(empty, who="ravi")(*RETURN, ref, *WHY)
    retire(empty, tmp_path, "second-line")
    assert "second-line is retired" in refused(empty, "escalate", ref, "--form", "-", form=FORM)


def test_a_return_says_where_it_went(empty: Program, tmp_path: Path) -> None:
    setup = empty("setup", "show").out + DESK
    empty("setup", "apply", "-", stdin=setup.encode())
    sent = json.dumps(FORM | {"direction": "sideways"}).encode()
    for to in ("frontline", "second-line"):
        ref = empty("ticket", "new", "--subject", "x", "--client", "contoso", "--team", "desk").out.strip()
        empty("escalate", ref, "--form", "-", stdin=sent.replace(b"second-line", to.encode()))
    retire(empty, tmp_path, "desk")
    assert "desk is retired, so #1001 cannot go back" in refused(empty, *RETURN, "1001", *WHY)
    assert replace(empty, who="ravi")(*RETURN, "1002", *WHY).out == "#1002 returned to frontline\n"
    assert empty("ticket", "show", "1002", "--json").json["team"] == "frontline"


def test_what_waits_for_a_retired_team_is_swarmed_on_at_the_team_of_its_driver(
    empty: Program, ref: str, tmp_path: Path
) -> None:
    send(empty, ref)
    retire(empty, tmp_path, "second-line")
    rest = json.dumps({key: FORM[key] for key in ("summary", "steps", "diagnostics")}).encode()
    empty("swarm", "start", ref, "--why", "two teams", "--component", "x", "--form", "-", stdin=rest)
    ticket = empty("ticket", "show", ref, "--json").json
    assert (ticket["team"], ticket["assignee"]) == ("frontline", "maya")
    assert [each["status"] for each in empty("handoff", "list", "--json").json] == ["accepted", "accepted"]


def test_what_was_handed_off_is_not_moved(empty: Program, ref: str) -> None:
    send(empty, ref)
    told = refused(empty, "ticket", "move", ref, "frontline", "--reason", "not ours", who="ravi")
    assert "handed off" in told
    assert "`workbench handoff return 1001`" in told


def test_a_closed_ticket(empty: Program, ref: str) -> None:
    empty("ticket", "resolve", ref)
    empty("ticket", "close", ref)
    assert "closed" in refused(empty, "escalate", ref, "--form", "-", form=FORM)
    assert "closed" in refused(empty, "handoff", "accept", ref)


def test_what_is_not_mine_to_accept_or_return(empty: Program, ref: str) -> None:
    assert "no hand-off of #1001" in refused(empty, "handoff", "accept", ref)
    send(empty, ref)
    assert "handed to second-line" in refused(empty, "handoff", "accept", ref)
    assert "handed to second-line" in refused(empty, *RETURN, ref, *WHY)
    assert "not accepted yet" in refused(empty, "escalate", ref, "--form", "-", form=FORM)


def test_a_cycle_of_returns_ends_with_a_person_or_a_swarm(empty: Program, ref: str) -> None:
    ravi = replace(empty, who="ravi")
    for _ in range(2):
        send(empty, ref)
        ravi(*RETURN, ref, *WHY)
    told = refused(empty, "escalate", ref, "--form", "-", form=FORM)
    assert "to (returned 2 times: name a person or start a swarm; second-line has ravi)" in told
    send(empty, ref, "ravi")
    assert "was returned 2 times already" in refused(empty, *RETURN, ref, *WHY, who="ravi")
    ravi("handoff", "accept", ref)


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ((), "match everything"),
        (("--pattern", ".*"), "matches everything"),
        (("--pattern", "x?"), "matches everything"),
        (("--pattern", "(a|aa)+$"), "takes too long"),
        (("--pattern", "(x"), "no regular expression"),
        (("--word", "late"), "make it narrower"),
        (("--word", "x" * 501), "characters"),
        (("--word", "!?"), "no letters"),
        (("--signature", "..."), "no words"),
    ],
)
def test_a_rule_that_cannot_be(empty: Program, ref: str, rule: tuple[str, ...], told: str) -> None:
    for _ in range(20):
        empty("ticket", "new", "--subject", "Mail is late", "--client", "contoso")
    assert told in refused(empty, "problem", "new", "--title", "Mail", *rule)


def test_what_was_sent_is_not_written_over(empty: Program, ref: str) -> None:
    sent = {"to": "second-line", "summary": "", "reason": {"category": "security", "words": "[/b] breach"}}
    empty("escalate", ref, "--form", "-", stdin=json.dumps(FORM | sent).encode())
    told = {"summary": "y", "reason": FORM["reason"], "environment": "by ravi"}
    stdin = json.dumps(told).encode()
    done = replace(empty, who="ravi")("handoff", "complete", "1", "--form", "-", stdin=stdin)
    assert done.out == "nothing is owed any more\n"
    assert done.err == "note: not owed, so left as it was: reason, environment\n"
    form = empty("handoff", "show", "1", "--json").json["form"]
    assert (form["summary"], form["reason"], form["environment"]) == ("y", sent["reason"], None)
    assert "filled in: summary" in empty("ticket", "show", ref).out
