"""Reads the documents of a Backstage catalogue: which are components, which tell of teams or people, which neither."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from workbench.intake.owners.model import Catalogue, Fault, Group, Place, User
from workbench.intake.owners.references import DEFAULT, Reference, reference
from workbench.safe_yaml import BadYaml, Document, Node, documents

COMPONENTS: Final = ("component", "system", "resource", "api")
"""Kinds that become components; where two have one name, the earlier kind keeps it."""
PREFIX: Final = "workbench/"
"""What the annotations begin with that hold what Backstage has no field for."""

_VERSION: Final = re.compile(r"apiVersion[\"']?\s*:\s*[\"']?([^\s\"',}]+)")
_KIND: Final = re.compile(r"^[\"']?kind[\"']?\s*:|^\{", re.MULTILINE)
_OURS: Final = "backstage.io/"


@dataclass(frozen=True, slots=True)
class Entity:
    """A component's document, before it is known what it is called here; `name` as it is written."""

    ref: Reference
    name: str
    place: Place
    node: Node
    text: str

    def annotation(self, key: str) -> Node | None:
        """An annotation of ours; None where it does not stand there."""
        return self.node.at("metadata", "annotations", PREFIX + key)

    @property
    def source(self) -> str:
        """What it is known by when it comes again."""
        told = self.annotation("source")
        return str(self.ref) if told is None else told.text or ""


def gather(text: str, file: str, into: Catalogue, *, sure: bool) -> Iterator[Entity]:
    """The components' documents of one file; teams, people and faults go into the catalogue.

    `sure`: somebody named this very file, so that all of it should be entities. Otherwise a document that is visibly
    something else is passed over unread, whatever is wrong with it.
    """
    try:
        for document in documents(text):
            if sure or _claims(document.text):
                yield from _entities(document, file, into, sure=sure)
            else:
                into.ignored["no entity"] += 1
    except BadYaml as error:
        into.faults.append(Fault(Place(file, error.line), error.reason))


def texts(node: Node | None) -> Iterator[tuple[str, int]]:
    """The texts of a list, or the only one, each with its line; a reference may also be written as a table."""
    for each in (node.items or [node]) if node else ():
        if each.text:
            yield each.text, each.line
        elif name := text_at(each, "name"):
            kind, namespace = text_at(each, "kind"), text_at(each, "namespace")
            yield f"{kind + ':' if kind else ''}{namespace + '/' if namespace else ''}{name}", each.line


def text_at(node: Node, *keys: str) -> str:
    """The text under these keys, without blanks at its ends; empty where there is none."""
    found = node.at(*keys)
    return (found.text or "").strip() if found else ""


def _claims(text: str) -> bool:
    version = _VERSION.search(text)
    return _OURS in version[1] if version else _KIND.search(text) is not None


def _entities(document: Document, file: str, into: Catalogue, *, sure: bool) -> Iterator[Entity]:
    try:
        node = document.read()
    except BadYaml as error:
        into.faults.append(Fault(Place(file, error.line), error.reason, document.text))
        return
    place = Place(file, node.line)
    kind, version = text_at(node, "kind"), text_at(node, "apiVersion")
    if version and _OURS not in version:
        into.ignored[kind or "no entity"] += 1
        return
    if not kind and not sure:
        into.ignored["no entity"] += 1
        return
    if kind.lower() not in (*COMPONENTS, "group", "user", ""):
        into.ignored[kind] += 1
        return
    name = text_at(node, "metadata", "name")
    ref = reference(name, kind, text_at(node, "metadata", "namespace") or DEFAULT)
    if not kind or ref is None or ref.name != name.lower():
        wrong = f"{name!r} is no name of an entity" if name else "metadata.name is missing"
        into.faults.append(Fault(place, wrong if kind else "kind is missing", document.text))
    elif ref.kind == "group":
        _take_group(ref, name, node, into)
    elif ref.kind == "user":
        _take_user(ref, name, node, into)
    else:
        yield Entity(ref, name, place, node, document.text)


def _take_group(ref: Reference, name: str, node: Node, into: Catalogue) -> None:
    title = text_at(node, "spec", "profile", "displayName") or text_at(node, "metadata", "title") or name
    members = (reference(text, "user", ref.namespace) for text, _ in texts(node.at("spec", "members")))
    told = tuple(str(member) for member in members if member)
    into.groups[str(ref)] = Group(str(ref), title, text_at(node, "spec", "profile", "email"), told)


def _take_user(ref: Reference, name: str, node: Node, into: Catalogue) -> None:
    title = text_at(node, "spec", "profile", "displayName") or text_at(node, "metadata", "title") or name
    groups = (reference(text, "group", ref.namespace) for text, _ in texts(node.at("spec", "memberOf")))
    told = tuple(str(group) for group in groups if group)
    into.users[str(ref)] = User(name, title, text_at(node, "spec", "profile", "email"), told)
