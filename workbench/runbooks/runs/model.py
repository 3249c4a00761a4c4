"""What a run is: a fold of its acts, and the rules by which the next one may be added."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final, NamedTuple

from workbench.errors import InvalidInput, OutOfDate, Refused
from workbench.runbooks.model import Step
from workbench.text import storable

LONGEST_NOTE: Final = 20_000
"""Characters of a note; what a command printed is kept beside it."""

_BRIEF: Final = 200
"""Characters of a note where many are told."""
_TOLD: Final = 3
"""Acts that are named where somebody else was first."""


class Did(StrEnum):
    """What one act of a run did."""

    BEGAN = "began"
    DONE = "done"
    FAILED = "failed"
    SKIPPED = "skipped"
    BACK = "back"
    NOTED = "noted"
    FIXED = "fixed"
    NOT_FIXED = "not_fixed"
    LEFT = "left"

    @property
    def words(self) -> str:
        """The same for a reader: `did not help`."""
        return _WORDS.get(self, self.value)


_WORDS: Final = {
    Did.FAILED: "did not help",
    Did.BACK: "to be done again",
    Did.FIXED: "fixed it",
    Did.NOT_FIXED: "did not fix it",
    Did.LEFT: "left for later",
}

OUTCOMES: Final = frozenset({Did.DONE, Did.FAILED, Did.SKIPPED})
"""What can become of a step."""
VERDICTS: Final = frozenset({Did.FIXED, Did.NOT_FIXED})
"""What ends a run; one that was only left goes on with its next act."""
ENDINGS: Final = VERDICTS | {Did.LEFT}


class Act(NamedTuple):
    """One act of a run; `step` is the number of the step that it is about, None for a beginning and an ending."""

    seq: int
    at: datetime
    who: str
    did: Did
    step: int | None = None
    note: str = ""

    @property
    def told(self) -> str:
        """In a few words: `ravi: step 2 did not help`."""
        place = f"step {self.step} " if self.step else ""
        return f"{self.who}: {place}{self.did.words}"


class Output(NamedTuple):
    """What a command printed that was run here: `cut` bytes more than is kept; `ended` like `exited 0`."""

    step: int
    at: datetime
    who: str
    command: str
    text: str
    cut: int
    ended: str

    @property
    def succeeded(self) -> bool:
        """Whether the command ended by itself and well."""
        return self.ended == "exited 0"


@dataclass(frozen=True, slots=True)
class Run:
    """One use of one version of a runbook; `acts` are those that nobody took back, in order.

    `values` are those of placeholders that somebody gave for this run.
    """

    number: int
    runbook: str
    version: int
    title: str
    steps: tuple[Step, ...]
    ticket: int | None
    acts: tuple[Act, ...]
    values: Mapping[str, str] = field(default_factory=dict)
    outputs: tuple[Output, ...] = ()

    @property
    def began(self) -> Act:
        """How it began."""
        return self.acts[0]

    @property
    def outcomes(self) -> dict[int, Act]:
        """What became of each step so far, by its number; going back to a step forgets it."""
        found: dict[int, Act] = {}
        for act in self.acts:
            if act.step is not None and act.did in OUTCOMES:
                found[act.step] = act
            elif act.step is not None and act.did is Did.BACK:
                found.pop(act.step, None)
        return found

    @property
    def current(self) -> int | None:
        """The number of the step to be done now; None once all are."""
        moves = [act for act in self.acts if act.did in OUTCOMES or act.did is Did.BACK]
        outcomes = self.outcomes
        last = moves[-1] if moves else None
        start = 0 if last is None or last.step is None else last.step if last.did in OUTCOMES else last.step - 1
        numbers = [step.number for step in self.steps]
        return next((number for number in [*numbers[start:], *numbers[:start]] if number not in outcomes), None)

    @property
    def ending(self) -> Act | None:
        """How it ended, or that it was left; None while it goes on."""
        last = next((act for act in reversed(self.acts) if act.did is not Did.NOTED), None)
        return last if last is not None and last.did in ENDINGS else None

    @property
    def is_over(self) -> bool:
        """Whether there is a verdict; one that was left can be taken up again."""
        return self.ending is not None and self.ending.did in VERDICTS

    @property
    def standing(self) -> str:
        """Where it stands, in words: `fixed it`, `at step 3 of 5`, `left at step 3 of 5`."""
        if self.ending is not None and self.is_over:
            return self.ending.did.words
        here = f"at step {self.current} of {len(self.steps)}" if self.current else "all steps taken"
        return f"left {here}" if self.ending is not None else here

    def step(self, number: int) -> Step:
        """The step of that number; InvalidInput where the runbook has none."""
        for step in self.steps:
            if step.number == number:
                return step
        there_are = "it has one step" if len(self.steps) == 1 else f"its steps are 1 to {len(self.steps)}"
        raise InvalidInput(f"{self.runbook} has no step {number}", there_are)

    def notes(self, number: int) -> list[str]:
        """What was noted at a step."""
        return [act.note for act in self.acts if act.step == number and act.did is Did.NOTED]


class NextAct(NamedTuple):
    """An act before it has its place in the run."""

    did: Did
    step: int | None = None
    note: str = ""


def concluded(run: Run, outcome: Did, note: str, number: int | None = None) -> NextAct:
    """What became of a step: the current one, or the one named, where nothing has become of it yet."""
    _require_going(run)
    wanted = run.current if number is None else run.step(number).number
    if wanted is None:
        raise Refused(f"all steps of run {run.number} have an outcome", "say whether it fixed the trouble")
    known = run.outcomes.get(wanted)
    if known is not None:
        raise OutOfDate(
            f"step {wanted} of run {run.number} has an outcome already ({known.told})",
            "look at it again, or go back to it",
        )
    return NextAct(outcome, wanted, note_of(note))


def went_back(run: Run) -> NextAct:
    """To the step before the current one that has an outcome, which is to be done again."""
    _require_going(run)
    here = run.current
    done = [number for number in run.outcomes if here is None or number < here]
    if not done:
        raise Refused(f"no step of run {run.number} comes before this one", "the run begins here")
    return NextAct(Did.BACK, max(done))


def noted(run: Run, number: int, note: str) -> NextAct:
    """A note at any step."""
    _require_going(run)
    if not note.strip():
        raise InvalidInput("the note is empty", "say it in a few words")
    return NextAct(Did.NOTED, run.step(number).number, note_of(note))


def ended(run: Run, ending: Did, note: str = "") -> NextAct | None:
    """Ends the run; None where it was left already."""
    _require_going(run)
    if run.ending is not None and run.ending.did is ending:
        return None
    return NextAct(ending, None, note_of(note))


def note_of(note: str) -> str:
    """The note as it can be kept; InvalidInput where it is too long."""
    if len(note) > LONGEST_NOTE:
        raise InvalidInput(f"the note has {len(note):,} characters", f"write at most {LONGEST_NOTE:,}")
    return storable(note.strip())


def require_same(seen: Run, now: Run) -> None:
    """OutOfDate, naming who did what, where somebody has gone on with the run since it was seen."""
    if seen.acts == now.acts:
        return
    news = [act.told for act in now.acts if act not in seen.acts][-_TOLD:]
    gone = [f"{act.told}, taken back" for act in seen.acts if act not in now.acts][-_TOLD:]
    raise OutOfDate(
        f"run {now.number} has gone on since you looked ({'; '.join(news + gone)})",
        "look again; your text is kept",
        now.acts[len(seen.acts) :],
    )


def _require_going(run: Run) -> None:
    if run.is_over and run.ending is not None:
        raise Refused(
            f"run {run.number} of {run.runbook} is over ({run.ending.told})", "begin another one if the trouble is back"
        )


class TakenStep(NamedTuple):
    """One step that was taken on a ticket, for a form or a note: what was to be done and what became of it."""

    what: str
    outcome: Did
    note: str
    command: str | None
    outputs: tuple[Output, ...]
    who: str
    at: datetime
    run: int
    runbook: str


def taken_steps(runs: Sequence[Run]) -> list[TakenStep]:
    """All steps with an outcome, in the order in which they were taken."""
    return sorted((step for run in runs for step in _taken(run)), key=lambda step: (step.at, step.run))


def _taken(run: Run) -> list[TakenStep]:
    taken = []
    for number, act in run.outcomes.items():
        step = run.step(number)
        note = "\n".join(text for text in (act.note, *run.notes(number)) if text)
        outputs = tuple(output for output in run.outputs if output.step == number)
        taken.append(
            TakenStep(step.title, act.did, note, step.command, outputs, act.who, act.at, run.number, run.runbook)
        )
    return taken


def brief(note: str) -> str:
    """The beginning of a note; the whole of it stands at its step."""
    first = note.partition("\n")[0]
    return first if first == note and len(first) <= _BRIEF else f"{first[:_BRIEF]} …"


def report(run: Run) -> str:
    """The steps of a run with what became of each, a line each, for an internal note."""
    lines = []
    for number, act in sorted(run.outcomes.items()):
        note = f": {brief(act.note)}" if act.note else ""
        lines.append(f"{number}. {run.step(number).title}: {act.did.words}{note}")
    return "\n".join([f"Runbook {run.title} ({run.runbook}) did not fix it.", *(lines or ["No step was taken."])])
