"""Writes to the requester or for oneself; which of the two is said before the first letter."""

from collections.abc import Iterable, Mapping
from typing import ClassVar

from rich.text import Text
from textual.widget import Widget
from textual.widgets import Static

from workbench.tickets.dialogs.dialog import TargetDialog
from workbench.widgets.form import Words
from workbench.widgets.show import show_line


class WritingDialog(TargetDialog):
    """A box of words."""

    DEFAULT_CSS = """
    WritingDialog {
        & Words { height: 10; }
        & .whom { width: 1fr; padding: 0 1; text-style: bold; }
    }
    """
    AUTO_FOCUS = "Words"

    def parts(self) -> Iterable[Widget]:
        """For whom it is, and the words."""
        yield Static(self.whom(), classes="whom")
        yield Words(id="text")

    def whom(self) -> Text:
        """Who will read it."""
        raise NotImplementedError

    def fields(self) -> Mapping[str, str]:
        """The words."""
        return {"text": self.text}

    def fill(self, fields: Mapping[str, str]) -> None:
        """Puts the words back."""
        self.query_one(Words).fill(fields.get("text", ""))

    @property
    def text(self) -> str:
        """The words."""
        return self.query_one(Words).text


class CommentDialog(WritingDialog):
    """Green: the requester reads it."""

    kind: ClassVar[str] = "comment"
    verb: ClassVar[str] = "Comment"
    DEFAULT_CSS = """
    CommentDialog {
        & > .box { border: round $success; }
        & .whom { background: $success; color: $background; }
    }
    """

    def whom(self) -> Text:
        """The requester, by name where it is known."""
        contacts = {ticket.contact for ticket in self.targets.tickets if ticket.contact}
        requester = "requester" if len(self.targets.tickets) == 1 else "requesters"
        name = f", {contacts.pop()}" if len(contacts) == 1 else ""
        return show_line(f"▶ To the {requester}{name}: they will read this")

    def act(self) -> None:
        """Writes to the requester."""
        self.targets.each(lambda ref, version: self.targets.service.comment(ref, self.text, version))


class NoteDialog(WritingDialog):
    """Yellow: the requester does not see it."""

    kind: ClassVar[str] = "note"
    verb: ClassVar[str] = "Note"
    DEFAULT_CSS = """
    NoteDialog {
        & > .box { border: round $warning; }
        & .whom { background: $warning; color: $background; }
    }
    """

    def whom(self) -> Text:
        """Whoever works on it."""
        return show_line("✎ Internal note: the requester does not see this")

    def act(self) -> None:
        """Writes it down."""
        self.targets.each(lambda ref, version: self.targets.service.note(ref, self.text, version))
