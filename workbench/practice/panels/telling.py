"""What the screen of practice says of a choice, and how far somebody has come, skill by skill."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final
from zoneinfo import ZoneInfo

from rich.text import Text

from workbench.duration import format_duration
from workbench.practice.marking import Result
from workbench.practice.model import Scenario, Skill
from workbench.practice.panels.choices import Begin, Broken, Choice, Past, TakeUp, share
from workbench.practice.session import DRILLED, SHIFTED, Session, SessionKind
from workbench.widgets.show import show, show_line

BARS: Final = "▁▂▃▄▅▆▇█"
SHOWN: Final = 20
"""Sessions of which the bars are shown: the latest."""
DRILLS: Final = {
    Skill.TRIAGE: "How bad is it really, what is it about, and is it known?",
    Skill.OWNERSHIP: "Whose is it, and which way does it go?",
    Skill.RUNBOOK: "Find the runbook that fits, and follow it to its end.",
    Skill.HANDOFF: "Hand it off so that nobody has to ask back.",
    Skill.CLOCK: "Answer in time, and be done in time.",
    Skill.COMMUNICATION: "Tell requesters what they have to know.",
}
"""What each skill is about."""
NOT_YET: Final = "Nothing yet. Choose a scenario and press enter; `workbench tour` shows you around first."


def told(choice: Choice, zone: ZoneInfo) -> Iterator[Text]:
    """What is said of a choice, nothing that would give its answer away."""
    match choice:
        case TakeUp(session):
            yield from _session(session, zone)
            yield show("enter takes it up where it stood; x ends it, and shows its points.")
        case Broken(fault):
            yield show_line("This file holds no scenario", "bold red")
            yield show(fault.told)
            yield show("\nMend it and come back; `workbench practice check FILE` tells the same. All others work.")
        case Begin(SessionKind.SCENARIO, _, (shelved,)):
            yield from _scenario(shelved.scenario)
        case Begin(kind, name, scenarios):
            yield from _several(kind, name, len(scenarios))
        case Past(result):
            yield from _session(result.session, zone)
            yield from skills(result)
            yield show("\nenter shows its sheet.", "dim")


def skills(result: Result) -> Iterator[Text]:
    """The points of a session, skill by skill."""
    for skill, (got, most) in result.by_skill().items():
        full = round(10 * got / most) if most else 0
        told = f"{'█' * full}{'░' * (10 - full)} {got:>3} of {most}"
        yield Text.assemble(show_line(f"{skill:<14}", "dim"), show_line(told))


def progress(results: Sequence[Result]) -> Iterator[Text]:
    """How each skill has come on from session to session, the latest at the right."""
    if not results:
        yield show(NOT_YET, "dim")
    for skill in Skill if results else ():
        shares = [shown for result in results if (shown := _share(result, skill)) is not None]
        told = f"{_bars(shares[-SHOWN:])}  {round(100 * shares[-1])} %" if shares else "–"
        yield Text.assemble(show_line(f"{skill:<14}", "dim"), show_line(told))


def _session(session: Session, zone: ZoneInfo) -> Iterator[Text]:
    yield show_line(f"{session.title}, seed {session.seed}", "bold")
    yield show_line(f"begun {session.began_at.astimezone(zone):%a %Y-%m-%d %H:%M}", "dim")
    if session.ended_at is None:
        yield show_line(f"its clock stands at {session.sim_at.astimezone(zone):%a %H:%M}, {session.speed} × as fast")
    yield Text()


def _scenario(scenario: Scenario) -> Iterator[Text]:
    within = format_duration(int(scenario.truth.within.total_seconds()))
    yield show(f"{scenario.level}: {', '.join(scenario.skills)}; within {within}", "dim")
    yield Text()
    yield show_line(f"{scenario.contact} of {scenario.client} writes:", "dim")
    yield show_line(scenario.subject, "bold")
    yield show(scenario.body)


def _several(kind: SessionKind, name: str, fitting: int) -> Iterator[Text]:
    if kind is SessionKind.DRILL:
        yield show_line(f"Drill: {name}", "bold")
        yield show(DRILLS[Skill(name)])
        yield show(f"\n{min(DRILLED, fitting)} of {fitting} tickets that ask for it; nothing else counts.")
    else:
        yield show_line(f"A shift in {name}", "bold")
        yield show(f"{min(SHIFTED, fitting)} of {fitting} tickets, one after the other, whose clocks bite.")
    yield show("\nenter begins. While you work, f2 pauses, f3 and f4 change the speed, f6 gives a hint.", "dim")


def _share(result: Result, skill: Skill) -> float | None:
    got, most = result.by_skill().get(skill, (0, 0))
    return got / most if most else None


def _bars(shares: Iterable[float]) -> str:
    return "".join(BARS[min(len(BARS) - 1, int(each * len(BARS)))] for each in shares)


def total(result: Result) -> str:
    """The points of a session in words."""
    return f"{result.got} of {result.most} points, {share(result.got, result.most)}"
