"""The program's one command with its options, and what becomes of every way in which it can end."""

from collections.abc import Sequence
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Final

import click

from workbench import __version__
from workbench.cli.arguments import PATH, TEXT, Instant
from workbench.cli.lazy import LazyGroup
from workbench.cli.output import complain, flush, give_up_stdout, speak_utf8
from workbench.cli.session import Session
from workbench.errors import WorkbenchError

DONE, IMPOSSIBLE, WRONG_USAGE, INTERRUPTED = 0, 1, 2, 130

ONLY_LIVE: Final = ("init", "demo", "restore")
"""Commands that make or replace a live file."""

ANYWHERE: Final = ("--db", "--as", "--as-of")
"""The program's options with a value that may also stand behind the command."""
PRACTICE: Final = "--practice"
"""The one without."""

PLACES: Final = {
    "init": "workbench.cli.start:init",
    "demo": "workbench.cli.start:demo",
    "setup": "workbench.cli.setup:setup",
    "queues": "workbench.cli.queues:queues",
    "queue": "workbench.cli.queues:queue",
    "why": "workbench.cli.queues:why",
    "take-next": "workbench.cli.queues:take_next",
    "ticket": "workbench.cli.tickets:ticket",
    "undo": "workbench.cli.tickets:undo",
    "owner": "workbench.cli.owners:owner",
    "owners": "workbench.cli.owners:owners",
    "runbook": "workbench.cli.runbooks:runbook",
    "escalate": "workbench.cli.escalation:escalate",
    "handoff": "workbench.cli.escalation:handoff",
    "swarm": "workbench.cli.swarm:swarm",
    "problem": "workbench.cli.problems:problem",
    "report": "workbench.cli.reports:report",
    "practice": "workbench.cli.practice:practice",
    "tour": "workbench.cli.start:tour",
    "import": "workbench.cli.intake:import_",
    "export": "workbench.cli.intake:export",
    "backup": "workbench.cli.file:backup",
    "restore": "workbench.cli.file:restore",
    "check": "workbench.cli.file:check",
}
"""Where each command is found."""


@click.group(
    cls=LazyGroup,
    places=PLACES,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option("--db", "file", type=PATH, metavar="FILE", help="Use this file.")
@click.option("--as", "login", type=TEXT, metavar="LOGIN", help="Act as this person.")
@click.option("--as-of", "at", type=Instant(), metavar="INSTANT", help="Read and write as if it were this moment.")
@click.option(PRACTICE, is_flag=True, help="Work on the file for practice, where nothing is real.")
@click.version_option(__version__, prog_name="workbench", message="%(prog)s %(version)s")
@click.pass_context
def program(context: click.Context, file: Path | None, login: str | None, at: datetime | None, practice: bool) -> None:
    """Work the tickets of a support team, tier by tier.

    Without a command the screens open. Without --db the file is $WORKBENCH_DB, else your own; without --as
    you are $WORKBENCH_USER, else who is logged in.
    """
    if practice and context.invoked_subcommand in ONLY_LIVE:
        raise click.UsageError(f"{context.invoked_subcommand} is not for practice")
    context.obj = Session(file, login, at, practice)
    if context.invoked_subcommand is None:
        from workbench.cli.start import show_screens

        context.exit(show_screens(context.obj))


def run(arguments: Sequence[str]) -> int:
    """Runs the command line; the exit status. Words go to stderr, and nobody meets a traceback by their own doing."""
    speak_utf8()
    try:
        status = _run(arguments)
        flush()
    except BrokenPipeError:  # the reader has seen enough
        give_up_stdout()
        return DONE
    except OSError as error:
        give_up_stdout()
        where = f"{error.filename}: " if error.filename else ""
        complain(f"{where}{error.strerror or error}; look at the disk and at the permissions")
        return IMPOSSIBLE
    except KeyboardInterrupt:
        return INTERRUPTED
    return status


def _run(arguments: Sequence[str]) -> int:
    try:
        with program.make_context("workbench", _options_first(arguments)) as context:
            program.invoke(context)
    except click.exceptions.Exit as ended:
        return ended.exit_code
    except click.ClickException as error:
        complain(_usage(error))
        return WRONG_USAGE
    except WorkbenchError as error:
        complain(str(error))
        return IMPOSSIBLE
    return DONE


def _options_first(arguments: Sequence[str]) -> list[str]:
    """The program's own options before the command, wherever they stood; what follows `--` stays as it is."""
    first: list[str] = []
    rest: list[str] = []
    left = iter(arguments)
    for argument in left:
        if argument == "--":
            rest += [argument, *left]
        elif argument in ANYWHERE:
            first += [argument, *islice(left, 1)]
        elif argument == PRACTICE or argument.startswith(tuple(f"{option}=" for option in ANYWHERE)):
            first.append(argument)
        else:
            rest.append(argument)
    return first + rest


def _usage(error: click.ClickException) -> str:
    """A mistake in the command line, in one line, with the help that explains it."""
    context = error.ctx if isinstance(error, click.UsageError) else None
    if isinstance(error, click.exceptions.NoArgsIsHelpError):  # its message is the whole help
        assert isinstance(error.ctx.command, click.Group)
        wrong = f"a command is missing; there are {', '.join(error.ctx.command.list_commands(error.ctx))}"
    else:
        wrong = " ".join(error.format_message().split()).removesuffix(".")
    return f"{wrong[:1].lower()}{wrong[1:]}; see `{context.command_path if context else 'workbench'} --help`"
