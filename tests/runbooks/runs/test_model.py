"""A run is what its acts make of it."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.errors import InvalidInput, OutOfDate, Refused
from workbench.runbooks.model import Step
from workbench.runbooks.runs import model
from workbench.runbooks.runs.model import Act, Did, NextAct, Run

AT = datetime(2026, 3, 2, 10, tzinfo=UTC)
STEPS = tuple(Step(number, f"step {number}", "") for number in (1, 2, 3))


def run(*acts: tuple[Did, int | None]) -> Run:
    told = [(Did.BEGAN, None), *acts]
    return Run(7, "vpn", 1, "VPN", STEPS, None, tuple(Act(seq, AT, "maya", *act) for seq, act in enumerate(told, 1)))


def then(before: Run, act: NextAct) -> Run:
    acts = (*before.acts, Act(len(before.acts) + 1, AT, "maya", *act))
    return Run(7, "vpn", 1, "VPN", STEPS, None, acts)


@pytest.mark.parametrize(
    ("acts", "current"),
    [
        ((), 1),
        (((Did.DONE, 1),), 2),
        (((Did.DONE, 1), (Did.NOTED, 3)), 2),
        (((Did.DONE, 1), (Did.BACK, 1)), 1),
        (((Did.DONE, 1), (Did.FAILED, 2), (Did.BACK, 2), (Did.BACK, 1)), 1),
        (((Did.DONE, 2),), 3),
        (((Did.DONE, 2), (Did.DONE, 3)), 1),
        (((Did.DONE, 1), (Did.SKIPPED, 2), (Did.FAILED, 3)), None),
    ],
)
def test_the_current_step(acts: tuple[tuple[Did, int | None], ...], current: int | None) -> None:
    assert run(*acts).current == current


def test_an_ending_is_a_verdict_or_leaves_it_open() -> None:
    assert run().ending is None
    left = run((Did.LEFT, None))
    assert (left.ending and left.ending.did, left.is_over) == (Did.LEFT, False)
    assert run((Did.LEFT, None), (Did.NOTED, 1)).ending == left.ending
    assert run((Did.LEFT, None), (Did.DONE, 1)).ending is None
    assert run((Did.FIXED, None)).is_over


def test_a_step_has_one_outcome() -> None:
    assert model.concluded(run(), Did.DONE, " fine ") == (Did.DONE, 1, "fine")
    assert model.concluded(run(), Did.FAILED, "", 3) == (Did.FAILED, 3, "")
    with pytest.raises(OutOfDate, match=r"step 1 of run 7 has an outcome already \(maya: step 1 done\)"):
        model.concluded(run((Did.DONE, 1)), Did.DONE, "", 1)
    with pytest.raises(InvalidInput, match=r"vpn has no step 4; its steps are 1 to 3"):
        model.concluded(run(), Did.DONE, "", 4)
    with pytest.raises(InvalidInput, match="vpn has no step 0"):
        model.concluded(run(), Did.DONE, "", 0)
    with pytest.raises(Refused, match="all steps of run 7"):
        model.concluded(run((Did.DONE, 1), (Did.DONE, 2), (Did.DONE, 3)), Did.DONE, "")


def test_skipping_may_say_why() -> None:
    assert model.concluded(run(), Did.SKIPPED, "").note == ""
    assert model.concluded(run(), Did.SKIPPED, "no access").note == "no access"


def test_back_goes_to_the_step_before() -> None:
    assert model.went_back(run((Did.DONE, 1), (Did.DONE, 2))).step == 2
    assert model.went_back(run((Did.DONE, 1), (Did.DONE, 2), (Did.BACK, 2))).step == 1
    with pytest.raises(Refused, match="no step of run 7 comes before"):
        model.went_back(run())


@pytest.mark.parametrize("verdict", sorted(model.VERDICTS))
def test_nothing_is_added_to_a_run_that_is_over(verdict: Did) -> None:
    over = run((verdict, None))
    rules: tuple[Callable[[], object], ...] = (
        lambda: model.concluded(over, Did.DONE, ""),
        lambda: model.went_back(over),
        lambda: model.noted(over, 1, "x"),
        lambda: model.ended(over, Did.FIXED),
    )
    for rule in rules:
        with pytest.raises(Refused, match="is over"):
            rule()


def test_notes_have_a_length() -> None:
    with pytest.raises(InvalidInput, match=r"10,000,000 characters"):
        model.noted(run(), 1, "x" * 10_000_000)
    with pytest.raises(InvalidInput, match="empty"):
        model.noted(run(), 1, " ")
    assert model.noted(run(), 2, "lone \ud800").note == "lone ?"


def test_who_was_first_is_named() -> None:
    seen, now = run((Did.DONE, 1)), run((Did.DONE, 1), (Did.FAILED, 2))
    model.require_same(now, now)
    with pytest.raises(OutOfDate, match="maya: step 2 did not help"):
        model.require_same(seen, now)
    with pytest.raises(OutOfDate, match="maya: step 2 did not help, taken back"):
        model.require_same(now, seen)


@given(moves=st.lists(st.sampled_from(("done", "failed", "skipped", "back", "note")), max_size=20))
def test_one_step_at_a_time(moves: list[str]) -> None:
    """However one goes on, the steps before the current one have an outcome, and those behind it have none."""
    now = run()
    for move in moves:
        try:
            act = (
                model.went_back(now)
                if move == "back"
                else model.noted(now, 1, "x")
                if move == "note"
                else model.concluded(now, Did(move), "why")
            )
        except Refused:
            continue
        now = then(now, act)
        current = now.current or 4
        assert sorted(now.outcomes) == list(range(1, current))


def test_the_report_tells_each_step() -> None:
    told = model.report(then(run((Did.DONE, 1)), NextAct(Did.FAILED, 2, "first\nsecond")))
    assert told.splitlines() == [
        "Runbook VPN (vpn) did not fix it.",
        "1. step 1: done",
        "2. step 2: did not help: first …",
    ]
    assert "No step was taken." in model.report(run())
