"""Who and what the history knows: members of the setup that are retired when they are left out, and never deleted.

Rows refer to them; and events name them that no row refers to any more, until somebody takes a change back, or looks
back at the time before it.
"""

import json
from collections.abc import Collection, Mapping
from typing import Final

from workbench.database import Database

SOURCES: Final[Mapping[str, tuple[str, ...]]] = {
    "tier": ("tier FROM ticket", "tier FROM stay", "tier FROM resolution", "after ->> 'tier' FROM event"),
    "team": (
        "team FROM ticket",
        "team FROM stay",
        "team FROM resolution",
        "team FROM first_response",
        "after ->> 'team' FROM event",
        "from_team FROM handoff",
        "to_team FROM handoff",
        "team FROM swarm_helper",
        "team FROM component_owner",
        "team FROM seam_lead",
        "team FROM correction",
        "owner.value FROM component_pattern, json_each(owners) AS owner",
        "owner.value FROM catalogue_event, json_each(after, '$.owners') AS owner",
        "after ->> 'lead' FROM catalogue_event",
    ),
    "person": (
        "assignee FROM ticket",
        "who FROM resolution",
        "who FROM event",
        "after ->> 'assignee' FROM event",
        "after ->> 'helper' FROM event WHERE kind = 'swarm_joined'",
        "after ->> '$.drives.now' FROM event WHERE kind = 'noted'",
        "after ->> '$.swarm.driver' FROM event WHERE kind = 'swarm_started'",
        "helper.value FROM event, json_each(after, '$.swarm.helpers') AS helper WHERE kind = 'swarm_started'",
        "to_person FROM handoff",
        "sent_by FROM handoff",
        "ended_by FROM handoff",
        "driver FROM swarm",
        "started_by FROM swarm",
        "closed_by FROM swarm",
        "person FROM swarm_helper",
        "confirmed_by FROM component",
        "who FROM catalogue_event",
        "who FROM correction",
        "created_by FROM problem",
        "who FROM problem_event",
        "who FROM problem_link",
        "changed_by FROM runbook",
        "who FROM runbook_version",
        "began_by FROM run",
        "who FROM run_act",
        "who FROM run_output",
        "kept_by FROM baseline",
    ),
    "client": ("client FROM ticket", "after ->> 'client' FROM event"),
}
"""By kind of member, where its keys stand besides the setup's own tables."""


class History:
    """Reads it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def open_at(self, team: str, tier: str) -> int:
        """How many open tickets a team has at a tier."""
        counted = "SELECT total(tickets) FROM tally WHERE team = ? AND tier = ?"
        return int(self._database.value(counted, (team, tier)))

    def known(self, kind: str, keys: Collection[str]) -> frozenset[str]:
        """Those of the tiers, teams, people or clients that it knows; all are looked for at once."""
        if not keys:
            return frozenset()
        named = " UNION ALL SELECT ".join(SOURCES[kind])
        rows = self._database.rows(
            f"WITH named (key) AS (SELECT {named})"
            " SELECT DISTINCT key FROM named WHERE key IN (SELECT value FROM json_each(?))",
            (json.dumps(list(keys)),),
        )
        return frozenset(key for (key,) in rows)
