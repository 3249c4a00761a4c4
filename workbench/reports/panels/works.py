"""The pieces of work that the screen has done beside it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Final, NamedTuple

from workbench.errors import Refused
from workbench.reports.model import Period, Scope
from workbench.reports.panels.background import Tell, Work
from workbench.reports.service import ReportService

MOST: Final = 10_000
"""Tickets of a list; more than anybody looks through."""


class Behind(NamedTuple):
    """The tickets behind a number; `more` where there are others besides."""

    title: str
    refs: tuple[int, ...]
    more: bool


class Sought(NamedTuple):
    """A number whose tickets are wanted: what it is, and how the reports find them."""

    title: str
    find: Callable[[ReportService], Sequence[int]]


def nothing_behind() -> Refused:
    """What is said where no tickets can be shown."""
    return Refused("no tickets stand behind this", "choose a number that is more than nothing")


def taking(period: Period, scope: Scope) -> Work:
    """Gives the Report and then the Diagnosis; first works out for an old file what they read."""

    def work(reports: ReportService, tell: Tell) -> Iterator[object]:
        reports.prepare(partial(tell, "reading the tickets of an older file"))
        yield reports.report(period, scope, progress=partial(tell, "taking the figures"))
        looking = partial(tell, "looking where the tiers break")
        looking(0, 0)
        yield reports.diagnosis(period, scope, progress=looking)

    return work


def keeping(name: str, period: Period, scope: Scope) -> Work:
    """Keeps the figures under a name; gives the Baseline."""

    def work(reports: ReportService, tell: Tell) -> Iterator[object]:
        tell("keeping the figures", 0, 0)
        yield reports.keep(name, period, scope)

    return work


def supposing(shares: Mapping[str, float], period: Period, scope: Scope) -> Work:
    """Gives what it would cost if some shares were others."""

    def work(reports: ReportService, tell: Tell) -> Iterator[object]:
        tell("looking what it would cost", 0, 0)
        yield reports.what_if(period, scope, shares)

    return work


def seeking(sought: Sought) -> Work:
    """Gives what is Behind a number."""

    def work(reports: ReportService, tell: Tell) -> Iterator[object]:
        tell("looking for the tickets", 0, 0)
        refs = sought.find(reports)
        yield Behind(sought.title, tuple(refs[:MOST]), len(refs) > MOST)

    return work
