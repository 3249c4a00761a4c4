"""Whether a pattern of the catalogue can ever be found: the readers judge it by which the lookup goes."""

from collections.abc import Callable, Mapping
from typing import Final

from workbench.ownership.matching.hosts import HostPattern
from workbench.ownership.matching.paths import PathPattern
from workbench.ownership.matching.signatures import Signature
from workbench.ownership.matching.urls import UrlPattern

_READERS: Final[Mapping[str, Callable[[str], object | None]]] = {
    "hosts": HostPattern.read,
    "urls": UrlPattern.read,
    "paths": PathPattern.read,
    "signatures": Signature.read,
}


def matches_nothing(field: str, text: str) -> bool:
    """Whether this host, URL, path or signature is none; names in other fields match as they are."""
    reader = _READERS.get(field)
    return reader is not None and reader(text) is None
