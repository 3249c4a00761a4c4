"""Aging is read from glyphs and words; colour only adds to them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.widgets.aging import HEIGHTS, STYLES, clock_cell, queue_bar


@pytest.mark.parametrize(
    ("stage", "used", "remaining", "waiting_for", "drawn"),
    [
        ("fresh", 0.36, 38 * 60, None, "██▏     38m left"),
        ("due", 0.8, 4 * 60, None, "████▊    4m left"),
        ("late", 1.2, -12 * 60, None, "██████  12m over"),
        ("late", 1.0, 0, None, "██████   0s over"),
        ("late", 99.0, -3 * 86_400, None, "██████   3d over"),
        ("paused", 0.4, 600, "vendor", "❚❚ waiting: vendor"),
        ("paused", None, None, None, "❚❚ waiting"),
        ("none", None, None, None, "– no target"),
        ("done", 0.5, 600, None, "✓ done"),
        ("paused", None, None, "[b]\x1b[2J\nx", "❚❚ waiting: [b]␛[2J↵x"),
    ],
)
def test_a_clock_is_told_in_words(
    stage: str, used: float | None, remaining: int | None, waiting_for: str | None, drawn: str
) -> None:
    cell = clock_cell(stage, used, remaining, waiting_for, 24)
    assert (cell.plain, [span.style for span in cell.spans]) == (drawn, [STYLES[stage]])


def test_a_narrow_cell_keeps_the_words() -> None:
    assert clock_cell("due", 0.8, 240, None, 10).plain == "4m left"
    assert clock_cell("paused", 0.8, 240, "requester", 16).plain == "❚❚ requester"


@pytest.mark.parametrize(
    ("counts", "width", "drawn"),
    [
        ({}, 10, ""),
        ({"fresh": 0}, 10, ""),
        ({"fresh": 2, "late": 1}, 10, "▇▁▁"),
        ({"late": 4, "due": 2, "aging": 2, "fresh": 2}, 10, "▇▇▇▇▅▅▃▃▁▁"),
        ({"late": 1, "fresh": 999}, 10, "▇▁▁▁▁▁▁▁▁▁"),
        ({"late": 999, "paused": 1}, 10, "▇▇▇▇▇▇▇▇▇·"),
        ({"late": 5, "fresh": 5}, 0, ""),
    ],
)
def test_a_queue_shows_its_spread_worst_first(counts: dict[str, int], width: int, drawn: str) -> None:
    assert queue_bar(counts, width).plain == drawn


@given(
    counts=st.dictionaries(st.sampled_from([*HEIGHTS, "none", "done"]), st.integers(0, 10**6)), width=st.integers(5, 40)
)
def test_every_stage_with_a_ticket_is_seen(counts: dict[str, int], width: int) -> None:
    drawn = queue_bar(counts, width).plain
    running = {stage: count for stage, count in counts.items() if stage in HEIGHTS and count}
    assert len(drawn) == min(width, sum(running.values()))
    assert {HEIGHTS[stage] for stage in running} == set(drawn)
