"""Bringing tickets in and taking them out from the command line."""

import csv
import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import HOSTILE, Write
from tests.cli.program import NINE, Answer, Program

EXPORT = """Number,Subject,Status,Priority,Group,Assignee,Company,Caller,Opened,Tags
INC1,VPN drops,Pending,2 - High,Network,Ravi Rao,Contoso,Dana Reyes,2026-11-20 09:00,vpn;new laptop
INC2,Printer jams,Open,Low,frontline,Nia Ward,Contoso,Dana Reyes,2026-11-20 10:00,
"""

MIXED = EXPORT + "INC3,Mail,Foo,,,,,,2026-11-20,\nINC4,,New,,,,,,,\nINC1,Again,New,,,,,,,\nINC5,x,New,,,,,,,,,,\n"

LOG = """Case,When,Step,Group
7,2026-11-20 09:00,New,Desk
7,2026-11-20 10:00,Foo,Desk
8,2026-11-20 09:30,New,Desk
7,2026-11-20 11:00,Done,Desk
"""

PROFILE = """
subject = "Case {Case}"
[columns]
case = "Case"
time = "When"
state = "Step"
team = "Group"
[states]
New = "new"
Done = "resolved"
"""


def listed(program: Program) -> list[dict[str, Any]]:
    """All tickets, the first number first."""
    lines: list[dict[str, Any]] = program("ticket", "list", "--json").json
    return sorted(lines, key=lambda line: str(line["ref"]))


def table_of(path: str | Path) -> list[dict[str, str]]:
    """A CSV file by its column names."""
    with Path(path).open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def import_tickets(program: Program, *arguments: str, status: int = 0, at: str = NINE) -> Answer:
    """Runs `import tickets`."""
    return program("import", "tickets", *arguments, status=status, at=at)


def test_an_export_comes_in_and_a_second_time_changes_nothing(empty: Program, write: Write) -> None:
    file = write("export.csv", EXPORT)
    said = import_tickets(empty, file)
    assert said.out == "2 tickets imported (#1001 to #1002)\n"
    assert {'team "Network": added', 'person "Nia Ward": added'} <= set(said.err.splitlines())
    vpn, printer = listed(empty)
    assert (vpn["external"], vpn["assignee"], vpn["client"]) == ("INC1", "ravi", "contoso")
    assert vpn["tags"] == ["vpn", "new laptop"]
    assert (printer["assignee"], printer["opened_at"]) == ("Nia Ward", "2026-11-20T09:00:00Z")
    assert import_tickets(empty, file).out == "0 tickets imported, 2 known already\n"


@pytest.mark.parametrize("name", ["export.csv", "export.json"])
def test_an_export_without_a_ticket_comes_in(empty: Program, tmp_path: Path, name: str) -> None:
    file = str(tmp_path / name)
    assert empty("export", "tickets", file).out.startswith("0 tickets in ")
    assert import_tickets(empty, file).out == "0 tickets imported\n"
    assert import_tickets(empty, file, "--dry-run", "--json").json["imported"] == 0


@pytest.mark.parametrize(
    ("content", "told"), [("[1, 2]", "is not an object in braces"), ("[{}]", "has no subject"), ('["x"]', "row 1: ")]
)
def test_an_array_without_a_ticket_says_what_its_rows_are(
    empty: Program, write: Write, content: str, told: str
) -> None:
    assert told in import_tickets(empty, write("export.json", content), status=1).err


def test_a_dry_run_tells_each_column_and_changes_nothing(empty: Program, write: Write) -> None:
    file = write("export.csv", EXPORT.replace("Tags", "Watchers"))
    said = import_tickets(empty, file, "--dry-run")
    assert said.lines[0].split() == ["Number", "external"]
    assert said.lines[9].split() == ["Watchers", "(not", "read)"]
    assert said.lines[-1] == "2 tickets would be imported"
    told = import_tickets(empty, file, "--dry-run", "--json").json
    assert set(told) == {
        "read", "imported", "known", "rejected", "rejected_file", "doubts", "added", "columns", "refs", "dry_run",
        "refused",
    }  # fmt: skip
    assert (told["imported"], told["refs"], told["dry_run"]) == (2, [], True)
    assert told["columns"][0] == {"column": "Number", "field": "external"}
    assert listed(empty) == []


