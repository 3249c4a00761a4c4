"""Swarms on the command line."""

import json
from dataclasses import replace

from tests.cli.conftest import HOSTILE
from tests.cli.program import Program
from tests.cli.test_escalation import FORM


def test_a_swarm_from_its_start_to_its_learning(empty: Program) -> None:
    ref = empty("ticket", "new", "--subject", HOSTILE, "--client", "contoso").out.strip()
    options = ("--why", "between [two]", "--component", "checkout", "--helper", "ravi")
    rest = json.dumps({key: FORM[key] for key in ("summary", "steps", "diagnostics")}).encode()
    assert "diagnostics" in empty("swarm", "start", ref, *options, status=1).err
    begun = empty("swarm", "start", ref, *options, "--form", "-", "--json", stdin=rest).json
    assert (begun["driver"], begun["why"], begun["components"]) == ("maya", "between [two]", ["checkout"])
    assert [each["who"] for each in begun["helpers"]] == ["maya", "ravi"]
    ravi = replace(empty, who="ravi")
    ravi("swarm", "log", ref, "found it", at="2026-11-21T10:00:00Z")
    shown = empty("swarm", "show", ref, at="2026-11-21T10:00:00Z").out
    assert "swarm logged: found it" in shown
    assert "\x1b" not in shown
    closed = empty("swarm", "close", ref, "--learning", "x", at="2026-11-21T11:00:00Z")
    assert closed.out == "swarm on #1001 closed: maya 2h, ravi 2h\n"
    [listed] = empty("swarm", "list", "--json", at="2026-11-21T11:00:00Z").json
    assert (listed["state"], listed["learning"]) == ("closed", "x")
    assert empty("swarm", "list", "--open", "--json", at="2026-11-21T11:00:00Z").json == []


def test_what_cannot_be_is_told(empty: Program) -> None:
    ref = empty("ticket", "new", "--subject", "x", "--client", "contoso").out.strip()
    assert "no swarm" in empty("swarm", "join", ref, status=1).err
    assert "was no swarm" in empty("swarm", "show", ref, status=1).err
    wrong = empty("swarm", "start", ref, "--why", "x", "--driver", "nobody", "--form", "-", stdin=b"[]", status=1)
    assert "no JSON object" in wrong.err
    rest = json.dumps(FORM | {"components": ["checkout"]}).encode()
    wrong = empty("swarm", "start", ref, "--why", "x", "--driver", "rav", "--form", "-", stdin=rest, status=1)
    assert "no person named 'rav'; did you mean ravi?" in wrong.err
    assert empty("ticket", "show", ref, "--json").json["version"] == 1


def test_an_empty_list_says_so_beside_the_data(empty: Program) -> None:
    for words, told in (
        (("swarm", "list"), "there was no swarm"),
        (("swarm", "list", "--open"), "no swarm is going on"),
        (("handoff", "list"), "nothing was handed off"),
        (("handoff", "list", "--open"), "no hand-off is open"),
        (("problem", "list"), "no problem is known"),
    ):
        answer = empty(*words)
        assert (answer.out.strip(), told in answer.err) == ("", True), words
