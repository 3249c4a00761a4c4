"""The parts of the queue screen that show one thing each: the queues, a ticket's line, its preview, what is burning."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from workbench.clock import stored
from workbench.duration import short
from workbench.queues.model import Line, Queue, QueueCount
from workbench.queues.why import why
from workbench.tickets.clocks import Rules, Stage, Standing
from workbench.tickets.model import Event, Kind, Ticket
from workbench.tickets.told import elapsed
from workbench.widgets.aging import STYLES, clock_cell, queue_bar
from workbench.widgets.columns import Column
from workbench.widgets.show import show, show_line

BODY_SHOWN = 600
"""Characters of the body in the preview; the ticket shows all of it."""

FIRST_STEPS = """No ticket has been opened here yet.

workbench ticket new --subject "..."  opens one
workbench import tickets FILE  brings them from another help desk
workbench setup show  prints teams, people and targets, to be changed and applied
workbench demo  shows a whole organisation at work, made up

They appear here by themselves; q leaves."""
"""What an empty workbench says."""
EMPTY: Mapping[str, str] = {
    "Mine": "You have no ticket. `workbench take-next` takes the most urgent one that nobody has.",
    "Unassigned": "Every ticket has somebody.",
    "Waiting": "No ticket waits for anybody.",
    "Late": "No ticket is late.",
    "Stale": "No ticket has been left untouched for long.",
    "Graveyard": "No ticket has been forgotten.",
    "Bouncing": "No ticket has come back to a team that had it before.",
}
"""What the empty smart queues say."""

_LONG_WORD = 8
"""Cells that a line may leave empty where the next word does not fit; so the reason takes two lines at most."""

StandingOf = Callable[[Line], Standing]


def columns(standing: StandingOf, now: Callable[[], datetime], digits: int, *, with_team: bool) -> list[Column[Line]]:
    """What a queue shows of a ticket; on a narrow terminal it loses Who, Team, Hops, Age, in this order.

    `digits`: how many the longest number of a ticket has.
    """

    def clock(line: Line, width: int) -> Text:
        told = standing(line)
        return clock_cell(told.stage.value, told.used, told.remaining_s, line.waiting_for, width)

    def age(line: Line, _: int) -> Text:
        return show_line(short(elapsed(stored(line.opened_at), now())))

    found: list[Column[Line]] = [
        Column("#", digits, lambda line, _: show_line(str(line.ref)), right=True),
        Column("P", 2, lambda line, _: show_line(line.priority, PRIORITY_STYLES[line.priority])),
        Column("Clock", 16, clock),
        Column("Age", 4, age, drop_order=4, right=True),
        Column("Hops", 4, hops, drop_order=3),
        Column("Subject", 17, lambda line, _: show_line(line.subject), flexible=True),
        Column("Team", 12, lambda line, _: show_line(line.team), drop_order=2),
        Column("Who", 9, lambda line, _: show_line(line.assignee or "–"), drop_order=1),
    ]
    return found if with_team else [column for column in found if column.title != "Team"]


PRIORITY_STYLES = {"P1": "bold red", "P2": "bold yellow", "P3": "", "P4": "dim"}


def hops(line: Line, _: int) -> Text:
    """How often it changed teams; ⇄ where it came back to one."""
    if line.bounces:
        return show_line(f"⇄ {line.hops}", "bold magenta")
    return show_line(f"→ {line.hops}" if line.hops else "·", "" if line.hops else "dim")


def label(queue: Queue) -> str:
    """What a queue is called on the screen: a tier with its title, the others by their name."""
    return f"{queue.name} {queue.title}".strip() if queue.kind == "tier" else queue.name


class QueueList(OptionList, inherit_bindings=False):
    """The queues with their counts; the one under the cursor is shown beside it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "cursor_up", "Up", id="queues.up", tooltip="To the queue above", show=False),
        Binding("down,j", "cursor_down", "Down", id="queues.down", tooltip="To the queue below", show=False),
        Binding("pageup", "page_up", "Page up", id="queues.page_up", tooltip="A screen of queues up", show=False),
        Binding("pagedown", "page_down", "Page down", id="queues.page_down", tooltip="A screen down", show=False),
        Binding("home,g", "first", "First", id="queues.first", tooltip="To the first queue", show=False),
        Binding("end,G", "last", "Last", id="queues.last", tooltip="To the last queue", show=False),
        Binding("enter", "select", "Open", id="queues.open", tooltip="To the tickets of this queue"),
    ]

    def __init__(self) -> None:
        super().__init__(id="queues")
        self._counts: Sequence[QueueCount] = ()
        self._keys: Mapping[str, str] = {}
        self._prompts: list[Text] = []

    def show_counts(self, counts: Sequence[QueueCount], keys: Mapping[str, str]) -> None:
        """Shows the queues, those that have a key of their own with it; the cursor stays on its queue."""
        before = [total.queue.name for total in self._counts]
        self._counts, self._keys = counts, keys
        if before == [total.queue.name for total in counts]:
            self._renew_prompts()
        else:
            self._rebuild(before)

    def on_resize(self) -> None:
        """The bars take the width there is."""
        self._renew_prompts()

    def name_at(self, index: int) -> str:
        """The queue at an option's index."""
        return self._counts[index].queue.name

    def show_at(self, name: str) -> None:
        """Puts the cursor on a queue, or on the first where that one is not listed."""
        names = [total.queue.name for total in self._counts]
        self.highlighted = names.index(name) if name in names else 0

    def _rebuild(self, before: Sequence[str]) -> None:
        at = None if self.highlighted is None else before[self.highlighted]
        self._prompts = [self._prompt(total) for total in self._counts]
        options: list[Option | None] = []  # None is a rule between the kinds
        for above, total in zip([None, *self._counts], self._counts, strict=False):
            if above is not None and above.queue.kind != total.queue.kind:
                options.append(None)
            options.append(Option(self._prompt(total)))
        self.clear_options()
        self.add_options(options)
        if at is not None:
            self.show_at(at)

    def _renew_prompts(self) -> None:
        for index, total in enumerate(self._counts):
            prompt = self._prompt(total)
            if prompt != self._prompts[index]:
                self._prompts[index] = prompt
                self.replace_option_prompt_at_index(index, prompt)

    def _prompt(self, total: QueueCount) -> Text:
        width = max(12, self.scrollable_content_region.width)
        queue, is_tier = total.queue, total.queue.kind == "tier"
        opened = show_line(f" {total.open:,}", "dim" if not total.open else "")
        name = show_line(label(queue), "bold" if is_tier else "")
        key = show_line("" if is_tier else f"{self._keys.get(queue.name, ''):2}", "dim")
        name.truncate(width - key.cell_len - opened.cell_len, overflow="ellipsis", pad=True)
        line = Text.assemble(key, name, opened)
        return line if not is_tier or not total.open else Text.assemble(line, "\n", self._aging(total, width))

    def _aging(self, total: QueueCount, width: int) -> Text:
        late = total.stages[Stage.LATE]
        word = show_line(f" {late:,} late" if late else " none late", STYLES["late"] if late else "dim")
        return Text.assemble(" ", queue_bar(total.stages, width - word.cell_len - 1), word)


