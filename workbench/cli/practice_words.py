"""Practice in words for a terminal."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from workbench.cli.layout import indented
from workbench.duration import format_duration
from workbench.practice.acts import acts_told
from workbench.practice.happening import News
from workbench.practice.marking import Marked, Result
from workbench.practice.model import Scenario, Skill
from workbench.practice.service import Status
from workbench.text import one_line, visible


def scenario_words(scenario: Scenario, *, with_key: bool) -> Iterator[str]:
    """A scenario as its requester tells it, and only where it is asked for what it really is."""
    skills = ", ".join(scenario.skills)
    within = format_duration(int(scenario.truth.within.total_seconds()))
    yield one_line(f"{scenario.title} ({scenario.level}: {skills}; within {within})")
    yield one_line(f"{scenario.contact} of {scenario.client} writes: {scenario.subject}")
    yield from indented(scenario.body, "  ")
    if with_key:
        yield "What it really is:"
        yield from indented(scenario.lesson, "  ")
        yield "What to do:"
        yield from indented("\n".join(acts_told(scenario)), "  ")


def status_words(status: Status, zone: str) -> Iterator[str]:
    """Where a session stands."""
    session = status.session
    pace = "paused" if session.paused else f"{session.speed} times as fast"
    told = f"session {session.number}, {session.title} (seed {session.seed}): {_wall(status.now, zone)}, {pace}"
    yield one_line(f"{told}, {status.to_come} still to come")
    for each in status.arrived:
        yield one_line(f"#{each.ref} came in at {_wall(each.due_at, zone)}")


def news_words(happened: Iterable[News], zone: str) -> Iterator[str]:
    """What has happened, a line each."""
    return (one_line(f"{_wall(news.at, zone)} {news.words}") for news in happened)


def result_words(result: Result) -> Iterator[str]:
    """The points of a session with their reasons, what to work on next, and what to read."""
    session = result.session
    standing = f"{'over' if session.ended_at else 'going on'}, {_of(result.got, result.most)}"
    yield one_line(f"session {session.number}, {session.title}, {session.trainee}: {standing}")
    for each in result.marked:
        yield from _marked_words(each)
    for label, told in (("Work on next", result.next_to_learn()), ("Read", result.to_read())):
        if told:
            yield f"{label}:"
            yield from (one_line(f"  {each}") for each in told)


def progress_rows(results: Sequence[Result]) -> list[Sequence[str]]:
    """Sessions as the rows of a table, with a column for each skill."""
    rows: list[Sequence[str]] = [("SESSION", "TRAINEE", "BEGAN", "WHAT", "POINTS", *(skill.upper() for skill in Skill))]
    for result in results:
        session, skills = result.session, result.by_skill()
        shares = (_share(*skills[skill]) if skill in skills else "-" for skill in Skill)
        day = f"{session.began_at:%Y-%m-%d}"
        total = _share(result.got, result.most)
        rows.append((str(session.number), session.trainee, day, session.title, total, *shares))
    return rows


def _marked_words(marked: Marked) -> Iterator[str]:
    if not marked.over:
        yield one_line(f"#{marked.ref} {marked.scenario.title}: still worked on")
        return
    sheet = marked.sheet
    hints = f", {sheet.hints} {'hint' if sheet.hints == 1 else 'hints'}" if sheet.hints else ""
    yield one_line(f"#{marked.ref} {marked.scenario.title}: {_of(sheet.got, sheet.most)}{hints}")
    for point in sheet.points:
        yield one_line(f"  {point.got:>3} of {point.most:>2}  {point.told}")
    yield from indented(marked.scenario.lesson, "  ")


def _of(got: int, most: int) -> str:
    return f"{got} of {most} points"


def _share(got: int, most: int) -> str:
    return f"{round(100 * got / most)} %" if most else "-"


def _wall(at: datetime, zone: str) -> str:
    return visible(f"{at.astimezone(ZoneInfo(zone)):%a %H:%M:%S}")
