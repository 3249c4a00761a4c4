"""Event logs of three shapes become histories, with nothing but a profile for each."""

import gzip
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from workbench.clock import iso
from workbench.errors import InvalidInput, NotFound
from workbench.intake.logs import CaseHistory, LogEvent, LogReader
from workbench.intake.profile import Profile, load_profile, parse_profile
from workbench.intake.rows import RowFault
from workbench.tickets.vocabulary import Impact, Priority, State, WaitingFor

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)

VINST = """case:concept:name,org:group,org:resource,concept:name,lifecycle:transition,impact,product,time:timestamp
A-1,Q7,Ulla,Accepted,In Progress,High,PRINT,2011-03-01T10:00:00.000+01:00
A-1,Q7,Ulla,Queued,Awaiting Assignment,High,PRINT,2011-03-01T10:05:00.000+01:00
A-1,Q7 2nd,Ulla,Queued,Awaiting Assignment,High,PRINT,2011-03-01T10:05:00.000+01:00
A-1,Q7 2nd,Nils,Accepted,Wait - Vendor,High,PRINT,2011-03-01T11:00:00.000+01:00
A-1,Q7 2nd,Nils,Completed,Resolved,High,PRINT,2011-03-02T09:00:00.000+01:00
A-1,Q7 2nd,Siebel,Completed,Closed,High,PRINT,2011-03-10T09:00:00.000+01:00
A-2,Q8,?,Queued,Awaiting Assignment,Low,DESK,2011-02-27T09:00:00.000+01:00
A-2,Q8,Siebel,Completed,Cancelled,Low,DESK,2011-02-28T09:00:00.000+01:00
"""

STATUS_ONLY = """
subject = "{Titel}"
time_format = "%d.%m.%Y %H:%M"
zone = "Europe/Berlin"
missing = ["n/a"]
default_tier = "L1"

[columns]
case = "Vorgang"
time = "Zeit"
state = "Status"
team = "Gruppe"
person = "Bearbeiter"
priority = "Prio"
client = "Kunde"

[states]
Neu = "new"
"In Arbeit" = "open"
"Rückfrage" = "waiting:requester"
Notiz = "same"
Fertig = "closed"

[[tiers]]
matches = "^Ebene 3"
tier = "L3"
"""

MIXED = """Vorgang;Zeit;Status;Gruppe;Bearbeiter;Prio;Kunde;Titel
7;30.03.2024 09:00;Neu;Desk;n/a;hoch;Contoso;"Drucker; kein Papier"
8;30.03.2024 09:01;Neu;Desk;n/a;2 normal;Fabrikam;VPN
7;31.03.2024 09:00;Rückfrage;Desk;Eva;hoch;Contoso;Drucker
8;30.03.2024 10:00;In Arbeit;Ebene 3 Netz;Omar;2 normal;Fabrikam;VPN
7;30.03.2024 12:00;In Arbeit;Desk;Eva;hoch;Contoso;Drucker
7;31.03.2024 10:00;Notiz;Desk;Uwe;hoch;Contoso;Drucker
8;31.03.2024 11:00;Fertig;Ebene 3 Netz;Omar;2 normal;Fabrikam;VPN bricht ab
"""

SERVICENOW = """number,incident_state,sys_updated_at,assignment_group,assigned_to,category,subcategory,cmdb_ci,impact,priority
INC1,New,29/2/2016 01:16,Group 56,?,Category 55,Subcategory 170,?,2 - Medium,3 - Moderate
INC1,Active,29/2/2016 01:23,Group 56,Resolver 89,Category 55,Subcategory 170,?,2 - Medium,3 - Moderate
INC1,Awaiting User Info,29/2/2016 02:00,Group 24 2nd,Resolver 6,Category 55,Subcategory 170,?,2 - Medium,2 - High
INC1,-100,29/2/2016 02:30,Group 24 2nd,Resolver 6,Category 55,Subcategory 170,?,2 - Medium,2 - High
INC1,Resolved,29/2/2016 11:29,Group 24 2nd,Resolver 6,Category 55,Subcategory 170,?,2 - Medium,2 - High
INC1,Closed,5/3/2016 12:00,Group 24 2nd,Resolver 6,Category 55,Subcategory 170,?,2 - Medium,2 - High
"""  # noqa: E501

