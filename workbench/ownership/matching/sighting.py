"""Which candidates really fit a text, and where."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from workbench.ownership.matching.candidates import Candidate
from workbench.ownership.matching.findings import Finding, Match
from workbench.ownership.matching.hosts import HostPattern, Location
from workbench.ownership.matching.names import NamesOfText
from workbench.ownership.matching.paths import PathPattern
from workbench.ownership.matching.scanning import Piece
from workbench.ownership.matching.scores import LEAST, SURE, Fit, called, misspelt, straight
from workbench.ownership.matching.signatures import Signature, Wording
from workbench.ownership.matching.urls import UrlPattern

ByKey = Mapping[str, Sequence[Piece]]
"""The pieces of a text that a pattern of a key may fit."""


def by_key(pieces: Iterable[Piece], keys: Callable[[Piece], Iterable[str]]) -> dict[str, list[Piece]]:
    """The pieces by each of their keys."""
    found: dict[str, list[Piece]] = defaultdict(list)
    for piece in pieces:
        for key in dict.fromkeys(keys(piece)):
            found[key].append(piece)
    return found


def hosts(candidates: Iterable[Candidate], pieces: ByKey) -> Iterator[Finding]:
    """Hosts that fit."""
    for each, piece in _pairs(candidates, pieces):
        pattern = HostPattern.read(each.pattern)
        fit = pattern.fit(piece.location.host, len(piece.location.host.name)) if pattern and piece.location else None
        if fit and piece.location:
            text, start = _host_in(piece, piece.location)
            yield from _finding(each, fit, piece, text, start)


def urls(candidates: Iterable[Candidate], pieces: ByKey) -> Iterator[Finding]:
    """URLs that fit."""
    for each, piece in _pairs(candidates, pieces):
        pattern = UrlPattern.read(each.pattern)
        fit = pattern.fit(piece.location, len(piece.text)) if pattern and piece.location else None
        if fit:
            yield from _finding(each, fit, piece, piece.text, piece.start)


def paths(candidates: Iterable[Candidate], pieces: ByKey) -> Iterator[Finding]:
    """Of each component the rule that decides about a path: the last; without owners of their own the most specific."""
    found: dict[tuple[str, int, bool], list[tuple[Candidate, Fit, Piece]]] = defaultdict(list)
    for each, piece in _pairs(candidates, pieces):
        pattern = PathPattern.read(each.pattern)
        fit = pattern.fit(piece.path, len(piece.text)) if pattern and piece.path else None
        if pattern and fit and (piece.alone or pattern.named):
            found[each.component, piece.start, straight(fit)].append((each, fit, piece))
    for (component, start, begins), fitting in found.items():
        if begins or (component, start, True) not in found:
            ruled = any(each.owners is not None for each, _, _ in fitting)
            each, fit, piece = max(fitting, key=lambda one: one[0].position if ruled else one[1].literal)
            yield from _finding(each, fit, piece, piece.text, piece.start)


def signatures(candidates: Iterable[Candidate], wording: Wording) -> Iterator[Finding]:
    """Error messages that stand in the text."""
    for each in candidates:
        signature = Signature.read(each.pattern)
        seen = signature.sighting(wording) if signature else None
        if seen:
            text = wording.text[seen.start : seen.end]
            match = Match("signature", text, seen.fit.score, each.pattern)
            yield Finding(each.component, match, seen.start, seen.end, seen.fit.literal)


def names(candidates: Iterable[Candidate], text: NamesOfText) -> Iterator[Finding]:
    """Names and aliases that stand in the text as whole words."""
    for each in candidates:
        for place in text.places(each.plain):
            score = called(each.how, wholly=each.plain == text.alone)
            match = Match(each.how, text.text[place.start : place.end].strip(), score, each.pattern)
            yield Finding(each.component, match, place.start, place.end, len(each.plain))
            break


def like(candidate: Candidate, how: str, text: str, score: float, literal: int = 0) -> Finding:
    """A name that is only like the whole text."""
    return Finding(candidate.component, Match(how, text, score, candidate.pattern), 0, len(text), literal)


def nearly(finding: Finding, piece: Piece, slips: int) -> Finding:
    """What fits a place once so many slips are put right; the better, the more of it the pattern says literally."""
    match, whole = finding.match, len(piece.text)
    score = misspelt(max(whole - finding.literal, 0) + slips, whole)
    meant = Match("fuzzy", piece.text, score, match.pattern, match.how)
    return replace(finding, match=meant, start=piece.start, end=piece.end)


def _pairs(candidates: Iterable[Candidate], pieces: ByKey) -> Iterator[tuple[Candidate, Piece]]:
    seen: set[tuple[str, str, int, int]] = set()
    for each in candidates:
        for piece in pieces.get(each.key, ()):
            pair = (each.component, each.how, each.position, piece.start)
            if pair not in seen:
                seen.add(pair)
                yield each, piece


def _finding(each: Candidate, fit: Fit, piece: Piece, text: str, start: int) -> Iterator[Finding]:
    """What fits everything says nothing in a text, and little of a word that need be neither host nor path."""
    if fit.literal == 0 and not piece.alone:
        return
    path = "/" in piece.text
    score = fit.score if fit.literal or path else LEAST
    yield Finding(
        each.component, Match(each.how, text, score, each.pattern), start, start + len(text), fit.literal, each.owners
    )


def _host_in(piece: Piece, location: Location) -> tuple[str, int]:
    """The host as it stands in the piece; the whole piece where it is written otherwise."""
    place = piece.text.lower().find(location.host.name)
    if place < 0:
        return piece.text, piece.start
    return piece.text[place : place + len(location.host.name)], piece.start + place


def settled(findings: Iterable[Finding], length: int) -> bool:
    """Whether a pattern was found in a text of so many characters, or a name that is all of it."""
    return any(
        each.match.score >= SURE and (each.family != "name" or each.end - each.start >= length) for each in findings
    )


def parts_of(text: str, findings: Iterable[Finding]) -> list[Finding]:
    """The findings, names no nearer to the query than the part of it that they are, since it is about a longer one."""
    whole = len(text)
    return [
        replace(each, match=replace(each.match, score=misspelt(whole - len(each.match.text), whole)))
        if each.family == "name"
        else each
        for each in findings
    ]
