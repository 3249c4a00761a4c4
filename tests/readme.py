"""The tables of the README, made from the program; `python -m tests.readme` writes them anew."""

import importlib
import pkgutil
import shlex
import shutil
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import click
from textual.binding import Binding
from textual.dom import DOMNode

import workbench
from tests.cli.program import Program
from workbench.app import WorkbenchApp
from workbench.cli.main import program
from workbench.clock import iso
from workbench.escalation.panels.beside import Beside
from workbench.escalation.panels.entries import EntryList
from workbench.escalation.panels.handoffs import HandoffList, HandoffsScreen
from workbench.escalation.panels.swarm import SwarmScreen
from workbench.escalation.panels.text import TextScreen
from workbench.escalation.screen import FormScreen
from workbench.ownership.panels.editing import EditingScreen
from workbench.ownership.screen import OwnersScreen
from workbench.practice.panels.everybody import Courses, EverybodyScreen
from workbench.practice.panels.hint_box import HintBox
from workbench.practice.panels.sessions import SessionList, SessionsScreen
from workbench.practice.panels.sheet import SheetScreen, TicketChoice
from workbench.practice.screen import ChoiceList, PracticeScreen
from workbench.practice_app import PracticeApp
from workbench.problems.panels.fixing import FixDialog
from workbench.problems.panels.writing import ProblemDialog
from workbench.problems.screen import ProblemList, ProblemsScreen
from workbench.queues.filters import FIELDS
from workbench.queues.panels.column_choice import ColumnChoice, Titles
from workbench.queues.panels.filter_box import FilterBox
from workbench.queues.panels.list_screen import ListScreen
from workbench.queues.panels.queue_list import QueueList
from workbench.queues.panels.queues_beside import QueuesBesideScreen
from workbench.queues.screen import QueueScreen
from workbench.reports.panels.choosing import ChoiceScreen, CompareScreen
from workbench.reports.panels.deciding import DecidingScreen
from workbench.reports.panels.findings import FindingList
from workbench.reports.panels.maps import ShadedMap
from workbench.reports.panels.tickets import BehindScreen
from workbench.reports.screen import ReportsScreen
from workbench.runbooks.panels.leads import LeadsScreen
from workbench.runbooks.panels.paging import PageScreen
from workbench.runbooks.panels.versions import VersionsScreen
from workbench.runbooks.runs.panels.boxes import AskRun, Verdict
from workbench.runbooks.runs.panels.commands import CommandScreen
from workbench.runbooks.runs.screen import RunScreen
from workbench.runbooks.screen import LibraryScreen
from workbench.sample.generator import ACTING, MOMENT
from workbench.tickets.acting import ActingScreen
from workbench.tickets.dialogs.confirm import ConfirmDialog
from workbench.tickets.dialogs.copy import CopyDialog, PlainScreen
from workbench.tickets.dialogs.dialog import Dialog
from workbench.tickets.dialogs.state import StateDialog
from workbench.tickets.dialogs.why import WhyBox
from workbench.tickets.screen import TicketScreen
from workbench.widgets.ask import AskLine, AskYes
from workbench.widgets.form import Choice, Words
from workbench.widgets.halt import HaltScreen
from workbench.widgets.help import HelpScreen, key_name
from workbench.widgets.marked_list import MarkedList
from workbench.widgets.picker import Picker
from workbench.widgets.reader import Reader
from workbench.widgets.reading_box import ReadingBox
from workbench.widgets.search_line import SearchLine
from workbench.widgets.virtual_list import VirtualList

README = Path(__file__).parent.parent / "README.md"
PYPROJECT = README.with_name("pyproject.toml")

PLACES: tuple[tuple[str, type[DOMNode]], ...] = (
    ("everywhere", WorkbenchApp),
    ("tickets", ActingScreen),
    ("queues", ListScreen),
    ("queues", QueuesBesideScreen),
    ("queues", QueueScreen),
    ("the filter", FilterBox),
    ("the list of queues", QueueList),
    ("the columns", ColumnChoice),
    ("the columns", Titles),
    ("runbooks", LibraryScreen),
    ("runbooks", PageScreen),
    ("runbooks, where to", LeadsScreen),
    ("runbooks, versions", VersionsScreen),
    ("a run", RunScreen),
    ("a run", CommandScreen),
    ("a run, a command", AskRun),
    ("a run, its end", Verdict),
    ("owners", OwnersScreen),
    ("owners", EditingScreen),
    ("the line over runbooks and owners", SearchLine),
    ("handing off", FormScreen),
    ("handing off, rows", EntryList),
    ("handing off, beside", Beside),
    ("handing off, its text", TextScreen),
    ("hand-offs", HandoffsScreen),
    ("hand-offs", HandoffList),
    ("a swarm", SwarmScreen),
    ("problems", ProblemsScreen),
    ("problems", ProblemList),
    ("a problem", ProblemDialog),
    ("a problem, fixed", FixDialog),
    ("reports", ReportsScreen),
    ("reports", DecidingScreen),
    ("reports, the diagnosis", FindingList),
    ("reports, a map", ShadedMap),
    ("reports, behind a number", BehindScreen),
    ("reports, a choice", ChoiceScreen),
    ("reports, compare", CompareScreen),
    ("practice", PracticeScreen),
    ("practice", ChoiceList),
    ("practice, everybody", EverybodyScreen),
    ("practice, everybody", Courses),
    ("practice, one trainee", SessionsScreen),
    ("practice, one trainee", SessionList),
    ("practice, at work", PracticeApp),
    ("practice, a hint", HintBox),
    ("practice, the sheet", SheetScreen),
    ("practice, the sheet", TicketChoice),
    ("a list", VirtualList),
    ("a list", MarkedList),
    ("a ticket", TicketScreen),
    ("a text", Reader),
    ("a box", Dialog),
    ("a box, state", StateDialog),
    ("a choice", Choice),
    ("a box, words", Words),
    ("a search", Picker),
    ("a question", ConfirmDialog),
    ("a question", AskYes),
    ("a question", AskLine),
    ("copying", CopyDialog),
    ("copying, shown plain", PlainScreen),
    ("a text in a box", ReadingBox),
    ("why it stands there", WhyBox),
    ("help", HelpScreen),
    ("the end", HaltScreen),
)


