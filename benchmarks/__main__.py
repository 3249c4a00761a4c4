"""Measures what was promised: `python -m benchmarks [PART …] [OPTION …]`."""

import argparse
from collections.abc import Callable, Iterable
from pathlib import Path

import workbench  # noqa: F401 - before Textual, whose pace of frames it sets
from benchmarks import (
    acting,
    changes,
    command,
    counts,
    escalation,
    importing,
    ownership,
    paint,
    reports,
    screens,
    search,
    similar,
    together,
)
from benchmarks.table import Result, shown

PARTS: dict[str, Callable[[argparse.Namespace], Iterable[Result]]] = {
    "paint": lambda told: paint.measure(told.tickets),
    "screens": lambda told: screens.measure(told.tickets),
    "acting": lambda told: acting.measure(told.tickets),
    "counts": lambda told: counts.measure(told.tickets),
    "command": lambda told: command.measure(told.tickets),
    "changes": lambda told: changes.measure(told.tickets),
    "escalation": lambda told: escalation.measure(told.tickets),
    "importing": lambda told: importing.measure(told.tickets),
    "ownership": lambda told: ownership.measure(told.components, told.data),
    "reports": lambda told: reports.measure(told.tickets, told.log),
    "search": lambda told: search.measure(told.runbooks, told.pages),
    "similar": lambda told: similar.measure(),
    "together": lambda told: together.measure(told.seconds),
}


def main() -> None:
    """Runs the parts that are named, or all, and prints the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}; all of them unless named")
    parser.add_argument("--tickets", type=int, default=1_000_000, help="how many tickets the large file has")
    parser.add_argument("--seconds", type=int, default=60, help="how long twenty processes write at once")
    parser.add_argument("--components", type=int, default=50_000, help="how many components the large catalogue has")
    parser.add_argument("--data", type=Path, metavar="DIR", help="folders with a CODEOWNERS and its paths.txt")
    parser.add_argument("--log", type=Path, metavar="FILE", help="the log of the BPI Challenge 2013, incidents")
    parser.add_argument("--runbooks", type=Path, nargs="+", default=[], metavar="DIR", help="real runbooks")
    parser.add_argument(
        "--pages", type=Path, nargs="+", default=search.FOLDERS, metavar="DIR", help="real Markdown, reST, manual pages"
    )
    told = parser.parse_args()
    if unknown := set(told.parts) - set(PARTS):
        parser.error(f"no part is called {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    results: list[Result] = []
    for name in told.parts or PARTS:
        print(f"… {name}", flush=True)
        for result in PARTS[name](told):
            print(f"  {result.what}: {result.measured} ({result.target}: {result.verdict})", flush=True)
            results.append(result)
    print(shown(results))


if __name__ == "__main__":
    main()
