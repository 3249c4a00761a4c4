"""Whose something is, and the catalogue, on the command line."""

from pathlib import Path

import pytest

from tests.cli.conftest import HOSTILE
from tests.cli.program import Program

CARD = {
    "component", "kind", "match", "status", "owners", "support_model", "on_support", "contact", "wants",
    "confirmed_at", "needs", "needed_by", "open_tickets", "runbooks", "resolvers",
}  # fmt: skip
"""The keys that every answer has."""


@pytest.fixture
def catalogue(workbench: Program) -> Program:
    """The workbench with three components: a seam, somebody's, nobody's."""
    workbench("owners", "add", "vpn-gateway", "--kind", "device", "--owner", "second-line", "--alias", "VPN",
              "--host", "vpn-*.corp.example", "--signature", "tunnel * timed out", "--title", HOSTILE)  # fmt: skip
    workbench("owners", "add", "payroll", "--owner", "frontline", "--needs", "vpn", "--path", "/srv/payroll/")
    workbench("owners", "add", "printer")
    return workbench


def test_a_lookup_answers_with_every_key(catalogue: Program) -> None:
    told = catalogue("owner", "ping", "vpn-02.corp.example", "--json").json
    assert told["query"] == "ping vpn-02.corp.example"
    (answer,) = told["answers"]
    assert answer.keys() >= CARD
    assert (answer["match"]["how"], answer["match"]["text"]) == ("host", "vpn-02.corp.example")
    assert 0 < answer["match"]["score"] <= 1
    assert (answer["component"], answer["status"], answer["owners"]) == ("vpn-gateway", "owned", ["second-line"])
    assert (answer["support_model"], answer["on_support"], answer["contact"]) == ("tiered", None, None)
    assert answer["confirmed_at"] == "2026-11-21T09:00:00Z"
    assert answer["needed_by"] == [{"component": "payroll", "owners": ["frontline"], "seam": "open", "lead": None}]


def test_a_pasted_text_comes_from_stdin(catalogue: Program) -> None:
    trace = b"Error: tunnel 4 timed out\n  at /srv/payroll/run.py:12\n"
    told = catalogue("owner", "-", "--json", stdin=trace).json
    assert {each["component"]: each["match"]["how"] for each in told["answers"]} == {
        "vpn-gateway": "signature",
        "payroll": "path",
    }
    assert told["seams"] == [
        {"teams": ["frontline", "second-line"], "components": ["payroll", "vpn-gateway"], "lead": None}
    ]
    assert (
        "payroll (frontline) needs vpn-gateway (second-line): nobody leads" in catalogue("owner", "-", stdin=trace).out
    )


def test_in_words_nothing_is_obeyed_by_a_terminal(catalogue: Program) -> None:
    for command in (("owner", "vpn"), ("owners", "show", "VPN"), ("owners", "list"), ("owners", "history", "vpn")):
        out = catalogue(*command).out
        assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(out), command
        assert "[web01] [/b]" in out, command


def test_what_is_not_found_says_what_to_do(catalogue: Program) -> None:
    answer = catalogue("owner", "zzzzzz")
    assert answer.lines == ["nothing in the catalogue fits 'zzzzzz'", "`workbench owners add NAME` notes it as unowned"]
    assert catalogue("owner", "zzzzzz", "--json").json["answers"] == []


def test_the_lists_have_the_same_fields_without_match(catalogue: Program) -> None:
    told = catalogue("owners", "list", "--json").json
    assert [each["component"] for each in told] == ["payroll", "printer", "vpn-gateway"]
    assert all(each.keys() >= CARD - {"match"} and "match" not in each for each in told)
    assert [each["open_tickets"] for each in told] == [1, 0, 0]
    assert catalogue("owners", "unowned", "--json").json == [told[1]]
    assert catalogue("owners", "show", "vpn", "--json").json == told[2]


def test_seams_and_their_leads(catalogue: Program) -> None:
    seam = {
        "teams": ["frontline", "second-line"],
        "components": ["payroll", "vpn-gateway"],
        "lead": None,
        "open_tickets": 0,
    }
    assert catalogue("owners", "seams", "--json").json == [seam]
    told = catalogue("owners", "lead", "vpn", "payroll", "second-line", "--json").json
    assert told["needed_by"][0]["lead"] == "second-line"
    assert catalogue("owners", "seams", "--json").json == [seam | {"lead": "second-line"}]
    assert "second-line leads" in catalogue("owners", "seams").out
    catalogue("owners", "lead", "vpn", "payroll", "nobody")
    assert catalogue("owners", "seams", "--json").json == [seam]


def test_what_is_set_takes_the_place_of_what_was_there(catalogue: Program) -> None:
    told = catalogue("owners", "set", "VPN", "--alias", "tunnel", "--host", "", "--owner", "nobody", "--json").json
    assert (told["aliases"], told["hosts"], told["signatures"]) == (["tunnel"], [], ["tunnel * timed out"])
    assert (told["status"], told["owners"]) == ("unowned", [])
    assert catalogue("owners", "set", "vpn-gateway", "--owner", "nobody").lines == ["vpn-gateway is so already"]
    later = "2026-11-22T09:00:00Z"
    told = catalogue("owners", "set", "vpn-gateway", "--owner", "frontline", "--json", at=later).json
    assert (told["confirmed_at"], told["confirmed_by"]) == (later, "maya")


