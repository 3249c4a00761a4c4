"""What else is known when a ticket is to be handed off: it may make the hand-off needless."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from workbench.escalation.model import Form
from workbench.escalation.proposal import OpenSeam, OwnerKnown
from workbench.tickets.model import Ticket


class Known(NamedTuple):
    """What other rooms say of a ticket's way: its owner, an open seam it lies on, and what was tried and found.

    `card` is the owner's as JSON, None where nobody is known.
    """

    owner: OwnerKnown | None = None
    seam: OpenSeam | None = None
    form: Form = Form()
    card: Mapping[str, Any] | None = None


class KnownProblem(NamedTuple):
    """A problem whose rule matches the ticket."""

    number: int
    title: str
    workaround: str


class UntriedRunbook(NamedTuple):
    """A runbook that fits the ticket and of which there was no run on it."""

    slug: str
    title: str


class SimilarTicket(NamedTuple):
    """A ticket of the same component or with like words, opened in the last 72 hours."""

    ref: int
    subject: str


class Around(NamedTuple):
    """What the form shows at its side; `owner` is the card of what is known."""

    problems: tuple[KnownProblem, ...] = ()
    similar: tuple[SimilarTicket, ...] = ()
    runbooks: tuple[UntriedRunbook, ...] = ()
    owner: Mapping[str, Any] | None = None


KnownOf = Callable[[Ticket], Known]
