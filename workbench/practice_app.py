"""The practice workbench: the very same screens on made-up tickets, with a clock of their own above each of them."""

from collections.abc import Callable, Mapping
from contextlib import nullcontext
from functools import partial
from typing import Any, ClassVar, Final

from textual.binding import Binding, BindingType
from textual.screen import Screen

from workbench.app import WorkbenchApp
from workbench.errors import Refused
from workbench.practice.happening import News
from workbench.practice.panels.banner import Banner, banner_line
from workbench.practice.panels.hint_box import HintBox
from workbench.practice.panels.sheet import Seen, SheetScreen
from workbench.practice.scoring import HINT_COSTS
from workbench.practice.screen import PracticeScreen, next_speed
from workbench.practice_desk import PracticeDesk
from workbench.text import one_line
from workbench.tickets.acting import ActingScreen
from workbench.widgets.ask import AskYes
from workbench.widgets.help import key_name
from workbench.widgets.show import show_line

TICK_EVERY: Final = 1.0
"""Seconds between two looks at what is due by the simulated clock; a minute of it at the fastest."""
ABOVE: Final = (
    *(("practice.pause", "pause"), ("practice.more", "faster"), ("practice.hint", "hint")),
    *(("practice.sheet", "points"), ("practice.finish", "end")),
)
"""The keys that the line above the screens names, by their bindings, those that are needed most first."""

ALL_DONE: Final = "All tickets that came are done."


def _key(key: str, action: str, name: str, id: str, tooltip: str, *, in_boxes: bool = False) -> Binding:
    """A key that stands in the line above; time can be stopped also `in_boxes`, since it goes on while one writes."""
    return Binding(key, action, name, id=id, tooltip=tooltip, show=False, priority=in_boxes)


KEYS: Final = (
    _key("f2", "pause", "Pause", "practice.pause", "Let simulated time stand, or go on", in_boxes=True),
    _key("f3", "speed(-1)", "Slower", "practice.less", "Let it go slower", in_boxes=True),
    _key("f4", "speed(1)", "Faster", "practice.more", "Let it go faster", in_boxes=True),
    _key("f6", "hint", "Hint", "practice.hint", "A hint for this ticket; it costs points"),
    _key("f7", "sheet", "Points", "practice.sheet", "The points so far, with reasons"),
    _key("f8", "finish", "End", "practice.finish", "End the session, and show its sheet"),
)
"""What one does with a session."""


