"""A step's command with the values of the ticket at hand: filled in, quoted, and shown as it would run."""

import re
import shlex
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from workbench.errors import InvalidInput
from workbench.text import one_line

LONGEST_VALUE: Final = 1_000
"""Characters of a value."""

_PLACEHOLDER: Final = re.compile(r"\{\{\s*([A-Za-z][A-Za-z0-9_]{0,40})\s*\}\}")
_NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,40}")
_OF_OTHERS: Final = frozenset({"end", "else"})
"""Words that the templates of other tools (`docker ps --format`) put between the same braces."""
_NESTED: Final = re.compile(r"\$\(|`|<<|\$\{|\$'|\$\"|\(\(")
"""What begins a place where the shell reads by other rules, so that no quoting of ours can be trusted."""


class Filled(NamedTuple):
    """A command as it would run: `missing` placeholders stand in it as they were; `doubts` speak against running it."""

    text: str
    missing: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


def placeholders(command: str) -> tuple[str, ...]:
    """The names that a command asks for, in lower case, each once and in its order."""
    return tuple(dict.fromkeys(name for name, _ in _found(command)))


def filled(command: str, values: Mapping[str, str]) -> Filled:
    """The command with its values, each one word for the shell, whatever stands in it.

    A value without special characters is put in as it is. Another one is quoted, and inside of quotes those are closed
    before it and opened again behind it. Where neither holds (`$(…)`, here-documents) the command is filled in the same
    way, but with a doubt.
    """
    parts: list[str] = []
    doubts: list[str] = []
    end, quote = 0, ""
    for name, match in _found(command):
        before = command[end : match.start()]
        quote = _open_quote(before, quote)
        parts.append(before)
        end = match.end()
        value = values.get(name)
        if value is None:
            parts.append(match[0])
            continue
        parts.append(_quoted(value, quote))
        doubts += _doubts(name, value, command[: match.start()])
    parts.append(command[end:])
    missing = tuple(name for name in placeholders(command) if name not in values)
    return Filled("".join(parts), missing, tuple(dict.fromkeys(doubts)))


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


def _found(command: str) -> Iterator[tuple[str, re.Match[str]]]:
    for match in _PLACEHOLDER.finditer(command):
        name = match[1].lower()
        if name not in _OF_OTHERS:
            yield name, match


def _quoted(value: str, quote: str) -> str:
    safe = shlex.quote(value)
    return safe if safe == value else f"{quote}{safe}{quote}"


def _doubts(name: str, value: str, before: str) -> Iterator[str]:
    if value.startswith("-"):
        yield f"{name} begins with a dash and would be read as an option"
    if shlex.quote(value) != value and _NESTED.search(before):
        yield f"{name} stands where the shell may read it as more than one word"


def _open_quote(text: str, quote: str) -> str:
    """The quote that is open behind a piece of shell text that began within `quote`."""
    skip = False
    for character in text:
        if skip:
            skip = False
        elif character == "\\" and quote != "'":
            skip = True
        elif quote:
            quote = "" if character == quote else quote
        elif character in "'\"":
            quote = character
    return quote
