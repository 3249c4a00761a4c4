"""The catalogue's keys in the database: which patterns and names may fit, before each is looked at closely."""

import json
from collections.abc import Iterable
from typing import Final, NamedTuple

from workbench.database import Database
from workbench.ownership.matching.hosts import Network
from workbench.ownership.model import Seam

_MOST: Final = 5_000
"""Candidates of one kind that are looked at; more fit only where thousands share one key."""
_COLUMNS: Final = """
    found.component, found.how, found.position, found.key, found.plain,
    coalesce(told.pattern, CASE found.position WHEN 0 THEN found.component ELSE component.title END), told.owners
"""
_BELONGING: Final = """
    JOIN component ON component.slug = found.component AND component.retired = 0
    LEFT JOIN component_pattern AS told
        ON told.component = found.component AND told.kind = found.how AND told.position = found.position
"""


class Candidate(NamedTuple):
    """A name or pattern of a component, and the key it was found by."""

    component: str
    how: str
    position: int
    key: str
    plain: str
    pattern: str
    owners: tuple[str, ...] | None


class CandidateStore:
    """Reads keys, and what they belong to."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def by_keys(self, how: str, keys: Iterable[str]) -> list[Candidate]:
        """Whatever is kept by one of the keys."""
        asked = json.dumps(list(dict.fromkeys(keys)))
        return self._read(
            f"""SELECT {_COLUMNS} FROM json_each(?) AS asked
            CROSS JOIN component_key AS found ON found.how = ? AND found.key = asked.value {_BELONGING}
            LIMIT {_MOST}""",
            (asked, how),
        )

    def beginning(self, how: str, key: str, limit: int) -> list[Candidate]:
        """What is kept by a key that begins so, in the keys' order."""
        return self._read(
            f"""SELECT {_COLUMNS} FROM component_key AS found {_BELONGING}
            WHERE found.how = ? AND found.key >= ? AND found.key < ? ORDER BY found.key LIMIT ?""",
            (how, key, key + "\U0010ffff", limit),
        )

    def spelt(self, plain: Iterable[str]) -> list[Candidate]:
        """What is spelt so."""
        return self._read(
            f"""SELECT {_COLUMNS} FROM json_each(?) AS asked
            CROSS JOIN component_key AS found
                ON length(found.plain) = length(asked.value) AND found.plain = asked.value {_BELONGING}
            LIMIT {_MOST}""",
            (json.dumps(list(plain)),),
        )

    def holding(self, network: Network) -> list[str]:
        """The keys of the networks that hold this one, the narrowest first.

        The last key not behind the network's own is of one that holds it, or of one that shares as many first bits
        with it as any that holds it can have; so only networks that are wider still are left, and few looks are needed.
        """
        found: list[str] = []
        length = network.length
        while length >= 0:
            key = self.database.value(
                "SELECT max(key) FROM component_key WHERE how = 'host' AND key BETWEEN '@' AND ?",
                (network.cut(length).key,),
            )
            if key is None:
                break
            near = Network(int(key[1:33], 16), int(key[34:]))
            if near.holds(network):
                found.append(key)
                length = near.length - 1
            else:
                length = min(near.common(network), length - 1)
        return found

    def lengthwise(self, length: int) -> list[str]:
        """All that may have been misspelt of so many characters."""
        sql = "SELECT DISTINCT plain FROM component_key WHERE length(plain) = ?"
        return [plain for (plain,) in self.database.rows(sql, (length,))]

    def starred(self, how: str) -> frozenset[str]:
        """The keys with a star, of patterns that have no literal part to be kept by."""
        sql = "SELECT DISTINCT key FROM component_key WHERE how = ? AND key >= '*' AND key < '+'"
        return frozenset(key for (key,) in self.database.rows(sql, (how,)))

    def places(self) -> str:
        """All patterns of hosts, URLs and paths, a line each."""
        sql = "SELECT group_concat(pattern, char(10)) FROM component_pattern WHERE kind IN ('host', 'url', 'path')"
        return str(self.database.value(sql) or "")

    def stamp(self) -> int:
        """A number that is another one whenever keys were added."""
        return int(self.database.value("SELECT seq FROM sqlite_sequence WHERE name = 'component_key'") or 0)

    def only_rules(self) -> str | None:
        """The component whose paths have owners of their own, where there is exactly one such."""
        row = self.database.row("SELECT min(component), max(component) FROM component_pattern WHERE owners IS NOT NULL")
        first, last = row or (None, None)
        return first if first == last else None

    def seams(self, slugs: Iterable[str]) -> list[Seam]:
        """The seams between any two of the components."""
        rows = self.database.rows(
            """
            WITH asked AS MATERIALIZED (SELECT value AS slug FROM json_each(?)),
            one AS (
                SELECT component, min(team) AS team FROM component_owner
                WHERE component IN (SELECT slug FROM asked) GROUP BY component HAVING count(*) = 1
            )
            SELECT need.component, need.needs, mine.team, theirs.team, lead.team
            FROM component_need AS need
            JOIN one AS mine ON mine.component = need.component
            JOIN one AS theirs ON theirs.component = need.needs AND theirs.team <> mine.team
            LEFT JOIN seam_lead AS lead ON lead.component = min(need.component, need.needs)
                AND lead.other = max(need.component, need.needs)
            ORDER BY need.component, need.needs
            """,
            (json.dumps(list(slugs)),),
        )
        return [Seam((one, other), (mine, theirs), lead) for one, other, mine, theirs, lead in rows]

    def _read(self, sql: str, parameters: tuple[object, ...]) -> list[Candidate]:
        return [
            Candidate(
                component,
                how,
                position,
                key,
                plain or "",
                pattern,
                None if owners is None else tuple(json.loads(owners)),
            )
            for component, how, position, key, plain, pattern, owners in self.database.rows(sql, parameters)
        ]
