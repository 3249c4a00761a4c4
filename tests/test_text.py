"""What numbers and long texts look like on a line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.text import bar, in_short, times


@pytest.mark.parametrize(("count", "told"), [(0, "0 times"), (1, "1 time"), (2, "2 times"), (1204, "1,204 times")])
def test_one_is_told_as_one(count: int, told: str) -> None:
    assert times(count) == told


@pytest.mark.parametrize(
    ("share", "drawn"),
    [
        (0, "      "),
        (0.02, "▏     "),
        (0.36, "██▏   "),
        (0.8, "████▊ "),
        (1, "██████"),
        (7.5, "██████"),
        (-1, "      "),
    ],
)
def test_a_bar_is_drawn_in_eighths(share: float, drawn: str) -> None:
    assert bar(share, 6) == drawn


@given(share=st.floats(allow_nan=False, allow_infinity=False), width=st.integers(0, 40))
def test_a_bar_is_always_as_wide_as_asked(share: float, width: int) -> None:
    assert len(bar(share, width)) == width


@pytest.mark.parametrize(
    ("text", "told"), [(" a\n\tword ", "a word"), ("12345678", "12345678"), ("123456789", "1234567…")]
)
def test_a_text_in_short_is_a_line_that_was_cut(text: str, told: str) -> None:
    assert in_short(text, 8) == told
