"""What a queue shows of a ticket."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from rich.text import Text

from workbench.clock import stored
from workbench.duration import elapsed, short
from workbench.queues.model import Line
from workbench.queues.store import Order
from workbench.tickets.clocks import Stage, Standing
from workbench.widgets.aging import STYLES, clock_cell
from workbench.widgets.columns import Column
from workbench.widgets.show import show_line

StandingOf = Callable[[Line], Standing]


USUAL: Final = ("#", "P", "Clock", "Age", "Hops", "Subject", "Owner", "Team", "Who")
"""Titles of the columns that a queue shows where nobody chose others; of Owner and Team only one."""
ALWAYS: Final = ("#", "Clock", "Subject")
"""Those that no choice takes away."""
UNUSUAL: Final = ("Here", "Touched", "Progress", "Unanswered", "Client", "Contact", "Component")
"""Those that one can choose besides."""
BY: Final = {
    "Clock": Order.URGENCY,
    "Age": Order.AGE,
    "Touched": Order.TOUCHED,
    "#": Order.NUMBER,
    "Subject": Order.SUBJECT,
    "Client": Order.CLIENT,
    "Team": Order.TEAM,
    "Who": Order.WHO,
    "P": Order.PRIORITY,
    "Hops": Order.HOPS,
    "Here": Order.HERE,
    "Progress": Order.PROGRESS,
    "Unanswered": Order.UNANSWERED,
    "Contact": Order.CONTACT,
    "Component": Order.COMPONENT,
    "Owner": Order.OWNER,
}
"""The order in which a click on a title puts the list."""


def columns(standing: StandingOf, now: Callable[[], datetime], digits: int) -> list[Column[Line]]:
    """What a queue can show; on a narrow terminal it loses what is unusual, then Who, Owner, Team, Hops, Age.

    `digits`: how many the longest number of a ticket has.
    """

    def clock(line: Line, width: int) -> Text:
        told = standing(line)
        if line.unaccepted and told.stage is Stage.LATE:
            return show_line(f"⚑ unaccepted {short(told.remaining_s or 0)}", STYLES[Stage.LATE])
        return clock_cell(told.stage.value, told.used, told.remaining_s, line.waiting_for, width)

    def since(at: Callable[[Line], str | None]) -> Callable[[Line, int], Text]:
        def age(line: Line, _: int) -> Text:
            then = at(line)
            return show_line(short(elapsed(stored(then), now())) if then else "·")

        return age

    def told(value: Callable[[Line], str | None]) -> Callable[[Line, int], Text]:
        return lambda line, _: show_line(value(line) or "–")

    return [
        Column("#", digits, lambda line, _: show_line(str(line.ref)), right=True),
        Column("P", 2, lambda line, _: show_line(line.priority, PRIORITY_STYLES[line.priority])),
        Column("Clock", 16, clock),
        Column("Age", 4, since(lambda line: line.opened_at), drop_order=12, right=True),
        Column("Hops", 4, hops, drop_order=11),
        Column("Here", 4, since(lambda line: line.arrived_at), drop_order=7, right=True),
        Column("Touched", 7, since(lambda line: line.touched_at), drop_order=6, right=True),
        Column("Progress", 8, since(lambda line: line.progress_at), drop_order=5, right=True),
        Column("Unanswered", 10, since(lambda line: line.unanswered_since), drop_order=4, right=True),
        Column("Subject", 17, subject, flexible=True),
        Column("Client", 10, told(lambda line: line.client), drop_order=3),
        Column("Contact", 12, told(lambda line: line.contact), drop_order=2),
        Column("Component", 12, told(lambda line: line.component), drop_order=1),
        Column("Owner", 12, owner, drop_order=9),
        Column("Team", 12, told(lambda line: line.team), drop_order=10),
        Column("Who", 9, told(lambda line: line.assignee), drop_order=8),
    ]


PRIORITY_STYLES = {"P1": "bold red", "P2": "bold yellow", "P3": "", "P4": "dim"}


def subject(line: Line, _: int) -> Text:
    """What it is about, behind the number of the known problem that it is of, whose way round is in the preview."""
    known = f"PRB-{line.problem} " if line.problem is not None else ""
    return Text.assemble(show_line(known, "bold yellow"), show_line(line.subject))


def owner(line: Line, _: int) -> Text:
    """Whose the component is as the catalogue knows it; ? where nobody owns it, ≠ where several teams do."""
    if line.owners is None:
        return show_line("–", "dim")
    if not line.owners:
        return show_line("? unowned", "bold red")
    return show_line(f"≠ {line.owners}", "bold yellow") if " | " in line.owners else show_line(line.owners)


def hops(line: Line, _: int) -> Text:
    """How often it changed teams; ⇄ where it came back to one."""
    if line.bounces:
        return show_line(f"⇄ {line.hops}", "bold magenta")
    return show_line(f"→ {line.hops}" if line.hops else "·", "" if line.hops else "dim")
