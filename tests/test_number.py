"""Numbers as people say them."""

import pytest

from workbench.errors import InvalidInput
from workbench.number import LARGEST, number_said, problem_number


@pytest.mark.parametrize("said", ["7", " 7 ", "PRB-7", "prb-7", "PRB- 7", "PRB-007"])
def test_a_problem_is_named_bare_or_as_it_is_printed(said: str) -> None:
    assert problem_number(said) == 7


@pytest.mark.parametrize(
    "said", ["0", "PRB-0", "-7", "PRB--7", "PRB-", "x", "²", "٧", "7.0", str(LARGEST + 1), "9" * 5000]
)
def test_what_no_problem_can_have_is_refused(said: str) -> None:
    with pytest.raises(InvalidInput, match="is no problem's number; it is a number like 7, or PRB-7"):
        problem_number(said)


@pytest.mark.parametrize("said", ["", "  "])
def test_nothing_said_is_no_problem(said: str) -> None:
    assert problem_number(said) is None


def test_a_mark_of_something_else_is_no_part_of_a_number() -> None:
    assert (number_said("0", least=0), number_said(str(LARGEST))) == (0, LARGEST)
    with pytest.raises(InvalidInput, match=f"'PRB-7' is no number from 1 to {LARGEST}$"):
        number_said("PRB-7")
