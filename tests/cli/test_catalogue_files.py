"""Bringing the ownership catalogue in and taking it out from the command line."""

from pathlib import Path

import pytest
import yaml

from tests.cli.conftest import HOSTILE, Write
from tests.cli.program import Program

SHOP = """apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: shop
  annotations:
    workbench/hosts: "*.shop.example"
spec:
  owner: payments
  dependsOn: [component:pay]
"""
PAY = """---
apiVersion: backstage.io/v1alpha1
kind: Component
metadata: {name: pay}
spec: {owner: frontline}
---
kind: Domain
metadata: {name: money}
"""
BROKEN = SHOP + PAY + "---\nkind: [\n"


def test_a_catalogue_comes_in_and_a_second_time_changes_nothing(empty: Program, write: Write) -> None:
    file = write("catalog.yaml", SHOP + PAY)
    said = empty("import", "owners", file, "--dry-run")
    assert said.lines == [
        "+ shop",
        "+ pay",
        "2 components would be added, 0 would be changed, 1 document of other kinds",
    ]
    assert said.err.splitlines() == [
        "group:default/payments is no team here (catalog.yaml, line 8)",
        "--create-teams makes them teams",
    ]
    assert empty("owners", "list", "--json").json == []
    said = empty("import", "owners", file, "--create-teams")
    assert said.out == "2 components added, 0 changed, 1 document of other kinds\n"
    assert said.err == 'team "payments": added\n'
    assert empty("import", "owners", file).out == "nothing changed, 2 as before, 1 document of other kinds\n"
    told = empty("owners", "show", "shop", "--json").json
    assert (told["owners"], [need["component"] for need in told["needs"]]) == (["payments"], ["pay"])
    assert told["support_model"] == "embedded"


def test_json_tells_all(empty: Program, write: Write) -> None:
    told = empty("import", "owners", write("catalog.yaml", BROKEN), "--dry-run", "--json").json
    assert set(told) == {
        "read", "added", "changed", "unchanged", "kept", "leads", "teams", "unknown", "rejected", "rejected_files",
        "doubts", "ignored", "dry_run", "refused",
    }  # fmt: skip
    assert told["added"] == ["shop", "pay"]
    assert told["unknown"] == [
        {"name": "group:default/payments", "team": "payments", "places": ["catalog.yaml, line 8"]}
    ]
    assert [problem["place"] for problem in told["rejected"]] == ["catalog.yaml, line 19"]
    assert told["ignored"] == {"Domain": 1}


def test_a_bad_document_stops_all_but_with_partial(empty: Program, write: Write) -> None:
    file = write("catalog.yaml", BROKEN)
    said = empty("import", "owners", file, status=1).err
    assert "catalog.yaml, line 19: is no YAML" in said
    assert empty("owners", "list", "--json").json == []
    part = "2 components would be added, 0 would be changed, 1 cannot be used, 1 document of other kinds"
    dry = empty("import", "owners", file, "--dry-run").lines
    assert dry[-1] == f"would be refused without --partial; with it {part}"
    assert empty("import", "owners", file, "--dry-run", "--partial").lines[-1] == part
    said_out = empty("import", "owners", file, "--partial").out
    assert said_out.endswith(
        f"1 cannot be used, 1 document of other kinds, what was left out is in {file}.rejected.yaml\n"
    )
    assert "kind: [" in Path(f"{file}.rejected.yaml").read_text()


def test_codeowners_are_one_component(empty: Program, write: Write) -> None:
    file = write("CODEOWNERS", "* @acme/frontline\nvendor/\ndocs/ @acme/second-line\n")
    empty("import", "owners", file, "--component", "site")
    for path, owners in (("src/a.py", ["frontline"]), ("vendor/x.c", []), ("docs/index.md", ["second-line"])):
        (answer,) = empty("owner", path, "--json").json["answers"]
        assert (answer["component"], answer["owners"]) == ("site", owners)
    empty("import", "owners", write("a.yaml", SHOP), "--component", "site", status=1)


def test_a_table_comes_in_in_any_encoding(empty: Program, write: Write) -> None:
    file = write("owners.csv", "component;owners;aliases\nKasse;frontline;Geldbörse\n'=1+1;;\n", "cp1252")
    assert empty("import", "owners", file).out == "2 components added, 0 changed\n"
    assert {one["component"] for one in empty("owners", "list", "--json").json} == {"Kasse", "=1+1"}


def test_columns_that_a_table_has_besides_are_told(empty: Program, write: Write) -> None:
    rows = "component,owner,host,alias,type\nshop,frontline,shop.example,store,service\n"
    said = empty("import", "owners", write("owners.csv", rows))
    assert said.err == "owners.csv, row 1: column 'type' is not read\n"
    assert said.out == "1 component added, 0 changed\n"
    told = empty("owner", "shop.example", "--json").json["answers"][0]
    assert (told["component"], told["owners"]) == ("shop", ["frontline"])


@pytest.mark.parametrize("name", ["none.yaml", "none", "none.csv", "CODEOWNERS", "none.txt"])
def test_a_path_that_is_not_there_is_told(empty: Program, name: str) -> None:
    assert f"{name} does not exist" in empty("import", "owners", name, status=1).err


def test_what_is_exported_comes_back_and_is_never_written_over(empty: Program, write: Write, tmp_path: Path) -> None:
    hostile = yaml.safe_dump(f"{HOSTILE}\nsecond line", default_style='"', width=1000).strip()
    empty(
        "import", "owners", write("c.yaml", SHOP.replace("  annotations", f"  title: {hostile}\n  annotations") + PAY)
    )
    file = tmp_path / "out.yaml"
    assert empty("export", "owners", str(file)).out == f"2 components in {file}\n"
    assert "exists already" in empty("export", "owners", str(file), status=1).err
    assert empty("export", "owners", str(file), "--replace", "--json").json == {"file": str(file), "components": 2}
    assert "neither .yaml nor .yml" in empty("export", "owners", "out.json", status=1).err
    assert empty("import", "owners", str(file)).out == "nothing changed, 2 as before\n"
    other = Program(tmp_path / "other.db", "maya")
    other("init")
    other("import", "owners", str(file), "--create-teams")
    back = tmp_path / "back.yaml"
    other("export", "owners", str(back))
    assert back.read_text() == file.read_text()


def test_an_import_is_taken_back_by_one_undo(empty: Program, write: Write) -> None:
    empty("import", "owners", write("catalog.yaml", SHOP + PAY))
    empty("undo")
    assert empty("owners", "list", "--json").json == []