def test_what_an_import_would_not_take_is_refused_before_it_is_exported(catalogue: Program, tmp_path: Path) -> None:
    for command, *wrong in (
        ("set", "--host", "a b", "--url", "https://good.example"),
        ("set", "--url", "not a url"),
        ("add", "--signature", "*"),
    ):
        name = "printer" if command == "set" else "lan"
        refused = catalogue("owners", command, name, *wrong, status=1)
        assert refused.err.startswith(f"workbench: {name}: ")
        assert "can match nothing; a" in refused.err
    catalogue("export", "owners", str(tmp_path / "all.yaml"))
    assert "nothing changed" in catalogue("import", "owners", str(tmp_path / "all.yaml")).out


def test_a_second_of_the_same_name_is_refused(catalogue: Program) -> None:
    assert "workbench owners set printer" in catalogue("owners", "add", "printer", status=1).err


def test_confirming_ends_staleness(catalogue: Program) -> None:
    later = "2027-11-21T09:00:00Z"
    assert catalogue("owners", "show", "payroll", "--json", at=later).json["status"] == "stale"
    assert catalogue("owners", "confirm", "payroll", at=later).lines == ["payroll belongs to frontline"]
    assert catalogue("owners", "show", "payroll", "--json", at=later).json["status"] == "owned"


def test_undo_takes_back_whatever_was_later(catalogue: Program) -> None:
    catalogue("ticket", "take", "1001")
    catalogue("owners", "alias", "printer", "laser jet")
    assert catalogue("undo").lines == ["took back: changed printer"]
    assert catalogue("undo").lines == ["took back: taken #1001"]
    assert catalogue("undo", "--json").json["retired"] is True
    assert catalogue("owners", "show", "printer", status=1).err.startswith("workbench: no component named 'printer'")


def test_retiring_and_adding_again(catalogue: Program) -> None:
    catalogue("owners", "retire", "printer")
    assert [each["component"] for each in catalogue("owners", "list", "--json").json] == ["payroll", "vpn-gateway"]
    catalogue("owners", "add", "printer", "--owner", "frontline")
    kinds = [each["kind"] for each in catalogue("owners", "history", "printer", "--json").json]
    assert kinds == ["added", "retired", "added"]


def test_corrections_are_accepted_and_dismissed(catalogue: Program) -> None:
    for ref in ("1001", "1002"):
        catalogue("ticket", "component", ref, "printer")
        Program(catalogue.file, "ravi")("ticket", "resolve", ref)
    assert catalogue("owners", "corrections", "--json").json == []
    new = ("ticket", "new", "--client", "self", "--subject", "Paper", "--component", "printer", "--team", "second-line")
    for _ in range(3):
        Program(catalogue.file, "ravi")("ticket", "resolve", catalogue(*new).out.strip())
    (told,) = catalogue("owners", "corrections", "--json").json
    assert (told["component"], told["owners"], told["team"], len(told["tickets"])) == ("printer", [], "second-line", 3)
    assert "printer: nobody → second-line?" in catalogue("owners", "corrections").out
    catalogue("owners", "corrections", "dismiss", "printer")
    assert catalogue("owners", "corrections", "--json").json == []
    assert "nothing is proposed" in catalogue("owners", "corrections", "accept", "printer", status=1).err


def test_an_accepted_correction_is_the_owner(catalogue: Program) -> None:
    new = ("ticket", "new", "--client", "self", "--subject", "Paper", "--component", "printer", "--team", "second-line")
    for _ in range(2):
        Program(catalogue.file, "ravi")("ticket", "resolve", catalogue(*new).out.strip())
    told = catalogue("owners", "corrections", "accept", "printer", "--json").json
    assert (told["owners"], told["resolvers"]) == (
        ["second-line"],
        [{"who": "ravi", "resolved": 2, "team": "second-line", "is_owner": True}],
    )


def test_what_a_team_knows(catalogue: Program) -> None:
    told = catalogue("owners", "team", "second-line", "--json").json
    assert told == {
        "team": "second-line",
        "open_tickets": 0,
        "owns": [
            {"component": "vpn-gateway", "status": "owned", "open_tickets": 0, "resolvers": [], "only": None},
        ],
        "people": [],
    }  # fmt: skip
    assert "did you mean second-line?" in catalogue("owners", "team", "second-lin", status=1).err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("show", "payrol"), "did you mean payroll?"),
        (("set", "printer", "--owner", "frontlin"), "did you mean frontline?"),
        (("add", "dns", "--needs", "payrol"), "did you mean payroll?"),
        (("add", " "), "cannot name a component"),
        (("lead", "printer", "payroll", "frontline"), "there is no seam"),
        (("confirm", "printer"), "nobody owns printer"),
    ],
)
def test_mistakes_say_what_is_right(catalogue: Program, arguments: tuple[str, ...], words: str) -> None:
    assert words in catalogue("owners", *arguments, status=1).err


def test_a_ticket_is_about_a_component_by_any_name_of_it(catalogue: Program) -> None:
    assert catalogue("ticket", "component", "1001", "vpn").lines == ["#1001 is about vpn"]
    assert catalogue("ticket", "show", "1001", "--json").json["component"] == "vpn-gateway"
    told = catalogue("ticket", "component", "1001", "fax [x]\x1b")
    assert "note: the catalogue has no component named 'fax [x]\\x1b'; `workbench owner` finds" in told.err
    assert "; did you mean printer?" in catalogue("ticket", "component", "1001", "printre").err
    catalogue("ticket", "component", "1001", "fax [x]\x1b")
    assert catalogue("ticket", "show", "1001", "--json").json["component"] == "fax [x]\x1b"
    assert catalogue("ticket", "component", "1001", "nothing", "--json").json["component"] is None
    new = catalogue("ticket", "new", "--client", "self", "--subject", "x", "--component", "VPN", "--json")
    assert (new.json["component"], new.err) == ("vpn-gateway", "")
