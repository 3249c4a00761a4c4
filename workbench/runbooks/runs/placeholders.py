"""A step's command with the values of the ticket at hand: filled in, quoted, and shown as it would run."""

import re
import shlex
from collections.abc import Mapping
from typing import Final, NamedTuple

from workbench.errors import InvalidInput
from workbench.text import one_line

LONGEST_VALUE: Final = 1_000
"""Characters of a value."""

_PLACEHOLDER: Final = re.compile(r"\{\{[ \t]*(?!(?i:end|else)\b)([A-Za-z][A-Za-z0-9_]{0,40})[ \t]*\}\}")
"""A name in braces, but for two words that the templates of other tools (`docker ps --format`) put between them."""
_NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,40}")
_LOOKING: Final = (
    *("cat", "df", "dig", "du", "echo", "finger", "getent", "grep", "groups", "head", "host", "id", "ls", "nslookup"),
    *("ping", "stat", "tail", "tracepath", "traceroute", "wc", "whois"),
)
"""Programs that only look for what their words name, on whatever machine: none of them passes a word to a shell."""
_FIXED: Final = r"""(?:[\w@%+=:,./-]|'[^'{}]*'|"[^"$`\\{}]*")+"""
"""A word of a command that every shell reads as it stands there, without a placeholder."""
_SIMPLE: Final = re.compile(
    rf"(?:{'|'.join(_LOOKING)})(?:[ \t]+(?:{_PLACEHOLDER.pattern}|{_FIXED}))*",
    re.ASCII,
)
"""One of these programs with its words, of which a placeholder is a whole one; nothing else that a shell could obey."""


class Filled(NamedTuple):
    """A command as it would run; in it stay the placeholders that are `missing` and those that `doubts` tell of."""

    text: str
    missing: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


def placeholders(command: str) -> tuple[str, ...]:
    """The names that a command asks for, in lower case, each once and in its order."""
    return tuple(dict.fromkeys(match[1].lower() for match in _PLACEHOLDER.finditer(command)))


def filled(command: str, values: Mapping[str, str]) -> Filled:
    """The command with its values, each one word for the shell, whatever stands in it.

    A value into which no shell reads anything is put in wherever it is asked for. Another one is put in, quoted, only
    where it is a whole word of a command so simple that nothing can take the quotes off again. Everywhere else it is
    left out, with a doubt: how a shell reads what stands behind comments, quotes, `sh -c` or `ssh` is not guessed at.
    """
    is_simple = _SIMPLE.fullmatch(command.strip(" \t\n")) is not None
    doubts: list[str] = []

    def put(match: re.Match[str]) -> str:
        name = match[1].lower()
        value = values.get(name)
        if value is None:
            return match[0]
        doubt = _doubt(value, is_simple=is_simple)
        if doubt:
            doubts.append(f"{name} {doubt}, and is left out")
            return match[0]
        return shlex.quote(value)

    text = _PLACEHOLDER.sub(put, command)
    missing = tuple(name for name in placeholders(command) if name not in values)
    return Filled(text, missing, tuple(dict.fromkeys(doubts)))


def value_of(name: str, text: str) -> str:
    """A value as it can be used; InvalidInput where it is empty, too long, or holds what cannot be shown exactly."""
    if not _NAME.fullmatch(name):
        raise InvalidInput(f"{name[:40]!r} cannot name a value", "a name is letters, digits and _, like host")
    value = text.strip()
    if not value:
        raise InvalidInput(f"the value of {name} is empty", "give one, or leave the step")
    if len(value) > LONGEST_VALUE:
        raise InvalidInput(f"the value of {name} has {len(value):,} characters", f"at most {LONGEST_VALUE:,} are taken")
    if not is_plain(value):
        raise InvalidInput(f"the value of {name} holds characters that cannot be shown", "give it without them")
    return value


def is_plain(value: str) -> bool:
    """Whether a value is shown exactly as it is: one line, no control or direction characters."""
    return one_line(value) == value


def _doubt(value: str, *, is_simple: bool) -> str | None:
    if value.startswith("-"):
        return "begins with a dash and would be read as an option"
    if not is_simple and shlex.quote(value) != value:
        return "holds signs that a shell could obey here"
    return None
