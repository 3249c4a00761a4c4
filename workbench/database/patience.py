"""Readings that can be given up: a question over a million tickets must not outlast the wish for its answer."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from time import monotonic
from typing import Final

from workbench.database.connection import Database

SOON: Final = 2_000
"""Steps of SQLite's machine between two questions whether to go on: some 50 µs."""
LATER: Final = 50_000
"""The same where others shall be held up by the asking as little as can be: a thread asks with all of Python locked."""


@contextmanager
def giving_up(database: Database, when: Callable[[], bool], *, every: int = SOON) -> Iterator[None]:
    """What is read inside raises Interrupted as soon as `when` holds; it is asked every so many steps.

    A full-text search asks nothing while it gathers a common word, some 100 ms for half a million texts.
    """
    database.connection.set_progress_handler(when, every)
    try:
        yield
    finally:
        database.connection.set_progress_handler(None, every)


def within(database: Database, seconds: float) -> AbstractContextManager[None]:
    """What is read inside raises Interrupted after that many seconds."""
    until = monotonic() + seconds
    return giving_up(database, lambda: monotonic() > until)
