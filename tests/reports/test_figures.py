"""Quantiles, verdicts and the other plain sums."""

from fractions import Fraction

import pytest

from workbench.reports.definitions import BY_NAME, DEFINITIONS
from workbench.reports.model import Figure, Ladder, Target, Verdict, fewest_for_half, quantile, share
from workbench.reports.words import sparkline, target_words, value_words, verdict_words

MEDIAN, NINE_TENTHS = Fraction(1, 2), Fraction(9, 10)
LADDER = Ladder(("L1", "L2", "L3"))


@pytest.mark.parametrize(
    ("ordered", "q", "expected"),
    [
        ([], MEDIAN, None),
        ([7], NINE_TENTHS, 7),
        ([1, 2], MEDIAN, 1.5),
        ([1, 2, 10], MEDIAN, 2),
        ([0, 10], NINE_TENTHS, 9),
        (list(range(0, 110, 10)), NINE_TENTHS, 90),
        ([1, 1, 2, 4], NINE_TENTHS, 3.4),
    ],
)
def test_quantiles_lie_on_the_line_between_order_statistics(
    ordered: list[int], q: Fraction, expected: float | None
) -> None:
    assert quantile(len(ordered), ordered, q) == expected


@pytest.mark.parametrize(
    ("counts", "fewest"), [([], None), ([0], None), ([1], 1), ([1, 1], 1), ([1, 1, 1], 2), ([2, 3, 5], 1), ([3] * 5, 3)]
)
def test_the_fewest_people_who_did_half(counts: list[int], fewest: int | None) -> None:
    assert fewest_for_half(counts) == fewest


@pytest.mark.parametrize(
    ("target", "value", "verdict"),
    [
        (Target(0.65, 0.8), 0.65, Verdict.IN),
        (Target(0.65, 0.8), 0.8, Verdict.IN),
        (Target(0.65, 0.8), 0.649, Verdict.UNDER),
        (Target(0.65, 0.8), 0.801, Verdict.OVER),
        (Target(most=0.3, below=True), 0.3, Verdict.OVER),
        (Target(most=0.3, below=True), 0.299, Verdict.IN),
        (Target(most=0), 0, Verdict.IN),
        (Target(most=0), 1, Verdict.OVER),
        (Target(least=1), 1, Verdict.IN),
        (Target(least=1), 0.99, Verdict.UNDER),
    ],
)
def test_a_verdict_is_about_the_target(target: Target, value: float, verdict: Verdict) -> None:
    assert target.verdict(value) is verdict


def test_without_data_or_without_a_target_there_is_no_verdict() -> None:
    assert Figure(BY_NAME["l1_to_l2"], None).verdict is Verdict.NONE
    assert Figure(BY_NAME["reopened"], 0.5).verdict is Verdict.NONE
    assert share(0, 0) is None


@pytest.mark.parametrize(
    ("path", "rises", "reaches"),
    [
        (("L1",), False, False),
        (("L1", "L2"), True, False),
        (("L2", "L1"), False, False),
        (("L2", "L1", "L3"), True, True),
        (("L3", "L2"), False, False),
        (("L1", "L3"), True, False),
        (("gone", "L2", "L3"), False, True),
    ],
)
def test_a_way_rises_where_a_higher_tier_comes_later(path: tuple[str, ...], rises: bool, reaches: bool) -> None:
    assert LADDER.rises(path, "L1") is rises
    assert LADDER.rises(path, "L2", "L3") is reaches


def test_tiers_are_l1_to_l3_by_their_order_whatever_they_are_called() -> None:
    desk = Ladder(("Desk", "Plant"))
    assert (desk.first, desk.second, desk.third) == ("Desk", "Plant", "")
    assert not desk.rises(("Desk",), "Desk", desk.third)


def test_values_are_told_with_their_units() -> None:
    unit = {definition.name: definition.unit for definition in DEFINITIONS}
    assert value_words(0.29999, unit["l1_to_l2"]) == "29.9%"
    assert value_words(1.0, unit["handoff_completeness"]) == "100.0%"
    assert value_words(45, unit["graveyard_oldest"]) == "45s"
    assert value_words(86_271.5, unit["time_to_resolve_median"]) == "23h57m"
    assert value_words(407_290.8, unit["time_to_resolve_mean"]) == "4.7d"
    assert value_words(1.1779, unit["hops_per_ticket"]) == "1.18"
    assert value_words(151_235.0, unit["escalation_cost"]) == "$151,235"
    assert value_words(None, unit["repeats"]) == "–"


def test_targets_are_told_with_the_verdict() -> None:
    definition = BY_NAME["l1_resolution_rate"]
    assert verdict_words(Figure(definition, 0.6)) == "under 65–80%"
    assert verdict_words(Figure(definition, None)) == "65–80%"
    assert target_words(BY_NAME["l1_to_l2"].target, definition.unit) == "<30%"
    assert verdict_words(Figure(BY_NAME["repeats"], 0)) == "in 0"


def test_trends_are_drawn_from_nothing_up() -> None:
    assert sparkline([0, 2, None, 7]) == "▁▃·█"
    assert sparkline([0, 0, None]) == "▁▁·"
