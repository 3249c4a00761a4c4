"""What may stand in the catalogue: a component as it can be kept, or what is wrong with it."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Any, Final

from workbench.errors import InvalidInput, NotFound, Refused
from workbench.organisation.model import Organisation
from workbench.organisation.register import LONGEST_KEY, is_key
from workbench.ownership.model import LONGEST, LONGEST_DESCRIPTION, Component, PathRule
from workbench.text import storable

_NAMES: Final = {"aliases": "alias", "hosts": "host", "urls": "URL", "signatures": "signature"}

_PATTERNS: Final = {
    "hosts": "a host is a name, *.domain, an address or a network",
    "urls": "a URL is like https://shop.example/cart/*",
    "paths": "a path is as in CODEOWNERS",
    "signatures": "a signature is some words of a message; * stands for anything between them",
}
"""The fields of patterns, with what is to be written."""


def cleaned(component: Component) -> Component:
    """The component as it can be kept: without spaces at ends, nothing twice; InvalidInput says what is wrong."""
    slug = component.slug
    if not is_key(slug):
        raise InvalidInput(
            f"{slug!r} cannot name a component",
            f"a name has 1 to {LONGEST_KEY} visible characters, no space at its ends",
        )
    lists: dict[str, Any] = {
        field: _distinct(_text(slug, each, name) for each in getattr(component, field))
        for field, name in _NAMES.items()
    }
    return replace(
        component,
        title=_limited(slug, component.title, "title"),
        description=_limited(slug, component.description, "description", LONGEST_DESCRIPTION),
        source=_limited(slug, component.source, "source"),
        paths=tuple(_rule(slug, rule) for rule in component.paths),
        owners=_distinct(component.owners),
        needs=_distinct(component.needs),
        **lists,
    )


def require_known(before: Component, after: Component, organisation: Organisation, known: Collection[str]) -> None:
    """Raises what is wrong with the owners and the needs that are new; what stood there before may stay.

    `known` are the slugs of components in use. Owners of path rules are not asked for, since CODEOWNERS name people.
    """
    for team in after.owners:
        if team not in before.owners:
            organisation.team(team)
    for needed in after.needs:
        if needed == after.slug:
            raise Refused(f"{needed} cannot need itself", "leave it out of what it needs")
        if needed not in before.needs and needed not in known:
            raise unknown(needed, known)


def require_matching(before: Component, after: Component) -> None:
    """InvalidInput where a new pattern can match nothing, as an import has it; what stood there before may stay."""
    new = [(field, text) for field in _PATTERNS for text in sorted(_patterns(after, field) - _patterns(before, field))]
    if new:
        from workbench.ownership.matching.readers import matches_nothing  # here, since most changes have no pattern

        for field, text in new:
            if matches_nothing(field, text):
                raise InvalidInput(f"{after.slug}: {text!r} can match nothing", _PATTERNS[field])


def unknown(name: str, known: Iterable[str]) -> NotFound:
    """That no component has that name, with the nearest."""
    names = list(known)
    if not names:
        advice = "the catalogue is empty; `workbench owners add NAME` or `workbench import owners PATH` fills it"
        return NotFound(f"no component named {name!r}", advice)
    return NotFound.among("component", name, names)


def require_owner(component: Component) -> None:
    """Refused where there is no one owner to be confirmed."""
    if component.team is None:
        wrong = f"{component.slug} is disputed" if component.owners else f"nobody owns {component.slug}"
        raise Refused(wrong, f"say whose it is: `workbench owners set {component.slug} --owner TEAM`")


def _patterns(component: Component, field: str) -> set[str]:
    if field == "paths":
        return {rule.pattern for rule in component.paths}
    return set(getattr(component, field))


def _rule(slug: str, rule: PathRule) -> PathRule:
    owners = None if rule.owners is None else _distinct(_text(slug, each, "owner") for each in rule.owners)
    return PathRule(_text(slug, rule.pattern, "path"), owners)


def _text(slug: str, text: str, name: str) -> str:
    kept = text.strip()
    if not kept:
        raise InvalidInput(f"{slug}: an empty {name}", "leave it out, or say it")
    return _limited(slug, kept, name)


def _limited(slug: str, text: str, name: str, longest: int = LONGEST) -> str:
    if len(text) > longest:
        raise InvalidInput(f"{slug}: a {name} of {len(text):,} characters", f"write at most {longest:,}")
    return storable(text).strip()


def _distinct(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))