class Preview(Static):
    """The ticket under the cursor: who asks, what they said, and why it stands where it stands."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._ticket: Ticket | None = None
        self._events: Sequence[Event] = ()
        self._facts: Sequence[Text] = ()
        self._why = ""
        self._text = Text()

    def show_ticket(self, ticket: Ticket, events: Sequence[Event], now: datetime, rules: Rules) -> None:
        """Shows a ticket as seen at `now`."""
        self._ticket, self._events = ticket, events
        self.border_title = show_line(f"#{ticket.ref} {ticket.subject}")
        self.tick(now, rules)

    def on_resize(self) -> None:
        """Gives the reason the room there is now."""
        self._lay_out()

    def show_nothing(self) -> None:
        """No ticket stands under the cursor."""
        self._ticket, self._text, self.border_title = None, Text(), None
        self.update("", layout=False)

    def tick(self, now: datetime, rules: Rules) -> None:
        """Says what has become of the ages and the clock."""
        if self._ticket is not None:
            self._facts = _facts(self._ticket, self._events, now)
            self._why = why(self._ticket, now, rules)
            self._lay_out()

    def _lay_out(self) -> None:
        if self._ticket is None:
            return
        reason = show_line(self._why, "dim")
        reason.truncate(2 * max(_LONG_WORD, self.content_size.width - _LONG_WORD), overflow="ellipsis")
        body = show(_dense(self._ticket.body) or "(no description)")
        text = Text("\n").join([*self._facts, reason, body, *_latest_words(self._events)])
        if text != self._text:
            self._text = text
            self.update(text, layout=False)


def _facts(ticket: Ticket, events: Sequence[Event], now: datetime) -> list[Text]:
    who = " · ".join(part for part in (ticket.client, ticket.contact, ticket.component, ticket.team) if part)
    opening, last = events[0], events[-1]
    told = f"opened {_ago(opening, ticket, now)}"
    if last is not opening:
        told += f" · {last.kind} {_ago(last, ticket, now)}"
    return [show_line(who, "bold"), show_line(told, "dim")]


def _ago(event: Event, ticket: Ticket, now: datetime) -> str:
    """When, and by whom where it was not the requester, whose name stands above."""
    who = f" by {event.who}" if event.who not in ("", ticket.contact) else ""
    return f"{short(elapsed(event.at, now))} ago{who}"


def _dense(text: str) -> str:
    """The beginning of a text without its empty lines."""
    return "\n".join(line for line in text[:BODY_SHOWN].splitlines() if line.strip())


def _latest_words(events: Sequence[Event]) -> list[Text]:
    """The last thing that anybody wrote, where it is not the opening."""
    for event in reversed(events):
        if event.text and event.kind in _WORDS:
            who = show_line(f"{event.who or 'nobody'} ({_WORDS[event.kind]}): ", "bold")
            return [Text(), who.append_text(show(_dense(event.text)))]
    return []


_WORDS = {Kind.COMMENTED: "to the requester", Kind.REPLIED: "from the requester", Kind.NOTED: "internal note"}


def burning(late: int, graveyard: int) -> Text:
    """What is burning now, in words and then in colour."""
    return Text.assemble(
        (f"⚠ {late:,} late", STYLES["late"] if late else "dim"),
        "  ",
        (f"☠ {graveyard:,} graveyard", "bold magenta" if graveyard else "dim"),
    )
