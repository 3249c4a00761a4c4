"""Who owns this? One query, a word or a pasted page, and the components it may be about, each with why."""

from collections.abc import Iterable, Iterator
from typing import Final

from workbench.database import Database
from workbench.ownership.matching import sighting
from workbench.ownership.matching.candidates import CandidateStore
from workbench.ownership.matching.findings import Answers, Finding, Match, answers_of, told
from workbench.ownership.matching.hosts import host_keys
from workbench.ownership.matching.name_words import NameWords
from workbench.ownership.matching.names import NamesOfText, folded_name, name_key
from workbench.ownership.matching.paths import path_keys
from workbench.ownership.matching.respelling import PatternWords
from workbench.ownership.matching.scanning import Piece, pieces
from workbench.ownership.matching.scores import LEAST, SURE, begun, in_words, misspelt
from workbench.ownership.matching.signatures import Wording
from workbench.ownership.matching.urls import url_keys
from workbench.search.nearest import NearNames, allowed
from workbench.search.words import words
from workbench.text import storable

MOST_TEXT: Final = 64 * 1024
"""Characters of a text that are looked at; the rest is left out, and the answer says so."""
_NAME_LENGTH: Final = 120
"""Characters up to which a query may be a name, and not a text about one."""
_NAME_WORDS: Final = 6
_BEGINNINGS: Final = 100
"""Names that begin as what was typed, of which the shortest are told."""
_NEAREST: Final = 5
"""Names that are told where nothing was found."""
_FAR: Final = 0.4
"""Share of a name's letters that may differ where nothing nearer was found."""
_WORDS_TRIED: Final = 20
"""Words of a text in which nothing was found that are compared with names."""
_LEAST_TRIED: Final = 5
"""Letters that such a word has at least."""
_OF_PLACES: Final = "/\\."
"""What hosts, URLs and paths are told by from words."""