TRACES = """<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1.0" xmlns="http://www.xes-standard.org/">
  <extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
  <global scope="event"><string key="concept:name" value="none"/></global>
  <trace>
    <string key="concept:name" value="X1"/>
    <string key="service" value="mail"><string key="nested" value="not read"/></string>
    <event>
      <string key="concept:name" value="Assign &amp; start"/><string key="org:resource" value="Eva"/>
      <date key="time:timestamp" value="2012-01-02T03:04:05.000+01:00"/>
    </event>
    <event>
      <string key="concept:name" value="End"/><date key="time:timestamp" value="2012-01-03T03:04:05.000+01:00"/>
    </event>
  </trace>
</log>
"""

ACTIVITY_ONLY = """
subject = "Trouble with {case:service}"
[columns]
case = "case:concept:name"
time = "time:timestamp"
state = "concept:name"
person = "org:resource"
component = "case:service"
[states]
"Assign & start" = "open"
End = "resolved"
"""


def reader(folder: Path, name: str, content: str, profile: Profile) -> LogReader:
    path = folder / name
    data = content.encode()
    path.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    return LogReader(path, profile, now=NOW)


def histories(log: LogReader) -> list[CaseHistory]:
    found = list(log)
    assert all(isinstance(each, CaseHistory) for each in found), found
    return [each for each in found if isinstance(each, CaseHistory)]


def faults(log: LogReader) -> list[str]:
    return [str(each) for each in log if isinstance(each, RowFault)]


def steps(history: CaseHistory) -> list[tuple[State, str | None, str, str | None, str | None]]:
    return [(event.state, event.team, event.tier, event.who, event.assignee) for event in history.events]


@pytest.mark.parametrize("name", ["log.csv", "log.csv.gz"])
def test_a_log_of_activities_and_transitions(tmp_path: Path, name: str) -> None:
    log = reader(tmp_path, name, VINST, load_profile("bpic2013"))
    second, first = histories(log)
    assert (first.case, first.subject, iso(first.opened_at)) == ("A-1", "PRINT: High impact", "2011-03-01T09:00:00Z")
    assert steps(first) == [
        (State.OPEN, "Q7", "L1", "Ulla", "Ulla"),
        (State.OPEN, "Q7", "L1", "Ulla", None),
        (State.OPEN, "Q7 2nd", "L2", "Ulla", None),
        (State.WAITING, "Q7 2nd", "L2", "Nils", "Nils"),
        (State.RESOLVED, "Q7 2nd", "L2", "Nils", "Nils"),
        (State.RESOLVED, "Q7 2nd", "L2", None, "Nils"),
    ]
    assert first.events[3] == LogEvent(
        at=datetime(2011, 3, 1, 10, tzinfo=UTC),
        state=State.WAITING,
        waiting_for=WaitingFor.VENDOR,
        team="Q7 2nd",
        tier="L2",
        who="Nils",
        assignee="Nils",
        priority=None,
        impact=Impact.CLIENT,
        component="PRINT",
        client=None,
        text="Accepted/Wait - Vendor",
    )
    assert steps(second) == [(State.NEW, "Q8", "L1", None, None), (State.CLOSED, "Q8", "L1", None, None)]
    assert log.out_of_order == 0


def test_a_log_of_another_shape_with_its_cases_mixed(tmp_path: Path) -> None:
    log = reader(tmp_path, "log.csv", MIXED, parse_profile(STATUS_ONLY, "status.toml"))
    first, second = histories(log)
    assert (first.subject, second.subject) == ("Drucker", "VPN bricht ab")
    assert [(iso(event.at), event.state, event.who, event.text) for event in first.events] == [
        ("2024-03-30T08:00:00Z", State.NEW, None, "Neu"),
        ("2024-03-30T11:00:00Z", State.OPEN, "Eva", "In Arbeit"),
        ("2024-03-31T07:00:00Z", State.WAITING, "Eva", "Rückfrage"),
        ("2024-03-31T08:00:00Z", State.WAITING, "Uwe", "Notiz"),
    ]
    assert first.events[-1].assignee == "Eva"
    assert first.events[-1].waiting_for is WaitingFor.REQUESTER
    assert (first.events[0].priority, first.events[0].client) == (Priority.P2, "Contoso")
    assert [event.tier for event in second.events] == ["L1", "L3", "L3", "L3"]
    assert log.out_of_order == 1


