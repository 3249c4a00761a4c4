"""The steps of a run as a list, folded to a line each, and the one in view at length."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from rich.text import Text

from workbench.runbooks.model import Step
from workbench.runbooks.panels.markdown import code, inline, page
from workbench.runbooks.runs.model import Act, Did, Output, Run
from workbench.runbooks.runs.placeholders import Filled
from workbench.widgets.columns import Column
from workbench.widgets.show import show, show_line

MARKS: Final = {
    Did.DONE: ("✓", "bold green"),
    Did.FAILED: ("✗", "bold red"),
    Did.SKIPPED: ("–", "yellow"),
}
"""How each outcome of a step is shown, beside its word."""
ALL_TAKEN: Final = "All steps are taken. Did it fix the trouble? Press e."


class StepRow(NamedTuple):
    """A step on one line."""

    number: int
    title: str
    did: Did | None
    who: str
    is_current: bool


class Going(NamedTuple):
    """A command here until its output is kept: at which step, what it has printed so far, and how it `ended`."""

    step: int
    command: str
    text: str
    ended: str = ""

    @property
    def told(self) -> str:
        """Where it stands, and which keys there are for it."""
        if self.ended:
            return f"▸ {self.ended}, but not kept yet · ! tries that again · x drops it"
        return "▸ runs here now · x stops it"


def rows(run: Run) -> list[StepRow]:
    """All steps, with what became of each."""
    outcomes, current = run.outcomes, None if run.is_over else run.current
    return [
        StepRow(
            step.number,
            step.title,
            outcomes[step.number].did if step.number in outcomes else None,
            outcomes[step.number].who if step.number in outcomes else "",
            step.number == current,
        )
        for step in run.steps
    ]


def columns() -> Sequence[Column[StepRow]]:
    """The columns of the list of steps."""
    return (
        Column("", 1, lambda row, _: _mark(row)),
        Column("#", 2, lambda row, _: show_line(str(row.number)), right=True),
        Column("Step", 16, lambda row, _: show_line(row.title, "bold" if row.is_current else ""), flexible=True),
        Column("Outcome", 12, lambda row, _: _outcome(row)),
        Column("Who", 8, lambda row, _: show_line(row.who), drop_order=1),
    )


def at_length(run: Run, number: int, command: Filled | None, going: Going | None, zone: ZoneInfo) -> list[Text]:
    """A step whole: what became of it, what to beware of, what to do, with which command, what to expect, what came."""
    step = run.step(number)
    told: list[Text] = []
    if run.current is None and not run.is_over:
        told += [show(ALL_TAKEN, "bold reverse"), Text()]
    act = run.outcomes.get(number)
    if act is not None:
        told += [*_became(act, zone), Text()]
    told += [*_to_do(step), Text()]
    if command is not None:
        told += [*_command(command), Text()]
    if step.expected:
        told += [Text.assemble(show("→ ", "bold green"), inline(step.expected)), Text()]
    told += [show(f"✎ {note}", "italic") for note in run.notes(number)]
    for output in run.outputs:
        if output.step == number:
            told += _output(output, zone)
    if going is not None and going.step == number:
        told += [show(going.told, "bold reverse"), *code(going.command, "  $ "), *code(going.text)]
    return told


def _mark(row: StepRow) -> Text:
    if row.did is not None:
        return show_line(*MARKS[row.did])
    return show_line("▶", "bold") if row.is_current else show_line("·", "dim")


def _outcome(row: StepRow) -> Text:
    if row.did is not None:
        return show_line(row.did.words, MARKS[row.did][1])
    return show_line("now", "bold") if row.is_current else Text()


def _became(act: Act, zone: ZoneInfo) -> Iterator[Text]:
    mark, style = MARKS[act.did]
    yield Text.assemble(show(f"{mark} {act.did.words}", style), show(f"  {act.who}, {_time(act.at, zone)}", "dim"))
    if act.note:
        yield show(act.note)


def _to_do(step: Step) -> Iterator[Text]:
    """What to do, whole, and what to beware of: the list has room for the beginning of a title only."""
    if not step.is_told_below:
        yield show(step.title, "bold")
    if step.caution:
        yield show(f"⚠ {step.caution}", "bold yellow")
    if step.text.strip():
        yield from page(step.text)


def _command(command: Filled) -> Iterator[Text]:
    """The command as it would run; a value that is missing or left out is named below, and what to do about it."""
    yield from code(command.text, "  $ ")
    if command.missing:
        yield show(f"  missing: {', '.join(command.missing)} · press v to say it", "bold yellow")
    for doubt in command.doubts:
        yield show(f"  ⚠ {doubt}", "bold yellow")
    if command.doubts:
        yield show("  press y to copy it and write that in, or v to say it otherwise", "bold yellow")


def _output(output: Output, zone: ZoneInfo) -> Iterator[Text]:
    head = show(f"▸ {output.ended}", "bold green" if output.succeeded else "bold red")
    yield head.append_text(show(f"  {output.who}, {_time(output.at, zone)}", "dim"))
    yield from code(output.command, "  $ ")
    yield from code(output.text.rstrip("\n") or "(it printed nothing)")
    if output.cut:
        yield show(f"… {output.cut:,} bytes more came and were not kept", "reverse")
    yield Text()


def _time(at: datetime, zone: ZoneInfo) -> str:
    return f"{at.astimezone(zone):%a %H:%M}"
