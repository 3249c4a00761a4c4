"""Imports into a real workbench file."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.intake.test_logs import MIXED, STATUS_ONLY, VINST
from workbench.clock import FixedClock, iso
from workbench.database import Database
from workbench.errors import InvalidInput
from workbench.intake.columns import map_columns
from workbench.intake.export import write_csv, write_json
from workbench.intake.profile import load_profile, parse_profile
from workbench.intake.service import IntakeService, Outcome
from workbench.intake.tables import open_table
from workbench.organisation.service import OrganisationService
from workbench.tickets.model import NewTicket
from workbench.tickets.service import TicketService
from workbench.tickets.vocabulary import Kind, State

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


class Workbench:
    """A workbench with the default setup, seen by `maya`."""

    def __init__(self, database: Database, folder: Path) -> None:
        self.database = database
        self.folder = folder
        self.clock = FixedClock(NOW)
        self.organisation = OrganisationService(database)
        self.organisation.begin("Northwind", "maya")
        self.tickets = TicketService(database, self.organisation, self.clock, "maya")
        self.intake = IntakeService(database, self.organisation, self.tickets, self.clock)

    def file(self, content: str, name: str) -> Path:
        path = self.folder / name
        path.write_text(content, "utf-8")
        return path

    def import_tickets(self, content: str, *, partial: bool = False, dry_run: bool = False) -> Outcome:
        table = open_table(self.file(content, "export.csv"))
        mapping = map_columns(table.names)
        return self.intake.import_tickets(table, mapping, zone=UTC, partial=partial, dry_run=dry_run)

    def count(self) -> int:
        return int(self.database.value("SELECT count(*) FROM ticket"))


@pytest.fixture
def bench(database: Database, tmp_path: Path) -> Workbench:
    return Workbench(database, tmp_path)


EXPORT = """Number,Subject,Description,State,Priority,Group,Assignee,Company,Caller,Opened,Resolved,Closed
INC1,VPN drops,Since Monday,Pending,2 - High,Network,Ravi Patel,Contoso,Dana Reyes,2026-11-20 09:00,,
INC2,Printer,,Closed,Low,frontline,maya,Fabrikam,Omar,2026-11-01 09:00,2026-11-01 11:00,2026-11-08 11:00
INC3,Mail,,New,,,,,,2026-11-21 11:00,,
INC4,Spam,,Canceled,,,,,,2026-11-02 11:00,,2026-11-02 12:00
"""


def test_an_export_becomes_tickets_with_their_teams_people_and_clients(bench: Workbench) -> None:
    outcome = bench.import_tickets(EXPORT)
    assert (outcome.read, outcome.known, outcome.faults) == (4, 0, [])
    vpn, printer, mail, spam = (bench.tickets.get(number) for number in outcome.numbers)
    assert (vpn.external, vpn.state, vpn.priority, vpn.team, vpn.tier) == ("INC1", State.WAITING, "P2", "Network", "L1")
    assert (vpn.assignee, vpn.client, vpn.contact) == ("Ravi Patel", "Contoso", "Dana Reyes")
    assert vpn.waiting is not None
    assert (vpn.waiting.on, vpn.waiting.reason) == ("requester", "Pending")
    assert (printer.state, printer.assignee, printer.team) == (State.CLOSED, "maya", "frontline")
    assert printer.resolved_at == datetime(2026, 11, 1, 11, tzinfo=UTC)
    assert (mail.state, mail.team, mail.priority, mail.client) == (State.NEW, "frontline", "P3", None)
    assert (spam.state, spam.resolved_at) == (State.CLOSED, None)
    assert bench.organisation.current().is_member("Ravi Patel", "Network")
    assert bench.organisation.contact("Contoso", "Dana Reyes") is not None


def test_a_component_comes_in_by_a_name_of_one_line(bench: Workbench) -> None:
    long = "x" * 101
    (mail, other) = bench.import_tickets(f'Subject,Component\nA,"mail\n server"\nB,{long}\n').numbers
    assert bench.tickets.get(mail).component == "mail server"
    assert bench.tickets.get(other).component == "x" * 100


def test_the_same_file_twice_changes_nothing(bench: Workbench) -> None:
    bench.import_tickets(EXPORT)
    outcome = bench.import_tickets(EXPORT)
    assert (len(outcome.numbers), outcome.known, outcome.added, bench.count()) == (0, 4, [], 4)


def test_without_a_word_of_clients_all_belong_to_the_only_one(bench: Workbench) -> None:
    (number,) = bench.import_tickets("Subject,Caller\nMail,Dana\n").numbers
    assert bench.tickets.get(number).client == "northwind"
    assert bench.organisation.contact("northwind", "Dana") is not None


def test_rows_without_any_id_are_known_again_by_their_words(bench: Workbench) -> None:
    rows = "Subject,Created\nA,2026-11-20\nB,\n"
    assert len(bench.import_tickets(rows).numbers) == 2
    assert bench.import_tickets(rows).known == 2


def test_one_bad_row_stops_all_and_a_part_leaves_it_out(bench: Workbench) -> None:
    bad = EXPORT + "INC5,X,,Foo,,,,,,,,\nINC1,Again,,New,,,,,,,,\nINC6,Y,,New,,,,,,,,\n"
    with pytest.raises(InvalidInput, match=r"2 of 7 cannot be used: row 6: .* row 7: 'INC1' stands"):
        bench.import_tickets(bad)
    assert bench.count() == 0
    assert bench.organisation.current().teams.find("Network") is None
    outcome = bench.import_tickets(bad, partial=True)
    assert [fault.number for fault in outcome.faults] == [6, 7]
    assert bench.count() == 5


def test_a_dry_run_tells_all_and_changes_nothing(bench: Workbench) -> None:
    outcome = bench.import_tickets(EXPORT + "INC5,X,,Foo,,,,,,,,\n", dry_run=True)
    assert (len(outcome.numbers), len(outcome.faults)) == (4, 1)
    assert any("Network" in line for line in outcome.added)
    assert bench.count() == 0


def test_a_tier_that_is_not_there_is_told_and_others_are_found(bench: Workbench) -> None:
    outcome = bench.import_tickets("Subject,Tier,Team\nA,Tier 2,\nB,l3,Kernel\nC,L9,\n", partial=True)
    first, second = (bench.tickets.get(number) for number in outcome.numbers)
    assert (first.tier, first.team) == ("L2", "second-line")
    assert (second.tier, second.team) == ("L3", "Kernel")
    assert [str(fault) for fault in outcome.faults] == ["row 4: tier: 'L9' is no tier of this workbench"]


@pytest.mark.parametrize("ending", ["csv", "json"])
def test_our_own_export_comes_back_and_is_known_at_home(bench: Workbench, ending: str) -> None:
    ticket = bench.tickets.open(NewTicket("=VPN", body="-drops", tags=("new laptop",)))
    path = bench.folder / f"own.{ending}"
    told = {"ref": ticket.ref, "subject": ticket.subject, "opened_at": iso(ticket.opened_at), "state": "new"}
    with path.open("w", newline="") as file:
        {"csv": write_csv, "json": write_json}[ending]([told, told | {"ref": 77, "subject": "-other"}], file)
    table = open_table(path)
    for numbers, known in ((1, 1), (0, 2)):
        outcome = bench.intake.import_tickets(table, map_columns(table.names), zone=UTC)
        assert (len(outcome.numbers), outcome.known) == (numbers, known)
    assert bench.tickets.get(bench.tickets.number("#77")).subject == "-other"


def test_a_log_becomes_tickets_with_their_whole_history(bench: Workbench) -> None:
    outcome = bench.intake.import_log(bench.file(VINST, "log.csv"), load_profile("bpic2013"))
    cancelled, ticket = (bench.tickets.get(number) for number in outcome.numbers)
    assert (cancelled.external, cancelled.state, cancelled.resolved_at) == ("A-2", State.CLOSED, None)
    assert (ticket.external, ticket.subject, ticket.state) == ("A-1", "PRINT: High impact", State.CLOSED)
    assert (ticket.hops, ticket.bounces, ticket.tier, ticket.team) == (1, 0, "L2", "Q7 2nd")
    assert ticket.resolved_at == datetime(2011, 3, 2, 8, tzinfo=UTC)
    _, timeline = bench.tickets.with_timeline(ticket.ref)
    assert [(event.kind, event.who, event.text) for event in timeline[1:]] == [
        (Kind.TAKEN, "Ulla", "Accepted/In Progress"),
        (Kind.ASSIGNED, "Ulla", "Queued/Awaiting Assignment"),
        (Kind.MOVED, "Ulla", "Queued/Awaiting Assignment"),
        (Kind.WAITED, "Nils", "Accepted/Wait - Vendor"),
        (Kind.RESOLVED, "Nils", "Completed/Resolved"),
        (Kind.LOGGED, None, "Completed/Closed"),
    ]
    assert bench.organisation.current().team("Q7 2nd").people == ("Nils", "Ulla")


def test_a_log_twice_changes_nothing_and_another_shape_needs_only_another_profile(bench: Workbench) -> None:
    path, profile = bench.file(MIXED, "log.csv"), parse_profile(STATUS_ONLY, "status.toml")
    assert len(bench.intake.import_log(path, profile).numbers) == 2
    assert bench.intake.import_log(path, profile).known == 2
    ticket = bench.tickets.get(bench.tickets.number("7"))
    assert (ticket.state, ticket.assignee, ticket.client, ticket.priority) == (State.WAITING, "Eva", "Contoso", "P2")


def test_a_log_with_a_bad_row_is_refused_whole(bench: Workbench) -> None:
    path = bench.file(VINST.replace("Completed,Resolved", "Completed,Wonderful"), "log.csv")
    with pytest.raises(InvalidInput, match="'Completed/Wonderful' does not stand in the profile"):
        bench.intake.import_log(path, load_profile("bpic2013"))
    assert bench.count() == 0
    outcome = bench.intake.import_log(path, load_profile("bpic2013"), partial=True)
    assert len(outcome.numbers) == 1