def test_bad_rows_stop_all_and_each_is_told(empty: Program, write: Write) -> None:
    file = write("export.csv", MIXED)
    said = import_tickets(empty, file, status=1).err
    assert "row 4: Status: 'Foo' is no known state" in said
    assert "--partial; nothing was changed" in said
    assert listed(empty) == []
    told = import_tickets(empty, file, "--dry-run", "--json").json
    assert [problem["row"] for problem in told["rejected"]] == [4, 5, 6, 7]
    assert (told["rejected_file"], told["refused"], told["imported"]) == (None, True, 2)
    assert [path.suffix for path in empty.file.parent.glob("export*")] == [".csv"]


def test_a_dry_run_says_what_the_same_call_would_do(empty: Program, write: Write) -> None:
    file = write("export.csv", MIXED)
    part = "2 tickets would be imported, 4 cannot be used"
    said = import_tickets(empty, file, "--dry-run").lines[-1]
    assert said == f"would be refused without --partial; with it {part}"
    assert import_tickets(empty, file, "--dry-run", "--partial").lines[-1] == part
    assert import_tickets(empty, file, "--dry-run", "--partial", "--json").json["refused"] is False


def test_a_refusal_names_every_row_at_once(empty: Program, write: Write) -> None:
    file = write("export.csv", MIXED + "INC2,Known,New,,,,,,,\n")
    said = import_tickets(empty, file, status=1).err
    assert "export.csv: 5 of 7 cannot be used: row 4: " in said
    assert "row 6: 'INC1' stands in an earlier row too; row 7: " in said
    assert "row 8: 'INC2' stands in an earlier row too" in said
    import_tickets(empty, write("first.csv", EXPORT))
    again = import_tickets(empty, file, status=1).err
    assert "export.csv: 3 of 7 cannot be used" in again
    assert len(import_tickets(empty, file, "--dry-run", "--json").json["rejected"]) == 3


def test_what_a_part_leaves_out_comes_in_when_it_is_mended(empty: Program, write: Write) -> None:
    told = import_tickets(empty, write("export.csv", MIXED, "cp1252"), "--partial", "--json").json
    assert (told["imported"], len(told["rejected"])) == (2, 4)
    rejected = Path(told["rejected_file"])
    assert rejected.name == "export.csv.rejected.csv"
    assert [(row["Number"], row["Subject"]) for row in table_of(rejected)] == [
        ("INC3", "Mail"),
        ("INC4", ""),
        ("INC1", "Again"),
        ("INC5", "x"),
    ]
    assert table_of(rejected)[1]["rejected because"] == "has no subject"
    mended = rejected.read_text().replace("Foo", "Open").replace("INC4,,", "INC4,Fan,").replace("INC1,", "INC6,")
    rejected.write_text(mended)
    again = import_tickets(empty, str(rejected), "--partial", "--json").json
    assert (again["imported"], len(again["rejected"])) == (3, 1)


@pytest.mark.parametrize(
    ("name", "content", "text"),
    [
        ("a.csv", 'id,subject\nA,good\nB,"quo"te bad\n', 'B,"quo"te bad'),
        ("a.csv", 'id,subject\nA,good\n=B,"quo"te bad\n', '\'=B,"quo"te bad'),
        (
            "a.jsonl",
            '{"id": "A", "subject": "good"}\n {"id":"J2","subject":"lost",}\r\n',
            '{"id":"J2","subject":"lost",}',
        ),
        ("a.jsonl", '{"id": "A", "subject": "good"}\n["lost here"]\n', "lost here;"),
        ("a.json", '[{"id": "A", "subject": "good"}, "lost here"]', "lost here"),
    ],
)
def test_a_row_that_cannot_be_cut_into_cells_is_kept_as_it_stands(
    empty: Program, write: Write, name: str, content: str, text: str
) -> None:
    told = import_tickets(empty, write(name, content), "--partial", "--json").json
    assert told["imported"] == 1
    (row,) = table_of(told["rejected_file"])
    assert (row["id"], row["subject"], row["rejected text"]) == ("", "", text)
    assert row["rejected row"] == str(told["rejected"][0]["row"])


