"""The sample's catalogue: what breaks there, whose it is, and how long ago somebody last said so."""

import json
import tomllib
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from functools import partial
from importlib import resources
from typing import Any, Final, NamedTuple

from workbench.clock import FixedClock, iso, stored
from workbench.database import Database
from workbench.desk import Desk
from workbench.duration import parse_duration
from workbench.ownership.model import Component, ComponentKind, PathRule
from workbench.ownership.service import OwnershipService

WRITTEN: Final = timedelta(days=300)
"""How long before the sample's moment the catalogue was begun."""
_WRITER: Final = "sunita"
_LEADER: Final = "viktor"
_LED: Final = timedelta(days=100)
_LISTS: Final = ("aliases", "hosts", "urls", "signatures", "owners", "needs")


class Entry(NamedTuple):
    """A component as the file tells it: confirmed that long ago by somebody, None for never; leads by the other end."""

    component: Component
    confirmed: tuple[timedelta, str] | None
    leads: Mapping[str, str]


def write(desk: Desk) -> None:
    """Writes the catalogue as it came to be: begun long ago, led and confirmed bit by bit; inside a transaction.

    It is history as the tickets are, and no act that anybody takes back.
    """
    told = list(entries())
    at(desk, WRITTEN, _WRITER).ownership.put_all(each.component for each in told)
    for ago, who, change in sorted(_changes(told), key=lambda each: each[0], reverse=True):
        change(at(desk, ago, who).ownership)
    desk.database.execute("UPDATE catalogue_event SET act = 0")


def at(desk: Desk, ago: timedelta, who: str) -> Desk:
    """The same file as somebody had it before them that long ago."""
    return Desk(desk.database, FixedClock(desk.now() - ago), who)


def entries() -> Iterator[Entry]:
    """What stands in the file, in its order."""
    text = resources.files("workbench.sample").joinpath("catalogue.toml").read_text("utf-8")
    for slug, told in tomllib.loads(text).items():
        yield _entry(slug, told)


def shift(database: Database, by: timedelta) -> None:
    """Moves everything that has happened in the catalogue, inside the caller's transaction."""
    for slug, confirmed in database.rows("SELECT slug, confirmed_at FROM component WHERE confirmed_at IS NOT NULL"):
        database.execute("UPDATE component SET confirmed_at = ? WHERE slug = ?", (iso(stored(confirmed) + by), slug))
    for number, at_then, before, after in database.rows("SELECT id, at, before, after FROM catalogue_event"):
        database.execute(
            "UPDATE catalogue_event SET at = ?, before = ?, after = ? WHERE id = ?",
            (iso(stored(at_then) + by), _shifted(before, by), _shifted(after, by), number),
        )
    for component, team, proposed in database.rows("SELECT component, team, at FROM correction"):
        database.execute(
            "UPDATE correction SET at = ? WHERE component = ? AND team = ?",
            (iso(stored(proposed) + by), component, team),
        )


def _changes(told: list[Entry]) -> Iterator[tuple[timedelta, str, Callable[[OwnershipService], object]]]:
    """What was said since, each so long ago and by somebody."""
    for component, confirmed, leads in told:
        for other, team in leads.items():
            yield _LED, _LEADER, partial(OwnershipService.set_lead, name=component.slug, other=other, team=team)
        if confirmed:
            yield *confirmed, partial(OwnershipService.confirm, name=component.slug)


def _entry(slug: str, told: dict[str, Any]) -> Entry:
    ago, _, who = told.pop("confirmed", "").partition(" ")
    leads = told.pop("leads", {})
    lists: dict[str, Any] = {name: tuple(told.pop(name, ())) for name in _LISTS}
    paths = tuple(PathRule(each) for each in told.pop("paths", ()))
    component = Component(slug, ComponentKind(told.pop("kind")), paths=paths, **lists, **told)
    return Entry(component, (timedelta(seconds=parse_duration(ago)), who) if ago else None, leads)


def _shifted(fields: str, by: timedelta) -> str:
    told: dict[str, Any] = json.loads(fields)
    if told.get("confirmed_at"):
        told["confirmed_at"] = iso(stored(told["confirmed_at"]) + by)
    return json.dumps(told, ensure_ascii=False)
