"""What the commands' arguments have in common: how text, instants and filters are read."""

import os
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import UTC, date, datetime, time
from enum import StrEnum
from pathlib import Path
from typing import Any, Final, TypeVar
from zoneinfo import ZoneInfo

import click

from workbench.clock import OutOfReach, instant
from workbench.errors import InvalidInput
from workbench.number import PROBLEM_MARK, number_said
from workbench.text import storable

F = TypeVar("F", bound=Callable[..., Any])

PATH: Final = click.Path(path_type=Path, readable=False)
"""A file or folder. Click would call one that may not be read wrong usage, while nothing is wrong with the command."""

MOST_LINES = 1_000_000_000
"""What `--limit` asks for at most, so that SQLite can count it."""


class Text(click.ParamType[str]):
    """Text that the file can keep: bytes of the command line that are no UTF-8 become `?`."""

    name = "text"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The text."""
        text = str(value)
        if storable(text) != text:
            with suppress(UnicodeDecodeError):  # the locale, not the bytes, may be wrong about the encoding
                text = os.fsencode(text).decode("utf-8")
        return storable(text)


class Instant(click.ParamType[datetime]):
    """An ISO 8601 instant; with `local` also a date or a time without offset, which `in_zone` places."""

    name = "instant"

    def __init__(self, *, local: bool = False) -> None:
        self.local = local

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """The instant, or where that is allowed a time without zone; usage error for anything else."""
        try:
            read = _without_offset(value) if self.local else None
            found = read or instant(value)
        except OutOfReach as error:
            self.fail(str(error), param, ctx)
        except InvalidInput as error:
            forms = "write 2026-11-21, 2026-11-21T09:00, or with its offset 2026-11-21T09:00:00+01:00"
            self.fail(f"{error.wrong}; {forms if self.local else error.advice}", param, ctx)
        return found


class Number(click.ParamType[int]):
    """A number that the file can keep; before it may stand the `mark` with which such are printed."""

    name = "number"

    def __init__(self, mark: str = "", least: int = 1) -> None:
        self.mark = mark
        self.least = least

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The number; usage error for what is none, or one that nothing can have."""
        try:
            return number_said(str(value), self.mark, self.least)
        except InvalidInput as error:
            self.fail(str(error), param, ctx)


TEXT = Text()
NUMBER = Number()
PROBLEM = Number(PROBLEM_MARK)


def in_zone(at: datetime, zone: str) -> datetime:
    """The instant that a time without offset means in the workbench's zone."""
    return at if at.tzinfo else at.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


class OneOf(click.Choice[str]):
    """One of a few words, letters of either case; a mistake names them as they are written."""

    def __init__(self, words: Iterable[str]) -> None:
        super().__init__(list(words), case_sensitive=False)

    def get_invalid_choice_message(self, value: Any, ctx: click.Context | None) -> str:
        """What there is instead."""
        return f"{str(value)!r} is not one of {', '.join(self.choices)}"


def choice(words: type[StrEnum]) -> OneOf:
    """One of the words."""
    return OneOf(word.value for word in words)


def json_option(command: F) -> F:
    """Adds `--json`."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON.")(command)


def limit_option(what: str) -> Callable[[F], F]:
    """Adds `--limit`, which says how many of what are shown."""

    def capped(_context: click.Context, _option: click.Parameter, wanted: int | None) -> int | None:
        return None if wanted is None else min(wanted, MOST_LINES)

    words = f"Show N {what} (text: 50, JSON: all)."
    return click.option("--limit", type=click.IntRange(0), metavar="N", callback=capped, help=words)


def at_most_one(**said: bool) -> None:
    """Usage error where more than one of these flags (`month_first` is `--month-first`) is said: they contradict."""
    flags = [f"--{name.replace('_', '-')}" for name, is_said in said.items() if is_said]
    if len(flags) > 1:
        raise click.UsageError(f"{' and '.join(flags)} contradict each other; say one of them")


def reference_argument(command: F) -> F:
    """Adds the ticket that a command is about."""
    return click.argument("reference", metavar="REF", type=TEXT)(command)


def text_or_stdin(text: str, most: int) -> str:
    """The text, or for `-` what stdin holds; no more of it is read than shows that it is over `most` characters."""
    if text != "-":
        return text
    return from_stdin(4 * most + 4).decode("utf-8-sig", errors="replace")


def from_stdin(most: int = -1) -> bytes:
    """What stdin holds, or the first `most` bytes of it; InvalidInput where it is closed, as by `<&-`."""
    if sys.stdin is None:
        raise InvalidInput("stdin is closed, and - reads from it", "pipe something in, or say it without -")
    return sys.stdin.buffer.read(most)


class FilterCommand(click.Command):
    """A command whose words are a filter, so that one may begin with a minus: `-is:waiting`."""

    def __init__(self, *args: Any, **settings: Any) -> None:
        # Without short options of its own the parser leaves words with a minus whole.
        settings["context_settings"] = {"ignore_unknown_options": True, "help_option_names": ["--help"]}
        super().__init__(*args, **settings)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Reads the arguments; an unknown long option is a mistake all the same."""
        super().parse_args(ctx, ["--help" if arg == "-h" else arg for arg in args])
        for word in (ctx.params.get("name", ""), *ctx.params.get("words", ())):
            if word.startswith("--"):
                known = [name for option in self.get_params(ctx) for name in option.opts]
                raise click.NoSuchOption(word, possibilities=_near(word, known), ctx=ctx)
        return ctx.args


def _near(word: str, known: list[str]) -> list[str]:
    from difflib import get_close_matches

    return get_close_matches(word, known)


def _without_offset(text: str) -> datetime | None:
    """A date, or a time of a day, without a zone; None for anything else. Raises InvalidInput out of reach."""
    for read in (date.fromisoformat, datetime.fromisoformat):
        try:
            found = read(text.strip())
        except ValueError:
            continue
        moment = found if isinstance(found, datetime) else datetime.combine(found, time())
        if moment.tzinfo is None:
            return instant(f"{moment.isoformat(timespec='seconds')}Z").replace(tzinfo=None)
    return None
