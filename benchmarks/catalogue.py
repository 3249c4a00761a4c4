"""A large catalogue to measure lookups with: components of made-up names, with three patterns each."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Final

from benchmarks import million
from benchmarks.million import MOMENT, WHO
from workbench.clock import FixedClock
from workbench.desk import Desk
from workbench.migrations import ownership
from workbench.ownership.model import Component, PathRule

_CONSONANTS: Final = ("b", "c", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "t", "v", "st", "tr", "pl", "ch")
_VOWELS: Final = "aeiou"
_ENDS: Final = ("", "n", "r", "s", "t", "l", "x")
_WORDS: Final = 4_000
_TEAMS: Final = ("frontline", "evenings", "second-line", "engineering")
_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"


def file(components: int) -> Path:
    """The file with so many components; made where this schema has none yet."""
    made_by = "".join(ownership.STATEMENTS) + Path(__file__).read_text("utf-8")
    key = hashlib.sha256(made_by.encode()).hexdigest()[:12]
    path = million.folder() / f"catalogue-{components}-{key}.db"
    if not path.exists():
        print(f"making a catalogue of {components:,} components (once)", flush=True)
        making = path.with_suffix(".making")
        with Desk.open(million.empty(making), FixedClock(MOMENT), WHO) as desk:
            desk.ownership.put_all(catalogue(components))
            desk.database.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        making.rename(path)
    return path


def catalogue(components: int) -> Iterator[Component]:
    """The components; each has a host or network, a URL, and a path or an error message."""
    words = vocabulary()
    random = Random(0)
    slugs: dict[str, None] = {}
    while len(slugs) < components:
        slugs["-".join(random.choices(words, k=random.choices((1, 2, 3), (1, 600, 400))[0]))] = None
    for number, slug in enumerate(slugs):
        yield _component(number, slug, Random(number), words)


def vocabulary() -> list[str]:
    """Words of two or three syllables, as products are called."""
    random = Random(1)
    words: dict[str, None] = {}
    while len(words) < _WORDS:
        syllables = [random.choice(_CONSONANTS) + random.choice(_VOWELS) for _ in range(random.choice((2, 3, 3)))]
        words["".join(syllables) + random.choice(_ENDS)] = None
    return list(words)


def slip(name: str, random: Random) -> str:
    """The name with one slip: a letter left out, added, wrong, or two swapped."""
    place = random.randrange(len(name) - 1)
    before, here, behind = name[:place], name[place], name[place + 1 :]
    other = random.choice(_LETTERS.replace(here, ""))
    return random.choice(
        (before + behind, before + other + here + behind, before + other + behind, _swapped(name, place))
    )


def stack_trace(components: list[Component], random: Random, lines: int = 200) -> str:
    """A page as one pastes it, with what belongs to five of the components somewhere in it."""
    words = vocabulary()
    told = [random.choice(components) for _ in range(5)]
    found = [_line(words, random) for _ in range(lines)]
    for component in told:
        host = component.hosts[0].replace("*", "node7")
        message = (component.signatures or ("connection reset by peer",))[0].replace("30", "4711")
        found[random.randrange(lines)] = f"Caused by: https://{host}:8443/api?id={random.randrange(10**9):x}: {message}"
    return "\n".join(found)


def _component(number: int, slug: str, random: Random, words: list[str]) -> Component:
    kind = number % 4
    host = (
        f"{slug}.corp.example",
        f"*.{slug}.corp.example",
        f"web{number}.example",
        f"10.{number >> 8 & 255}.{number & 255}.0/24",
    )
    message = f"{random.choice(words)} {random.choice(words)} failed after 30 ms in {slug}"
    return Component(
        slug,
        aliases=(f"{random.choice(words)}{number}",) if kind == 0 else (),
        hosts=(host[kind],),
        urls=(f"https://{random.choice(words)}.example/{slug}/*",),
        paths=(PathRule(f"/srv/{slug}/"),) if number % 2 else (),
        signatures=() if number % 2 else (message,),
        owners=(random.choice(_TEAMS),),
    )


def _line(words: list[str], random: Random) -> str:
    package = ".".join(random.choices(words, k=3))
    if random.random() < 0.3:
        return f'  File "/opt/{package.replace(".", "/")}.py", line {random.randrange(999)}, in {random.choice(words)}'
    name = random.choice(words).title()
    return f"    at com.{package}.{name}.run({name}.java:{random.randrange(999)})"


def _swapped(name: str, place: int) -> str:
    """Two neighbours the other way round; a letter left out where they are alike."""
    here, other = name[place], name[place + 1]
    return name[:place] + ("" if here == other else other) + here + name[place + 2 :]
