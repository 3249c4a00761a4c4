"""Markdown as paragraphs for the reader: line by line and without a parser, so that no text can make it slow.

What it does not know (HTML, footnotes) is shown as it was written; nothing is left out.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

from rich.cells import cell_len
from rich.console import Console
from rich.containers import Lines
from rich.text import Text

from workbench.widgets.show import show

SHOWN: Final = 64_000
"""Characters of a text that are shown at once; the rest is one key away."""

_CODE: Final = "bold cyan"
_HEAD: Final = re.compile(r"\A---\n.*?^---[ \t]*$\n?", re.DOTALL | re.MULTILINE)
_FENCE: Final = re.compile(r" {0,12}(```+|~~~+)")
_HEADING: Final = re.compile(r"(#{1,6})[ \t]+(.*?)[ \t]*#*$")
_ITEM: Final = re.compile(r"( {0,24})([-*+]|\d{1,4}[.)])[ \t]+(.*)")
_RULE: Final = re.compile(r" {0,3}(?:-[ -]+-|\*[ *]+\*|_[ _]+_)[ \t]*$")
_MARKED: Final = re.compile(r"\s*[*_]{0,3}(?:expect|caution|warning|danger)", re.IGNORECASE)
"""What says what to expect and to beware of stands on a line of its own."""
_CELLS: Final = re.compile(r"(?<!\\)\|")
_RULE_CELL: Final = re.compile(r"\s*:?-+:?\s*")
_WIDEST_CELL: Final = 40
_INLINE: Final = re.compile(
    r"`(?P<code>[^`\n]{1,2000})`"
    r"|\*\*(?P<bold>[^*\n]{1,2000}(?:\*[^*\n]{1,500}){0,4})\*\*"
    r"|(?<![\w*])\*(?P<italic>[^*\s][^*\n]{0,500})\*"
    r"|!?\[(?P<words>[^\[\]\n]{0,500})\]\((?P<href>\{\{[^}\n]{0,500}\}\}|[^()\s]{0,1000})(?: \"[^\"\n]{0,300}\")?\)"
    r"|\\(?P<escaped>[!-/:-@\[-`{-~])"
)
_ELSEWHERE: Final = re.compile(r"(?:https?|mailto):", re.IGNORECASE)


class Hanging(Text):
    """A paragraph whose further lines stand under the words of its first, as in a list."""

    def __init__(self, marker: Text, words: Text) -> None:
        super().__init__()
        self.append_text(marker).append_text(words)
        self._marker, self._words = marker, words

    def wrap(self, console: Console, width: int, **options: Any) -> Lines:
        """The words in the room behind the marker."""
        indent = min(self._marker.cell_len, width // 2)
        lines = self._words.wrap(console, max(1, width - indent), **options)
        for line in lines:
            line.pad_left(indent)
        if lines:
            first = self._marker.copy()
            first.append_text(lines[0][indent:])
            lines[0] = first
        return lines


def page(text: str, most: int | None = SHOWN) -> list[Text]:
    """The text to be read, without its front matter, and cut after `most` characters unless that is None."""
    body = _HEAD.sub("", text, count=1).strip("\n")
    shown = body[:most]
    paragraphs = list(_paragraphs(shown.split("\n")))
    if len(shown) < len(body):
        more = f"… {len(body) - len(shown):,} characters more: press O to open all"
        paragraphs.append(show(more, "reverse"))
    return paragraphs


def code(text: str, margin: str = "  ") -> list[Text]:
    """Lines to be taken as they are, a little to the right."""
    return [Hanging(show(margin), show(line, _CODE)) for line in text.split("\n")]


def inline(text: str) -> Text:
    """The words of a paragraph, with what is marked in them; the address of a link out of the library is shown."""
    shown, end = Text(), 0
    for found in _INLINE.finditer(text):
        shown.append_text(show(text[end : found.start()]))
        shown.append_text(_marked(found))
        end = found.end()
    return shown.append_text(show(text[end:]))


def _marked(found: re.Match[str]) -> Text:
    if found["code"] is not None:
        return show(found["code"], _CODE)
    if found["bold"] is not None:
        return _over(inline(found["bold"]), "bold")
    if found["italic"] is not None:
        return _over(inline(found["italic"]), "italic")
    if found["escaped"] is not None:
        return show(found["escaped"])
    address = f" <{found['href']}>" if _ELSEWHERE.match(found["href"]) else ""
    return _over(inline(found["words"]), "underline").append_text(show(address, "dim"))


def _over(text: Text, style: str) -> Text:
    text.stylize(style)
    return text


def _paragraphs(lines: Sequence[str]) -> Iterator[Text]:
    at = 0
    while at < len(lines):
        line = lines[at]
        fence = _FENCE.match(line)
        if fence:
            end = _end_of_fence(lines, at + 1, fence[1])
            yield from _fenced(line, lines[at + 1 : end])
            at = end + 1
        elif line.lstrip().startswith("|"):
            end = _end_of(lines, at, lambda each: each.lstrip().startswith("|"))
            yield from _table(lines[at:end])
            at = end
        elif not line.strip() or _begins(line):
            yield from _single(line)
            at += 1
        else:
            end = _end_of(lines, at + 1, _goes_on)
            yield _words(lines[at:end])
            at = end


def _single(line: str) -> Iterator[Text]:
    heading = _HEADING.match(line)
    item = _ITEM.match(line)
    if heading:
        yield _over(inline(heading[2]), "bold underline" if len(heading[1]) <= 2 else "bold")
    elif _RULE.match(line):
        yield show("─" * 12, "dim")
    elif item:
        mark = "•" if item[2] in "-*+" else item[2]
        yield Hanging(show(f"{item[1]}{mark} ", "bold"), inline(item[3]))
    elif line.lstrip().startswith(">"):
        yield Hanging(show("▎ ", "yellow"), inline(line.lstrip()[1:].strip()))
    else:
        yield Text()


def _words(lines: Sequence[str]) -> Text:
    """A paragraph whose lines were broken where the author's window ended."""
    indent = len(lines[0]) - len(lines[0].lstrip())
    words = inline(" ".join(line.strip() for line in lines))
    return Hanging(show(" " * min(indent, 24)), words) if indent else words


