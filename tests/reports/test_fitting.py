"""Which support model fits a team, and when nobody can tell."""

import pytest

from workbench.organisation.model import SupportModel
from workbench.reports.evidence import Load
from workbench.reports.fitting import Ownership, fit, unsteadiness

STEADY, WILD = (10, 10, 10, 10), (0, 38, 1, 1)


def load(weeks: tuple[int, ...] = STEADY, own: int = 0, pressing: int = 0, hopped: int = 0) -> Load:
    return Load(weeks, sum(weeks), own, pressing, hopped)


@pytest.mark.parametrize(
    ("came", "owns", "teams", "model", "because"),
    [
        (load((1, 2, 3, 4)), Ownership(1, 0, 0), 8, None, "10 tickets within 4 of the weeks are too few"),
        (load((0, 0, 0, 40)), Ownership(1, 0, 0), 8, None, "40 tickets within 1 of the weeks are too few"),
        (load(own=40), Ownership(1, 0, 0), 3, SupportModel.TIERED, "with 3 teams"),
        (load(own=32), Ownership(2, 5, 1), 8, SupportModel.RUN, "from end to end"),
        (load(own=32), Ownership(2, 4, 1), 8, SupportModel.EMBEDDED, "its load steady"),
        (load(own=24), Ownership(2, 4, 4), 8, SupportModel.EMBEDDED, "60% of its tickets"),
        (load((2, 36, 1, 1), own=24), Ownership(2, 4, 4), 8, SupportModel.TIERED, "nothing speaks"),
        (load(own=23, pressing=10, hopped=16), Ownership(2, 4, 4), 8, SupportModel.SWARMING, "cannot wait"),
        (load(own=23, pressing=9, hopped=16), Ownership(2, 4, 4), 8, SupportModel.TIERED, "nothing speaks"),
        (load(own=23, pressing=10, hopped=15), Ownership(2, 4, 4), 8, SupportModel.TIERED, "nothing speaks"),
    ],
)
def test_the_model_by_ownership_load_and_what_crosses_teams(
    came: Load, owns: Ownership, teams: int, model: SupportModel | None, because: str
) -> None:
    found = fit("apps", came, owns, teams)
    assert found.model is model
    assert because in found.because


def test_how_unsteady_a_load_is() -> None:
    assert unsteadiness(STEADY) == 0
    assert unsteadiness((0, 0)) == 0
    assert unsteadiness((0, 20)) == 1
