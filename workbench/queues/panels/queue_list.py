"""The list of queues, with how full and how late each is."""

from collections.abc import Iterable, Mapping, Sequence
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widgets.option_list import Option

from workbench.queues.model import SMART, QueueCount
from workbench.queues.panels.words import label
from workbench.tickets.clocks import Stage
from workbench.widgets.aging import STYLES, queue_bar
from workbench.widgets.options import Options, moves
from workbench.widgets.show import show_line

DIGITS = "67890"
"""The number keys of the saved queues, in their order; 1 to 5 are the program's screens."""


def number_keys(counts: Iterable[QueueCount]) -> dict[str, str]:
    """By queue, its number key: the saved queues in their order, and smart ones where no saved one has the key."""
    saved = [total.queue.name for total in counts if total.queue.kind == "saved"]
    names = [*saved, *list(SMART)[len(saved) :]]
    return dict(zip(names, DIGITS, strict=False))


class QueueList(Options, inherit_bindings=False):
    """The queues with their counts; the one under the cursor is shown beside it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *moves("queues", "the queue"),
        Binding("enter", "select", "Open", id="queues.open", tooltip="To the tickets of this queue"),
        Binding("f2", "rename", "Rename", id="queues.rename", tooltip="Give this queue of your own another name"),
        Binding("K", "move(-1)", "Move up", id="queues.move_up", tooltip="Put your own queue higher", show=False),
        Binding("J", "move(1)", "Move down", id="queues.move_down", tooltip="Put your own queue lower", show=False),
        Binding("delete,D", "delete", "Delete", id="queues.delete", tooltip="Forget this queue of your own"),
    ]

    class ChangeWanted(Message):
        """A saved queue is to be renamed, moved by `step` places, or deleted."""

        def __init__(self, wish: str, queue: str, step: int = 0) -> None:
            super().__init__()
            self.wish, self.queue, self.step = wish, queue, step

    def __init__(self) -> None:
        self._counts: Sequence[QueueCount] = ()
        self._on_own = False
        super().__init__(id="queues")
        self._keys: Mapping[str, str] = {}
        self._prompts: list[Text] = []
        self._prompts_width = 0

    def show_counts(self, counts: Sequence[QueueCount], keys: Mapping[str, str]) -> None:
        """Shows the queues, those that have a key of their own with it; the cursor stays on its queue."""
        before = [total.queue.name for total in self._counts]
        self._counts, self._keys = counts, keys
        if before == [total.queue.name for total in counts]:
            self._renew_prompts()
        else:
            self._rebuild(before)

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines, their bars as wide as there is room: a frame is painted before one is told of another size."""
        if self._prompts_width != self._width:
            self._renew_prompts()
        return super().render_lines(crop)

    def name_at(self, index: int) -> str:
        """The queue at an option's index."""
        return self._counts[index].queue.name

    def show_at(self, name: str) -> None:
        """Puts the cursor on a queue, or on the first where that one is not listed."""
        names = [total.queue.name for total in self._counts]
        self.highlighted = names.index(name) if name in names else 0

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offers what can be done to one's own queues only on such a one."""
        return action not in ("rename", "move", "delete") or self._own() is not None

    def action_rename(self) -> None:
        """Wishes another name for the queue under the cursor."""
        self._wish("rename")

    def action_move(self, step: int) -> None:
        """Wishes the queue under the cursor another place."""
        self._wish("move", step)

    def action_delete(self) -> None:
        """Wishes the queue under the cursor gone."""
        self._wish("delete")

    def watch_highlighted(self, highlighted: int | None) -> None:
        """Shows which keys make sense for the queue under the cursor."""
        super().watch_highlighted(highlighted)
        own = self._own() is not None
        if own is not self._on_own:  # painting the keys anew takes longer than the list itself
            self._on_own = own
            self.refresh_bindings()

    def _own(self) -> str | None:
        """The saved queue under the cursor; None where another one is."""
        if self.highlighted is None or self.highlighted >= len(self._counts):
            return None
        queue = self._counts[self.highlighted].queue
        return queue.name if queue.kind == "saved" else None

    def _wish(self, wish: str, step: int = 0) -> None:
        queue = self._own()
        if queue is not None:
            self.post_message(self.ChangeWanted(wish, queue, step))

    @property
    def _width(self) -> int:
        """Cells that a line has."""
        return max(12, self.scrollable_content_region.width)

    def _rebuild(self, before: Sequence[str]) -> None:
        at = None if self.highlighted is None else before[self.highlighted]
        self._prompts, self._prompts_width = [self._prompt(total) for total in self._counts], self._width
        options: list[Option | None] = []  # None is a rule between the kinds
        for above, total in zip([None, *self._counts], self._counts, strict=False):
            if above is not None and above.queue.kind != total.queue.kind:
                options.append(None)
            options.append(Option(self._prompt(total)))
        self.clear_options()
        self.add_options(options)
        if at is not None:
            self.show_at(at)

    def _renew_prompts(self) -> None:
        self._prompts_width = self._width
        for index, total in enumerate(self._counts):
            prompt = self._prompt(total)
            if prompt != self._prompts[index]:
                self._prompts[index] = prompt
                self.replace_option_prompt_at_index(index, prompt)

    def _prompt(self, total: QueueCount) -> Text:
        width = self._width
        queue, is_tier = total.queue, total.queue.kind == "tier"
        opened = show_line(f" {total.open:,}" if total.known else " …", "" if total.open else "dim")
        name = show_line(label(queue), "bold" if is_tier else "")
        key = show_line("" if is_tier else f"{self._keys.get(queue.name, ''):2}", "dim")
        name.truncate(width - key.cell_len - opened.cell_len, overflow="ellipsis", pad=True)
        line = Text.assemble(key, name, opened)
        return line if not is_tier or not total.open else Text.assemble(line, "\n", self._aging(total, width))

    def _aging(self, total: QueueCount, width: int) -> Text:
        late = total.stages[Stage.LATE]
        word = show_line(f" {late:,} late" if late else " none late", STYLES["late"] if late else "dim")
        return Text.assemble(" ", queue_bar(total.stages, width - word.cell_len - 1), word)
