"""What is exported comes back the same, whatever it holds, and Backstage would take it."""

import io
import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from tests.intake.owners.conftest import Import
from tests.support.offices import HOSTILE, Office
from workbench.intake.owners.merging import merged
from workbench.intake.owners.model import Catalogue, Name
from workbench.intake.owners.reading import read_catalogue
from workbench.intake.owners.writer import write_catalogue
from workbench.organisation.register import as_key
from workbench.ownership.changes import absent
from workbench.ownership.model import Component, ComponentKind, PathRule

ODD = st.sampled_from(("a=b", "@x", '"q"', "[b]/c", "a,b", "#no", "null", "on", "2026-11-21", "- x", "x: y", *HOSTILE))
TEXT = (ODD | st.text(max_size=20)).map(lambda text: text.encode("utf-8", "replace").decode().strip())
WORDS = TEXT.filter(bool)
KEYS = WORDS.map(as_key).filter(bool)
LISTS = st.lists(WORDS, max_size=3, unique=True).map(tuple)
OWNERS = st.lists(KEYS, max_size=3, unique=True).map(tuple)
PATTERNS = st.sampled_from(("*.a.example", "10.0.0.0/8", "b.example:8443"))
COMPONENTS = st.builds(
    Component,
    slug=KEYS,
    kind=st.sampled_from(ComponentKind),
    title=TEXT,
    description=TEXT,
    aliases=LISTS,
    hosts=st.lists(PATTERNS, unique=True).map(tuple),
    urls=st.sampled_from([(), ("https://a.example/b,c",)]),
    signatures=st.sampled_from([(), ('"timed out" in line 5', "a, b and c")]),
    paths=st.lists(st.builds(PathRule, st.sampled_from(["src/**", "a b @c", "x\\ y"]), st.none() | OWNERS)).map(tuple),
    owners=OWNERS,
    confirmed_at=st.none() | st.just(datetime(2026, 3, 1, tzinfo=UTC)),
    source=TEXT,
)


def written(components: list[Component], leads: dict[frozenset[str], str] | None = None) -> str:
    """The file as text."""
    file = io.StringIO()
    assert write_catalogue(components, leads or {}, file) == len(components)
    return file.getvalue()


def read(text: str) -> Catalogue:
    """The text read back from a file."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "catalog.yaml")
        path.write_text(text, encoding="utf-8", newline="")
        return read_catalogue(path, {}, ZoneInfo("UTC"))


def meant(names: tuple[Name, ...] | None) -> tuple[str, ...] | None:
    """The teams of those names, where all are there."""
    return (
        None
        if names is None
        else tuple(name.keys[0] if name.written.startswith("group:") else name.written for name in names)
    )


@given(st.lists(COMPONENTS, max_size=4, unique_by=lambda component: component.slug.casefold()), st.data())
@example([Component("Ä b", needs=()), Component("a-b"), Component("=x,y")], None)
def test_any_catalogue_comes_back_the_same(components: list[Component], data: Any) -> None:
    slugs = [component.slug for component in components]
    if data is not None:
        needs = st.lists(st.sampled_from(slugs), unique=True) if slugs else st.just([])
        components = [
            replace(each, needs=tuple(need for need in data.draw(needs) if need != each.slug)) for each in components
        ]
    leads = {frozenset(slugs[:2]): "IT = team, @x"} if len(slugs) > 1 else {}
    told = read(written(components, leads))
    assert told.faults == []
    for entry, component in zip(told.entries, components, strict=True):
        owners = meant(entry.owners)
        told_paths = tuple(PathRule(rule.pattern, meant(rule.owners)) for rule in entry.paths or ())
        back, _ = merged(entry, absent(component.slug), owners, told_paths)
        assert replace(back, retired=False) == component
    found = {
        (frozenset((entry.slug, lead.other.slug)), lead.team.written) for entry in told.entries for lead in entry.leads
    }
    assert found == set(leads.items())


@given(st.lists(COMPONENTS, max_size=4, unique_by=lambda component: component.slug))
def test_backstage_would_take_every_entity(components: list[Component]) -> None:
    sound = re.compile(r"[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?")
    documents = list(yaml.safe_load_all(written(components)))
    names = [document["metadata"]["name"] for document in documents]
    assert len({name.lower() for name in names}) == len(components)
    for document in documents:
        spec = document["spec"]
        assert document["kind"] in ("Component", "Resource")
        owner = spec["owner"].removeprefix("group:default/")
        assert all(sound.fullmatch(name) for name in (document["metadata"]["name"], owner))
        assert spec["type"]
        assert spec["lifecycle"]


def test_the_file_is_read_by_people_too() -> None:
    shop = Component(
        "shop",
        title="The shop",
        aliases=("till", "web shop"),
        paths=(PathRule("src/**", ("core",)), PathRule("docs/**"), PathRule("vendor/**", ())),
        owners=("payments",),
        needs=("identity",),
    )
    leads = {frozenset(("shop", "identity")): "payments"}
    assert written([Component("identity", ComponentKind.PLATFORM), shop], leads) == FILE


FILE = """---
apiVersion: backstage.io/v1alpha1
kind: Resource
metadata:
  name: identity
  annotations:
    workbench/source: ''
    workbench/owners: ''
    workbench/seam-lead: |
      shop=payments
spec:
  type: platform
  lifecycle: production
  owner: group:default/unowned
---
apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: shop
  title: The shop
  annotations:
    workbench/source: ''
    workbench/aliases: |
      till
      web shop
    workbench/paths: |
      src/** @core
      docs/**
      vendor/** @
spec:
  type: service
  lifecycle: production
  owner: group:default/payments
  dependsOn:
  - resource:default/identity
"""


def test_an_export_changes_nothing_where_it_comes_from(office: Office, take: Import) -> None:
    desk = office.desk()
    desk.ownership.put_all(
        [
            Component("Ä b", owners=("engineering", "frontline"), aliases=tuple(map(str.strip, HOSTILE[:5]))),
            Component("a-b", owners=("engineering",), needs=("Ä b",), paths=(PathRule("x", ("stranger",)),)),
            Component("shop-api", source="api:default/shop"),
        ]
    )
    desk.ownership.confirm("a-b")
    text = written(desk.ownership.components(), desk.ownership.store.leads())
    told = take(text)
    assert (told.is_news, told.unchanged, told.kept) == (False, 3, [])
