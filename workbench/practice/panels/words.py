"""What the screen of practice says of a choice, and how far somebody has come, skill by skill."""

from collections.abc import Iterable, Iterator
from typing import Final
from zoneinfo import ZoneInfo

from rich.text import Text

from workbench.duration import format_duration
from workbench.practice.marking import Result
from workbench.practice.model import Scenario, Skill
from workbench.practice.panels.choices import Begin, Broken, Choice, Past, TakeUp, Tour, share
from workbench.practice.progress import Course, Progress, Trend
from workbench.practice.session import DRILLED, SHIFTED, Session, SessionKind
from workbench.widgets.show import show, show_line

BARS: Final = "▁▂▃▄▅▆▇█"
SHOWN: Final = 20
"""Sessions of one trainee that are looked at: the latest."""
DRILLS: Final = {
    Skill.TRIAGE: "How bad is it really, what is it about, and is it known?",
    Skill.OWNERSHIP: "Whose is it, and which way does it go?",
    Skill.RUNBOOK: "Find the runbook that fits, and follow it to its end, against the clock.",
    Skill.HANDOFF: "Hand it off so that nobody has to ask back.",
    Skill.CLOCK: "Answer in time, and be done in time.",
    Skill.COMMUNICATION: "Tell requesters what they have to know.",
}
"""What each skill is about."""
NO_DATA: Final = "no data"
"""Where no session asked for a skill."""
NONE_ENDED: Final = "no session has ended yet"
_STYLES: Final = {Trend.RISING: "green", Trend.FALLING: "yellow", Trend.EVEN: "dim", None: ""}
NOT_YET: Final = "Nothing yet. Choose something and press enter; the tour shows you around first."
TOURED: Final = (
    "Ten minutes through a first ticket, a lookup, a runbook and a hand-off, one hint at a time above the real screens."
    "\n\nenter begins; q leaves it, and it can be taken up."
)


def told(choice: Choice, zone: ZoneInfo) -> Iterator[Text]:
    """What is said of a choice, nothing that would give its answer away."""
    match choice:
        case TakeUp(result, is_here):
            yield from _begun(result, zone)
            if is_here:
                yield show("\nYou are in it: its clock is in the line above.")
            else:
                yield _stands(result.session, zone)
            does = "goes on with its tickets" if is_here else "takes it up where it stood"
            yield show(f"\nenter {does}; x ends it, and shows its points.")
        case Tour():
            yield show_line("Be shown around", "bold")
            yield show(TOURED)
        case Broken(fault):
            yield show_line("This file holds no scenario", "bold red")
            yield show(fault.told)
            yield show("\nMend it and come back; `workbench practice check FILE` tells the same. All others work.")
        case Begin(SessionKind.SCENARIO, _, (shelved,)):
            yield from _scenario(shelved.scenario)
        case Begin(kind, name, scenarios):
            yield from _several(kind, name, len(scenarios))
        case Past(result):
            yield from _begun(result, zone)
            yield Text()
            yield from skills(result)
            yield show("\nenter shows its sheet.", "dim")


def skills(result: Result) -> Iterator[Text]:
    """The points of a session, skill by skill."""
    for skill, (got, most) in result.by_skill().items():
        full = round(10 * got / most) if most else 0
        told = f"{'█' * full}{'░' * (10 - full)} {got:>3} of {most}"
        yield Text.assemble(show_line(f"{skill:<14}", "dim"), show_line(told))


def by_skill(progress: Progress) -> Iterator[Text]:
    """How each skill has come on from session to session, the latest at the right; then the points of all together."""
    if not progress.results:
        yield show(NOT_YET, "dim")
        return
    for skill, course in progress.courses.items():
        told = f"{_bars(course.shares)}{_arrow(course)} {share(course.got, course.most)}  {course.got}/{course.most}"
        yield Text.assemble(show_line(f"{skill:<14}", "dim"), show_line(told if course.most else NO_DATA))


def in_cells(course: Course, width: int) -> Text:
    """A course in two lines of so many cells: its latest sessions and its share, then the points behind that."""
    if not course.most:
        return show_line(NO_DATA)
    percent = f"{round(100 * course.got / course.most)}%"
    room = width - len(percent) - 2
    bars = _bars(course.shares[-room:]) if room > 0 else ""
    first = Text.assemble(show_line(bars), show_line(_arrow(course), _STYLES[course.trend]), show_line(f" {percent}"))
    return Text("\n").join([first, show_line(f"{course.got}/{course.most}")])


def in_sentences(progress: Progress, skill: Skill | None) -> Iterator[Text]:
    """How a trainee comes on in one skill, or in all of them together, in sentences."""
    whose = f"{progress.trainee} · {skill or 'all skills'}"
    course = progress.courses[skill] if skill else progress.whole
    if course.most:
        yield show_line(f"{whose}: {share(course.got, course.most)}, {course.got} of {course.most} points", "bold")
        yield Text.assemble(show_line(_bars(course.shares)), "  ", show_line(_trend_words(course)))
    else:
        yield show_line(f"{whose}: {NO_DATA}", "bold")
        yield show_line(f"no session that has ended asked for it; Drill {skill} does" if skill else NONE_ENDED)
    if skill:
        yield show_line(DRILLS[skill], "dim")


def sessions_ended(count: int) -> str:
    """How many sessions have ended."""
    return f"{count} {'session' if count == 1 else 'sessions'}"


def _trend_words(course: Course) -> str:
    if course.trend is None:
        return sessions_ended(len(course.points))
    before, latest = (f"{round(100 * each)} %" for each in course.shares[-2:])
    told = f"{_arrow(course)} {course.trend}: {before} in the session before, {latest} in the latest"
    return f"{sessions_ended(len(course.points))}, {told}"


def _arrow(course: Course) -> str:
    return {Trend.RISING: "↗", Trend.FALLING: "↘", Trend.EVEN: "→", None: " "}[course.trend]


def _begun(result: Result, zone: ZoneInfo) -> Iterator[Text]:
    session = result.session
    yield show_line(f"{result.title}, seed {session.seed}", "bold")
    yield show_line(f"begun {session.began_at.astimezone(zone):%a %Y-%m-%d %H:%M}", "dim")


def _stands(session: Session, zone: ZoneInfo) -> Text:
    pace = "paused" if session.paused else f"to go on {session.speed} × as fast"
    return show_line(f"its clock stands at {session.sim_at.astimezone(zone):%a %H:%M}, {pace}")


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
        yield show(f"\n{min(DRILLED, fitting)} of {fitting} tickets that ask for it; nothing else is scored.")
    else:
        yield show_line(f"A shift in {name}", "bold")
        yield show(f"{min(SHIFTED, fitting)} of {fitting} tickets, one after the other, whose clocks bite.")
    yield show("\nenter begins. While you work, f2 pauses, f3 and f4 change the speed, f6 gives a hint.", "dim")


def _bars(shares: Iterable[float]) -> str:
    return "".join(BARS[min(len(BARS) - 1, int(each * len(BARS)))] for each in shares)


def total(result: Result) -> str:
    """The points of a session in words."""
    return f"{result.got} of {result.most} points, {share(result.got, result.most)}" if result.most else "no points yet"
