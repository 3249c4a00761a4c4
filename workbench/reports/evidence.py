"""What the diagnosis goes by besides the figures: who resolves what, where tickets lie, how they are passed on."""

from collections.abc import Mapping
from typing import NamedTuple

Pair = tuple[str, str]
"""Two teams: the one that passes a ticket on first, or in the order of their names where none does."""

Refs = tuple[int, ...]
"""Numbers of tickets, in order."""


class Hop(NamedTuple):
    """How often one team passed tickets to another: hops, tickets, those that came back, seconds they had lain."""

    source: str
    target: str
    hops: int
    tickets: int
    came_back: int
    seconds: int


class Load(NamedTuple):
    """What came to a team, or about a component, by hops and openings: by week (the earliest first), and in all.

    `own` of `own_of` came to the one team that owns the component it is about; of a component that is of what was
    passed on, or came there at once. `pressing` is P1 or P2, `hopped` came from another team.
    """

    weeks: tuple[int, ...]
    tickets: int
    own: int
    own_of: int
    pressing: int
    hopped: int


class Loads(NamedTuple):
    """Loads by team and by component."""

    teams: Mapping[str, Load]
    components: Mapping[str, Load]


class ComeBack(NamedTuple):
    """A problem that was said to be fixed and was not, with the tickets that matched it since."""

    number: int
    title: str
    tickets: Refs


class Evidence(NamedTuple):
    """Everything that the diagnosis looks at besides the figures.

    `ping_pong` are how many tickets two teams passed back and forth. `knowers` are how many tickets of a component each
    person resolved; "" is whoever is not known here. `old` and `untouched` lie in the graveyard, for the one reason or
    the other. `potatoes` are open tickets that were handed back and forth, by who passed them to whom; `seams` are open
    tickets that hopped over a seam without lead, by its teams. `waiting` are hand-offs that nobody had accepted
    (ticket, sender, receiver). `returned` and `avoidable` are hand-offs by code and by what the first line lacked.
    `paused_s` of `clock_s` is how long the resolve clocks of resolved tickets stood still; to the `unheard` the
    requester replied while they waited for somebody else.
    """

    hops: tuple[Hop, ...] = ()
    ping_pong: Mapping[Pair, int] = {}
    knowers: Mapping[str, Mapping[str, int]] = {}
    old: Refs = ()
    untouched: Refs = ()
    potatoes: Mapping[Pair, Refs] = {}
    seams: Mapping[Pair, Refs] = {}
    waiting: tuple[tuple[int, str, str], ...] = ()
    returned: Mapping[str, int] = {}
    avoidable: Mapping[str, int] = {}
    paused_s: int = 0
    clock_s: int = 0
    unheard: Refs = ()
    come_back: tuple[ComeBack, ...] = ()
    loads: Loads = Loads({}, {})
