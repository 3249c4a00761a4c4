"""What reaches the third line although it was known, and what recorded tickets match."""

from datetime import datetime, timedelta
from operator import methodcaller

from tests.support.offices import START, Office
from workbench.desk import Desk
from workbench.escalation.model import Form
from workbench.escalation.reading import read_form
from workbench.problems.model import NewProblem, ProblemState, Rule

TOKEN = NewProblem("Tokens [/b]", Rule(words=("502",)))
FORM = {
    "summary": "x",
    "reason": {"category": "access_missing", "words": "no rights"},
    "steps": [{"what": "restarted", "outcome": "failed"}],
    "diagnostics": [{"what": "load", "value": "9", "at": "14:05"}],
    "impact": "one",
    "urgency": "hampered",
}


def hand_off(office: Office, ref: int, to: str, who: str = "maya") -> None:
    office.pass_time(minutes=1)
    office.desk(who).escalation.send(ref, read_form(FORM | {"to": to}, Form()))


def told(office: Office, ref: int) -> list[tuple[str, str]]:
    """What the problems say of a ticket."""
    desk = office.desk()
    return [(hint.label, hint.text) for hint in desk.problems.hints(desk.tickets.get(ref))]


def test_what_was_known_when_it_arrived_counts_and_what_came_before_does_not(office: Office) -> None:
    first, unlike = office.open("Shop 502").ref, office.open("Printer jams").ref
    hand_off(office, first, "engineering")
    hand_off(office, unlike, "engineering")
    office.pass_time(hours=1)
    office.desk("ines").problems.write(TOKEN)
    assert office.desk().problems.repeats() == []
    known = office.open("again 502").ref
    hand_off(office, known, "second-line")
    assert office.desk().problems.repeats() == []
    hand_off(office, known, "engineering", "omar")
    office.pass_time(seconds=1)
    [repeat] = office.desk().problems.repeats()
    assert (repeat.ref, repeat.team, repeat.problem, repeat.title) == (known, "engineering", 1, "Tokens [/b]")
    assert repeat.at == office.clock.at - timedelta(seconds=1)
    assert ("Repeat", "PRB-1 was known when it came to engineering") in told(office, known)
    assert not [label for ref in (first, unlike) for label, _ in told(office, ref) if label == "Repeat"]
    assert office.desk().problems.repeats(end=repeat.at) == []
    assert office.desk().problems.repeats(start=repeat.at) == [repeat]
    assert office.desk().problems.repeats(start=repeat.at + timedelta(seconds=1)) == []


def test_a_change_of_the_rule_does_not_forget_since_when_it_was_known(office: Office) -> None:
    problem = office.desk().problems.write(TOKEN)
    ref = office.open("Shop 502").ref
    hand_off(office, ref, "engineering")
    office.pass_time(hours=1)
    office.desk().problems.rewrite(problem.number, lambda now: now._replace(rule=Rule(words=("shop", "502"))))
    assert [each.ref for each in office.desk().problems.repeats()] == [ref]


def test_a_report_of_the_past_stays_as_it_was_however_the_rule_is_changed_since(office: Office) -> None:
    desk = office.desk()
    desk.problems.write(TOKEN)
    ref = office.open("Shop 502").ref
    hand_off(office, ref, "engineering")

    def told(desk: Desk, end: datetime) -> tuple[float | None, list[int]]:
        figures = {each.name: each.value for each in desk.reports.figures(desk.reports.period(START, end))}
        return figures["repeats"], [each.ref for each in desk.problems.repeats(START, end)]

    ends = {}
    for words in ("zzz",), ("502",), ("502", "gateway"), ("door",), ("shop", "502"), ("shop",), ("zzz",):
        end = office.pass_time(minutes=1)
        ends[end] = told(desk, end)
        desk.problems.rewrite(1, methodcaller("_replace", rule=Rule(words=words)))
    assert [value for value, _ in ends.values()] == [1, 0, 1, 0, 0, 1, 1]
    desk.problems.rewrite(1, lambda now: now._replace(rule=TOKEN.rule))
    desk.problems.rewrite(1, lambda now: now._replace(rule=Rule(words=("zzz",))))
    assert not desk.problems.matching(1)
    assert not desk.problems.of_ticket(ref)
    for end, was in ends.items():
        assert told(desk, end) == was
        with office.at(end) as then:
            assert told(then, end) == was
        with office.at(end - timedelta(seconds=1)) as then:
            assert [each.ref for each in then.problems.matching(1)] == [ref] * int(was[0] or 0)


def test_recorded_tickets_match_as_if_they_had_been_opened_here(office: Office) -> None:
    desk = office.desk()
    before = office.open("Shop 502").ref
    office.pass_time(hours=1)
    problem = desk.problems.write(TOKEN)
    office.pass_time(hours=1)
    replied = office.open("Shop is broken").ref
    office.pass_time(hours=1)
    desk.tickets.reply(replied, "it says 502")
    office.pass_time(hours=1)
    desk.problems.fix(problem.number, "longer tokens")
    office.pass_time(hours=1)
    after = office.open("again 502").ref
    matches = "SELECT * FROM problem_match ORDER BY ticket_id"
    live, told = desk.database.rows(matches), desk.problems.events(problem.number)
    assert {ref for ref, *_ in live} == {before, replied, after}
    with desk.database.transaction():
        desk.database.execute("DELETE FROM problem_match")
        desk.database.execute("DELETE FROM problem_event WHERE kind = 'reopened'")
        fixed_at = (START + timedelta(hours=4)).isoformat().replace("+00:00", "Z")
        desk.database.execute("UPDATE problem SET state = 'fixed', fixed_at = ?", (fixed_at,))
        desk.problems.record([before, replied, after])
    assert desk.database.rows(matches) == live
    assert desk.problems.events(problem.number) == told
    assert desk.problems.get(problem.number).state is ProblemState.KNOWN
