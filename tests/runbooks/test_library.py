"""The library: brought in, changed, retired, written out; every version kept, and nothing half done."""

from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from shutil import copytree

import pytest

from tests.support.offices import Office
from workbench.errors import InvalidInput, NotFound, OutOfDate, Refused
from workbench.migrations.runbooks import STATEMENTS
from workbench.runbooks.finding import COLUMNS
from workbench.runbooks.model import Unreadable
from workbench.runbooks.service import STARTER, LibraryService
from workbench.runbooks.tree import read_tree
from workbench.search import schema

VPN = "---\ntitle: VPN drops\ntags: [vpn]\n---\n\n1. Look\n2. Mend, see [DNS](dns.md)\n"
DNS = "# DNS\n\nAsk it. Back to [the VPN](./vpn.md#look).\n"


@pytest.fixture
def library(office: Office) -> LibraryService:
    return office.desk().runbooks


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    root = tmp_path / "tree"
    (root / "net").mkdir(parents=True)
    (root / "net" / "vpn.md").write_text(VPN)
    (root / "net" / "dns.md").write_text(DNS)
    (root / "net" / "_index.md").write_text("---\ntitle: net\n---\n")
    return root


def names(library: LibraryService) -> list[str]:
    return [entry.slug for entry in library.entries()]


def test_the_index_of_the_file_is_the_one_that_is_searched() -> None:
    def words(statement: str) -> str:
        return " ".join(statement.split())

    assert set(map(words, schema("runbook_words", COLUMNS))) <= set(map(words, STATEMENTS))


def test_a_tree_comes_in_as_it_is_and_a_second_time_changes_nothing(library: LibraryService, tree: Path) -> None:
    done = library.import_tree(tree)
    assert (done.added, done.changed, done.same, done.empty) == (["dns", "vpn"], [], 0, 1)
    assert names(library) == ["dns", "vpn"]
    assert library.get("vpn").tags == ("vpn", "net")
    assert library.import_tree(tree).same == 2
    assert [version.number for version in library.versions("vpn")] == [1]


def test_a_changed_file_is_a_new_version_of_the_same_runbook(library: LibraryService, tree: Path) -> None:
    library.import_tree(tree)
    (tree / "net" / "vpn.md").write_text(VPN.replace("drops", "falls over"))
    assert library.import_tree(tree).changed == [("vpn", 1, "maya")]
    assert (library.get("vpn").title, library.get("vpn", 1).title) == ("VPN falls over", "VPN drops")
    assert [entry.title for entry in library.entries()] == ["DNS", "VPN falls over"]
    assert [found.entry.slug for found in library.search("falls")] == ["vpn"]
    assert library.search("drops") == []


def test_what_was_changed_here_stays_while_its_file_does(office: Office, library: LibraryService, tree: Path) -> None:
    library.import_tree(tree)
    office.desk("ravi").runbooks.change("vpn", "# Ours\n", 1)
    for dry_run in (True, False):
        done = library.import_tree(tree, dry_run=dry_run)
        assert (done.added, done.changed, done.kept, done.same) == ([], [], ["vpn"], 1)
    assert library.get("vpn").title == "Ours"
    assert library.import_tree(tree, replace=True).changed == [("vpn", 2, "ravi")]
    assert [library.get("vpn", number).title for number in (2, 3)] == ["Ours", "VPN drops"]


def test_where_both_changed_the_file_comes_after_what_was_changed_here(
    office: Office, library: LibraryService, tree: Path
) -> None:
    library.import_tree(tree)
    office.desk("ravi").runbooks.change("vpn", "# Ours\n", 1)
    (tree / "net" / "vpn.md").write_text("# Theirs\n")
    assert library.import_tree(tree).changed == [("vpn", 2, "ravi")]
    assert [library.get("vpn", number).title for number in (2, 3)] == ["Ours", "Theirs"]


