"""The errors a user can meet, as one small tree; kinds of them that one part alone raises stand with that part.

WorkbenchError          what is wrong, and what to do about it
├── NotFound            a name or number that nothing has
├── InvalidInput        a value, a line or a file that cannot be read as what it should be
├── Refused             a rule says no
│   ├── OutOfDate       somebody else changed it first
│   └── Incomplete      fields are still to be filled in
└── FileProblem         the workbench file itself
    ├── NoSuchFile      there is no file at that path
    ├── NotAWorkbench   the file is something else
    ├── NewerFile       written by a later version of the program
    ├── Busy            another session holds the write lock
    ├── Interrupted     a reading that was to be given up
    ├── Moved           the file was replaced or removed while open
    └── Damaged         SQLite cannot read it
"""

from collections.abc import Iterable, Sequence
from typing import Any


class WorkbenchError(Exception):
    """Says what is wrong and what to do; `str()` of it is the one line a user reads."""

    def __init__(self, wrong: str, advice: str) -> None:
        super().__init__(wrong, advice)
        self.wrong = wrong
        self.advice = advice

    def __str__(self) -> str:
        return f"{self.wrong}; {self.advice}" if self.advice else self.wrong


class NotFound(WorkbenchError):
    """A name or number that nothing has."""

    @classmethod
    def among(cls, kind: str, name: str, known: Iterable[str], *, plural: str | None = None) -> "NotFound":
        """Names the nearest of the `known` names, or lists them where there are few."""
        names = sorted(known)
        near = nearest(name, names)
        if near:
            advice = f"did you mean {near}?"
        elif names:
            advice = f"the {plural or kind + 's'} are {', '.join(names[:12])}{' …' if len(names) > 12 else ''}"
        else:
            advice = f"there is no {kind} yet; `workbench setup apply FILE.toml` adds one"
        return cls(f"no {kind} named {name!r}", advice)


class InvalidInput(WorkbenchError):
    """A value, a line or a file that cannot be read as what it should be."""


class Refused(WorkbenchError):
    """A rule says no; nothing was changed."""


class OutOfDate(Refused):
    """Somebody else changed it since it was read; `events` are the tickets' events that came since, in order."""

    def __init__(self, wrong: str, advice: str, events: Sequence[Any] = ()) -> None:
        super().__init__(wrong, advice)
        self.events = tuple(events)


class Incomplete(Refused):
    """Required fields are empty; `missing` names them, in the order of the form."""

    def __init__(self, wrong: str, advice: str, missing: Sequence[str]) -> None:
        super().__init__(wrong, advice)
        self.missing = tuple(missing)


class FileProblem(WorkbenchError):
    """Something is wrong with the workbench file itself."""


class NoSuchFile(FileProblem):
    """There is no file at that path."""


class NotAWorkbench(FileProblem):
    """The file is something else."""


class NewerFile(FileProblem):
    """The file was written by a later version of the program."""


class Busy(FileProblem):
    """Another session holds the write lock; nothing was saved."""


class Interrupted(FileProblem):
    """A reading was given up, because it was asked to or took too long; nothing is wrong with the file."""


class Moved(FileProblem):
    """The file was replaced or removed while it was open."""


class Damaged(FileProblem):
    """SQLite cannot read the file."""


def nearest(name: str, names: Iterable[str]) -> str | None:
    """Of the names the one that this may be a slip of: one to three letters off, the more the longer it is."""
    from rapidfuzz import process  # here, since only a wrong name needs it
    from rapidfuzz.distance import OSA

    allowed = 1 if len(name) < 4 else 2 if len(name) < 8 else 3
    found = process.extractOne(
        name.lower(), list(names), scorer=OSA.distance, processor=str.lower, score_cutoff=allowed
    )
    return found[0] if found else None
