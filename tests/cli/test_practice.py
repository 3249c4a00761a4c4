"""Practice by commands: a whole scenario by script, files that are not taken for each other, scenarios of one's own."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import HOSTILE
from tests.cli.program import Answer, Program, run_inside
from tests.practice.rehearsals import SCENARIO
from workbench.database import Database


@pytest.fixture
def file(tmp_path: Path, practice_file: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The practice file that everything goes by, with the scenario `stuck` beside it."""
    path = tmp_path / "practice" / "practice.db"
    (path.parent / "scenarios").mkdir(parents=True)
    path.write_bytes(practice_file.read_bytes())
    (path.parent / "scenarios" / "stuck.md").write_text(SCENARIO, "utf-8")
    monkeypatch.setenv("WORKBENCH_PRACTICE", str(path))
    return path


def play(*arguments: str, who: str = "zoe", status: int = 0, stdin: bytes = b"") -> Answer:
    """Runs a command as a trainee."""
    answer = run_inside("--as", who, *arguments, stdin=stdin)
    assert answer.status == status, answer
    assert "\x1b" not in answer.out + answer.err
    return answer


@pytest.mark.usefixtures("file")
def test_a_whole_scenario_is_played_by_script() -> None:
    begun = play("practice", "begin", "scenario", "locked-out", "--seed", "3", "--json").json
    assert (begun["kind"], begun["name"], begun["seed"], begun["to_come"]) == ("scenario", "locked-out", 3, 0)
    ref = str(begun["tickets"][0]["ref"])
    play("ticket", "take", ref, "--practice")
    play("--practice", "ticket", "comment", ref, "Is there a phone with the old password?")
    (answer,) = play("practice", "tick", "3m", "--json").json
    quiet = play("practice", "tick", "0m")
    assert (quiet.out, "nothing happened" in quiet.err) == ("", True)
    assert answer["words"] == f"#{ref}: the requester answered"
    assert "phone? It has been asking" in play("--practice", "ticket", "show", ref).out
    assert "Who keeps trying?" in play("practice", "hint", ref, "--json").json["hint"]
    steps = json.dumps({"steps": [{"step": number, "outcome": "done"} for number in (1, 2)]}).encode()
    play("--practice", "runbook", "run", "account-locked", "--ticket", ref, "--steps", "-", stdin=steps)
    play("--practice", "ticket", "priority", ref, "P3", "--reason", "one person, blocked")
    play("--practice", "ticket", "resolve", ref, "--cause", "phone", "--fix", "new password on the phone")
    (shown,) = play("practice", "sheet", "--json").json["tickets"]
    assert shown["over"]
    ended = play("practice", "end", "--json").json
    (ticket,) = ended["tickets"]
    assert (ticket["scenario"], ticket["hints"], ticket["over"]) == ("locked-out", 1, True)
    assert ended["got"] == ticket["got"] == max(0, sum(point["got"] for point in ticket["points"]) - 5)
    assert {point["skill"] for point in ticket["points"]} >= {"triage", "runbook", "clock", "communication"}
    assert "old password" in ticket["debrief"]
    (session,) = play("practice", "progress", "--json").json
    assert (session["trainee"], session["got"], session["most"]) == ("zoe", ended["got"], ended["most"])
    assert play("practice", "sheet", str(session["session"])).out == play("practice", "sheet").out


@pytest.mark.usefixtures("file")
def test_a_command_that_led_astray_is_told_at_the_end() -> None:
    astray = "What step 3 of vpn-drops printed led astray here."
    play("practice", "begin", "scenario", "vpn-drops")
    assert astray not in play("practice", "sheet").out
    assert astray in play("practice", "end", "--json").json["tickets"][0]["debrief"]
    assert astray in play("practice", "sheet").out
    assert astray in play("practice", "show", "vpn-drops", "--key").out


@pytest.mark.usefixtures("file")
def test_a_lead_sees_all_trainees() -> None:
    for who in ("zoe", "yuri"):
        play("practice", "begin", "drill", "triage", who=who)
        play("practice", "end", who=who)
    assert [each["trainee"] for each in play("practice", "progress", "--json", who="maya").json] == ["zoe", "yuri"]
    assert [each["trainee"] for each in play("practice", "progress", "--mine", "--json").json] == ["zoe"]
    lines = play("practice", "progress").lines
    assert lines[0].split()[:2] == ["SESSION", "TRAINEE"]
    assert len(lines) == 3


@pytest.mark.usefixtures("file")
def test_time_is_paused_goes_on_and_faster() -> None:
    play("practice", "begin", "shift", "L1", "--seed", "7", "--speed", "30")
    assert "paused" in play("practice", "pause").out
    paused = play("practice", "status", "--json").json
    assert paused["paused"]
    assert play("practice", "status", "--json").json["now"] == paused["now"]
    play("practice", "tick", "10m")
    assert "60 times as fast" in play("practice", "speed", "60").out.replace("paused", "60 times as fast")
    told = play("practice", "resume").out
    assert "60 times as fast" in told
    assert play("practice", "status", "--json").json["to_come"] < paused["to_come"]


def test_words_show_nothing_that_a_terminal_obeys(file: Path) -> None:
    play("practice", "begin", "scenario", "stuck")
    ref = str(play("practice", "status", "--json").json["tickets"][0]["ref"])
    told = [play("practice", *words).out for words in (["list"], ["show", "stuck", "--key"], ["tick", "20m"])]
    assert all("[/b]" in each for each in told[:2])
    assert "#1002 came in at L1: Nothing prints on [/] the second floor" in told[2]
    play("--practice", "ticket", "show", ref)
    play("practice", "end")
    Database.open(file, practice=True).close()


