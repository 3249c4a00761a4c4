"""What may be done with a ticket: each rule looks at it as it is now and tells the change, or refuses."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final, NamedTuple

from workbench.clock import iso
from workbench.errors import InvalidInput, Refused
from workbench.number import problem_number
from workbench.organisation.register import LONGEST_KEY
from workbench.text import storable
from workbench.tickets.model import NO_FIELDS, Event, Ticket
from workbench.tickets.vocabulary import Kind, Priority, State, WaitingFor

LONGEST_SUBJECT: Final = 500
"""Characters; longer subjects are bodies in the wrong box."""
LONGEST_TEXT: Final = 1_000_000
"""Characters of a body, comment, note or reason."""


class Change(NamedTuple):
    """An event before it has its place in the timeline; `who` is None for the one who acts.

    `before` holds what was there of that which the ticket itself does not keep.
    """

    kind: Kind
    after: dict[str, Any]
    text: str = ""
    public: bool = False
    who: str | None = None
    before: Mapping[str, Any] = NO_FIELDS


class Resolution(NamedTuple):
    """What the resolver tells; an escalated ticket needs cause, fix and what was learned.

    `runbook` is the slug of the one that helps next time, `problem` the one that recognises it next time (7 or PRB-7),
    `one_off` says why there will be no next time. `avoidable` names what the first line lacked (access, runbook,
    context), or "no".
    """

    cause: str = ""
    fix: str = ""
    one_off: str = ""
    runbook: str = ""
    problem: str = ""
    avoidable: str = ""


LEARNED: Final = ("runbook", "problem", "one_off")
"""Of these an escalated ticket needs one."""


def take(ticket: Ticket, who: str, *, answers: bool = False) -> Change | None:
    """Taking what another has is refused and names them; taking one's own changes nothing.

    `answers`: who takes it is of the team that holds it. To be given a ticket is no response; to take it then is one.
    """
    require_unresolved(ticket, "taken")
    if ticket.assignee == who and (ticket.answered or not answers):
        return None
    if ticket.assignee not in (None, who):
        ask = f"ask them, or assign it to yourself: `workbench ticket assign {ticket.ref} {who}`"
        raise Refused(f"{ticket.assignee} has #{ticket.ref} already", ask)
    return Change(Kind.TAKEN, _given_to(ticket, who))


def assign(ticket: Ticket, to: str | None) -> Change | None:
    """Gives it to a person, or to nobody."""
    require_unresolved(ticket, "assigned")
    return None if ticket.assignee == to else Change(Kind.ASSIGNED, _given_to(ticket, to))


def reply(ticket: Ticket, text: str) -> Change:
    """A requester's words end a wait for them and reopen a resolved ticket; a closed one stays closed."""
    if ticket.state is State.CLOSED:
        raise Refused(f"#{ticket.ref} is closed", "open a new ticket for what the requester says now")
    waits = ticket.waiting is not None and ticket.waiting.on is WaitingFor.REQUESTER
    after: dict[str, Any] = {}
    if waits or ticket.state is State.RESOLVED:
        after = {"state": State.OPEN.value} | ({"waiting": None} if waits else {})
    return Change(Kind.REPLIED, after, text, public=True, who=ticket.contact or "requester")


def prioritise(ticket: Ticket, priority: Priority, reason: str) -> Change | None:
    """Overrides what follows from impact × urgency."""
    require_unresolved(ticket, "given another priority")
    return None if ticket.priority is priority else Change(Kind.PRIORITISED, {"priority": priority.value}, reason)


def set_component(ticket: Ticket, component: str) -> Change | None:
    """Says what it is about; a closed ticket keeps what it had."""
    if ticket.state is State.CLOSED:
        raise Refused(f"#{ticket.ref} is closed", "reopen it first, or open a new one")
    if (ticket.component or "") == component:
        return None
    return Change(Kind.CHANGED, {"component": component or None})


def move(ticket: Ticket, team: str, tier: str, reason: str) -> Change:
    """Routes a ticket that nobody has worked on or handed off; after that a change of team is a hand-off."""
    require_unresolved(ticket, "moved")
    if ticket.team == team:
        raise Refused(f"#{ticket.ref} is at {team} already", "name another team")
    if ticket.worked_on:
        raise Refused(
            f"#{ticket.ref} has been worked on or handed off, so a change of team is a hand-off",
            f"`workbench escalate {ticket.ref}` passes it on, `workbench handoff return {ticket.ref}` gives it back",
        )
    given = {"assignee": None} if ticket.assignee is not None else {}
    return Change(Kind.MOVED, {"team": team, "tier": tier, **given}, reason)


