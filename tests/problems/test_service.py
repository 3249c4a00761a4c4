"""Known causes on a help desk: recognised, linked, fixed for all, and come back."""

from contextlib import closing
from datetime import timedelta

import pytest

from tests.support.offices import HOSTILE, START, Office
from workbench.database.sqlite import connect
from workbench.desk import Desk
from workbench.errors import InvalidInput, NotFound, Refused
from workbench.problems.history import with_fields
from workbench.problems.integrity import faults
from workbench.problems.model import NewProblem, Problem, ProblemState, Rule, said_of
from workbench.tickets.rules import Resolution
from workbench.tickets.vocabulary import State

TOKEN = NewProblem(
    "Token expiry behind 502s [/b]",
    Rule(words=("502",)),
    cause="tokens expire early",
    workaround="log in again",
    answer="We have put it right.",
)


def write(office: Office, new: NewProblem = TOKEN) -> Problem:
    return office.desk().problems.write(new)


def test_a_new_ticket_that_matches_shows_it_at_once(office: Office) -> None:
    problem = write(office)
    ref = office.open("Checkout fails: 502").ref
    other = office.open("Printer jams").ref
    desk = office.desk("ravi")
    assert [each.number for each in desk.problems.of_ticket(ref)] == [problem.number]
    assert desk.problems.of_ticket(other) == []
    [hint] = desk.problems.hints(desk.tickets.get(ref))
    assert (hint.label, hint.pressing) == ("Known", True)
    assert hint.text == "PRB-1 Token expiry behind 502s [/b]: log in again (known)"


def test_a_ticket_that_says_more_is_looked_at_again(office: Office) -> None:
    write(office)
    ref = office.open("Shop is broken").ref
    assert office.desk().problems.of_ticket(ref) == []
    office.desk().tickets.reply(ref, "it says 502")
    assert len(office.desk().problems.of_ticket(ref)) == 1


def test_a_ticket_of_the_component_is_recognised_when_it_is_named(office: Office) -> None:
    write(office, NewProblem("x", Rule(component="checkout")))
    ref = office.open("Shop is broken").ref
    office.desk().tickets.set_component(ref, "checkout")
    assert len(office.desk().problems.of_ticket(ref)) == 1


def test_a_rule_is_tried_on_past_tickets_before_it_is_saved(office: Office) -> None:
    refs = [office.open(f"{subject} 502").ref for subject in HOSTILE[:3]]
    office.open("another")
    trial = office.desk().problems.try_rule(TOKEN.rule)
    assert (set(trial.matched), trial.linked, trial.tried) == (set(refs), (), 4)
    problem = write(office)
    office.desk().problems.link(refs[0], problem.number)
    told = office.desk().problems.try_rule(TOKEN.rule, problem.number).told
    assert told == "would have matched 3 of the last 4, of which 1 are linked"
    assert {each.ref for each in office.desk().problems.matching(problem.number)} == set(refs[1:])


def test_a_rule_that_would_match_most_tickets_is_refused_unless_it_is_meant(office: Office) -> None:
    for number in range(20):
        office.open(f"mail {number}")
    wide = NewProblem("Mail", Rule(words=("mail",)))
    with pytest.raises(InvalidInput, match="20 of the last 20"):
        write(office, wide)
    assert office.desk().problems.all() == []
    assert office.desk().problems.write(wide, widely=True).number


@pytest.mark.parametrize(
    ("new", "wrong"),
    [
        (NewProblem("  ", Rule(words=("x",))), "title is empty"),
        (NewProblem("t", Rule()), "match everything"),
        (NewProblem("t", Rule(pattern="x" * 501)), "501 characters"),
        (NewProblem("t" * 201, Rule(words=("x",))), "201 characters"),
    ],
)
def test_a_problem_that_cannot_be_is_refused(office: Office, new: NewProblem, wrong: str) -> None:
    with pytest.raises(InvalidInput, match=wrong):
        write(office, new)


