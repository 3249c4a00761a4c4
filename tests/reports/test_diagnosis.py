"""The ways in which tiers break, found by stated rules, with what shows them."""

from collections.abc import Mapping
from typing import Any

import pytest

from workbench.reports.besides import besides
from workbench.reports.definitions import definition
from workbench.reports.diagnosis import patterns
from workbench.reports.evidence import ComeBack, Evidence, Hop
from workbench.reports.findings import By, Clue, Finding
from workbench.reports.model import Figure
from workbench.tickets.clocks import Thresholds

NOTHING = Evidence()
NAMES = ("half_of_l3_people", "graveyard_oldest", "bounced_tickets", "handoffs_returned", "repeats")


def figures(**values: tuple[float | None, float | None]) -> dict[str, Figure]:
    """Figures by name, each by its value and its denominator; the others have no data."""
    taken = {}
    for name in NAMES:
        value, denominator = values.get(name, (None, 0))
        taken[name] = Figure(definition(name), value, None, denominator)
    return taken


def find(name: str, evidence: Evidence = NOTHING, resolvers: Mapping[str, int] | None = None, **said: Any) -> Finding:
    taken = figures(**said)
    told = [*patterns(taken, evidence, resolvers or {}, Thresholds()), *besides(taken, evidence)]
    return next(each for each in told if each.pattern == name)


def clue(found: Finding, told: str) -> Clue:
    """The one sentence that has these words."""
    (only,) = [each for each in found.clues if told in each.told]
    return only


def test_an_empty_workbench_shows_no_pattern_and_says_that_there_are_no_data() -> None:
    told = [*patterns(figures(), NOTHING, {}, Thresholds()), *besides(figures(), NOTHING)]
    assert not [each.pattern for each in told if each.found]
    assert all(each.because and each.rule for each in told)
    assert not [each.told for finding in told for each in finding.clues if each.openable and each.by is By.NUMBER]
    assert "no data" in find("bouncing").because
    assert "no data" in find("hidden_lateness").because


@pytest.mark.parametrize(
    ("resolvers", "found", "because"),
    [
        ({"mei": 9}, False, "9 tickets resolved at the third line; 10 are needed to tell"),
        ({"mei": 3, "viktor": 2, "jonas": 1, "a": 2, "b": 2}, True, "mei, a, b did 70% of 10"),
        ({"mei": 2, "viktor": 2, "jonas": 1, "a": 2, "b": 2, "c": 2}, False, "did 55% of 11"),
    ],
)
def test_a_few_people_do_most_of_the_third_line(resolvers: dict[str, int], found: bool, because: str) -> None:
    told = find("bottleneck", resolvers=resolvers)
    assert told.found is found
    assert because in told.because
    assert "60% or more of at least 10" in told.rule
    assert bool(told.advice) is found


def test_what_one_person_alone_resolves_is_named_and_who_would_be_missed_most() -> None:
    knowers = {
        "erp": {"mei": 3},
        "mail": {"mei": 2},
        "dns": {"mei": 3, "ravi": 1},
        "vpn": {"viktor": 4},
        "wiki": {"mei": 2, "": 1},
        "erp [/b]": {"viktor": 3},
    }
    told = find("bottleneck", NOTHING._replace(knowers=knowers), {"mei": 20, "viktor": 1})
    alone = [(each.told, each.of) for each in told.clues if each.by is By.COMPONENT]
    assert alone == [
        ("viktor alone resolves vpn", ("vpn",)),
        ("mei alone resolves erp", ("erp",)),
        ("viktor alone resolves erp [/b]", ("erp [/b]",)),
    ]
    assert (
        "viktor would be missed most: 2 components that nobody else resolves and 1 third-line resolve" in told.because
    )
    assert told.advice.startswith("let viktor write down")


def test_of_many_components_that_one_person_resolves_only_some_are_named() -> None:
    told = find("bottleneck", NOTHING._replace(knowers={f"c{number}": {"mei": 3} for number in range(7)}))
    assert len([each for each in told.clues if each.by is By.COMPONENT]) == 5
    assert "of 2 more components one person alone" in told.because


def test_the_graveyard_is_found_by_what_lies_there_is_passed_about_or_nobody_accepts() -> None:
    assert not find("graveyard", NOTHING._replace(old=(1, 2, 3), untouched=(2, 4))).found
    told = find("graveyard", NOTHING._replace(old=(1, 2, 3), untouched=(2, 4, 5)), graveyard_oldest=(91 * 86_400, None))
    assert (told.found, told.tickets) == (True, (1, 2, 3, 4, 5))
    assert "5 open tickets in the graveyard, the oldest for 91 days" in told.because
    assert clue(told, "open for 90 days or more").tickets == (1, 2, 3)
    assert clue(told, "3 of them untouched for 30 days or more").tickets == (2, 4, 5)
    waiting = ((7, "frontline", "network"), (8, "frontline", "network"), (9, "network", "platform"))
    told = find("graveyard", NOTHING._replace(waiting=waiting, old=(7,)))
    assert (told.found, told.tickets) == (True, (7, 8, 9))
    assert told.seams == (("frontline", "network"), ("network", "platform"))
    assert clue(told, "2 of them from frontline to network").tickets == (7, 8)


