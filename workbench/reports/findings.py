"""What a diagnosis says: findings, each by a stated rule, with sentences that show it and the tickets behind each."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class By(StrEnum):
    """What the tickets behind a sentence are found by."""

    NOTHING = "nothing"
    """There are none to show."""
    NUMBER = "number"
    FIGURE = "figure"
    BACK_AND_FORTH = "back and forth"
    COMPONENT = "component"
    PERSON = "person"
    AVOIDABLE = "avoidable"
    CODE = "code"
    PAUSE = "pause"


class Clue(NamedTuple):
    """A sentence that shows a finding; `of` names what its tickets are found by: a figure, teams, a person, words."""

    told: str
    by: By = By.NOTHING
    of: tuple[str, ...] = ()
    tickets: tuple[int, ...] = ()

    @property
    def openable(self) -> bool:
        """Whether tickets stand behind it."""
        return bool(self.tickets) if self.by is By.NUMBER else self.by is not By.NOTHING


@dataclass(frozen=True, slots=True)
class Finding:
    """One pattern, found or not by its rule, with what shows it and what to do."""

    pattern: str
    found: bool
    rule: str
    clues: tuple[Clue, ...]
    people: tuple[str, ...] = ()
    tickets: tuple[int, ...] = ()
    seams: tuple[tuple[str, str], ...] = ()
    advice: str = ""

    @property
    def name(self) -> str:
        """The pattern in words."""
        return self.pattern.replace("_", " ")

    @property
    def because(self) -> str:
        """All that shows it, in one sentence."""
        return "; ".join(clue.told for clue in self.clues)
