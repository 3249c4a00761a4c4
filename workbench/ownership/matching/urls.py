"""URLs as patterns: a host, and the beginning of a path by whole segments."""

from collections.abc import Set
from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from urllib.parse import unquote

from workbench.ownership.matching.globs import ANY_DEPTH, Glob, ends, glob, heads
from workbench.ownership.matching.hosts import HostPattern, Location, literal_tail, read_location
from workbench.ownership.matching.scores import Fit, exact, partly

_KEYED: Final = 2
"""Segments of a path that an index keeps a pattern by."""
_WEB: Final = frozenset({"http", "https"})


@lru_cache(maxsize=5_000)
def segments_of(path: str) -> tuple[str, ...]:
    """The parts of a URL's path, empty ones left out, `%20` and the like as what they stand for."""
    return tuple(unquote(part, errors="replace") for part in path.split("/") if part)


@dataclass(frozen=True, slots=True)
class UrlPattern:
    """Every URL that is the pattern, or goes on behind it; scheme and port count only where both tell them."""

    host: HostPattern
    scheme: str
    path: tuple[Glob | None, ...]

    @classmethod
    def read(cls, text: str) -> "UrlPattern | None":
        """Reads it; None where it has no host."""
        location = read_location(text.strip())
        host = HostPattern.read(location.host.name) if location else None
        if location is None or host is None:
            return None
        told = HostPattern(location.host, host.labels)
        parts = list(segments_of(location.path))
        while parts and not parts[-1].strip("*"):  # what goes on behind the pattern fits anyway
            parts.pop()
        path = tuple(None if part == ANY_DEPTH else glob(part) for part in parts)
        return cls(told, location.host.scheme, path)

    def fit(self, location: Location, whole: int) -> Fit | None:
        """How well it fits a URL of `whole` characters; None where it does not."""
        if not _same_scheme(self.scheme, location.host.scheme):
            return None
        host = self.host.fit(location.host, whole)
        segments = segments_of(location.path)
        used = ends(self.path, segments, {0}) if host else None
        if not host or not used:
            return None
        literal = host.literal + sum(part.literal + 1 for part in self.path if part and part.literal)
        plain = all(part is not None and part.looks is None for part in self.path)
        if plain and host.score == 1 and max(used) == len(segments):
            return exact(literal)
        return partly(literal, max(whole, literal + 1))

    @property
    def keys(self) -> list[str]:
        """What an index keeps it by."""
        host = self.host
        tail = host.host.name if host.host.network is not None else literal_tail(host.labels)
        literal: list[str] = []
        for part in self.path[:_KEYED]:
            if part is None or part.looks is not None:
                break
            literal.append(part.text)
        return ["/".join((tail or host.keys[0], *literal))]


def url_keys(location: Location, starred: Set[str]) -> list[str]:
    """The keys under which an index may have a pattern that fits the URL; `starred` are those with a star there."""
    labels = location.host.labels
    hosts = dict.fromkeys([".".join(labels[place:]) for place in range(len(labels))] + [labels[0]])
    segments = segments_of(location.path)[:_KEYED]
    endings = ["".join(f"/{segment}" for segment in segments[:depth]) for depth in range(len(segments) + 1)]
    keys = [host + ending for host in hosts for ending in endings]
    return keys + [key for ending in endings for key in heads(labels[0], starred, ending)]


def _same_scheme(mine: str, other: str) -> bool:
    return not mine or not other or mine == other or {mine, other} <= _WEB
