"""Which support model fits a team or a component, and when nobody can tell."""

import pytest

from workbench.organisation.model import SupportModel
from workbench.ownership.model import Component
from workbench.reports.advice import fits
from workbench.reports.evidence import Load, Loads
from workbench.reports.fitting import Of, Ownership, fit, unsteadiness

STEADY, WILD = (10, 10, 10, 10), (0, 38, 1, 1)


def load(
    weeks: tuple[int, ...] = STEADY, own: int = 0, pressing: int = 0, hopped: int = 0, own_of: int | None = None
) -> Load:
    return Load(weeks, sum(weeks), own, sum(weeks) if own_of is None else own_of, pressing, hopped)


@pytest.mark.parametrize(
    ("came", "owns", "teams", "model", "because"),
    [
        (load((1, 2, 3, 4)), Ownership(1, 0, 0), 8, None, "10 tickets in 4 weeks: too few"),
        (load((0, 0, 0, 40)), Ownership(1, 0, 0), 8, None, "40 tickets in 1 week: too few"),
        (load(own=40), Ownership(1, 0, 0), 3, SupportModel.TIERED, "with 3 teams"),
        (load(own=32), Ownership(2, 5, 1), 8, SupportModel.RUN, "from end to end"),
        (load(own=32), Ownership(2, 4, 1), 8, SupportModel.EMBEDDED, "the load steady"),
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
    found = fit(Of.TEAM, "apps", came, owns, teams, catalogued=True)
    assert found.model is model
    assert because in found.because


@pytest.mark.parametrize(
    ("came", "owns", "model", "because"),
    [
        (load(own=7, own_of=7, hopped=7), Ownership(1, 0, 0), SupportModel.TIERED, "little of it is passed on"),
        (load(own=8, own_of=10, hopped=8), Ownership(1, 0, 0), SupportModel.RUN, "80% of what is passed on comes to"),
        (load(own=7, own_of=10, hopped=8), Ownership(1, 1, 1), SupportModel.EMBEDDED, "100% of what it needs"),
        (load(own=0, own_of=16, hopped=16, pressing=10), Ownership(0, 0, 0), SupportModel.SWARMING, "0% of what"),
        (load((1, 1, 1, 1)), Ownership(1, 0, 0), None, "too few to tell"),
    ],
)
def test_the_model_of_a_component_by_what_is_passed_on(
    came: Load, owns: Ownership, model: SupportModel | None, because: str
) -> None:
    found = fit(Of.COMPONENT, "erp", came, owns, 8, catalogued=True)
    assert (found.of, found.name, found.model) == (Of.COMPONENT, "erp", model)
    assert because in found.because


def test_the_catalogue_says_what_belongs_to_others() -> None:
    components = [
        Component("shop", owners=("payments",), needs=("identity", "ledger", "gone")),
        Component("ledger", owners=("payments",)),
        Component("identity", owners=("platform",)),
        Component("wiki", owners=("payments", "platform"), needs=("identity",)),
    ]
    came = load(own=40, hopped=16)
    found = fits(
        ["payments", "platform", "a", "b"], components, Loads({"payments": came}, {"shop": came, "x": came}), 4
    )
    told = {each.name: each for each in found}
    assert [each.name for each in found] == ["payments", "platform", "a", "b", "shop", "x"]
    assert "33% of what it needs is others'" in told["payments"].because
    assert "33% of what it needs is others'" in told["shop"].because
    assert "0% of what it needs is others'" in told["x"].because
    assert told["platform"].model is None


def test_nobody_can_tell_as_long_as_no_owner_is_known() -> None:
    found = fit(Of.TEAM, "apps", load(own=40), Ownership(0, 0, 0), 8, catalogued=False)
    assert (found.model, found.lacks) == (None, "nobody has said yet who owns what")
    assert fit(Of.TEAM, "apps", load(), Ownership(0, 0, 0), 3, catalogued=False).model is SupportModel.TIERED
    (found,) = fits(["apps"] * 1, [], Loads({"apps": load()}, {}), 4)
    assert found.model is SupportModel.TIERED


def test_how_unsteady_a_load_is() -> None:
    assert unsteadiness(STEADY) == 0
    assert unsteadiness((0, 0)) == 0
    assert unsteadiness((0, 20)) == 1
