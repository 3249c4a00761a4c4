"""How the catalogue learns: who else might own a component, because tickets or people say so.

The tickets propose a team where, of the last 20 resolved ones, at least two were resolved by its people and fewer by
the present owner's. What a lower tier than the owner's resolved says nothing, since resolving what others own is what
it is there for; of a component that nobody owns, the first tier's says nothing.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple

from workbench.clock import iso, stored
from workbench.database import Database
from workbench.organisation.model import Organisation
from workbench.ownership.cards import team_of
from workbench.ownership.changes import CatalogueKind
from workbench.ownership.experience import Resolve
from workbench.ownership.log import CatalogueLog
from workbench.ownership.model import Component

ENOUGH: Final = 2
"""Tickets that another team must have resolved before the catalogue asks."""


class Correction(NamedTuple):
    """That a component may belong to `team` rather than to its owners, why, and which tickets show it.

    No team: its owner says that it is not theirs, and nobody says whose it is.
    """

    component: str
    owners: tuple[str, ...]
    team: str | None
    tickets: tuple[int, ...]
    why: str
    at: datetime


class Proposal(NamedTuple):
    """What somebody proposed, or would not have proposed again.

    `against`: that the component is not the team's, by whom of it gave the ticket back as wrong owner.
    """

    ticket: int | None
    why: str
    who: str
    at: datetime
    dismissed: bool
    against: bool = False


_PROPOSALS: Final = """
    SELECT component, team, ticket_id, why, who, at, dismissed FROM correction WHERE at <= :until
    UNION ALL
    SELECT said.component, team, said.after ->> 'ticket', said.after ->> 'why', said.who, said.at,
        said.kind = 'dismissed'
    FROM correction CROSS JOIN catalogue_event AS said ON said.component = correction.component
    WHERE correction.at > :until AND said.kind IN ('proposed', 'dismissed')
    AND said.after ->> 'team' = correction.team AND said.at <= :until
    GROUP BY said.component, team HAVING max(said.id)
"""
"""The rows up to an instant; of those that were written over since the last of then, as the log tells it."""
_TOLD: Final = f"""
    SELECT said.*, EXISTS (
        SELECT 1 FROM handoff WHERE handoff.ticket_id = said.ticket_id
        AND to_team = said.team AND ended_by = said.who AND code = 'wrong_owner'
    ) FROM ({_PROPOSALS}) AS said
"""
"""The same, each with whether it is the team's own word against itself."""


class CorrectionStore:
    """Reads and writes what people proposed and dismissed; every write inside the caller's transaction."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._log = CatalogueLog(database)

    def proposals(self, until: datetime) -> dict[str, dict[str, Proposal]]:
        """What was proposed or dismissed for each component up to an instant, by the team."""
        found: dict[str, dict[str, Proposal]] = defaultdict(dict)
        for component, team, *row in self.database.rows(_TOLD, {"until": iso(until)}):
            found[component][team] = _proposal(row)
        return found

    def write(self, component: str, team: str, proposal: Proposal) -> None:
        """Writes a proposal or a dismissal over the one before, which the log keeps."""
        ticket, why, who, at, dismissed, _ = proposal
        kind = CatalogueKind.DISMISSED if dismissed else CatalogueKind.PROPOSED
        self._log.note_opinion(at, who, kind, component, {"team": team, "ticket": ticket, "why": why})
        self.database.execute(
            """
            INSERT INTO correction (component, team, ticket_id, why, who, at, dismissed) VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (component, team) DO UPDATE SET ticket_id = excluded.ticket_id, why = excluded.why,
                who = excluded.who, at = excluded.at, dismissed = excluded.dismissed
            """,
            (component, team, ticket, why, who, iso(at), dismissed),
        )


def corrections(
    component: Component,
    resolves: Sequence[Resolve],
    proposals: Mapping[str, Proposal],
    organisation: Organisation,
) -> list[Correction]:
    """What may be wrong about a component's owners, by the proposals of each team and by its last resolved tickets."""
    found = {}
    for team, proposal in proposals.items():
        if not proposal.dismissed and not proposal.against and component.owners != (team,):
            tickets = () if proposal.ticket is None else (proposal.ticket,)
            found[team] = Correction(component.slug, component.owners, team, tickets, proposal.why, proposal.at)
    for team, theirs in _by_team(component, resolves, proposals, organisation).items():
        if team not in found and len(theirs) >= ENOUGH:
            why = f"{len(theirs)} of the last {len(resolves)} resolved tickets were resolved by {team}"
            refs = tuple(resolve.ref for resolve in theirs)
            latest = max(resolve.at for resolve in theirs)
            found[team] = Correction(component.slug, component.owners, team, refs, why, stored(latest))
    return list(found.values()) or _disowned(component, proposals)


def _disowned(component: Component, proposals: Mapping[str, Proposal]) -> list[Correction]:
    """That the owner gave a ticket of it back as somebody else's, and nobody has confirmed the owner since."""
    said = proposals.get(component.team or "")
    if said is None or not said.against or said.dismissed or said.ticket is None:
        return []
    if component.confirmed_at is not None and said.at <= component.confirmed_at:
        return []
    why = f"{component.team} gave it back as not theirs: {said.why}"
    return [Correction(component.slug, component.owners, None, (said.ticket,), why, said.at)]


def _by_team(
    component: Component,
    resolves: Sequence[Resolve],
    proposals: Mapping[str, Proposal],
    organisation: Organisation,
) -> dict[str, list[Resolve]]:
    """The resolves that speak for another team than the owner, where the owner's own do not outweigh them."""
    if len(component.owners) > 1:
        return {}  # whose it is, is asked already
    positions = {tier.name: tier.position for tier in organisation.tiers.everyone}

    def position(team: str) -> int:
        return positions[organisation.team(team, include_retired=True).tier]

    least = position(component.owners[0]) if component.owners else min(positions.values()) + 1
    owned, others = 0, defaultdict(list)
    for resolve in resolves:
        team = team_of(resolve, component.owners, organisation)
        if team in component.owners:
            owned += 1
        elif team is not None and position(team) >= least and _is_news(resolve, proposals.get(team)):
            others[team].append(resolve)
    return {team: theirs for team, theirs in others.items() if len(theirs) > owned}


def _is_news(resolve: Resolve, proposal: Proposal | None) -> bool:
    """A dismissal stands for what was resolved before it."""
    return proposal is None or not proposal.dismissed or stored(resolve.at) > proposal.at


def _proposal(row: Sequence[Any]) -> Proposal:
    ticket, why, who, at, dismissed, against = row
    return Proposal(ticket, why, who, stored(at), bool(dismissed), bool(against))