def test_cells_beyond_the_columns_stand_behind_all_others_and_are_told_again(empty: Program, write: Write) -> None:
    file = write("a.csv", "id,subject\nA,Fan, loud,again\nB\n")
    import_tickets(empty, file, "--partial")
    header, long, short = csv.reader(Path(f"{file}.rejected.csv").read_text().splitlines())
    assert header == ["id", "subject", "rejected row", "rejected because", "rejected text"]
    assert long == ["A", "Fan", "2", "has 4 cells where the header has 2", "", " loud", "again"]
    assert short == ["B", "", "3", "has 1 cells where the header has 2", ""]
    assert "row 2: has 7 cells" in import_tickets(empty, f"{file}.rejected.csv", status=1).err


def test_rejected_rows_of_json_are_no_formulas_and_come_back_the_same(empty: Program, write: Write) -> None:
    rows = [{"id": "A", "subject": "=1+1", "state": "Foo"}, {"id": "B", "subject": "'+49 30' is dead", "state": "Foo"}]
    rejected = import_tickets(empty, write("a.json", json.dumps(rows)), "--partial", "--json").json["rejected_file"]
    assert [row["subject"] for row in table_of(rejected)] == ["'=1+1", "''+49 30' is dead"]
    Path(rejected).write_text(Path(rejected).read_text().replace(",Foo,", ",New,"))
    import_tickets(empty, rejected)
    assert [ticket["subject"] for ticket in listed(empty)] == ["=1+1", "'+49 30' is dead"]


def test_rejected_rows_are_never_written_over_or_lost(empty: Program, write: Write) -> None:
    file = write("export.csv", MIXED + "INC7,x,New,,,,,,,\n")
    first = import_tickets(empty, file, "--partial", "--json").json["rejected_file"]
    Path(first).write_text("being mended")
    assert import_tickets(empty, file, "--partial", "--json").json["rejected_file"].endswith(".rejected-2.csv")
    assert Path(first).read_text() == "being mended"


def test_a_tier_that_is_not_there_is_rejected_with_its_row(empty: Program, write: Write) -> None:
    file = write("export.csv", "id,subject,tier\n1,Fan,L9\n2,Door,L2\n")
    assert import_tickets(empty, file, "--partial").out.startswith("1 ticket imported (#1001), 1 cannot")
    (row,) = table_of(f"{file}.rejected.csv")
    assert (row["subject"], row["tier"]) == ("Fan", "L9")


def test_no_time_is_made_up_for_a_date_that_cannot_be(empty: Program, write: Write) -> None:
    rows = "R-1,VPN drops,2026-11-02,2026-11-01\nR-2,Fan,2030-11-02,\nR-3,Door,2026-10-25 02:30,\n"
    file = write("rev.csv", f"id,subject,created,resolved\n{rows}")
    said = import_tickets(empty, file, status=1).err
    assert "resolved_at 2026-10-31T23:00:00Z is before the opening, 2026-11-01T23:00:00Z" in said
    assert "opened_at 2030-11-01T23:00:00Z is in the future" in said
    assert listed(empty) == []
    assert "row 4: '2026-10-25 02:30' stands twice" in import_tickets(empty, file, "--partial").err
    assert [told["external"] for told in listed(empty)] == ["R-3"]
    assert [row["id"] for row in table_of(f"{file}.rejected.csv")] == ["R-1", "R-2"]


