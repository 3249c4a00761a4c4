"""Which file is used, who acts and at which moment, as the options before the command say."""

import os
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from workbench.clock import Clock, FixedClock, SystemClock
from workbench.errors import NoSuchFile, Refused
from workbench.text import storable

if TYPE_CHECKING:
    from workbench.desk import Desk
    from workbench.practice_desk import PracticeDesk

NAME = "Help desk"
"""What an organisation is called until somebody names it."""


class Session(NamedTuple):
    """What the options before the command say; None for what they leave to the surroundings."""

    file: Path | None = None
    login: str | None = None
    at: datetime | None = None
    practice: bool = False

    @property
    def path(self) -> Path:
        """The file: `--db`, else `$WORKBENCH_DB`, else the default one in the user's data directory.

        For practice: `--db`, else `$WORKBENCH_PRACTICE`, else the other one there.
        """
        if self.practice:
            from workbench.practice_desk import practice_file

            return self.file or practice_file()
        return self._named or _default_path()

    @property
    def who(self) -> str:
        """The one who acts: `--as`, else `$WORKBENCH_USER`, else the login name."""
        if self.login is not None:
            return self.login
        return storable(os.environ.get("WORKBENCH_USER") or _login())

    @property
    def clock(self) -> Clock:
        """The machine's clock, or one that stands at `--as-of`."""
        return SystemClock() if self.at is None else FixedClock(self.at)

    def reading(self) -> "Desk":
        """The desk to read from; at an earlier instant it looks back."""
        return self._open(for_reading=True)

    def writing(self) -> "Desk":
        """The desk to change things at."""
        return self._open(for_reading=False)

    def practising(self) -> "PracticeDesk":
        """The desk for practice, whatever else the options say; what is due by its clock has happened."""
        from workbench.practice_desk import PracticeDesk

        path = (self if self.practice else self._replace(file=None, practice=True)).path
        if self.practice and self.file and not self.file.exists():  # only the default one is made without being asked
            raise NoSuchFile(f"there is no file {self.file}", "without --db your own practice file is used")
        desk = PracticeDesk.practise(path, self.clock, self.who)
        try:
            desk.practice.tick()
        except BaseException:
            desk.close()
            raise
        return desk

    @property
    def is_default(self) -> bool:
        """Whether the file is the default one, which alone is made without being asked for."""
        return self._named is None

    @property
    def _named(self) -> Path | None:
        named = os.environ.get("WORKBENCH_DB")
        return self.file or (Path(named) if named else None)

    def _open(self, *, for_reading: bool) -> "Desk":
        if self.practice:
            return self.practising()
        from workbench.database import Database  # here, since help has no need of them
        from workbench.desk import Desk

        path = self.path
        if self.is_default and not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            Database.open_or_create(path).close()
        desk = Desk.open(path, self.clock, self.who, for_reading=for_reading)
        if self.is_default and not desk.organisation.current().tiers:
            with suppress(Refused):  # another session was first
                desk.organisation.begin(NAME, self.who)
        return desk


def _default_path() -> Path:
    import platformdirs  # here, since who names a file has no need of it

    return platformdirs.user_data_path("workbench", appauthor=False) / "workbench.db"


def _login() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a user without a name, as in many containers
        return str(os.getuid())