def test_the_starter_takes_nothing_over_unless_it_is_to(library: LibraryService) -> None:
    count = len(library.import_starter().added)
    text = library.get("disk-full").text
    library.change("disk-full", "# Ours\n", 1)
    done = library.import_starter()
    assert (done.added, done.changed, done.kept, done.same) == ([], [], ["disk-full"], count - 1)
    assert library.import_starter(replace=True, dry_run=True).changed == [("disk-full", 2, "maya")]
    assert library.get("disk-full").title == "Ours"
    assert library.import_starter(replace=True).kept == []
    assert library.get("disk-full").text == text


def test_a_dry_run_tells_the_same_and_changes_nothing(library: LibraryService, tree: Path) -> None:
    assert library.import_tree(tree, dry_run=True).added == ["dns", "vpn"]
    assert names(library) == []
    assert library.search("vpn") == []


def test_what_was_seen_in_a_transaction_that_failed_is_not_remembered(office: Office, library: LibraryService) -> None:
    text = "---\nsignatures: [it hums]\n---\n# Hum\n"
    with suppress(ZeroDivisionError), office.desk().database.transaction():
        library.create("hum", text)
        assert library.search("it hums")[0].where == "signature"
        raise ZeroDivisionError
    library.create("other", "# Other\n")
    assert library.search("it hums") == []
    library.create("hum", text)
    assert library.search("it hums")[0].where == "signature"


def test_a_file_that_cannot_be_read_stops_all_or_is_left_out(library: LibraryService, tree: Path) -> None:
    (tree / "bad.md").write_text("---\nreview: soon\n---\nx")
    with pytest.raises(Unreadable, match=r"bad\.md:2: .*--partial"):
        library.import_tree(tree)
    assert names(library) == []
    done = library.import_tree(tree, partial=True)
    assert [fault.line for fault in done.faults] == [2]
    assert names(library) == ["dns", "vpn"]


def test_links_lead_to_runbooks_whatever_their_slugs(library: LibraryService, tree: Path) -> None:
    library.create("dns", "# Another\n")
    (tree / "net" / "vpn.md").write_text(f"{VPN}3. [Nobody](gone.md), [all](https://example.com)\n")
    library.import_tree(tree)
    assert [place.slug for place in library.linked(library.get("vpn"))] == ["net-dns"]
    assert [place.slug for place in library.linked(library.get("net-dns"))] == ["vpn"]


def test_what_is_exported_comes_back_the_same(library: LibraryService, tree: Path, tmp_path: Path) -> None:
    library.import_tree(tree)
    library.import_starter()
    count = library.export_tree(tmp_path / "out")
    assert count == len(names(library))
    done = library.import_tree(tmp_path / "out")
    assert (done.added, done.changed, done.same) == ([], [], count)
    assert set(read_tree(tmp_path / "out")) > set(read_tree(STARTER))


def test_a_change_keeps_what_was_and_sees_who_was_first(office: Office, library: LibraryService) -> None:
    library.create("vpn", VPN)
    assert library.change("vpn", VPN, 1) is None
    changed = library.change("vpn", VPN.replace("Look", "Listen"), 1)
    assert changed is not None
    assert (changed.version, changed.steps[0].title) == (2, "Listen")
    with pytest.raises(OutOfDate, match="changed by maya"):
        office.desk("ravi").runbooks.change("vpn", "# Mine", 1)
    with pytest.raises(Unreadable):
        library.change("vpn", "---\ntitle: [x]\n---\n", 2)
    assert [(each.number, each.who) for each in library.versions("vpn")] == [(2, "maya"), (1, "maya")]
    assert library.get("vpn", 1).text == VPN


@pytest.mark.parametrize("slug", ["vpn", "Bad name", "a"])
def test_a_name_is_free_and_in_order(library: LibraryService, tree: Path, slug: str) -> None:
    copytree(tree / "net", tree / "more")
    (tree / "a.md").write_text("# A")
    library.import_tree(tree)
    with pytest.raises((Refused, InvalidInput)):
        library.create(slug, "# X")


