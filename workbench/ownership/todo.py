"""The catalogue's own to-do list: what is unowned, disputed, stale or an open seam, and what tickets say is wrong."""

from datetime import timedelta
from enum import StrEnum
from typing import Final, NamedTuple

from workbench.database.patience import within
from workbench.errors import Interrupted
from workbench.ownership.corrections import Correction
from workbench.ownership.service import OwnershipService

MOST: Final = 200
"""Tasks of each kind; in a catalogue with more of them nobody works from the list's end."""
PATIENCE: Final = 0.15
"""Seconds for what the resolved tickets of all components propose; a screen does not wait for longer."""


class Task(StrEnum):
    """What is to be done about a component."""

    CORRECTION = "correction"
    DISPUTED = "disputed"
    UNOWNED = "unowned"
    SEAM = "seam"
    STALE = "stale"


class ToDo(NamedTuple):
    """Something to be put right: `other` is the team that is proposed, or the component across the seam."""

    task: Task
    component: str
    owners: tuple[str, ...]
    other: str = ""
    why: str = ""
    open_tickets: int = 0


class Tasks(NamedTuple):
    """What is to be done, and how many of each kind there are in all; `whole`: the proposals were found in time."""

    todo: tuple[ToDo, ...]
    counts: dict[Task, int]
    whole: bool = True


def tasks(ownership: OwnershipService) -> Tasks:
    """What is to be put right, in the order of what tickets gain by it: proposals, disputes, unowned, seams, stale."""
    now, store = ownership.clock.now(), ownership.store
    stale_after = timedelta(seconds=ownership.organisation.current().settings.owner_stale_after)
    with ownership.database.snapshot():
        proposed, whole = _corrections(ownership)
        disputed, unowned = store.disputed(), store.unowned()
        stale = store.unconfirmed(now - stale_after)
        seams = [each for each in ownership.seams() if each.seam.lead is None]
        named = [*disputed, *unowned[:_ASKED], *list(stale)[:MOST], *(each.component for each in proposed)]
        opened = ownership.experience.open_tickets(named)
    found = {
        Task.CORRECTION: [
            ToDo(Task.CORRECTION, each.component, each.owners, each.team, each.why, opened.get(each.component, 0))
            for each in proposed
        ],
        Task.DISPUTED: [ToDo(Task.DISPUTED, each, teams) for each, teams in disputed.items()],
        Task.UNOWNED: [ToDo(Task.UNOWNED, each, ()) for each in unowned],
        Task.SEAM: [
            ToDo(Task.SEAM, each.components[0], each.teams, each.components[1], "", tickets) for each, tickets in seams
        ],
        Task.STALE: [ToDo(Task.STALE, each, (team,)) for each, team in stale.items()],
    }
    for task in (Task.DISPUTED, Task.UNOWNED, Task.STALE):
        found[task] = [each._replace(open_tickets=opened.get(each.component, 0)) for each in found[task]]
    for task in (Task.DISPUTED, Task.UNOWNED, Task.SEAM):
        found[task].sort(key=lambda each: -each.open_tickets)
    return Tasks(
        tuple(each for task in Task for each in found[task][:MOST]),
        {task: len(found[task]) for task in Task},
        whole,
    )


_ASKED: Final = 5_000
"""Unowned components whose open tickets are counted."""


def _corrections(ownership: OwnershipService) -> tuple[list[Correction], bool]:
    """What is proposed, and whether there was time to ask all tickets for it."""
    try:
        with within(ownership.database, PATIENCE):
            return ownership.corrections(), True
    except Interrupted:
        return [], False