def tables() -> dict[str, str]:
    """Each table by the name of its place in the README."""
    return {
        "keys": _table(("Key", "Where", "Does", "Action"), _keys()),
        "following": _session("runbook", "search", "prnter ofline", "--limit", "3"),
        "handing off": _session("escalate", "1424", "--preview"),
        "owner": _session("owner", "502 on pay3.orchardlane.example"),
        "filters": _table(("Field", "Takes"), ((f"`{name}:`", field.allowed) for name, field in FIELDS.items())),
        "commands": _table(("Command", "Does"), _commands(program, ())),
        "rooms": _table(("Room", "What is there"), _rooms()),
    }


def with_tables(text: str) -> str:
    """The README with its tables as the program makes them."""
    for name, table in tables().items():
        before, opened, rest = text.partition(f"<!-- {name} -->\n")
        _, closed, after = rest.partition(f"<!-- /{name} -->")
        text = before + opened + table + closed + after
    return text


def commands(group: click.Group) -> Iterator[tuple[str, click.Command]]:
    """The commands of a group by name."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        yield name, command


def bound_classes() -> Iterator[type[DOMNode]]:
    """Everything in the program that has keys of its own."""
    for module in pkgutil.walk_packages(workbench.__path__, "workbench."):
        if module.name.endswith("__main__"):
            continue
        for found in vars(importlib.import_module(module.name)).values():
            ours = isinstance(found, type) and issubclass(found, DOMNode) and found.__module__ == module.name
            if ours and "BINDINGS" in vars(found):
                yield found


def _keys() -> Iterator[tuple[str, str, str, str]]:
    """By what they do and where: keys that do the same share a line, with the names of their actions."""
    lines: dict[tuple[str, str], list[Binding]] = {}
    for where, place in PLACES:
        for binding in place.BINDINGS:
            assert isinstance(binding, Binding)
            lines.setdefault((where, binding.tooltip), []).append(binding)
    for (where, told), bindings in lines.items():
        keys = [f"`{key_name(key)}`" for binding in bindings for key in binding.key.split(",")]
        names = [f"`{binding.id}`" for binding in bindings]
        yield " ".join(dict.fromkeys(keys)), where, told, " ".join(dict.fromkeys(names))


def _commands(group: click.Group, above: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for name, command in commands(group):
        path = (*above, name)
        if not isinstance(command, click.Group) or command.invoke_without_command:
            metavars = [each.make_metavar(click.Context(command)) for each in command.params if _positional(each)]
            help_text = (command.help or "").split("\n\n")[0].replace("\n", " ").strip()
            yield f"`{' '.join((*path, *metavars))}`", help_text
        if isinstance(command, click.Group):
            yield from _commands(command, path)


def _rooms() -> Iterator[tuple[str, str]]:
    """The modules and folders of the package, each above those that it may import, in their own words."""
    contracts = tomllib.loads(PYPROJECT.read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    (layers,) = (each["layers"] for each in contracts if each.get("containers") == ["workbench"])
    for layer in layers:
        for name in layer.split(" | "):
            about = (importlib.import_module(f"workbench.{name}").__doc__ or "").split("\n\n")[0]
            shown = f"{name}/" if (README.parent / "workbench" / name).is_dir() else f"{name}.py"
            yield f"`{shown}`", " ".join(about.split())


def _session(*arguments: str) -> str:
    """A command, and what it prints on the sample at the sample's moment."""
    with TemporaryDirectory() as folder:
        sample = Path(shutil.copy(README.parent / "sample.db", folder))
        answer = Program(sample, ACTING)(*arguments, at=iso(MOMENT))
    return f"```console\n{shlex.join(('workbench', *arguments))}\n{answer.out}```\n"


def _positional(parameter: click.Parameter) -> bool:
    return isinstance(parameter, click.Argument)


def _table(titles: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [titles, ("---",) * len(titles), *rows]
    return "".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |\n" for line in lines)


if __name__ == "__main__":
    README.write_text(with_tables(README.read_text("utf-8")), "utf-8")
