"""Backstage's entities as components: what they are called, what they need, and what is wrong with some."""

from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from workbench.errors import InvalidInput
from workbench.intake.owners.model import Catalogue, Entry
from workbench.intake.owners.reading import read_catalogue
from workbench.ownership.model import ComponentKind

ZONE = ZoneInfo("Europe/Berlin")
HEAD = "apiVersion: backstage.io/v1alpha1\nkind: "


def entity(kind: str, name: str, spec: str = "", metadata: str = "") -> str:
    """One document; `spec` and `metadata` are lines of theirs."""
    told = "".join(f"  {line}\n" for line in metadata.splitlines())
    return f"---\n{HEAD}{kind}\nmetadata:\n  name: {name}\n{told}spec:\n  type: service\n" + "".join(
        f"  {line}\n" for line in spec.splitlines()
    )


def annotations(**lists: str) -> str:
    """Annotations of ours as lines of metadata."""
    return "annotations:\n" + "".join(f"  workbench/{key.replace('_', '-')}: {text}\n" for key, text in lists.items())


@pytest.fixture
def read(tmp_path: Path) -> Any:
    """Reads a text as a file, or several as a tree."""

    def reading(*texts: str, known: dict[str, str] | None = None) -> Catalogue:
        if len(texts) == 1:
            path = tmp_path / "catalog-info.yaml"
            path.write_text(texts[0], encoding="utf-8")
            return read_catalogue(path, known or {}, ZONE)
        for number, text in enumerate(texts):
            (tmp_path / f"{number}.yaml").write_text(text, encoding="utf-8")
        return read_catalogue(tmp_path, known or {}, ZONE)

    return reading


def needs(entry: Entry) -> list[str]:
    """The slugs of what it needs."""
    return [need.slug for need in entry.needs or ()]


def by_slug(catalogue: Catalogue) -> dict[str, Entry]:
    """The entries, of which none is twice, and nothing is wrong with them."""
    assert catalogue.faults == []
    assert len({entry.slug for entry in catalogue.entries}) == len(catalogue.entries)
    return {entry.slug: entry for entry in catalogue.entries}


def test_an_entity_tells_all_that_a_component_has(read: Any) -> None:
    told = annotations(
        aliases="web shop, Kasse",
        hosts="'*.shop.example'",
        urls="https://shop.example/",
        paths="|\n    src/** @core\n    docs/**\n    vendor/** @",
        signatures="'|\n    ORA-00942, table gone'".strip("'"),
        confirmed_at="2026-11-20",
        confirmed_by="maya",
        seam_lead="identity=payments",
    )
    metadata = f"title: The shop\ndescription: Sells\nlinks:\n  - url: https://wiki.example/shop\n{told}"
    shop = entity("Component", "shop", "owner: payments\ndependsOn: [component:identity]", metadata)
    entry = by_slug(read(shop + entity("Component", "identity")))["shop"]
    assert (entry.kind, entry.title, entry.description) == (ComponentKind.SERVICE, "The shop", "Sells")
    assert (entry.aliases, entry.hosts) == (("web shop", "Kasse"), ("*.shop.example",))
    assert (entry.urls, entry.more_urls) == (("https://shop.example/",), ("https://wiki.example/shop",))
    assert entry.signatures == ("ORA-00942, table gone",)
    paths = [(rule.pattern, rule.owners and [owner.written for owner in rule.owners]) for rule in entry.paths or ()]
    assert paths == [("src/**", ["core"]), ("docs/**", None), ("vendor/**", ())]
    assert [owner.keys for owner in entry.owners or ()] == [("payments",)]
    assert needs(entry) == ["identity"]
    assert str(entry.confirmed_at) == "2026-11-19 23:00:00+00:00"
    assert entry.confirmed_by == "maya"
    assert [(lead.other.slug, lead.team.keys) for lead in entry.leads] == [("identity", ("payments",))]
    assert (str(entry.place), entry.source) == ("catalog-info.yaml, line 2", "component:default/shop")


def test_what_an_entity_does_not_tell_is_left_open(read: Any) -> None:
    entry = by_slug(read(f"{HEAD}Component\nmetadata:\n  name: shop\n"))["shop"]
    told = (entry.kind, entry.title, entry.aliases, entry.paths, entry.owners, entry.needs, entry.confirmed_at)
    assert set(told) == {None}
    emptied = by_slug(read(entity("Component", "shop", "", annotations(aliases="''", owners="''"))))["shop"]
    assert (emptied.aliases, emptied.owners) == ((), ())