def test_linking_is_an_event_and_undo_takes_it_back(office: Office) -> None:
    problem = write(office)
    ref = office.open("x 502").ref
    office.desk().problems.link(ref, problem.number)
    assert office.desk().tickets.with_timeline(ref)[1][-1].after == {"problem": 1}
    assert office.desk().problems.linked_to(ref) == 1
    office.desk().problems.link(ref, problem.number)
    office.desk().tickets.undo()
    assert office.desk().problems.linked_to(ref) is None
    with pytest.raises(Refused, match="linked to no problem"):
        office.desk().problems.unlink(ref)
    office.desk().problems.link(ref, problem.number)
    office.desk().problems.unlink(ref)
    assert office.desk().problems.linked(problem.number) == []


def test_undo_gives_back_the_link_that_stood_before(office: Office) -> None:
    first, second = write(office).number, write(office).number
    ref, problems, tickets = office.open("x 502").ref, office.desk().problems, office.desk().tickets
    problems.link(ref, first)
    problems.link(ref, second)
    tickets.undo()
    assert problems.linked_to(ref) == first
    problems.unlink(ref)
    tickets.undo()
    assert [each.ref for each in problems.linked(first)] == [ref]
    problems.link(ref, second)
    problems.unlink(ref)
    assert problems.linked_to(ref) is None
    tickets.undo()
    assert problems.linked_to(ref) == second
    tickets.undo()
    assert not list(faults(office.desk().database))
    tickets.undo()
    assert problems.linked_to(ref) is None


def test_an_older_file_has_lost_links_again_and_knows_whose_drafts_are_whose(office: Office) -> None:
    first, second, ref = write(office).number, write(office).number, office.open("x 502").ref
    for number in (first, second):
        office.desk().problems.link(ref, number)
    office.desk().tickets.undo()
    before = office.path.with_name("before.db")
    office.desk().database.backup(before)
    with closing(connect(before)) as connection:
        connection.execute("DELETE FROM problem_link")
        connection.execute("DROP TRIGGER problem_link_taken_back")
        connection.execute("DROP INDEX problem_event_act")
        connection.execute("ALTER TABLE problem_event DROP COLUMN act")
        connection.execute("DELETE FROM _sqlite_migrations WHERE name = 'm011_as_told'")
        connection.execute("PRAGMA user_version = 10")
        for number, fields in ((first, '{"answer": "We have put it right."}'), (ref, '{"cause": "tokens"}')):
            connection.execute(
                "INSERT INTO draft VALUES ('maya', 'fix', ?, ?, '2026-03-02T10:00:00Z')", (number, fields)
            )
    with Desk.open(before, office.clock, "maya") as desk:
        kinds = desk.database.rows("SELECT ticket_id, kind FROM draft ORDER BY ticket_id")
        assert kinds == [(first, "problem fix"), (ref, "fix")]
        assert desk.problems.linked_to(ref) == first
        assert not list(faults(desk.database))
        assert sorted(desk.problems.matches.matched_by(ref)) == [first, second]


def test_a_link_that_the_events_do_not_tell_is_a_fault(office: Office) -> None:
    number, ref, database = write(office).number, office.open("x 502").ref, office.desk().database
    office.desk().problems.link(ref, number)
    assert not list(faults(database))
    with database.transaction():
        database.execute("DELETE FROM problem_link")
    assert list(faults(database)) == [f"#{ref} is not linked to the problem that its events tell"]


def test_one_act_tells_and_resolves_all_linked_tickets(office: Office) -> None:
    problem = write(office)
    refs = [office.open(f"{number} 502").ref for number in range(3)]
    for ref in refs:
        office.desk().problems.link(ref, problem.number)
    office.desk().tickets.resolve(refs[0])
    done = office.desk().problems.fix(problem.number, "tokens live longer")
    assert [ticket.ref for ticket in done] == [refs[2], refs[1]]
    ticket, events = office.desk().tickets.with_timeline(refs[1])
    assert ticket.state is State.RESOLVED
    assert (events[-2].text, events[-2].public) == ("We have put it right.", True)
    assert (events[-1].after["cause"], events[-1].after["fix"]) == ("tokens expire early", "tokens live longer")
    assert office.desk().problems.get(problem.number).state is ProblemState.FIXED