class Lookup:
    """Finds components by names, hosts, URLs, paths and error messages, wherever they stand in a text."""

    def __init__(self, database: Database) -> None:
        self.store = CandidateStore(database)
        self.words = NameWords(database)
        self._near = NearNames(self.store.lengthwise)
        self._spelling = PatternWords(self.store.places)
        self._starred: dict[str, frozenset[str]] = {}
        self._stamp = -1

    def find(self, query: str, limit: int = 10) -> Answers:
        """The components that the query may be about; whatever it is, nothing is raised for it."""
        cut = len(query) > MOST_TEXT
        text = storable(query[:MOST_TEXT]).replace("\0", " ")
        if not text.strip():
            return Answers(query, cut=cut)
        self._refresh()
        looked_at = pieces(text)
        alone = any(piece.alone for piece in looked_at)
        findings = [*self._patterns(text, looked_at), *self._names(text)]
        if not alone:
            findings = told(findings, len(text))
        if not sighting.settled(findings, len(text.strip())):
            likes = self._likes(text.strip(), looked_at, limit)
            findings = [*likes, *(sighting.parts_of(text.strip(), findings) if likes else findings)]
            if all(each.match.how == "fuzzy" for each in likes) and (alone or _brief(text)):
                findings += self._respelt(looked_at)
        if not findings:
            findings = self._uncovered(text.strip(), looked_at)
        telling = [each for each in findings if each.match.score > LEAST]
        answers = answers_of(telling or findings)[:limit]
        seams = self.store.seams(each.component for each in answers if each.match.score >= SURE)
        return Answers(query, answers, seams, [] if answers else self._nearest(text.strip()), cut)

    def _patterns(self, text: str, looked_at: list[Piece]) -> Iterator[Finding]:
        yield from self._places(looked_at)
        wording = Wording(text)
        yield from sighting.signatures(self.store.by_keys("signature", wording.keys), wording)

    def _places(self, looked_at: list[Piece]) -> Iterator[Finding]:
        located = [piece for piece in looked_at if piece.location]
        hosts = sighting.by_key(located, self._host_keys)
        yield from sighting.hosts(self.store.by_keys("host", hosts), hosts)
        urls = sighting.by_key(located, self._url_keys)
        yield from sighting.urls(self.store.by_keys("url", urls), urls)
        paths = sighting.by_key(looked_at, self._path_keys)
        yield from sighting.paths(self.store.by_keys("path", paths), paths)

    def _host_keys(self, piece: Piece) -> Iterable[str]:
        if piece.location is None:
            return ()
        host = piece.location.host
        return self.store.holding(host.network) if host.network else host_keys(host, self._starred["host"])

    def _url_keys(self, piece: Piece) -> Iterable[str]:
        return url_keys(piece.location, self._starred["url"]) if piece.location else ()

    def _path_keys(self, piece: Piece) -> Iterable[str]:
        return path_keys(piece.path, self._starred["path"]) if piece.path else ()

    def _names(self, text: str) -> Iterator[Finding]:
        named = NamesOfText(text)
        for how in ("alias", "name"):
            yield from sighting.names(self.store.by_keys(how, named.keys), named)

    def _likes(self, text: str, looked_at: list[Piece], limit: int) -> list[Finding]:
        """Names that begin as a short query, have its words, or are a slip away from it."""
        if not _brief(text) or len(words(text)) > _NAME_WORDS:
            return []
        found = [*self._begun(text, looked_at)]
        if len(found) < limit:
            found += [*self._spelt(text, folded_name(text), limit), *self._with_words(text, limit)]
        return found

    def _begun(self, text: str, looked_at: list[Piece]) -> Iterator[Finding]:
        folded = folded_name(text)
        for how in ("alias", "name"):
            for each in self.store.beginning(how, name_key(folded), _BEGINNINGS):
                if each.plain.startswith(folded):
                    yield sighting.like(each, how, text, begun(len(folded), len(each.plain)), len(folded))
        location = next((piece.location for piece in looked_at if piece.alone and piece.location), None)
        if location is None or location.host.network is not None:
            return
        key = location.host.name + location.path
        for how in ("host", "url"):
            for each in self.store.beginning(how, key, _BEGINNINGS):
                yield sighting.like(each, how, text, begun(len(key), max(len(each.pattern), len(key))), len(key))

    def _spelt(self, text: str, folded: str, limit: int, most: int | None = None) -> list[Finding]:
        """What is a few slips away from a word or name."""
        slips = dict(self._near.near(folded, limit, most=most))
        found = [each for each in self.store.spelt(slips) if each.plain in slips]
        return [sighting.like(each, "fuzzy", text, misspelt(slips[each.plain], len(folded))) for each in found]

    def _respelt(self, looked_at: list[Piece]) -> Iterator[Finding]:
        """Patterns that fit with a slip or two put right, where they say enough literally not to be met by chance."""
        for piece in looked_at:
            if any(char in piece.text for char in _OF_PLACES):
                for slips, texts in enumerate(self._spelling.respelt(piece.text), 1):
                    found = [*self._places([piece.written(text) for text in texts])]
                    near = [each for each in found if allowed(each.literal) > slips]
                    yield from (sighting.nearly(each, piece, slips) for each in near)
                    if near:
                        break

    def _with_words(self, text: str, limit: int) -> list[Finding]:
        """Names that have all words of the query, in any order; with one of them corrected it is misspelt."""
        found = []
        for each in self.words.having(text, limit):
            score = in_words(each.likeness) if each.as_typed else misspelt(1, 2) * each.likeness
            match = Match("name" if each.as_typed else "fuzzy", text, round(score, 4), each.component)
            found.append(Finding(each.component, match, 0, len(text), 0))
        return found

    def _refresh(self) -> None:
        """Forgets the names that are kept where there are new ones."""
        stamp = self.store.stamp()
        if stamp != self._stamp:
            self._near.forget()
            self.words.forget()
            self._spelling.forget()
            self._starred = {how: self.store.starred(how) for how in ("host", "url", "path")}
            self._stamp = stamp

    def _uncovered(self, text: str, looked_at: list[Piece]) -> list[Finding]:
        """A path that no rule covers, where only one component has rules: that one, with no owners."""
        piece = next((piece for piece in looked_at if piece.path and piece.text == text), None)
        if piece is None or not any(char in piece.text for char in _OF_PLACES):
            return []
        slug = self.store.only_rules()
        match = Match("path", piece.text, LEAST, "")
        return [Finding(slug, match, piece.start, piece.end, 0, ())] if slug else []

    def _nearest(self, text: str) -> list[str]:
        """The names of components that are nearest to the query, else have one of its words, or one like it."""
        folded, single = folded_name(text), list(dict.fromkeys(words(text)))
        if len(folded) > _NAME_LENGTH or len(single) > _NAME_WORDS:
            longer = [word for word in single if len(word) >= _LEAST_TRIED][:_WORDS_TRIED]
            found = [each for word in longer for each in self._spelt(word, word, _NEAREST, 1)]
        else:
            found = self._spelt(text, folded, _NEAREST, max(2, int(len(folded) * _FAR)))
            found += [each for word in single for each in self._with_words(word, _NEAREST)]
        return [each.component for each in answers_of(found)][:_NEAREST]


def _brief(text: str) -> bool:
    """Whether somebody may have typed it to ask for one thing."""
    return len(text) <= _NAME_LENGTH and "\n" not in text
