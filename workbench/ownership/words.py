"""The catalogue in words: what a terminal and a screen both say of components, teams and seams."""

from collections.abc import Mapping
from typing import Final

from workbench.ownership.card import Card, Neighbour, Resolver
from workbench.ownership.matching.findings import Answer
from workbench.ownership.model import Seam, SeamState, Status

MODELS: Final = {
    "tiered": "tiered: hand up",
    "embedded": "embedded: sideways to the team, whoever is on support",
    "swarming": "swarming: several teams together",
    "run": "you build it, you run it: sideways to the team, its pager",
}
"""Support models with the direction that each means."""
_PATTERNS: Final = {"host": "host", "url": "URL", "path": "path"}
NOBODY: Final = "nobody"


def why(answer: Answer) -> str:
    """Why a component was found: `host vpn-*.corp.example fits vpn-7.corp.example`."""
    match, tied = answer.match, " (others fit as well)" if answer.tied else ""
    if not match.pattern:
        return f"no rule covers {match.text}"
    if match.meant:
        return f"{match.text} is like the {_PATTERNS[match.meant]} pattern {match.pattern}{tied}"
    if match.how == "fuzzy":
        return f"{match.pattern} is nearly {match.text}{tied}"
    same = f"{match.how} {match.pattern}"
    return f"{same}{tied}" if match.pattern == match.text else f"{same} fits {match.text}{tied}"


def owner(card: Card) -> str:
    """Whose it is, with what the team's support model means; or what is wrong with that."""
    if card.status is Status.UNOWNED:
        return f"{NOBODY} (unowned)"
    if card.status is Status.DISPUTED:
        return f"{' and '.join(card.owners)} (disputed)"
    team = card.team
    named = f"{team.team} ({team.name}), {MODELS[team.support_model]}" if team else card.owners[0]
    return f"{named}{' (stale)' if card.status is Status.STALE else ''}"


def neighbour(each: Neighbour) -> str:
    """A component beside another one: `identity (engineering: a seam that nobody leads)`."""
    owners = " and ".join(each.owners) or NOBODY
    seam_told = {
        SeamState.NONE: "",
        SeamState.OPEN: ": a seam that nobody leads",
        SeamState.LED: f": a seam that {each.lead} leads",
    }
    return f"{each.component} ({owners}{seam_told[each.seam]})"


def resolver(each: Resolver) -> str:
    """Who resolved how many, and whose they are where they are not the owner's."""
    apart = "" if each.is_owner else f" ({each.team or 'no team'}, not the owner)"
    return f"{each.who} {each.resolved}{apart}"


def seam(each: Seam) -> str:
    """Which component needs which across two teams, and who leads there."""
    lead = f"{each.lead} leads" if each.lead else "nobody leads"
    return f"{each.components[0]} ({each.teams[0]}) needs {each.components[1]} ({each.teams[1]}): {lead}"


def people(resolvers: Mapping[str, int]) -> str:
    """Who resolved how many: `ravi 4, maya 2`."""
    return ", ".join(f"{who} {count:,}" for who, count in resolvers.items())
