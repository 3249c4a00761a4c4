"""Which tickets stand behind each figure: those that its numerator counts, or all that it is measured on."""

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

_RESOLVED: Final = {
    "bounced_tickets": "bounces > 0",
    "hops_per_ticket": "hops > 0",
    "reopened": "reopens > 0",
    "self_sufficiency": f"{sql.ALONE} AND (SELECT component FROM ticket WHERE id = ticket_id) IS NOT NULL",
    "top_three_share": "resolution.tier = :third AND who IN (SELECT value FROM json_each(:people))",
    "half_of_l3_people": "resolution.tier = :third AND who IN (SELECT value FROM json_each(:people))",
}
"""What a resolved ticket must be besides; nothing for times to resolve."""


def condition_on(name: str, scope: Scope) -> tuple[str, str]:
    """The table with the tickets behind a figure that is not about open ones, and the condition on it."""
    if name == "first_response_in_target":
        return "first_response", f"{sql.opened(scope)} AND {sql.MET}"
    if name in ("handoff_completeness", "handoffs_returned"):
        return "handoff", f"{sql.sent(scope)} AND {sql.COMPLETE if name == 'handoff_completeness' else sql.RETURNED}"
    if name == "escalation_cost":
        return "stay AS new", sql.arrived(scope)
    if name == "repeats":
        return "stay AS new", f"{sql.arrived(scope)} AND {sql.REPEATED}"
    besides = "path IN (SELECT value FROM json_each(:paths))" if name in _WAYS else _RESOLVED.get(name, "1")
    return "resolution", f"{sql.resolved(scope)} AND {besides}"


def paths_behind(name: str, ways: Iterable[Way], ladder: Ladder) -> list[Path]:
    """The ways of the tickets behind a figure of ways; none for another figure."""
    return [way.path for way in ways if name in _WAYS and _WAYS[name](way.path, ladder)]


def people_behind(name: str, resolvers: Mapping[str, int]) -> Sequence[str]:
    """The people at L3 that a figure about them counts, the busiest first; none for another figure."""
    busiest = sorted(resolvers, key=lambda login: (-resolvers[login], login))
    if name == "top_three_share":
        return busiest[:3]
    if name == "half_of_l3_people":
        return busiest[: fewest_for_half(list(resolvers.values())) or 0]
    return []
