"""Columns on a terminal."""

from hypothesis import given
from hypothesis import strategies as st

from workbench.cli.layout import cells, cut, indented, table


def test_wide_characters_take_two_cells() -> None:
    assert cells("abc") == 3
    assert cells("日本") == 4
    assert cells("e\u0301") == 1
    assert cut("日本語です", 5) == "日本…"
    assert cut("short", 5) == "short"
    assert cut("longer", 5) == "long…"


def test_columns_are_aligned_and_the_flexible_one_gives_way() -> None:
    rows = [("#", "SUBJECT", "WHO"), ("7", "a very long subject indeed", "maya"), ("1042", "日本", "-")]
    assert table(rows, right=frozenset({0}), flexible=1, width=24) == [
        "   #  SUBJECT       WHO",
        "   7  a very long…  maya",
        "1042  日本          -",
    ]
    assert table([], flexible=0, width=10) == []


def test_lines_of_a_body_are_indented_and_visible() -> None:
    assert indented("a\n\n\tb\x1b", "  ") == ["  a", "", "      b␛"]


@given(st.text(max_size=60), st.integers(1, 40))
def test_what_is_cut_fits_and_is_one_visible_line(text: str, width: int) -> None:
    shown = cut(text, width)
    assert cells(shown) <= width
    assert "\n" not in shown
    assert "\x1b" not in shown


@given(st.lists(st.tuples(st.text(max_size=30), st.integers(0, 9999)), min_size=1, max_size=5), st.integers(20, 60))
def test_a_table_fits_its_width(rows: list[tuple[str, int]], width: int) -> None:
    lines = table([(text, str(number)) for text, number in rows], right=frozenset({1}), flexible=0, width=width)
    assert len(lines) == len(rows)
    assert all(cells(line) <= width for line in lines)
