"""Practice: scenarios, sessions with their simulated time, and what was done in them."""

from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import click

from workbench.cli.arguments import NUMBER, TEXT, Number, choice, json_option, reference_argument
from workbench.cli.layout import screen_width, table
from workbench.cli.lazy import LazyGroup
from workbench.cli.output import say, tell, tell_json, tell_json_list
from workbench.cli.practice_words import news_words, progress_rows, result_words, scenario_words, status_words
from workbench.cli.session import Session
from workbench.duration import parse_duration
from workbench.practice.as_json import news_told, progress_told, result_told, scenario_told, status_told
from workbench.practice.clock import FASTEST
from workbench.practice.marking import Result
from workbench.practice.session import SessionKind
from workbench.practice.shelf import Shelf, Shelved, file_text, scenario_of
from workbench.practice_desk import PracticeDesk
from workbench.text import one_line

PLACES: Final = {
    "list": "workbench.cli.practice:list_",
    "show": "workbench.cli.practice:show",
    "check": "workbench.cli.practice_files:check",
    "from": "workbench.cli.practice_files:from_",
    "begin": "workbench.cli.practice:begin",
    "status": "workbench.cli.practice:status",
    "tick": "workbench.cli.practice:tick",
    "pause": "workbench.cli.practice:pause",
    "resume": "workbench.cli.practice:resume",
    "speed": "workbench.cli.practice:speed",
    "hint": "workbench.cli.practice:hint",
    "end": "workbench.cli.practice:end",
    "sheet": "workbench.cli.practice:sheet",
    "progress": "workbench.cli.practice:progress",
}
"""Where each command of practice is found."""


@click.group(cls=LazyGroup, places=PLACES)
def practice() -> None:
    """Made-up tickets to learn on, in a file of their own ($WORKBENCH_PRACTICE, else beside your default one).

    Who lead see the progress of everybody who practises on the same file.

    Every other command works on that file with --practice; the simulated time stands still between commands.

    \b
    workbench practice begin scenario locked-out
    workbench --practice queue L1
    workbench --practice ticket take 1001
    workbench practice tick 5m
    workbench practice end
    """


@click.command("list")
@json_option
@click.pass_obj
def list_(session: Session, as_json: bool) -> None:
    """List the scenarios, and those of yours that are broken; yours lie in the folder `scenarios` beside the file."""
    with session.practising() as desk:
        shelf = desk.practice.shelf()
    for fault in shelf.faults:
        say(one_line(fault.told))
    if as_json:
        tell_json_list(scenario_told(each) for each in shelf.scenarios.values())
        return
    rows = [("NAME", "TIER", "SKILLS", "TITLE")]
    for name, each in shelf.scenarios.items():
        rows.append((name, each.scenario.level, " ".join(each.scenario.skills), each.scenario.title))
    tell(*table(rows, flexible=3, width=screen_width()))


@click.command()
@click.argument("name", type=TEXT)
@click.option("--key", "with_key", is_flag=True, help="Also tell what it really is, and what to do.")
@json_option
@click.pass_obj
def show(session: Session, name: str, with_key: bool, as_json: bool) -> None:
    """Show a scenario as its requester tells it."""
    with session.practising() as desk:
        found = desk.practice.scenario(name)
    scenario = found.scenario
    if as_json:
        secret: dict[str, Any] = {"debrief": scenario.lesson, "key": list(scenario.key)} if with_key else {}
        tell_json({**scenario_told(found), "subject": scenario.subject, "body": scenario.body, **secret})
    else:
        tell(*scenario_words(scenario, with_key=with_key))


@click.command()
@click.argument("kind", type=choice(SessionKind))
@click.argument("name", type=TEXT)
@click.option("--seed", type=Number(least=0), metavar="N", help="The same number brings the same tickets.")
@click.option("--speed", type=click.IntRange(1, FASTEST), default=1, metavar="N", help="So many times as fast (1).")
@json_option
@click.pass_obj
def begin(session: Session, kind: str, name: str, seed: int | None, speed: int, as_json: bool) -> None:
    """Begin a scenario (by name or FILE.md), a drill of a skill, or a shift of a tier.

    \b
    workbench practice begin scenario locked-out
    workbench practice begin drill handoff
    workbench practice begin shift L1 --seed 7
    """
    with session.practising() as desk:
        shelf = desk.practice.shelf()
        if kind == SessionKind.SCENARIO and name.endswith(".md"):
            name, shelf = _with_file(shelf, Path(name))
        desk.practice.begin(SessionKind(kind), name, seed, speed, shelf)
        _tell_status(desk, as_json)


