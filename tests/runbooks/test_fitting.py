"""How well the starter library's runbooks are found for tickets: by all they say, and by the words that few have."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from statistics import fmean

import pytest

from tests.runbooks.judged import JUDGED, Judged, scenarios, stories
from tests.support.offices import Office
from workbench.runbooks.finding import FITS_WELL
from workbench.runbooks.service import LibraryService
from workbench.tickets.model import Ticket

Judge = Callable[[], Iterable[Judged]]
BODY = "No mail goes out. I have sent eleven since this morning, all of them sit in the outbox. Customers are waiting!!"


@pytest.fixture
def library(office: Office) -> LibraryService:
    library = office.desk().runbooks
    library.import_starter()
    return library


@pytest.fixture
def ticket(office: Office) -> Ticket:
    return office.open()


def said(ticket: Ticket, judged: Judged) -> Ticket:
    """The ticket as if it had these words."""
    return ticket._replace(subject=judged.subject, body=judged.body, component=judged.component)


def shares(library: LibraryService, ticket: Ticket, judged: Iterable[Judged]) -> tuple[float, float]:
    """The shares of the kinds with a runbook for which it stands first, and is told without being asked."""
    first, told = defaultdict(list), defaultdict(list)
    for each in judged:
        best = [found for found in library.fitting(said(ticket, each), limit=1) if found.entry.slug == each.runbook]
        first[each.kind].append(bool(best))
        told[each.kind].append(any(found.score >= FITS_WELL for found in best))
    return fmean(map(fmean, first.values())), fmean(map(fmean, told.values()))


def test_each_runbook_is_judged(library: LibraryService) -> None:
    assert set(JUDGED) < {entry.slug for entry in library.entries()}
    assert {each.kind for each in stories() if each.runbook} == {kind for kinds in JUDGED.values() for kind in kinds}


@pytest.mark.parametrize(("judged", "known", "unknown"), [(stories, 0.9, 0.75), (scenarios, 0.85, 0.55)])
def test_the_right_one_stands_first_for_most_tickets(
    library: LibraryService, ticket: Ticket, judged: Judge, known: float, unknown: float
) -> None:
    """Also of those whose component nobody has said yet."""
    right = [each for each in judged() if each.runbook]
    first, told = shares(library, ticket, right)
    assert first >= known
    assert told >= 0.45
    assert shares(library, ticket, (each._replace(component=None) for each in right))[0] >= unknown


def test_a_hint_is_seldom_wrong(library: LibraryService, ticket: Ticket) -> None:
    """Where there is a runbook for the ticket."""
    right = [each for each in stories() if each.runbook]
    misled = [
        each
        for each in right
        for found in library.fitting(said(ticket, each), limit=1)
        if found.score >= FITS_WELL and found.entry.slug != each.runbook
    ]
    assert len(misled) <= 0.05 * len(right)


@pytest.mark.parametrize("component", [None, "mail"])
def test_the_body_tells_what_a_loud_subject_does_not(
    library: LibraryService, ticket: Ticket, component: str | None
) -> None:
    loud = ticket._replace(subject="MAIL DOWN FOR THE WHOLE COMPANY", body=BODY, component=component)
    assert library.fitting(loud)[0].entry.slug == "outbox-stuck"
    assert library.search("", loud)[0].entry.slug == "outbox-stuck"


def test_words_that_few_runbooks_have_count_most(library: LibraryService, ticket: Ticket) -> None:
    body = "As I said in my mail, and in the mail before that mail: the spooler is stuck, no printing."
    assert library.fitting(ticket._replace(subject="Please help", body=body))[0].entry.slug == "queue-stuck"
