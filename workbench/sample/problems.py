"""The known causes of the sample: written down in their time, and linked by those who knew them."""

import random
import tomllib
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from importlib import resources
from typing import Any, Final

from workbench.clock import FixedClock
from workbench.desk import Desk
from workbench.duration import parse_duration
from workbench.problems.matching import matches, subject_of
from workbench.problems.model import NewProblem, Problem, Rule
from workbench.problems.service import ProblemService
from workbench.tickets.model import Event
from workbench.tickets.vocabulary import Kind

SHARE: Final = 0.7
"""The share of the tickets of a known problem that somebody links to it."""
_SEED: Final = "problems"
_TEXTS: Final = ("cause", "workaround", "answer", "root_cause", "permanent_fix")


def write(desk: Desk, moment: datetime) -> None:
    """Writes the problems down, before the tickets are told; `desk.problems.record` compares them with the tickets.

    They are history as the tickets are, and no acts that anybody takes back.
    """
    told = tomllib.loads(resources.files("workbench.sample").joinpath("problems.toml").read_text("utf-8"))
    for each in told["problem"]:
        number = _service(desk, moment, each["written"]).write(_new(each, moment)).number
        if "under_way" in each:
            _service(desk, moment, each["under_way"]).begin_fix(number)
        if "fixed" in each:
            when, _, fix = each["fixed"].partition(": ")
            _service(desk, moment, when).fix(number, fix)
    desk.database.execute("UPDATE problem_event SET act = NULL")


def with_links(histories: Iterable[list[Event]], problems: list[Problem]) -> Iterator[list[Event]]:
    """The histories, some of them linked to the problem that was known; those that were escalated end with it."""
    for events in histories:
        opening = events[0].after
        subject = subject_of(opening.get("component"), opening["subject"], opening.get("body", ""))
        known = next((each for each in problems if matches(each.rule, subject)), None)
        yield events if known is None else _with_link(events, known)


def _with_link(events: list[Event], known: Problem) -> list[Event]:
    chance = random.Random(f"{_SEED} {events[0].after['subject']} {events[0].at}")
    told = [_learned(event, known) for event in events]
    linked = any("problem" in event.after for event in told)
    place = next((place for place, event in enumerate(told) if event.kind in (Kind.TAKEN, Kind.ACCEPTED)), None)
    if not linked and place is not None and told[place].at > known.created_at and chance.random() < SHARE:
        taken = told[place]
        following = told[place + 1].at if place + 1 < len(told) else taken.at
        at = min(taken.at + timedelta(minutes=2), following)
        after = {"problem": known.number}
        told.insert(
            place + 1, Event(0, at, taken.who, Kind.LINKED, text=known.title, before={"problem": None}, after=after)
        )
    return [event._replace(seq=seq) for seq, event in enumerate(told, 1)]


def _learned(event: Event, known: Problem) -> Event:
    """A resolve that called it a one-off names the problem instead, once there was one."""
    if event.kind is not Kind.RESOLVED or "one_off" not in event.after or event.at <= known.created_at:
        return event
    after, before = ({k: v for k, v in fields.items() if k != "one_off"} for fields in (event.after, event.before))
    return event._replace(after=after | {"problem": known.number}, before=before | {"problem": None})


def _service(desk: Desk, moment: datetime, when: str) -> ProblemService:
    """The problems as somebody has them at an instant: `83d viktor`."""
    ago, who = when.split()
    clock = FixedClock(moment - timedelta(seconds=parse_duration(ago)))
    return ProblemService(desk.database, desk.organisation, desk.tickets, clock, who)


def _new(told: dict[str, Any], moment: datetime) -> NewProblem:
    rule = Rule(
        tuple(told.get("words", ())), told.get("signature", ""), told.get("component", ""), told.get("pattern", "")
    )
    expected = told.get("expected")
    return NewProblem(
        told["title"],
        rule,
        **{name: told.get(name, "") for name in _TEXTS},
        expected_at=moment + timedelta(seconds=parse_duration(expected)) if expected else None,
    )
