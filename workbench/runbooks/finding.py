"""Finds runbooks by what somebody typed or pasted, and by what a ticket says."""

import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Final

from workbench.database import Database
from workbench.runbooks.figures import figures
from workbench.runbooks.model import Entry, Figures, Found, Runbook
from workbench.runbooks.store import LibraryStore
from workbench.search import Excerpt, Hit, TextIndex
from workbench.tickets.model import Ticket

COLUMNS: Final[Mapping[str, float]] = {"title": 10, "signatures": 8, "tags": 6, "headings": 3, "body": 1}
"""The texts of a runbook in the index, and what a word counts in each; the components stand with the tags."""

_WHERE: Final = {"title": "title", "signatures": "signature", "tags": "tag", "headings": "body", "body": "body"}
"""By which word each place is told."""

_MARKS: Final = re.compile(r"^\s*(?:#{1,6} |> |```.*$)|\*\*", re.MULTILINE)
"""Marks of Markdown that an excerpt, which is one line, has no use for."""

_SHORTEST_SIGNATURE: Final = 4
"""Characters that a signature has at least to be looked for in a text; a shorter one would be everywhere."""
_READ: Final = 20_000
"""Characters of a ticket or a query in which signatures are looked for."""

_SUCCESS: Final = 0.05
"""What a runbook's score gains when it always worked."""
_COMPONENT: Final = 0.05
"""What it gains for the component of the ticket at hand."""

_FITS_WORDS, _FITS_COMPONENT, _FITS_SUCCESS = 0.6, 0.35, 0.05
"""What makes a runbook fit a ticket without a signature: its words, its component, and how often it worked.

These and the numbers below are fitted to tickets that were judged by hand: the sample's stories of 45 kinds, and the
19 scenarios of practice that have a runbook. The right one stands first for 92 % of the kinds and for 17 scenarios;
where nobody has said the component yet for 80 % and 11.
"""
_SAID: Final = 0.7
"""What the words of the body add at most of what those of the subject lack."""
_SAID_FIRST: Final = 400
"""Characters of a body that say what it is about; what follows is circumstances, of which every ticket has some."""
FITS: Final = 0.35
"""The score from which on it is worth a look by somebody who asks for runbooks."""
FITS_WELL: Final = 0.67
"""The score from which on it is worth being told without being asked."""

_TELLS_NOTHING: Final = frozenset(
    {
        "a", "after", "again", "all", "am", "an", "and", "any", "are", "as", "at", "be",
        "been", "before", "but", "by", "can", "cannot", "comes", "do", "does", "every", "few", "first",
        "for", "from", "get", "gets", "had", "has", "have", "he", "her", "his", "how", "i",
        "if", "in", "into", "is", "it", "its", "last", "me", "my", "new", "no", "not",
        "now", "of", "off", "on", "one", "only", "or", "our", "out", "over", "please", "says",
        "she", "since", "so", "some", "still", "that", "the", "their", "them", "then", "there", "they",
        "this", "to", "too", "two", "up", "us", "very", "was", "we", "week", "weeks", "were",
        "what", "when", "where", "which", "while", "who", "with", "within", "yesterday", "you", "your",
    }
)  # fmt: skip
"""Words of a subject that are no sign of any trouble; what somebody types into the search is not cut."""


