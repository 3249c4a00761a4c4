"""What a screen of tickets wishes to be opened: a screen never knows another feature's."""

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
