"""Whose is it: lookups as one types, misspelt names and pasted pages, among many components with three patterns each.

The peer is `rapidfuzz.process.extract` over all names, which finds names alone, and says nothing of hosts or paths.
"""

import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from random import Random

from codeowners import CodeOwners
from rapidfuzz import process

from benchmarks import catalogue, million
from benchmarks.million import MOMENT, WHO
from benchmarks.table import Result, at_least, limit, p95, ratio
from workbench.clock import FixedClock, iso
from workbench.desk import Desk
from workbench.intake.owners.service import OwnersImport
from workbench.ownership.model import Component

_ROOT = Path(__file__).parents[1]
_PATHS = 1_000


def measure(components: int, data: Path | None) -> Iterator[Result]:
    """Time, what is found first, memory, and the whole command; with `data` also real CODEOWNERS files."""
    path = catalogue.file(components)
    with Desk.open(path, FixedClock(MOMENT), WHO) as desk:
        slugs = desk.ownership.store.slugs()
        told = desk.ownership.store.components(Random(2).sample(slugs, 500))
        names = [slug.replace("-", " ") for slug in slugs]
        pages = [catalogue.stack_trace(told, Random(number)) for number in range(60)]
        before = _megabytes()
        yield from _typing(desk, told[:40])
        yield from _misspelt(desk, told, names)
        yield from _misspelt_places(desk, told)
        taken = [statistics.median(_seconds(desk, page) for _ in range(3)) for page in pages]
        yield limit("a page of 200 lines pasted, p95", 1_000 * p95(taken), 50)
        yield Result("memory that lookups take", f"{_megabytes() - before:.0f} MB")
    yield limit("`owner NAME` as a process, p95", 1_000 * p95([_command(path, each.slug) for each in told[:20]]), 500)
    if data is not None:
        yield from _real(data)


def _typing(desk: Desk, told: Sequence[Component]) -> Iterator[Result]:
    """Every beginning of names, hosts and URLs, letter by letter."""
    desk.ownership.lookup("nothing yet")
    taken = []
    for component in told:
        host = component.hosts[0].replace("*", "node7").replace(".0/24", ".9")
        for text in (component.slug, host, component.urls[0].replace("/*", "/cart?id=7")):
            taken += [_seconds(desk, text[:length]) for length in range(1, len(text) + 1)]
    yield limit(f"a letter of a name, host or URL, p95 of {len(taken):,}", 1_000 * p95(taken), 16)


def _misspelt(desk: Desk, told: Sequence[Component], names: Sequence[str]) -> Iterator[Result]:
    random = Random(3)
    ours, theirs, first, peers = [], [], 0, 0
    for component in told:
        name = component.slug.replace("-", " ")
        typed = catalogue.slip(name, random)
        start = time.perf_counter()
        found = desk.ownership.lookup(typed).found.answers
        between = time.perf_counter()
        near = process.extract(typed, names, limit=10)
        theirs.append(time.perf_counter() - between)
        ours.append(between - start)
        first += bool(found) and found[0].component == component.slug
        peers += near[0][0] == name
    share, their_share = 100 * first / len(told), 100 * peers / len(told)
    yield at_least(f"misspelt names found first ({their_share:.3g} by the peer)", share, 95, "of 100")
    yield ratio("lookup of a misspelt name / process.extract over all names", ours, theirs, 1)


def _misspelt_places(desk: Desk, told: Sequence[Component]) -> Iterator[Result]:
    """Hosts by name, URLs and paths that fit a pattern but for one slip anywhere in them."""
    random = Random(5)
    taken, first = [], 0
    for component in told:
        hosts = [host.replace("*", "node7") for host in component.hosts if not host[0].isdigit()]
        urls = [url.replace("*", "cart") for url in component.urls]
        for place in (*hosts, *urls, *(f"{rule.pattern}main.py" for rule in component.paths)):
            start = time.perf_counter()
            found = desk.ownership.lookup(catalogue.slip(place, random)).found.answers
            taken.append(time.perf_counter() - start)
            first += bool(found) and found[0].component == component.slug
    yield at_least("misspelt hosts, URLs and paths found first", 100 * first / len(taken), 90, "of 100")
    yield limit(f"lookup of a misspelt host, URL or path, p95 of {len(taken):,}", 1_000 * p95(taken), 16)


def _seconds(desk: Desk, text: str) -> float:
    start = time.perf_counter()
    desk.ownership.lookup(text)
    return time.perf_counter() - start


def _command(path: Path, query: str) -> float:
    options = ["--db", str(path), "--as", WHO, "--as-of", iso(MOMENT)]
    start = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "workbench", *options, "owner", query, "--json"],
        cwd=_ROOT,
        env=million.environment(),
        stdout=subprocess.DEVNULL,
        check=True,
    )
    return time.perf_counter() - start


def _real(data: Path) -> Iterator[Result]:
    """Each folder with a CODEOWNERS and its repository's paths: whose each path is, beside the package `codeowners`."""
    for rules in sorted(data.glob("**/CODEOWNERS")):
        paths = rules.with_name("paths.txt").read_text("utf-8").splitlines()
        chosen = sorted(Random(4).sample(paths, min(_PATHS, len(paths))))
        with Desk.open(million.empty(million.folder() / "real.db"), FixedClock(MOMENT), WHO) as desk:
            OwnersImport(desk.organisation, desk.ownership, desk.clock).run(rules, create_teams=True)
            same = sum(_same(chosen, CodeOwners(rules.read_text("utf-8")), lambda path: _owners(desk, path)))
        what = f"paths of {rules.parent.name} that are whose the package says"
        yield Result(what, f"{same:,} of {len(chosen):,}", "all", same == len(chosen))


def _same(paths: Iterable[str], theirs: CodeOwners, ours: Callable[[str], list[str]]) -> Iterator[bool]:
    for path in paths:
        yield ours(path) == [name.removeprefix("@").rpartition("/")[2].lower() for _, name in theirs.of(path)]


def _owners(desk: Desk, path: str) -> list[str]:
    found = desk.ownership.lookup(path).found.answers
    return [owner.lower() for owner in found[0].owners or ()] if found else []


def _megabytes() -> float:
    """What this process holds in memory at the moment."""
    found = re.search(r"VmRSS:\s+(\d+) kB", Path("/proc/self/status").read_text("ascii"))
    return int(found[1]) / 1024 if found else 0.0