def test_a_closing_that_is_no_cancelling_resolves_first(tmp_path: Path) -> None:
    log = reader(tmp_path, "log.csv", MIXED, parse_profile(STATUS_ONLY, "status.toml"))
    resolved, closed = histories(log)[1].events[-2:]
    assert (resolved.state, closed.state) == (State.RESOLVED, State.CLOSED)
    assert iso(resolved.at) == iso(closed.at) == "2024-03-31T09:00:00Z"


def test_a_case_with_a_row_of_the_future_is_left_out(tmp_path: Path) -> None:
    future = MIXED.replace("31.03.2024 11:00", "01.01.2031 10:00")
    log = reader(tmp_path, "log.csv", future, parse_profile(STATUS_ONLY, "status.toml"))
    assert faults(log)[-1] == "row 8: Zeit 2031-01-01T09:00:00Z is in the future"
    assert [each.case for each in log if isinstance(each, CaseHistory)] == ["7"]


@pytest.mark.parametrize("name", ["log.xes", "log.xes.gz"])
def test_a_log_of_traces(tmp_path: Path, name: str) -> None:
    (only,) = histories(reader(tmp_path, name, TRACES, parse_profile(ACTIVITY_ONLY, "xes.toml")))
    assert (only.case, only.subject) == ("X1", "Trouble with mail")
    assert [(iso(event.at), event.state, event.assignee, event.component) for event in only.events] == [
        ("2012-01-02T02:04:05Z", State.OPEN, "Eva", "mail"),
        ("2012-01-03T02:04:05Z", State.RESOLVED, "Eva", "mail"),
    ]


def test_rows_that_cannot_be_read_are_told_and_their_cases_left_out(tmp_path: Path) -> None:
    profile = parse_profile(STATUS_ONLY, "status.toml")
    broken = (
        MIXED + "9;yesterday;Neu;Desk;;;;x\n9;30.03.2024 10:00;Foo;Desk;;;;x\nn/a;30.03.2024 10:00;Neu;D;;;;x\n1;2\n"
    )
    log = reader(tmp_path, "log.csv", broken, profile)
    assert faults(log) == [
        "row 11: has no Vorgang",
        "row 12: has 2 cells where the header has 8",
        "row 9: 'yesterday' is not a time written like %d.%m.%Y %H:%M",
        "row 10: 'Foo' does not stand in the profile's [states]; there are Neu, In Arbeit, Rückfrage, Notiz, Fertig",
    ]
    assert [each.case for each in log if isinstance(each, CaseHistory)] == ["7", "8"]


def test_a_column_that_is_not_there_is_told(tmp_path: Path) -> None:
    log = reader(tmp_path, "log.csv", MIXED.replace("Vorgang", "Vorgänge"), parse_profile(STATUS_ONLY, "status.toml"))
    with pytest.raises(NotFound, match="no column named 'Vorgang'; did you mean Vorgänge"):
        list(log)


@pytest.mark.parametrize(
    ("content", "wrong"),
    [
        ("", "no element found"),
        ("<log><trace>", "log.xes, line 1: no element found"),
        ("<log>\n</trace></log>", "line 2: mismatched tag"),
        ("<html></html>", "it begins with <html>"),
        ('<!DOCTYPE log [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><log>&b;</log>', "it has a document type"),
        ('<!DOCTYPE log SYSTEM "file:///etc/passwd"><log/>', "it has a document type"),
        ("<log>" + "<list>" * 100_000, "nested too deep"),
        (f'<log><trace><string key="a" value="{"x" * 1_000_000}y"/></trace></log>', "a value is too long"),
        (f'<log><trace><string key="a" value="{"x" * (24 << 20)}"/></trace></log>', "a value"),
    ],
)
def test_hostile_and_broken_traces_are_refused(tmp_path: Path, content: str, wrong: str) -> None:
    with pytest.raises(InvalidInput, match=wrong):
        list(reader(tmp_path, "log.xes", content, parse_profile(ACTIVITY_ONLY, "xes.toml")))


