"""What only acts bring about: hand-offs, repeats, seams; and periods, scopes, baselines, and files from before."""

from datetime import timedelta
from typing import Any

import pytest

from tests.escalation.forms import L2, send
from tests.support.offices import HOSTILE, START, Office
from workbench.errors import InvalidInput, NotFound, Refused
from workbench.escalation.model import Return, ReturnCode
from workbench.ownership.model import Component
from workbench.problems.model import NewProblem, Rule
from workbench.reports.model import Figure, Period, Scope
from workbench.tickets.rules import Resolution
from workbench.tickets.vocabulary import Priority

DAY = timedelta(days=1)


def taken(office: Office, scope: Scope | None = None, **period: Any) -> dict[str, Figure]:
    reports = office.desk().reports
    span = reports.period(period.get("start"), period.get("end"))
    return {figure.name: figure for figure in reports.figures(span, scope or Scope())}


def behind(office: Office, name: str, scope: Scope | None = None) -> list[int]:
    reports = office.desk().reports
    return reports.tickets_behind(name, reports.period(), scope or Scope())


def parts(figure: Figure) -> tuple[float | None, float | None, float | None]:
    return figure[1:]


def test_an_empty_file_has_no_data_but_for_what_is_counted(office: Office) -> None:
    values = {name: figure.value for name, figure in taken(office).items()}
    counted = {"graveyard_count", "open_seam_tickets", "repeats", "self_sufficiency", "escalation_cost"}
    assert {name for name, value in values.items() if value is not None} == counted
    assert not any(values[name] for name in counted)


def test_handoffs_count_when_they_were_sent_by_what_was_said_then(office: Office) -> None:
    whole, owed, back, mistaken = (office.open(HOSTILE[number]).ref for number in range(4))
    office.desk().tickets.prioritise(owed, Priority.P1, "the boss")
    office.pass_time(minutes=1)
    send(office, whole, L2)
    send(office, owed, L2 | {"steps": []})
    send(office, back, L2)
    office.pass_time(minutes=1)
    office.desk("omar").escalation.give_back(back, Return(ReturnCode.WRONG_OWNER, "not [ours]"))
    send(office, mistaken, L2)
    office.desk().tickets.undo()
    office.pass_time(minutes=1)
    figures = taken(office)
    assert parts(figures["handoff_completeness"]) == (2 / 3, 2, 3)
    assert parts(figures["handoffs_returned"]) == (1 / 3, 1, 3)
    assert behind(office, "handoff_completeness") == [whole, back]
    assert behind(office, "handoffs_returned") == [back]
    assert parts(taken(office, Scope(team="second-line"))["handoffs_returned"]) == (None, 0, 0)
    assert parts(taken(office, Scope(tier="L1", client="contoso"))["handoffs_returned"]) == (1 / 3, 1, 3)
    earlier = taken(office, end=START + timedelta(minutes=2))
    assert parts(earlier["handoffs_returned"]) == (0.0, 0, 3)


def test_what_was_known_when_it_came_to_engineering_is_a_repeat(office: Office) -> None:
    first = office.open("Shop 502").ref
    office.desk().tickets.move(first, "engineering", "theirs")
    office.pass_time(hours=1)
    office.desk("ines").problems.write(NewProblem("Tokens", Rule(words=("502",))))
    again = office.open("again 502").ref
    office.desk().tickets.move(again, "engineering", "theirs")
    office.pass_time(minutes=1)
    figures = taken(office)
    assert figures["repeats"].value == 1
    assert behind(office, "repeats") == [again]
    assert parts(figures["escalation_cost"]) == (2 * (3 + 23 / 60) * 150, 2, None)
    assert behind(office, "escalation_cost") == [first, again]


