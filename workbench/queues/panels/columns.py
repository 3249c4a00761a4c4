"""What a queue shows of a ticket."""

from collections.abc import Callable
from datetime import datetime

from rich.text import Text

from workbench.clock import stored
from workbench.duration import short
from workbench.queues.model import Line
from workbench.tickets.clocks import Standing
from workbench.tickets.told import elapsed
from workbench.widgets.aging import clock_cell
from workbench.widgets.columns import Column
from workbench.widgets.show import show_line

StandingOf = Callable[[Line], Standing]


def columns(standing: StandingOf, now: Callable[[], datetime], digits: int, *, with_team: bool) -> list[Column[Line]]:
    """What a queue shows of a ticket; on a narrow terminal it loses Who, Team, Hops, Age, in this order.

    `digits`: how many the longest number of a ticket has.
    """

    def clock(line: Line, width: int) -> Text:
        told = standing(line)
        return clock_cell(told.stage.value, told.used, told.remaining_s, line.waiting_for, width)

    def age(line: Line, _: int) -> Text:
        return show_line(short(elapsed(stored(line.opened_at), now())))

    found: list[Column[Line]] = [
        Column("#", digits, lambda line, _: show_line(str(line.ref)), right=True),
        Column("P", 2, lambda line, _: show_line(line.priority, PRIORITY_STYLES[line.priority])),
        Column("Clock", 16, clock),
        Column("Age", 4, age, drop_order=4, right=True),
        Column("Hops", 4, hops, drop_order=3),
        Column("Subject", 17, lambda line, _: show_line(line.subject), flexible=True),
        Column("Team", 12, lambda line, _: show_line(line.team), drop_order=2),
        Column("Who", 9, lambda line, _: show_line(line.assignee or "–"), drop_order=1),
    ]
    return found if with_team else [column for column in found if column.title != "Team"]


PRIORITY_STYLES = {"P1": "bold red", "P2": "bold yellow", "P3": "", "P4": "dim"}


def hops(line: Line, _: int) -> Text:
    """How often it changed teams; ⇄ where it came back to one."""
    if line.bounces:
        return show_line(f"⇄ {line.hops}", "bold magenta")
    return show_line(f"→ {line.hops}" if line.hops else "·", "" if line.hops else "dim")