@pytest.mark.parametrize(
    ("name", "delimiter", "encoding"),
    [("a.csv", ";", "cp1252"), ("a.csv", "\t", "utf-16"), ("a.tsv", "\t", "utf-8-sig"), ("a.csv", ",", "utf-16-le")],
)
def test_whatever_a_spreadsheet_saves_is_read(
    empty: Program, write: Write, name: str, delimiter: str, encoding: str
) -> None:
    rows = [("Betreff", "Priorität", "Bearbeiter", "Erstellt am"), ("Drucker läuft", "hoch", "Jörg", "20.11.2026 9:00")]
    file = write(name, "".join(delimiter.join(row) + "\r\n" for row in rows), encoding)
    import_tickets(empty, file)
    (told,) = listed(empty)
    assert (told["subject"], told["priority"], told["assignee"]) == ("Drucker läuft", "P2", "Jörg")
    assert told["opened_at"] == "2026-11-20T08:00:00Z"


SERVICENOW = """"number","opened_at","short_description","caller_id","priority","state","assignment_group","hold_reason"
"INC1","2026-11-18 09:30:01","Need printer","Joe","1 - Critical","On Hold","Hardware","Awaiting Vendor"
"""

FRESHDESK = """Ticket ID,Subject,Status,Priority,Agent,Group,Created time,Full name,Company Name
17,Router,Waiting on Third Party,Urgent,No Agent,No Group,2026-11-18 09:30:01,Dana Reyes,Contoso
"""

JIRA = """Summary,Issue key,Issue id,Status,Priority,Assignee,Created,Labels,Labels,Labels
Fire,ITSM-12,10012,In Progress,Highest,Maya,20/Nov/26 3:45 AM,vip,floor3,
"""

ZENDESK = json.dumps(
    [{"id": 35436, "external_id": None, "subject": "Help", "status": "open", "priority": "urgent", "tags": ["vip"]}]
)


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("servicenow.csv", SERVICENOW, ("INC1", "waiting", "vendor", "Hardware", None, "P1")),
        ("freshdesk.csv", FRESHDESK, ("17", "waiting", "vendor", "frontline", None, "P1")),
        ("jira.csv", JIRA, ("ITSM-12", "open", None, "frontline", "maya", "P1")),
        ("zendesk.json", ZENDESK, ("35436", "open", None, "frontline", None, "P1")),
    ],
)
def test_exports_of_other_tools_say_who_and_what_is_waited_for(
    empty: Program, write: Write, name: str, content: str, expected: tuple[str | None, ...]
) -> None:
    import_tickets(empty, write(name, content))
    (told,) = listed(empty)
    waits_for = told["waiting"]["for"] if told["waiting"] else None
    found = (told["external"], told["state"], waits_for, told["team"], told["assignee"], told["priority"])
    assert found == expected


def test_labels_in_columns_of_their_own_are_all_tags(empty: Program, write: Write) -> None:
    import_tickets(empty, write("jira.csv", JIRA))
    assert listed(empty)[0]["tags"] == ["vip", "floor3"]


def test_columns_are_chosen_and_wrong_choices_told(empty: Program, write: Write) -> None:
    file = write("export.csv", "What,Due,Group\nFan,03/04/2026 09:00,Hall\n")
    assert "--column subject=NAME" in import_tickets(empty, file, status=1).err
    chosen = ("--column", "subject=What", "--column", "team=", "--column", "opened_at=due")
    assert "--day-first" in import_tickets(empty, file, *chosen, status=1).err
    import_tickets(empty, file, *chosen, "--month-first", "--zone", "America/New_York")
    (told,) = listed(empty)
    assert (told["subject"], told["team"], told["opened_at"]) == ("Fan", "frontline", "2026-03-04T14:00:00Z")
    assert "did you mean subject?" in import_tickets(empty, file, "--column", "subjet=What", status=1).err
    assert "did you mean Group?" in import_tickets(empty, file, "--column", "team=Grup", status=1).err
    assert (
        "did you mean Europe/Berlin?" in import_tickets(empty, file, *chosen, "--zone", "Europe/Berlinn", status=1).err
    )
    import_tickets(empty, file, "--column", "What", status=2)
    both = import_tickets(empty, file, *chosen, "--day-first", "--month-first", status=2).err
    assert "--day-first and --month-first contradict each other" in both
    import_tickets(empty, file, *chosen, "--day-first", "--day-first")