@pytest.mark.parametrize("encoding", ["Shift_JIS", "GBK", "EUC-JP", "big5", "KOI9", "utf-7", "idna", "hex", "cp037"])
def test_traces_in_an_encoding_that_cannot_be_read_are_refused(tmp_path: Path, encoding: str) -> None:
    content = TRACES.replace("UTF-8", encoding).replace("mail", "Büro")
    with pytest.raises(InvalidInput, match=r"log.xes, line 1: .*encoding.* UTF-8"):
        list(reader(tmp_path, "log.xes", content, parse_profile(ACTIVITY_ONLY, "xes.toml")))


def test_a_column_that_no_event_has_is_told(tmp_path: Path) -> None:
    for column, wrong in (
        (
            "org:group",
            r"no column named 'org:group'; the columns are case:concept:name, case:service, concept:name, org",
        ),
        ("org:resuorce", "no column named 'org:resuorce'; did you mean org:resource?"),
        ("case:sevice", "no column named 'case:sevice'; did you mean case:service?"),
    ):
        profile = parse_profile(ACTIVITY_ONLY.replace("[columns]", f'[columns]\nteam = "{column}"'), "xes.toml")
        with pytest.raises(NotFound, match=re.escape(wrong)):
            list(reader(tmp_path, "log.xes", TRACES, profile))
    nothing = reader(tmp_path, "none.xes", "<log/>", parse_profile(ACTIVITY_ONLY, "xes.toml"))
    assert list(nothing) == []


def test_a_column_that_some_events_have_is_empty_for_the_others(tmp_path: Path) -> None:
    end = '<string key="concept:name" value="End"/>'
    others = "".join(f'<string key="other {number}" value="x"/>' for number in range(200))
    late = TRACES.replace(end, f'{others}<string key="rare" value="y"/>{end}')
    profile = parse_profile(ACTIVITY_ONLY.replace('component = "case:service"', 'component = "rare"'), "rare.toml")
    [history] = histories(reader(tmp_path, "log.xes", late, profile))
    assert [event.component for event in history.events] == [None, "y"]


def test_updates_of_servicenow_are_read_by_the_profile_that_is_shipped(tmp_path: Path) -> None:
    [history] = histories(reader(tmp_path, "incidents.csv", SERVICENOW, load_profile("servicenow")))
    assert history.subject == "Category 55: Subcategory 170"
    told = [(event.state, event.tier, event.assignee, event.priority) for event in history.events]
    assert told == [
        (State.NEW, "L1", None, Priority.P3),
        (State.OPEN, "L1", "Resolver 89", Priority.P3),
        (State.WAITING, "L2", "Resolver 6", Priority.P2),
        (State.WAITING, "L2", "Resolver 6", Priority.P2),
        (State.RESOLVED, "L2", "Resolver 6", Priority.P2),
        (State.CLOSED, "L2", "Resolver 6", Priority.P2),
    ]
    assert history.events[2].waiting_for is WaitingFor.REQUESTER
    assert history.events[0].at == datetime(2016, 2, 29, 1, 16, tzinfo=UTC)


def test_the_subject_is_what_the_case_said_last_where_its_last_row_says_nothing(tmp_path: Path) -> None:
    profile = parse_profile(STATUS_ONLY, "status.toml")
    first, second = histories(reader(tmp_path, "log.csv", MIXED.replace("VPN bricht ab", "n/a"), profile))
    assert (first.subject, second.subject) == ("Drucker", "VPN")
    blank = MIXED.replace("VPN bricht ab", " ").replace("Omar;2 normal;Fabrikam;VPN\n", "Omar;2 normal;Fabrikam;\n")
    assert histories(reader(tmp_path, "log.csv", blank, profile))[1].subject == "VPN"


@pytest.mark.parametrize("nothing", ["", " "])
def test_a_case_without_a_subject_is_left_out(tmp_path: Path, nothing: str) -> None:
    untold = MIXED.replace("VPN bricht ab", nothing).replace("VPN", nothing)
    log = reader(tmp_path, "log.csv", untold, parse_profile(STATUS_ONLY, "status.toml"))
    left_out = "its case has a row that cannot be used, row 8"
    assert faults(log) == [f"row 3: {left_out}", f"row 5: {left_out}", "row 8: has no subject"]


def test_a_subject_that_is_nowhere_told_keeps_the_word_for_nothing(tmp_path: Path) -> None:
    unknown = SERVICENOW.replace("Category 55", "?")
    [history] = histories(reader(tmp_path, "incidents.csv", unknown, load_profile("servicenow")))
    assert history.subject == "?: Subcategory 170"
