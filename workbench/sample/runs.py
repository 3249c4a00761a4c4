"""Runs of runbooks in the sample's histories: before a ticket was resolved, or before it went on to another team."""

import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from workbench.runbooks.model import Runbook
from workbench.runbooks.runs.model import Act, Did, NextAct, Run, report
from workbench.runbooks.runs.timeline import began_change, change_of
from workbench.tickets.model import Event
from workbench.tickets.rules import Change
from workbench.tickets.vocabulary import Kind

Fitting = Callable[[Event], Runbook | None]
"""The runbook for a ticket that was opened like this; None where there is none."""

SHARE: Final = 0.5
"""The share of the tickets with a fitting runbook on which somebody runs it."""

_SEED: Final = "runs"
_LEAST: Final = timedelta(minutes=4)
"""What there must be of time before the ticket went on, so that anybody could have followed a runbook."""
_STEP: Final = timedelta(minutes=3)
_WHY_SKIPPED: Final = ("Done by the first caller already.", "Does not apply to this client.", "No access at this tier.")
_WHY_FAILED: Final = ("No change.", "Better for a minute, then the same again.", "The error is still there.")


def with_runs(histories: Iterable[list[Event]], fitting: Fitting, share: float = SHARE) -> Iterator[list[Event]]:
    """The histories, some of them with a run in it; `RunService.record` writes those once the tickets are written."""
    number = 0
    for events in histories:
        runbook = fitting(events[0])
        chance = random.Random(f"{_SEED} {events[0].after['subject']} {events[0].at}")
        if runbook is not None and chance.random() < share and (place := _place(events)) is not None:
            number += 1
            yield _with_run(events, place, number, runbook, chance)
        else:
            yield events


def _place(events: list[Event]) -> int | None:
    """Before which event somebody had time to follow a runbook: the first that resolved it or passed it on."""
    for place, event in enumerate(events):
        if event.kind in (Kind.RESOLVED, Kind.MOVED, Kind.HANDED_OFF):
            return place if event.who and event.at - events[place - 1].at >= _LEAST else None
    return None


def _with_run(events: list[Event], place: int, number: int, runbook: Runbook, chance: random.Random) -> list[Event]:
    before, end = events[place - 1], events[place]
    worked = end.kind is Kind.RESOLVED
    acts = [*_steps(runbook, chance, worked=worked), NextAct(Did.FIXED if worked else Did.NOT_FIXED)]
    length = min(end.at - before.at - timedelta(seconds=30), _STEP * len(acts))
    times = [_whole(end.at - length * (1 - done / len(acts))) for done in range(len(acts) + 1)]
    told = list(_told(number, runbook, acts, times, end.who or ""))
    if worked:
        end = end._replace(after={**end.after, "runbook": runbook.slug}, before={**end.before, "runbook": None})
    return [event._replace(seq=seq) for seq, event in enumerate([*events[:place], *told, end, *events[place + 1 :]], 1)]


def _steps(runbook: Runbook, chance: random.Random, *, worked: bool) -> Iterator[NextAct]:
    """What became of the steps: where the run worked the last one taken helped, otherwise all were tried."""
    last = chance.randint(1, len(runbook.steps)) if worked else len(runbook.steps)
    for step in runbook.steps[:last]:
        helped = worked and step.number == last
        did = Did.DONE if helped else chance.choices((Did.DONE, Did.FAILED, Did.SKIPPED), (6, 3, 1))[0]
        why = {Did.FAILED: _WHY_FAILED, Did.SKIPPED: _WHY_SKIPPED}.get(did)
        yield NextAct(did, step.number, chance.choice(why) if why else "")


def _told(number: int, runbook: Runbook, acts: list[NextAct], times: list[datetime], who: str) -> Iterator[Event]:
    """The events of a run, with the note that one leaves that did not fix it; numbered later."""
    run = Run(number, runbook.slug, runbook.version, runbook.title, runbook.steps, None, ())
    yield _event(times[0], who, began_change(number, runbook.slug, runbook.version, runbook.title))
    for act, at in zip(acts, times[1:], strict=True):
        yield _event(at, who, change_of(run, act))
        run = replace(run, acts=(*run.acts, Act(len(run.acts) + 1, at, who, *act)))
    if acts[-1].did is Did.NOT_FIXED:
        yield _event(times[-1], who, Change(Kind.NOTED, {}, report(run)))


def _event(at: datetime, who: str, change: Change) -> Event:
    return Event(0, at, who, change.kind, text=change.text, before=dict.fromkeys(change.after), after=change.after)


def _whole(at: datetime) -> datetime:
    return at.replace(microsecond=0)
