"""A screen with one page of the library, its links followed from there."""

from typing import ClassVar, Final

from textual.binding import Binding, BindingType

from workbench.errors import Refused
from workbench.runbooks.model import Found, Runbook
from workbench.runbooks.panels.leads import LeadsScreen
from workbench.runbooks.panels.markdown import page
from workbench.runbooks.panels.versions import VersionsScreen
from workbench.runbooks.panels.words import facts, links
from workbench.runbooks.panels.writing import WritingScreen
from workbench.runbooks.service import LibraryService
from workbench.tickets.dialogs.means import Means
from workbench.widgets.reader import Reader
from workbench.widgets.show import show_line

PREVIEWED: Final = 12_000
"""Characters of a page that are shown beside the list; O shows all of it."""


class PageScreen(WritingScreen):
    """The page is that of the runbook in hand, or one to which its links have led."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f", "follow", "Follow", id="runbooks.follow", tooltip="To a runbook that this one leads to"),
        Binding("backspace", "return", "Return", id="runbooks.return", tooltip="To the page before", show=False),
        Binding("V", "versions", "Versions", id="runbooks.versions", tooltip="What each version has changed"),
        Binding("O", "open_all", "Open all", id="runbooks.open_all", tooltip="Show a long page whole", show=False),
    ]

    def __init__(self, library: LibraryService, means: Means) -> None:
        super().__init__(library, means)
        self._shown: Runbook | None = None
        self._history: list[str] = []
        self._everything = False

    @property
    def reader(self) -> Reader:
        """The page beside it."""
        return self.query_one("#page", Reader)

    @property
    def followed(self) -> str | None:
        """The runbook to which links have led; None where none was followed."""
        return self._shown.slug if self._history and self._shown is not None else None

    def found(self, slug: str) -> Found | None:
        """How a runbook was found, if it was."""
        raise NotImplementedError

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offers to return only where one followed a link."""
        return bool(self._history) if action == "return" else super().check_action(action, parameters)

    def show_first(self, slug: str | None) -> None:
        """Shows a page to begin with, or none."""
        self._history.clear()
        if slug is not None:
            self._show_page(slug)
        else:
            self._shown = None
            self.reader.border_title = None
            self.reader.show_paragraphs([])

    def action_follow(self) -> None:
        """To a runbook that this page leads to; where there are several, asks which."""
        titles = self._leads()
        if not titles:
            raise Refused("this page leads to no other runbook", "a link to another Markdown file would")
        if len(titles) == 1:
            self._follow(titles[0][0])
        else:
            self.app.push_screen(LeadsScreen(titles), self._follow)

    def action_return(self) -> None:
        """To the page from which one followed a link."""
        self._show_page(self._history.pop())
        self.refresh_bindings()

    def action_open_all(self) -> None:
        """Shows a long page whole."""
        self._everything = True
        self._show_page(self.runbook_in_hand())

    def action_versions(self) -> None:
        """Shows what each version has changed."""
        slug = self.runbook_in_hand()
        zone = self.means.zone
        self.app.push_screen(VersionsScreen(self.library.entry(slug).title, self.library.versions(slug), zone))

    def _show_page(self, slug: str) -> None:
        """Shows a page: what is to be known of it, its text, and where it leads."""
        runbook, found = self.library.get(slug), self.found(slug)
        if self._shown is None or self._shown.slug != slug:
            self._everything = False
        self._shown = runbook
        entry = found.entry if found is not None else self.library.entry(slug)
        told = facts(runbook, entry, found, self.library.today(), self.library.spared(slug))
        told += page(runbook.text, None if self._everything else PREVIEWED)
        told += links(title for _, title in self._leads())
        self.reader.border_title = show_line(runbook.title)
        self.reader.show_paragraphs(told)
        self.reader.scroll_home(animate=False)

    def _leads(self) -> list[tuple[str, str]]:
        """The runbooks that the page leads to, by slug and title."""
        if self._shown is None:
            return []
        return [(place.slug, self.library.entry(place.slug).title) for place in self.library.linked(self._shown)]

    def _follow(self, slug: str | None) -> None:
        if slug is not None and self._shown is not None:
            self._history.append(self._shown.slug)
            self._show_page(slug)
            self.refresh_bindings()