def test_nothing_is_written_before_the_version_that_is_there(
    office: Office, library: LibraryService, tree: Path
) -> None:
    library.import_tree(tree)
    (tree / "net" / "vpn.md").write_text(f"{VPN}3. Look again")
    office.pass_time(days=-365)
    for write in (
        lambda: library.change("vpn", f"{VPN}3. Ask", 1),
        lambda: library.import_tree(tree),
        lambda: library.retire("vpn"),
    ):
        with pytest.raises(Refused, match=r"vpn last changed at 2026-03-02T10:00:00Z, after 2025-.*; write at a later"):
            write()
    assert [version.number for version in library.versions("vpn")] == [1]
    assert names(library) == ["dns", "vpn"]


def test_a_review_date_has_gone_when_the_day_is_over_where_the_people_are(
    office: Office, library: LibraryService
) -> None:
    library.create("vpn", VPN.replace("tags: [vpn]", "review: 2026-03-02"))
    office.clock.at = datetime(2026, 3, 2, 22, 59, tzinfo=UTC)
    assert not library.entry("vpn").is_stale(library.today())
    office.pass_time(minutes=1)
    assert library.entry("vpn").is_stale(library.today()), "it is midnight in Berlin"


def test_retiring_takes_it_out_of_sight_and_keeps_it(office: Office, library: LibraryService, tree: Path) -> None:
    library.import_tree(tree)
    library.retire("vpn")
    assert names(library) == ["dns"]
    assert library.search("vpn drops") == []
    assert [entry.slug for entry in library.entries(retired=True)] == ["dns", "vpn"]
    assert library.get("vpn").retired
    with pytest.raises(Refused, match="already"):
        library.retire("vpn")
    (tree / "net" / "vpn.md").write_text(VPN + "3. More\n")
    assert library.import_tree(tree).changed == [("vpn", 1, "maya")]
    assert names(library) == ["dns"]
    assert office.desk().database.value("SELECT count(*) FROM runbook_words") == 1
    library.retire("vpn", back=True)
    assert library.search("vpn drops")[0].entry.slug == "vpn"


def test_who_is_unknown_writes_nothing(office: Office, tree: Path) -> None:
    stranger = office.desk("nobody").runbooks
    for write in (
        lambda: stranger.import_tree(tree),
        lambda: stranger.create("vpn", VPN),
        lambda: stranger.retire("vpn"),
    ):
        with pytest.raises(Refused, match="no person"):
            write()


def test_a_wrong_name_gets_the_nearest(library: LibraryService, tree: Path) -> None:
    with pytest.raises(NotFound, match="--starter"):
        library.get("vpm")
    library.import_tree(tree)
    with pytest.raises(NotFound, match="did you mean vpn"):
        library.get("vpm")
    with pytest.raises(NotFound, match="version 7"):
        library.get("vpn", 7)


def test_a_name_as_its_file_has_it_is_known_where_it_is_the_only_one(library: LibraryService, tmp_path: Path) -> None:
    tree = tmp_path / "tree"
    (tree / "net").mkdir(parents=True)
    for name in ("Störung.md", "net/Сервер.md"):
        (tree / name).write_text("# One\n")
    library.import_tree(tree)
    assert (library.get("Störung").slug, library.entry("сервер").path) == ("storung", "net/Сервер.md")
    changed = library.change("Сервер", "# Two\n", 1)
    assert changed is not None
    assert [version.number for version in library.versions("Сервер")] == [2, 1]
    assert library.get("Сервер", 1).title == "One"
    library.retire("Сервер")
    assert names(library) == ["storung"]
    (tree / "Сервер.md").write_text("# Three\n")
    library.import_tree(tree)
    with pytest.raises(NotFound):
        library.get("Сервер")
