"""What has changed of a component, as the catalogue's events tell it: the fields that differ, as JSON holds them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from workbench.clock import iso, stored
from workbench.ownership.model import Component, ComponentKind, PathRule

LISTS: Final = ("aliases", "hosts", "urls", "signatures", "owners", "needs")
"""Fields that are lists of texts."""
_PLAIN: Final = ("title", "description", "source", "retired", "confirmed_by")


class CatalogueKind(StrEnum):
    """What an event of the catalogue tells."""

    ADDED = "added"
    CHANGED = "changed"
    CONFIRMED = "confirmed"
    RETIRED = "retired"
    LED = "led"
    """A seam of the component got another lead, or none: `{"seam": OTHER, "lead": TEAM}`."""
    UNDONE = "undone"
    PROPOSED = "proposed"
    DISMISSED = "dismissed"
    """Somebody proposed a team as the owner, or would not have it proposed again: `{"team", "ticket", "why"}`."""


OPINIONS: Final = (CatalogueKind.PROPOSED, CatalogueKind.DISMISSED)
"""Kinds that change nothing of a component, and belong to no act."""


@dataclass(frozen=True, slots=True)
class CatalogueEvent:
    """One change of one component by one person; events are only ever added. `act` counts with that of tickets."""

    id: int
    at: datetime
    who: str
    act: int
    kind: CatalogueKind
    component: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    undoes: int | None = None


def absent(slug: str) -> Component:
    """What a component is before it is added: retired, with nothing known of it."""
    return Component(slug, retired=True)


def fields_of(component: Component) -> dict[str, Any]:
    """All that is known of a component, as JSON can hold it."""
    return {
        "kind": component.kind.value,
        **{name: getattr(component, name) for name in _PLAIN},
        **{name: list(getattr(component, name)) for name in LISTS},
        "paths": [[rule.pattern, None if rule.owners is None else list(rule.owners)] for rule in component.paths],
        "confirmed_at": iso(component.confirmed_at) if component.confirmed_at else None,
    }


def difference(before: Component, after: Component) -> tuple[dict[str, Any], dict[str, Any]]:
    """The fields that differ, as they were and as they are."""
    old, new = fields_of(before), fields_of(after)
    differ = [name for name in old if old[name] != new[name]]
    return {name: old[name] for name in differ}, {name: new[name] for name in differ}


def with_fields(component: Component, fields: Mapping[str, Any]) -> Component:
    """The component with these fields in the place of its own."""
    read: dict[str, Any] = dict(fields)
    for name in LISTS:
        if name in read:
            read[name] = tuple(read[name])
    if "kind" in read:
        read["kind"] = ComponentKind(read["kind"])
    if "paths" in read:
        read["paths"] = tuple(
            PathRule(pattern, None if owners is None else tuple(owners)) for pattern, owners in read["paths"]
        )
    if read.get("confirmed_at"):
        read["confirmed_at"] = stored(read["confirmed_at"])
    return replace(component, **read)
