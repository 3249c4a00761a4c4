"""Takes a step apart: the command to run, what to expect, what to beware of, and the rest of its text."""

import re
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from markdown_it.tree import SyntaxTreeNode

from workbench.runbooks.plain import plain
from workbench.runbooks.structure import Document, content

_SHELLS: Final = frozenset(
    {
        "",
        "sh",
        "bash",
        "zsh",
        "shell",
        "console",
        "shell-session",
        "terminal",
        "powershell",
        "ps1",
        "pwsh",
        "cmd",
        "bat",
    }
)
"""What a fence is marked with that holds a command; one without a mark does too."""
_PROMPT: Final = re.compile(r"(?:\$|PS(?: [^>\n]{0,200})?>) (?=\S)")
_MARKED: Final = re.compile(
    r"(?:[-*+] )?[*_]{0,3}"
    r"(?:(?P<expected>expect(?:ed|ation)?(?: (?:result|output))?|you should see)"
    r"|(?P<caution>(?:caution|warning|danger|careful|important)(?:/\w+)?))"
    r"[*_]{0,3}:[*_]{0,3}(?:\s+|$)(?P<words>.*)",
    re.IGNORECASE,
)
_ALERT: Final = re.compile(
    r"(?:\[!(?:caution|warning|danger|important)\]|!!! ?(?:caution|warning|danger|attention)\b.*)\s*", re.IGNORECASE
)
_BULLET: Final = re.compile(r"[-*+] ")


class Parts(NamedTuple):
    """What a step consists of; `lead` is the paragraph that it begins with, `text` what comes after."""

    lead: str
    text: str
    command: str | None
    expected: str | None
    caution: str | None


def taken_apart(document: Document, blocks: Sequence[SyntaxTreeNode]) -> Parts:
    """The parts of a step that consists of these blocks; the first fence of a shell is the command."""
    command: str | None = None
    kept: list[str] = []
    marked = _Marked()
    for block in blocks:
        if block.type == "fence" and command is None and (found := _command(block)):
            command = found.command
            if found.shows_more:
                kept.append(document.source(block))
        elif block.type == "paragraph":
            kept.append(marked.take(content(block)))
        elif block.type == "blockquote":
            quoted = "\n".join(re.sub(r"^ {0,3}> ?", "", line) for line in document.source(block).split("\n"))
            kept.append(document.source(block) if marked.take(quoted) else "")
        elif block.type == "bullet_list":
            kept.append(marked.take(document.source(block)))
        else:
            kept.append(document.source(block))
    lead = kept.pop(0) if blocks and blocks[0].type == "paragraph" else ""
    text = "\n\n".join(part for part in kept if part.strip())
    return Parts(lead, text, command, marked.told("expected"), marked.told("caution"))


class _Marked:
    """Collects the lines that say what to expect and what to beware of."""

    def __init__(self) -> None:
        self._lines: dict[str, list[str]] = {"expected": [], "caution": []}

    def take(self, text: str) -> str:
        """Takes out what is marked, each with the lines that go on with it; gives the rest."""
        alert = _ALERT.match(text)
        if alert:
            self._lines["caution"] += text[alert.end() :].split("\n")
            return ""
        rest: list[str] = []
        into = rest
        for line in text.split("\n"):
            found = _MARKED.match(line)
            if found:
                kind = "expected" if found["expected"] else "caution"
                into = self._lines[kind]
                into.append(found["words"])
            elif not line.strip() or (into is not rest and _BULLET.match(line)):
                into = rest
                rest.append(line)
            else:
                into.append(line)
        return "\n".join(rest).strip("\n")

    def told(self, kind: str) -> str | None:
        return plain(" ".join(self._lines[kind])) or None


class _Command(NamedTuple):
    command: str
    shows_more: bool
    """Whether the fence shows more than the command, as its output."""


def _command(fence: SyntaxTreeNode) -> _Command | None:
    """The command in a fence; where lines begin with a prompt, those alone are typed. None for other languages."""
    if (fence.info.split() or [""])[0].strip("{}").lower() not in _SHELLS:
        return None
    lines = fence.content.rstrip("\n").split("\n")
    if not any(_PROMPT.match(line) for line in lines):
        text = fence.content.strip("\n")
        return _Command(text, shows_more=False) if text.strip() else None
    typed = list(_typed(lines))
    more = len(typed) < sum(1 for line in lines if line.strip())
    return _Command("\n".join(typed), shows_more=more)


def _typed(lines: Iterable[str]) -> Iterable[str]:
    goes_on = False
    for line in lines:
        prompt = _PROMPT.match(line)
        if prompt or goes_on:
            yield line[prompt.end() :] if prompt else line
            goes_on = line.endswith("\\")
