"""What the diagnosis goes by is counted from what was done, of the tickets that were asked about alone."""

from tests.escalation.forms import L2, send
from tests.support.offices import HOSTILE, Office
from workbench.escalation.model import Return, ReturnCode, Row
from workbench.ownership.model import Component
from workbench.problems.model import NewProblem, Rule
from workbench.reports.findings import Clue, Finding
from workbench.reports.model import EVERYBODY, Scope
from workbench.reports.service import Diagnosis
from workbench.tickets.rules import Resolution
from workbench.tickets.vocabulary import WaitingFor

DONE = Resolution("cause", "fix", "one-off")


def diagnosed(office: Office, scope: Scope = EVERYBODY) -> Diagnosis:
    reports = office.desk().reports
    return reports.diagnosis(reports.period(), scope)


def finding(office: Office, pattern: str, scope: Scope = EVERYBODY) -> Finding:
    found = diagnosed(office, scope)
    return next(each for each in (*found.patterns, *found.besides) if each.pattern == pattern)


def clue(office: Office, pattern: str, told: str, scope: Scope = EVERYBODY) -> Clue:
    return next(each for each in finding(office, pattern, scope).clues if told in each.told)


def behind(office: Office, found: Clue, scope: Scope = EVERYBODY) -> list[int]:
    reports = office.desk().reports
    return reports.tickets_showing(found, reports.period(), scope)


def pass_about(office: Office, ref: int) -> None:
    """From the first line to the second, back, and to the second again."""
    for minutes, who, team in ((30, "maya", "second-line"), (60, "omar", "frontline"), (90, "maya", "second-line")):
        office.pass_time(minutes=minutes)
        office.desk(who).tickets.move(ref, team, "theirs")


def test_hops_and_loads_with_the_tickets_of_each_number(office: Office) -> None:
    ref = office.open("a", component="erp").ref
    pass_about(office, ref)
    office.desk("omar").ownership.put(Component("erp", owners=("second-line",)))
    office.desk("omar").tickets.resolve(ref, DONE)
    office.open("b", client="fabrikam")
    office.pass_time(minutes=1)
    found = diagnosed(office)
    hops = {(hop.source, hop.target): (hop.hops, hop.tickets, hop.came_back, hop.seconds) for hop in found.hops}
    assert hops == {
        ("frontline", "second-line"): (2, 1, 1, 120 * 60),
        ("second-line", "frontline"): (1, 1, 1, 60 * 60),
    }
    load = found.loads.teams["second-line"]
    assert (load.weeks[-1], sum(load.weeks), load.own, load.own_of, load.pressing, load.hopped) == (2, 2, 2, 2, 0, 2)
    load = found.loads.components["erp"]
    assert (load.weeks[-1], load.tickets, load.own, load.own_of, load.hopped) == (4, 4, 2, 3, 3)
    assert [each.name for each in found.fits] == ["frontline", "service-desk", "second-line", "engineering", "erp"]
    assert not any(each.model for each in found.fits)
    reports = office.desk().reports
    period = reports.period()
    assert reports.tickets_passed("frontline", "second-line", period) == [ref]
    assert reports.tickets_come("frontline", period) == [ref, ref + 1]
    assert reports.tickets_about("erp", period) == [ref]
    assert not reports.tickets_passed("frontline", None, period, Scope(client="fabrikam"))
    assert reports.tickets_come("frontline", period, Scope(client="fabrikam")) == [ref + 1]
    assert not diagnosed(office, Scope(client="fabrikam")).hops
    told = clue(office, "seams", "back and forth")
    assert "frontline and second-line passed 1 ticket" in told.told
    assert behind(office, told) == [ref]
    assert finding(office, "bottleneck").people == ()


