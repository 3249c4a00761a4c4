"""The parts of the queue screen that show one thing each: the queues, a ticket's line, its preview, what is burning."""

from collections.abc import Callable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from rich.text import Text
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from workbench.clock import stored
from workbench.duration import short
from workbench.queues.model import Line, QueueCount
from workbench.tickets.clocks import Stage, Standing
from workbench.tickets.model import Event, Kind, Ticket
from workbench.tickets.told import elapsed
from workbench.widgets.aging import STYLES, clock_cell, queue_bar
from workbench.widgets.columns import Column
from workbench.widgets.show import show, show_line

BODY_SHOWN = 600
"""Characters of the body in the preview; the ticket shows all of it."""

StandingOf = Callable[[Line], Standing]


def columns(standing: StandingOf, now: Callable[[], datetime], *, with_team: bool) -> list[Column[Line]]:
    """What a queue shows of a ticket; on a narrow terminal it loses Who, Team, Hops, Age, in this order."""

    def clock(line: Line, width: int) -> Text:
        told = standing(line)
        return clock_cell(told.stage.value, told.used, told.remaining_s, line.waiting_for, width)

    def age(line: Line, _: int) -> Text:
        return show_line(short(elapsed(stored(line.opened_at), now())))

    found: list[Column[Line]] = [
        Column("#", 7, lambda line, _: show_line(str(line.ref)), right=True),
        Column("P", 2, lambda line, _: show_line(line.priority, PRIORITY_STYLES[line.priority])),
        Column("Clock", 16, clock),
        Column("Age", 4, age, drop_order=4, right=True),
        Column("Hops", 4, hops, drop_order=3),
        Column("Subject", 20, lambda line, _: show_line(line.subject), flexible=True),
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


class QueueList(OptionList):
    """The queues with their counts; the one under the cursor is shown beside it."""

    def __init__(self) -> None:
        super().__init__(id="queues")
        self._names: list[str | None] = []
        self._prompts: list[Text] = []

    def show_counts(self, counts: Sequence[QueueCount]) -> None:
        """Shows the queues, a rule between kinds; their prompts alone where the queues are the same as before."""
        names: list[str | None] = []
        for previous, total in zip([None, *counts], counts, strict=False):
            if previous is not None and _section(previous) != _section(total):
                names.append(None)
            names.append(total.queue.name)
        prompts = {total.queue.name: self._prompt(total) for total in counts}
        if names != self._names:
            self._rebuild(names, prompts)
            return
        for index, name in enumerate(name for name in names if name is not None):
            if prompts[name] != self._prompts[index]:
                self._prompts[index] = prompts[name]
                self.replace_option_prompt_at_index(index, prompts[name])

    def name_at(self, index: int) -> str:
        """The queue at an option's index."""
        return [name for name in self._names if name is not None][index]

    def index_of(self, name: str) -> int:
        """The option's index of a queue; 0 where it is not listed."""
        names = [each for each in self._names if each is not None]
        return names.index(name) if name in names else 0

    def forget(self) -> None:
        """Lays the prompts out anew with the next counts, as for another width."""
        self._names = []

    def _rebuild(self, names: list[str | None], prompts: dict[str, Text]) -> None:
        highlighted, self._names = self.highlighted, names
        self._prompts = [prompts[name] for name in names if name is not None]
        self.clear_options()
        self.add_options([None if name is None else Option(prompts[name]) for name in names])
        if highlighted is not None:
            self.highlighted = min(highlighted, len(self._prompts) - 1)

    def _prompt(self, total: QueueCount) -> Text:
        width = max(12, self.scrollable_content_region.width - 2)
        queue = total.queue
        label = f"{queue.name} {queue.title}" if queue.kind == "tier" else queue.name
        name = show_line(label, "bold" if queue.kind == "tier" else "")
        name.truncate(width - len(f"{total.open:,}") - 1, overflow="ellipsis", pad=True)
        name.append(f" {total.open:,}", "dim" if not total.open else "")
        if queue.kind != "tier" or not total.open:
            return name
        late = total.stages[Stage.LATE]
        word = show_line(f" {late:,} late" if late else " none late", STYLES["late"] if late else "dim")
        return Text.assemble(name, "\n ", queue_bar(total.stages, width - word.cell_len - 1), word)


def _section(total: QueueCount) -> str:
    return total.queue.kind


class Preview(Static):
    """The ticket under the cursor: who asks, what they said, and why it stands where it stands."""

    def show_ticket(self, ticket: Ticket, events: Sequence[Event], why: str, now: datetime) -> None:
        """Shows a ticket as seen at `now`."""
        self.border_title = show_line(f"#{ticket.ref} {ticket.subject}")
        last = events[-1]
        who = " · ".join(part for part in (ticket.client, ticket.contact, ticket.component, ticket.team) if part)
        touched = f"{last.kind} {short(elapsed(last.at, now))} ago" + (f" by {last.who}" if last.who else "")
        opened = f"opened {short(elapsed(ticket.opened_at, now))} ago · {touched}"
        text = Text.assemble(show_line(who, "bold"), "\n", show_line(opened, "dim"), "\n", show_line(why), "\n\n")
        text.append_text(show(ticket.body[:BODY_SHOWN].strip() or "(no description)"))
        text.append_text(_latest_words(events))
        self.update(text)

    def show_nothing(self) -> None:
        """No ticket stands under the cursor."""
        self.border_title = None
        self.update("")


def _latest_words(events: Sequence[Event]) -> Text:
    """The last thing that anybody wrote, where it is not the opening."""
    for event in reversed(events):
        if event.text and event.kind in (Kind.COMMENTED, Kind.REPLIED, Kind.NOTED):
            to = {Kind.COMMENTED: "to the requester", Kind.REPLIED: "requester", Kind.NOTED: "internal note"}[
                event.kind
            ]
            return Text.assemble(
                "\n\n", show_line(f"{event.who or 'nobody'} ({to}): ", "bold"), show(event.text[:BODY_SHOWN])
            )
    return Text()


def burning(late: int, graveyard: int) -> Text:
    """What is burning now, in words and then in colour."""
    return Text.assemble(
        (f"⚠ {late:,} late", STYLES["late"] if late else "dim"),
        "  ",
        (f"☠ {graveyard:,} graveyard", "bold magenta" if graveyard else "dim"),
    )


def clock_of_day(now: datetime, zone: str, *, standing_still: bool) -> Text:
    """Weekday and time in the workbench's zone; the whole date where the clock was set to look from there."""
    local = now.astimezone(ZoneInfo(zone))
    if standing_still:
        return show_line(f"as of {local:%Y-%m-%d %H:%M}", "reverse")
    return show_line(f"{local:%a %H:%M}")
