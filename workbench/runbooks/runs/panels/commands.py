"""What one does with the command of a step: give it its values, copy it, run it here."""

from functools import partial
from typing import ClassVar, Final

from textual import on
from textual.binding import Binding, BindingType
from textual.reactive import var
from textual.screen import Screen
from textual.timer import Timer

from workbench.errors import Refused, WorkbenchError
from workbench.runbooks.runs.execution import Execution, Result
from workbench.runbooks.runs.model import Run
from workbench.runbooks.runs.panels.boxes import AskRun
from workbench.runbooks.runs.panels.steps import Going
from workbench.runbooks.runs.placeholders import Filled, placeholders
from workbench.runbooks.runs.service import RunService
from workbench.tickets.dialogs.means import Means
from workbench.widgets.ask import AskLine
from workbench.widgets.background import Background, GivenUp, Tell
from workbench.widgets.clipboard import copy

PAINT_EVERY: Final = 0.1
"""Seconds between two pictures of what a command prints, however much that is."""


class CommandScreen(Screen[None]):
    """A screen on which the step in view may have a command."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "copy", "Copy", id="run.copy", tooltip="Copy the command"),
        Binding("exclamation_mark", "execute", "Run", id="run.execute", tooltip="Run the command here, after a yes"),
        Binding("v", "values", "Values", id="run.values", tooltip="Say what the command asks for", show=False),
        Binding("x", "stop", "Stop", id="run.stop", tooltip="Stop the command that runs here"),
    ]

    has_command = var(False, bindings=True)
    """Whether the step in view has one."""

    def __init__(self, runs: RunService, means: Means, run: Run) -> None:
        super().__init__()
        self.runs = runs
        self.means = means
        self.run_ = run
        self.going: Going | None = None
        self._execution: Execution | None = None
        self._background = Background(self, "command")
        self._result: Result | None = None
        self._problem: WorkbenchError | None = None
        self._painting: Timer | None = None
        self._asked: list[str] = []
        self._then = ""

    @property
    def number(self) -> int:
        """The number of the step in view."""
        raise NotImplementedError

    def changed(self, run: Run) -> None:
        """Shows the run as it stands now."""
        raise NotImplementedError

    def action_show_step(self) -> None:
        """Shows the step in view."""
        raise NotImplementedError

    def show_printed(self) -> None:
        """Brings the end of the step into sight, where it stands what a command has printed."""
        raise NotImplementedError

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offers to stop only what runs or is not kept yet, and what is done with a command only where there is one."""
        if action == "stop":
            return self.going is not None
        if action == "execute" and self._result is not None:
            return True
        if action in ("copy", "execute", "values"):
            return self.has_command
        return super().check_action(action, parameters)

    def require_quiet(self) -> None:
        """Refused while a command runs here, or what it printed is not kept yet."""
        if self._result is not None:
            raise Refused("what the command printed is not kept yet", "try that again with !, or drop it with x")
        if self.going is not None:
            raise Refused("a command runs here", "wait for its end, or stop it with x")

    def stop_command(self) -> None:
        """Ends the command that runs, if one does."""
        if self._execution is not None:
            self._execution.stop()

    def action_copy(self) -> None:
        """Copies the command, once it has all its values."""
        command = self._command()
        if command.missing:
            self._ask_values(command.missing, "copy")
            return
        copy(self.app, command.text)

    def action_values(self) -> None:
        """Asks for each value of the command, with what is known filled in."""
        self.means.require_now()
        self._command()
        names = placeholders(self.run_.step(self.number).command or "")
        if not names:
            raise Refused("this command asks for nothing", "run it as it is")
        self._ask_values(names, "show_step")

    def action_execute(self) -> None:
        """Shows what would run, and asks; where the output of the last one is not kept yet, tries that again."""
        self.means.require_now()
        if self._result is not None:
            self.action_keep()
            return
        self.require_quiet()
        command = self._command()
        if command.missing:
            self._ask_values(command.missing, "execute")
            return
        self._execution = self.runs.execution(self.run_, self.number)
        self.app.push_screen(AskRun(self._execution), self._answered)

    def action_stop(self) -> None:
        """Ends the command that runs; where it has ended, drops what could not be kept of it."""
        if self._result is None:
            self.stop_command()
        else:
            self._over()
            self.action_show_step()

    def action_give(self) -> None:
        """Asks for the next value, or does what they were asked for."""
        if self._asked:
            self._ask_values(self._asked, self._then)
        else:
            self.call_later(self.run_action, self._then)

    def action_keep(self) -> None:
        """Keeps what the command printed with its step; where that fails it stays here, to be tried again."""
        result, going = self._result, self.going
        if result is None or going is None:
            return
        self.going = going._replace(ended=result.ended)
        try:
            run = self.runs.keep(self.run_, going.step, result)
        except WorkbenchError:
            self.action_show_step()
            raise
        self._over()
        self.changed(run)
        self.show_printed()

    def action_give_up(self) -> None:
        """Has nothing run here, and raises the error that the command met."""
        self._over()
        self.action_show_step()
        if self._problem is not None:
            raise self._problem

    def _over(self) -> None:
        """Nothing runs here, and nothing is left to be kept."""
        self.going = self._execution = self._result = None
        self.refresh_bindings()

    def _command(self) -> Filled:
        command = self.runs.command(self.run_, self.number)
        if command is None:
            raise Refused(f"step {self.number} has no command", "do what it says")
        return command

    def _ask_values(self, names: "tuple[str, ...] | list[str]", then: str) -> None:
        self.means.require_now()
        name, *self._asked = names
        self._then = then
        known = self.runs.values(self.run_).get(name, "")
        self.app.push_screen(AskLine(f"Value of {name}", known, take=partial(self._give, name)), self._given)

    def _give(self, name: str, value: str) -> None:
        self.changed(self.runs.give(self.run_, name, value))

    def _given(self, value: str | None) -> None:
        if value is not None:
            self.call_later(self.run_action, "give")

    def _answered(self, yes: bool | None) -> None:
        if not yes or self._execution is None:
            self._execution = None
            return
        self.going = Going(self.number, self._execution.command, "")
        self.refresh_bindings()
        self.action_show_step()
        self._background.begin(partial(_run, self._execution))

    @on(Background.Heard)
    async def _heard(self, event: Background.Heard) -> None:
        match event.told:
            case str() as text if self.going is not None:
                self.going = self.going._replace(text=self.going.text + text)
                if self._painting is None:
                    self._painting = self.set_timer(PAINT_EVERY, self._paint)
            case Result() as result:
                self._result = result
                await self.run_action("keep")

    async def _paint(self) -> None:
        self._painting = None
        await self.run_action("show_step")

    @on(Background.Ended)
    async def _command_ended(self, event: Background.Ended) -> None:
        self._background.end(event)
        self._problem = event.error
        if self._problem is not None:
            await self.run_action("give_up")


def _run(execution: Execution, tell: Tell, _: GivenUp) -> None:
    """Tells what it prints, and then its Result."""
    try:
        tell(execution.run(tell))
    except OSError as error:
        raise Refused(f"the command could not be begun ({error.strerror or error})", "copy it instead") from error