def test_who_needs_whom_is_told_from_either_end(read: Any) -> None:
    told = by_slug(
        read(
            entity("System", "portal")
            + entity("Component", "web", "system: portal\nconsumesApis: [pay-api]\ndependsOn: [resource:db]")
            + entity("API", "pay-api", "system: portal")
            + entity("Component", "pay", "providesApis: [api:default/pay-api]\ndependencyOf: ['component:web']")
            + entity("Component", "pay-worker", "subcomponentOf: pay")
            + entity("Resource", "db", "dependsOn: [{kind: component, name: pay}]")
        )
    )
    assert {slug: needs(entry) for slug, entry in told.items()} == {
        "portal": ["web", "pay-api"],
        "web": ["db", "pay-api", "pay"],
        "pay-api": ["pay"],
        "pay": ["pay-worker"],
        "pay-worker": [],
        "db": ["pay"],
    }


@pytest.mark.parametrize(
    ("kind", "type_", "expected"),
    [
        ("Component", "service", ComponentKind.SERVICE),
        ("Component", "website", ComponentKind.APPLICATION),
        ("Component", "vendor", ComponentKind.VENDOR),
        ("Component", "anything", ComponentKind.SERVICE),
        ("Resource", "database", ComponentKind.PLATFORM),
        ("Resource", "printer", ComponentKind.DEVICE),
        ("System", "product", ComponentKind.APPLICATION),
        ("API", "grpc", ComponentKind.SERVICE),
    ],
)
def test_the_kind_follows_from_type_and_entity(read: Any, kind: str, type_: str, expected: ComponentKind) -> None:
    told = by_slug(read(entity(kind, "x").replace("type: service", f"type: {type_}")))
    assert told["x"].kind is expected


PETSTORE = [entity("API", "petstore"), entity("Component", "petstore"), entity("Resource", "Petstore")]


def test_of_one_name_the_component_has_it_and_the_others_are_told_apart(read: Any) -> None:
    more = [*PETSTORE, entity("Component", "petstore", metadata="namespace: ops")]
    for order in (more, more[::-1]):
        told = {entry.source: entry.slug for entry in read("".join(order)).entries}
        assert told == {
            "component:default/petstore": "petstore",
            "resource:default/petstore": "Petstore-resource",
            "api:default/petstore": "petstore-api",
            "component:ops/petstore": "ops-petstore",
        }


def test_an_entity_keeps_the_name_by_which_it_came(read: Any) -> None:
    known = {"petstore": "api:default/petstore", "shop": "", "Store": "store.csv"}
    told = {entry.source: entry.slug for entry in read("".join(PETSTORE), known=known).entries}
    assert told["api:default/petstore"] == "petstore"
    assert told["component:default/petstore"] == "petstore-component"
    mine = by_slug(read(entity("Component", "shop") + entity("System", "store"), known=known))
    assert set(mine) == {"shop", "Store"}


def test_what_is_here_already_can_be_referred_to(read: Any) -> None:
    known = {"identity": "", "pay-api": "api:default/pay"}
    told = by_slug(read(entity("Component", "web", "dependsOn: [identity]\nconsumesApis: [pay]"), known=known))
    assert needs(told["web"]) == ["identity", "pay-api"]


@pytest.mark.parametrize(
    ("spec", "metadata", "line", "reason"),
    [
        ("dependsOn: [component:nowhere]", "", 8, "dependsOn: 'component:nowhere' stands nowhere"),
        ("consumesApis:\n  - a/b/c", "", 9, "is no reference to an entity"),
        ("owner: component:x", "", 8, "owner: 'component:x' is no group or user"),
        ("", annotations(hosts="'*.a.example, http://['"), 7, "workbench/hosts: "),
        ("", annotations(signatures="'*'"), 7, "workbench/signatures: '*' can match nothing"),
        ("", annotations(paths="/"), 7, "workbench/paths: '/' can match nothing"),
        ("", annotations(confirmed_at="yesterday"), 7, "workbench/confirmed-at: 'yesterday' is not a date"),
        ("", annotations(seam_lead="identity"), 7, "is not of the form OTHER=TEAM"),
        ("", annotations(seam_lead="nobody=x"), 7, "'nobody' stands nowhere"),
    ],
)
def test_a_bad_reference_or_pattern_is_told_with_its_line(
    read: Any, spec: str, metadata: str, line: int, reason: str
) -> None:
    catalogue = read(entity("Component", "web", spec, metadata))
    assert [entry.slug for entry in catalogue.entries] == ["web"]
    (fault,) = catalogue.faults
    assert str(fault).startswith(f"catalog-info.yaml, line {line}: ")
    assert reason in fault.reason
    assert "name: web" in fault.piece


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("---\nkind: Component\nmetadata: [\n", 3, "is no YAML"),
        (f"---\n{HEAD}Component\nmetadata: &a\n  name: x\n", 4, "anchors and aliases"),
        (f"---\n{HEAD}Component\n", 2, "metadata.name is missing"),
        (f"---\n{HEAD}Component\nmetadata:\n  name: two words\n", 2, "'two words' is no name"),
        (f"---\n{HEAD}Component\nmetadata:\n  name: [a]\n", 2, "metadata.name is missing"),
        ("---\nname: x\n", 2, "kind is missing"),
        ("---\njust text\n", 2, "kind is missing"),
        (entity("Component", "good"), 2, "stands already in catalog-info.yaml, line"),
    ],
)
def test_a_bad_document_does_not_hide_the_others(read: Any, text: str, line: int, reason: str) -> None:
    good = entity("Component", "good")
    catalogue = read(text + good) if "already" not in reason else read(good + text)
    assert [entry.slug for entry in catalogue.entries] == ["good"]
    (fault,) = catalogue.faults
    assert reason in fault.reason
    assert fault.place.number == line + (good.count("\n") if "already" in reason else 0)


