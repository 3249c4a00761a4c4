"""The tour: what a newcomer is asked to do, one thing after the other, told as done by the events of the ticket."""

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from workbench.errors import Refused
from workbench.practice.service import PracticeService
from workbench.practice.session import Session, SessionKind
from workbench.tickets.model import Event
from workbench.tickets.replay import standing_events
from workbench.tickets.vocabulary import Kind

TOUR: Final = "vpn-drops"
"""The scenario that the tour goes through: it asks for a lookup, a run and a hand-off."""
TOUR_SEED: Final = 1


class Stop(NamedTuple):
    """One thing to do, in words; `made` looks among what stands of the ticket's events whether a login has done it."""

    words: str
    made: Callable[[Sequence[Event], str], bool]


def _did(kind: Kind, times: int = 1) -> Callable[[Sequence[Event], str], bool]:
    return lambda events, who: sum(event.kind is kind and event.who == who for event in events) >= times


def _answered(events: Sequence[Event], _who: str) -> bool:
    return any(event.kind is Kind.REPLIED for event in events)


def _has_component(events: Sequence[Event], who: str) -> bool:
    return any(event.after.get("component") and event.who == who for event in events)


def _told_last(events: Sequence[Event], who: str) -> bool:
    """Whether the requester was told something after the hand-off."""
    mine = [event.kind for event in events if event.who == who]
    return Kind.HANDED_OFF in mine and Kind.COMMENTED in mine[mine.index(Kind.HANDED_OFF) :]


STOPS: Final = (
    Stop(
        "This is the queue of the first line; what runs out first stands on top. Beside it stands what is known of the"
        " ticket under the cursor. t makes it yours.",
        _did(Kind.TAKEN),
    ),
    Stop(
        "enter shows all of it. One person who waits, it says; but is it only one? c writes to the requester: ask"
        " whether colleagues have it too. ctrl+s sends.",
        _did(Kind.COMMENTED),
    ),
    Stop(
        "Requesters answer after two minutes. f4 makes time go faster until the answer is there, f3 slower again, f2"
        " lets it stand while you read. (No answer? Ask for colleagues or others.)",
        _answered,
    ),
    Stop(
        "Three people, who can work in between: that is a team, and hampered, so P3. p sets the priority, with your"
        " reason; ctrl+s. (f3 if time still flies.)",
        _did(Kind.PRIORITISED),
    ),
    Stop(
        "Whose is it? o looks it up with the ticket's own words: the card says who owns it, who is on support and what"
        " they want to know. enter takes the VPN gateway as what it is about.",
        _has_component,
    ),
    Stop(
        "A hand-off is offered, but others have had this trouble before: leave the form with escape, it is kept. r"
        " shows the runbooks that fit, the best first; enter begins one.",
        _did(Kind.RUN),
    ),
    Stop(
        "A step at a time: ! seems to run its command (v first says a name it lacks, here any will do). d done, f did"
        " not help, s skip. e ends the run: it did not help. (escape leaves it, r takes it up.)",
        _did(Kind.RUN, times=2),
    ),
    Stop(
        "The gateway is the network team's. e hands it off: what is known is filled in, the bar says what is missing;"
        " tab leads on, a adds a line to a list, ctrl+s sends. (escape keeps what was typed.)",
        _did(Kind.HANDED_OFF),
    ),
    Stop(
        "It has left your queue. Nobody likes to be left in the dark: c tells the requester that it is not their line,"
        " and that the network team has it. (ctrl+p and its number finds it again.)",
        _told_last,
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
        raise Refused(f"you are in session {going.number}, {going.title}", "end that one first")
    return going


def is_tour(session: Session) -> bool:
    """Whether it is the tour, and not its scenario by itself, which is begun with a seed by chance."""
    return (session.kind, session.name, session.seed) == (SessionKind.SCENARIO, TOUR, TOUR_SEED)


def stop_at(events: Sequence[Event], who: str) -> int:
    """How many stops were made: the place of the next among them."""
    standing = standing_events(events)
    return next((place for place, stop in enumerate(STOPS) if not stop.made(standing, who)), len(STOPS))


def words_at(place: int) -> str:
    """What is said at a stop, with how far one has come."""
    if place == len(STOPS):
        return LAST
    return f"{place + 1}/{len(STOPS)}  {STOPS[place].words}"
