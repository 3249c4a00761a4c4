"""The ways in which a tiered model breaks, each found or not by a stated rule, with what shows it.

The three patterns are those that practice reports tell of again and again: everything funnels to a few people
(the "Brent" of Kim, Behr and Spafford, *The Phoenix Project*, 2013), the last tier becomes a store of what nobody
wants (Consortium for Service Innovation, *Intelligent Swarming*), and work rots where responsibilities meet (Skelton
and Pais, *Team Topologies*, 2019). The thresholds are ours; each stands here with its name.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from workbench.reports.evidence import Evidence, Hop
from workbench.reports.model import Figure

ENOUGH: Final = 10
"""Third-line resolves; of fewer, three names say nothing."""
FEW: Final = 0.6
"""Share of third-line resolves by three people from which on the others are not needed, or not asked."""
ALONE: Final = 3
"""Resolved tickets of a component, all by one person, from which on only they know it."""
GRAVES: Final = 5
"""Tickets in the graveyard from which on it is one."""
UNACCEPTED: Final = 3
"""Hand-offs that nobody accepted from which on the seam between sender and receiver does not hold."""
AT_SEAMS: Final = 3
"""Open tickets that hopped over a seam that nobody leads."""
PING_PONG: Final = 5
"""Tickets that two teams passed back and forth in the period."""
BOUNCED: Final = 0.1
"""Share of resolved tickets that came back to a team that had passed them on."""
UNEXPLAINED: Final = 0.1
"""Share of hand-offs that came back for missing information."""
AVOIDABLE: Final = 3
"""Hand-offs that the first line could have spared, had it had what it lacked."""
HIDDEN: Final = 0.5
"""Share of the resolve clocks' time that was paused from which on being in time says little."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One pattern, found or not, with what shows it and what to do; `because` says it with the numbers."""

    pattern: str
    found: bool
    because: str
    people: tuple[str, ...] = ()
    tickets: tuple[int, ...] = ()
    seams: tuple[tuple[str, str], ...] = ()
    advice: str = ""


def patterns(
    figures: Mapping[str, Figure],
    evidence: Evidence,
    resolvers: Mapping[str, int],
    graves: Sequence[int],
    at_seams: Sequence[int],
) -> list[Finding]:
    """The three ways in which tiers break: few people, the graveyard, the seams."""
    return [
        _bottleneck(figures, evidence, resolvers),
        _graveyard(figures, evidence, graves),
        _seams(evidence, at_seams),
    ]


def besides(figures: Mapping[str, Figure], evidence: Evidence) -> list[Finding]:
    """What else is often wrong: bouncing, explaining again, recurring trouble, a first line that lacks something."""
    return [
        _bouncing(figures, evidence),
        _explaining_again(figures, evidence),
        _recurring(figures),
        _first_line_lacks(evidence),
        _hidden_lateness(evidence),
    ]


def _bottleneck(figures: Mapping[str, Figure], evidence: Evidence, resolvers: Mapping[str, int]) -> Finding:
    total = sum(resolvers.values())
    busiest = sorted(resolvers, key=lambda who: (-resolvers[who], who))[:3]
    if total < ENOUGH:
        because = f"only {total} tickets were resolved at the third line; {ENOUGH} are needed to tell"
        return Finding("bottleneck", False, because, tuple(busiest))
    share = sum(resolvers[who] for who in busiest) / total
    half = figures["half_of_l3_people"].value or 0
    alone = sorted(
        component
        for component, people in evidence.knowers.items()
        if len(people) == 1 and sum(people.values()) >= ALONE
    )
    because = (
        f"{', '.join(busiest)} did {share:.0%} of {total} third-line resolves; people who did half of them: {half:.0f}"
    )
    if alone:
        because += f"; one person alone resolves {', '.join(alone[:5])}" + (" and more" if len(alone) > 5 else "")
    missed = f"{busiest[0]} would be missed most: let them write down what only they know, and take no hand-off alone"
    return Finding("bottleneck", share >= FEW, because, tuple(busiest), advice=missed if share >= FEW else "")


def _graveyard(figures: Mapping[str, Figure], evidence: Evidence, graves: Sequence[int]) -> Finding:
    waiting = evidence.waiting
    found = len(graves) >= GRAVES or len(waiting) >= UNACCEPTED
    oldest = figures["graveyard_oldest"].value
    because = f"{len(graves)} open tickets lie in the graveyard"
    if oldest is not None:
        because += f", the oldest for {oldest / 86_400:.0f} days"
    because += f"; {len(waiting)} hand-offs are not accepted"
    pairs = tuple(dict.fromkeys((source, target) for _, source, target in waiting))
    tickets = tuple(dict.fromkeys([*graves, *(ref for ref, _, _ in waiting)]))
    advice = "decide each of them this week: close it, name a person, or start a swarm" if found else ""
    return Finding("graveyard", found, because, tickets=tickets, seams=pairs, advice=advice)


