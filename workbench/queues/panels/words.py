"""What the queue screen says: what a queue is called, what is burning, what to do where nothing stands."""

from collections.abc import Mapping

from rich.text import Text

from workbench.queues.model import Queue
from workbench.queues.store import Order
from workbench.widgets.aging import STYLES
from workbench.widgets.show import clicked, show_line

FIRST_STEPS = """No ticket has been opened here yet.

n  opens one
workbench import tickets FILE  brings them from another help desk
workbench setup show  prints teams, people and targets, to be changed and applied
workbench demo  shows a whole organisation at work, made up

They appear here by themselves; q leaves."""
"""What an empty workbench says."""
EMPTY: Mapping[str, str] = {
    "Mine": "You have no ticket. `workbench take-next` takes the most urgent one that nobody has.",
    "Unassigned": "Every ticket has somebody.",
    "Waiting": "No ticket waits for anybody.",
    "Late": "No ticket is late.",
    "Stale": "No ticket has been left untouched for long.",
    "Graveyard": "No ticket has been forgotten.",
    "Hand-offs": "No hand-off waits for you, and none of yours waits for others.",
    "Bouncing": "No ticket has come back to a team that had it before.",
    "Unowned": "Every ticket's component has an owner, as far as the catalogue knows it.",
}
"""What the empty smart queues say."""
NO_MATCH = """No ticket of {queue} matches this filter.

escape  clears it
/  opens it again: fewer words, or the beginning of one
[ and ]  go to another queue, without the filter"""
"""What a filter says that lets nothing through."""
NUMBER_MEANT = """#{number}  finds the ticket with that number here, ctrl+p {number} wherever it stands"""
"""What it says besides where only a number was typed, which is a word like any other."""
ORDERS: Mapping[Order, tuple[str, str]] = {
    Order.URGENCY: ("urgency", "urgency, the least first"),
    Order.AGE: ("age, oldest first", "age, newest first"),
    Order.TOUCHED: ("last touch, latest first", "last touch, longest ago first"),
    Order.NUMBER: ("number, newest first", "number, lowest first"),
    Order.SUBJECT: ("subject", "subject, from Z"),
    Order.CLIENT: ("client", "client, from Z"),
    Order.TEAM: ("team", "team, from Z"),
    Order.WHO: ("who, nobody first", "who, nobody last"),
    Order.PRIORITY: ("priority", "priority, P4 first"),
    Order.HOPS: ("hops, most first", "hops, fewest first"),
    Order.HERE: ("time here, longest first", "time here, shortest first"),
    Order.PROGRESS: ("progress, longest ago first", "progress, latest first"),
    Order.UNANSWERED: ("unanswered, longest first", "unanswered, longest last"),
    Order.CONTACT: ("contact", "contact, from Z"),
    Order.COMPONENT: ("component", "component, from Z"),
    Order.OWNER: ("owner, nobody first", "owner, nobody last"),
}
"""What the orders are called, as they usually are and turned round."""


def label(queue: Queue) -> str:
    """What a queue is called on the screen: a tier with its title, the others by their name."""
    return f"{queue.name} {queue.title}".strip() if queue.kind == "tier" else queue.name


def burning(late: int, graveyard: int, unanswered: str) -> Text:
    """What is burning now, in words and then in colour, each to be clicked on.

    `unanswered` says how many of one's own tickets have a requester who waits; empty where none has.
    """
    parts = [
        clicked(show_line(f"⚠ {late:,} late", STYLES["late"] if late else "dim"), "screen.named_queue('Late')"),
        clicked(
            show_line(f"☠ {graveyard:,} graveyard", "bold magenta" if graveyard else "dim"),
            "screen.named_queue('Graveyard')",
        ),
    ]
    if unanswered:
        told = show_line(f"✉ {unanswered} unanswered", "bold cyan")
        parts.insert(0, clicked(told, "screen.unanswered"))
    return Text("  ").join(parts)
