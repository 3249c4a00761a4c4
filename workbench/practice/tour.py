"""The tour: what a newcomer is asked to do, one thing after the other, told as done by the events of the ticket."""

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from workbench.errors import Refused
from workbench.practice.service import PracticeService
from workbench.practice.session import Session, SessionKind
from workbench.tickets.model import Event, Kind
from workbench.tickets.replay import standing_events

TOUR: Final = "vpn-drops"
"""The scenario that the tour goes through: it asks for a lookup, a run and a hand-off."""
TOUR_SEED: Final = 1


class Stop(NamedTuple):
    """One thing to do, in words, and how many such events show that it was done; `is_it` tells one."""

    words: str
    is_it: Callable[[Event], bool]
    needed: int = 1


def _kind(*kinds: Kind) -> Callable[[Event], bool]:
    return lambda event: event.kind in kinds


STOPS: Final = (
    Stop(
        "This is the queue of the first line; what runs out first stands on top. Beside it stands what is known of the"
        " ticket under the cursor. t makes it yours.",
        _kind(Kind.TAKEN),
    ),
    Stop(
        "enter shows all of it. One person who waits, they say. Ask: c writes to the requester, as in"
        ' "Do colleagues have it too?"; ctrl+s sends. Requesters answer after two minutes; f4 lets them fly.',
        _kind(Kind.COMMENTED),
    ),
    Stop(
        "Three people, who can work in between: p sets the right impact and urgency, a team that is hampered. Priority"
        " follows from both, and now the clocks run as they should.",
        _kind(Kind.PRIORITISED),
    ),
    Stop(
        "Whose is it? o looks it up with the ticket's own words; look at the card. enter takes the VPN gateway as what"
        " it is about.",
        lambda event: bool(event.after.get("component")),
    ),
    Stop(
        "A hand-off is offered, but others have been here before: leave it with escape, it is kept. r shows the"
        " runbooks that fit, the best first; enter begins one.",
        _kind(Kind.RUN),
    ),
    Stop(
        "A step at a time: read it, y copies its command and ! seems to run it. d done, f did not help, s skip. At its"
        " end say what came of it: did not help. (escape leaves a run, r takes it up.)",
        _kind(Kind.RUN),
        needed=2,
    ),
    Stop(
        "The gateway is the network team's. e hands it off: what is known is filled in, the bar says what is missing,"
        " ctrl+s sends. (escape keeps what was typed.)",
        _kind(Kind.HANDED_OFF),
    ),
    Stop(
        "It has left your hands. Nobody likes to be left in the dark: c tells the requester that it is not their line,"
        " and that the network team has it.",
        _kind(Kind.COMMENTED),
        needed=2,
    ),
)
"""What is asked, in its order; about a minute each."""
LAST: Final = (
    "That was it. f7 shows your points beside what a good technician would have done; f8 ends the tour. 5 has more to"
    " practise, and ? always tells the keys."
)
"""What is said when all was done."""


def begin_tour(practice: PracticeService) -> Session:
    """Begins the tour, or takes it up; Refused where another session is going."""
    going = practice.going()
    if going is None:
        return practice.begin(SessionKind.SCENARIO, TOUR, TOUR_SEED)
    if not is_tour(going):
        raise Refused(f"you are in session {going.number}, {going.title}", "end that one first: workbench practice end")
    return going


def is_tour(session: Session) -> bool:
    """Whether a session goes through the tour's scenario, however it was begun."""
    return (session.kind, session.name) == (SessionKind.SCENARIO, TOUR)


def stop_at(events: Sequence[Event], who: str) -> int:
    """How many stops were made: the place of the next among them."""
    mine = [event for event in standing_events(events) if event.who == who]
    for place, stop in enumerate(STOPS):
        if sum(map(stop.is_it, mine)) < stop.needed:
            return place
    return len(STOPS)


def words_at(place: int) -> str:
    """What is said at a stop, with how far one has come."""
    if place == len(STOPS):
        return LAST
    return f"{place + 1}/{len(STOPS)}  {STOPS[place].words}"
