"""Turns Backstage's entities into entries of the catalogue: what each is called here, and what it refers to.

Who needs whom: a component what it depends on, what it consumes and its own parts; a system its parts; an API the
component that provides it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, tzinfo
from typing import Final

from workbench.intake.dates import BadCell, read_instant
from workbench.intake.owners import lists
from workbench.intake.owners.backstage import COMPONENTS, Entity, text_at, texts
from workbench.intake.owners.model import Catalogue, Entry, Fault, Lead, Name, Need, Place, Rule
from workbench.intake.owners.naming import Naming
from workbench.intake.owners.patterns import refused
from workbench.intake.owners.references import Reference, backstage_owner, path_owner, plain_owner, reference
from workbench.ownership.matching.urls import UrlPattern
from workbench.ownership.model import ComponentKind
from workbench.safe_yaml import Node

_TYPES: Final = {
    ComponentKind.APPLICATION: ("app", "desktop", "documentation", "frontend", "library", "mobile", "tool", "website"),
    ComponentKind.DEVICE: ("firewall", "hardware", "laptop", "phone", "printer", "router", "switch", "workstation"),
    ComponentKind.VENDOR: ("external", "saas", "third-party"),
}
"""Words of `spec.type`, which anybody chooses freely, beside the five of our own."""
_KIND_OF_TYPE: Final = {
    **{kind.value: kind for kind in ComponentKind},
    **{word: kind for kind, words in _TYPES.items() for word in words},
}
_KIND_OF_ENTITY: Final = {"system": ComponentKind.APPLICATION, "resource": ComponentKind.PLATFORM}

_NEEDS: Final = {"dependsOn": "", "consumesApis": "api"}
"""Fields that name what is needed, with the kind that is meant where none is told."""
_NEEDED_BY: Final = {
    "dependencyOf": "",
    "apiConsumedBy": "component",
    "providesApis": "api",
    "system": "system",
    "partOf": "system",
    "subcomponentOf": "component",
}
"""Fields that name what needs it."""
_REPOSITORIES: Final = {
    "github.com/project-slug": "https://github.com/",
    "gitlab.com/project-slug": "https://gitlab.com/",
    "backstage.io/source-location": "",
}
"""Annotations that tell where the code is, and what makes a URL of them."""


def entries(entities: Iterable[Entity], known: Mapping[str, str], zone: tzinfo, into: Catalogue) -> None:
    """Adds an entry for each entity, in their order; what cannot be used of them goes to the faults.

    `known` are the components that are there, slug to source; a date without a time is of `zone`.
    """
    naming = Naming(entities, known, into)
    needs = _needs(naming, into)
    for ref, entity in naming.entities.items():
        into.entries.append(_Reader(entity, naming, zone, into).entry(needs.get(ref)))


def _needs(naming: Naming, into: Catalogue) -> dict[Reference, tuple[Need, ...]]:
    """What each entity needs, by its own word and by that of the others."""
    found: dict[Reference, dict[str, Need]] = defaultdict(dict)
    by_slug = {slug: ref for ref, slug in naming.slugs.items()}
    for entity in naming.entities.values():
        own = naming.slugs[entity.ref]
        for need in _related(entity, _NEEDS, naming, into):
            if need.slug != own:
                found[entity.ref].setdefault(need.slug, need)
    for entity in naming.entities.values():
        own = naming.slugs[entity.ref]
        for other in _related(entity, _NEEDED_BY, naming, into):
            ref = by_slug.get(other.slug)
            if ref is None:
                into.doubts.append(f"{other.place}: {other.slug} is not in the files, so what it needs stays")
            elif other.slug != own:
                found[ref].setdefault(own, Need(own, other.place))
    return {ref: tuple(needs.values()) for ref, needs in found.items()}


def _related(entity: Entity, fields: Mapping[str, str], naming: Naming, into: Catalogue) -> Iterator[Need]:
    """The components that stand in those fields of an entity."""
    spec = entity.node.at("spec")
    told = [(field, *each) for field in fields if spec and field in spec.table for each in texts(spec.table[field])]
    for field, text, line in told:
        place = entity.place._replace(number=line)
        ref = reference(text, fields[field], entity.ref.namespace)
        if ref is not None and ref.kind not in ("", *COMPONENTS):
            into.doubts.append(f"{place}: {field}: {text} is no component; it is left out")
            continue
        slug = naming.find(text, fields[field], entity.ref.namespace) if ref else None
        if slug is None:
            reason = f"{field}: {text!r} " + ("stands nowhere" if ref else "is no reference to an entity")
            into.faults.append(Fault(place, reason, entity.text))
        else:
            yield Need(slug, place)


class _Reader:
    """Reads the fields of one entity."""

    def __init__(self, entity: Entity, naming: Naming, zone: tzinfo, into: Catalogue) -> None:
        self._entity = entity
        self._naming = naming
        self._zone = zone
        self._into = into

    def entry(self, needs: tuple[Need, ...] | None) -> Entry:
        """All that it tells."""
        entity, node = self._entity, self._entity.node
        return Entry(
            entity.place,
            self._naming.slugs[entity.ref],
            source=entity.source,
            kind=self._kind(),
            title=text_at(node, "metadata", "title") or None,
            description=text_at(node, "metadata", "description") or None,
            aliases=self._list("aliases"),
            hosts=self._list("hosts"),
            urls=self._list("urls"),
            signatures=self._list("signatures"),
            paths=self._paths(),
            owners=self._owners(),
            needs=needs,
            confirmed_at=self._confirmed_at(),
            confirmed_by=text_at(node, "metadata", "annotations", "workbench/confirmed-by") or None,
            leads=tuple(self._leads()),
            more_aliases=tuple(self._more_aliases()),
            more_urls=tuple(dict.fromkeys(self._more_urls())),
            piece=entity.text,
        )

    def _kind(self) -> ComponentKind | None:
        told = text_at(self._entity.node, "spec", "type").lower()
        of_entity = _KIND_OF_ENTITY.get(self._entity.ref.kind)
        return _KIND_OF_TYPE.get(told) or of_entity or (ComponentKind.SERVICE if told else None)

    def _list(self, field: str) -> tuple[str, ...] | None:
        node = self._entity.annotation(field)
        if node is None:
            return None
        kept = []
        for each in lists.split(node.text or ""):
            if reason := refused(field, each):
                self._wrong(node, f"workbench/{field}: {reason}")
            else:
                kept.append(each)
        return tuple(dict.fromkeys(kept))

    def _paths(self) -> tuple[Rule, ...] | None:
        node = self._entity.annotation("paths")
        if node is None:
            return None
        kept = []
        for part in lists.parts(node.text or ""):
            pattern, owners = lists.read_path(part)
            if reason := refused("paths", pattern):
                self._wrong(node, f"workbench/paths: {reason}")
            else:
                place = self._place(node)
                named = None if owners is None else tuple(path_owner(owner, place) for owner in owners)
                kept.append(Rule(pattern, named))
        return tuple(kept)

    def _owners(self) -> tuple[Name, ...] | None:
        listed = self._entity.annotation("owners")
        if listed is not None:
            return tuple(plain_owner(each, self._place(listed)) for each in lists.split(listed.text or ""))
        names: list[Name] = []
        field = self._entity.node.at("spec", "owner")
        for text, line in texts(field):
            place = self._entity.place._replace(number=line)
            name = backstage_owner(text, place, self._entity.ref.namespace)
            if name is None:
                self._into.faults.append(Fault(place, f"owner: {text!r} is no group or user", self._entity.text))
            else:
                names.append(name)
        return tuple(names) or None

    def _confirmed_at(self) -> datetime | None:
        node = self._entity.annotation("confirmed-at")
        if node is None:
            return None
        try:
            return read_instant((node.text or "").strip(), self._zone)
        except BadCell as error:
            self._wrong(node, f"workbench/confirmed-at: {error}")
            return None

    def _leads(self) -> Iterator[Lead]:
        node = self._entity.annotation("seam-lead")
        for part in lists.parts(node.text or "") if node else ():
            told = lists.read_lead(part)
            slug = self._naming.called(told[0]) or self._naming.find(told[0]) if told else None
            if node is None or told is None or slug is None:
                wrong = f"{told[0]!r} stands nowhere" if told else f"{part!r} is not of the form OTHER=TEAM"
                self._wrong(node, f"workbench/seam-lead: {wrong}")
            else:
                place = self._place(node)
                yield Lead(Need(slug, place), plain_owner(told[1], place))

    def _more_aliases(self) -> Iterator[str]:
        told = text_at(self._entity.node, "metadata", "annotations", "backstage.io/kubernetes-id")
        if told and told.casefold() != self._naming.slugs[self._entity.ref].casefold() and not refused("aliases", told):
            yield told

    def _more_urls(self) -> Iterator[str]:
        """Links, and the repository; what is no URL of the web is passed over."""
        node = self._entity.node
        links = node.at("metadata", "links")
        told = [text_at(link, "url") for link in links.items] if links else []
        for key, before in _REPOSITORIES.items():
            if found := text_at(node, "metadata", "annotations", key):
                told.append(before + found.removeprefix("url:"))
        for url in told:
            if url.startswith(("http://", "https://")) and not refused("urls", url) and UrlPattern.read(url):
                yield url

    def _wrong(self, node: Node | None, reason: str) -> None:
        self._into.faults.append(Fault(self._place(node), reason, self._entity.text))

    def _place(self, node: Node | None) -> Place:
        return self._entity.place._replace(number=node.line) if node else self._entity.place
