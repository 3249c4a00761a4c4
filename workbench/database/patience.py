"""Readings that can be given up: a question over a million tickets must not outlast the wish for its answer."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from workbench.database.connection import Database

_STEPS: Final = 2_000
"""Steps of SQLite's machine between two questions whether to go on: some 50 µs."""


@contextmanager
def giving_up(database: Database, when: Callable[[], bool]) -> Iterator[None]:
    """What is read inside raises Interrupted as soon as `when` holds; it is asked all the while, so must be quick."""
    database.connection.set_progress_handler(when, _STEPS)
    try:
        yield
    finally:
        database.connection.set_progress_handler(None, _STEPS)