def test_an_open_ticket_that_is_handed_back_twice_is_a_hot_potato_then_and_now(office: Office) -> None:
    hot, warm = office.open("hot").ref, office.open("warm").ref
    pass_about(office, hot)
    office.desk().tickets.move(warm, "second-line", "theirs")
    office.pass_time(minutes=1)
    moment = office.clock.at
    assert clue(office, "graveyard", "1 hot potato").tickets == (hot,)
    assert clue(office, "graveyard", "frontline passed 1 of them to second-line").tickets == (hot,)
    assert clue(office, "graveyard", "hot potato", Scope(team="frontline")).told == "0 hot potatoes"
    office.desk("omar").tickets.resolve(hot, DONE)
    office.pass_time(minutes=1)
    assert clue(office, "graveyard", "hot potato").told == "0 hot potatoes"
    with office.at(moment) as past:
        _, graveyard, _ = past.reports.diagnosis(past.reports.period()).patterns
        assert "1 hot potato;" in graveyard.because


def test_what_was_done_at_the_moment_is_not_open_then_although_that_was_taken_back_since(office: Office) -> None:
    hot = office.open("hot").ref
    pass_about(office, hot)
    office.pass_time(minutes=1)
    office.desk("omar").tickets.resolve(hot, DONE)
    office.pass_time(minutes=1)
    moment = office.clock.at
    office.desk("omar").tickets.undo()
    office.pass_time(minutes=1)
    reports = office.desk().reports
    told = [reports.diagnosis(reports.period(end=end)).patterns[1].because for end in (moment, None)]
    assert ["0 hot potatoes" in because for because in told] == [True, False]


def test_a_hand_off_waits_as_it_did_at_the_moment_whatever_has_become_of_it_since(office: Office) -> None:
    done, resolved, taken, accepted, still, withdrawn = (office.open(f"ticket {place}").ref for place in range(6))
    mine, theirs = office.desk(), office.desk("omar")
    for ref in (done, resolved, taken, accepted, still, withdrawn):
        office.pass_time(minutes=1)
        send(office, ref, L2, "ravi" if ref == withdrawn else "maya")
    mine.tickets.resolve(done, DONE)
    theirs.tickets.take(taken)
    office.pass_time(minutes=1)
    moment, waited = office.clock.at, (resolved, accepted, still, withdrawn)
    assert clue(office, "graveyard", "nobody has accepted").tickets == waited
    office.pass_time(days=1)
    theirs.tickets.undo()
    theirs.escalation.accept(accepted)
    mine.tickets.resolve(resolved, DONE)
    office.desk("ravi").tickets.undo()
    office.pass_time(minutes=1)
    assert clue(office, "graveyard", "nobody has accepted").tickets == (taken, still)
    then = mine.reports.diagnosis(mine.reports.period(end=moment)).patterns[1]
    assert "4 hand-offs that nobody has accepted" in then.because
    assert set(waited) <= set(then.tickets)
    assert taken not in then.tickets
    with office.at(moment) as past:
        assert past.reports.diagnosis(past.reports.period()).patterns[1] == then


def test_a_seam_without_lead_is_told_with_its_tickets(office: Office) -> None:
    desk = office.desk()
    desk.ownership.put(Component("identity", owners=("second-line",)))
    desk.ownership.put(Component("shop", owners=("frontline",), needs=("identity",)))
    ref = office.open().ref
    desk.tickets.move(ref, "second-line", "theirs")
    office.pass_time(minutes=1)
    assert clue(office, "seams", "frontline ⇄ second-line has no lead: 1 open ticket").tickets == (ref,)
    assert finding(office, "seams").tickets == (ref,)
    assert "has no lead" not in finding(office, "seams", Scope(team="engineering")).because


def test_a_reply_in_a_pause_that_goes_on_is_counted_and_one_that_ends_it_is_not(office: Office) -> None:
    refs = [office.open(subject).ref for subject in HOSTILE[:3]]
    tickets = office.desk().tickets
    for ref, on in zip(refs, (WaitingFor.VENDOR, WaitingFor.REQUESTER, WaitingFor.VENDOR), strict=True):
        tickets.take(ref)
        tickets.wait(ref, on, "asked", None)
    office.pass_time(hours=1)
    for ref in refs[:2]:
        tickets.reply(ref, "still broken [/b]")
    office.pass_time(hours=1)
    for ref in refs:
        tickets.resolve(ref, DONE)
    office.pass_time(minutes=1)
    tickets.reply(refs[2], "thanks")
    tickets.resolve(refs[2], DONE)
    office.pass_time(minutes=1)
    told = clue(office, "hidden_lateness", "replied during a pause")
    assert (told.told, told.tickets) == ("1 requester replied during a pause that went on", (refs[0],))
    assert behind(office, clue(office, "hidden_lateness", "was paused")) == refs


