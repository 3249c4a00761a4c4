"""Host names, addresses and networks, as an operator writes them in a pattern or finds them in a text."""

import re
from collections.abc import Set
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv6Address, ip_network
from typing import Final, NamedTuple
from unicodedata import normalize

from workbench.ownership.matching.globs import STAR, Glob, glob, heads
from workbench.ownership.matching.scores import Fit, exact, partly

_LONGEST: Final = 253
"""Characters of a host name (RFC 1035)."""
_LONGEST_LABEL: Final = 63
_DOTS: Final = str.maketrans("。．｡", "...")
_LABEL: Final = re.compile(r"[\w*-]+")
_DOTTED: Final = re.compile(r"(\d{1,3}\.){1,3}(\*\.){0,2}\*")
"""A network as `10.1.*` or `10.1.*.*`."""
_MAPPED: Final = 0xFFFF << 32
"""IPv4 addresses among IPv6's (RFC 4291, 2.5.5.2): both are kept as one kind."""
_PLAIN: Final = re.compile(r"(?!.*xn--)[a-z][a-z0-9_-]*(?:\.[a-z0-9_-]+)*")
"""A name that needs no closer reading, as most words of a stack trace with a dot in them are."""
_LOCATION: Final = re.compile(r"(?:([a-z][a-z0-9+.-]{0,30}):)?//", re.IGNORECASE)
_PORTS: Final = {"http": 80, "https": 443, "ws": 80, "wss": 443}
BITS: Final = 128
"""Bits of an address."""


class Network(NamedTuple):
    """Addresses from `first` on that have their first `length` bits in common; 128 is one address alone."""

    first: int
    length: int

    def holds(self, other: "Network") -> bool:
        """Whether all addresses of the other are in this one."""
        return other.length >= self.length and other.cut(self.length).first == self.first

    def cut(self, length: int) -> "Network":
        """The network of so many bits that this one is in."""
        rest = BITS - length
        return Network(self.first >> rest << rest, length)

    def common(self, other: "Network") -> int:
        """How many first bits both have in common."""
        return min(BITS - (self.first ^ other.first).bit_length(), self.length, other.length)

    @property
    def key(self) -> str:
        """It as text that sorts as the addresses do, and a wider network before those in it."""
        return f"@{self.first:032x}/{self.length:03}"


class Host(NamedTuple):
    """A host: its labels, or its address or network; the port where one is told, and the scheme."""

    name: str
    network: Network | None = None
    port: int | None = None
    scheme: str = ""

    @property
    def labels(self) -> list[str]:
        """The parts between the dots; an address is a single one."""
        return self.name.split(".") if self.network is None else [self.name]


class Location(NamedTuple):
    """A host and what stands behind it in a URL, without query and fragment."""

    host: Host
    path: str


def read_location(text: str) -> Location | None:
    """Reads `scheme://user@host:port/path` of which all but the host may be missing; None where there is no host."""
    lower = text.lower()
    if len(text) <= _LONGEST and _PLAIN.fullmatch(lower):
        return Location(Host(lower), "")
    match = _LOCATION.match(text)
    scheme = (match[1] or "").lower() if match else ""
    rest = re.split(r"[?#]", text[match.end() :] if match else text, maxsplit=1)[0]
    network = _network(rest)
    if network is not None:
        return Location(Host(_written(network), network, None, scheme), "")
    authority, slash, path = rest.partition("/")
    name, port = _name_and_port(authority.rpartition("@")[2])
    if port == -1:
        return None
    host = _host(name)
    return (
        None if host is None else Location(host._replace(port=port or _PORTS.get(scheme), scheme=scheme), slash + path)
    )


def read_host(text: str) -> Host | None:
    """Reads the host alone; a path behind it is passed over."""
    location = read_location(text)
    return location.host if location else None


def plain_name(name: str) -> str:
    """A host name in one form: small letters, no trailing dot, `xn--` labels as what they stand for."""
    plain = normalize("NFKC", name).translate(_DOTS).casefold().removesuffix(".")
    return ".".join(_decoded(label) for label in plain.split(".")) if "xn--" in plain else plain


def _decoded(label: str) -> str:
    if not label.startswith("xn--") or len(label) > _LONGEST_LABEL:
        return label
    try:
        return normalize("NFKC", label[4:].encode("ascii").decode("punycode")).casefold()
    except (UnicodeError, ValueError):
        return label


def _name_and_port(text: str) -> tuple[str, int | None]:
    """The port is None where none is told, and -1 where what stands there is none."""
    if text.startswith("["):
        name, closed, rest = text[1:].partition("]")
        if not closed or (rest and not rest.startswith(":")):
            return "", -1
        port = rest[1:]
    elif text.count(":") > 1:
        return text, None
    else:
        name, _, port = text.partition(":")
    if not port or port == "*":
        return name, None
    return (name, int(port)) if port.isascii() and port.isdigit() and len(port) <= 5 else ("", -1)


