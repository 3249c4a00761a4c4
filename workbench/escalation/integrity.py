"""Looks whether hand-offs and swarms are what the events of their tickets make of them."""

import json
from collections.abc import Iterator
from typing import Any, Final

from workbench.clock import iso
from workbench.database import Database
from workbench.escalation.filling import told_again
from workbench.escalation.model import Category, Form, Row
from workbench.escalation.projection import TELLING, ToldHandoff, ToldStay, ToldSwarm, told_by
from workbench.escalation.reading import read_form
from workbench.escalation.recording import owed
from workbench.tickets.store import TicketStore

_TICKETS: Final = f"""
    SELECT ticket_id FROM handoff WHERE status <> 'withdrawn' UNION SELECT ticket_id FROM swarm WHERE withdrawn = 0
    UNION SELECT ticket_id FROM event WHERE kind IN ({", ".join(f"'{kind}'" for kind in sorted(TELLING))}) ORDER BY 1
"""
_HANDOFFS: Final = """
    SELECT seq, from_team, to_team, to_person, sent_by, sent_at, status, ended_seq, ended_by, ended_at, code, words,
        avoidable, category, missing, owed, form
    FROM handoff WHERE ticket_id = ? AND status <> 'withdrawn' ORDER BY seq
"""
_SWARMS: Final = """
    SELECT seq, driver, why, started_by, started_at, closed_seq, closed_by, closed_at, learning FROM swarm
    WHERE ticket_id = ? AND withdrawn = 0 ORDER BY seq
"""
_STAYS: Final = """
    SELECT swarm.seq, person, joined_seq, joined_at, left_seq, left_at FROM swarm_helper
    JOIN swarm ON swarm.id = swarm_helper.swarm WHERE ticket_id = ? AND withdrawn = 0 ORDER BY 1, 2, 3
"""


def faults(database: Database) -> Iterator[str]:
    """What is wrong with them, a sentence each."""
    store = TicketStore(database)
    for (ref,) in database.rows(_TICKETS):
        told = told_by(store.events(ref))
        rows = database.rows(_HANDOFFS, (ref,))
        sound = [_sound(each, *row[-4:]) for each, row in zip(told.handoffs, rows, strict=False)]
        if [row[:-4] for row in rows] != [_handoff(each) for each in told.handoffs] or not all(sound):
            yield f"the hand-offs of #{ref} are not what its events make of them"
        stays = sorted(_stay(swarm, stay) for swarm in told.swarms for stay in swarm.stays)
        swarms = [_swarm(each) for each in told.swarms]
        if database.rows(_SWARMS, (ref,)) != swarms or database.rows(_STAYS, (ref,)) != stays:
            yield f"the swarms of #{ref} are not what its events make of them"


def _handoff(told: ToldHandoff) -> tuple[Any, ...]:
    return (
        told.seq,
        told.source,
        told.target,
        told.person,
        told.by,
        iso(told.sent_at),
        told.status.value,
        told.ended_seq,
        told.ended_by,
        iso(told.ended_at) if told.ended_at else None,
        told.code.value if told.code else None,
        told.words,
        told.avoidable,
    )


def _sound(told: ToldHandoff, category: str | None, missing: str, owing: str, form: str) -> bool:
    """Whether it owes what it should, and says what was filled in."""
    owes = owed(told, Category(category) if category else None, tuple(map(Row, json.loads(missing))))
    said = read_form(json.loads(form), Form())
    return list(owes) == json.loads(owing) and told_again(said, told.completions) == said


def _swarm(told: ToldSwarm) -> tuple[Any, ...]:
    started, closed = told.started, told.closed
    end = (closed.seq, closed.who, iso(closed.at), closed.text) if closed else (None,) * 4
    return (started.seq, told.driver, started.text, started.who, iso(started.at), *end)


def _stay(swarm: ToldSwarm, stay: ToldStay) -> tuple[Any, ...]:
    end = (stay.left.seq, iso(stay.left.at)) if stay.left else (None, None)
    return (swarm.started.seq, stay.person, stay.joined.seq, iso(stay.joined.at), *end)
