"""What an entity is called here: by its own name, unless another kind or namespace has that; and always the same."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import count

from workbench.intake.owners.backstage import COMPONENTS, Entity, text_at
from workbench.intake.owners.model import Catalogue, Fault
from workbench.intake.owners.references import DEFAULT, Reference, reference


class Naming:
    """The slugs of the entities of one import, and of the components that are there (`known`: slug to source)."""

    def __init__(self, entities: Iterable[Entity], known: Mapping[str, str], into: Catalogue) -> None:
        self._known = known
        self._folded = {slug.casefold(): slug for slug in known}
        self._by_source = {source: slug for slug, source in known.items() if _is_entity(source)}
        self._taken: dict[str, Reference] = {}
        self.slugs: dict[Reference, str] = {}
        self.entities: dict[Reference, Entity] = {}
        """Each with its reference; of two with the same only the first."""
        for entity in entities:
            first = self.entities.setdefault(entity.ref, entity)
            if first is not entity:
                reason = f"{entity.ref} stands already in {first.place}"
                into.faults.append(Fault(entity.place, reason, entity.text))
        ordered = sorted(self.entities.values(), key=_rank)
        for entity in ordered:
            told = self._told(entity)
            if told is not None:
                self._take(entity.ref, told)
        for entity in ordered:
            if entity.ref not in self.slugs:
                self._take(entity.ref, next(filter(self._is_free, _candidates(entity))))

    def find(self, text: str, kind: str = "", namespace: str = DEFAULT) -> str | None:
        """The slug of what a reference means, in the files or here; None where it is nowhere.

        Without a kind it is the first of the kinds that has one of that name.
        """
        told = reference(text, kind, namespace)
        if told is None:
            return self.called(text)
        for kind_meant in (told.kind,) if told.kind else COMPONENTS:
            meant = told._replace(kind=kind_meant)
            slug = self.slugs.get(meant) or self._by_source.get(str(meant))
            if slug is not None:
                return slug
        return self.called(told.name) if told.kind in ("", "component", "resource") else None

    def called(self, name: str) -> str | None:
        """The slug that this is, whatever its case; None where nothing is called so."""
        folded = name.strip().casefold()
        ref = self._taken.get(folded)
        return self.slugs[ref] if ref else self._folded.get(folded)

    def _told(self, entity: Entity) -> str | None:
        """What the entity itself says it is called here, or what it was called when it last came."""
        own = text_at(entity.node, "metadata", "annotations", "workbench/slug")
        told = own or self._by_source.get(entity.source)
        return told if told and told.casefold() not in self._taken else None

    def _is_free(self, slug: str) -> bool:
        if slug.casefold() in self._taken:
            return False
        there = self._folded.get(slug.casefold())
        return there is None or not _is_entity(self._known[there])

    def _take(self, ref: Reference, slug: str) -> None:
        self.slugs[ref] = self._folded.get(slug.casefold(), slug)
        self._taken[slug.casefold()] = ref


def _candidates(entity: Entity) -> Iterator[str]:
    name, kind, namespace = entity.name, entity.ref.kind, entity.ref.namespace
    yield name
    if namespace != DEFAULT:
        yield f"{namespace}-{name}"
    yield f"{name}-{kind}"
    yield from (f"{name}-{kind}-{number}" for number in count(2))


def _rank(entity: Entity) -> tuple[bool, int]:
    return entity.ref.namespace != DEFAULT, COMPONENTS.index(entity.ref.kind)


def _is_entity(source: str) -> bool:
    """Whether the source of a component says that Backstage knows it."""
    told = reference(source)
    return told is not None and told.kind in COMPONENTS
