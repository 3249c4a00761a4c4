"""The setup file: the organisation in, and the organisation out."""

from pathlib import Path

import click

from workbench.cli.arguments import PATH, from_stdin, json_option
from workbench.cli.lazy import KnownGroup
from workbench.cli.output import say, tell, tell_json
from workbench.cli.session import Session
from workbench.errors import InvalidInput
from workbench.text import one_line


@click.group(cls=KnownGroup)
def setup() -> None:
    """Teams, people, rotations, clients, calendars and targets as one readable file."""


@setup.command()
@click.argument("file", type=PATH)
@json_option
@click.pass_obj
def apply(session: Session, file: Path, as_json: bool) -> None:
    """Make the organisation what a setup file says, all or nothing; - reads it from stdin.

    A kind that the file names is the whole of its kind, one that it leaves out is left alone.

    \b
    workbench setup show > team.toml
    workbench setup apply team.toml
    """
    text = _text(file)
    with session.writing() as desk:
        before = desk.organisation.current()
        changes = desk.organisation.apply(text, "stdin" if str(file) == "-" else str(file))
        behind = desk.organisation.left_behind(before)
    if as_json:
        tell_json({"changes": changes})
    else:
        tell(*(one_line(change) for change in changes or ["nothing changed"]))
    for sentence in behind:
        say(one_line(sentence))


@setup.command()
@json_option
@click.pass_obj
def show(session: Session, as_json: bool) -> None:
    """Print the organisation as the setup file that `apply` reads."""
    with session.reading() as desk:
        text = desk.organisation.show()
    if as_json:
        import tomllib

        tell_json(tomllib.loads(text))
    else:
        tell(text.removesuffix("\n"))


def _text(file: Path) -> str:
    """What the file, or stdin, holds as text."""
    try:
        content = from_stdin() if str(file) == "-" else file.read_bytes()
        return content.decode("utf-8-sig")
    except OSError as error:
        raise InvalidInput(f"{file} cannot be read ({error.strerror})", "name a setup file") from error
    except UnicodeDecodeError as error:
        raise InvalidInput(f"{file} is not UTF-8 text (at byte {error.start})", "save it as UTF-8") from error
