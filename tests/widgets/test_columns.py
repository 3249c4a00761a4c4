"""Columns keep their places, whatever the width and the text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.text import Text

from tests.widgets.rows import HOSTILE
from workbench.widgets.columns import Column, Layout
from workbench.widgets.show import show_line

COLUMNS: list[Column[str]] = [
    Column("#", 4, lambda text, width: Text("1042"), right=True),
    Column("Age", 4, lambda text, width: Text("3d"), drop_order=3),
    Column("Subject", 12, lambda text, width: show_line(text), flexible=True),
    Column("Owner", 8, lambda text, width: Text(text), drop_order=2),
    Column("Who", 6, lambda text, width: show_line(text, "red"), drop_order=1),
]


@pytest.mark.parametrize(
    ("width", "titles"),
    [
        (60, "# Age Subject Owner Who"),
        (40, "# Age Subject Owner Who"),
        (39, "# Age Subject Owner"),
        (32, "# Age Subject"),
        (23, "# Subject"),
        (5, "# Subject"),
    ],
)
def test_columns_are_dropped_in_their_order(width: int, titles: str) -> None:
    assert [column.title for column, _ in Layout.fit(COLUMNS, width).columns] == titles.split()


def test_the_flexible_column_takes_what_is_left_over() -> None:
    assert [width for _, width in Layout.fit(COLUMNS, 60).columns] == [4, 4, 32, 8, 6]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("width", [5, 23, 40, 41, 120])
def test_hostile_text_neither_shifts_a_column_nor_reaches_the_terminal(text: str, width: int) -> None:
    line = Layout.fit(COLUMNS, width).line(text)
    assert line.cell_len == width
    assert not any(ord(character) < 32 or character in "\x7f\x9b\u202e\udc80" for character in line.plain)


@given(text=st.text(max_size=40), width=st.integers(20, 90))
def test_any_text_fills_its_line_exactly(text: str, width: int) -> None:
    layout = Layout.fit(COLUMNS, width)
    line = layout.line(text)
    assert (line.cell_len, layout.header().cell_len) == (width, width)
    assert cell_len(line.plain[:6]) == 6