@pytest.mark.parametrize("name", ["missing", "missing.csv", "missing.json.gz"])
def test_a_file_that_is_not_there_is_told(empty: Program, name: str) -> None:
    for arguments in (("tickets", name), ("log", name, "--profile", "bpic2013")):
        assert f"{name} does not exist" in empty("import", *arguments, status=1).err


def test_who_imports_must_be_a_person_of_the_setup(empty: Program, write: Write) -> None:
    file = write("export.csv", EXPORT)
    stranger = Program(empty.file, "nobody-knows")
    assert "is no person of this workbench" in import_tickets(stranger, file, status=1).err


@pytest.mark.parametrize("name", ["log.csv", "log.csv.gz"])
def test_a_case_with_a_bad_row_is_kept_whole_and_comes_in_when_it_is_mended(
    empty: Program, write: Write, tmp_path: Path, name: str
) -> None:
    profile = write("desk.toml", PROFILE)
    (tmp_path / name).write_bytes(gzip.compress(LOG.encode()) if name.endswith(".gz") else LOG.encode())
    log = ("import", "log", str(tmp_path / name), "--profile", profile)
    assert "row 3: 'Foo' does not stand in" in empty(*log, status=1).err
    told = empty(*log, "--partial", "--json").json
    assert [(problem["row"], problem["reason"][:8]) for problem in told["rejected"]] == [
        (2, "its case"),
        (3, "'Foo' do"),
        (5, "its case"),
    ]
    rejected = Path(told["rejected_file"])
    assert [row["Step"] for row in table_of(rejected)] == ["New", "Foo", "Done"]
    rejected.write_text(rejected.read_text().replace("Foo", "New"))
    assert empty("import", "log", str(rejected), "--profile", profile).out == "1 ticket imported (#1002)\n"
    mended = empty("ticket", "show", "7", "--json").json
    assert (mended["state"], mended["team"], mended["resolved_at"]) == ("resolved", "Desk", "2026-11-20T11:00:00Z")
    assert empty(*log, "--dry-run", "--partial").out.startswith("0 tickets would be imported, 1 known already")


def test_rows_that_stand_after_a_later_one_are_told(empty: Program, write: Write) -> None:
    profile, mended = write("desk.toml", PROFILE), LOG.replace("Foo", "New")
    said = empty("import", "log", write("mixed.csv", mended + "7,2026-11-20 08:00,New,Desk\n"), "--profile", profile)
    told = "1 row stood after a later one of the same case; all are taken in the order of their time"
    assert told in said.err.splitlines()
    assert "stood after" not in empty("import", "log", write("log.csv", mended), "--profile", profile).err


def test_many_lines_of_a_kind_are_cut(empty: Program, write: Write) -> None:
    file = write("export.csv", "id,subject,assignee\n" + "".join(f"{n},x,new {n}\n" for n in range(22)))
    assert import_tickets(empty, file, "--dry-run").err.splitlines()[-1] == "… and 2 more; --json tells all"


def test_an_imported_history_is_seen_at_any_moment(empty: Program, write: Write) -> None:
    log = write("log.csv", LOG.replace("Foo", "New"))
    empty("import", "log", log, "--profile", write("desk.toml", PROFILE))
    before = empty("ticket", "show", "7", "--json", at="2026-11-20T10:30:00Z").json
    assert (before["state"], before["age_s"], len(before["timeline"])) == ("new", 5400, 2)
    empty("ticket", "show", "7", at="2026-11-20T08:59:59Z", status=1)


