"""What stands on the border of the list: what it shows, how much of it, in which order."""

from collections.abc import Sequence
from datetime import datetime

from workbench.duration import elapsed, short
from workbench.queues.headed import unaccepted_first
from workbench.queues.listing import Listing
from workbench.queues.model import QueueCount
from workbench.queues.panels.words import ORDERS, label


def title_while_looking(listing: Listing) -> list[str]:
    """The queue and the filter whose tickets are still looked for."""
    typed = [f"/ {listing.typed.text}"] if listing.typed.text else []
    return [label(listing.queue), *typed, "looking …"]


def title_of_found(listing: Listing, found: int) -> list[str]:
    """The queue and the filter, and how many tickets were found; `+` where there are others behind them."""
    many = f"{found:,}{'+' * listing.more}"
    if listing.typed.text:
        return [label(listing.queue), f"/ {listing.typed.text}", f"{many} found"]
    return [label(listing.queue), f"{many} open"]


def title_of_queue(total: QueueCount, now: datetime) -> list[str]:
    """A queue that is shown whole, as its counters tell it."""
    parts = [label(total.queue), f"{total.open:,} open"]
    if total.oldest_at:
        parts.append(f"oldest {short(elapsed(total.oldest_at, now))}")
    return parts


def subtitle(listing: Listing, marked: int, back: Sequence[str]) -> list[str]:
    """What is marked and what hidden, where one came from, and the order."""
    notes = [f"{marked:,} marked"] if marked else []
    if aside := len(listing.aside):
        notes.append(f"{aside:,} hidden, U shows them")
    order = f"by {ORDERS[listing.order][listing.turned_round]}"
    if unaccepted_first(listing.wanted, listing.order):
        order += f", not accepted {'last' if listing.turned_round else 'first'}"
    return [*notes, *back, order]
