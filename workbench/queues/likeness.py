"""Tickets with like words: few enough are looked at that it can be asked with each letter typed."""

from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import datetime
from itertools import islice
from time import monotonic
from typing import Final

from workbench.clock import iso
from workbench.database import Database
from workbench.database.patience import giving_up
from workbench.errors import Interrupted
from workbench.queues.filters import known_words
from workbench.search.table import TableWords

_WORDS: Final = 8
"""Words of a subject that are looked up; a subject of more has rare ones among them."""
_NEWEST: Final = 500
"""Tickets; so many of the newest that have a word are looked at, since trouble that is shared comes at one time."""
_COMPARED: Final = 200
"""Tickets whose subjects are compared letter by letter."""
_LIKE: Final = 50.0
"""Per cent of likeness from which on two subjects may tell of one trouble."""
_LIKE_ENOUGH: Final = 60.0
"""Per cent from which on a ticket is shown to somebody who did not ask for it."""
_SHORT: Final = 3
"""Letters of words that tell nothing of the trouble: not, the, for, has."""
_SAME_CLIENT: Final = 10.0
"""Per cent by which a ticket of the same client is more like."""
_SAME_COMPONENT: Final = 60.0
"""Per cent by which a ticket of the same component is more like: enough for itself alone."""
_AMONG: Final = 5_000
"""Tickets; so many of the newest are looked at for their component."""
_CORRECTED: Final = 2
"""Words that no ticket has of which it is asked what was meant: each costs some milliseconds."""
_PATIENCE: Final = 0.04
"""Seconds that the beginnings of words are looked for."""


class LikenessStore:
    """Finds tickets by what their subjects have in common."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._words = TableWords(database, "ticket_words")

    def meant(self, words: Iterable[str]) -> dict[str, str]:
        """Of words that no ticket has, the first few with what they may be a slip of."""
        unknown = (word for word in dict.fromkeys(words) if not self._newest(f'"{word}"', 1))
        found = ((word, self._words.meant(word)) for word in islice(unknown, _CORRECTED))
        return {word: meant for word, meant in found if meant is not None}

    def like(self, subject: str, client: str | None, limit: int) -> list[int]:
        """Numbers of unresolved tickets with subjects like this one, the likest first, the newest among equals."""
        from rapidfuzz import fuzz, utils  # here, since no other command needs it

        shared = self._sharing_words(known_words(subject))
        wanted = utils.default_process(subject)
        found = []
        for ref, theirs, of_client in self._subjects(shared):
            likeness = fuzz.token_set_ratio(wanted, utils.default_process(theirs))
            if likeness >= _LIKE:
                nearer = _SAME_CLIENT if client is not None and client == of_client else 0.0
                found.append((likeness + nearer, ref))
        return [ref for _, ref in sorted(found, reverse=True)[:limit]]

    def recent_like(self, ref: int, subject: str, component: str | None, since: datetime, limit: int) -> list[int]:
        """Numbers of other tickets opened since then, in any state, of the same component or with a subject like this.

        The likest come first, those of the component before equals; only the newest tickets are looked at.
        """
        from rapidfuzz import fuzz, utils  # here, since no other command needs it

        wanted, found = _telling(utils.default_process(subject)), []
        shared = self._sharing_words(wanted.split())
        for other, theirs, same in self._recent(shared, component, since):
            likeness = fuzz.token_set_ratio(wanted, _telling(utils.default_process(theirs)))
            likeness += _SAME_COMPONENT if same else 0.0
            if other != ref and likeness >= _LIKE_ENOUGH:
                found.append((likeness, other))
        return [other for _, other in sorted(found, reverse=True)[:limit]]

    def newest_with(self, words: Sequence[str], limit: int) -> list[int]:
        """Numbers of the newest tickets, in any state, that have these words, then of those where one begins so.

        The beginning of common words would take long in a million tickets; it is looked for no longer than a key may
        wait for its answer.
        """
        if not words:
            return []
        found = self._newest(" ".join(f'"{word}"' for word in words), limit)
        until = monotonic() + _PATIENCE
        with suppress(Interrupted), giving_up(self.database, lambda: monotonic() > until):
            if len(found) < limit:
                found += self._newest(" ".join(f'"{word}" *' for word in words), limit)
        return list(dict.fromkeys(found))[:limit]

    def _sharing_words(self, words: Iterable[str]) -> list[int]:
        """The tickets that share the most words with these; a word counts the more, the rarer it is."""
        distinct = [word for word in dict.fromkeys(map(str.lower, words)) if len(word) > 2]
        weights: Counter[int] = Counter()
        meant = self.meant(distinct[:_WORDS])
        for word in distinct[:_WORDS]:
            refs = self._newest(f'"{meant.get(word, word)}"', _NEWEST)
            for ref in refs:
                weights[ref] += 1 + _NEWEST // len(refs)
        return [ref for ref, _ in weights.most_common(_COMPARED)]

    def _newest(self, expression: str, limit: int) -> list[int]:
        sql = "SELECT rowid FROM ticket_words WHERE ticket_words MATCH ? ORDER BY rowid DESC LIMIT ?"
        return [ref for (ref,) in self.database.rows(sql, (expression, limit))]

    def _recent(self, refs: list[int], component: str | None, since: datetime) -> list[tuple[int, str, bool]]:
        """Of these tickets, and of the newest of a component, those opened since then; whether of the component."""
        marks = ", ".join("?" * len(refs))
        rows = self.database.rows(
            f"""
            SELECT id, subject, component IS ? FROM ticket WHERE opened_at >= ? AND (
                id IN ({marks}) OR (id > (SELECT max(id) FROM ticket) - ? AND component = ?)
            )
            """,
            (component or "", iso(since), *refs, _AMONG, component),
        )
        return [(ref, subject, bool(same)) for ref, subject, same in rows]

    def _subjects(self, refs: list[int]) -> list[tuple[int, str, str | None]]:
        marks = ", ".join("?" * len(refs))
        rows = self.database.rows(f"SELECT id, subject, client FROM ticket WHERE live = 1 AND id IN ({marks})", refs)
        return [(ref, subject, client) for ref, subject, client in rows]


def _telling(words: str) -> str:
    """The words of a subject that tell of its trouble; all of them where none is long enough."""
    return " ".join(word for word in words.split() if len(word) > _SHORT) or words
