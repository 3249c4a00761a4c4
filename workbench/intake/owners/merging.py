"""What becomes of a component when a file tells of it again: what it tells is taken, what was confirmed here stays."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from workbench.clock import iso
from workbench.intake.owners.model import Entry
from workbench.ownership.changes import LISTS, difference
from workbench.ownership.model import Component, PathRule

_LONGEST: Final = 60
"""Characters of a value that a line about a difference shows."""


def merged(
    entry: Entry, before: Component, owners: tuple[str, ...] | None, paths: tuple[PathRule, ...] | None
) -> tuple[Component, str | None]:
    """The component as the file would have it, and in words what stays although the file says otherwise.

    `owners` and `paths` are the entry's, as teams; None where it tells nothing of them.
    """
    told: dict[str, Any] = {
        field: value
        for field in ("kind", "title", "description", "aliases", "hosts", "urls", "signatures", "source")
        if (value := getattr(entry, field)) is not None
    }
    if before.source:
        told.pop("source", None)
    if entry.needs is not None:
        told["needs"] = tuple(need.slug for need in entry.needs)
    if paths is not None:
        told["paths"] = paths
    after = replace(before, **told)
    after = replace(after, aliases=_with(after.aliases, entry.more_aliases), urls=_with(after.urls, entry.more_urls))
    return _with_owners(entry, before, after, owners)


def in_words(before: Component, after: Component) -> str:
    """What is different, field by field; empty where nothing is."""
    old, new = difference(before, after)
    return "; ".join(_difference(field, old[field], new[field]) for field in old)


def _with_owners(
    entry: Entry, before: Component, after: Component, owners: tuple[str, ...] | None
) -> tuple[Component, str | None]:
    confirmed, told = before.confirmed_at, entry.confirmed_at
    later = confirmed is not None and (told is None or told < confirmed)
    if later and before.confirmed_by is not None:
        if owners is None or owners == before.owners:
            return after, None
        who = f"confirmed by {before.confirmed_by} on {iso(confirmed)[:10] if confirmed else ''}"
        kept = f"{before.slug}: stays with {_list(before.owners)}, {who}; the file says {_list(owners)}"
        return after, kept
    if owners is not None:
        after = replace(after, owners=owners)
    if told is not None and not later and told != confirmed:
        after = replace(after, confirmed_at=told, confirmed_by=entry.confirmed_by)
    return after, None


def _with(present: tuple[str, ...], more: tuple[str, ...]) -> tuple[str, ...]:
    return (*present, *(each for each in more if each not in present))


def _difference(field: str, old: Any, new: Any) -> str:
    name = field.replace("_", " ")
    if field in LISTS or field == "paths":
        gone, come = [each for each in old if each not in new], [each for each in new if each not in old]
        if field == "owners":
            return f"owners {_list(old)} → {_list(new)}"
        signed = [*(f"+{_value(each)}" for each in come[:5]), *(f"−{_value(each)}" for each in gone[:5])]
        hidden = len(come) + len(gone) - len(signed)
        more = [f"{hidden:,} more"] if hidden else []
        return f"{name} {', '.join([*signed, *more]) or 'in another order'}"
    return f"{name} {_value(old)} → {_value(new)}"


def _value(value: Any) -> str:
    if isinstance(value, list):  # a path with owners of its own
        pattern, owners = value
        return _value(pattern if owners is None else f"{pattern} ({_list(owners)})")
    text = str(value or "nothing")
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _list(owners: Sequence[str]) -> str:
    return ", ".join(owners) or "nobody"
