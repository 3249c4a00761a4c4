"""The library of runbooks on the command line."""

import stat
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import HOSTILE
from tests.cli.program import Program, run_inside

VPN = f"""---
title: "VPN drops {HOSTILE[:17]}"
tags: [vpn]
components: [vpn-gateway]
signatures: [DPD timeout]
tier: L1
owner: network
access: VPN log
review: 2026-11-01
---
# VPN

1. Look at the [log](log.md).

   ```sh
   grep {{{{host}}}} /var/log/vpn.log \x1b[2J
   ```

   Expect: drops in even steps
   Caution: not on Fridays
2. Mend it
"""


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A small tree of runbooks."""
    root = tmp_path / "tree"
    (root / "net").mkdir(parents=True)
    (root / "net" / "vpnDrops.md").write_text(VPN)
    (root / "net" / "log.md").write_text("# Read a log\n\nSlowly, it may hold \x1b]0;x\x07.\n")
    return root


@pytest.fixture
def program(empty: Program, tree: Path) -> Program:
    """A workbench with that tree."""
    empty("runbook", "import", str(tree))
    return empty


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Sets an editor that runs lines of a shell on the file `$1`."""

    def edits(script: str) -> None:
        path = tmp_path / "my editor"
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        monkeypatch.delenv("VISUAL", raising=False)
        monkeypatch.setenv("EDITOR", f"'{path}'")
        monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))
        monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
        (tmp_path / "temporary").mkdir(exist_ok=True)

    return edits


def left(tmp_path: Path) -> list[Path]:
    """Texts that were kept."""
    return [path for path in (tmp_path / "temporary").rglob("*") if path.is_file()]


def test_a_tree_comes_in_and_what_changed_is_told(empty: Program, tree: Path) -> None:
    said = empty("runbook", "import", str(tree), "--dry-run")
    assert said.lines == ["2 would be new, 0 would be changed, 0 as before", "new      log", "new      vpn-drops"]
    assert empty("runbook", "list", "--json").json == []
    assert empty("runbook", "import", str(tree)).lines[0] == "2 new, 0 changed, 0 as before"
    (tree / "net" / "log.md").write_text("# Read two logs\n")
    assert empty("runbook", "import", str(tree)).lines == [
        "0 new, 1 changed, 1 as before",
        "changed  log (was version 1 by maya)",
    ]
    told = empty("runbook", "import", str(tree), "--json").json
    assert told == {"added": [], "changed": [], "kept": [], "same": 2, "empty": 0, "problems": [], "dry_run": False}


def test_what_was_changed_here_is_kept_and_told(empty: Program, tree: Path) -> None:
    empty("runbook", "import", str(tree))
    (tree.parent / "mine.md").write_text("# Mine\n")
    empty("runbook", "edit", "log", "--file", str(tree.parent / "mine.md"))
    said = empty("runbook", "import", str(tree), "--dry-run")
    assert said.lines == ["0 would be new, 0 would be changed, 1 as before, 1 would be kept", "kept     log"]
    assert "--replace takes the file's text" in said.err
    assert empty("runbook", "import", str(tree), "--json").json["kept"] == ["log"]
    replaced = empty("runbook", "import", str(tree), "--replace")
    assert replaced.lines[1:] == ["changed  log (was version 2 by maya)"]


def test_the_starter_overwrites_nothing(empty: Program, tree: Path) -> None:
    empty("runbook", "import", "--starter")
    (tree.parent / "mine.md").write_text("# Mine\n")
    empty("runbook", "edit", "disk-full", "--file", str(tree.parent / "mine.md"))
    assert empty("runbook", "import", "--starter").lines[1:] == ["kept     disk-full"]
    assert empty("runbook", "show", "disk-full", "--source").out == "# Mine\n"


def test_a_bad_file_stops_it_or_is_left_out(empty: Program, tree: Path) -> None:
    (tree / "bad.md").write_text("---\nreview: soon\n---\nx")
    refused = empty("runbook", "import", str(tree), status=1)
    assert refused.err.startswith("workbench: bad.md:2: review: 'soon' is no")
    done = empty("runbook", "import", str(tree), "--partial")
    assert "left out: bad.md:2:" in done.err
    assert len(empty("runbook", "list", "--json").json) == 2


def test_the_starter_comes_with_the_program(empty: Program, tree: Path) -> None:
    assert int(empty("runbook", "import", "--starter").out.split()[0]) >= 30
    for wrong in ((), ("--starter", str(tree))):
        assert empty("runbook", "import", *wrong, status=2).err.startswith("workbench: name one folder, or --starter")


