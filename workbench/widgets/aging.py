"""How a clock and a queue's aging look: a glyph or a bar, then words, and only then colour."""

from collections.abc import Mapping

from rich.text import Text

from workbench.duration import short
from workbench.text import bar
from workbench.widgets.show import show_line

STYLES: Mapping[str, str] = {
    "fresh": "green",
    "aging": "yellow",
    "due": "bold yellow",
    "late": "bold red",
    "paused": "cyan",
    "none": "dim",
    "done": "dim",
}
"""By stage, in the sixteen colours that a terminal or theme keeps readable, whether its background is dark or light."""

HEIGHTS: Mapping[str, str] = {"late": "▇", "due": "▅", "aging": "▃", "fresh": "▁", "paused": "·"}
"""What stands for one share of a queue, worst first; higher is worse, so that it is read without colour."""

_BAR = 6
"""Cells of the bar before the words."""
_WORDS = 9
"""Cells that `12m over`, the longest usual words, need; without them beside it, the bar gives way."""


def clock_words(stage: str, remaining: int | None, waiting_for: str | None) -> str:
    """The clock in words: `4m left`, `12m over` (remaining seconds below 0), `❚❚ waiting: vendor`, `✓ done`."""
    if stage == "paused":
        return f"❚❚ waiting: {waiting_for}" if waiting_for else "❚❚ waiting"
    if stage == "done":
        return "✓ done"
    if stage == "none" or remaining is None:
        return "– no target"
    return f"{short(remaining)} left" if remaining > 0 else f"{short(remaining)} over"


def clock_cell(stage: str, used: float | None, remaining: int | None, waiting_for: str | None, width: int) -> Text:
    """The clock of a ticket in a list: the share that is used as a bar, and what remains, in seconds, in words.

    Narrow cells keep the words and lose the bar; `❚❚ vendor` is said where `waiting:` would be cut.
    """
    words = clock_words(stage, remaining, waiting_for)
    running = used is not None and stage in ("fresh", "aging", "due", "late")
    if running and used is not None and width > _BAR + _WORDS:
        words = f"{bar(used, _BAR)} {words:>{_WORDS}}"
    if stage == "paused" and waiting_for and show_line(words).cell_len > width:
        words = f"❚❚ {waiting_for}"
    return show_line(words, STYLES[stage])


def queue_bar(counts: Mapping[str, int], width: int) -> Text:
    """How the tickets of a queue spread over the stages, worst first, in at most `width` cells.

    No stage that has a ticket goes unseen, as long as there are cells enough.
    """
    present = [stage for stage in HEIGHTS if counts.get(stage, 0) > 0]
    total = sum(counts[stage] for stage in present)
    cells = min(width, total)
    text = Text(no_wrap=True, overflow="crop")
    for stage in present:
        rest = len(present) - present.index(stage) - 1
        share = round(counts[stage] * cells / total) if rest else cells
        share = min(max(1, share), max(0, cells - rest)) if cells else 0
        text.append(HEIGHTS[stage] * share, STYLES[stage])
        cells, total = cells - share, total - counts[stage]
    return text
