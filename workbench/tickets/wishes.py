"""What a screen of tickets wishes to be opened: a screen never knows another feature's."""

from collections.abc import Callable

from textual.message import Message


class Wanted(Message):
    """Something of another feature is wanted for a ticket: its `owner`, say; the program knows the way there.

    `named`: that very one, where there are several.
    """

    def __init__(self, what: str, ref: int, named: str = "") -> None:
        super().__init__()
        self.what = what
        self.ref = ref
        self.named = named


class ProblemWanted(Message):
    """A problem is to be written down, begun from a ticket and what is known of its cause and fix.

    `written` gets its number once it stands; nobody calls that where it is left.
    """

    def __init__(self, ref: int, cause: str, fix: str, written: Callable[[int], None]) -> None:
        super().__init__()
        self.ref = ref
        self.cause = cause
        self.fix = fix
        self.written = written
