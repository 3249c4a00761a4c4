"""Whether a pattern of a file can ever be found: the same readers judge it as the lookup uses."""

from collections.abc import Callable
from typing import Final

from workbench.ownership.matching.hosts import HostPattern
from workbench.ownership.matching.paths import PathPattern
from workbench.ownership.matching.signatures import Signature
from workbench.ownership.matching.urls import UrlPattern
from workbench.ownership.model import LONGEST

_READERS: Final[dict[str, Callable[[str], object | None]]] = {
    "hosts": HostPattern.read,
    "urls": UrlPattern.read,
    "paths": PathPattern.read,
    "signatures": Signature.read,
}


def refused(field: str, text: str) -> str | None:
    """Why this alias, host, URL, path or signature cannot be used; None where it can."""
    if not text.strip():
        return "an element is empty"
    if len(text) > LONGEST:
        return f"an element has {len(text):,} characters; at most {LONGEST} are kept"
    reader = _READERS.get(field)
    if reader is not None and reader(text) is None:
        return f"{text!r} can match nothing"
    return None