def _host(name: str) -> Host | None:
    network = _network(name)
    if network is not None:
        return Host(_written(network), network)
    if not name or len(name) > 2 * _LONGEST:
        return None
    plain = plain_name(name)
    plain = f"*{plain}" if plain.startswith(".") else plain
    labels = plain.split(".")
    valid = len(plain) <= _LONGEST and all(len(label) <= _LONGEST and _LABEL.fullmatch(label) for label in labels)
    return Host(plain) if valid else None


@lru_cache(maxsize=10_000)
def _network(text: str) -> Network | None:
    """An address or a network in any spelling; None where it is neither."""
    text = text[1:-1] if text.startswith("[") and text.endswith("]") else text
    if not text or len(text) > 60 or text[0] not in "0123456789abcdefABCDEF:":
        return None
    if _DOTTED.fullmatch(text):
        octets = text.replace(".*", "").split(".")
        text = f"{'.'.join((*octets, '0', '0', '0')[:4])}/{8 * len(octets)}" if len(octets) < 4 else text
    address, slash, length = text.partition("/")
    address = address.partition("%")[0]
    try:
        several = ip_network(f"{address}{slash}{length}", strict=False)
    except ValueError:
        return None
    first, bits = int(several.network_address), several.prefixlen
    return Network(first + _MAPPED, bits + 96) if several.version == 4 else Network(first, bits)


def _written(network: Network) -> str:
    address = IPv6Address(network.first)
    name = str(address.ipv4_mapped or address)
    length = network.length - (96 if address.ipv4_mapped else 0)
    return name if network.length == BITS else f"{name}/{length}"


@dataclass(frozen=True, slots=True)
class HostPattern:
    """A host as a pattern: `*` as the first label stands for any depth below, elsewhere for a part of one label."""

    host: Host
    labels: tuple[Glob, ...]

    @classmethod
    def read(cls, text: str) -> "HostPattern | None":
        """Reads it; None where it is no host."""
        host = read_host(text.strip())
        return None if host is None else cls(host, tuple(glob(label) for label in host.labels))

    def fit(self, host: Host, whole: int) -> Fit | None:
        """How well it fits a host of a text of `whole` characters; None where it does not."""
        mine = self.host
        if not _same_port(mine, host):
            return None
        port = len(str(mine.port)) + 1 if mine.port is not None and host.port == mine.port else 0
        if mine.network is not None or host.network is not None:
            return _network_fit(mine.network, host.network, port)
        labels = host.name.split(".")
        found = self._literal(labels)
        if found is None:
            return self._short(labels, whole)
        if mine.name == host.name and mine.port in (None, host.port):
            return exact(found + port)
        return partly(found + port, whole)

    def _literal(self, labels: list[str]) -> int | None:
        """The characters that fit literally, dots included; None where it does not fit."""
        own = self.labels
        if own[0].looks is not None and own[0].literal == 0:
            own, more = own[1:], len(labels) - len(self.labels)
            if more < 0:
                return None
            labels = labels[more + 1 :]
        if len(own) != len(labels) or not all(part.fits(label) for part, label in zip(own, labels, strict=True)):
            return None
        return sum(part.literal + 1 for part in own if part.literal)

    def _short(self, labels: list[str], whole: int) -> Fit | None:
        """A host without its domain is meant by its first label."""
        first = self.labels[0]
        if (len(labels) == 1) == (len(self.labels) == 1) or first.literal == 0 or not first.fits(labels[0]):
            return None
        return partly(first.literal, max(whole, len(self.host.name)), shortened=True)

    @property
    def keys(self) -> list[str]:
        """What an index keeps it by."""
        if self.host.network is not None:
            return [self.host.network.key]
        tail = literal_tail(self.labels)
        first = self.labels[0]
        keys = [tail or (first.head if len(self.labels) == 1 else STAR)]
        if len(self.labels) > 1 and first.literal:
            keys.append((first.text if first.looks is None else first.head) + ".")
        return keys


def literal_tail(labels: tuple[Glob, ...]) -> str:
    """The last labels of a pattern up to its last wildcard."""
    tail: list[str] = []
    for label in reversed(labels):
        if label.looks is not None:
            break
        tail.append(label.text)
    return ".".join(reversed(tail))


def host_keys(host: Host, starred: Set[str]) -> list[str]:
    """The keys under which an index may have a pattern that fits the host; its addresses are looked for otherwise.

    `starred` are the keys with a star that the index has.
    """
    labels = host.name.split(".")
    keys = [".".join(labels[place:]) for place in range(len(labels))]
    keys += [labels[0], *heads(labels[0], starred)]
    if len(labels) == 1:
        keys += [labels[0] + ".", *heads(labels[0], starred, ".")]
    return keys


def _same_port(mine: Host, other: Host) -> bool:
    return mine.port is None or other.port is None or mine.port == other.port or _web(mine, other)


def _web(mine: Host, other: Host) -> bool:
    """Whether both are the usual port of the web, with and without encryption: one leads to the other."""
    return bool(mine.scheme and other.scheme) and {mine.port, other.port} <= {80, 443}


def _network_fit(mine: Network | None, other: Network | None, port: int) -> Fit | None:
    if mine is None or other is None or not mine.holds(other):
        return None
    return exact(mine.length + port) if mine == other else partly(mine.length + port, BITS + 6)
