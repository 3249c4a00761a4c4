"""The three ways in which a tiered model breaks, each found or not by a stated rule, with what shows it.

The three patterns are those that practice reports tell of again and again: everything funnels to a few people
(the "Brent" of Kim, Behr and Spafford, *The Phoenix Project*, 2013), the last tier becomes a store of what nobody
wants (Consortium for Service Innovation, *Intelligent Swarming*), and work rots where responsibilities meet (Skelton
and Pais, *Team Topologies*, 2019). What to do is what they advise: protect the few by having them write down what only
they know; swarm on what is passed about; give each meeting point one responsible side. The thresholds are ours; each
stands here with its name, and in the rule that is told.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from workbench.reports.evidence import Evidence, Hop, Pair, Refs
from workbench.reports.findings import By, Clue, Finding
from workbench.reports.model import Figure, Unit
from workbench.reports.words import counted, listed, value_words
from workbench.tickets.clocks import Thresholds

ENOUGH: Final = 10
"""Third-line resolves; of fewer, three names say nothing."""
FEW: Final = 0.6
"""Share of third-line resolves by three people from which on the others are not needed, or not asked."""
ALONE: Final = 3
"""Resolved tickets of a component, all by one person, from which on only they know it."""
GRAVES: Final = 5
"""Tickets in the graveyard from which on it is one."""
POTATOES: Final = 3
"""Hot potatoes from which on they are a habit."""
UNACCEPTED: Final = 3
"""Hand-offs that nobody accepted from which on the seam between sender and receiver does not hold."""
AT_SEAMS: Final = 3
"""Open tickets that hopped over a seam that nobody leads."""
PING_PONG: Final = 5
"""Tickets that two teams passed back and forth in the period."""
_TOLD: Final = 5
"""Components, or pairs of teams between which something lies, that are told of; the others are a number."""
_PAIRS: Final = 3
"""Pairs of teams that passed tickets back and forth."""


def patterns(
    figures: Mapping[str, Figure], evidence: Evidence, resolvers: Mapping[str, int], limits: Thresholds
) -> list[Finding]:
    """The three ways in which tiers break: few people, the graveyard, the seams."""
    return [_bottleneck(figures, evidence, resolvers), _graveyard(figures, evidence, limits), _seams(evidence)]


def _bottleneck(figures: Mapping[str, Figure], evidence: Evidence, resolvers: Mapping[str, int]) -> Finding:
    rule = f"three people do {FEW:.0%} or more of at least {ENOUGH} third-line resolves"
    total = sum(resolvers.values())
    busiest = sorted(resolvers, key=lambda who: (-resolvers[who], who))[:3]
    alone = _alone(evidence)
    share = sum(resolvers[who] for who in busiest) / total if total else 0.0
    found = total >= ENOUGH and share >= FEW
    clues = [Clue(f"{counted(total, 'ticket')} resolved at the third line; {ENOUGH} are needed to tell")]
    if total >= ENOUGH:
        half = figures["half_of_l3_people"].value or 0
        did = f"{', '.join(busiest)} did {share:.0%} of {total:,} third-line resolves"
        clues = [
            Clue(did, By.FIGURE, ("top_three_share",)),
            Clue(f"people who did half of them: {half:.0f}", By.FIGURE, ("half_of_l3_people",)),
        ]
    clues += _alone_told(alone)
    missed = _most_missed(resolvers, alone)
    if missed is not None:
        by = By.PERSON if missed in resolvers else By.NOTHING
        clues.append(Clue(_missed_told(missed, resolvers, alone), by, (missed,)))
    advice = f"let {missed} write down what only they know, and take no hand-off alone" if found else ""
    return Finding("bottleneck", found, rule, tuple(clues), tuple(busiest), advice=advice)


def _alone(evidence: Evidence) -> dict[str, str]:
    """Components of which one known person resolved every ticket, by that person; most tickets first."""
    lone = {name: people for name, people in evidence.knowers.items() if len(people) == 1 and "" not in people}
    often = {name: sum(people.values()) for name, people in lone.items()}
    return {
        name: next(iter(lone[name]))
        for name in sorted(often, key=lambda name: (-often[name], name))
        if often[name] >= ALONE
    }


def _alone_told(alone: Mapping[str, str]) -> Iterator[Clue]:
    for component, who in list(alone.items())[:_TOLD]:
        yield Clue(f"{who} alone resolves {component}", By.COMPONENT, (component,))
    if len(alone) > _TOLD:
        yield Clue(f"of {counted(len(alone) - _TOLD, 'more component')} one person alone resolves the tickets")


def _most_missed(resolvers: Mapping[str, int], alone: Mapping[str, str]) -> str | None:
    """Who has the most components that nobody else resolves and then the most third-line resolves."""
    lone = list(alone.values())
    people = sorted({*resolvers, *lone})
    return max(people, key=lambda who: (lone.count(who), resolvers.get(who, 0)), default=None)


def _missed_told(who: str, resolvers: Mapping[str, int], alone: Mapping[str, str]) -> str:
    lone = list(alone.values()).count(who)
    does = [f"{counted(lone, 'component')} that nobody else resolves"] if lone else []
    does += [counted(resolvers[who], "third-line resolve")] if who in resolvers else []
    return f"{who} would be missed most: {listed(does)}"


def _graveyard(figures: Mapping[str, Figure], evidence: Evidence, limits: Thresholds) -> Finding:
    rule = f"{GRAVES} tickets in the graveyard, {POTATOES} hot potatoes, or {UNACCEPTED} hand-offs not accepted"
    graves, potatoes = _together([evidence.old, evidence.untouched]), _together(evidence.potatoes.values())
    waiting = tuple(dict.fromkeys(ref for ref, _, _ in evidence.waiting))
    found = len(graves) >= GRAVES or len(potatoes) >= POTATOES or len(evidence.waiting) >= UNACCEPTED
    oldest = figures["graveyard_oldest"].value
    lie = f"{counted(len(graves), 'open ticket')} in the graveyard"
    lie += "" if oldest is None else f", the oldest for {oldest / 86_400:.0f} days"
    clues = [Clue(lie, By.FIGURE, ("graveyard_count",))] if graves else [Clue(lie)]
    if graves:
        clues += [
            Clue(f"{len(refs):,} of them {how} for {limit.days} days or more", By.NUMBER, (), refs)
            for refs, how, limit in (
                (evidence.old, "open", limits.graveyard_after_open),
                (evidence.untouched, "untouched", limits.graveyard_after_untouched),
            )
        ]
    clues.append(Clue(f"{counted(len(potatoes), 'hot potato', 'hot potatoes')}", By.NUMBER, (), potatoes))
    clues += [
        Clue(f"{source} passed {len(refs):,} of them to {target}", By.NUMBER, (), refs)
        for (source, target), refs in list(evidence.potatoes.items())[:_TOLD]
    ]
    clues.append(Clue(f"{counted(len(evidence.waiting), 'hand-off')} that nobody has accepted", By.NUMBER, (), waiting))
    pairs = {(source, target): None for _, source, target in evidence.waiting}
    clues += [_waiting_told(pair, evidence) for pair in list(pairs)[:_TOLD]]
    tickets = tuple(dict.fromkeys([*graves, *potatoes, *waiting]))
    advice = "decide each of them this week: close it, name a person, or start a swarm" if found else ""
    seams = tuple(dict.fromkeys([*pairs, *evidence.potatoes]))
    return Finding("graveyard", found, rule, tuple(clues), tickets=tickets, seams=seams, advice=advice)


def _waiting_told(pair: Pair, evidence: Evidence) -> Clue:
    refs = tuple(ref for ref, source, target in evidence.waiting if (source, target) == pair)
    return Clue(f"{len(refs):,} of them from {pair[0]} to {pair[1]}", By.NUMBER, (), refs)


def _seams(evidence: Evidence) -> Finding:
    rule = f"{AT_SEAMS} open tickets at seams without lead, or {PING_PONG} tickets that two teams passed back and forth"
    at_seams, worst = _together(evidence.seams.values()), [*evidence.ping_pong.items()][:_PAIRS]
    found = len(at_seams) >= AT_SEAMS or any(tickets >= PING_PONG for _, tickets in worst)
    hopped = f"{counted(len(at_seams), 'open ticket')} hopped over a seam that nobody leads"
    clues = [Clue(hopped, By.NUMBER, (), at_seams)]
    clues += [
        Clue(f"{one} ⇄ {other} has no lead: {counted(len(refs), 'open ticket')}", By.NUMBER, (), refs)
        for (one, other), refs in list(evidence.seams.items())[:_TOLD]
    ]
    if len(evidence.seams) > _TOLD:
        clues.append(Clue(f"{counted(len(evidence.seams) - _TOLD, 'more seam')} without lead"))
    clues += [_ping_pong_told(pair, tickets, evidence.hops) for pair, tickets in worst]
    pairs = [pair for pair, refs in evidence.seams.items() if refs]
    pairs += [pair for pair, tickets in worst if tickets >= PING_PONG or pair == worst[0][0]]
    advice = "agree for each seam which team leads there, and write it into the catalogue" if found else ""
    seams = tuple(dict.fromkeys(pairs))
    return Finding("seams", found, rule, tuple(clues), tickets=at_seams, seams=seams, advice=advice)


def _ping_pong_told(pair: Pair, tickets: int, hops: Iterable[Hop]) -> Clue:
    lay = sum(hop.seconds for hop in hops if {hop.source, hop.target} == set(pair))
    told = f"{pair[0]} and {pair[1]} passed {counted(tickets, 'ticket')} back and forth"
    lain = f"what they passed on to each other had lain {value_words(lay, Unit.SECONDS)} in all"
    return Clue(f"{told}; {lain}", By.BACK_AND_FORTH, pair)


def _together(parts: Iterable[Refs]) -> Refs:
    return tuple(sorted({ref for refs in parts for ref in refs}))
