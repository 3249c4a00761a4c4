"""Those who work together on one ticket: who drives, who helps and how long, the seam, the log that all write."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import partial
from typing import ClassVar
from zoneinfo import ZoneInfo

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from workbench.duration import format_duration, short
from workbench.escalation.swarm import Swarm
from workbench.escalation.swarms import SwarmService
from workbench.tickets.asking import AskingScreen
from workbench.tickets.dialogs.dialog import TargetDialog
from workbench.tickets.dialogs.means import Means, Targets
from workbench.tickets.model import Event
from workbench.tickets.vocabulary import Kind
from workbench.widgets.form import Row, Words
from workbench.widgets.header import HeaderLine
from workbench.widgets.key_line import KeyLine
from workbench.widgets.looking import Changes, keep_looking
from workbench.widgets.reader import Reader
from workbench.widgets.show import show, show_line
from workbench.widgets.too_small import TooSmall, heights, widths

LOG_SHOWN = 64_000
"""Characters of the log; the whole of it stands in the ticket."""


class SwarmScreen(AskingScreen):
    """The swarm of a ticket, the open one or the latest."""

    DEFAULT_CSS = """
    SwarmScreen {
        & #swarm { height: auto; max-height: 50%; border: round $primary; padding: 0 1; }
        & #swarm-log { height: 1fr; border: round $primary; padding: 0 1; }
        & Reader:focus { border: round $accent; }
    }
    """
    AUTO_FOCUS = "#swarm-log"
    HORIZONTAL_BREAKPOINTS = widths("wide")
    VERTICAL_BREAKPOINTS = heights("high")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "app.leave", "Back", id="swarm.back", tooltip="Back to where one came from"),
        Binding("l", "log", "Log", id="swarm.log", tooltip="Write a line that all in it read"),
        Binding("i", "join", "Join", id="swarm.join", tooltip="Take part in it"),
        Binding("plus", "call", "Call in", id="swarm.call", tooltip="Call somebody in"),
        Binding("o", "leave_it", "Leave it", id="swarm.leave", tooltip="Take part no longer"),
        Binding("d", "drive", "Drive", id="swarm.drive", tooltip="Become its one driver"),
        Binding("D", "hand_on", "Hand on", id="swarm.hand_on", tooltip="Name another driver"),
        Binding("x", "close", "Close", id="swarm.close", tooltip="End it, with what was learned"),
        Binding("u", "undo", "Undo", id="swarm.undo", tooltip="Take back my latest change", show=False),
    ]

    def __init__(self, service: SwarmService, means: Means, ref: int) -> None:
        super().__init__(means)
        self.service = service
        self.ref = ref
        self._swarm = service.get(ref)
        self._changes = Changes()

    def compose(self) -> ComposeResult:
        """The header, who takes part, the log, the keys."""
        yield HeaderLine()
        with Vertical():
            yield Reader(id="swarm")
            yield Reader(id="swarm-log")
        yield KeyLine()
        yield TooSmall()

    async def on_mount(self) -> None:
        """Shows it, and looks every second for what the others write."""
        subject = self.means.tickets.get(self.ref).subject
        left = show_line(f"Workbench · swarm on #{self.ref} {subject}")
        self.query_one(HeaderLine).show_left(left, show_line(self.service.who))
        keep_looking(self)
        await self.run_action("look")

    def action_look(self) -> None:
        """Reads again what others have changed; the hours go on."""
        if self._changes.turned(self.service.database.generation()):
            self.read_again()
        self._show_people()

    def action_log(self) -> None:
        """Asks for a line of the log."""
        self.ask("A line for the log", partial(self.service.log, self.ref))

    def action_join(self) -> None:
        """Takes part."""
        self.act(partial(self.service.join, self.ref))

    def action_call(self) -> None:
        """Asks whom to call in."""
        from workbench.escalation.panels.naming import NamingDialog

        self.means.require_now()
        join = partial(self.service.join, self.ref)
        here = self._swarm.present
        self.app.push_screen(NamingDialog(self.means, self._swarm, "Call in", join, self.read_again, never=here))

    def action_leave_it(self) -> None:
        """Takes part no longer."""
        self.act(partial(self.service.leave, self.ref))

    def action_drive(self) -> None:
        """Becomes the one driver."""
        self.act(partial(self.service.drive, self.ref, self.service.who))

    def action_hand_on(self) -> None:
        """Asks who drives from here on, those who help first."""
        from workbench.escalation.panels.naming import NamingDialog

        self.means.require_now()
        drive, swarm = partial(self.service.drive, self.ref), self._swarm
        self.app.push_screen(
            NamingDialog(
                self.means, swarm, "New driver", drive, self.read_again, first=swarm.present, never=[swarm.driver]
            )
        )

    def action_close(self) -> None:
        """Asks what was learned."""
        self.means.require_now()
        self.app.push_screen(CloseDialog(self.means, self.service, self.ref, self.read_again))

    def read_again(self) -> None:
        """Shows what stands in the file now."""
        self._swarm = self.service.get(self.ref)
        self._show_people()
        log = self.query_one("#swarm-log", Reader)
        log.border_title = "Log"
        log.show_paragraphs(log_lines(self.service.log_of(self._swarm), self.means.zone))
        log.call_after_refresh(log.scroll_end, animate=False)

    def _show_people(self) -> None:
        swarm = self._swarm
        people = self.query_one("#swarm", Reader)
        people.border_title = "Swarm · closed" if swarm.closed_at else "Swarm"
        told = list(people_lines(swarm, self.service.clock.now()))
        people.show_paragraphs(told)
        people.styles.height = min(len(told), 12) + 2


class CloseDialog(TargetDialog):
    """What was learned, without which no swarm ends."""

    kind: ClassVar[str] = "learning"
    verb: ClassVar[str] = "Close the swarm"
    AUTO_FOCUS = "Words"

    def __init__(self, means: Means, service: SwarmService, ref: int, done: Callable[[], None]) -> None:
        super().__init__(means, Targets(means.tickets, [ref]), done)
        self.service = service

    def parts(self) -> Iterator[Row]:
        """The words."""
        yield Row("Learned", Words(id="learning"))

    def fields(self) -> dict[str, str]:
        """The words."""
        return {"learning": self.query_one(Words).text}

    def fill(self, fields: object) -> None:
        """Puts a draft back."""
        if isinstance(fields, dict):
            self.query_one(Words).fill(fields.get("learning", ""))

    def act(self) -> None:
        """Ends it."""
        self.service.close(self.targets.first.ref, self.query_one(Words).text)


def people_lines(swarm: Swarm, now: datetime) -> Iterator[Text]:
    """Why it is one, who drives, who helped for how long, the components, what was learned."""
    yield show(f"Why      {swarm.why}")
    if swarm.components:
        yield show(f"Seam     {' ⇄ '.join(swarm.components)}")
    teams = {helper.person: helper.team for helper in swarm.helpers}
    for person, seconds in swarm.hours(swarm.closed_at or now).items():
        role = "drives" if person == swarm.driver else "helps" if person in swarm.present else "helped"
        style = "bold" if person == swarm.driver else "" if person in swarm.present else "dim"
        yield show_line(f"{role:<9}{person} ({teams[person]})  {short(seconds)}", style)
    together = sum(swarm.hours(swarm.closed_at or now).values())
    yield show_line(f"{'In all':<9}{format_duration(together)} of work", "dim")
    if swarm.learning is not None:
        yield show(f"Learned  {swarm.learning}", "bold green")


def log_lines(events: Sequence[Event], zone: ZoneInfo) -> list[Text]:
    """The log, a paragraph for each event that says something or somebody."""
    words = {Kind.SWARM_STARTED: "called it together", Kind.SWARM_JOINED: "joined:", Kind.SWARM_LEFT: "left:"}
    lines = []
    for event in events:
        if event.text.strip() or event.kind in words:
            what = words.get(event.kind, "" if event.kind is Kind.SWARM_LOGGED else event.kind.replace("_", " "))
            head = show_line(f"{event.at.astimezone(zone):%a %H:%M} ", "dim")
            head.append_text(show_line(f"{event.who or ''} ", "bold")).append_text(show_line(f"{what} ", "dim"))
            lines.append(Text.assemble(head, show(event.text.strip()[:LOG_SHOWN])))
    return lines or [show_line("Nobody has written anything yet: l writes a line.", "dim")]
