"""What the owners' list shows for a query, for a ticket, or for neither."""

from typing import Final, NamedTuple

from workbench.organisation.service import OrganisationService
from workbench.ownership.card import Card
from workbench.ownership.guessing import guess
from workbench.ownership.matching.findings import Answer
from workbench.ownership.matching.scores import SURE
from workbench.ownership.model import Seam
from workbench.ownership.panels.rows import Row, component_row, found_rows, person_row, team_row, todo_row
from workbench.ownership.service import Looked, OwnershipService
from workbench.ownership.todo import Task, Tasks, tasks
from workbench.text import one_line
from workbench.tickets.model import Ticket

MOST: Final = 20
"""Components that one query finds."""
_NAME: Final = 40
"""Characters up to which a query may be meant for a team or a person."""
_QUOTED: Final = 24
"""Characters of a query that are quoted: what is told of it then fits a line of 80 cells."""
FILL: Final = """\
N adds something.

`workbench import owners PATH` brings all there is: a table, CODEOWNERS, Backstage.
"""
"""What to do where there is no component."""
ASK: Final = "Type a name, a host, a URL, a path or an error message."
"""What to do where there is nothing to be put right."""
NOTE: Final = "Other words may find it.\n\ntab, then N notes it as unowned."
"""What to do where nothing is found."""


class Shown(NamedTuple):
    """The lines, what stands over them, and what is known of each component that was found.

    `advice` says what to do where there is no line.
    """

    rows: tuple[Row, ...]
    told: str
    found: dict[str, tuple[Answer, Card]]
    seams: tuple[Seam, ...] = ()
    nearest: tuple[str, ...] = ()
    advice: str = NOTE


def looked_up(ownership: OwnershipService, query: str) -> Shown:
    """What a query finds among components, teams and people."""
    looked = ownership.lookup(query, MOST)
    others = _named(ownership.organisation, query.strip())
    shown = _shown(looked, others)
    if not shown.rows:
        quoted = one_line(query.strip())
        quoted = f"{quoted[:_QUOTED]}…" if len(quoted) > _QUOTED else quoted
        near = tuple(component_row(card) for card in ownership.cards(ownership.store.components(shown.nearest)))
        nearest = " · tab, then N notes it · the nearest names" if near else ""
        return shown._replace(rows=near, told=f"Nothing fits {quoted}{nearest}")
    cut = " · only its beginning was looked at" if looked.found.cut else ""
    return shown._replace(told=f"{_count(len(looked.cards), 'component')}{_ties(looked)}{cut}")


def guessed(ownership: OwnershipService, ticket: Ticket) -> Shown:
    """What a ticket may be about, the best guess first."""
    looked = guess(ownership, ticket)
    shown = _shown(looked, [])
    if shown.rows:
        return shown._replace(told=f"{_count(len(looked.cards), 'component')} named in #{ticket.ref}{_ties(looked)}")
    advice = "Type what it is about.\n\ntab, then N notes it as unowned."
    return shown._replace(told=f"#{ticket.ref} names nothing of the catalogue", advice=advice)


def to_do(ownership: OwnershipService) -> Shown:
    """What is to be put right in the catalogue."""
    found = tasks(ownership)
    if not found.todo and ownership.store.is_empty():
        return Shown((), "Nothing is in the catalogue yet", {}, advice=FILL)
    return Shown(tuple(todo_row(each) for each in found.todo), _told(found), {}, advice=ASK)


def _shown(looked: Looked, others: list[Row]) -> Shown:
    pairs = list(zip(looked.found.answers, looked.cards, strict=True))
    return Shown(
        tuple(dict.fromkeys(found_rows(pairs, others, SURE))),
        "",
        {card.component.slug: (answer, card) for answer, card in pairs},
        tuple(looked.found.seams),
        tuple(looked.found.nearest),
    )


def _named(organisation: OrganisationService, query: str) -> list[Row]:
    if not query or len(query) > _NAME:
        return []
    current, wanted = organisation.current(), query.casefold()
    teams = [each for each in organisation.teams_like(query) if wanted in f"{each.slug} {each.name}".casefold()]
    people = [each for each in organisation.people_like(query) if wanted in f"{each.login} {each.name}".casefold()]
    return [*map(team_row, teams), *(person_row(each, current.teams_of(each.login)) for each in people)]


def _ties(looked: Looked) -> str:
    tied = sum(answer.tied for answer in looked.found.answers)
    return f" · {tied} fit equally well" if tied > 1 else ""


def _told(found: Tasks) -> str:
    names = {
        Task.CORRECTION: "proposed",
        Task.DISPUTED: "disputed",
        Task.UNOWNED: "unowned",
        Task.SEAM: "open seam",
        Task.STALE: "stale",
    }
    names[Task.SEAM] += "" if found.counts[Task.SEAM] == 1 else "s"
    parts = [f"{count:,} {names[task]}" for task, count in found.counts.items() if count]
    if not found.whole:
        parts.append("what tickets propose takes longer: `workbench owners corrections`")
    return "To do: " + (" · ".join(parts) or "nothing, the catalogue is in order")


def _count(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