def test_other_kinds_are_counted_and_files_of_others_passed_over(read: Any) -> None:
    compose = "services: &x\n  web: [\n"
    kubernetes = "apiVersion: v1\nkind: Service\nmetadata: {{ .name }}\n"
    catalogue = read(
        entity("Domain", "d") + entity("Location", "l") + entity("Template", "t") + entity("Component", "web"),
        compose,
        kubernetes,
    )
    assert set(by_slug(catalogue)) == {"web"}
    assert catalogue.ignored == {"Domain": 1, "Location": 1, "Template": 1, "no entity": 2}


def test_groups_and_users_tell_of_teams(read: Any) -> None:
    group = f"---\n{HEAD}Group\nmetadata:\n  name: team-a\nspec:\n  profile:\n    displayName: Team A\n"
    user = (
        f"---\n{HEAD}User\nmetadata:\n  name: Guest\nspec:\n  profile: {{email: g@x.example}}\n  memberOf: [team-a]\n"
    )
    catalogue = read(group + user)
    assert catalogue.groups["group:default/team-a"].name == "Team A"
    told = catalogue.users["user:default/guest"]
    assert (told.login, told.email, told.groups) == ("Guest", "g@x.example", ("group:default/team-a",))


def test_repositories_and_what_kubernetes_calls_it_are_ways_to_find_it(read: Any) -> None:
    metadata = (
        "annotations:\n  github.com/project-slug: acme/web\n  backstage.io/source-location: url:https://git.example/w\n"
        "  backstage.io/kubernetes-id: dice\nlinks:\n  - url: mailto:x@y.example\n  - url: https://git.example/w"
    )
    entry = by_slug(read(entity("Component", "web", "", metadata)))["web"]
    assert entry.more_urls == ("https://git.example/w", "https://github.com/acme/web")
    assert (entry.more_aliases, entry.urls, entry.aliases) == (("dice",), None, None)


@pytest.mark.parametrize("name", ["catalog-info.txt", "catalog-info"])
def test_files_of_no_known_kind_are_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("x")
    with pytest.raises(InvalidInput, match="is no kind of file that tells of ownership"):
        read_catalogue(tmp_path / name, {}, ZONE)


def test_a_folder_without_anything_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("x")
    with pytest.raises(InvalidInput, match="has no file that tells of ownership"):
        read_catalogue(tmp_path, {}, ZONE)


def test_a_tree_reads_codeowners_as_the_component_of_their_folder(tmp_path: Path) -> None:
    for folder in ("shop/.github", "pay", "shop/node_modules/other"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "CODEOWNERS").write_text("* @acme/core\n")
        (tmp_path / folder / "CODEOWNERS.rejected").write_text("[\n")
        (tmp_path / folder / "x.yaml.rejected-2.yaml").write_text("kind: [\n")
    catalogue = read_catalogue(tmp_path, {}, ZONE)
    assert [(entry.slug, entry.source) for entry in catalogue.entries] == [
        ("pay", "pay/CODEOWNERS"),
        ("shop", "shop/.github/CODEOWNERS"),
    ]
    with pytest.raises(InvalidInput, match="has 2 CODEOWNERS files"):
        read_catalogue(tmp_path, {}, ZONE, component="shop")
    (entry,) = read_catalogue(tmp_path / "pay" / "CODEOWNERS", {}, ZONE, component=" till ").entries
    assert entry.slug == "till"


def test_a_file_of_a_tree_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    for folder, name in (("a", "CODEOWNERS"), ("b", "x.yaml"), ("c", "CODEOWNERS")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / name).write_bytes(b"* @\xff\x81\n" if folder < "c" else b"* @maya\n")
    (tmp_path / "b" / "gone.yaml").symlink_to(tmp_path / "nowhere")
    catalogue = read_catalogue(tmp_path, {}, ZONE)
    assert [entry.slug for entry in catalogue.entries] == ["c"]
    assert [fault.place.file for fault in catalogue.faults] == ["b/gone.yaml", "b/x.yaml", "a/CODEOWNERS"]
