"""`report` as a page, as JSON, Markdown and HTML, and what one may ask besides."""

import re
from pathlib import Path

import pytest

from tests.cli.conftest import HOSTILE
from tests.cli.program import Program
from workbench.reports.definitions import DEFINITIONS

NOON = "2026-11-21T12:00:00Z"


@pytest.fixture
def resolved(workbench: Program) -> Program:
    """Of the three tickets one is resolved, and one went to the second line and is resolved there."""
    told = ("--cause", "c", "--fix", "f", "--one-off", "o")
    workbench("ticket", "resolve", "1001", at="2026-11-21T09:30:00Z")
    workbench("ticket", "move", "1003", "second-line", "--reason", "theirs", at="2026-11-21T10:00:00Z")
    workbench("ticket", "resolve", "1003", *told, at="2026-11-21T11:00:00Z")
    return workbench


def test_the_json_is_as_the_contract_has_it(resolved: Program) -> None:
    told = resolved("report", "--json", at=NOON).json
    assert told["from"] == "2026-10-22T12:00:00Z"
    assert told["to"] == NOON
    assert [figure["name"] for figure in told["figures"]] == [definition.name for definition in DEFINITIONS]
    assert [each["pattern"] for each in told["diagnosis"]] == ["bottleneck", "graveyard", "seams"]
    assert {"found", "because", "people", "tickets", "seams", "advice"} <= set(told["diagnosis"][0])
    figures = {figure["name"]: figure for figure in told["figures"]}
    rate = figures["l1_resolution_rate"]
    assert (rate["value"], rate["numerator"], rate["denominator"]) == (0.5, 1, 2)
    assert (rate["unit"], rate["target"], rate["verdict"]) == ("share", {"min": 0.65, "max": 0.8}, "under")
    assert (rate["before"], len(rate["trend"])) == (None, 12)
    nothing = figures["handoff_completeness"]
    assert (nothing["value"], nothing["verdict"], nothing["denominator"]) == (None, "none", 0)
    assert (figures["graveyard_oldest"]["value"], figures["graveyard_oldest"]["verdict"]) == (None, "none")
    assert figures["self_sufficiency"]["target"] is None


def test_a_date_is_its_midnight_in_the_zone_and_the_end_is_no_part(resolved: Program) -> None:
    told = resolved("report", "--from", "2026-11-21", "--to", "2026-11-22", "--json", at=NOON).json
    assert (told["from"], told["to"]) == ("2026-11-20T23:00:00Z", "2026-11-21T23:00:00Z")
    until = resolved("report", "--to", "2026-11-21T11:00:00Z", "--json", at=NOON).json
    assert until["figures"][0]["denominator"] == 1
    resolved("report", "--from", "2026-11-22", "--to", "2026-11-21", status=1)
    assert resolved("report", "--json", at="2026-11-21T10:30:00Z").json["figures"][0]["denominator"] == 1


@pytest.mark.parametrize(
    ("scope", "denominator"),
    [
        (("--team", "second-line"), 1),
        (("--team", "frontline"), 2),
        (("--tier", "L2", "--client", "contoso"), 1),
        (("--client", "self"), 0),
        (("--component", "payroll"), 1),
    ],
)
def test_whose_tickets_count_can_be_said(resolved: Program, scope: tuple[str, ...], denominator: int) -> None:
    assert resolved("report", *scope, "--json", at=NOON).json["figures"][0]["denominator"] == denominator


def test_the_page_can_be_read_aloud(resolved: Program) -> None:
    page = resolved("report", at=NOON)
    assert page.lines[:4] == [
        "Northwind IT: where we stand",
        "2026-10-22 14:00 to 2026-11-21 13:00 (30 days), all tickets",
        "",
        "2 tickets were resolved in this time.",
    ]
    assert "Not as it should be: resolved at the first line (50.0%, 1 of 2, aim 65–80%)" in " ".join(page.lines)
    assert max(map(len, page.lines)) <= 80
    assert all(definition.title in page.out for definition in DEFINITIONS)
    told = " ".join(page.out.split())
    assert all(f"({each.name}): {each.meaning}; {each.counted_by.words}." in told for each in DEFINITIONS)


def test_tickets_behind_a_figure_are_listed(resolved: Program) -> None:
    listed = resolved("report", "--tickets", "l1_resolution_rate", at=NOON)
    assert "#1001" in listed.lines[1]
    assert len(listed.lines) == 2
    found = resolved("report", "--tickets", "time_to_resolve_median", "--json", at=NOON).json
    assert [ticket["ref"] for ticket in found] == [1001, 1003]
    one = resolved("report", "--tickets", "time_to_resolve_median", "--limit", "1", at=NOON)
    assert len(one.lines) == 2
    resolved("report", "--tickets", "l1_resolution", status=1)


