"""A trainee in front of the screens of practice: every act of a key, by the keys that a person presses."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

from textual.screen import Screen

from tests.practice.filling import PAGE, form_of, part_of
from tests.practice.rehearsals import Rehearsal
from tests.support.driver import SMALL, Seat
from tests.support.offices import Office
from workbench.duration import parse_duration
from workbench.escalation.panels.entries import EntryList
from workbench.escalation.screen import FormScreen
from workbench.ownership.panels.query_line import QueryLine
from workbench.ownership.screen import OwnersScreen
from workbench.practice.model import Scenario
from workbench.practice.scoring import Sheet
from workbench.practice.session import SessionKind
from workbench.practice_app import PracticeApp
from workbench.practice_desk import PracticeDesk
from workbench.runbooks.screen import LibraryScreen
from workbench.tickets.vocabulary import Priority
from workbench.widgets.ask import AskLine
from workbench.widgets.line import Line

SEED = 1
MOST = 20
"""Times that she does the same again, where she cannot know how often it takes."""


class Trainee:
    """Zoe at one ticket of a scenario; whatever she does goes through the screen in front of her."""

    def __init__(self, seat: Seat, rehearsal: Rehearsal, desk: PracticeDesk, scenario: Scenario) -> None:
        self.seat = seat
        self.scenario = scenario
        self.desk = desk
        self._rehearsal = rehearsal
        (arrival,) = desk.practice.status().arrived
        assert arrival.ref is not None
        self.ref = arrival.ref

    @property
    def sheet(self) -> Sheet:
        """The points as they would be if the session ended now."""
        (marked,) = self.desk.practice.result().marked
        return marked.sheet

    async def act(self, act: str) -> None:
        """One line of a key."""
        verb, _, rest = act.partition(" ")
        truth = self.scenario.truth
        match act:
            case "take":
                await self.take()
            case "priority":
                await self.prioritise(truth.priority)
            case "component":
                await self.look_up(truth.component or "")
            case "run":
                await self.run(truth.runbook or "")
            case "link":
                await self.link()
            case "hand off":
                await self.hand_off(form_of(self.scenario, self.lead))
            case "call in":
                for team in truth.called:
                    await self.call_in(self.desk.organisation.current().team(team).people[0])
            case "tell callers":
                await self.tell_callers("It is known, and somebody works on it.")
            case _ if verb == "wait":
                await self.wait(parse_duration(rest))
            case _ if verb == "say":
                await self.say(rest)
            case _ if verb == "resolve:":
                cause, _, fix = rest.partition(" | ")
                await self.resolve(cause, fix)
            case _:
                raise AssertionError(f"no act of a key: {act}")

    @property
    def lead(self) -> str:
        """Who drives the swarm, where it takes one."""
        truth = self.scenario.truth
        return self.desk.organisation.current().team(truth.to).people[0] if truth.to else ""

    async def take(self) -> None:
        """Makes the ticket hers."""
        await self.seat.press("t")

    async def prioritise(self, priority: Priority) -> None:
        """Gives it a priority, by its number, with a reason."""
        await self.seat.press("p")
        await self.seat.press(priority[1], "enter")
        await self.seat.press(*"seen", "enter")

    async def look_up(self, component: str) -> None:
        """Says what the ticket is about: the first guess, or what she looks up; what that opens next is left."""
        here = self.screen
        await self.seat.press("o")
        assert isinstance(self.screen, OwnersScreen), self.seat.screen
        if self.screen.row is None or self.screen.row.name != component:
            if not isinstance(self.seat.app.focused, QueryLine):
                await self.seat.press("slash")
            await self.seat.press(*component)
        await self.seat.press("enter")
        if self.screen is not here:
            await self.seat.press("escape")

    async def say(self, words: str) -> None:
        """Writes to the requester."""
        await self.seat.press("c")
        await self.seat.press(*words)
        await self.seat.press("ctrl+s")

    async def note(self, words: str) -> None:
        """Writes what the requester does not see."""
        await self.seat.press("C")
        await self.seat.press(*words)
        await self.seat.press("ctrl+s")

    async def run(self, slug: str) -> None:
        """Begins a runbook and takes it step by step; commands that print something run, and nothing is judged yet."""
        await self.begin(slug)
        run = self.desk.runs.open_run(slug, self.ref)
        assert run is not None, self.seat.screen
        done = 0
        for step in run.steps:
            if (slug, step.number) in self.scenario.outputs:
                await self.seat.press(*"d" * done)
                await self.execute()
                done = 0
            done += 1
        await self.seat.press(*"d" * done)
        await self.seat.press("l")
        await self.leave()

    async def begin(self, slug: str) -> None:
        """Begins a runbook, found among those that fit, the best first."""
        await self.seat.press("r")
        assert isinstance(self.screen, LibraryScreen), self.seat.screen
        for _ in self.screen.shelf.rows:
            if self.screen.books.row is not None and self.screen.books.row.entry.slug == slug:
                break
            await self.seat.press("j")
        await self.seat.press("enter")

    async def execute(self) -> None:
        """Runs the command of the step in view, gives it every value that it asks for, and sees what it prints."""
        await self.seat.press("exclamation_mark")
        for _ in range(MOST):
            if not isinstance(self.screen, AskLine):
                break
            await self.seat.press(*"x1")
            await self.seat.press("enter")
        await self.seat.press("y")
        await self.seat.app.workers.wait_for_complete()
        await self.seat.press()

    async def link(self, *, another: bool = False) -> None:
        """Links the known problem on which the list stands, or the next one."""
        await self.seat.press("P")
        if another:
            await self.seat.press("j")
        await self.seat.press("l")
        await self.seat.press("q")

    async def resolve(self, cause: str, fix: str) -> None:
        """Resolves it with cause and fix."""
        await self.seat.press("s")
        await self.seat.press("2", "enter")
        await self.seat.press(*cause)
        await self.seat.press("tab")
        await self.seat.press(*fix)
        await self.seat.press("ctrl+s")

    async def hand_off(self, form: Mapping[str, str], *, anew: bool = False) -> None:
        """Fills the form in part by part, and sends it; goes up past a known owner without much of a reason."""
        await self.seat.press("e")
        for name, words in form.items():
            await self.fill_in(name, words, anew=anew)
        if any(part_of(widget) == "why_up" for widget in self.screen.focus_chain):
            await self.fill_in("why_up", "they know")
        await self.send()

    async def send(self) -> None:
        """Sends the form."""
        await self.seat.press("ctrl+s")

    @property
    def held_up(self) -> bool:
        """Whether the form is still there, because it lacks something."""
        return isinstance(self.screen, FormScreen)

    async def fill_in(self, name: str, words: str, *, anew: bool = False) -> None:
        """Goes to a part of the form, and says this there, beside what stands there or instead of it."""
        await self.go_to(name)
        if name == "steps":
            await self._add(words)
            await self.seat.press("d")
        elif name == "diagnostics":
            await self._add(words, words)
        else:
            if name in ("to", "category") or (anew and name != "direction"):
                await self.seat.press("ctrl+u", "backspace", "ctrl+u")  # a line of a box goes on in the next
            await self.seat.press(*words)

    async def _add(self, *parts: str) -> None:
        """One more row of a list."""
        await self.seat.press("a")
        await self.seat.until(lambda: isinstance(self.seat.app.focused, Line))
        for words in parts:
            await self.seat.press(*words, "enter")
        for _ in range(MOST):
            if isinstance(self.seat.app.focused, EntryList):
                break
            await self.seat.press("enter")

    async def leave(self, times: int = 1) -> None:
        """Back to where she came from."""
        for _ in range(times):
            await self.seat.press("escape")

    async def take_back(self) -> None:
        """Takes her latest change back."""
        await self.seat.press("u")

    async def go_to(self, name: str) -> None:
        """Walks through the form to one of its parts; what is entered on the way may show more that is passed."""
        for _ in range(2 * len(PAGE)):
            chain = self.screen.focus_chain
            parts, focused = [part_of(widget) for widget in chain], self.seat.app.focused
            assert name in parts, f"no {name} in\n{self.seat.screen}"
            assert focused in chain, self.seat.screen
            steps = parts.index(name) - chain.index(focused)
            if not steps:
                return
            await self.seat.press(*["tab" if steps > 0 else "shift+tab"] * abs(steps))
        raise AssertionError(f"{name} is not reached\n{self.seat.screen}")

    async def call_in(self, login: str) -> None:
        """Calls somebody into the swarm."""
        await self.seat.press("W")
        await self.seat.press("plus")
        await self.seat.press(*login)
        await self.seat.press("enter")
        await self.seat.press("q")

    async def tell_callers(self, words: str) -> None:
        """Answers the others who wrote about the same, each in the queue."""
        await self.seat.press("escape")
        for caller in range(self.ref + 1, self.desk.tickets.store.next_number()):
            await self.seat.press("g")
            for _ in range(MOST):
                if self.seat.ticket == caller:
                    break
                await self.seat.press("j")
            assert self.seat.ticket == caller, self.seat.screen
            await self.say(words)

    async def wait(self, seconds: float) -> None:
        """Lets so much time pass, and the screens notice."""
        self._rehearsal.seconds += seconds
        await self.seat.app.run_action("tick")
        await self.seat.press()

    async def end(self) -> None:
        """Ends the session; its sheet is in front of her then."""
        await self.seat.press("f8")
        await self.seat.press("y")

    @property
    def screen(self) -> Screen[object]:
        """The screen in front of her."""
        return self.seat.app.screen


@asynccontextmanager
async def practising(rehearsal: Rehearsal, scenario: Scenario, office: Office) -> AsyncIterator[Trainee]:
    """Zoe in front of the one ticket of a scenario, whose time stands still until she lets it pass."""
    with rehearsal.desk() as desk:
        desk.practice.begin(SessionKind.SCENARIO, scenario.name, seed=SEED)
    async with taking_up(rehearsal, scenario, office) as zoe:
        yield zoe


@asynccontextmanager
async def taking_up(rehearsal: Rehearsal, scenario: Scenario, office: Office) -> AsyncIterator[Trainee]:
    """Zoe at the ticket where she left it."""
    with rehearsal.desk() as desk:
        app = PracticeApp(desk)
        async with app.run_test(size=SMALL, notifications=True) as pilot:
            await pilot.pause()
            zoe = Trainee(Seat(office, app, pilot), rehearsal, desk, scenario)
            app.open_ticket(zoe.ref)
            await pilot.pause()
            yield zoe
