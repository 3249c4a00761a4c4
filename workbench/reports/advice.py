"""Which support model fits each team and each component, by what came to it and by what the catalogue says."""

from collections.abc import Iterable, Mapping, Sequence

from workbench.ownership.model import Component
from workbench.reports.evidence import Load, Loads
from workbench.reports.fitting import Fit, Of, Ownership, fit

NOTHING_OWNED = Ownership(0, 0, 0)


def fits(teams: Sequence[str], components: Iterable[Component], loads: Loads, weeks: int) -> list[Fit]:
    """For every team, and then for every component that anything came about, those with the most tickets first."""
    known = {each.slug: each for each in components}
    owns = {name: _ownership(each, known) for name, each in known.items() if each.team is not None}
    catalogued = bool(owns)
    of_teams, nothing = _of_teams(owns, known), Load((0,) * weeks, 0, 0, 0, 0, 0)

    def told(of: Of, name: str, load: Load, own: Ownership) -> Fit:
        return fit(of, name, load, own, len(teams), catalogued=catalogued)

    found = [told(Of.TEAM, team, loads.teams.get(team, nothing), of_teams.get(team, NOTHING_OWNED)) for team in teams]
    busiest = sorted(loads.components, key=lambda name: (-loads.components[name].tickets, name))
    found += [told(Of.COMPONENT, name, loads.components[name], owns.get(name, NOTHING_OWNED)) for name in busiest]
    return found


def _ownership(component: Component, known: Mapping[str, Component]) -> Ownership:
    foreign = sum(name in known and known[name].team != component.team for name in component.needs)
    return Ownership(1, len(component.needs), foreign)


def _of_teams(owns: Mapping[str, Ownership], known: Mapping[str, Component]) -> dict[str, Ownership]:
    """What each team owns alone, and how much of what that needs belongs to others."""
    found: dict[str, Ownership] = {}
    for name, each in owns.items():
        team = known[name].team
        if team is not None:
            before = found.get(team, NOTHING_OWNED)
            found[team] = Ownership(*(one + other for one, other in zip(before, each, strict=True)))
    return found
