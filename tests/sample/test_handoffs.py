"""Hand-offs, swarms and problems of the sample: by the rules, and something of everything."""

from collections import Counter

from workbench.desk import Desk
from workbench.escalation.forms import may_owe
from workbench.escalation.integrity import faults
from workbench.escalation.markdown import markdown
from workbench.escalation.model import Category, Direction, Handoff, ReturnCode, Status
from workbench.problems.model import ProblemState
from workbench.sample.generator import ACTING, MOMENT
from workbench.tickets.clocks import Stage, leading, standing
from workbench.tickets.vocabulary import Kind, State


def members(desk: Desk, team: str) -> bool:
    return desk.organisation.current().is_member(ACTING, team)


def test_rows_are_what_the_events_make_of_them(sample: Desk) -> None:
    assert list(faults(sample.database)) == []
    kinds = Counter(kind for (kind,) in sample.database.rows("SELECT kind FROM event"))
    assert kinds[Kind.HANDED_OFF] == len(sample.escalation.handoffs())


def test_nothing_is_merely_moved_since_all_of_it_was_worked_on(sample: Desk) -> None:
    kinds = {kind for (kind,) in sample.database.rows("SELECT DISTINCT kind FROM event")}
    assert Kind.HANDED_OFF in kinds
    assert Kind.MOVED not in kinds


def test_each_is_complete_unless_it_could_not_wait(sample: Desk) -> None:
    incomplete = [each for each in sample.escalation.handoffs() if each.missing]
    assert len(incomplete) >= 3
    for each in incomplete:
        assert may_owe(sample.tickets.get(each.ref), each.form), (each.ref, each.missing)


def test_every_form_reads_like_one(sample: Desk) -> None:
    for each in sample.escalation.handoffs():
        told = markdown(each.form, sample.tickets.get(each.ref))
        assert not {mark for mark in (" | ", "||", "$") if mark in told.split("\n## ", 1)[1]}, told
        assert each.form.words
        assert each.form.category is not None
        assert all(step.outcome for step in each.form.steps)


def test_something_of_everything_is_there(sample: Desk) -> None:
    handoffs = sample.escalation.handoffs()
    assert {each.status for each in handoffs} >= {Status.SENT, Status.ACCEPTED, Status.RETURNED}
    assert {each.code for each in handoffs} == {None, *ReturnCode}
    assert {each.direction for each in handoffs} == set(Direction)
    assert {each.form.category for each in handoffs} == set(Category)
    returned = Counter(each.ref for each in handoffs if each.status is Status.RETURNED)
    [bouncing] = [ref for ref, returns in returned.items() if returns == 2]
    assert sample.tickets.get(bouncing).assignee == ACTING
    assert [each.ref for each in sample.escalation.standing() if each.owed and each.by == ACTING]
    avoidable = {value for (value,) in sample.database.rows("SELECT DISTINCT avoidable FROM handoff")}
    assert avoidable == {None, "access", "runbook", "context", "no"}


def test_some_wait_to_be_accepted_to_and_from_my_team_and_one_of_them_is_late(sample: Desk) -> None:
    waiting = [each for each in sample.escalation.standing() if each.status in (Status.SENT, Status.OWED)]
    to_me = [each for each in waiting if members(sample, each.target)]
    from_me = [each for each in waiting if members(sample, each.source)]
    assert len(to_me) >= 2
    assert len(from_me) >= 2
    assert any(stage(sample, each) is Stage.LATE for each in from_me)
    assert any(stage(sample, each) is not Stage.LATE for each in from_me)


def stage(desk: Desk, handoff: Handoff) -> Stage:
    ticket = desk.tickets.get(handoff.ref)
    return standing(ticket.state, leading(ticket.clocks, MOMENT), MOMENT, desk.tickets.limits).stage


def test_one_swarm_is_going_on_and_one_has_been_learned_from(sample: Desk) -> None:
    [going], everyone = sample.escalation.swarms.open_swarms(), sample.escalation.swarms.all()
    assert len(going.present) >= 4
    assert len({helper.team for helper in going.helpers}) >= 3
    assert len([event for event in sample.escalation.swarms.log_of(going) if event.kind is Kind.SWARM_LOGGED]) >= 3
    [done] = [swarm for swarm in everyone if swarm.learning]
    assert "swarmed on" in (done.learning or "")


def test_six_problems_show_every_state_and_one_came_back(sample: Desk) -> None:
    problems = sample.problems.all()
    assert len(problems) == 6
    assert {problem.seen(MOMENT) for problem in problems} == set(ProblemState)
    kinds = {problem.number: [event.kind for event in sample.problems.events(problem.number)] for problem in problems}
    assert [each for each in kinds.values() if each[-2:] == ["fixed", "reopened"]]
    rules = [problem.rule for problem in problems]
    assert all(any(getattr(rule, part) for rule in rules) for part in ("words", "signature", "component", "pattern"))
    counts = sample.problems.counts()
    assert all(counts[problem.number].linked for problem in problems)
    assert any(count.unresolved for count in counts.values())
    assert any(count.matching for count in counts.values())


def test_a_rule_that_is_tried_finds_what_is_linked(sample: Desk) -> None:
    for problem in sample.problems.all():
        trial = sample.problems.try_rule(problem.rule, problem.number)
        assert 0 < len(trial.linked) <= len(trial.matched) < 20
        assert set(trial.linked) == {ticket.ref for ticket in sample.problems.linked(problem.number)}


def test_a_new_ticket_shows_what_is_known_of_it(sample: Desk) -> None:
    [known] = [ticket for ticket in sample.problems.matching(1) if ticket.state is State.NEW]
    [hint, *_] = sample.hints(sample.tickets.get(known.ref))
    assert (hint.label, hint.pressing) == ("Known", True)


def test_the_third_line_has_repeats_to_learn_from(sample: Desk) -> None:
    repeats = sample.problems.repeats()
    assert len(repeats) >= 10
    for repeat in repeats:
        assert sample.problems.get(repeat.problem).created_at <= repeat.at


def test_the_four_stories_of_the_third_line_are_told_to_their_end(sample: Desk) -> None:
    stories = ("Shop dies some hours", "Checkout fails: 502, TV", "Unusual outbound traffic", "Monthly reports slow")
    learned = []
    for subject in stories:
        [(ref,)] = sample.database.rows("SELECT id FROM ticket WHERE subject LIKE ? || '%'", (subject,))
        ticket, events = sample.tickets.with_timeline(ref)
        kinds = [event.kind for event in events]
        assert kinds.index(Kind.HANDED_OFF) < kinds.index(Kind.ACCEPTED) < kinds.index(Kind.RESOLVED)
        [resolved] = [event for event in events if event.kind is Kind.RESOLVED]
        assert resolved.after["cause"]
        assert resolved.after["fix"]
        assert not ticket.unresolved
        learned += [name for name in ("runbook", "problem", "one_off") if name in resolved.after]
        assert resolved.after["avoidable"]
    assert sorted(set(learned)) == ["problem", "runbook"]
