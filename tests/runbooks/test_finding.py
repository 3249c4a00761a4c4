"""What is found, in which order, and how it is told: by what is typed and by what a ticket says."""

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.offices import HOSTILE, Office
from workbench.clock import iso
from workbench.runbooks.model import Entry, Figures, Found
from workbench.runbooks.service import LibraryService, doubts, fit_words
from workbench.tickets.model import Ticket

VPN = """---
title: VPN drops
components: [vpn-gateway]
signatures: ["DPD: time-out!"]
---
# VPN

1. Look
2. Mend
"""
PRINTER = """---
title: Printer offline
tags: [printing]
---
## Steps
1. Look at the spooler
2. Mend it
"""
DISK = """---
title: Disk full
components: [file-server]
review: 2026-03-01
---
The printer of the server room.
"""
TREE = {
    "vpn.md": VPN,
    "printer.md": PRINTER,
    "disk.md": DISK,
    "spool.md": "---\ntitle: Empty queue\ntags: [printer]\n---\nNothing comes out.",
    "head.md": "---\ntitle: Something else\n---\n## The printer\n\nWords.",
}


@pytest.fixture
def library(office: Office, tmp_path: Path) -> LibraryService:
    for name, text in TREE.items():
        (tmp_path / name).write_text(text)
    library = office.desk().runbooks
    library.import_tree(tmp_path)
    return library


def slugs(found: list[Found]) -> list[str]:
    return [each.entry.slug for each in found]


def run(office: Office, slug: str, ended: str, *, minutes: int = 10, failed: int | None = None) -> int:
    """Writes a run as it stands in the file."""
    database, now = office.desk().database, office.clock.now()
    with database.transaction():
        database.execute(
            "INSERT INTO run (runbook, version, began_at, began_by) VALUES (?, 1, ?, 'maya')", (slug, iso(now))
        )
        number = int(database.value("SELECT max(id) FROM run"))
        acts = [("began", None), *([("failed", failed)] if failed else []), (ended, None)]
        database.execute_many(
            "INSERT INTO run_act (run, seq, at, who, did, step) VALUES (?, ?, ?, 'maya', ?, ?)",
            (
                (number, seq, iso(now + timedelta(minutes=minutes)), did, step)
                for seq, (did, step) in enumerate(acts, start=1)
            ),
        )
    office.pass_time(hours=1)
    return number


def ticket(office: Office, subject: str, component: str | None = None, body: str = "") -> Ticket:
    return office.open(subject, component=component, body=body)


def test_a_signature_comes_before_title_tag_heading_and_body(library: LibraryService) -> None:
    assert slugs(library.search("printer ")) == ["printer", "spool", "head", "disk"]
    (found, *_) = library.search("Error: dpd  TIME-OUT (gateway 3), printer offline")
    assert (found.entry.slug, found.where, found.score) == ("vpn", "signature", 1.0)
    assert found.excerpt == "DPD: time-out!"


@pytest.mark.parametrize(
    ("query", "slug", "where"),
    [
        ("prnter ofline", "printer", "title"),
        ("offline printer", "printer", "title"),
        ("print", "printer", "title"),
        ("vpn-gateway", "vpn", "tag"),
        ("spooler", "printer", "body"),
        ("diskfull", "disk", "title"),
    ],
)
def test_it_is_found_in_spite_of_slips_and_says_where(
    library: LibraryService, query: str, slug: str, where: str
) -> None:
    found = library.search(query)[0]
    assert (found.entry.slug, found.where) == (slug, where)
    assert 0 < found.score <= 1


def test_matched_words_are_shown_in_their_context(library: LibraryService) -> None:
    (found,) = library.search("spooler")
    assert [found.excerpt[start:end] for start, end in found.spans] == ["spooler"]
    assert "title:" not in found.excerpt
    (first, *_) = library.search("offline printer")
    assert [first.entry.title[start:end] for start, end in first.title_spans] == ["Printer", "offline"]


def test_what_worked_and_what_is_for_the_component_counts_a_little(office: Office, library: LibraryService) -> None:
    library.create("vpn-two", VPN.replace("DPD: time-out!", "x").replace("vpn-gateway", "other"))
    before = library.search("vpn drops")
    assert set(slugs(before)[:2]) == {"vpn", "vpn-two"}
    assert before[0].score == pytest.approx(before[1].score, abs=0.02)
    run(office, "vpn-two", "fixed")
    assert slugs(library.search("vpn drops"))[:2] == ["vpn-two", "vpn"]
    at_hand = ticket(office, "x", "vpn-gateway")
    run(office, "vpn", "fixed")
    assert slugs(library.search("vpn drops", at_hand))[:2] == ["vpn", "vpn-two"]


def test_an_empty_query_tells_what_fits_and_then_what_is_used(office: Office, library: LibraryService) -> None:
    run(office, "disk", "fixed")
    assert slugs(library.search(""))[0] == "disk"
    assert library.search("")[0].where == "used"
    assert slugs(library.search(" ", ticket(office, "VPN drops", "vpn-gateway")))[:2] == ["vpn", "disk"]