def test_what_was_said_to_be_fixed_and_matches_again_came_back(office: Office) -> None:
    problems = office.desk().problems
    number = problems.write(NewProblem("Tokens [/b]", Rule(words=("502",)))).number
    office.open("Shop 502")
    problems.fix(number, "rolled over")
    office.pass_time(hours=1)
    again = office.open("Shop 502 again").ref
    office.pass_time(minutes=1)
    told = clue(office, "recurring", f"problem {number}, Tokens [/b], with 1 ticket since")
    assert told.tickets == (again,)
    assert finding(office, "recurring").found
    assert not finding(office, "recurring", Scope(client="fabrikam")).found


def test_a_problem_whose_reopening_was_taken_back_did_not_come_back(office: Office) -> None:
    problems = office.desk().problems
    problems.write(NewProblem("tokens", Rule(words=("token",))))
    problems.fix(1, "longer")
    office.pass_time(minutes=1)
    problems.reopen(1, "again")
    end = office.pass_time(minutes=1)
    office.desk().tickets.undo()
    office.pass_time(minutes=1)
    reports = office.desk().reports
    for until, back in ((end, True), (None, False)):
        told = reports.diagnosis(reports.period(end=until))
        assert any("tokens" in clue.told for found in told.besides for clue in found.clues) is back


def test_what_came_back_for_missing_information_is_counted_of_the_same_handoffs(office: Office) -> None:
    refs = [office.open(subject).ref for subject in HOSTILE[:2]]
    office.pass_time(minutes=1)
    for ref in refs:
        send(office, ref, L2)
    office.pass_time(minutes=1)
    missing = Return(ReturnCode.INFORMATION_MISSING, "which host?", (Row.ERROR,))
    office.desk("omar").escalation.give_back(refs[0], missing)
    office.pass_time(minutes=1)
    told = clue(office, "explaining_again", "1 of 2 hand-offs")
    assert behind(office, told) == [refs[0]]
    assert "no data" in finding(office, "explaining_again", Scope(client="fabrikam")).because
    assert clue(office, "graveyard", "1 of them from frontline to second-line").tickets == (refs[1],)
    office.desk("omar").tickets.resolve(refs[1], DONE._replace(avoidable="access"))
    office.pass_time(minutes=1)
    assert behind(office, clue(office, "first_line_lacks", "1 of them for want of access")) == [refs[1]]
    assert behind(office, clue(office, "first_line_lacks", "1 of 1 judged hand-off")) == [refs[1]]


def test_whom_one_would_miss_most_opens_what_they_resolved_at_the_third_line(office: Office) -> None:
    ref = office.open(team="engineering").ref
    office.desk("ines").tickets.resolve(ref, DONE)
    office.desk("ines").tickets.resolve(office.open(component="erp").ref, DONE)
    office.pass_time(minutes=1)
    told = clue(office, "bottleneck", "ines would be missed most: 1 third-line resolve")
    assert behind(office, told) == [ref]


def test_what_one_person_alone_resolves_opens_its_tickets(office: Office) -> None:
    refs = [office.open(f"erp {number}", component="erp").ref for number in range(3)]
    for ref in refs:
        office.desk().tickets.resolve(ref, DONE)
    office.pass_time(minutes=1)
    assert behind(office, clue(office, "bottleneck", "maya alone resolves erp")) == refs
    assert "maya would be missed most" in finding(office, "bottleneck").because


def test_progress_is_told_up_to_the_end(office: Office) -> None:
    office.open()
    reports = office.desk().reports
    steps: list[tuple[int, int]] = []
    reports.diagnosis(reports.period(), progress=lambda done, total: steps.append((done, total)))
    assert [done for done, _ in steps] == list(range(1, len(steps) + 1))
    assert steps[-1][0] == steps[-1][1]
