"""Sessions: what they bring and when, what requesters answer, how time goes, and how they end."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.practice.rehearsals import HARMFUL, MONDAY, TODAY, Rehearsal
from workbench.clock import FixedClock
from workbench.database import Database
from workbench.desk import Desk
from workbench.errors import InvalidInput, NotAWorkbench, NotFound, Refused
from workbench.escalation.model import Category, Diagnostic, Direction, Form, Outcome, StepTaken
from workbench.practice.model import UNABLE, Skill
from workbench.practice.session import SHIFTED, SessionKind
from workbench.practice_desk import PracticeDesk
from workbench.problems.model import NewProblem, Rule
from workbench.tickets.rules import Resolution, set_component
from workbench.tickets.vocabulary import Kind, Priority

STUCK = SessionKind.SCENARIO, "stuck"


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


def begun(desk: PracticeDesk, speed: int = 1) -> int:
    """The ticket of the scenario, which has just come."""
    desk.practice.begin(*STUCK, seed=1, speed=speed)
    (arrival,) = desk.practice.status().arrived
    assert arrival.ref is not None
    return arrival.ref


def test_a_ticket_comes_as_its_requester_opens_it(desk: PracticeDesk) -> None:
    ref = begun(desk)
    ticket, events = desk.tickets.with_timeline(ref)
    assert (ticket.subject, ticket.client, ticket.contact) == (HARMFUL, "kessel-moor", "Ute [web01] Harm")
    assert ticket.body == f"{HARMFUL}\n- and a list"
    assert (ticket.team, ticket.priority, ticket.assignee) == ("frontline", Priority.P3, None)
    assert ticket.component is None  # to be found out
    assert [(event.kind, event.who, event.at) for event in events] == [(Kind.OPENED, "Ute [web01] Harm", MONDAY)]
    assert desk.now() == MONDAY


def test_the_trainee_is_of_the_team_that_practises_it(desk: PracticeDesk) -> None:
    begun(desk)
    assert [team.slug for team in desk.organisation.current().teams_of("zoe")] == ["frontline"]
    desk.practice.end()
    desk.practice.begin(SessionKind.SHIFT, "L2", seed=1)
    assert [team.slug for team in desk.organisation.current().teams_of("zoe")] == ["frontline", "workplace"]


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("What is the exact MESSAGE?", "It says [@click=app.quit]boo[/]."),
        ("since when, and which message", "It says [@click=app.quit]boo[/].\n\nSince nine."),
        ("What is your favourite colour?", UNABLE),
        ("We are on it.", None),
    ],
)
def test_a_requester_answers_by_what_they_know(desk: PracticeDesk, said: str, answer: str | None) -> None:
    ref = begun(desk)
    desk.practice.tick(minutes(1))
    desk.tickets.comment(ref, said)
    assert desk.practice.tick(timedelta(seconds=119)) == []
    news = desk.practice.tick(timedelta(seconds=5))
    replies = [event for event in desk.tickets.with_timeline(ref)[1] if event.kind is Kind.REPLIED]
    assert [(event.text, event.at, event.who) for event in replies] == (
        [(answer, MONDAY + minutes(3), "Ute [web01] Harm")] if answer else []
    )
    assert [each.words for each in news] == ([f"#{ref}: the requester answered"] if answer else [])
    desk.practice.tick(minutes(5))
    assert len(desk.tickets.with_timeline(ref)[1]) == 2 + len(replies)  # once, and for good


@pytest.mark.parametrize(("said", "answer"), [("Which message?", "It says [@click=app.quit]boo[/]."), ("Why?", UNABLE)])
def test_who_calls_about_the_same_answers_as_well(desk: PracticeDesk, said: str, answer: str) -> None:
    ref = begun(desk)
    desk.practice.tick(minutes(10))
    call = desk.tickets.get(ref + 1)
    desk.tickets.comment(call.ref, said)
    desk.tickets.comment(call.ref, "We are on it.")
    desk.practice.tick(minutes(1))
    desk.tickets.comment(ref, "Since when?")
    told = [each.words for each in desk.practice.tick(minutes(60)) if "answered" in each.words]
    assert told == [f"#{call.ref}: the requester answered", f"#{ref}: the requester answered"]
    reply = desk.tickets.with_timeline(call.ref)[1][-1]
    assert (reply.kind, reply.text, reply.who) == (Kind.REPLIED, answer, call.contact)
    assert reply.at == MONDAY + minutes(12)


def test_who_called_says_nothing_once_their_own_ticket_is_done(desk: PracticeDesk) -> None:
    ref = begun(desk)
    desk.practice.tick(minutes(12))
    desk.tickets.comment(ref + 1, "Which message?")
    desk.tickets.resolve(ref + 1, Resolution("stuck", "prints again"))
    assert desk.practice.tick(minutes(60)) == []


def test_a_note_asks_nothing(desk: PracticeDesk) -> None:
    ref = begun(desk)
    desk.tickets.note(ref, "message?")
    assert desk.practice.tick(minutes(5)) == []


def test_things_happen_by_the_clock_each_at_its_instant(desk: PracticeDesk) -> None:
    ref = begun(desk)
    news = desk.practice.tick(minutes(60))
    assert [each.at - MONDAY for each in news] == [minutes(10), minutes(10), minutes(12)]
    ticket, events = desk.tickets.with_timeline(ref)
    reply, alert = events[1:]
    assert (reply.kind, reply.text, reply.public) == (Kind.REPLIED, "Hello?", True)
    assert (alert.kind, alert.who, alert.text, alert.public) == (
        Kind.NOTED,
        "monitoring",
        "spooler down for 10 minutes",
        False,
    )
    assert alert.at == MONDAY + minutes(12)
    call = desk.tickets.get(next(each.ref for each in news if each.ref != ref))
    assert (call.subject, call.body) == ("Nothing prints on [/] the second floor", "Not one page.")
    assert call.client == ticket.client
    assert call.contact != ticket.contact
    assert desk.now() == MONDAY + minutes(60)


def test_nothing_more_comes_to_a_ticket_that_is_done(desk: PracticeDesk) -> None:
    ref = begun(desk)
    desk.tickets.comment(ref, "Which message?")
    desk.tickets.resolve(ref, Resolution("stuck", "prints again"))
    assert desk.practice.tick(minutes(60)) == []
    assert not desk.tickets.get(ref).unresolved


def test_a_known_problem_is_recognised(desk: PracticeDesk) -> None:
    desk.practice.begin(SessionKind.SCENARIO, "desktop-lag")
    (arrival,) = desk.practice.status().arrived
    ref = arrival.ref or 0
    desk.tickets.change(ref, lambda ticket: set_component(ticket, "virtual-desktop"))
    assert [each.title for each in desk.problems.of_ticket(ref)] == ["Virtual desktops lag at ten and two"]


def test_a_ticket_is_compared_with_the_known_problems_as_it_comes(desk: PracticeDesk) -> None:
    desk.practice.begin(*STUCK)
    desk.practice.end()
    known = desk.problems.write(NewProblem("Dark web", Rule(words=("host [web01] down",))), widely=True)
    ref = begun(desk)
    assert [each.number for each in desk.problems.of_ticket(ref)] == [known.number]


def test_the_same_seed_has_the_same_person_call(desk: PracticeDesk) -> None:
    callers = set()
    for _ in range(4):
        begun(desk)
        called = next(each for each in desk.practice.tick(minutes(11)) if "came in" in each.words)
        callers.add(desk.tickets.get(called.ref).contact)
        desk.practice.end()
    assert len(callers) == 1


def test_time_goes_as_fast_as_is_said_and_stands_while_paused(rehearsal: Rehearsal, desk: PracticeDesk) -> None:
    begun(desk, speed=10)
    rehearsal.seconds += 6
    assert desk.now() == MONDAY + minutes(1)
    desk.practice.set_speed(60)
    rehearsal.seconds += 1
    assert desk.now() == MONDAY + minutes(2)
    desk.practice.pause()
    rehearsal.seconds += 100
    assert desk.now() == MONDAY + minutes(2)
    desk.practice.resume()
    rehearsal.seconds += 1
    assert desk.now() == MONDAY + minutes(3)
    for wrong in (0, 61):
        with pytest.raises(InvalidInput):
            desk.practice.set_speed(wrong)


def test_time_stands_still_while_the_program_is_off(rehearsal: Rehearsal) -> None:
    with rehearsal.desk() as first:
        ref = begun(first, speed=60)
        rehearsal.seconds += 2
        first.practice.tick()
        rehearsal.seconds += 1
        first.tickets.take(ref)  # after what was kept last
    rehearsal.seconds += 10_000
    with rehearsal.desk() as second:
        assert second.now() == MONDAY + minutes(3)
        rehearsal.seconds += 1
        assert second.now() == MONDAY + minutes(4)
        second.practice.pause()
    with rehearsal.desk() as third:
        rehearsal.seconds += 1
        assert third.now() == MONDAY + minutes(4)


def test_a_second_window_of_the_same_trainee_sees_the_pause(rehearsal: Rehearsal, desk: PracticeDesk) -> None:
    begun(desk)
    with rehearsal.desk() as other:
        other.practice.tick(minutes(5))
        other.practice.pause()
        desk.practice.tick()
        assert desk.simulated.paused
        assert desk.now() == other.now() == MONDAY + minutes(5)


def shift_of(desk: PracticeDesk, seed: int) -> list[tuple[str, timedelta, str]]:
    """What a shift brings, when, and as what."""
    session = desk.practice.begin(SessionKind.SHIFT, "L1", seed)
    desk.practice.tick(timedelta(hours=3))
    told = [
        (each.scenario, each.due_at - session.started_at, desk.tickets.get(each.ref or 0).subject)
        for each in desk.practice.status().arrived
    ]
    desk.practice.end()
    return told


def test_the_same_seed_brings_the_same_shift(desk: PracticeDesk) -> None:
    first = shift_of(desk, 7)
    assert len({scenario for scenario, _, _ in first}) == SHIFTED
    assert first[0][1] == timedelta()
    assert shift_of(desk, 7) == first
    assert shift_of(desk, 8) != first


def test_a_runbook_is_looked_for_against_the_clock(desk: PracticeDesk) -> None:
    desk.practice.begin(SessionKind.DRILL, "runbook", seed=2)
    assert set(desk.practice.end().by_skill()) == {Skill.RUNBOOK, Skill.CLOCK}


def test_a_drill_is_about_one_skill_and_only_that_counts(desk: PracticeDesk) -> None:
    desk.practice.begin(SessionKind.DRILL, "handoff", seed=2)
    desk.practice.tick(timedelta(hours=2))
    result = desk.practice.end()
    assert len(result.marked) > 1
    assert all("handoff" in each.scenario.skills for each in result.marked)
    assert list(result.by_skill()) == ["handoff"]


def test_a_session_ends_with_an_empty_queue_and_the_next_begins_on_another_morning(desk: PracticeDesk) -> None:
    ref = begun(desk)
    desk.practice.tick(minutes(11))
    with pytest.raises(Refused, match="session 1"):
        desk.practice.begin(SessionKind.SHIFT, "L1")
    result = desk.practice.end()
    assert result.session.ended_at == MONDAY + minutes(11)
    assert [each.ref for each in result.marked] == [ref]
    assert desk.queues.find("L1").name == "L1"
    assert [each.open for each in desk.queues.counts() if each.queue.name == "L1"] == [0]
    with pytest.raises(Refused, match="no session"):
        desk.practice.end()
    again = desk.practice.begin(*STUCK)
    assert again.started_at == MONDAY + timedelta(days=1)


def test_hints_come_one_by_one_and_cost(desk: PracticeDesk) -> None:
    ref = begun(desk)
    assert [desk.practice.hint(ref), desk.practice.hint(ref)] == ["Look at the queue.", "Is it only one?"]
    with pytest.raises(Refused, match="no other hint"):
        desk.practice.hint(ref)
    assert desk.practice.result().marked[0].sheet.hints == 2
    with pytest.raises(Refused, match="no ticket of this session"):
        desk.practice.hint(999)


def test_what_is_done_after_the_end_does_not_count(desk: PracticeDesk) -> None:
    ref = begun(desk)
    before = desk.practice.end()
    desk.tickets.reopen(ref, "I want the points")
    desk.tickets.comment(ref, "It prints again.")
    form = Form(
        Direction.UP,
        "network",
        category=Category.RUNBOOK_FAILED,
        words="it did not help",
        summary="stuck",
        steps=(StepTaken("restarted", Outcome.FAILED.value),),
        diagnostics=(Diagnostic("spooler", "stopped", "10:00"),),
        impact="team",
        urgency="blocked",
    )
    desk.escalation.send(ref, form)
    assert desk.practice.result() == before


def test_the_points_of_all_trainees_are_kept(rehearsal: Rehearsal, desk: PracticeDesk) -> None:
    ref, told = begun(desk), Skill.COMMUNICATION
    desk.tickets.take(ref)
    desk.tickets.comment(ref, "It prints again.")
    mine = desk.practice.end()
    with rehearsal.desk("yuri") as other:
        begun(other)
        other.practice.end()
        assert [each.session.trainee for each in other.practice.progress()] == ["zoe", "yuri"]
        assert other.practice.progress("zoe") == [mine]
        assert mine.by_skill()[told][0] > other.practice.result().by_skill()[told][0]


def test_a_ticket_shows_its_points_once_it_is_done(desk: PracticeDesk) -> None:
    ref = begun(desk)
    desk.tickets.take(ref)
    assert [each.over for each in desk.practice.result().marked] == [False]
    assert desk.practice.result().most == 0
    desk.tickets.resolve(ref, Resolution("stuck", "prints again"))
    assert [each.over for each in desk.practice.result().marked] == [True]


def test_no_more_than_a_day_goes_by_at_once(desk: PracticeDesk) -> None:
    begun(desk)
    for wrong in (timedelta(days=2), -minutes(1)):
        with pytest.raises(InvalidInput):
            desk.practice.tick(wrong)
    assert desk.now() == MONDAY


def test_a_setup_may_drop_who_has_only_looked(desk: PracticeDesk) -> None:
    begun(desk)
    desk.practice.end()
    setup = desk.organisation.show().replace('"zoe"', '"yuri"')
    desk.organisation.apply(setup, "setup.toml")
    assert desk.organisation.current().people.find("zoe") is None
    assert [each.session.trainee for each in desk.practice.progress()] == ["zoe"]


@pytest.mark.parametrize("kind", list(SessionKind))
def test_what_is_not_there_cannot_be_begun(desk: PracticeDesk, kind: SessionKind) -> None:
    with pytest.raises(NotFound):
        desk.practice.begin(kind, "[/b] nothing")
    assert desk.practice.going() is None


def test_neither_file_is_opened_as_the_other(rehearsal: Rehearsal, tmp_path: Path) -> None:
    with pytest.raises(NotAWorkbench, match="practice"):
        Desk.open(rehearsal.path, FixedClock(TODAY), "zoe")
    live = tmp_path / "live.db"
    Database.create(live).close()
    before = live.read_bytes()
    with pytest.raises(NotAWorkbench, match="live"):
        PracticeDesk.practise(live, FixedClock(TODAY), "zoe")
    assert live.read_bytes() == before
