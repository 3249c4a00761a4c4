"""What can be chosen on the screen of practice: a session to take up, one to begin, one to look back at."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from rich.text import Text

from workbench.practice.marking import Result
from workbench.practice.model import Fault, Skill
from workbench.practice.session import SessionKind
from workbench.practice.shelf import Shelf, Shelved
from workbench.widgets.show import show_line


class Lobby(NamedTuple):
    """What there is to choose from, for one trainee: the scenarios, the open session, and their own that are over.

    `is_here`: the open session is the one that goes on while they choose.
    """

    shelf: Shelf
    going: Result | None
    results: tuple[Result, ...]
    is_here: bool = False


@dataclass(frozen=True, slots=True)
class TakeUp:
    """The session that is open, with its points so far; where it `is_here` its time goes on meanwhile."""

    result: Result
    is_here: bool


@dataclass(frozen=True, slots=True)
class Tour:
    """Being shown around."""


@dataclass(frozen=True, slots=True)
class Begin:
    """A new session; `scenarios` are those it draws from."""

    kind: SessionKind
    name: str
    scenarios: tuple[Shelved, ...]


@dataclass(frozen=True, slots=True)
class Past:
    """A session that is over."""

    result: Result


@dataclass(frozen=True, slots=True)
class Broken:
    """What is wrong with a file that should hold a scenario."""

    fault: Fault


Choice = TakeUp | Tour | Begin | Past | Broken


def choices(lobby: Lobby) -> Iterator[Choice]:
    """All of them: what is open or broken first, then what can be begun, then what was."""
    if lobby.going is not None:
        yield TakeUp(lobby.going, lobby.is_here)
    yield from map(Broken, lobby.shelf.faults)
    yield Tour()
    shelved = tuple(lobby.shelf.scenarios.values())
    for level in sorted(Counter(each.scenario.level for each in shelved)):
        fitting = tuple(each for each in shelved if each.scenario.level == level)
        yield Begin(SessionKind.SHIFT, level, fitting)
    for skill in Skill:
        if fitting := tuple(each for each in shelved if skill in each.scenario.skills):
            yield Begin(SessionKind.DRILL, skill.value, fitting)
    for each in sorted(shelved, key=lambda each: (each.scenario.level, each.scenario.title)):
        yield Begin(SessionKind.SCENARIO, each.scenario.name, (each,))
    yield from map(Past, reversed(lobby.results))


def line(choice: Choice) -> Text:
    """A choice in a line."""
    match choice:
        case TakeUp(result, is_here):
            return show_line(f"▶ {'go on' if is_here else 'take up'}  {result.title}", "bold yellow")
        case Tour():
            return Text.assemble(show_line("Tour  ", "bold"), show_line("the first ten minutes"))
        case Broken(fault):
            return show_line(f"! {Path(fault.path).name}:{fault.line}: {fault.reason}", "red")
        case Begin(SessionKind.SCENARIO, _, (shelved,)):
            scenario, own = shelved.scenario, " (own)" if shelved.own else ""
            return Text.assemble(show_line(f"{scenario.level} ", "dim"), show_line(f"{scenario.title}{own}"))
        case Begin(kind, name, _):
            return Text.assemble(show_line(f"{kind.capitalize():<6}", "bold"), show_line(name))
        case Past(result):
            told = f"{result.session.began_at:%m-%d}  {share(result.got, result.most):>5}  {result.title}"
            return show_line(told, "dim")


def share(got: int, most: int) -> str:
    """Points as a part of all."""
    return f"{round(100 * got / most)} %" if most else "–"
