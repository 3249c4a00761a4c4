"""Why a ticket stands where it stands, and how that is reckoned: its clocks, its pauses, its stays."""

from collections.abc import Iterator
from datetime import datetime
from typing import ClassVar, Final
from zoneinfo import ZoneInfo

from rich.text import Text
from textual.binding import Binding, BindingType

from workbench.duration import elapsed, format_duration
from workbench.tickets.clocks import clock_word, moment_of
from workbench.tickets.dialogs.means import Means
from workbench.tickets.model import ClockState, Stay, Ticket
from workbench.widgets.reading_box import ReadingBox
from workbench.widgets.show import show, show_line

COUNTS: Final = {
    "respond": "since it arrived, until somebody here takes or answers it",
    "resolve": "the time at this tier, but for what it waits",
    "update": "since the requester was last written to",
}
"""What each clock counts."""
ORDER: Final = "On top of a queue stands whose clock runs out first; then come priority, age and number."


class WhyBox(ReadingBox):
    """The sentence, and below it what it comes from."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("w", "dismiss", "Close", id="why.close", tooltip="Close this"),
    ]

    def __init__(self, means: Means, ticket: Ticket, because: str) -> None:
        zone, now = means.zone, means.tickets.clock.now()
        super().__init__(f"#{ticket.ref} {ticket.subject}", [show(because), Text(), *reckoned(ticket, now, zone)])


def reckoned(ticket: Ticket, now: datetime, zone: ZoneInfo) -> Iterator[Text]:
    """The clocks with what each counts, the stays, the order of a queue; times as the clocks of `zone` show them."""
    now, clocks = moment_of(ticket, now), [clock for clock in ticket.clocks if clock.target_s is not None]
    if clocks:
        calendar = clocks[0].calendar
        hours = "around the clock" if calendar.never_closes else f"in the hours of {calendar.name}, {calendar.zone}"
        yield show_line(f"Clocks of {ticket.priority} at {ticket.tier}, {hours}", "bold")
        for clock in clocks:
            yield from _clock(clock, ticket, now, zone)
        yield Text()
    if ticket.stays:
        yield show_line("Where it was", "bold")
        yield from (_stay(stay, now, zone) for stay in ticket.stays)
        yield Text()
    yield show(ORDER, "dim")


def _clock(clock: ClockState, ticket: Ticket, now: datetime, zone: ZoneInfo) -> Iterator[Text]:
    word, due = clock_word(clock, ticket.state, now), clock.due_at_last()
    parts = [f"{_minutes(clock.used(now))} used of {format_duration(clock.target_s or 0)}"]
    if clock.paused_s:
        parts.append(f"{_minutes(clock.paused_s)} paused")
    if due is not None and ticket.unresolved:
        parts.append(f"{'runs' if due > now else 'ran'} out {_moment(due, zone)}")
    yield show(f"{clock.name:<9}{word:<9}{', '.join(parts)}")
    yield show(f"{'':9}{COUNTS[clock.name]}", "dim")


def _stay(stay: Stay, now: datetime, zone: ZoneInfo) -> Text:
    ended = ", ".join(f"{each['name']} {each['state']}" for each in stay.outcome if each["state"] != "none")
    length = _minutes(elapsed(stay.entered_at, stay.left_at or now))
    told = f"{_moment(stay.entered_at, zone)}  {stay.tier} {stay.team} for {length}"
    return show(f"{told}: {ended}" if ended else told)


def _moment(at: datetime, zone: ZoneInfo) -> str:
    return f"{at.astimezone(zone):%a %d %b %H:%M}"


def _minutes(seconds: int) -> str:
    """A length to the minute, where it is one at least."""
    return format_duration(seconds if seconds < 60 else seconds // 60 * 60)