def test_checking_needs_no_workbench(tree: Path, tmp_path: Path) -> None:
    nowhere = ("--db", str(tmp_path / "nowhere.db"), "runbook", "check")
    assert run_inside(*nowhere, str(tree)).out == "2 runbooks, nothing wrong\n"
    (tree / "bad.md").write_text("---\nreview: soon\n---\n[x](gone.md)")
    (tree / "more.md").write_text("# More\n\n[x](gone.md)")
    answer = run_inside(*nowhere, str(tree))
    assert (answer.status, answer.err) == (1, "workbench: 2 faults in 2 files; mend them, then check again\n")
    assert answer.out.splitlines() == [
        "bad.md:2: review: 'soon' is not a date like 2026-11-21",
        "more.md:3: links to gone.md, which is not there",
    ]
    answer = run_inside(*nowhere, str(tree), "--json")
    assert (answer.status, answer.json["problems"][1]["line"]) == (1, 3)
    assert run_inside(*nowhere, str(tree / "nothing")).status == 1


def test_what_is_exported_comes_back_the_same(program: Program, tree: Path, tmp_path: Path) -> None:
    assert program("runbook", "export", str(tmp_path / "out")).out.startswith("2 runbooks in ")
    assert (tmp_path / "out" / "net" / "vpnDrops.md").read_text() == VPN
    assert program("runbook", "import", str(tmp_path / "out")).lines == ["0 new, 0 changed, 2 as before"]
    (tmp_path / "out" / "net" / "log.md").write_text("mine")
    assert "--replace" in program("runbook", "export", str(tmp_path / "out"), status=1).err
    program("runbook", "export", str(tmp_path / "out"), "--replace")


def test_searching_has_the_fields_of_the_contract(program: Program) -> None:
    (found,) = program("runbook", "search", "--json", "vnp", "drosp").json
    assert list(found) == ["slug", "title", "tags", "score", "where", "excerpt", "runs", "worked"]
    assert (found["slug"], found["where"], found["runs"]) == ("vpn-drops", "title", 0)
    (found,) = program("runbook", "search", "--json", "log says: DPD timeout (3)").json[:1]
    assert (found["where"], found["score"], found["excerpt"]) == ("signature", 1.0, "DPD timeout")
    assert [found["where"] for found in program("runbook", "search", "", "--json").json] == [None, None]
    lines = program("runbook", "search", "drops").lines
    assert lines[1].startswith("    body: "), "the title stands above"
    assert lines[0].startswith("vpn-drops  VPN drops host [web01] [/b] (not run yet · ◷ stale)")
    nothing = program("runbook", "search", "zzzzzz")
    assert (nothing.out, "no runbook fits" in nothing.err) == ("", True)


@pytest.mark.parametrize("query", ['"', "(", "-x", "*", "AND", "x" * 10_000, HOSTILE, "\udcff"])
def test_no_query_is_a_mistake(program: Program, query: str) -> None:
    program("runbook", "search", query)


def test_searching_for_a_ticket(program: Program) -> None:
    ref = program("ticket", "new", "--subject", "DPD timeout", "--component", "vpn-gateway", "--client", "contoso").out
    assert program("runbook", "search", "--ticket", ref.strip(), "--json").json[0]["slug"] == "vpn-drops"


def test_the_list(program: Program) -> None:
    header, log, vpn = program("runbook", "list").lines
    assert header.split() == ["RUNBOOK", "RUNS", "WORKED", "TIME", "WORST", "REVIEW", "TITLE"]
    assert log.split()[:6] == ["log", "0", "-", "-", "-", "-"]
    assert "2026-11-01  ◷ stale" in vpn
    (_, told) = program("runbook", "list", "--json").json
    assert told | {"title": ""} == {
        "slug": "vpn-drops",
        "title": "",
        "path": "net/vpnDrops.md",
        "tags": ["vpn", "net"],
        "components": ["vpn-gateway"],
        "signatures": ["DPD timeout"],
        "tier": "L1",
        "owner": "network",
        "review_at": "2026-11-01",
        "stale": True,
        "failing": False,
        "version": 1,
        "retired": False,
        "runs": 0,
        "worked": 0,
        "median_s": None,
        "worst_step": None,
        "worst_failed": 0,
        "last_run_at": None,
    }
    assert program("runbook", "list", "--sort", "review", "--json").json[0]["slug"] == "vpn-drops"
    program("runbook", "list", "--sort", "colour", status=2)


def test_one_is_shown_with_nothing_that_a_terminal_obeys(program: Program) -> None:
    lines = program("runbook", "show", "vpn-drops").lines
    assert lines[0] == "VPN drops host [web01] [/b]  (vpn-drops, version 1)"
    assert "  access      VPN log" in lines
    assert "  served      not run yet · ◷ stale" in lines
    assert lines[-6:] == [
        " 1. Look at the log.",
        "    ⚠ not on Fridays",
        "    $ grep {{host}} /var/log/vpn.log ␛[2J",
        "    → drops in even steps",
        "",
        " 2. Mend it",
    ]
    assert "\x1b" not in program("runbook", "show", "log").out
    assert program("runbook", "show", "log", "--source").lines[0] == "# Read a log"
    told = program("runbook", "show", "vpn-drops", "--json").json
    assert told["spared"] == 0
    assert told["text"] == VPN
    assert [step["step"] for step in told["steps"]] == [1, 2]
    assert told["steps"][0]["expected"] == "drops in even steps"


