"""A screen on which runbooks are written, in the user's own editor."""

from collections.abc import Callable

from textual.app import SuspendNotSupported
from textual.screen import Screen

from workbench.errors import InvalidInput, Refused, WorkbenchError
from workbench.runbooks.editing import Sheet, template
from workbench.runbooks.model import Runbook, Unreadable
from workbench.runbooks.naming import checked_slug
from workbench.runbooks.service import LibraryService
from workbench.text import one_line
from workbench.tickets.dialogs.means import Means
from workbench.widgets.ask import AskLine, AskYes

_Save = Callable[[str], Runbook | None]


class WritingScreen(Screen[None]):
    """New runbooks, and new versions of those there are."""

    def __init__(self, library: LibraryService, means: Means) -> None:
        super().__init__()
        self.library = library
        self.means = means
        self.draft = ""
        """What the next new runbook starts from, where a ticket has taught something."""
        self._slug = ""
        self._sheet: tuple[Sheet, str, _Save] | None = None

    def written(self, slug: str) -> None:
        """Shows a runbook that was just written."""
        raise NotImplementedError

    def runbook_in_hand(self) -> str:
        """The runbook that is to be changed; Refused where there is none."""
        raise NotImplementedError

    def action_new(self) -> None:
        """Asks for the name of a new runbook."""
        self.means.require_now()
        asking = AskLine("Name of the new runbook, like disk-full", take=lambda typed: checked_slug(typed.strip()))
        self.app.push_screen(asking, self._named)

    def action_write_new(self) -> None:
        """Opens the editor on a new one."""
        slug, text = self._slug, self.draft or template(self._slug, self.library.today())
        self.draft = ""
        self._edit(Sheet(slug, text), text, lambda changed: self.library.create(slug, changed))

    def action_edit(self) -> None:
        """Opens the editor on the one in hand; what was is kept as a version."""
        self.means.require_now()
        slug = self.runbook_in_hand()
        before = self.library.versions(slug)[0]
        self._edit(
            Sheet(slug, before.text), before.text, lambda changed: self.library.change(slug, changed, before.number)
        )

    def action_edit_again(self) -> None:
        """Opens the editor on what could not be saved."""
        assert self._sheet is not None
        self._edit(*self._sheet)

    def _named(self, slug: str | None) -> None:
        if slug is not None:
            self._slug = slug.strip()
            self.call_later(self.run_action, "write_new")

    def _edit(self, sheet: Sheet, text: str, save: _Save) -> None:
        """Lets it be edited and saves it; whatever is wrong, what was typed stays in its file, and where is said."""
        try:
            with self.app.suspend():
                changed = sheet.edit()
            saved = None if changed == text else save(changed)
        except SuspendNotSupported as error:
            sheet.forget()
            raise Refused(
                "no editor can be opened from here", "`workbench runbook edit` opens it in a shell"
            ) from error
        except Unreadable as error:
            self._sheet = (sheet, text, save)
            self.app.push_screen(AskYes("This is no runbook yet. Edit again?", str(error)), self._again)
            return
        except WorkbenchError as error:
            self._give_up(sheet, error)
        sheet.forget()
        if saved is None:
            self.notify("Nothing was changed.", markup=False)
        else:
            self.notify(one_line(f"{saved.slug} version {saved.version} is saved."), markup=False)
            self.written(saved.slug)

    def _again(self, again: bool | None) -> None:
        self.call_later(self.run_action, "edit_again" if again else "keep_sheet")

    def action_keep_sheet(self) -> None:
        """Says where the text is that could not be saved."""
        assert self._sheet is not None
        raise InvalidInput("nothing was saved", f"your text is in {self._sheet[0].path}")

    def _give_up(self, sheet: Sheet, error: WorkbenchError) -> None:
        if sheet.is_as_it_was:
            sheet.forget()
            raise error
        raise InvalidInput(error.wrong, f"{error.advice}; your text is in {sheet.path}") from error
