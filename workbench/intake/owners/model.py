"""What a file tells of components and teams, before it is known what of that is new here; pure."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum, auto
from typing import NamedTuple

from workbench.ownership.model import ComponentKind


class Place(NamedTuple):
    """Where something stands: a file as it is told, and its line (`unit` is `row` in a table), from 1."""

    file: str
    number: int
    unit: str = "line"

    def __str__(self) -> str:
        return f"{self.file}, {self.unit} {self.number}"


class Form(Enum):
    """What kind of file something stands in."""

    YAML = auto()
    CODEOWNERS = auto()
    TABLE = auto()


class Means(Enum):
    """What the name of an owner can stand for."""

    TEAM = auto()
    ANYBODY = auto()
    """A team, or somebody of one; people write both."""
    HANDLE = auto()
    """Somebody, or on GitLab a group: a team only where there is one of that name."""
    PERSON = auto()


@dataclass(frozen=True, slots=True)
class Name:
    """An owner as a file names it. `keys` are what the team would be called, in the order in which they are tried."""

    written: str
    keys: tuple[str, ...]
    place: Place
    means: Means = Means.TEAM


class Rule(NamedTuple):
    """A path pattern; `owners` as in `PathRule`, by their names in the file."""

    pattern: str
    owners: tuple[Name, ...] | None = None


class Need(NamedTuple):
    """A component that is needed, by its slug, and where that is said."""

    slug: str
    place: Place


class Lead(NamedTuple):
    """The team that leads at the seam towards another component."""

    other: Need
    team: Name


@dataclass(slots=True)
class Entry:
    """One component as a file tells it; None is what the file does not tell, and what then stays as it is."""

    place: Place
    slug: str
    source: str | None = None
    kind: ComponentKind | None = None
    title: str | None = None
    description: str | None = None
    aliases: tuple[str, ...] | None = None
    hosts: tuple[str, ...] | None = None
    urls: tuple[str, ...] | None = None
    signatures: tuple[str, ...] | None = None
    paths: tuple[Rule, ...] | None = None
    owners: tuple[Name, ...] | None = None
    needs: tuple[Need, ...] | None = None
    confirmed_at: datetime | None = None
    confirmed_by: str | None = None
    leads: tuple[Lead, ...] = ()
    more_aliases: tuple[str, ...] = ()
    more_urls: tuple[str, ...] = ()
    """What follows from fields that are not made for this (links, repositories): added, and nothing is taken for it."""
    piece: str = ""
    form: Form = Form.YAML
    """As those of a Fault."""


@dataclass(frozen=True, slots=True)
class Group:
    """A team as Backstage tells it; `names` are what it goes by, `members` logins."""

    key: str
    name: str
    contact: str = ""
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class User:
    """Somebody whom Backstage tells of; `groups` are the keys of their groups."""

    login: str
    name: str
    email: str = ""
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that cannot be used; `piece` is the text to be mended (a row of a table is found by its number)."""

    place: Place
    reason: str
    piece: str = ""
    form: Form = Form.YAML

    def __str__(self) -> str:
        return f"{self.place}: {self.reason}"


@dataclass(slots=True)
class Catalogue:
    """All that the files of one import tell."""

    entries: list[Entry] = field(default_factory=list)
    groups: dict[str, Group] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    """What was read, but perhaps not as it was meant, each with its place."""
    ignored: Counter[str] = field(default_factory=Counter)
    """How many documents of kinds that are neither component nor team, and tables of something else."""
