"""Which tickets stand behind each figure: those that its numerator counts, or the whole that it is measured on."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from workbench.reports import sql
from workbench.reports.model import Ladder, Scope, fewest_for_half
from workbench.reports.reckoning import Way

Path = tuple[str, ...]

_WAYS: Final[Mapping[str, Callable[[Path, Ladder], bool]]] = {
    "l1_resolution_rate": lambda path, ladder: set(path) == {ladder.first},
    "l1_to_l2": lambda path, ladder: ladder.rises(path, ladder.first),
    "l2_to_l3": lambda path, ladder: ladder.rises(path, ladder.second, ladder.third),
    "engineering_involvement": lambda path, ladder: ladder.third in path,
    "time_to_resolve_escalated_median": lambda path, ladder: len(path) > 1,
}
"""Figures whose tickets are known by the tiers they were at."""

_WHOLE: Final[Mapping[str, Callable[[Path, Ladder], bool]]] = {
    "l1_to_l2": lambda path, ladder: ladder.first in path,
    "l2_to_l3": lambda path, ladder: ladder.second in path,
    "time_to_resolve_escalated_median": _WAYS["time_to_resolve_escalated_median"],
}
"""The same for the whole that a figure is a share of, where that is not all resolved tickets."""

_RESOLVED: Final = {
    "bounced_tickets": "bounces > 0",
    "hops_per_ticket": "hops > 0",
    "reopened": "reopens > 0",
    "self_sufficiency": f"{sql.ALONE} AND (SELECT component FROM ticket WHERE id = ticket_id) IS NOT NULL",
    "top_three_share": "resolution.tier = :third AND who IN (SELECT value FROM json_each(:people))",
    "half_of_l3_people": "resolution.tier = :third AND who IN (SELECT value FROM json_each(:people))",
}
"""What a resolved ticket must be besides; nothing for times to resolve."""

_OF_PEOPLE: Final = ("top_three_share", "half_of_l3_people")


def condition_on(name: str, scope: Scope, *, whole: bool = False) -> tuple[str, str]:
    """The table with the tickets behind a figure of resolutions, hand-offs or stays, and the condition on it."""
    if name in ("handoff_completeness", "handoffs_returned"):
        part = sql.COMPLETE if name == "handoff_completeness" else sql.RETURNED
        return "handoff", f"{sql.sent(scope)} AND {'1' if whole else part}"
    if name == "escalation_cost":
        return "stay AS new", sql.arrived(scope)
    if name == "repeats":
        return "stay AS new", f"{sql.arrived(scope)} AND {sql.REPEATED}"
    return "resolution", f"{sql.resolved(scope)} AND {_besides(name, whole)}"


def paths_behind(name: str, ways: Iterable[Way], ladder: Ladder, *, whole: bool = False) -> list[Path]:
    """The ways of the tickets behind a figure of ways; none for another figure."""
    known = _WHOLE if whole else _WAYS
    return [way.path for way in ways if name in known and known[name](way.path, ladder)]


def people_behind(name: str, resolvers: Mapping[str, int], *, whole: bool = False) -> Sequence[str]:
    """The people at L3 that a figure about them counts, the busiest first; none for another figure."""
    busiest = sorted(resolvers, key=lambda login: (-resolvers[login], login))
    if whole and name in _OF_PEOPLE:
        return busiest
    if name == "top_three_share":
        return busiest[:3]
    if name == "half_of_l3_people":
        return busiest[: fewest_for_half(list(resolvers.values())) or 0]
    return []


def _besides(name: str, whole: bool) -> str:
    if name in (_WHOLE if whole else _WAYS):
        return "path IN (SELECT value FROM json_each(:paths))"
    return "1" if whole and name not in _OF_PEOPLE else _RESOLVED.get(name, "1")
