"""Whole names that a typed one is a slip of."""

import pytest

from workbench.search.nearest import NearNames, allowed

NAMES = ("vpn", "payments", "payroll", "payment gateway", "checkout gateway", "checkout", "identity")


def names(asked: list[int] | None = None) -> NearNames:
    def of_length(length: int) -> list[str]:
        if asked is not None:
            asked.append(length)
        return [name for name in NAMES if len(name) == length]

    return NearNames(of_length)


@pytest.mark.parametrize(
    ("typed", "first", "slips"),
    [
        ("paymets", "payments", 1),
        ("paymennts", "payments", 1),
        ("paymemts", "payments", 1),
        ("paymenst", "payments", 1),
        ("ayments", "payments", 1),
        ("payments", "payments", 0),
        ("chekcout gatway", "checkout gateway", 2),
        ("vpm", "vpn", 1),
    ],
)
def test_the_nearest_comes_first(typed: str, first: str, slips: int) -> None:
    assert names().near(typed, 5)[0] == (first, slips)


def test_what_is_too_far_is_not_near() -> None:
    assert names().near("xxxxxxx", 5) == []
    assert names().near("abn", 5) == []
    assert names().near("", 5) == []


def test_of_equals_the_same_beginning_comes_first() -> None:
    near = NearNames(lambda length: ["rate", "cats"] if length == 4 else [])
    assert near.near("cate", 5) == [("cats", 1), ("rate", 1)]


def test_each_length_is_read_once_until_it_is_forgotten() -> None:
    asked: list[int] = []
    near = names(asked)
    near.near("paymets", 5)
    read = len(asked)
    near.near("paymets", 5)
    assert len(asked) == read == 2 * allowed(len("paymets")) + 1
    near.forget()
    near.near("paymets", 5)
    assert len(asked) == 2 * read
