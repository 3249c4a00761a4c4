"""Words made of what is counted."""

import pytest

from workbench.text import times


@pytest.mark.parametrize(("count", "told"), [(0, "0 times"), (1, "1 time"), (2, "2 times"), (1204, "1,204 times")])
def test_one_is_told_as_one(count: int, told: str) -> None:
    assert times(count) == told