def test_a_wrong_name_gets_the_nearest(program: Program) -> None:
    assert "did you mean vpn-drops?" in program("runbook", "show", "vpn-drop", status=1).err
    for words in (("versions", "x"), ("retire", "x"), ("edit", "x"), ("diff", "x", "1", "2")):
        program("runbook", *words, status=1)


def test_new_opens_the_template_and_keeps_what_was_made_of_it(program: Program, editor: Any, tmp_path: Path) -> None:
    editor("sed -i 's/What to do first/Breathe/' \"$1\"")
    assert program("runbook", "new", "calm-down").out == "calm-down version 1\n"
    told = program("runbook", "show", "calm-down", "--json").json
    assert (told["title"], told["review_at"]) == ("Calm down", "2027-05-20")
    assert told["steps"][0]["title"] == "Breathe."
    assert told["steps"][0]["command"] == "ping -c 3 {{host}}"
    assert left(tmp_path) == []
    editor("true")
    assert program("runbook", "new", "nothing").out == "nothing changed\n"
    assert program("runbook", "new", "Not a name", status=1).err.startswith("workbench: 'Not a name' is no name")
    assert "no person" in Program(program.file, "stranger")("runbook", "new", "x", status=1).err


def test_edit_keeps_every_version(program: Program, editor: Any, tmp_path: Path) -> None:
    editor("sed -i 's/Slowly/Quickly/' \"$1\"")
    assert program("runbook", "edit", "log").out == "log version 2\n"
    assert program("runbook", "edit", "log").out == "nothing changed\n"
    assert [line.split()[0] for line in program("runbook", "versions", "log").lines] == ["2", "1"]
    assert program("runbook", "versions", "log", "--json").json[1] == {
        "version": 1,
        "at": "2026-11-21T09:00:00Z",
        "who": "maya",
    }
    changed = [line for line in program("runbook", "diff", "log", "1", "2").lines if line[0] in "+-"]
    assert [line[:9] for line in changed] == ["--- log v", "+++ log v", "-Slowly, ", "+Quickly,"]
    assert len(program("runbook", "diff", "log", "1", "2", "--json").json["lines"]) > 4
    assert program("runbook", "show", "log", "--version", "1", "--source").lines[2].startswith("Slowly")
    assert left(tmp_path) == []


def test_a_bad_text_is_kept_to_go_on_with(program: Program, editor: Any, tmp_path: Path) -> None:
    editor("sed -i 's/^review: .*/review: soon/' \"$1\"")
    refused = program("runbook", "edit", "vpn-drops", status=1)
    (kept,) = left(tmp_path)
    assert refused.err.startswith("workbench: net/vpnDrops.md:9: review: 'soon' is no")
    assert f"`workbench runbook edit vpn-drops --file {kept}` goes on with it" in refused.err
    assert (kept.stat().st_mode & 0o777, kept.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    kept.write_text(kept.read_text().replace("soon", "2027-01-01"))
    assert program("runbook", "edit", "vpn-drops", "--file", str(kept)).out == "vpn-drops version 2\n"


@pytest.mark.parametrize("script", ["exit 3", 'echo >> "$1"; exit 3', "printf '\\377' > \"$1\""])
def test_an_editor_that_fails_changes_nothing(program: Program, editor: Any, tmp_path: Path, script: str) -> None:
    editor(script)
    program("runbook", "edit", "log", status=1)
    assert len(program("runbook", "versions", "log").lines) == 1
    assert len(left(tmp_path)) == (script != "exit 3")


def test_no_editor_is_told(program: Program, editor: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    editor("true")
    monkeypatch.setenv("EDITOR", "/no/such/editor")
    assert "does not start" in program("runbook", "edit", "log", status=1).err


def test_what_another_changed_meanwhile_is_not_overwritten(program: Program, editor: Any, tmp_path: Path) -> None:
    file = tmp_path / "theirs.md"
    file.write_text("# Theirs")
    root = Path(__file__).parents[2]
    editor(
        f"cd {root} && {sys.executable} -m workbench --db {program.file} --as ravi --as-of 2026-11-21T09:00:00Z"
        f' runbook edit log --file {file} && echo more >> "$1"'
    )
    refused = program("runbook", "edit", "log", status=1)
    assert "changed by ravi meanwhile" in refused.err
    assert len(left(tmp_path)) == 1


def test_retiring_and_back(program: Program) -> None:
    assert program("runbook", "retire", "log").out == "log retired\n"
    assert [each["slug"] for each in program("runbook", "list", "--json").json] == ["vpn-drops"]
    assert len(program("runbook", "list", "--retired").lines) == 3
    assert program("runbook", "retire", "log", "--back", "--json").json["retired"] is False
    assert len(program("runbook", "list", "--json").json) == 2
