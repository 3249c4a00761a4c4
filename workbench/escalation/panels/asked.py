"""The parts of the form: each is painted with its mark and name, and those to be typed hold a box only once entered."""

from collections.abc import Callable, Sequence
from typing import ClassVar, Final

from rich.text import Text
from textual.containers import VerticalScroll
from textual.widget import Widget

from workbench.text import one_line
from workbench.widgets.form import Words
from workbench.widgets.line import Line
from workbench.widgets.picker import Picker
from workbench.widgets.show import show, show_line

NAME_WIDTH: Final = 17
"""Cells of the mark and the name; the style below leaves as many free."""
WORDS_HEIGHT: Final = 3
"""Lines that a box of words is high."""


class AskingPage(VerticalScroll, can_focus=False):
    """What parts stand on. It has the styles of them all: Textual works them out anew for each widget that has any."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"asked--name", "asked--needed", "asked--said", "asked--typed"}
    DEFAULT_CSS = """
    AskingPage {
        & > .asked--name { color: $foreground-muted; }
        & > .asked--needed { color: $text-warning; text-style: bold; }
        & > .asked--said { color: $text-success; }
        & > .asked--typed { background: $panel; color: $foreground; }
    }
    """


class Asked(Widget):
    """A part of the form with its mark and name before it."""

    DEFAULT_CSS = """
    Asked {
        layout: horizontal; height: auto;
        & > Widget { margin-left: 17; width: 1fr; }
        & > Words { height: 3; }
    }
    """

    def __init__(self, name: str, told: str, *fields: Widget, classes: str = "") -> None:
        super().__init__(*fields, id=f"asked-{name}", classes=classes)
        self._told = told
        self._mark = " "

    def show_mark(self, mark: str) -> None:
        """Shows how it stands: `●` is needed, `✓` is said, `○` may stay empty."""
        if mark != self._mark:
            self._mark = mark
            if self.outer_size:  # else its first frame is still to come
                self.refresh()

    def render(self) -> Text:
        """The mark and the name; the field stands beside them."""
        kind = {"●": "asked--needed", "✓": "asked--said"}.get(self._mark, "asked--name")
        told = show_line(f"{self._mark} {self._told}")
        told.stylize(self.page.get_component_rich_style(kind, partial=True))
        return told

    @property
    def page(self) -> Widget:
        """What the part stands on, whose component classes say how parts are painted."""
        assert isinstance(self.parent, AskingPage)
        return self.parent


class Typed(Asked, can_focus=True):
    """A part to be typed: what it `says` is painted, and whoever enters it finds a box with that to type in.

    A box is a widget of many parts, and a form has a dozen of them, of which few are ever entered. `how` it is typed is
    `line`, `words` or `picker`.
    """

    DEFAULT_CSS = """
    Typed { height: 1; &.-words { height: 3; } }
    """

    def __init__(self, name: str, told: str, says: str, box: Callable[[], Line | Words | Picker], how: str) -> None:
        super().__init__(name, told, classes=f"-{how}")
        self.says = says
        self._new_box = box
        self._is_long = how == "words"

    def entered(self) -> Line | Words:
        """The box to type in; it takes the keys from here on, those too that come before its first frame."""
        box = self._new_box()
        box.fill(self.says if self._is_long else one_line(self.says))
        self.can_focus = False
        self.mount(box)
        if not isinstance(box, Picker):
            return box
        self.styles.height = "auto"  # for what the letters may mean, which opens under them
        return box.entered()

    def render(self) -> Text:
        """The mark, the name, and what it says."""
        told = super().render()
        if self.children:
            return told
        told.pad_right(NAME_WIDTH - told.cell_len)
        width = max(1, self.content_size.width - NAME_WIDTH)
        lines: list[Text] = []
        for number, line in enumerate(self._lines(width)):
            line.truncate(width, overflow="ellipsis", pad=True)
            line.stylize_before(self.page.get_component_rich_style("asked--typed"))
            lines.append((Text(" " * NAME_WIDTH) if number else told).append_text(line))
        return Text("\n", no_wrap=True).join(lines)

    def _lines(self, width: int) -> Sequence[Text]:
        if not self._is_long:
            return [show_line(self.says)]
        inside = max(1, width - 2)  # where the box of words has its letters
        seen = show(self.says[: inside * WORDS_HEIGHT])
        lines = [Text(" ").append_text(line) for line in seen.wrap(self.app.console, inside)]
        return [*lines, *(Text() for _ in range(WORDS_HEIGHT))][:WORDS_HEIGHT]