def _begins(line: str) -> bool:
    return bool(_HEADING.match(line) or _ITEM.match(line) or _RULE.match(line)) or line.lstrip().startswith(">")


def _goes_on(line: str) -> bool:
    apart = _begins(line) or _FENCE.match(line) or _MARKED.match(line) or line.lstrip().startswith("|")
    return bool(line.strip()) and not apart


def _end_of(lines: Sequence[str], start: int, belongs: Callable[[str], bool]) -> int:
    return next((at for at in range(start, len(lines)) if not belongs(lines[at])), len(lines))


def _end_of_fence(lines: Sequence[str], start: int, opening: str) -> int:
    closing = (at for at in range(start, len(lines)) if lines[at].strip().startswith(opening[:3]))
    return next((at for at in closing if set(lines[at].strip()) == {opening[0]}), len(lines))


def _fenced(opening: str, lines: Sequence[str]) -> list[Text]:
    indent = len(opening) - len(opening.lstrip())
    return code("\n".join(line[indent:] if line[:indent].isspace() else line for line in lines), " " * (indent + 2))


def _table(lines: Sequence[str]) -> Iterator[Text]:
    rows = [[cell.strip().replace("\\|", "|") for cell in _CELLS.split(line.strip().strip("|"))] for line in lines]
    kept = [row for row in rows if not all(_RULE_CELL.fullmatch(cell) for cell in row)]
    widths: dict[int, int] = {}
    shown = [[inline(cell) for cell in row] for row in kept]
    for row in shown:
        for place, cell in enumerate(row):
            widths[place] = min(_WIDEST_CELL, max(widths.get(place, 0), cell_len(cell.plain)))
    for number, row in enumerate(shown):
        for place, cell in enumerate(row[:-1]):
            cell.pad_right(max(0, widths[place] - cell.cell_len))
        line = Text("  ").join(row)
        yield _over(line, "bold") if number == 0 and len(kept) < len(rows) else line