def test_neither_file_is_taken_for_the_other(file: Path, workbench: Program) -> None:
    before = workbench.file.read_bytes()
    wrong = play("--db", str(file), "queues", status=1)
    assert "practice file" in wrong.err
    assert "--practice" in wrong.err
    assert "live workbench" in play("--practice", "--db", str(workbench.file), "queues", status=1).err
    assert "practice file" in play("--db", str(workbench.file), "restore", str(file), status=1).err
    assert "no file" in play("--practice", "--db", str(file.parent / "typo.db"), "queues", status=1).err
    assert not (file.parent / "typo.db").exists()
    for command in ("init", "demo", "restore"):
        assert "not for practice" in play("--practice", command, "x", status=2).err
    assert workbench.file.read_bytes() == before


def test_nothing_reaches_the_live_file(file: Path, workbench: Program) -> None:
    before = workbench("ticket", "list", "--json").out
    live = ("--db", str(workbench.file))
    play(*live, "practice", "begin", "scenario", "stuck")
    play(*live, "practice", "tick", "20m")
    play(*live, "practice", "end")
    assert workbench("ticket", "list", "--json").out == before


@pytest.mark.usefixtures("file")
def test_what_cannot_be_is_refused_in_a_line() -> None:
    for arguments, words in (
        (["status"], "no session"),
        (["tick"], "no session"),
        (["end"], "no session"),
        (["sheet"], "not practised yet"),
        (["sheet", "9"], "no session 9"),
        (["begin", "scenario", "lockedout"], "did you mean locked-out"),
        (["begin", "drill", "dancing"], "no scenario for a drill"),
        (["begin", "shift", "L9"], "no scenario for a shift"),
        (["tick", "soon"], "not a duration"),
        (["tick", "2d"], "no session"),
        (["show", "[/b]"], "no scenario named"),
    ):
        answer = play("practice", *arguments, status=1)
        assert words in answer.err
        assert answer.err.count("\n") == 1
    for arguments in (["begin", "party", "x"], ["begin", "shift", "L1", "--speed", "61"], ["speed", "0"]):
        play("practice", *arguments, status=2)


def test_a_file_is_checked_line_by_line(file: Path, tmp_path: Path) -> None:
    good = file.parent / "scenarios" / "stuck.md"
    assert play("practice", "check", str(good)).out == f"{good} is a scenario\n"
    assert play("practice", "check", str(good), "--json").json == {"ok": True, "faults": []}
    bad = tmp_path / "bad.md"
    bad.write_text(
        SCENARIO.replace("component: lan", "component: lann").replace("client: kessel", "client: x"), "utf-8"
    )
    told = play("practice", "check", str(bad), status=1)
    assert f"{bad}:5: no client named" in told.out
    assert f"{bad}:11: no component named 'lann'; did you mean lan?" in told.out
    faults = json.loads(play("practice", "check", str(bad), "--json", status=1).out)["faults"]
    assert [fault["line"] for fault in faults] == [5, 11]
    bad.write_text(f"---\ntitle: {HOSTILE}", "utf-8")
    play("practice", "check", str(bad), status=1)
    play("practice", "check", str(tmp_path / "none.md"), status=1)


def test_a_broken_one_is_told_and_one_is_tried_from_its_file(file: Path, tmp_path: Path) -> None:
    (file.parent / "scenarios" / "broken.md").write_text("nothing", "utf-8")
    listed = play("practice", "list", "--json")
    assert "broken.md:1:" in listed.err
    assert {"stuck", "locked-out"} <= {each["name"] for each in listed.json}
    tried = tmp_path / "tried.md"
    tried.write_text(SCENARIO, "utf-8")
    assert play("practice", "begin", "scenario", str(tried), "--json").json["name"] == "tried"


def test_a_real_ticket_is_shown_before_it_is_saved_as_a_scenario(
    file: Path, workbench: Program, tmp_path: Path
) -> None:
    workbench("ticket", "comment", "1002", "Hello Dana Reyes, which colour is the lamp?")
    workbench("ticket", "note", "1002", "Red, says Reyes; to be called at 0171 2345678")
    assert "is new" in workbench("practice", "from", "1001", status=1).err
    workbench("ticket", "resolve", "1002", "--cause", "paper", "--fix", "taken out")
    saved = tmp_path / "jam.md"
    shown = workbench("practice", "from", "1002").out
    assert "Printer jams" in shown
    assert workbench("practice", "from", "1002", "--json").json == {"text": shown, "faults": []}
    for secret in ("Dana", "Reyes", "2345678", "contoso"):
        assert secret.lower() not in shown.lower()
    workbench("practice", "from", "1002", "--save", str(saved), status=2)  # nobody was asked
    assert not saved.exists()
    assert workbench("practice", "from", "1002", "--save", str(saved), "--yes").out == shown
    assert saved.read_text("utf-8") == shown
    play("practice", "check", str(saved))
    again = workbench("practice", "from", "1002", "--save", str(saved), "--yes", status=1)
    assert "exists already; name another file" in again.err
    assert saved.read_text("utf-8") == shown
    play("practice", "begin", "scenario", str(saved))