class RunbookFinder:
    """The index of the library, with what else speaks for a runbook."""

    def __init__(self, database: Database, store: LibraryStore) -> None:
        self._database = database
        self._store = store
        self.index = TextIndex(database, "runbook_words", COLUMNS)
        self._figures: dict[str, Figures] = {}
        self._shares: dict[int, float] = {}
        self._used: list[int] = []
        self._signatures: dict[str, list[int]] = {}
        self._lengths: list[int] = []
        self._generation = -1

    def put(self, number: int, runbook: Runbook) -> None:
        """Takes a runbook in, or anew, inside the caller's transaction."""
        texts = {
            "title": runbook.title,
            "signatures": "\n".join(runbook.signatures),
            "tags": "\n".join((*runbook.tags, *runbook.components)),
            "headings": "\n".join(runbook.headings),
            "body": _body(runbook.text),
        }
        self.index.put(number, texts)

    def remove(self, number: int) -> None:
        """Takes a runbook out, inside the caller's transaction."""
        self.index.remove(number)

    def search(self, query: str, ticket: Ticket | None, limit: int) -> list[Found]:
        """What fits the query, the best first; for an empty one what fits the ticket, then what is used most."""
        self._refresh()
        if not query.strip():
            fitting = self.fitting(ticket, limit) if ticket else []
            known = {found.entry.slug for found in fitting}
            return [*fitting, *(each for each in self._most_used(limit) if each.entry.slug not in known)][:limit]
        signed = {number: "signatures" for number in self._signed(query)}
        hits = self.index.search(query, limit=limit, boost=self._boost(ticket), first=signed)
        return self._told(hits)

    def fitting(self, ticket: Ticket, limit: int) -> list[Found]:
        """What fits a ticket, the best first: by an error signature in it, its component, its words.

        Where the component is not known yet, the rest decides.
        """
        self._refresh()
        signed = self._signed(f"{ticket.subject}\n{ticket.body[:_READ]}")
        words = self._by_words(ticket.subject, limit)
        said = {hit.id: hit for hit in self.index.alike(_telling(ticket.body[:_SAID_FIRST]))}
        of_component = self._store.of_component(ticket.component) if ticket.component else set()
        share = 1.0 if ticket.component else 1.0 - _FITS_COMPONENT

        def score(number: int) -> float:
            if number in signed:
                return 1.0
            by_words = _FITS_WORDS * _together(words.get(number), said.get(number))
            by_use = _FITS_SUCCESS * self._shares.get(number, 0.0)
            return (by_words + _FITS_COMPONENT * (number in of_component) + by_use) / share

        scores = {number: score(number) for number in {*signed, *words, *said, *of_component}}
        best = sorted((each for each in scores if scores[each] >= FITS), key=lambda each: (-scores[each], each))
        hits = {**said, **words}
        return self._told([_rescored(hits.get(each), each, scores[each], each in signed) for each in best[:limit]])

    def _by_words(self, text: str, limit: int) -> dict[int, Hit]:
        return {hit.id: hit for hit in self.index.search(_telling(text), limit=limit + 20)}

    def figures(self) -> Mapping[str, Figures]:
        """How each runbook has served, by slug."""
        self._refresh()
        return self._figures

    def _most_used(self, limit: int) -> list[Found]:
        numbers = self._used[:limit]
        entries = self._store.entries_of(numbers, self._figures)
        return [Found(entries[number], 0.0, "used", "") for number in numbers]

    def _told(self, hits: list[Hit]) -> list[Found]:
        entries = self._store.entries_of([hit.id for hit in hits], self._figures)
        texts = self._store.texts_of(entry.slug for entry in entries.values())
        return [self._found(entries[hit.id], hit, texts[entries[hit.id].slug]) for hit in hits if hit.id in entries]

    def _found(self, entry: Entry, hit: Hit, text: str) -> Found:
        shown = {
            "signatures": " · ".join(entry.signatures),
            "tags": " · ".join((*entry.tags, *entry.components)),
        }.get(hit.where) or _MARKS.sub("", _body(text))
        excerpt = self.index.excerpt(shown, hit)
        title: Excerpt = self.index.excerpt(entry.title, hit, width=len(entry.title))
        return Found(entry, round(hit.score, 3), _WHERE[hit.where], excerpt.text, excerpt.spans, title.spans)

    def _boost(self, ticket: Ticket | None) -> Callable[[int], float]:
        of_component = self._store.of_component(ticket.component) if ticket and ticket.component else set()
        return lambda number: _SUCCESS * self._shares.get(number, 0.0) + _COMPONENT * (number in of_component)

    def _signed(self, text: str) -> list[int]:
        """The runbooks with an error signature that stands in the text word for word; those of the most words first."""
        words = _spaced(text[:_READ]).split()
        phrases = (" ".join(words[at : at + many]) for many in self._lengths for at in range(len(words) - many + 1))
        return list(dict.fromkeys(number for phrase in phrases for number in self._signatures.get(phrase, ())))

    def _refresh(self) -> None:
        """Reads figures and signatures anew if anything was changed since."""
        generation = self._database.value("SELECT number FROM generation")
        if generation == self._generation:
            return
        self._figures = figures(self._database)
        numbers = self._store.numbers()
        self._shares = {numbers[slug]: each.share or 0.0 for slug, each in self._figures.items() if slug in numbers}
        none = Figures()
        used = sorted(numbers, key=lambda slug: (-(each := self._figures.get(slug, none)).runs, -each.worked))
        self._used = [numbers[slug] for slug in used]
        self._signatures = defaultdict(list)
        for number, signature in self._store.signatures():
            spaced = _spaced(signature)
            if len(spaced) >= _SHORTEST_SIGNATURE:
                self._signatures[spaced].append(number)
        self._lengths = sorted({phrase.count(" ") + 1 for phrase in self._signatures}, reverse=True)
        self._generation = -1 if self._database.writing else generation


def _together(subject: Hit | None, body: Hit | None) -> float:
    """What the words of a ticket make, from 0 to 1: those of its body add to those of its subject."""
    asked, said = (hit.score if hit else 0.0 for hit in (subject, body))
    return asked + (1.0 - asked) * _SAID * said


def _rescored(hit: Hit | None, number: int, score: float, signed: bool) -> Hit:
    where = "signatures" if signed else hit.where if hit else "tags"
    return Hit(number, min(1.0, score), where, hit.words if hit else (), hit.beginnings if hit else ())


def _telling(text: str) -> str:
    """The words of a ticket that tell something; its end is no unfinished word."""
    return " ".join(word for word in _spaced(text).split() if word not in _TELLS_NOTHING) + " "


def _body(text: str) -> str:
    """The text without its front matter, for an excerpt; roughly, since it was read with care when it came in."""
    if text.startswith("---\n"):
        _, _, text = text[4:].partition("\n---")
    return text


def _spaced(text: str) -> str:
    """The words of a text alone, in lower case, each between blanks, so that quotes and dots do not count."""
    return " ".join("".join(each if each.isalnum() else " " for each in text.lower()).split())
