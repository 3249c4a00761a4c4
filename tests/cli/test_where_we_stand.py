"""The README's way from another tool's log to one's own figures: what it shows is what comes of its own rows."""

import re
from pathlib import Path

import pytest

from tests.cli.program import run_inside
from tests.readme import README

NOON = "2024-06-01T12:00:00Z"
SECTION = README.read_text("utf-8").partition("step by step\n")[2].partition("\n### ")[0]
BLOCKS = dict(re.findall(r"^```(\w+)\n(.*?)^```$", SECTION, flags=re.DOTALL | re.MULTILINE))
PROFILE = Path(__file__).parents[2] / "workbench" / "intake" / "profiles" / "servicenow.toml"


def test_the_worked_example_gives_what_it_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    before, after = PROFILE.read_text("utf-8").split("[[tiers]]", 1)[0], PROFILE.read_text("utf-8").split("[states]")[1]
    Path("ours.toml").write_text(f"{before}{BLOCKS['toml']}[states]{after}", "utf-8")
    Path("incidents.csv").write_text(BLOCKS["csv"], "utf-8")
    assert run_inside("--db", "ours.db", "--as", "maya", "--as-of", NOON, "init").status == 0
    shown = re.split(r"^workbench ", BLOCKS["console"], flags=re.MULTILINE)[1:]
    assert len(shown) == 3
    for each in shown:
        command, _, told = each.partition("\n")
        answer = run_inside("--db", "ours.db", "--as", "maya", "--as-of", NOON, *command.split())
        assert answer.status == 0, answer
        assert answer.out.startswith(told), answer.out