def test_what_cannot_be_kept_is_not_printed_either(resolved: Program) -> None:
    nameless = resolved("report", "--keep", "", at=NOON, status=1)
    assert ("has no name" in nameless.err, nameless.out) == (True, "")
    stranger = Program(resolved.file, who="zed")("report", "--keep", "y", at=NOON, status=1)
    assert ("no person of this workbench" in stranger.err, stranger.out) == (True, "")


def test_figures_are_kept_and_compared_with(resolved: Program) -> None:
    assert "--against" in resolved("report", "--keep", HOSTILE, at=NOON).err
    [kept] = resolved("report", "--baselines", "--json", at=NOON).json
    assert (kept["name"], kept["kept_by"], kept["figures"]["l1_resolution_rate"]) == (HOSTILE, "maya", 0.5)
    told = resolved("report", "--against", HOSTILE, "--json", at=NOON).json
    assert told["against"]["figures"]["l1_resolution_rate"] == 0.5
    page = resolved("report", "--against", HOSTILE, at=NOON).out
    assert "THEN" in page
    assert "\x1b" not in page
    resolved("report", "--against", "nothing", status=1)
    stranger = Program(resolved.file, who="zed")("report", "--forget", HOSTILE, at=NOON, status=1)
    assert "zed" in stranger.err
    assert resolved("report", "--forget", HOSTILE, "--json", at=NOON).json["name"] == HOSTILE
    assert resolved("report", "--baselines", "--json", at=NOON).json == []
    assert "no baseline" in resolved("report", "--forget", HOSTILE, at=NOON, status=1).err


def test_what_if_says_the_cost_then(workbench: Program) -> None:
    workbench("setup", "apply", "-", stdin=b'[[team]]\nslug="frontline"\ntier="L1"\npeople=["maya"]\n[[team]]\n'
              b'slug="engineering"\ntier="L3"\npeople=["ravi"]\n[[team]]\nslug="second-line"\ntier="L2"')  # fmt: skip
    workbench("ticket", "move", "1001", "engineering", "--reason", "theirs")
    workbench("ticket", "resolve", "1001", "--cause", "c", "--fix", "f", "--one-off", "o", at="2026-11-21T09:30:00Z")
    asked = ("report", "--what-if", "l1_to_l2=50%")
    told = workbench(*asked, "--json", at=NOON).json["what_if"]
    assert (told["shares"], told["arrivals"], told["arrivals_then"]) == ({"l1_to_l2": 0.5}, 1, 0.5)
    assert "If Passed up from L1 were 50%" in " ".join(workbench(*asked, at=NOON).out.split())
    workbench("report", "--what-if", "reopened=0.5", status=1)
    workbench("report", "--what-if", "l1_to_l2", status=2)


def test_html_is_one_file_that_loads_and_runs_nothing(resolved: Program) -> None:
    resolved("setup", "apply", "-", stdin=b'name = "<script>alert(1)</script> & [b]"')
    page = resolved("report", "--html", at=NOON).out
    assert page.startswith("<!DOCTYPE html>")
    assert "&lt;script&gt;" in page
    assert not re.search(r"<script|<link|<img|src=|href=|url\(|@import|https?:", page)
    assert "@media print" in page
    assert "<td>First response in time <small>by opening</small></td>" in page


def test_markdown_keeps_names_from_being_markup(resolved: Program, tmp_path: Path) -> None:
    resolved("setup", "apply", "-", stdin=b'name = "*Northwind* [x](y) <b> | `c`"')
    lines = resolved("report", "--markdown", at=NOON).lines
    assert lines[0] == r"# \*Northwind\* \[x\](y) \<b\> \| \`c\`: where we stand"
    assert "| Resolved at the first line | 50.0% | 1 of 2 | under 65–80% | – | last resolve | ···········█ |" in lines


@pytest.mark.parametrize(
    "flags",
    [("--html", "--json"), ("--html", "--markdown"), ("--markdown", "--json"), ("--html", "--markdown", "--json")],
)
def test_one_report_has_one_form(resolved: Program, flags: tuple[str, ...]) -> None:
    said = resolved("report", *flags, at=NOON, status=2)
    assert f"{' and '.join(flags)} contradict each other; say one of them" in said.err
    assert said.out == ""