def test_open_tickets_between_two_teams_count_while_nobody_leads_there(office: Office) -> None:
    desk = office.desk()
    desk.ownership.put(Component("identity", owners=("second-line",)))
    desk.ownership.put(Component("shop", owners=("frontline",), needs=("identity",)))
    ref = office.open().ref
    desk.tickets.move(ref, "second-line", "theirs")
    office.pass_time(minutes=1)
    assert taken(office)["open_seam_tickets"].value == 1
    assert behind(office, "open_seam_tickets") == [ref]
    assert taken(office, Scope(team="engineering"))["open_seam_tickets"].value == 0
    desk.ownership.set_lead("shop", "identity", "second-line")
    assert taken(office)["open_seam_tickets"].value == 0


def test_a_past_moment_knows_no_later_priority(office: Office) -> None:
    name, ref = "first_response_in_target", office.open(client="contoso").ref
    for minutes, priority in ((2, Priority.P1), (10, Priority.P4), (32, Priority.P1)):
        office.clock.at = START + timedelta(minutes=minutes)
        office.desk().tickets.prioritise(ref, priority, "as it is")
    office.pass_time(hours=1)
    reports, missed = office.desk().reports, {1: 0, 3: 0, 5: 1, 12: 0, 31: 1, 40: 1}
    for minutes, expected in missed.items():
        period = reports.period(end=START + timedelta(minutes=minutes))
        with office.at(period.end) as past:
            told = (*reports.figures(period), *past.reports.figures(period))
        found = [figure for figure in told if figure.name == name]
        assert [(figure.numerator, figure.denominator) for figure in found] == [(0, expected)] * 2, minutes
        assert reports.tickets_behind(name, period, whole=True) == [ref] * expected, minutes


def test_a_past_moment_knows_an_answer_that_was_taken_back_later(office: Office) -> None:
    name, ref = "first_response_in_target", office.open(client="contoso").ref
    office.pass_time(minutes=5)
    office.desk().tickets.take(ref)
    office.pass_time(minutes=30)
    office.desk().tickets.undo()
    office.pass_time(minutes=1)
    reports = office.desk().reports
    assert parts(taken(office, end=START + timedelta(minutes=20))[name])[1:] == (1, 1)
    assert reports.tickets_behind(name, reports.period(end=START + timedelta(minutes=20)), limit=1) == [ref]
    assert parts(taken(office)[name])[1:] == (0, 1)


def test_the_costs_are_those_of_the_setup(office: Office) -> None:
    office.desk().tickets.move(office.open().ref, "engineering", "theirs")
    office.pass_time(minutes=1)
    settings = '[settings]\nescalation_work = "1h"\nescalation_refocus = "30m"\nengineer_hour_cost = 100'
    office.desk().organisation.apply(settings, "setup.toml")
    assert taken(office)["escalation_cost"].value == 150


def test_what_if_scales_the_arrivals_that_came_that_way(office: Office) -> None:
    desk = office.desk()
    for team in ("second-line", "engineering", "frontline", "frontline"):
        ref = office.open().ref
        if team != "frontline":
            desk.tickets.move(ref, team, "theirs")
        office.pass_time(minutes=1)
        desk.tickets.resolve(ref, Resolution("heat", "a fan", "one site"))
    office.open(team="engineering")
    office.pass_time(minutes=1)
    found = desk.reports.what_if(desk.reports.period(), Scope(), {"l1_to_l2": 0.25})
    assert (found.arrivals, found.arrivals_then) == (2, 1.5)
    assert found.cost_then == pytest.approx(found.cost * 0.75)
    for shares in ({"reopened": 0.1}, {"l1_to_l2": 1.1}, {"l2_to_l3": 0.1}):
        with pytest.raises(InvalidInput):
            desk.reports.what_if(desk.reports.period(), Scope(), shares)


def test_a_period_is_thirty_days_unless_it_is_said(office: Office) -> None:
    reports = office.desk().reports
    assert reports.period() == Period(START - 30 * DAY, START)
    assert reports.period(START - DAY).before == Period(START - 2 * DAY, START - DAY)
    assert reports.period(end=START - DAY).weeks(2)[0] == Period(START - 15 * DAY, START - 8 * DAY)
    with pytest.raises(InvalidInput):
        reports.period(START, START)


