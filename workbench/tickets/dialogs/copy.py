"""Copies a ticket's number, its subject, or all of it as text: to the clipboard of the terminal one sits at.

Not every terminal takes what is sent to its clipboard (OSC 52), so the text can also be shown plain, to be selected.
"""

from collections.abc import Iterable, Sequence
from typing import ClassVar
from zoneinfo import ZoneInfo

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Static

from workbench.text import visible
from workbench.tickets.model import Event, Ticket
from workbench.widgets.box import Box
from workbench.widgets.clipboard import copy
from workbench.widgets.key_line import KeyLine
from workbench.widgets.reader import Reader
from workbench.widgets.show import show, show_line


class CopyDialog(Box[None]):
    """Says what can be copied, by one key each."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n,1", "copy('number')", "Number", id="copy.number", tooltip="Copy the number"),
        Binding("s,2", "copy('subject')", "Subject", id="copy.subject", tooltip="Copy the subject"),
        Binding("t,y,3", "copy('text')", "All of it", id="copy.text", tooltip="Copy the whole ticket as text"),
        Binding("p,4", "show_plain", "Plain", id="copy.plain", tooltip="Show it plain, to select from"),
        Binding("escape,q", "dismiss", "Leave", id="copy.leave", tooltip="Copy nothing"),
    ]

    def __init__(self, ticket: Ticket, events: Sequence[Event], zone: ZoneInfo) -> None:
        super().__init__("Copy")
        self._texts = {
            "number": f"#{ticket.ref}",
            "subject": ticket.subject,
            "text": as_text(ticket, events, zone),
        }

    def parts(self) -> Iterable[Widget]:
        """What can be copied."""
        yield Static(Text.assemble(("n", "bold"), "  the number   ", show_line(self._texts["number"])))
        yield Static(Text.assemble(("s", "bold"), "  the subject  ", show_line(self._texts["subject"])))
        lines = self._texts["text"].count("\n")
        yield Static(Text.assemble(("t", "bold"), f"  all of it as text, {lines:,} lines"))
        yield Static(Text.assemble(("p", "bold"), "  shown plain, where the clipboard takes nothing"))

    def action_show_plain(self) -> None:
        """Shows all of it with nothing beside it."""
        self.app.switch_screen(PlainScreen(self._texts["text"]))

    def action_copy(self, what: str) -> None:
        """Copies it, and says so."""
        copy(self.app, self._texts[what])
        self.dismiss()


class PlainScreen(ModalScreen[None]):
    """A text over the whole width, with nothing beside it."""

    DEFAULT_CSS = """
    PlainScreen { background: $background; & > Reader { scrollbar-size-vertical: 0; } }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss", "Back: select with shift and the mouse", id="plain.leave", tooltip="Back"),
    ]

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def compose(self) -> ComposeResult:
        """The text and the key that leaves."""
        yield Reader(id="plain")
        yield KeyLine()

    def on_mount(self) -> None:
        """Shows the text."""
        self.query_one(Reader).show_paragraphs([show(self._text)])


def as_text(ticket: Ticket, events: Sequence[Event], zone: ZoneInfo) -> str:
    """The ticket and its timeline as one would send them to somebody who has no workbench."""
    facts = [
        ("State", ticket.state.value),
        ("Priority", ticket.priority.value),
        ("Team", f"{ticket.team}, {ticket.tier}"),
        ("Who", ticket.assignee or "nobody"),
        ("Client", ticket.client),
        ("Contact", ticket.contact),
        ("Component", ticket.component),
    ]
    lines = [f"#{ticket.ref} {ticket.subject}", *(f"{name}: {value}" for name, value in facts if value), ""]
    for event in events:
        meant = " (internal)" if event.text and not event.public else ""
        lines.append(f"{event.at.astimezone(zone):%Y-%m-%d %H:%M %Z} {event.who or ''} {event.kind.words}{meant}")
        lines += [f"  {line}" for line in event.text.splitlines()]
    return visible("\n".join(lines) + "\n")
