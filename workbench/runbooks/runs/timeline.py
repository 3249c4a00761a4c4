"""What the acts of a run say in the timeline of its ticket, and how they are read back from there."""

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from workbench.runbooks.runs.model import ENDINGS, Act, Did, NextAct, Run, brief
from workbench.text import one_line
from workbench.tickets.model import Event
from workbench.tickets.replay import standing_events
from workbench.tickets.rules import Change, Resolution
from workbench.tickets.vocabulary import Kind

FIELD: Final = "run"
"""Under this name an event tells of which run and of which act it is."""


def began_change(number: int, runbook: str, version: int, title: str) -> Change:
    """The event of a run that begins."""
    return Change(Kind.RUN, _field(number, runbook, version, Did.BEGAN, None), f"began {one_line(title)}")


def change_of(run: Run, act: NextAct) -> Change:
    """The event of a further act: its first line says what was done, what follows is the note."""
    after = _field(run.number, run.runbook, run.version, act.did, act.step)
    if act.step is None:
        kind, head = Kind.RUN, f"{one_line(run.title)}: {act.did.words}"
    else:
        kind = Kind.NOTED if act.did is Did.NOTED else Kind.STEPPED
        head = f"{one_line(run.title)}, step {act.step}, {one_line(run.step(act.step).title)}: {act.did.words}"
    return Change(kind, after, f"{head}\n{act.note}" if act.note else head)


def resolution_of(run: Run) -> Resolution:
    """What the run says about a ticket that it fixed; what the cause was it does not know."""
    done = [
        f"{number}. {run.step(number).title}{f': {brief(act.note)}' if act.note else ''}"
        for number, act in sorted(run.outcomes.items())
        if act.did is Did.DONE
    ]
    fix = "\n".join((f"Runbook {run.title} ({run.runbook}) fixed it.", *done))
    return Resolution(fix=fix, runbook=run.runbook)


class Recorded(NamedTuple):
    """A run as the events of a ticket tell of it, each act with its event's number."""

    number: int
    runbook: str
    version: int
    acts: tuple[tuple[Act, int], ...]


def recorded(events: Iterable[Event]) -> Iterator[Recorded]:
    """The runs that a ticket's events tell of."""
    told: dict[int, list[Event]] = {}
    for event in standing_events(events):
        if isinstance(event.after.get(FIELD), dict):
            told.setdefault(event.after[FIELD]["number"], []).append(event)
    for number, group in told.items():
        first = group[0].after[FIELD]
        acts = tuple((_act(seq, event), event.seq) for seq, event in enumerate(group, start=1))
        yield Recorded(number, first["runbook"], first["version"], acts)


def _act(seq: int, event: Event) -> Act:
    field = event.after[FIELD]
    did = Did(field["did"])
    note = "" if did is Did.BEGAN else event.text.partition("\n")[2]
    return Act(seq, event.at, event.who or "", did, field["step"], note)


def _field(number: int, runbook: str, version: int, did: Did, step: int | None) -> dict[str, object]:
    assert (step is None) == (did is Did.BEGAN or did in ENDINGS)
    return {FIELD: {"number": number, "runbook": runbook, "version": version, "did": did.value, "step": step}}
