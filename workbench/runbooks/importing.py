"""An import of a tree: what becomes of each of its files, in a library that may have gone on by itself since."""

from collections.abc import Callable

from workbench.runbooks.model import Fault, Imported, Replaced, Unreadable
from workbench.runbooks.naming import slug_of
from workbench.runbooks.reading import is_empty
from workbench.runbooks.store import LibraryStore, Place
from workbench.runbooks.tree import Page

TakesOver = Callable[[Place, str], bool]
"""Whether the text of a file becomes a new version of the runbook from there, which says something else."""


Write = Callable[[str, str, str, Place | None], object]
"""Writes a text from a path under a slug: as the version after that of its place, else as a new runbook. Unreadable."""


class TreeImport:
    """One import, inside the caller's transaction."""

    def __init__(self, store: LibraryStore, write: Write, takes_over: TakesOver) -> None:
        self.done = Imported()
        self._store = store
        self._write = write
        self._takes_over = takes_over
        self._known = {place.path: place for place in store.places()}
        self._taken = {place.slug for place in self._known.values()}

    def take(self, page: Page | Fault) -> None:
        """Takes one file of the tree in, or notes why it stays outside."""
        if isinstance(page, Fault):
            self.done.faults.append(page)
            return
        place = self._known.get(page.path)
        try:
            if is_empty(page.text, page.path):
                self.done.empty += 1
            elif place is None:
                self._add(page)
            else:
                self._compare(place, page.text)
        except Unreadable as error:
            self.done.faults += error.faults

    def _add(self, page: Page) -> None:
        slug = slug_of(page.path, self._taken)
        self._write(page.text, page.path, slug, None)
        self._taken.add(slug)
        self.done.added.append(slug)

    def _compare(self, place: Place, text: str) -> None:
        if text == self._store.text(place.slug, place.version):
            self.done.same += 1
        elif not self._takes_over(place, text):
            self.done.kept.append(place.slug)
        else:
            who = self._store.versions(place.slug)[0].who
            self._write(text, place.path, place.slug, place)
            self.done.changed.append(Replaced(place.slug, place.version, who))