def test_hot_potatoes_are_told_by_who_passed_them_to_whom() -> None:
    potatoes = {("a", "b"): (1, 2), ("b", "a"): (2,)}
    assert not find("graveyard", NOTHING._replace(potatoes=potatoes)).found
    told = find("graveyard", NOTHING._replace(potatoes=potatoes | {("a", "c"): (3,)}))
    assert (told.found, told.tickets, told.seams) == (True, (1, 2, 3), (("a", "b"), ("b", "a"), ("a", "c")))
    assert clue(told, "3 hot potatoes").tickets == (1, 2, 3)
    assert clue(told, "a passed 2 of them to b").tickets == (1, 2)


def test_seams_are_found_by_open_tickets_or_by_a_pair_that_plays_ping_pong() -> None:
    seams = {("a", "b"): (1, 2), ("a", "c"): ()}
    told = find("seams", NOTHING._replace(seams=seams))
    assert (told.found, told.tickets, told.seams) == (False, (1, 2), (("a", "b"),))
    assert "a ⇄ c has no lead: 0 open tickets" in told.because
    assert find("seams", NOTHING._replace(seams=seams | {("a", "c"): (3,)})).tickets == (1, 2, 3)
    hops = (Hop("a", "b", 9, 8, 3, 86_400), Hop("b", "a", 6, 6, 2, 86_400), Hop("a", "c", 5, 5, 4, 1))
    told = find("seams", NOTHING._replace(hops=hops, ping_pong={("a", "b"): 5, ("a", "c"): 4}))
    assert (told.found, told.seams) == (True, (("a", "b"),))
    assert "a and b passed 5 tickets back and forth; what they passed on to each other had lain 2.0d" in told.because
    assert clue(told, "a and c").of == ("a", "c")
    assert not find("seams", NOTHING._replace(ping_pong={("a", "b"): 4})).found


def test_besides_by_their_thresholds() -> None:
    assert find("bouncing", bounced_tickets=(0.11, 100)).found
    assert not find("bouncing", bounced_tickets=(0.10, 100)).found
    returned = NOTHING._replace(returned={"information_missing": 2, "wrong_owner": 9})
    assert find("explaining_again", returned, handoffs_returned=(0.5, 19)).found
    assert not find("explaining_again", returned, handoffs_returned=(0.5, 20)).found
    assert find("recurring", repeats=(1, None)).found
    assert not find("recurring", repeats=(0, None)).found
    lacking = NOTHING._replace(avoidable={"access": 1, "runbook": 2, "no": 5})
    told = find("first_line_lacks", lacking)
    assert told.because.startswith(
        "3 of 8 judged hand-offs could have been spared; 2 of them for want of runbook; 1 of"
    )
    assert (told.found, told.advice) == (True, "the training plan: runbook 2, access 1")
    assert not find("first_line_lacks", NOTHING._replace(avoidable={"runbook": 2, "no": 9})).found


def test_pauses_hide_lateness_by_their_share_or_by_replies_that_nobody_heard() -> None:
    assert find("hidden_lateness", NOTHING._replace(paused_s=51, clock_s=100)).found
    assert not find("hidden_lateness", NOTHING._replace(paused_s=50, clock_s=100, unheard=(1, 2))).found
    told = find("hidden_lateness", NOTHING._replace(paused_s=50, clock_s=100, unheard=(1, 2, 3)))
    assert told.found
    assert clue(told, "3 requesters replied during a pause that went on").tickets == (1, 2, 3)


def test_a_problem_that_comes_back_is_recurring_trouble() -> None:
    told = find("recurring", NOTHING._replace(come_back=(ComeBack(7, "Tokens [/b]", (1, 2)),)), repeats=(0, None))
    assert (told.found, told.tickets) == (True, (1, 2))
    assert "1 problem came back after a fix; problem 7, Tokens [/b], with 2 tickets since" in told.because


def test_a_sentence_opens_its_tickets_only_where_there_are_any() -> None:
    assert Clue("a", By.NUMBER, (), (1,)).openable
    assert not Clue("a", By.NUMBER).openable
    assert not Clue("a").openable
    assert Clue("a", By.PAUSE).openable
