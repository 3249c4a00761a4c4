"""How well and how fast real pages are found in spite of slips, beside other ways to search, for the same queries."""

import gc
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Final, NamedTuple

from benchmarks import finders
from benchmarks.finders import Finder
from benchmarks.pages import Page, read
from benchmarks.queries import KINDS, Query, made
from benchmarks.table import Result, limit, p95
from workbench.database import Database

SMALL: Final = 200
LARGE: Final = 10_000
QUERIES: Final = 500
"""Queries of each kind."""
TYPED: Final = 40
"""Queries of each kind that are typed letter by letter."""
KEY_MS: Final = 4.0
FOLDERS: Final = (Path("/usr/share/man"), Path("/usr/share/doc"))
"""Where most Linux machines have real pages."""


class Size(NamedTuple):
    """A library: how many pages, how many of an answer are looked at, and what must be found among them."""

    pages: int
    among: int
    least: dict[str, float]


SIZES: Final = (
    Size(SMALL, 1, {"one slip": 98.0, "two slips": 93.0}),
    Size(LARGE, 5, {"one slip": 97.0, "two slips": 92.0}),
)


def measure(runbooks: Sequence[Path], others: Sequence[Path]) -> Iterator[Result]:
    """What is found in a small and in a large library, and what a key costs in the large one."""
    gc.freeze()  # as the program does
    for size in SIZES:
        pages = _library(runbooks if size.pages == SMALL else [], others, size.pages)
        with tempfile.TemporaryDirectory() as folder, ExitStack() as open_files:
            files = {name: finders.opened(Path(folder), name) for name in ("ours", "plain", "trigram")}
            for file in files.values():
                open_files.enter_context(closing(file))
            ways = _ways(files, pages)
            for kind in KINDS:
                yield _found(size, kind, len(pages), ways, made(kind, pages, QUERIES))
            if size.pages == LARGE:
                yield from _keys(ways, pages)


def _library(first: Sequence[Path], others: Sequence[Path], most: int) -> list[Page]:
    """All pages of the first folders, and of the others as many as are missing."""
    pages = {page.title: page for page in read(first, most)}
    for page in read(others, most):
        pages.setdefault(page.title, page)
    return list(pages.values())[:most]


def _ways(files: dict[str, Database], pages: Sequence[Page]) -> dict[str, Finder]:
    ways = {
        "ours": finders.ours(files["ours"], pages),
        "plain FTS5": finders.plain(files["plain"], pages),
        "FTS5 trigram": finders.trigram(files["trigram"], pages),
        "rapidfuzz": finders.likeness(pages),
    }
    fzf = finders.fzf(pages)
    return {**ways, "fzf": fzf} if fzf else ways


def _found(size: Size, kind: str, pages: int, ways: dict[str, Finder], queries: Sequence[Query]) -> Result:
    """For how many queries the right page is found; where nothing is promised, plain FTS5 must not find more."""
    found = {
        name: 100 * sum(query.page in find(query.text)[: size.among] for query in queries) / len(queries)
        for name, find in ways.items()
    }
    place = "first" if size.among == 1 else f"among the first {size.among}"
    others = ", ".join(f"{name} {share:.0f}" for name, share in found.items() if name != "ours")
    least = size.least.get(kind, found["plain FTS5"])
    return Result(
        f"{kind}: {place} of {pages:,}",
        f"{found['ours']:.1f} % (beside: {others})",
        f"≥ {least:.0f} %",
        found["ours"] >= least,
    )


def _keys(ways: dict[str, Finder], pages: Sequence[Page]) -> Iterator[Result]:
    """What each letter of queries of every kind costs, by us and by plain FTS5 in turn.

    It is the thread's processor time, since nothing is waited for and other programs may use the cores meanwhile.
    """
    ours, plain = list[float](), list[float]()
    ways["ours"]("warm up")
    for kind in KINDS:
        for query in made(kind, pages, TYPED):
            for end in range(1, len(query.text) + 1):
                for taken, name in ((ours, "ours"), (plain, "plain FTS5")):
                    start = time.thread_time()
                    ways[name](query.text[:end])
                    taken.append(time.thread_time() - start)
    yield limit(f"a key in {len(pages):,} pages, p95 of processor time", 1_000 * p95(ours), KEY_MS)
    yield limit("the same, beside plain FTS5", 1_000 * p95(ours), round(1_000 * p95(plain), 1))