def test_a_fix_is_proven_by_time_and_a_match_after_it_reopens_the_problem(office: Office) -> None:
    problem = write(office)
    office.desk().problems.fix(problem.number, "done")
    office.pass_time(days=29)
    assert office.desk().problems.get(1).seen(office.clock.now()) is ProblemState.FIXED
    office.pass_time(days=1)
    assert office.desk().problems.get(1).seen(office.clock.now()) is ProblemState.PROVEN
    ref = office.open("502 again").ref
    assert office.desk().problems.get(1).state is ProblemState.KNOWN
    assert office.desk().problems.events(1)[-1].text == f"came back with #{ref}"


def test_a_changed_rule_is_asked_of_open_tickets_and_what_was_said_before_is_kept(office: Office) -> None:
    problem = write(office)
    ref = office.open("x 502").ref
    changed = office.desk().problems.rewrite(problem.number, lambda now: now._replace(rule=Rule(words=("504",))))
    assert (changed.rule.words, office.desk().problems.of_ticket(ref)) == (("504",), [])
    event = office.desk().problems.events(problem.number)[-1]
    rules = [with_fields(said_of(changed), fields).rule for fields in (event.before, event.after)]
    assert (event.kind, *rules) == ("changed", problem.rule, changed.rule)
    assert (
        office.desk().problems.rewrite(problem.number, lambda now: now._replace(rule=Rule(words=("504",)))) == changed
    )
    assert len(office.desk().problems.events(problem.number)) == 2


def test_a_fix_under_way_tells_when_it_is_expected(office: Office) -> None:
    problem = write(office)
    office.desk().problems.begin_fix(problem.number, START)
    ref = office.open("x 502").ref
    [hint] = office.desk().problems.hints(office.desk().tickets.get(ref))
    assert "(under way, fix expected 2026-03-02T10:00:00Z)" in hint.text
    with pytest.raises(Refused, match="need not be reopened"):
        office.desk().problems.reopen(problem.number, "why")


def test_resolving_by_a_problem_links_the_ticket(office: Office) -> None:
    problem = write(office)
    ref = office.open("x").ref
    with pytest.raises(InvalidInput, match="'PRB-0' is no problem's number"):
        office.desk().tickets.resolve(ref, Resolution(problem="PRB-0"))
    office.desk().tickets.resolve(ref, Resolution(problem="PRB-1"))
    assert office.desk().problems.linked_to(ref) == problem.number


def test_an_unknown_problem_is_not_found(office: Office) -> None:
    ref = office.open("x").ref
    with pytest.raises(NotFound, match="no problem 7"):
        office.desk().problems.link(ref, 7)


def test_nothing_happens_to_a_problem_before_it_was_last_changed(office: Office) -> None:
    ref = office.open("502").ref
    office.clock.at += timedelta(days=1)
    problem = write(office)
    office.clock.at -= timedelta(hours=1)
    early = office.desk().problems
    for act in (
        lambda: early.fix(problem.number, "longer tokens"),
        lambda: early.begin_fix(problem.number),
        lambda: early.rewrite(problem.number, lambda now: now._replace(cause="clocks differ")),
        lambda: early.link(ref, problem.number),
    ):
        with pytest.raises(Refused, match=r"PRB-1 last changed at .*, after .*; write at a later instant"):
            act()
    assert early.get(problem.number) == problem


def test_a_hand_off_that_was_not_spared_after_all_is_not_counted(office: Office) -> None:
    desk, ref = office.desk(), office.open("x 502").ref
    desk.runbooks.create("log-in", "---\ntitle: Log in again\n---\n\n1. Log in.\n")
    desk.runs.begin("log-in", ref)
    desk.problems.link(ref, write(office).number)

    def spared() -> tuple[int, int]:
        return desk.problems.spared(1), desk.runbooks.spared("log-in")

    for said in ({"problem": "1"}, {"runbook": "log-in"}):
        desk.escalation.instead(ref, **said)
    counted = office.clock.at
    assert spared() == (1, 1)
    office.pass_time(minutes=1)
    desk.tickets.undo()
    assert spared() == (1, 0)
    desk.tickets.undo()
    assert spared() == (0, 0)
    with office.at(counted) as then:
        assert (then.problems.spared(1), then.runbooks.spared("log-in")) == (1, 1)