@click.command()
@json_option
@click.pass_obj
def status(session: Session, as_json: bool) -> None:
    """Show where your session stands."""
    with session.practising() as desk:
        _tell_status(desk, as_json)


@click.command()
@click.argument("by", metavar="[DURATION]", type=TEXT, default="0m")
@json_option
@click.pass_obj
def tick(session: Session, by: str, as_json: bool) -> None:
    """Let simulated time go by, and tell what happens meanwhile."""
    seconds = parse_duration(by)
    with session.practising() as desk:
        desk.practice.status()  # says so where there is no session
        happened = desk.practice.tick(timedelta(seconds=seconds))
        if as_json:
            tell_json_list(map(news_told, happened))
        else:
            tell(*news_words(happened, desk.organisation.current().zone))
            if not happened:
                say("nothing happened meanwhile; `workbench practice status` shows where you stand")


@click.command()
@json_option
@click.pass_obj
def pause(session: Session, as_json: bool) -> None:
    """Let the simulated time stand still."""
    with session.practising() as desk:
        desk.practice.pause()
        _tell_status(desk, as_json)


@click.command()
@json_option
@click.pass_obj
def resume(session: Session, as_json: bool) -> None:
    """Let it go on."""
    with session.practising() as desk:
        desk.practice.resume()
        _tell_status(desk, as_json)


@click.command()
@click.argument("times", type=click.IntRange(1, FASTEST))
@json_option
@click.pass_obj
def speed(session: Session, times: int, as_json: bool) -> None:
    """Let the simulated time go so many times as fast as the real one."""
    with session.practising() as desk:
        desk.practice.set_speed(times)
        _tell_status(desk, as_json)


@click.command()
@reference_argument
@json_option
@click.pass_obj
def hint(session: Session, reference: str, as_json: bool) -> None:
    """Ask for the next hint for a ticket; each costs points."""
    with session.practising() as desk:
        ref = desk.tickets.number(reference)
        said = desk.practice.hint(ref)
    if as_json:
        tell_json({"ref": ref, "hint": said})
    else:
        tell(one_line(said))


@click.command()
@json_option
@click.pass_obj
def end(session: Session, as_json: bool) -> None:
    """End your session and show its points."""
    with session.practising() as desk:
        _tell_result(desk.practice.end(), as_json)


@click.command()
@click.argument("number", metavar="[SESSION]", type=NUMBER, required=False)
@json_option
@click.pass_obj
def sheet(session: Session, number: int | None, as_json: bool) -> None:
    """Show the points of a session, by default of your own that goes on or was last.

    Tickets that are still worked on show none yet.
    """
    with session.practising() as desk:
        _tell_result(desk.practice.result(number), as_json)


@click.command()
@click.option("--mine", is_flag=True, help="Only your own.")
@json_option
@click.pass_obj
def progress(session: Session, mine: bool, as_json: bool) -> None:
    """Show the points of all trainees' sessions, skill by skill, in their order."""
    with session.practising() as desk:
        results = desk.practice.progress(session.who if mine else None)
    if as_json:
        tell_json_list(map(progress_told, results))
    else:
        tell(*table(progress_rows(results), right=frozenset({0, 4}), flexible=3, width=screen_width()))


def _with_file(shelf: Shelf, path: Path) -> tuple[str, Shelf]:
    """The shelf with one more scenario on it, which is tried out; BadScenario."""
    text = file_text(path)
    tried = Shelved(scenario_of(path.stem, text, str(path)), text, own=True)
    return path.stem, shelf._replace(scenarios={**shelf.scenarios, path.stem: tried})


def _tell_status(desk: PracticeDesk, as_json: bool) -> None:
    found = desk.practice.status()
    if as_json:
        tell_json(status_told(found))
    else:
        tell(*status_words(found, desk.organisation.current().zone))


def _tell_result(result: Result, as_json: bool) -> None:
    if as_json:
        tell_json(result_told(result))
    else:
        tell(*result_words(result))
