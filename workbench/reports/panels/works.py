"""The pieces of work that the screen has done beside it."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Final, NamedTuple

from workbench.database.patience import LATER, giving_up
from workbench.errors import Refused
from workbench.reports.model import Period, Scope
from workbench.reports.service import ReportService
from workbench.widgets.background import GivenUp, Tell, Work

Opener = Callable[[], AbstractContextManager[ReportService]]
"""Opens the reports once more, for the thread that asks."""

Reckoning = Callable[[ReportService, Tell], None]
"""Tells its Steps and results, one after the other."""

MOST: Final = 10_000
"""Tickets of a list; more than anybody looks through."""


class Behind(NamedTuple):
    """The tickets behind a number; `more` where there are others besides."""

    title: str
    refs: tuple[int, ...]
    more: bool


class Step(NamedTuple):
    """What is being done, and how much of how much; of 0 where nobody knows."""

    words: str
    done: int = 0
    total: int = 0


class Sought(NamedTuple):
    """A number whose tickets are wanted: what it is, and how the reports find them."""

    title: str
    find: Callable[[ReportService], Sequence[int]]


def nothing_behind() -> Refused:
    """What is said where no tickets can be shown."""
    return Refused("no tickets stand behind this", "choose a number that is more than nothing")


def beside(opener: Opener, reckoning: Reckoning) -> Work:
    """Has it done by reports of its own, whose reading ends where it is given up."""

    def work(tell: Tell, is_given_up: GivenUp) -> None:
        with opener() as reports, giving_up(reports.database, is_given_up, every=LATER):
            reckoning(reports, tell)

    return work


def taking(period: Period, scope: Scope) -> Reckoning:
    """Tells the Report and then the Diagnosis; first works out for an old file what they read."""

    def reckoning(reports: ReportService, tell: Tell) -> None:
        reports.prepare(_steps(tell, "reading the tickets of an older file"))
        tell(reports.report(period, scope, progress=_steps(tell, "taking the figures")))
        looking = _steps(tell, "looking where the tiers break")
        looking(0, 0)
        tell(reports.diagnosis(period, scope, progress=looking))

    return reckoning


def keeping(name: str, period: Period, scope: Scope) -> Reckoning:
    """Keeps the figures under a name; tells the Baseline."""

    def reckoning(reports: ReportService, tell: Tell) -> None:
        tell(Step("keeping the figures"))
        tell(reports.keep(name, period, scope))

    return reckoning


def supposing(shares: Mapping[str, float], period: Period, scope: Scope) -> Reckoning:
    """Tells what it would cost if some shares were others."""

    def reckoning(reports: ReportService, tell: Tell) -> None:
        tell(Step("looking what it would cost"))
        tell(reports.what_if(period, scope, shares))

    return reckoning


def seeking(sought: Sought) -> Reckoning:
    """Tells what is Behind a number."""

    def reckoning(reports: ReportService, tell: Tell) -> None:
        tell(Step("looking for the tickets"))
        refs = sought.find(reports)
        tell(Behind(sought.title, tuple(refs[:MOST]), len(refs) > MOST))

    return reckoning


def _steps(tell: Tell, words: str) -> Callable[[int, int], None]:
    return lambda done, total: tell(Step(words, done, total))