def _seams(evidence: Evidence, at_seams: Sequence[int]) -> Finding:
    returning = ping_pong(evidence.hops)
    worst = [pair for pair, tickets in returning.items() if tickets >= PING_PONG]
    found = len(at_seams) >= AT_SEAMS or bool(worst)
    because = f"{len(at_seams)} open tickets hopped over a seam that nobody leads"
    if returning:
        pair, tickets = next(iter(returning.items()))
        lost = sum(hop.seconds for hop in evidence.hops if {hop.source, hop.target} == set(pair))
        because += f"; {pair[0]} and {pair[1]} passed {tickets} tickets back and forth, {lost / 86_400:.0f} days in all"
    pairs = tuple(worst or list(returning)[:1])
    advice = "agree for each seam which team leads there, and write it into the catalogue" if found else ""
    return Finding("seams", found, because, tickets=tuple(at_seams), seams=pairs, advice=advice)


def ping_pong(hops: Sequence[Hop]) -> dict[tuple[str, str], int]:
    """Tickets that came back to the team that had passed them on, by pair of teams, the most first."""
    found: dict[tuple[str, str], int] = {}
    for hop in hops:
        pair = (min(hop.source, hop.target), max(hop.source, hop.target))
        found[pair] = found.get(pair, 0) + hop.came_back
    return dict(sorted(((pair, count) for pair, count in found.items() if count), key=lambda each: (-each[1], each[0])))


def _bouncing(figures: Mapping[str, Figure], evidence: Evidence) -> Finding:
    figure = figures["bounced_tickets"]
    if figure.value is None:
        return Finding("bouncing", False, "no data: nothing was resolved")
    pairs = tuple(list(ping_pong(evidence.hops))[:3])
    because = (
        f"{figure.value:.0%} of {figure.denominator:.0f} resolved tickets came back to a team that had passed them on"
    )
    advice = "ask the lookup before a hand-off, and after two returns name a person" if figure.value > BOUNCED else ""
    return Finding("bouncing", figure.value > BOUNCED, because, seams=pairs, advice=advice)


def _explaining_again(figures: Mapping[str, Figure], evidence: Evidence) -> Finding:
    sent = figures["handoffs_returned"].denominator or 0
    if not sent:
        return Finding("explaining_again", False, "no data: nothing was handed off")
    missing = evidence.returned.get("information_missing", 0)
    found = missing / sent > UNEXPLAINED
    because = f"{missing} of {sent:.0f} hand-offs came back because information was missing"
    return Finding("explaining_again", found, because, advice="look which fields come back most" if found else "")


def _recurring(figures: Mapping[str, Figure]) -> Finding:
    again = figures["repeats"].value or 0
    because = f"{again:.0f} arrivals at the third line matched a problem that was known already"
    advice = (
        "show the workaround at the first line, and see that the rule matches and the answer is written"
        if again
        else ""
    )
    return Finding("recurring", bool(again), because, advice=advice)


def _first_line_lacks(evidence: Evidence) -> Finding:
    lacking = {name: count for name, count in evidence.avoidable.items() if name != "no"}
    total = sum(lacking.values())
    if not evidence.avoidable:
        return Finding("first_line_lacks", False, "no data: nobody has said of a hand-off whether it was avoidable")
    told = ", ".join(f"{name} {count}" for name, count in sorted(lacking.items(), key=lambda each: -each[1]))
    because = f"{total} of {sum(evidence.avoidable.values())} judged hand-offs were avoidable" + (
        f" ({told})" if told else ""
    )
    advice = f"the training plan: {told}" if total >= AVOIDABLE else ""
    return Finding("first_line_lacks", total >= AVOIDABLE, because, advice=advice)


def _hidden_lateness(evidence: Evidence) -> Finding:
    if not evidence.clock_s:
        return Finding("hidden_lateness", False, "no data: no resolve clock has ended")
    paused = evidence.paused_s / evidence.clock_s
    because = f"{paused:.0%} of the time of resolve clocks was paused"
    advice = "look at who waits for whom, and whether wake-ups are set" if paused > HIDDEN else ""
    return Finding("hidden_lateness", paused > HIDDEN, because, advice=advice)