def test_what_fits_a_ticket(office: Office, library: LibraryService) -> None:
    assert slugs(library.fitting(ticket(office, "Cannot work", body="it says 'DPD: time-out'!"))) == ["vpn"]
    assert slugs(library.fitting(ticket(office, "No idea", "file-server"))) == ["disk"]
    assert slugs(library.fitting(ticket(office, "The VPN drops again")))[0] == "vpn"
    assert library.fitting(ticket(office, "Coffee on the keyboard")) == []


def test_what_the_body_says_counts_beside_the_subject(office: Office, library: LibraryService) -> None:
    for name, title in (("a", "New starter"), ("b", "Suspicious mail"), ("c", "Mail is late")):
        library.create(name, f"---\ntitle: {title}\ncomponents: [mail]\n---\n1. Look\n")
    found = library.fitting(ticket(office, "Is this genuine?", "mail", body="I got a suspicious one. Not clicked."))
    assert slugs(found) == ["b", "a", "c"]
    assert found[0].score > found[1].score == found[2].score


def test_only_a_good_fit_is_a_hint_and_it_says_how_it_served(office: Office, library: LibraryService) -> None:
    desk, fits = office.desk(), ticket(office, "VPN drops", "vpn-gateway")
    hints = [hint for hint in desk.hints(fits) if hint.label == "Runbook"]
    assert [(hint.text, hint.key) for hint in hints] == [("VPN drops (not run yet)", "r")]
    run(office, "vpn", "fixed")
    run(office, "vpn", "not_fixed", failed=1)
    assert [hint.text for hint in library.hints(fits)] == ["VPN drops (worked 1 of 2 times)"]
    assert library.hints(ticket(office, "No idea", "file-server")) == []


def test_figures_are_counted_from_the_runs_that_ended(office: Office, library: LibraryService) -> None:
    for minutes, ended, failed in ((10, "fixed", None), (20, "not_fixed", 2), (60, "not_fixed", 2), (5, "left", 1)):
        last = office.clock.now()
        run(office, "vpn", ended, minutes=minutes, failed=failed)
    figures = library.entry("vpn").figures
    assert figures == Figures(
        runs=3,
        worked=1,
        median_s=1200,
        worst_step=2,
        worst_failed=2,
        last_at=last - timedelta(hours=1) + timedelta(minutes=60),
        failing=True,
    )
    run(office, "vpn", "fixed")
    assert not library.entry("vpn").figures.failing


def test_what_was_taken_back_is_not_counted(office: Office, library: LibraryService) -> None:
    at, database = ticket(office, "VPN drops"), office.desk().database
    number = run(office, "vpn", "fixed")
    office.desk().tickets.note(at.ref, "fixed it")
    with database.transaction():
        database.execute("UPDATE run SET ticket_id = ? WHERE id = ?", (at.ref, number))
        database.execute("UPDATE run_act SET event_seq = 2 WHERE run = ? AND did = 'fixed'", (number,))
    assert library.entry("vpn").figures.runs == 1
    office.desk().tickets.undo()
    assert library.entry("vpn").figures.runs == 0


@pytest.mark.parametrize(
    ("sort", "first"),
    [("title", "disk"), ("runs", "vpn"), ("worked", "vpn"), ("time", "spool"), ("step", "vpn"), ("review", "disk")],
)
def test_the_list_is_sorted_by_what_needs_a_look(
    office: Office, library: LibraryService, sort: str, first: str
) -> None:
    run(office, "vpn", "not_fixed", failed=1)
    run(office, "vpn", "fixed")
    run(office, "spool", "fixed", minutes=30)
    assert library.entries(sort)[0].slug == first


def test_doubts_are_told_by_glyph_and_word(library: LibraryService) -> None:
    entry: Entry = library.entry("disk")
    failing = entry._replace(figures=Figures(runs=4, worked=1, failing=True), retired=True)
    assert doubts(failing, library.today()) == ["⚠ failing", "◷ stale", "✕ retired"]
    assert fit_words(failing, library.today()) == "Disk full (worked 1 of 4 times) · ⚠ failing · ◷ stale · ✕ retired"
    assert entry.review_at
    assert doubts(entry, entry.review_at) == []


@pytest.mark.parametrize(
    "query",
    [*HOSTILE, '"', "(", "AND", "-x", "*", "\0", "x" * 10_000, "🖨", "\u202eenilffo", "a AND (b", "NEAR(a b)", "--"],
)
def test_no_query_raises(library: LibraryService, query: str) -> None:
    assert isinstance(library.search(query), list)


@given(query=st.text(max_size=40))
def test_no_query_raises_on_an_empty_library_either(office_file: Path, query: str) -> None:
    from workbench.clock import SystemClock
    from workbench.desk import Desk

    with Desk.open(office_file, SystemClock(), "maya") as desk:
        assert desk.runbooks.search(query) == []
