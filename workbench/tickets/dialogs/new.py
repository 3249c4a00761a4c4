"""Opens a ticket: who asks, what for, how many are hit how badly; what is like it already stands beside."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import ClassVar, Final

from rich.text import Text
from textual import on
from textual.widget import Widget
from textual.widgets import Input, Static

from workbench.tickets.dialogs.dialog import Dialog
from workbench.tickets.dialogs.means import SIMILAR_SHOWN, Means
from workbench.tickets.dialogs.move import suggest_teams
from workbench.tickets.model import NewTicket, Ticket
from workbench.tickets.vocabulary import Impact, Urgency, priority_of
from workbench.widgets.form import Choice, Row, Words
from workbench.widgets.line import Line
from workbench.widgets.picker import Picker, Suggestion
from workbench.widgets.show import show_line

_LEAST_LETTERS: Final = 3
"""Letters of a subject from which on something can be like it."""
_PICKERS: Final = ("client", "contact", "team")
_LINES: Final = ("subject", "component")
_CHOICES: Final = ("impact", "urgency")


class NewTicketDialog(Dialog):
    """Only the subject must be told; enter goes to the next field, ctrl+s opens the ticket."""

    kind: ClassVar[str] = "ticket"
    DEFAULT_CSS = """
    NewTicketDialog {
        & #similar { display: none; height: auto; color: $text-warning; }
        & #description { height: 4; }
    }
    """
    AUTO_FOCUS = "#subject"

    def __init__(self, means: Means, opened: Callable[[Ticket], None]) -> None:
        super().__init__(means, self._tell_opened)
        self._opened = opened
        self._ticket: Ticket | None = None

    def heading(self) -> Text:
        """A new ticket."""
        return show_line("New ticket")

    def parts(self) -> Iterable[Widget]:
        """The fields in the order in which a caller tells them."""
        yield Row("Subject", Line(id="subject"))
        yield Static(id="similar")
        yield Row("Client", Picker(self._clients, id="client"))
        yield Row("Contact", Picker(self._contacts, id="contact", free=True))
        yield Row("Description", Words(id="description"))
        yield Row("Impact", Choice(tuple(Impact), Impact.ONE, id="impact"))
        yield Row("Urgency", Choice(tuple(Urgency), Urgency.HAMPERED, id="urgency"))
        yield Row("Priority", Static(id="priority"))
        yield Row("Team", Picker(partial(suggest_teams, self.means.tickets.organisation), id="team"))
        yield Row("Component", Line(id="component"))

    def on_mount(self) -> None:
        """Shows the priority that the form begins with."""
        self._show_priority()

    @on(Input.Changed, "#subject")
    def _subject_changed(self) -> None:
        # The letter is painted first.
        self.call_after_refresh(self.run_action, "show_similar")

    @on(Input.Changed, "#client-letters")
    @on(Picker.Picked, "#client")
    def _client_changed(self) -> None:
        self.query_one("#contact", Picker).renew()

    @on(Choice.Changed)
    def _show_priority(self) -> None:
        told = show_line(self._priority, "bold red" if self._priority == "P1" else "bold")
        self.query_one("#priority", Static).update(told)

    @on(Picker.Picked)
    @on(Choice.Submitted)
    def _go_on(self) -> None:
        self.focus_next()

    def action_show_similar(self) -> None:
        """Shows the open tickets that are like the subject as it stands."""
        subject = self.query_one("#subject", Line).value.strip()
        found = self.means.similar(subject, self._client) if len(subject) >= _LEAST_LETTERS else ()
        lines = [show_line(f"like it: #{ref} {told}") for ref, told in found[:SIMILAR_SHOWN]]
        similar = self.query_one("#similar", Static)
        similar.display = bool(lines)
        similar.update(Text("\n").join(lines))

    def fields(self) -> Mapping[str, str]:
        """What was typed; what was only chosen is no draft."""
        typed = {name: self.query_one(f"#{name}", Line).value for name in _LINES}
        typed |= {name: self.query_one(f"#{name}", Picker).letters for name in _PICKERS}
        typed["description"] = self.query_one(Words).text
        chosen = {name: self.query_one(f"#{name}", Choice).value for name in _CHOICES}
        return typed | chosen if any(typed.values()) else {}

    def fill(self, fields: Mapping[str, str]) -> None:
        """Puts a draft back."""
        for name in _LINES:
            self.query_one(f"#{name}", Line).fill(fields.get(name, ""))
        for name in _PICKERS:
            self.query_one(f"#{name}", Picker).fill(fields.get(name, ""))
        for name in _CHOICES:
            self.query_one(f"#{name}", Choice).fill(fields.get(name, ""))
        self.query_one(Words).fill(fields.get("description", ""))

    def act(self) -> None:
        """Opens it."""
        picked = {name: self.query_one(f"#{name}", Picker).value for name in _PICKERS}
        self._ticket = self.means.tickets.open(
            NewTicket(
                self.query_one("#subject", Line).value,
                self.query_one(Words).text,
                client=picked["client"],
                contact=picked["contact"],
                component=self.query_one("#component", Line).value.strip() or None,
                team=picked["team"],
                impact=Impact(self.query_one("#impact", Choice).value),
                urgency=Urgency(self.query_one("#urgency", Choice).value),
            )
        )

    @property
    def _priority(self) -> str:
        impact, urgency = (self.query_one(f"#{name}", Choice).value for name in _CHOICES)
        return priority_of(Impact(impact), Urgency(urgency)).value

    @property
    def _client(self) -> str | None:
        picked = self.query_one("#client", Picker).value
        known = picked is not None and self.means.organisation.clients.find(picked) is not None
        return picked if known else self.means.tickets.organisation.only_client()

    def _clients(self, letters: str) -> Sequence[Suggestion]:
        found = self.means.tickets.organisation.clients_like(letters)
        return [Suggestion(client.slug, show_line(f"{client.slug:<16} {client.name}")) for client in found]

    def _contacts(self, letters: str) -> Sequence[Suggestion]:
        client = self._client
        found = self.means.tickets.organisation.contacts_like(client, letters) if client else ()
        return [Suggestion(contact.name, show_line(f"{contact.name:<24} {contact.email}")) for contact in found]

    def _tell_opened(self) -> None:
        if self._ticket is not None:
            self._opened(self._ticket)
