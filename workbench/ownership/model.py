"""What can break and be owned, and what is known about whose it is; pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, NamedTuple

LONGEST: Final = 500
"""Characters of a name, a pattern or a title."""
LONGEST_DESCRIPTION: Final = 20_000
"""Characters; a longer text is a document, and belongs elsewhere."""


class ComponentKind(StrEnum):
    """What kind of thing a component is."""

    SERVICE = "service"
    APPLICATION = "application"
    DEVICE = "device"
    PLATFORM = "platform"
    VENDOR = "vendor"


class Status(StrEnum):
    """How far the catalogue's word about an owner can be trusted."""

    OWNED = "owned"
    UNOWNED = "unowned"
    DISPUTED = "disputed"
    STALE = "stale"


class SeamState(StrEnum):
    """Whether a dependency crosses from one team to another, and whether a team leads there."""

    OPEN = "open"
    LED = "led"
    NONE = "none"


class PathRule(NamedTuple):
    """Paths of a component; of rules with owners of their own (CODEOWNERS) the last that matches wins.

    `owners`: None for the component's own, none at all for paths that explicitly nobody owns.
    """

    pattern: str
    owners: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Component:
    """Anything that can break and be owned, by the names and patterns it is found by; `paths` in their file's order.

    `owners` are slugs of teams: none is unowned, several is disputed. `needs` are slugs of components.
    """

    slug: str
    kind: ComponentKind = ComponentKind.SERVICE
    title: str = ""
    description: str = ""
    aliases: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    urls: tuple[str, ...] = ()
    paths: tuple[PathRule, ...] = ()
    signatures: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    confirmed_at: datetime | None = None
    confirmed_by: str | None = None
    source: str = ""
    retired: bool = False

    @property
    def team(self) -> str | None:
        """The one team that it belongs to; None where it is unowned or disputed."""
        return self.owners[0] if len(self.owners) == 1 else None

    def status(self, now: datetime, stale_after: timedelta) -> Status:
        """What its owners amount to; what was never confirmed is stale."""
        return status_of(self.owners, self.confirmed_at, now, stale_after)


def status_of(owners: tuple[str, ...], confirmed_at: datetime | None, now: datetime, stale_after: timedelta) -> Status:
    """Unowned and disputed come before stale, since there is nothing to be confirmed."""
    if len(owners) != 1:
        return Status.DISPUTED if owners else Status.UNOWNED
    fresh = confirmed_at is not None and now - confirmed_at < stale_after
    return Status.OWNED if fresh else Status.STALE


class Seam(NamedTuple):
    """A dependency whose two ends belong to different teams: the first component needs the second.

    `teams` are theirs, in the same order; `lead` is the team that leads there, None where nobody does.
    """

    components: tuple[str, str]
    teams: tuple[str, str]
    lead: str | None


def seam_state(owners: tuple[str, ...], others: tuple[str, ...], lead: str | None) -> SeamState:
    """What a dependency is between components of those owners; who is unowned or disputed belongs to no team yet."""
    if len(owners) != 1 or len(others) != 1 or owners == others:
        return SeamState.NONE
    return SeamState.OPEN if lead is None else SeamState.LED
