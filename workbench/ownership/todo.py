"""The catalogue's own to-do list: what is unowned, disputed, stale or an open seam, and what tickets say is wrong."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from enum import StrEnum
from itertools import islice
from typing import Final, NamedTuple

from workbench.database.patience import within
from workbench.errors import Interrupted
from workbench.ownership.corrections import Correction
from workbench.ownership.service import OwnershipService, SeamTickets

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
    """Something to be put right: `other` is the team that is proposed, if any, or the component across the seam."""

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
    todo = [
        *(
            ToDo(Task.CORRECTION, each.component, each.owners, each.team or "", each.why, opened.get(each.component, 0))
            for each in proposed[:MOST]
        ),
        *(
            ToDo(Task.DISPUTED, each, disputed[each], open_tickets=opened.get(each, 0))
            for each in _busiest(disputed, opened)
        ),
        *(ToDo(Task.UNOWNED, each, (), open_tickets=opened.get(each, 0)) for each in _busiest(unowned, opened)),
        *(_at_seam(each) for each in sorted(seams, key=lambda each: -each.open_tickets)[:MOST]),
        *(
            ToDo(Task.STALE, each, (team,), open_tickets=opened.get(each, 0))
            for each, team in islice(stale.items(), MOST)
        ),
    ]
    counts = {
        Task.CORRECTION: len(proposed),
        Task.DISPUTED: len(disputed),
        Task.UNOWNED: len(unowned),
        Task.SEAM: len(seams),
        Task.STALE: len(stale),
    }
    return Tasks(tuple(todo), counts, whole)


_ASKED: Final = 5_000
"""Unowned components whose open tickets are counted."""


def _busiest(slugs: Iterable[str], opened: Mapping[str, int]) -> list[str]:
    """Those with the most open tickets, then the first of the others."""
    found = sorted(opened.keys() & set(slugs), key=lambda slug: (-opened[slug], slug))
    return [*found, *islice((slug for slug in slugs if slug not in opened), MOST)][:MOST]


def _at_seam(each: SeamTickets) -> ToDo:
    first, second = each.seam.components
    return ToDo(Task.SEAM, first, each.seam.teams, second, open_tickets=each.open_tickets)


def _corrections(ownership: OwnershipService) -> tuple[list[Correction], bool]:
    """What is proposed, and whether there was time to ask all tickets for it."""
    try:
        with within(ownership.database, PATIENCE):
            return ownership.corrections(), True
    except Interrupted:
        return [], False
