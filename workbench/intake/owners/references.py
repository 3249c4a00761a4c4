"""How Backstage and CODEOWNERS name things: entities by kind, namespace and name; owners by handle or address."""

import re
from dataclasses import replace
from typing import Final, NamedTuple

from workbench.intake.owners.model import Means, Name, Place
from workbench.organisation.register import as_key

DEFAULT: Final = "default"
"""The namespace of what tells none."""

_PART = re.compile(r"[^\s:/]+")
_HANDLE = re.compile(r"@[^\s@/]+")
_GROUP = re.compile(r"@([^\s@/]+(?:/[^\s@/]+)*)/([^\s@/]+)")
_ADDRESS = re.compile(r"[^\s@]+@[^\s@]+")


class Reference(NamedTuple):
    """An entity of Backstage in small letters, since it knows no others; `kind` is empty where none is told."""

    kind: str
    namespace: str
    name: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.namespace}/{self.name}"


def reference(text: str, kind: str = "", namespace: str = DEFAULT) -> Reference | None:
    """Reads `[kind:][namespace/]name`, the others being told where they stand; None for anything else."""
    told_kind, colon, rest = text.strip().rpartition(":")
    told_namespace, slash, name = rest.rpartition("/")
    told = [*([told_kind] if colon else []), *([told_namespace] if slash else []), name]
    if not all(_PART.fullmatch(part) for part in told):
        return None
    return Reference((told_kind or kind).lower(), (told_namespace or namespace).lower(), name.lower())


def backstage_owner(text: str, place: Place, namespace: str = DEFAULT) -> Name | None:
    """The group or user that owns an entity, in any of its short and long forms; None for anything else."""
    owner = reference(text, "group", namespace)
    if owner is None or owner.kind not in ("group", "user"):
        return None
    name = text.strip().rpartition(":")[2].rpartition("/")[2]
    keys = (name,) if owner.namespace == DEFAULT else (name, f"{owner.namespace}-{name}")
    return Name(str(owner), keys, place, Means.PERSON if owner.kind == "user" else Means.TEAM)


def code_owner(text: str, place: Place) -> Name | None:
    """`@org/team`, `@user` or an address; None for anything else.

    A group within groups (`@org/group/team`) is called by its last name, or by all of them.
    """
    if found := _GROUP.fullmatch(text):
        return Name(text, (found[2], f"{found[1].replace('/', '-')}-{found[2]}"), place)
    if _HANDLE.fullmatch(text):
        return Name(text, (text[1:],), place, Means.HANDLE)
    return Name(text, (text,), place, Means.PERSON) if _ADDRESS.fullmatch(text) else None


def path_owner(text: str, place: Place) -> Name:
    """An owner of a path's own, written as in CODEOWNERS but for the `@` before it."""
    owner = code_owner(text if _ADDRESS.fullmatch(text) else f"@{text}", place)
    return replace(owner, written=text) if owner else Name(text, (text,), place, Means.HANDLE)


def plain_owner(text: str, place: Place) -> Name:
    """A team by its slug or name, as people write it in a table; what CODEOWNERS would write is known too."""
    return code_owner(text, place) or Name(text, (as_key(text) or "unnamed",), place, Means.ANYBODY)
