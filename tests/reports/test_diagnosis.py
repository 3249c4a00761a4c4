"""The ways in which tiers break, found by stated rules, with what shows them."""

from typing import Any

import pytest

from tests.offices import Office
from workbench.ownership.model import Component
from workbench.reports.definitions import definition
from workbench.reports.diagnosis import Finding, besides, patterns, ping_pong
from workbench.reports.evidence import Evidence, Hop
from workbench.reports.model import Figure
from workbench.tickets.rules import Resolution

NOTHING = Evidence((), {}, (), {}, {}, 0, 0, {})
NAMES = ("half_of_l3_people", "graveyard_oldest", "bounced_tickets", "handoffs_returned", "repeats")


def figures(**values: tuple[float | None, float | None]) -> dict[str, Figure]:
    """Figures by name, each by its value and its denominator; the others have no data."""
    taken = {}
    for name in NAMES:
        value, denominator = values.get(name, (None, 0))
        taken[name] = Figure(definition(name), value, None, denominator)
    return taken


def find(name: str, evidence: Evidence = NOTHING, **said: Any) -> Finding:
    taken = figures(**{key: value for key, value in said.items() if key in NAMES})
    told = [
        *patterns(taken, evidence, said.get("resolvers", {}), said.get("graves", ()), said.get("at_seams", ())),
        *besides(taken, evidence),
    ]
    return next(each for each in told if each.pattern == name)


def test_an_empty_workbench_shows_no_pattern_and_says_that_there_are_no_data() -> None:
    told = [*patterns(figures(), NOTHING, {}, (), ()), *besides(figures(), NOTHING)]
    assert not [each.pattern for each in told if each.found]
    assert all(each.because for each in told)
    assert "no data" in find("bouncing").because
    assert "no data" in find("hidden_lateness").because


@pytest.mark.parametrize(
    ("resolvers", "found", "because"),
    [
        ({"mei": 9}, False, "only 9 tickets"),
        ({"mei": 3, "viktor": 2, "jonas": 1, "a": 2, "b": 2}, True, "mei, a, b did 70% of 10"),
        ({"mei": 2, "viktor": 2, "jonas": 1, "a": 2, "b": 2, "c": 2}, False, "did 55% of 11"),
    ],
)
def test_a_few_people_do_most_of_the_third_line(resolvers: dict[str, int], found: bool, because: str) -> None:
    told = find("bottleneck", resolvers=resolvers)
    assert told.found is found
    assert because in told.because
    assert bool(told.advice) is found


def test_what_one_person_alone_resolves_is_named() -> None:
    evidence = NOTHING._replace(knowers={"erp": {"mei": 3}, "mail": {"mei": 2}, "dns": {"mei": 3, "ravi": 1}})
    told = find("bottleneck", evidence, resolvers={"mei": 20})
    assert "one person alone resolves erp" in told.because
    assert "mail" not in told.because
    assert "dns" not in told.because


def test_the_graveyard_is_found_by_what_lies_there_or_by_what_nobody_accepts() -> None:
    assert not find("graveyard", graves=(1, 2, 3, 4)).found
    assert find("graveyard", graves=(1, 2, 3, 4, 5)).tickets == (1, 2, 3, 4, 5)
    waiting = ((7, "frontline", "network"), (8, "frontline", "network"), (9, "network", "platform"))
    told = find("graveyard", NOTHING._replace(waiting=waiting), graves=(7,))
    assert (told.found, told.tickets) == (True, (7, 8, 9))
    assert told.seams == (("frontline", "network"), ("network", "platform"))


def test_seams_are_found_by_open_tickets_or_by_a_pair_that_plays_ping_pong() -> None:
    assert not find("seams", at_seams=(1, 2)).found
    assert find("seams", at_seams=(1, 2, 3)).tickets == (1, 2, 3)
    hops = (Hop("a", "b", 9, 8, 3, 86_400), Hop("b", "a", 6, 6, 2, 86_400), Hop("a", "c", 5, 5, 4, 1))
    told = find("seams", NOTHING._replace(hops=hops))
    assert (told.found, told.seams) == (True, (("a", "b"),))
    assert "a and b passed 5 tickets back and forth, 2 days in all" in told.because
    assert ping_pong(hops) == {("a", "b"): 5, ("a", "c"): 4}


def test_besides_by_their_thresholds() -> None:
    assert find("bouncing", bounced_tickets=(0.11, 100)).found
    assert not find("bouncing", bounced_tickets=(0.10, 100)).found
    returned = NOTHING._replace(returned={"information_missing": 2, "wrong_owner": 9})
    assert find("explaining_again", returned, handoffs_returned=(0.5, 19)).found
    assert not find("explaining_again", returned, handoffs_returned=(0.5, 20)).found
    assert find("recurring", repeats=(1, None)).found
    assert not find("recurring", repeats=(0, None)).found
    lacking = NOTHING._replace(avoidable={"runbook": 2, "access": 1, "no": 5})
    assert "3 of 8 judged hand-offs were avoidable (runbook 2, access 1)" in find("first_line_lacks", lacking).because
    assert find("first_line_lacks", lacking).found
    assert find("hidden_lateness", NOTHING._replace(paused_s=51, clock_s=100)).found
    assert not find("hidden_lateness", NOTHING._replace(paused_s=50, clock_s=100)).found


def test_the_evidence_is_counted_from_what_was_done(office: Office) -> None:
    ref = office.open("a", component="erp").ref
    for minutes, who, team in ((30, "maya", "second-line"), (60, "omar", "frontline"), (90, "maya", "second-line")):
        office.pass_time(minutes=minutes)
        office.desk(who).tickets.move(ref, team, "theirs")
    office.desk("omar").ownership.put(Component("erp", owners=("second-line",)))
    office.desk("omar").tickets.resolve(ref, Resolution("cause", "fix", "one-off"))
    office.pass_time(minutes=1)
    desk = office.desk()
    found = desk.reports.diagnosis(desk.reports.period())
    hops = {(hop.source, hop.target): (hop.hops, hop.tickets, hop.came_back, hop.seconds) for hop in found.hops}
    assert hops == {
        ("frontline", "second-line"): (2, 1, 1, 120 * 60),
        ("second-line", "frontline"): (1, 1, 1, 60 * 60),
    }
    load = found.loads["second-line"]
    assert (load.weeks[-1], sum(load.weeks), load.own, load.pressing, load.hopped) == (2, 2, 2, 0, 2)
    assert {each.team for each in found.fits} == {"frontline", "service-desk", "second-line", "engineering"}
    assert not any(each.model for each in found.fits)
