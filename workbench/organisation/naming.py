"""Finding somebody among a few dozen names by a few letters of them."""

import unicodedata
from collections.abc import Callable, Iterable
from typing import TypeVar

T = TypeVar("T")


def named_like(letters: str, members: Iterable[T], names: Callable[[T], Iterable[str]]) -> list[T]:
    """The members with a name like the letters, the likest first, and as they came among equals; all for no letters.

    Likest is the name itself, then one that begins so, one with a word that begins so, one with such initials (`mc`
    for Maya Chen), one that has the letters within, one that has them in this order. Case and accents do not count.
    """
    wanted = _plain(letters)
    found = []
    for place, member in enumerate(members):
        likeness = min((_likeness(wanted, _plain(name)) for name in names(member)), default=_UNLIKE)
        if likeness < _UNLIKE:
            found.append((likeness, place, member))
    return [member for _, _, member in sorted(found, key=lambda each: each[:2])]


_UNLIKE = 6


def _likeness(wanted: str, name: str) -> int:
    """How unlike a name is: 0 the name itself, `_UNLIKE` where it is none of the ways."""
    if not _in_order(wanted, name):
        return _UNLIKE
    words = "".join(each if each.isalnum() else " " for each in name).split()
    ways = (
        wanted == name,
        name.startswith(wanted),
        any(word.startswith(wanted) for word in words),
        "".join(word[0] for word in words).startswith(wanted),
        wanted in name,
    )
    return ways.index(True) if True in ways else len(ways)


def _in_order(letters: str, name: str) -> bool:
    at = 0
    for letter in letters:
        at = name.find(letter, at) + 1
        if not at:
            return False
    return True


def _plain(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text.strip().casefold())
    return apart if apart.isascii() else "".join(each for each in apart if not unicodedata.combining(each))
