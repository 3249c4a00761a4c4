"""The parts of the ticket screen: the timeline as paragraphs, the fields and the clocks at its side."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import groupby
from typing import NamedTuple
from zoneinfo import ZoneInfo

from rich.text import Text

from workbench.clock import stored
from workbench.duration import elapsed, format_duration, short
from workbench.text import bar
from workbench.tickets.clocks import Thresholds, clock_word, leading, moment_of, standing
from workbench.tickets.model import ClockState, Event, Hint, Ticket
from workbench.tickets.vocabulary import Kind
from workbench.widgets.aging import STYLES, clock_words
from workbench.widgets.show import clicked, show, show_line

LONGEST_SHOWN = 64_000
"""Characters of all texts together; the rest is cut until somebody asks for it, since wrapping takes its time."""

_MARKS = {
    Kind.COMMENTED: ("▶ to the requester", "bold green"),
    Kind.REPLIED: ("◀ from the requester", "bold cyan"),
    Kind.NOTED: ("✎ internal note", "bold yellow"),
    Kind.OPENED: ("● opened", "bold"),
    Kind.RESOLVED: ("✓ resolved", "bold green"),
    Kind.RUN: ("▤ runbook", "bold blue"),
    Kind.STEPPED: ("▤ step", "blue"),
    Kind.HANDED_OFF: ("⇢ handed off", "bold magenta"),
    Kind.ACCEPTED: ("⇢ accepted", "magenta"),
    Kind.RETURNED: ("⇠ returned", "bold magenta"),
    Kind.COMPLETED: ("⇢ filled in", "magenta"),
    Kind.SWARM_STARTED: ("⁂ swarm", "bold blue"),
    Kind.SWARM_JOINED: ("⁂ joined", "blue"),
    Kind.SWARM_LEFT: ("⁂ left", "blue"),
    Kind.SWARM_LOGGED: ("⁂ log", "blue"),
    Kind.SWARM_CLOSED: ("⁂ learned", "bold blue"),
    Kind.LINKED: ("∞ known problem", "bold yellow"),
    Kind.UNLINKED: ("∞ no longer of the problem", "yellow"),
    Kind.UNDONE: ("↶ taken back", "dim"),
}


class Reading(NamedTuple):
    """How a timeline is read: `everything` uncut, changes `folded`, and what came after event `seen` (None: no mark).

    `who` reads it; what one did oneself is never new.
    """

    zone: ZoneInfo
    who: str
    everything: bool = False
    folded: bool = False
    seen: int | None = None

    def is_new(self, event: Event) -> bool:
        """Whether somebody else did that since one looked last."""
        return self.seen is not None and event.seq > self.seen and event.who != self.who


def timeline(events: Iterable[Event], reading: Reading) -> Iterator[Text]:
    """The events as paragraphs, the newest last; neighbouring changes without a word are one where they are folded."""
    events = list(events)
    undone = {event.undoes for event in events if event.undoes is not None}
    left = LONGEST_SHOWN
    for is_change, some in groupby(events, key=_is_change):
        group = list(some)
        if is_change and reading.folded:
            yield from (_folded(group, reading), Text())
            continue
        for event in group:
            yield from _told(event, reading, max(0, left), taken_back=event.seq in undone)
            left -= len(event.text)


def _is_change(event: Event) -> bool:
    """Whether it only changed fields: nobody wrote a word, and nothing was opened or resolved."""
    return event.kind not in _MARKS and not event.text.strip()


def _folded(changes: Sequence[Event], reading: Reading) -> Text:
    count, people = len(changes), dict.fromkeys(event.who for event in changes if event.who)
    told = f"· {count} change{'s' * (count > 1)}" + (f" by {', '.join(people)}" if people else "")
    each = "; ".join(_changes(event, reading.zone).strip() or event.kind.words for event in changes)
    line = show_line(f"{told}: {each}", "dim")
    return Text.assemble(_new(any(map(reading.is_new, changes))), line)


def _told(event: Event, reading: Reading, length: int, *, taken_back: bool) -> list[Text]:
    paragraphs = [Text.assemble(_new(reading.is_new(event)), _heading(event, reading.zone, taken_back=taken_back))]
    text = event.text if reading.everything else event.text[:length]
    if text.strip():
        paragraphs.append(show(text.rstrip(), "dim" if taken_back else ""))
    if len(text) < len(event.text):
        more = f"… {len(event.text) - len(text):,} characters more: press O to open all"
        paragraphs.append(show_line(more, "reverse"))
    return [*paragraphs, Text()]


def _new(is_new: bool) -> Text:
    return show_line("new ", "bold reverse") if is_new else Text()


def _heading(event: Event, zone: ZoneInfo, *, taken_back: bool) -> Text:
    mark, style = _MARKS.get(event.kind, (f"· {event.kind.words}", ""))
    heading = Text.assemble(
        show_line(mark, style), "  ", show_line(f"{event.at.astimezone(zone):%a %Y-%m-%d %H:%M}", "dim")
    )
    if event.who:
        heading.append_text(show_line(f"  {event.who}", "bold"))
    heading.append_text(show_line(_changes(event, zone), "dim"))
    if taken_back:
        heading.stylize("strike")
    return heading


_TOLD = ("state", "team", "tier", "assignee", "priority", "waiting", "component", "client")


def _changes(event: Event, zone: ZoneInfo) -> str:
    """What changed, in words: `  team frontline → network`."""
    if event.kind is Kind.OPENED:
        return ""
    parts = [
        f"{name} {_value(event.before.get(name), zone)} → {_value(event.after[name], zone)}"
        for name in _TOLD
        if name in event.after and event.after[name] != event.before.get(name)
    ]
    parts += [f"{name.replace('_', ' ')}: {event.after[name]}" for name in _SAID if event.after.get(name)]
    return "  " + ", ".join(parts) if parts else ""


_SAID = ("cause", "runbook", "problem", "one_off", "avoidable", "code")


def _value(value: object, zone: ZoneInfo) -> str:
    if isinstance(value, dict):
        until = f" until {stored(value['until']).astimezone(zone):%a %Y-%m-%d %H:%M}" if value.get("until") else ""
        return f"{value.get('for')}{until}"
    return "–" if value in (None, "") else str(value)


def fields(ticket: Ticket, now: datetime, limits: Thresholds, on_support: Callable[[str], str | None]) -> Text:
    """What decides about it, its clocks, what is known about it, its ages; one a line."""
    now = moment_of(ticket, now)
    where = standing(ticket.state, leading(ticket.clocks, now), now, limits)
    waiting = ticket.waiting
    decides = [
        ("State", ticket.state.value),
        ("Waiting", f"{waiting.on.value}: {waiting.reason}" if waiting else None),
        ("Wakes", f"in {short(elapsed(now, waiting.until))}" if waiting and waiting.until else None),
        ("Clock", clock_words(where.stage.value, where.remaining_s, waiting.on.value if waiting else None)),
        ("Priority", ticket.priority.value),
        ("Impact", f"{ticket.impact}, {ticket.urgency}"),
        ("Team", f"{ticket.team}, {ticket.tier}"),
        ("Who", ticket.assignee or "nobody"),
        ("On support", on_support(ticket.team)),
    ]
    known = [
        ("Client", ticket.client),
        ("Contact", ticket.contact),
        ("Component", ticket.component),
        ("Tags", ", ".join(ticket.tags) or None),
        ("External", ticket.external),
    ]
    clocks = [_clock(clock, ticket, now) for clock in ticket.clocks if clock.target_s is not None]
    groups = [_fields(decides), clocks, _fields(known), _fields(_ages(ticket, now)), _earlier(ticket)]
    return Text("\n\n").join([Text("\n").join(group) for group in groups if group])


def others_here(people: Sequence[str]) -> Text:
    """Who else looks at the ticket at this moment."""
    if not people:
        return Text()
    verb = "looks" if len(people) == 1 else "look"
    return show_line(f"◉ {', '.join(people)} {verb} at this too", "bold yellow")


def hint_lines(hints: Iterable[Hint]) -> list[Text]:
    """What is known that fits a ticket, a line for each, with the key that leads there; a click presses it too."""
    return [
        show_line(f"{hint.label:<9}", "bold yellow" if hint.pressing else "bold")
        .append_text(show_line(hint.text))
        .append_text(_pressing(hint.key))
        for hint in hints
    ]


def _pressing(key: str) -> Text:
    if not key:
        return Text()
    pressing = clicked(show_line(f"press {key}", "dim"), f"app.simulate_key({key!r})")
    return show_line(" · ", "dim").append_text(pressing)


Fields = list[tuple[str, str | None]]


def _ages(ticket: Ticket, now: datetime) -> Fields:
    return [
        ("Opened", f"{short(elapsed(ticket.opened_at, now))} ago"),
        ("In queue", short(elapsed(ticket.arrived_at, now))),
        ("Progress", f"{short(elapsed(ticket.progress_at, now))} ago"),
        ("Touched", f"{short(elapsed(ticket.touched_at, now))} ago"),
        ("Unanswered", short(elapsed(ticket.unanswered_since, now)) if ticket.unanswered_since else None),
        ("Hops", f"{ticket.hops}, {ticket.bounces} back" if ticket.hops else None),
        ("Reopened", f"{ticket.reopens} ×" if ticket.reopens else None),
    ]


def _fields(told: Fields) -> list[Text]:
    return [_field(name, value) for name, value in told if value]


def _field(name: str, value: str) -> Text:
    label = show_line(name, "dim")
    label.truncate(11, pad=True)
    return label.append_text(show_line(value))


def _clock(clock: ClockState, ticket: Ticket, now: datetime) -> Text:
    """A clock on two lines: its bar and word, then what is used of what; a paused one says how long it stood still."""
    target, used = clock.target_s or 0, clock.used(now)
    word = clock_word(clock, ticket.state, now)
    style = STYLES["late"] if word == "missed" else STYLES["fresh"] if word == "met" else ""
    paused = f", {short(clock.paused_s)} paused" if clock.paused_s else ""
    return Text.assemble(
        show_line(f"{clock.name:<11}", "dim"),
        show_line(bar(used / target if target else 1.0, 6), style),
        show_line(f" {word}", style),
        "\n",
        show_line(f"{'':11}{short(used)} of {format_duration(target)}{paused}", "dim"),
    )


def _earlier(ticket: Ticket) -> list[Text]:
    """The stays before this one, with how their clocks ended."""
    told = []
    for stay in ticket.stays[:-1]:
        ended = ", ".join(f"{each['name']} {each['state']}" for each in stay.outcome if each["state"] != "none")
        stood = short(elapsed(stay.entered_at, stay.left_at)) if stay.left_at else ""
        told.append(show_line(f"{stay.tier} {stay.team} {stood}" + (f": {ended}" if ended else ""), "dim"))
    return [show_line("Earlier", "bold"), *told] if told else []
