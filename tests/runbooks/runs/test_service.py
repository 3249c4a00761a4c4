"""Runs on a real file: events on the ticket, undo, two people, endings."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.escalation.forms import L2, send
from tests.support.offices import START, Office
from workbench.clock import SystemClock
from workbench.desk import Desk
from workbench.errors import InvalidInput, NotFound, OutOfDate, Refused, WorkbenchError
from workbench.runbooks.runs.execution import Result
from workbench.runbooks.runs.model import Did
from workbench.runbooks.runs.service import RunService
from workbench.tickets.integrity import faults
from workbench.tickets.rules import Resolution
from workbench.tickets.vocabulary import Kind, State


def kinds(office: Office, ticket: int) -> list[str]:
    return [event.kind.value for event in office.desk().tickets.store.events(ticket)]


def test_each_outcome_is_an_event_on_the_ticket(office: Office, runs: RunService, ticket: int) -> None:
    run = runs.begin("vpn", ticket)
    office.pass_time(minutes=3)
    run = runs.step(run, Did.DONE, "answers\nin 3 ms")
    run = runs.note(run, 3, "their number: 77")
    run = runs.step(run, Did.FAILED)
    run = runs.back(run)
    events = office.desk().tickets.with_timeline(ticket)[1]
    assert [event.kind for event in events[1:]] == [Kind.RUN, Kind.STEPPED, Kind.NOTED, Kind.STEPPED, Kind.STEPPED]
    assert events[2].text == "VPN [/b] drops, step 1, Look at the gateway: done\nanswers\nin 3 ms"
    assert events[2].after == {"run": {"number": 1, "runbook": "vpn", "version": 1, "did": "done", "step": 1}}
    assert events[4].text.endswith("did not help")
    seen = office.desk().tickets.get(ticket)
    assert (seen.progress_at, seen.state, seen.worked_on) == (START + timedelta(minutes=3), State.NEW, True)
    assert list(faults(office.desk().database, office.desk().organisation.current(), office.desk().tickets.limits,
                       lambda done, of: None)) == []  # fmt: skip


def test_it_is_read_back_as_it_was_left(office: Office, runs: RunService, others: RunService, ticket: int) -> None:
    run = runs.step(runs.give(runs.begin("vpn", ticket), "serial", "A 1"), Did.DONE)
    run = runs.end(run, Did.LEFT)
    assert others.get(run.number) == run
    assert others.open_run("vpn", ticket) == run
    gone_on = others.step(others.get(run.number), Did.DONE, "mine")
    assert (gone_on.current, gone_on.ending, gone_on.outcomes[2].who) == (3, None, "ravi")
    assert dict(gone_on.values) == {"serial": "A 1"}


def test_a_run_goes_on_while_the_machines_clock_is_behind(office: Office, runs: RunService, ticket: int) -> None:
    office.clock.at = START.replace(year=2150)
    begun = runs.begin("vpn", ticket)
    with Desk.open(office.path, SystemClock(), "ravi") as ravi:
        assert ravi.runs.runs(ticket) == ravi.runs.open_runs(ticket) == [begun]
        for current in (2, 3):
            assert ravi.runs.step(ravi.runs.get(begun.number), Did.DONE).current == current


def test_a_run_keeps_the_version_it_began_with(
    office: Office, runs: RunService, others: RunService, ticket: int
) -> None:
    run = runs.begin("vpn", ticket)
    office.desk().runbooks.change("vpn", "# Other\n\n1. only\n", 1)
    assert others.get(run.number) == run
    assert len(runs.begin("vpn").steps) == 1


def test_undo_takes_a_step_and_its_event_back(office: Office, runs: RunService, ticket: int) -> None:
    begun = runs.begin("vpn", ticket)
    one = runs.step(begun, Did.DONE)
    runs.step(one, Did.FAILED)
    tickets = office.desk().tickets
    assert tickets.undo().told == f"took back: stepped #{ticket}"
    assert runs.get(begun.number) == one
    tickets.undo()
    assert runs.get(begun.number) == begun
    tickets.undo()
    tries: tuple[Callable[[], object], ...] = (lambda: runs.get(begun.number), lambda: runs.step(begun, Did.DONE))
    for gone in tries:
        with pytest.raises(NotFound):
            gone()
    assert runs.runs(ticket) == []
    assert runs.begin("vpn", ticket).number == begun.number + 1


def test_going_on_after_an_undo(office: Office, runs: RunService, ticket: int) -> None:
    run = runs.step(runs.begin("vpn", ticket), Did.FAILED)
    office.desk().tickets.undo()
    with pytest.raises(OutOfDate, match="taken back"):
        runs.step(run, Did.DONE)
    assert runs.step(runs.get(run.number), Did.DONE).outcomes[1].did is Did.DONE


def test_two_people_on_one_run_are_told(runs: RunService, others: RunService, ticket: int) -> None:
    mine = runs.begin("vpn", ticket)
    others.step(others.get(mine.number), Did.FAILED, "no answer")
    acts: tuple[Callable[[], object], ...] = (
        lambda: runs.step(mine, Did.DONE),
        lambda: runs.back(mine),
        lambda: runs.end(mine, Did.FIXED),
        lambda: runs.note(mine, 1, "x"),
    )
    for act in acts:
        with pytest.raises(OutOfDate, match="ravi: step 1 did not help"):
            act()


def test_fixed_resolves_the_ticket_and_one_undo_takes_both_back(office: Office, runs: RunService, ticket: int) -> None:
    run = runs.step(runs.begin("vpn", ticket), Did.DONE, "was off")
    run = runs.end(runs.step(run, Did.FAILED), Did.FIXED)
    tickets = office.desk().tickets
    resolved, events = tickets.with_timeline(ticket)
    assert (resolved.state, run.is_over) == (State.RESOLVED, True)
    assert "cause" not in events[-1].after
    assert events[-1].after["runbook"] == "vpn"
    fix = "Runbook VPN [/b] drops (vpn) fixed it.\n1. Look at the gateway: was off"
    assert (events[-1].after["fix"], events[-1].text) == (fix, fix)
    tickets.undo()
    assert not runs.get(run.number).is_over
    assert tickets.get(ticket).unresolved


def test_a_run_may_end_after_its_ticket_was_resolved(office: Office, runs: RunService, ticket: int) -> None:
    run = runs.begin("vpn", ticket)
    office.desk().tickets.resolve(ticket)
    assert runs.end(run, Did.FIXED).is_over
    assert kinds(office, ticket)[-2:] == ["resolved", "run"]


def test_fixed_satisfies_what_an_escalated_ticket_asks_for(office: Office, runs: RunService, ticket: int) -> None:
    send(office, ticket, L2)
    runs.end(runs.begin("vpn", ticket), Did.FIXED)
    resolved, events = office.desk().tickets.with_timeline(ticket)
    assert resolved.state is State.RESOLVED
    assert events[-1].after["cause"] == "VPN [/b] drops"


def test_who_knows_more_says_it(office: Office, runs: RunService, ticket: int) -> None:
    runs.end(runs.begin("vpn", ticket), Did.FIXED, Resolution("a loose plug", "pushed it in", runbook="vpn"))
    assert office.desk().tickets.store.events(ticket)[-1].after["cause"] == "a loose plug"


def test_a_resolution_names_a_runbook_that_there_is(office: Office, runs: RunService, ticket: int) -> None:
    before = kinds(office, ticket)
    with pytest.raises(NotFound, match="did you mean vpn"):
        office.desk().tickets.resolve(ticket, Resolution("a", "b", runbook="vpm"))
    assert kinds(office, ticket) == before


def test_not_fixed_leaves_an_internal_note(office: Office, runs: RunService, ticket: int) -> None:
    run = runs.step(runs.begin("vpn", ticket), Did.SKIPPED, "no access")
    runs.end(run, Did.NOT_FIXED)
    last = office.desk().tickets.store.events(ticket)[-1]
    assert (last.kind, last.public) == (Kind.NOTED, False)
    assert last.text == "Runbook VPN [/b] drops (vpn) did not fix it.\n1. Look at the gateway: skipped: no access"
    assert runs.open_run("vpn", ticket) is None


def test_all_steps_of_a_ticket(office: Office, runs: RunService, others: RunService, ticket: int) -> None:
    first = runs.step(runs.begin("vpn", ticket), Did.FAILED, "dead")
    runs.end(runs.note(first, 1, "lamp is red"), Did.NOT_FIXED)
    office.pass_time(minutes=1)
    others.step(others.begin("vpn", ticket), Did.SKIPPED, "known")
    told = [(step.run, step.what, step.outcome, step.note, step.who) for step in runs.steps_of(ticket)]
    assert told == [
        (1, "Look at the gateway", Did.FAILED, "dead\nlamp is red", "maya"),
        (2, "Look at the gateway", Did.SKIPPED, "known", "ravi"),
    ]


def test_a_run_needs_no_ticket(runs: RunService, others: RunService, ticket: int) -> None:
    run = runs.step(runs.begin("vpn"), Did.DONE)
    run = runs.end(runs.back(run), Did.FIXED)
    assert (run.ticket, run.is_over, run.current) == (None, True, 1)
    assert others.begin("vpn").number == 2
    assert [each.number for each in runs.runs()] == [2, 1]


@pytest.mark.parametrize(
    ("before", "words"),
    [
        (lambda office, runs, ref: runs.begin("vpn", ref), "run 1 of vpn on #1001 is open, begun by maya"),
        (lambda office, runs, ref: office.desk().tickets.resolve(ref), "#1001 is resolved"),
        (lambda office, runs, ref: (office.desk().tickets.resolve(ref), office.pass_time(days=8)), "#1001 is closed"),
        (lambda office, runs, ref: office.desk().runbooks.retire("vpn"), "vpn is retired"),
    ],
)
def test_what_speaks_against_beginning(
    office: Office, runs: RunService, ticket: int, before: Callable[[Office, RunService, int], object], words: str
) -> None:
    before(office, runs, ticket)
    events = kinds(office, ticket)
    with pytest.raises(Refused, match=words):
        runs.begin("vpn", ticket)
    assert kinds(office, ticket) == events


def test_a_closed_ticket_keeps_its_runs_as_they_are(office: Office, runs: RunService, ticket: int) -> None:
    run = runs.begin("vpn", ticket)
    office.desk().tickets.resolve(ticket)
    run = runs.step(run, Did.DONE, "seen afterwards")
    office.desk().tickets.close(ticket)
    acts: tuple[Callable[[], object], ...] = (lambda: runs.step(run, Did.DONE), lambda: runs.end(run, Did.FIXED))
    for act in acts:
        with pytest.raises(Refused, match="is closed"):
            act()
    assert runs.get(run.number) == run


def test_nothing_is_changed_by_what_is_refused(office: Office, runs: RunService, ticket: int) -> None:
    run = runs.begin("vpn", ticket)
    before = kinds(office, ticket)
    stranger = office.desk("stranger").runs
    acts: tuple[Callable[[], object], ...] = (
        lambda: runs.begin("vpnn"),
        lambda: runs.begin("vpn", 9999),
        lambda: runs.skip(run, " "),
        lambda: runs.step(run, Did.DONE, number=9),
        lambda: runs.step(run, Did.DONE, "x" * 10_000_000),
        lambda: runs.note(run, 1, ""),
        lambda: runs.back(run),
        lambda: runs.give(run, "host", "a\nb"),
        lambda: runs.get(99),
        lambda: stranger.begin("vpn"),
        lambda: stranger.step(run, Did.DONE),
    )
    for act in acts:
        with pytest.raises(WorkbenchError):
            act()
    assert kinds(office, ticket) == before
    assert runs.get(run.number) == run


def test_values_of_the_ticket_and_of_the_run(runs: RunService, ticket: int) -> None:
    run = runs.begin("vpn", ticket)
    command = runs.command(run, 1)
    assert command
    assert command.text == 'ping -c 1 web01 && echo "contoso {{serial}}"'
    assert command.missing == ("serial",)
    run = runs.give(run, "serial", "4711")
    assert runs.command(run, 1) == ('ping -c 1 web01 && echo "contoso 4711"', (), ())
    assert runs.command(runs.give(run, "host", "db2"), 2) is None
    with pytest.raises(InvalidInput):
        runs.command(run, 9)


def test_looking_back_sees_a_run_as_it_was(office: Office, runs: RunService, ticket: int) -> None:
    run = runs.begin("vpn", ticket)
    then = office.pass_time(minutes=5)
    seen = runs.step(run, Did.DONE)
    office.pass_time(minutes=5)
    runs.end(seen, Did.FIXED)
    office.desk().tickets.undo()
    with office.at(then) as desk:
        assert desk.runs.get(run.number).current == 2
        assert not desk.runs.get(run.number).is_over
    with office.at(START) as desk:
        assert desk.runs.get(run.number).current == 1


def test_looking_back_sees_no_output_that_came_later(office: Office, runs: RunService, ticket: int) -> None:
    run = runs.keep(runs.begin("vpn", ticket), 1, Result("ping web01", "first", 0, "exited 0"))
    then = office.pass_time(minutes=5)
    office.pass_time(minutes=5)
    runs.keep(run, 1, Result("ping web01", "later", 0, "exited 0"))
    with office.at(then) as desk:
        (seen,) = desk.runs.runs(ticket)
        assert [output.text for output in seen.outputs] == ["first"]
        assert desk.runs.get(run.number) == seen
    assert [output.text for output in runs.get(run.number).outputs] == ["first", "later"]


def test_looking_back_sees_what_was_taken_back_later(office: Office, runs: RunService, ticket: int) -> None:
    run = runs.step(runs.begin("vpn", ticket), Did.DONE)
    office.pass_time(minutes=5)
    office.desk().tickets.undo()
    with office.at(START) as desk:
        assert desk.runs.get(run.number) == run
    assert runs.get(run.number).outcomes == {}


def test_figures_count_what_ended(office: Office, runs: RunService, ticket: int) -> None:
    for number, ending in enumerate((Did.FIXED, Did.NOT_FIXED, Did.NOT_FIXED, Did.LEFT)):
        run = runs.begin("vpn", office.open("VPN").ref)
        office.pass_time(minutes=number + 1)
        run = runs.step(run, Did.DONE)
        runs.end(runs.step(run, Did.FAILED), ending)
    figures = office.desk().runbooks.entry("vpn").figures
    assert (figures.runs, figures.worked, figures.median_s, figures.failing) == (3, 1, 120, True)
    assert (figures.worst_step, figures.worst_failed) == (2, 4)
    office.desk().tickets.undo()
    office.desk().tickets.undo()
    assert office.desk().runbooks.entry("vpn").figures.worst_failed == 3


def test_an_open_run_is_hinted_at(office: Office, runs: RunService, others: RunService, ticket: int) -> None:
    desk = office.desk()
    run = runs.begin("vpn", ticket)
    others.step(others.get(run.number), Did.DONE)
    (hint,) = (hint for hint in desk.hints(desk.tickets.get(ticket)) if hint.label == "Run")
    assert (hint.text, hint.key) == ("VPN [/b] drops: at step 2 of 3, ravi", "r")
    run = runs.end(runs.get(run.number), Did.LEFT)
    assert runs.hints(desk.tickets.get(ticket))[0].text == "VPN [/b] drops: left at step 2 of 3, maya"
    runs.end(run, Did.NOT_FIXED)
    assert runs.hints(desk.tickets.get(ticket)) == []
