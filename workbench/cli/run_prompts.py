"""Following a runbook by plain questions and answers."""

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from typing import Final

import click

from workbench.cli.layout import indented
from workbench.cli.output import say
from workbench.desk import Desk
from workbench.errors import InvalidInput, WorkbenchError
from workbench.runbooks.model import Step
from workbench.runbooks.runs.execution import Execution, Result
from workbench.runbooks.runs.model import Did, Run
from workbench.text import one_line, visible

_ASKED: Final = "[d]one  [f] did not help  [s]kip  [b]ack  [n]ote  [v]alue  [!] run here  [e]nd  [q] leave: "
_VERDICT: Final = "Did it fix the trouble? [y]es  [n]o  [b]ack  [q] leave: "
_ENDINGS: Final = {"y": Did.FIXED, "n": Did.NOT_FIXED}


def answers() -> Iterator[str]:
    """The lines of the standard input: from a terminal as they are typed, from elsewhere if there is at least one.

    Raises UsageError where nothing can answer, before anything is begun.
    """
    if sys.stdin is not None:
        lines = iter(sys.stdin.readline, "")
        if sys.stdin.isatty():
            return lines
        for first in lines:
            return chain([first], lines)
    raise click.UsageError("there is nobody to ask; give what became of the steps with --steps FILE")


class Prompts:
    """Asks in plain words; everything answered is written at once, so that ctrl-c loses nothing."""

    def __init__(self, desk: Desk, answers: Iterator[str]) -> None:
        self.desk = desk
        self.runs = desk.runs
        self._answers = answers
        self._shown: object = None

    def follow(self, run: Run) -> Run:
        """Goes through the steps until there is a verdict or the run is left."""
        say(visible(f"{run.title}: run {run.number}, begun by {run.began.who}. ctrl-c leaves it to be taken up again."))
        try:
            while not run.is_over:
                try:
                    answered = self._next(run)
                except WorkbenchError as error:
                    say(one_line(str(error)))
                    answered = self.runs.get(run.number)
                if answered is None:
                    break
                run = answered
        except EOFError:
            say("")
        except KeyboardInterrupt:
            again = f"workbench runbook run {one_line(run.runbook)} --run {run.number}"
            say(f"\nthe run can be taken up again: `{again}`")
            raise
        return run

    def _next(self, run: Run) -> Run | None:
        """Asks what is to be done next; None where the run is left."""
        number = run.current
        if number is None:
            return self._verdict(run)
        if self._shown != (number, run.acts, run.values):
            self._shown = (number, run.acts, run.values)  # also where showing it fails: then it is asked all the same
            run = self._show(run, run.step(number))
            self._shown = (number, run.acts, run.values)
        return self._step(run, number)

    def _show(self, run: Run, step: Step) -> Run:
        """Shows a step with its command; asks for the values that are missing, which the run then has."""
        say(visible(f"\nStep {step.number} of {len(run.steps)}: {step.title}"))
        told = [("", step.text), ("Expect: ", step.expected), ("Careful: ", step.caution)]
        for label, text in told:
            if text:
                say("\n".join(indented(f"{label}{text}", "  ")))
        run = self._ask_missing(run, step.number)
        command = self.runs.command(run, step.number)
        if command:
            say("\n".join(indented(command.text, "  $ ")))
            for doubt in command.doubts:
                say(f"  ⚠ {doubt}")
        return run

    def _ask_missing(self, run: Run, number: int) -> Run:
        command = self.runs.command(run, number)
        for name in command.missing if command else ():
            value = self._ask(f"Value of {name} (enter: none): ")
            if value:
                try:
                    run = self.runs.give(run, name, value)
                except InvalidInput as error:
                    say(one_line(str(error)))
        return run

    def _step(self, run: Run, number: int) -> Run | None:
        match self._ask(_ASKED).lower():
            case "d":
                return self.runs.step(run, Did.DONE, self._ask("Note (enter: none): "))
            case "f":
                return self.runs.step(run, Did.FAILED, self._ask("What happened (enter: nothing to say): "))
            case "s":
                return self.runs.skip(run, self._ask("Why: "))
            case "b":
                return self.runs.back(run)
            case "n":
                return self.runs.note(run, number, self._ask("Note: "))
            case "v":
                name = self._ask("Name: ").strip("{} ").lower()
                return self.runs.give(run, name, self._ask(f"Value of {name}: "))
            case "!":
                return self._execute(run, number)
            case "e":
                return self._verdict(run)
            case "q":
                return None
            case _:
                return self.runs.get(run.number)

    def _verdict(self, run: Run) -> Run | None:
        match self._ask(_VERDICT).lower():
            case "y" | "n" as answer:
                return self.runs.end(run, _ENDINGS[answer])
            case "b":
                return self.runs.back(run)
            case "q":
                return None
            case _:
                return self.runs.get(run.number)

    def _execute(self, run: Run, number: int) -> Run:
        execution = self.runs.execution(run, number)
        say("This will run here:" if execution.is_real else "In practice nothing is run; this only seems to be:")
        say("\n".join(indented(execution.command, "  $ ")))
        if self._ask(f"Type yes to run it (for {execution.time_limit} s at most, ctrl-c stops it): ") != "yes":
            say("not run")
            return run
        result = _run(execution)
        cut = f", {result.cut:,} bytes more were cut" if result.cut else ""
        say(f"{result.ended}{cut}")
        return self._keep(run, number, result)

    def _keep(self, run: Run, number: int, result: Result) -> Run:
        """Keeps what a command printed; where that fails it can be tried again, for as long as one wants to."""
        while True:
            try:
                return self.runs.keep(run, number, result)
            except WorkbenchError as error:
                say(one_line(str(error)))
                if self._ask("What it printed is not kept yet; enter tries again, x drops it: ").lower() == "x":
                    return run

    def _ask(self, question: str) -> str:
        sys.stderr.write(visible(question))
        sys.stderr.flush()
        for line in self._answers:
            return line.strip()
        raise EOFError


def _run(execution: Execution) -> Result:
    """Runs it with its output on the terminal; ctrl-c stops the command and not the run."""

    def show(text: str) -> None:
        sys.stderr.write(visible(text))
        sys.stderr.flush()

    with ThreadPoolExecutor(1) as pool:
        future = pool.submit(execution.run, show)
        try:
            return future.result()
        except KeyboardInterrupt:
            execution.stop()
            return future.result()