class PracticeApp(WorkbenchApp):
    """Lets simulated time go by, tells what it brings, and says on every screen that nothing here is real."""

    TITLE = "Workbench practice"
    CSS = "ToastRack { margin: 2 0 0 0; }"  # below the line above and the header
    BINDINGS: ClassVar[list[BindingType]] = [*KEYS]

    def __init__(self, desk: PracticeDesk, keys: Mapping[str, str] | None = None) -> None:
        start = self.DEFAULT_MODE if desk.practice.going() else "practice"
        super().__init__(desk, keys, start=start)
        self.practice = desk.practice
        self._over: set[int] | None = None

    def doors(self) -> Mapping[str, Callable[[], Screen[Any]]]:
        """The same as ever, but for practice itself, which is here already."""
        return {**super().doors(), "practice": self._chooser}

    def on_mount(self) -> None:
        """Puts the line above every screen there is and will be, and lets the clock bring what is due."""
        # At once, lest a screen that comes back is painted as it was left, with the time of then.
        self.screen_change_signal.subscribe(self, self._screen_changed, immediate=True)
        self.set_interval(TICK_EVERY, partial(self.run_action, "tick"))
        self._screen_changed(self.screen)
        self.call_after_refresh(self._to_the_tickets)

    def practise(self) -> None:
        """To the tickets of the session that has begun."""
        self._over = None
        self.switch_mode(self.DEFAULT_MODE)
        self.call_after_refresh(self._to_the_tickets)

    async def _to_the_tickets(self) -> None:
        """Shows the queue of the first that is to be done, which may be another tier's than one's own."""
        if self.practice.going() is not None:
            to_do = (each.scenario.level for each in self.practice.result().marked if not each.over)
            if tier := next(to_do, None):
                self.show_queue(self.desk.queues.find(tier))
        await self.run_action("tick")

    def action_tick(self) -> None:
        """Brings about what is due, and tells it."""
        happened = self.practice.tick()
        for news in happened:
            if not self._told_anyway(news):
                self.notify(one_line(news.words), severity="warning", markup=False)
        if happened:
            self.acted(True)
        self._tell_over()
        self.paint()

    def action_pause(self) -> None:
        """Lets simulated time stand, or go on."""
        if self.practice.status().session.paused:
            self.practice.resume()
        else:
            self.practice.pause()
        self.paint()

    def action_speed(self, step: int) -> None:
        """Lets it go slower or faster."""
        self.practice.set_speed(next_speed(self.practice.status().session.speed, step))
        self.paint()

    def action_hint(self) -> None:
        """Asks whether a hint is worth its points, and shows it."""
        self.practice.status()  # says so where there is no session
        ref = self._ticket_in_hand()

        async def answered(yes: bool | None) -> None:
            if yes:
                await self.run_action(f"show_hint({ref:d})")

        self.push_screen(AskYes(f"A hint for #{ref}?", f"It costs {HINT_COSTS} points."), answered)

    def action_show_hint(self, ref: int) -> None:
        """Shows the next hint for a ticket, which costs points."""
        self.push_screen(HintBox(f"#{ref}: this hint cost {HINT_COSTS} points", self.practice.hint(ref)))

    def action_sheet(self) -> None:
        """Shows the points so far."""
        self._show_sheet(self.practice.result().session.number)

    def action_finish(self) -> None:
        """Asks whether the session shall end."""
        status = self.practice.status()
        left = sum(not each.over for each in self.practice.result(status.session.number).marked)
        counts = "it counts as it stands" if left == 1 else "they count as they stand"
        told = f"{left} still worked on: {counts}." if left else ALL_DONE
        told += f" {status.to_come} still to come: not counted." if status.to_come else ""

        async def answered(yes: bool | None) -> None:
            if yes:
                await self.run_action("finish_now")

        self.push_screen(AskYes("End this session?", told), answered)

    def action_finish_now(self) -> None:
        """Ends the session, shows its sheet, and goes back to where one chose it."""
        ended = self.practice.end().session.number
        self.paint()
        self._show_sheet(ended, lambda _: self.exit(return_code=0))

    def _show_sheet(self, number: int, then: Callable[[None], None] | None = None) -> None:
        look = partial(Seen.of, self.practice, number)
        self.push_screen(SheetScreen(look, self.means.zone), then)

    def _chooser(self) -> PracticeScreen:
        zone = self.means.zone
        return PracticeScreen(lambda: nullcontext(self.practice), self.desk.who, zone, is_here=True)

    def _ticket_in_hand(self) -> int:
        """The ticket that the screen in front is about, else the one behind it."""
        for screen in reversed(self.screen_stack):
            if isinstance(screen, ActingScreen) and (refs := screen.targets()):
                return refs[0]
        raise Refused("there is no ticket here to be given a hint for", "go to one of the session's tickets")

    def _told_anyway(self, news: News) -> bool:
        """Whether the queues tell it by themselves, as they do when a ticket of one's own is answered."""
        ticket = self.desk.tickets.get(news.ref)
        own = ticket.assignee == self.desk.who and self.current_mode == self.DEFAULT_MODE
        return own and ticket.unanswered_since == news.at

    def _tell_over(self) -> None:
        """Says of each ticket that has left one's hands that its points can be seen."""
        if self.practice.going() is None:
            return
        over = {each.ref for each in self.practice.result().counted}
        for ref in sorted(over - self._over) if self._over is not None else ():
            key = self._bound(at_all=True).get("practice.sheet", "?")
            self.notify(one_line(f"#{ref} has left your hands; {key} shows its points."), markup=False)
        self._over = over

    def _screen_changed(self, screen: Screen[Any]) -> None:
        if screen.query(Banner):
            self.paint()
        else:
            self.call_next(self.put_above, screen)

    async def put_above(self, screen: Screen[Any]) -> None:
        """Puts the line above a screen that has none yet."""
        if screen.is_attached and not screen.query(Banner):
            await screen.mount(Banner(), before=0)
        self.paint()

    def paint(self) -> None:
        """Shows where the session stands."""
        status = self.practice.status() if self.practice.going() else None
        told = banner_line(status, self.means.zone)
        bound = self._bound() if status else {}
        does = dict(ABOVE) | ({"practice.pause": "go on"} if status and status.session.paused else {})
        keys = [show_line(f"{bound[name]} {told_to}") for name, told_to in does.items() if name in bound]
        for banner in self.screen.query(Banner):
            banner.show(told, keys)

    def _bound(self, *, at_all: bool = False) -> dict[str | None, str]:
        """What the keys that work now are called, by their bindings, also where the key file gives them others.

        With `at_all` those too that only work once a box is left. No screen is asked: it may be about to come or go.
        """
        own = {binding.id for binding in KEYS}
        lost = {key for name, keys in self._keys.items() if name not in own for key in keys.split(",")}
        told: dict[str | None, str] = {}
        for binding in KEYS:
            key = self._keys.get(binding.id or "", binding.key).partition(",")[0]
            if key not in lost and (at_all or binding.priority or not self.screen.is_modal):
                told[binding.id] = key_name(key)
        return told