def test_profiles_are_named_or_files(empty: Program, write: Write) -> None:
    log = ("import", "log", write("log.csv", LOG), "--profile")
    assert "did you mean bpic2013?" in empty(*log, "bpic2012", status=1).err
    assert "cannot be read" in empty(*log, "none.toml", status=1).err
    assert "has no [columns]" in empty(*log, write("bad.toml", 'subject = "x"'), status=1).err
    empty("import", "log", "log.csv", status=2)


@pytest.mark.parametrize("ending", ["csv", "json"])
def test_what_is_exported_comes_back_the_same(workbench: Program, tmp_path: Path, ending: str) -> None:
    workbench("ticket", "new", "--subject", "=1+1", "--body", "-", stdin=b"a\0b\r\n=cmd|' /C calc'!A0\n", at=AT)
    workbench("ticket", "resolve", "1002", at=AT)
    file = str(tmp_path / f"tickets.{ending}")
    assert workbench("export", "tickets", file, at=AT).out == f"4 tickets in {file}\n"
    other = Program(tmp_path / "other.db")
    other("init")
    other("setup", "apply", "-", stdin=workbench("setup", "show").out.encode())
    assert import_tickets(other, file, at=AT).out == "4 tickets imported (#1001 to #1004)\n"
    back = tmp_path / f"back.{ending}"
    other("export", "tickets", str(back), at=AT)
    for before, after in zip(exported(Path(file)), exported(back), strict=True):
        before["external"] = f"#{before['ref']}"
        if before["body"]:
            before["body"] = before["body"].replace("\0", "␀")
        assert {field: after[field] for field in KEPT} == {field: before[field] for field in KEPT}
    assert import_tickets(workbench, file, at=AT).out == "0 tickets imported, 4 known already\n"
    assert import_tickets(other, file, at=AT).out == "0 tickets imported, 4 known already\n"


AT = "2026-11-21T10:00:00Z"

KEPT = (
    "external", "subject", "body", "state", "tier", "team", "assignee", "priority", "impact", "urgency", "client",
    "contact", "component", "tags", "opened_at", "resolved_at", "closed_at",
)  # fmt: skip
"""What a table tells of a ticket; its history stays behind."""


def exported(file: Path) -> list[dict[str, Any]]:
    """An exported file's tickets, the first opened first."""
    tickets: list[dict[str, Any]] = table_of(file) if file.suffix == ".csv" else json.loads(file.read_text())
    return sorted(tickets, key=lambda ticket: (ticket["opened_at"], ticket["subject"]))


def test_no_exported_cell_is_a_formula_and_hostile_text_stays(workbench: Program, tmp_path: Path) -> None:
    workbench("ticket", "new", "--subject", "@SUM(1)", "--contact", "+49 30")
    file = tmp_path / "tickets.csv"
    workbench("export", "tickets", str(file))
    rows = table_of(file)
    assert rows[0]["subject"] == HOSTILE
    assert (rows[3]["subject"], rows[3]["contact"]) == ("'@SUM(1)", "'+49 30")


def test_an_export_never_overwrites_unasked(workbench: Program, tmp_path: Path) -> None:
    file = tmp_path / "tickets.json"
    workbench("export", "tickets", str(file))
    assert "exists already" in workbench("export", "tickets", str(file), status=1).err
    told = workbench("export", "tickets", str(file), "--replace", "--json").json
    assert told == {"file": str(file), "tickets": 3}
    assert "neither .csv nor .json" in workbench("export", "tickets", "tickets.xlsx", status=1).err
    for what, name in (("tickets", "t.csv"), ("owners", "o.yaml")):
        refused = workbench("export", what, str(tmp_path / "no" / name), status=1).err
        assert f"there is no folder {tmp_path / 'no'}; make it first" in refused
    assert not list(tmp_path.glob(".*partly"))


def test_an_export_looks_back(workbench: Program, tmp_path: Path) -> None:
    file = tmp_path / "tickets.json"
    workbench("export", "tickets", str(file), at="2026-11-21T08:30:00Z")
    assert [ticket["ref"] for ticket in json.loads(file.read_text())] == [1001]
