"""Writes the catalogue as Backstage's YAML, such that importing it gives the same catalogue again.

Each component is a Component, or a Resource where it is no software of one's own. What Backstage has no field for
stands in annotations; a name that Backstage would refuse, or a team's, is written in its own form there too.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import count
from typing import Any, Final, TextIO

import yaml

from workbench.clock import iso
from workbench.intake.owners import lists
from workbench.ownership.model import Component, ComponentKind

_ENTITIES: Final = {ComponentKind.SERVICE: "Component", ComponentKind.APPLICATION: "Component"}
_VERSION: Final = "backstage.io/v1alpha1"
_NAME: Final = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?")
"""What Backstage takes for a name."""
_FOREIGN: Final = re.compile(r"[^A-Za-z0-9_.-]+")
_UNOWNED: Final = "unowned"
"""Stands for the owner that Backstage demands, where there is none; the annotation tells the truth."""


def write_catalogue(components: Iterable[Component], leads: Mapping[frozenset[str], str], file: TextIO) -> int:
    """Writes components with the teams that lead between them, one document each; how many."""
    told = list(components)
    names = _names(component.slug for component in told)
    kinds = {component.slug: _entity(component) for component in told}
    by_first: dict[str, list[tuple[str, str]]] = {}
    for first, other, team in sorted((*sorted(pair), team) for pair, team in leads.items()):
        if first in names and other in names:
            by_first.setdefault(first, []).append((other, team))
    documents = (
        _document(
            component,
            names[component.slug],
            [f"{kinds[need].lower()}:default/{names[need]}" for need in component.needs if need in names],
            by_first.get(component.slug, ()),
        )
        for component in told
    )
    yaml.dump_all(documents, file, _DUMPER, allow_unicode=True, width=120, sort_keys=False, explicit_start=True)
    return len(told)


def _document(component: Component, name: str, needs: list[str], leads: Iterable[tuple[str, str]]) -> dict[str, Any]:
    metadata = {
        "name": name,
        "title": component.title,
        "description": component.description,
        "annotations": {f"workbench/{key}": text for key, text in _annotations(component, name, leads)},
    }
    owner = component.owners[0] if component.owners else _UNOWNED
    return {
        "apiVersion": _VERSION,
        "kind": _entity(component),
        "metadata": {key: value for key, value in metadata.items() if value},
        "spec": {
            "type": component.kind.value,
            "lifecycle": "production",
            "owner": f"group:default/{owner if _NAME.fullmatch(owner) else _sound(owner)}",
            **({"dependsOn": needs} if needs else {}),
        },
    }


def _annotations(component: Component, name: str, leads: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    if name != component.slug:
        yield "slug", component.slug
    yield "source", component.source
    if component.team is None or not _NAME.fullmatch(component.team):
        yield "owners", lists.joined(component.owners)
    for field in ("aliases", "hosts", "urls", "signatures"):
        if elements := getattr(component, field):
            yield field, lists.joined(elements)
    if component.paths:
        yield "paths", lists.lines(lists.write_path(*rule) for rule in component.paths)
    if component.confirmed_at:
        yield "confirmed-at", iso(component.confirmed_at)
    if component.confirmed_by:
        yield "confirmed-by", component.confirmed_by
    if leads:
        yield "seam-lead", lists.lines(lists.write_lead(*lead) for lead in leads)


def _entity(component: Component) -> str:
    return _ENTITIES.get(component.kind, "Resource")


def _names(slugs: Iterable[str]) -> dict[str, str]:
    """A name that Backstage takes for each slug: the slug itself where it can be, and none twice in any case."""
    ordered = sorted(slugs, key=lambda slug: _NAME.fullmatch(slug) is None)
    taken: set[str] = set()
    names = {}
    for slug in ordered:
        base = slug if _NAME.fullmatch(slug) else _sound(slug)
        tries = (base if number == 1 else f"{base[:56]}-{number}" for number in count(1))
        names[slug] = next(each for each in tries if each.lower() not in taken)
        taken.add(names[slug].lower())
    return names


def _sound(text: str) -> str:
    """The nearest that Backstage takes for a name."""
    return _FOREIGN.sub("-", text)[:63].strip("_.-") or "unnamed"


def _represent_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    """Texts of several lines as such."""
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


# The one in C writes the same, some ten times faster.
_DUMPER: Final[Any] = type("_Dumper", (getattr(yaml, "CSafeDumper", yaml.SafeDumper),), {})
_DUMPER.add_representer(str, _represent_text)
