"""Tables of components: columns, lists, and rows that cannot be used."""

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from workbench.errors import InvalidInput
from workbench.intake.owners.model import Catalogue
from workbench.intake.owners.reading import read_catalogue
from workbench.ownership.model import ComponentKind

HEAD = "component,kind,owners,aliases,hosts,urls,paths,signatures,needs,confirmed_at\n"


def read(folder: Path, content: str, encoding: str = "utf-8") -> Catalogue:
    """A table as a file would have it."""
    path = folder / "owners.csv"
    path.write_bytes(content.encode(encoding))
    return read_catalogue(path, {}, ZoneInfo("UTC"))


def test_a_row_is_a_component(tmp_path: Path) -> None:
    row = 'shop,Device,payments; @acme/core,till;\'=x,a.example,https://a.example/,src/** @core;docs/**,"E1, again",,'
    told = read(tmp_path, HEAD + row + "2026-11-20\n'=1+1,,,,,,,,shop,\n")
    assert told.faults == []
    shop, formula = told.entries
    assert (shop.slug, shop.kind, shop.aliases) == ("shop", ComponentKind.DEVICE, ("till", "'=x"))
    assert [owner.keys[0] for owner in shop.owners or ()] == ["payments", "core"]
    assert (shop.hosts, shop.urls, shop.signatures) == (("a.example",), ("https://a.example/",), ("E1, again",))
    assert [rule.pattern for rule in shop.paths or ()] == ["src/**", "docs/**"]
    assert (str(shop.confirmed_at), str(shop.place)) == ("2026-11-20 00:00:00+00:00", "owners.csv, row 2")
    assert (formula.slug, formula.kind, formula.owners, formula.confirmed_at) == ("=1+1", None, (), None)
    assert [need.slug for need in formula.needs or ()] == ["shop"]


def test_what_has_no_column_is_not_told(tmp_path: Path) -> None:
    (entry,) = read(tmp_path, "Component\nshop\n").entries
    assert (entry.owners, entry.aliases, entry.paths, entry.needs, entry.title) == (None,) * 5


def test_a_column_that_is_not_read_is_named(tmp_path: Path) -> None:
    told = read(tmp_path, "component,type,Onwers,hots,confirmed by,,rejected because\nshop,a,b,c,d,e,f\n")
    assert told.doubts == [
        "owners.csv, row 1: column 'type' is not read",
        "owners.csv, row 1: column 'Onwers' is not read; did you mean owners?",
        "owners.csv, row 1: column 'hots' is not read; did you mean hosts?",
        "owners.csv, row 1: column 'confirmed by' is not read; did you mean confirmed_at?",
    ]


def test_names_of_columns_may_be_singular(tmp_path: Path) -> None:
    told = read(
        tmp_path, "\ncomponent,Owner,host,alias,url,path,signature,need\nshop,pay,a.b,s,https://c/,src/,E1,till\n"
    )
    (shop,) = told.entries
    assert told.doubts == []
    assert [owner.written for owner in shop.owners or ()] == ["pay"]
    assert (shop.hosts, shop.aliases, shop.urls, shop.signatures) == (("a.b",), ("s",), ("https://c/",), ("E1",))
    assert [rule.pattern for rule in shop.paths or ()] == ["src/"]
    assert [need.slug for need in shop.needs or ()] == ["till"]


def test_of_two_columns_of_one_kind_the_first_is_read_and_the_other_told(tmp_path: Path) -> None:
    told = read(tmp_path, "component,owners,owner,owners\nshop,a,b,c\n")
    assert [owner.written for owner in told.entries[0].owners or ()] == ["a"]
    assert told.doubts == [
        "owners.csv, row 1: column 'owner' is not read, since 'owners' is",
        "owners.csv, row 1: column 'owners' is not read, since 'owners' is",
    ]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_whatever_a_spreadsheet_saves_is_read(tmp_path: Path, encoding: str) -> None:
    (entry,) = read(tmp_path, "component;owners;aliases\r\nKasse;Zahlung;Geldbörse\r\n", encoding).entries
    assert (entry.slug, entry.aliases) == ("Kasse", ("Geldbörse",))


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (",,,,,,,,,", ""),
        (",service,,,,,,,,", "has no component"),
        ("a\x07b,,,,,,,,,", "cannot name one"),
        ("pay,lorry,,,,,,,,", "kind: 'lorry' is none"),
        ("pay,,,,http://[,,,,,", "hosts: "),
        ("pay,,,,,,/,,,", "paths: '/' can match nothing"),
        ("pay,,,,,,,,,soon", "confirmed_at: 'soon' is not a date"),
        ("Shop,,,,,,,,,", "'Shop' stands in row 2 too"),
        ("pay,,", "has 3 cells where the header has 10"),
        ("pay\0,,,,,,,,,", "NUL"),
    ],
)
def test_a_bad_row_is_told_with_its_number(tmp_path: Path, row: str, reason: str) -> None:
    told = read(tmp_path, f"{HEAD}shop,,,,,,,,,\n{row}\nlast,,,,,,,,,\n")
    assert [entry.slug for entry in told.entries] == ["shop", "last"]
    assert [str(fault).partition(": ")[0] for fault in told.faults] == (["owners.csv, row 3"] if reason else [])
    assert all(reason in fault.reason for fault in told.faults)


def test_a_table_of_something_else_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="no column named component"):
        read(tmp_path, "ref,subject\n1,Fan\n")
    with pytest.raises(InvalidInput, match="does not exist"):
        read_catalogue(tmp_path / "none.csv", {}, ZoneInfo("UTC"))


def test_a_folder_is_read_with_its_tables_of_components(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "own.csv").write_text("Component,Owners,Hosts\nshop,payments,a.example\n,nobody,\n")
    (tmp_path / "deep" / "more.tsv").write_text("component\tneeds\npay\tshop\n")
    (tmp_path / "tickets.csv").write_text("ref,subject,component,owner\n1,Fan,shop,maya\n")
    (tmp_path / "empty.csv").write_text("")
    (tmp_path / "open.csv").write_text('component,hosts\n"till,x\n,y\n,z\n')
    told = read_catalogue(tmp_path, {}, ZoneInfo("UTC"))
    assert [(entry.slug, entry.source) for entry in told.entries] == [("shop", "own.csv"), ("pay", "deep/more.tsv")]
    assert [str(fault).partition(":")[0] for fault in told.faults] == ["open.csv, row 1", "own.csv, row 3"]
    assert told.doubts == ["empty.csv is left out: empty.csv is empty"]
    assert told.ignored == {"table": 1}