@pytest.mark.parametrize(
    "scope", [Scope(team="frontlin"), Scope(tier="L9"), Scope(client="conto"), Scope(component="[/b]")]
)
def test_names_that_nobody_has_are_told(office: Office, scope: Scope) -> None:
    with pytest.raises(NotFound):
        taken(office, scope)
    with pytest.raises(NotFound, match="l1_to_l2"):
        behind(office, "l1_to_l22")


def test_a_report_compares_with_the_period_before_and_follows_the_weeks(office: Office) -> None:
    for _ in range(3):
        office.desk().tickets.resolve(office.open().ref)
        office.pass_time(days=20)
    reports = office.desk().reports
    steps: list[tuple[int, int]] = []
    report = reports.report(reports.period(), weeks=4, progress=lambda done, total: steps.append((done, total)))
    rate = next(line for line in report.lines if line.figure.name == "l1_resolution_rate")
    assert (rate.figure.denominator, rate.before.denominator) == (1, 2)
    assert [week.denominator for week in rate.trend] == [0, 1, 0, 0]
    assert steps[-1] == (6, 6)


def test_figures_are_kept_under_a_name_and_found_again(office: Office) -> None:
    reports = office.desk().reports
    office.desk().tickets.resolve(office.open().ref)
    office.pass_time(minutes=1)
    reports.keep(" before [/b] ", reports.period(), Scope(team="frontline"))
    kept = reports.baseline("before [/b]")
    assert (kept.kept_by, kept.scope, kept.values["l1_resolution_rate"]) == ("maya", Scope(team="frontline"), 1.0)
    office.pass_time(days=1)
    reports.keep("before [/b]", reports.period())
    assert [each.kept_at for each in reports.baselines()] == [office.clock.at]
    with pytest.raises(NotFound, match="before"):
        reports.baseline("befor [/b]")
    with pytest.raises(InvalidInput):
        reports.keep(" ", reports.period())
    with pytest.raises(Refused):
        office.desk("stranger").reports.keep("x", reports.period())


def test_an_act_while_an_older_file_is_read_first_is_not_written_over(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, other = office.desk(), office.desk("ravi")
    refs = [office.open().ref for _ in range(2)]
    with desk.database.transaction():
        for statement in ("DELETE FROM resolution", "DELETE FROM first_response", "UPDATE projection SET missing = 1"):
            desk.database.execute(statement)
    true = desk.tickets.journal.replay

    def slow(ref: int, events: Any) -> Any:
        told = true(ref, events)
        if ref == refs[1]:
            other.tickets.resolve(refs[0], Resolution("heat", "a fan", "one site"))
        return told

    monkeypatch.setattr(desk.tickets.journal, "replay", slow)
    desk.reports.prepare()
    office.pass_time(minutes=1)
    assert taken(office)["l1_resolution_rate"].denominator == 1
    assert desk.database.value("SELECT count(*) FROM first_response") == 2


def test_a_file_from_before_gets_its_rows_a_few_at_a_time(office: Office) -> None:
    desk = office.desk()
    refs = [office.open().ref for _ in range(3)]
    for ref in refs[:2]:
        desk.tickets.resolve(ref)
    office.pass_time(minutes=1)
    whole = {name: parts(figure) for name, figure in taken(office).items()}
    with desk.database.transaction():
        for statement in ("DELETE FROM resolution", "DELETE FROM first_response", "UPDATE projection SET missing = 1"):
            desk.database.execute(statement)
    desk.tickets.note(refs[1], "looked")
    with office.at(office.clock.at - timedelta(seconds=1)) as past:
        past.reports.prepare()
        assert past.reports.figures(past.reports.period())[0].denominator == 2
    told: list[tuple[int, int]] = []
    desk.reports.prepare(lambda done, total: told.append((done, total)))
    assert {name: parts(figure) for name, figure in taken(office).items()} == whole
    assert told[-1] == (3, 3) or told[-1] == (2, 3)
    assert desk.database.value("SELECT missing FROM projection") == 0
