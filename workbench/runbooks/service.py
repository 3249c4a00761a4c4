"""The library of runbooks: found, read, written, brought in and out."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from workbench.clock import Clock, moment_after
from workbench.database import Database
from workbench.database.dry_run import DryRun
from workbench.errors import NotFound, OutOfDate, Refused
from workbench.organisation.service import OrganisationService
from workbench.runbooks.finding import FITS_WELL, RunbookFinder
from workbench.runbooks.model import Entry, Found, Imported, Runbook, Unreadable, Version
from workbench.runbooks.store import LibraryStore, Place
from workbench.text import storable, times
from workbench.tickets.model import Hint, Ticket
from workbench.tickets.store import TicketStore

STARTER: Final = Path(__file__).parent / "starter"
"""The tree that a new team can begin with."""
ORDERS: Final[Mapping[str, Callable[[Entry], tuple[Any, ...]]]] = {
    "title": lambda entry: (),
    "runs": lambda entry: (-entry.figures.runs,),
    "worked": lambda entry: (entry.figures.share is None, entry.figures.share),
    "time": lambda entry: (-(entry.figures.median_s or -1),),
    "step": lambda entry: (-entry.figures.worst_failed,),
    "review": lambda entry: (entry.review_at is None, entry.review_at),
}
"""By what a list can be sorted, what needs a look first; by title among equals."""
_HINTED: Final = 1
"""Runbooks that a hint names."""


class LibraryService:
    """Runbooks by name and by what is looked for; reading Markdown is only loaded where a text is read."""

    def __init__(self, database: Database, organisation: OrganisationService, clock: Clock, who: str) -> None:
        self._database = database
        self._organisation = organisation
        self._clock = clock
        self._who = who
        self._store = LibraryStore(database)
        self._finder = RunbookFinder(database, self._store)

    def today(self) -> date:
        """The day by which review dates are told: the workbench's own, wherever the machine stands."""
        return self._clock.now().astimezone(ZoneInfo(self._organisation.current().zone)).date()

    def entries(self, sort: str = "title", *, retired: bool = False) -> list[Entry]:
        """All runbooks with their figures in an order of `ORDERS`; the retired only where they are asked for."""
        return sorted(self._store.entries(self._finder.figures(), retired=retired), key=ORDERS[sort])

    def entry(self, slug: str) -> Entry:
        """One runbook with its figures, retired or not; NotFound."""
        number = self._place(slug).id
        return self._store.entries_of([number], self._finder.figures(), retired=True)[number]

    def spared(self, slug: str) -> int:
        """How many hand-offs a runbook has made needless: it was begun instead of them."""
        return self._store.spared(slug, self._clock.now())

    def get(self, slug: str, version: int | None = None) -> Runbook:
        """A runbook as its present version says, or as an older one did; NotFound."""
        from workbench.runbooks.reading import read_runbook  # here, since lists and searches read no Markdown

        place = self._place(slug)
        number = version or place.version
        text = self._store.text(place.slug, number)
        if text is None:
            raise NotFound(f"{place.slug} has no version {number}", f"the latest is {place.version}")
        return read_runbook(text, place.path, slug=place.slug, version=number, retired=place.retired)

    def versions(self, slug: str) -> list[Version]:
        """Every version of a runbook's text, the latest first; NotFound."""
        return self._store.versions(self._place(slug).slug)

    def search(self, query: str, ticket: Ticket | None = None, *, limit: int = 20) -> list[Found]:
        """What fits the query, the best first, whatever was typed.

        For an empty one what fits the ticket, then what is used most.
        """
        return self._finder.search(query, ticket, limit)

    def fitting(self, ticket: Ticket, *, limit: int = 5) -> list[Found]:
        """What fits a ticket, the best first; nothing where nothing does."""
        return self._finder.fitting(ticket, limit)

    def hints(self, ticket: Ticket) -> list[Hint]:
        """The runbook that fits a ticket best, with how it has served; none where it is a guess, or all is resolved."""
        if not ticket.unresolved:
            return []
        best = [each for each in self.fitting(ticket, limit=_HINTED) if each.score >= FITS_WELL]
        return [Hint("Runbook", fit_words(each.entry, self.today()), "r") for each in best]

    def linked(self, runbook: Runbook) -> list[Place]:
        """The runbooks that the text of one leads to, each once and in its order."""
        from workbench.runbooks.links import links_of

        paths = dict.fromkeys(link.path for link in links_of(runbook.text, runbook.path))
        return [place for place in self._store.places_at(paths) if place.slug != runbook.slug]

    def create(self, slug: str, text: str) -> Runbook:
        """Writes a new runbook; Unreadable where the text is none, Refused where the name is taken."""
        from workbench.runbooks.naming import checked_slug

        path = f"{checked_slug(slug)}.md"
        with self._database.transaction():
            self._organisation.require_person(self._who)
            taken = next((place for place in self._store.places() if slug == place.slug or path == place.path), None)
            if taken:
                raise Refused(
                    f"there is a runbook {taken.slug} at {taken.path}", "choose another name, or edit that one"
                )
            return self._write(text, path, slug)

    def change(self, slug: str, text: str, version: int) -> Runbook | None:
        """Writes a new version over `version`; None where the text is the same. Unreadable, OutOfDate."""
        with self._database.transaction():
            self._organisation.require_person(self._who)
            place = self._place(slug)
            slug = place.slug
            if place.version != version:
                by = self._store.versions(slug)[0].who
                raise OutOfDate(f"{slug} was changed by {by} meanwhile", "edit it again")
            if _stored(text) == self._store.text(slug, version):
                return None
            return self._write(text, place.path, slug, place)

    def retire(self, slug: str, *, back: bool = False) -> None:
        """Takes a runbook out of lists and search, its runs and versions stay; `back` brings it in again."""
        with self._database.transaction():
            self._organisation.require_person(self._who)
            place = self._place(slug)
            slug = place.slug
            if place.retired == (not back):
                raise Refused(f"{slug} is {'not retired' if back else 'retired already'}", "nothing was changed")
            self._store.retire(slug, self._moment(slug), self._who, retired=not back)
            if back:
                self._finder.put(place.id, self.get(slug))
            else:
                self._finder.remove(place.id)

    def import_starter(self, *, replace: bool = False, dry_run: bool = False) -> Imported:
        """Brings in the runbooks that a new team can begin with; one that is there stays as it is, unless replaced."""
        return self._import(STARTER, lambda *_: replace, dry_run=dry_run)

    def import_tree(
        self,
        root: Path,
        *,
        partial: bool = False,
        replace: bool = False,
        dry_run: bool = False,
        progress: Callable[[int], None] = lambda _: None,
    ) -> Imported:
        """Brings in every Markdown file below a folder; what came from the same path before gets a new version.

        A file that says what its runbook has said before takes nothing over, unless it is to replace: the runbook was
        changed since. Raises Unreadable, with nothing changed, where a file cannot be read and no part is asked for.
        """

        def takes_over(place: Place, text: str) -> bool:
            return replace or not self._store.has_said(place.slug, text)

        return self._import(root, takes_over, partial=partial, dry_run=dry_run, progress=progress)

    def export_tree(self, root: Path, *, replace: bool = False) -> int:
        """Writes every runbook that is not retired to a folder, each at its path; gives their number. Refused."""
        from workbench.runbooks.tree import Page, write_tree

        return write_tree(root, (Page(*each) for each in self._store.texts()), replace=replace)

    def _import(
        self,
        root: Path,
        takes_over: Callable[[Place, str], bool],
        *,
        partial: bool = False,
        dry_run: bool = False,
        progress: Callable[[int], None] = lambda _: None,
    ) -> Imported:
        from workbench.runbooks.importing import TreeImport
        from workbench.runbooks.tree import read_tree

        with suppress(DryRun), self._database.transaction():
            self._organisation.require_person(self._who)
            tree = TreeImport(self._store, self._write, takes_over)
            for number, page in enumerate(read_tree(root), start=1):
                tree.take(page)
                progress(number)
            if dry_run:
                raise DryRun
            if tree.done.faults and not partial:
                advice = "mend them, or import the others with --partial; nothing was changed"
                raise Unreadable(tree.done.faults, advice)
        return tree.done

    def _write(self, text: str, path: str, slug: str, before: Place | None = None) -> Runbook:
        """Writes a new runbook, or the version after `before`, and what the index knows of it unless it is retired."""
        from workbench.runbooks.reading import read_runbook

        version, retired = (before.version + 1, before.retired) if before else (1, False)
        runbook = read_runbook(_stored(text), path, slug=slug, version=version, retired=retired)
        now = self._moment(slug)
        if before is None:
            number = self._store.add(runbook, now, self._who)
        else:
            number = before.id
            self._store.change(runbook, now, self._who)
        if not retired:
            self._finder.put(number, runbook)
        return runbook

    def _moment(self, slug: str) -> datetime:
        """When a runbook is written; who reads before it looks back."""
        moment = moment_after(self._clock, self._store.last_moment(slug), f"{slug} last changed at")
        TicketStore(self._database).note_moment(moment)
        return moment

    def _place(self, name: str) -> Place:
        """Where a runbook stands; what can be no slug is taken for the name of its file, if one alone has it."""
        if place := self._store.place(name):
            return place
        from workbench.runbooks.naming import SLUG, is_named

        places = self._store.places()
        named = [] if SLUG.fullmatch(name) else [place for place in places if is_named(place.path, name)]
        if len(named) != 1:
            raise _unknown(name, (each.slug for each in places))
        return named[0]


def fit_words(entry: Entry, today: date) -> str:
    """A runbook in a line: `Disk full (worked 4 of 6 times)`, and what speaks against it."""
    figures = entry.figures
    served = f"worked {figures.worked} of {times(figures.runs)}" if figures.runs else "not run yet"
    return " · ".join((f"{entry.title} ({served})", *doubts(entry, today)))


def doubts(entry: Entry, today: date) -> list[str]:
    """What is to be known before one trusts a runbook, by glyph and word: `⚠ failing`, `◷ stale`."""
    return [
        *(["⚠ failing"] if entry.figures.failing else []),
        *(["◷ stale"] if entry.is_stale(today) else []),
        *(["✕ retired"] if entry.retired else []),
    ]


def _stored(text: str) -> str:
    return storable(text).replace("\r\n", "\n").replace("\r", "\n")


def _unknown(slug: str, known: Iterable[str]) -> NotFound:
    names = list(known)
    if names:
        return NotFound.among("runbook", slug, names)
    return NotFound(f"no runbook named {slug!r}", "there is none yet; `workbench runbook import --starter` brings some")