def wait(ticket: Ticket, on: WaitingFor, reason: str, until: datetime | None, now: datetime) -> Change:
    """Lets it wait for somebody or something, until an instant or until somebody acts."""
    require_unresolved(ticket, "set to wait")
    if until is not None and until <= max(now, ticket.touched_at):
        raise InvalidInput(f"the wake-up {iso(until)} is past", "name an instant still to come")
    told = {"for": on.value, "reason": reason, "until": iso(until) if until else None}
    return Change(Kind.WAITED, {"state": State.WAITING.value, "waiting": told}, reason)


def resume(ticket: Ticket) -> Change:
    """Ends a wait."""
    if ticket.state is not State.WAITING:
        raise Refused(f"#{ticket.ref} is {ticket.state}, not waiting", "nothing needs to be resumed")
    return Change(Kind.RESUMED, {"state": State.OPEN.value, "waiting": None})


def resolve(ticket: Ticket, resolution: Resolution, who: str) -> Change:
    """Whoever resolves what nobody had has it from then on."""
    require_unresolved(ticket, "resolved")
    learned = {name: limited(text, name) for name, text in resolution._asdict().items() if text.strip()}
    missing = [name for name in ("cause", "fix") if name not in learned]
    if not learned.keys() & set(LEARNED):
        missing.append(" or ".join(LEARNED).replace("_", "-"))
    if ticket.escalated and missing:
        raise Refused(
            f"#{ticket.ref} was escalated, and {' and '.join(missing)} {'is' if len(missing) == 1 else 'are'} missing",
            "say the cause, the fix, and the runbook or problem that helps next time or why it is a one-off",
        )
    after: dict[str, Any] = {"state": State.RESOLVED.value, **learned}
    if "problem" in learned:
        after["problem"] = problem_number(learned["problem"])
    if ticket.state is State.WAITING:
        after["waiting"] = None
    if ticket.assignee is None:
        after["assignee"] = who
    return Change(Kind.RESOLVED, after, resolution.fix)


def close(ticket: Ticket) -> Change | None:
    """Closes a resolved ticket before time does."""
    if ticket.state is State.CLOSED:
        return None
    if ticket.state is not State.RESOLVED:
        raise Refused(f"#{ticket.ref} is {ticket.state}", "resolve it first")
    return Change(Kind.CLOSED, {"state": State.CLOSED.value})


def reopen(ticket: Ticket, reason: str) -> Change:
    """Opens a resolved or closed ticket again."""
    if ticket.unresolved:
        raise Refused(f"#{ticket.ref} is {ticket.state}", "it need not be reopened")
    return Change(Kind.REOPENED, {"state": State.OPEN.value}, reason)


def require_undoable(ref: int, event: Event, later: list[Event]) -> None:
    """Refuses to take back an opening, what the requester has read, and what others have built on."""
    if event.kind is Kind.OPENED:
        raise Refused(f"#{ref} was opened and keeps its number", "resolve and close it instead")
    if event.kind is Kind.COMPLETED:
        raise Refused(f"what was filled in about #{ref} stays", "put it right by a note")
    if event.public:
        raise Refused(f"the comment on #{ref} was read by the requester", "write another one that puts it right")
    others = [each for each in later if each.who != event.who]
    if others:
        built = f"{others[-1].who or 'somebody'} has built on it ({others[-1].kind.words})"
        raise Refused(f"your change of #{ref} ({event.kind.words}) stays: {built}", "put it right by a new change")


def required(text: str, name: str, longest: int = LONGEST_TEXT) -> str:
    """The text as it can be kept; InvalidInput where it is blank or too long."""
    if not text.strip():
        raise InvalidInput(f"the {name} is empty", "say it in a few words")
    return limited(text, name, longest)


def limited(text: str, name: str, longest: int = LONGEST_TEXT) -> str:
    """The text as it can be kept; InvalidInput where it is too long."""
    if len(text) > longest:
        raise InvalidInput(f"the {name} has {len(text):,} characters", f"write at most {longest:,}")
    return storable(text)


def component_named(text: str) -> str:
    """A component's name as a ticket keeps it, empty where nobody knows; InvalidInput where it is no name."""
    name = limited(text.strip(), "component", LONGEST_KEY)
    if len(name.splitlines()) > 1:
        raise InvalidInput("the component has a line break", "name it in one line")
    return name


def require_unresolved(ticket: Ticket, participle: str) -> None:
    """Refuses to do to a ticket that is done what only makes sense while it is not."""
    if not ticket.unresolved:
        raise Refused(f"#{ticket.ref} is {ticket.state} and cannot be {participle}", "reopen it first")


def _given_to(ticket: Ticket, person: str | None) -> dict[str, Any]:
    """Taking and assigning make a new ticket open."""
    opens = {"state": State.OPEN.value} if ticket.state is State.NEW and person is not None else {}
    return {"assignee": person, **opens}
