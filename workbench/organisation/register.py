"""The members of one kind (tiers, teams, ...): those in use in their order, and by name also the retired."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Protocol, TypeVar, overload

from workbench.errors import NotFound


class Member(Protocol):
    """What a register holds: something with a key that may be retired."""

    @property
    def key(self) -> str:
        """What names it in the setup file and in the tables."""
        ...

    @property
    def retired(self) -> bool:
        """Whether only history still knows it."""
        ...


M = TypeVar("M", bound=Member)

LONGEST_KEY = 100
"""Characters."""


def is_key(text: str) -> bool:
    """Whether the text can name something on a command line: visible characters, none of them a space at its ends."""
    return text == text.strip() and text.isprintable() and 0 < len(text) <= LONGEST_KEY


def as_key(text: str) -> str:
    """The nearest that can: without what cannot be seen, spaces made single; empty where nothing is left."""
    seen = "".join(one if one.isprintable() else " " for one in text)
    return " ".join(seen.split())[:LONGEST_KEY].rstrip()


class Register(Sequence[M]):
    """The members in use, as a sequence; `named` finds one, `everyone` has the retired too."""

    __slots__ = ("_by_key", "_in_use", "kind")

    def __init__(self, kind: str, members: Iterable[M] = ()) -> None:
        self.kind = kind
        self._by_key = {member.key: member for member in members}
        self._in_use = tuple(member for member in self._by_key.values() if not member.retired)

    @property
    def everyone(self) -> tuple[M, ...]:
        """All members, the retired among them."""
        return tuple(self._by_key.values())

    def named(self, key: str, *, include_retired: bool = False) -> M:
        """The member of that name; NotFound names the nearest."""
        found = self._by_key.get(key)
        if found is None or (found.retired and not include_retired):
            plural = "people" if self.kind == "person" else None
            raise NotFound.among(self.kind, key, (member.key for member in self._in_use), plural=plural)
        return found

    def find(self, key: str) -> M | None:
        """The member of that name, retired or not; None where there never was one."""
        return self._by_key.get(key)

    def __iter__(self) -> Iterator[M]:
        return iter(self._in_use)

    def __len__(self) -> int:
        return len(self._in_use)

    @overload
    def __getitem__(self, index: int) -> M: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[M, ...]: ...

    def __getitem__(self, index: int | slice) -> M | tuple[M, ...]:
        return self._in_use[index]

    def __eq__(self, other: Any) -> bool:
        return isinstance(other, Register) and self.everyone == other.everyone

    def __hash__(self) -> int:
        return hash((self.kind, *self._by_key))

    def __repr__(self) -> str:
        return f"Register({self.kind!r}, {list(self.everyone)!r})"
