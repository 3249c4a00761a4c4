"""The one box of the owners' screen: a word as one types, or a whole page that is pasted."""

from collections.abc import Iterable
from typing import Final

from textual.events import Paste

from workbench.text import visible
from workbench.widgets.line import LONGEST_LINE, tell_cut
from workbench.widgets.search_line import SearchLine

LONGEST_PASTE: Final = 64 * 1024
"""Characters of a pasted text that are kept: what the lookup looks at."""


class QueryLine(SearchLine):
    """A line; a text of several lines that is pasted is kept whole behind it, until one types on."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._pasted = ""
        self._shown = ""

    @property
    def text(self) -> str:
        """What is looked for: the whole of what was pasted where nothing was typed since, else the line."""
        return self._pasted if self._pasted and self.value == self._shown else self.value

    @property
    def lines_pasted(self) -> int:
        """How many lines the text has that was pasted and is looked for."""
        return len(self.text.splitlines()) if self.text is self._pasted else 0

    def _on_paste(self, event: Paste) -> None:
        text = event.text.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
        if "\n" not in text and len(text) <= LONGEST_LINE:
            super()._on_paste(event)
            return
        event.prevent_default()
        event.stop()
        self._pasted = visible(text[:LONGEST_PASTE])
        self._shown = " ".join(_begin(self._pasted.split()))
        self.value = ""  # so that the same page once more is a change, too
        self.fill(self._shown)
        if len(text) > LONGEST_PASTE:
            tell_cut(self, len(text) - LONGEST_PASTE)


def _begin(words: Iterable[str]) -> Iterable[str]:
    """The first words of a text, as many as a line can show."""
    length = 0
    for word in words:
        length += len(word) + 1
        if length > _SHOWN:
            return
        yield word


_SHOWN: Final = 200
"""Characters of a pasted text that stand in the line."""
