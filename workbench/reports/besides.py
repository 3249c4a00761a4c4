"""What else is often wrong where support has tiers, each found or not by a stated rule, with what shows it.

That each hand-off should start where the last one stopped, that known trouble be answered by whoever meets it first,
and that what the first line lacks be written down where it works is what the Consortium for Service Innovation
advises (*KCS v6 Practices Guide*; *Intelligent Swarming*). That a clock which stands still hides how long people wait
is our own reading, and so are the thresholds.
"""

from collections.abc import Mapping
from typing import Final

from workbench.reports.evidence import ComeBack, Evidence
from workbench.reports.findings import By, Clue, Finding
from workbench.reports.model import Figure
from workbench.reports.words import counted

BOUNCED: Final = 0.1
"""Share of resolved tickets that came back to a team that had passed them on."""
UNEXPLAINED: Final = 0.1
"""Share of hand-offs that came back for missing information."""
AVOIDABLE: Final = 3
"""Hand-offs that the first line could have spared, had it had what it lacked."""
HIDDEN: Final = 0.5
"""Share of the resolve clocks' time that was paused from which on being in time says little."""
UNHEARD: Final = 3
"""Resolved tickets whose requester replied while they waited for somebody else."""
_PAIRS: Final = 3
_PROBLEMS: Final = 5


def besides(figures: Mapping[str, Figure], evidence: Evidence) -> list[Finding]:
    """What else is often wrong: bouncing, explaining again, recurring trouble, a first line that lacks something."""
    return [
        _bouncing(figures, evidence),
        _explaining_again(figures, evidence),
        _recurring(figures, evidence),
        _first_line_lacks(evidence),
        _hidden_lateness(evidence),
    ]


def _bouncing(figures: Mapping[str, Figure], evidence: Evidence) -> Finding:
    rule, figure = f"more than {BOUNCED:.0%} of resolved tickets", figures["bounced_tickets"]
    if figure.value is None:
        return Finding("bouncing", False, rule, (Clue("no data: nothing was resolved"),))
    pairs = tuple(list(evidence.ping_pong)[:_PAIRS])
    because = (
        f"{figure.value:.0%} of {counted(figure.denominator or 0, 'resolved ticket')} came back to a team that had"
        " passed them on"
    )
    clue = Clue(because, By.FIGURE if figure.value else By.NOTHING, ("bounced_tickets",))
    advice = "ask the lookup before a hand-off, and after two returns name a person" if figure.value > BOUNCED else ""
    return Finding("bouncing", figure.value > BOUNCED, rule, (clue,), seams=pairs, advice=advice)


def _explaining_again(figures: Mapping[str, Figure], evidence: Evidence) -> Finding:
    rule = f"more than {UNEXPLAINED:.0%} of hand-offs"
    sent = figures["handoffs_returned"].denominator or 0
    if not sent:
        return Finding("explaining_again", False, rule, (Clue("no data: nothing was handed off"),))
    missing = evidence.returned.get("information_missing", 0)
    found = missing / sent > UNEXPLAINED
    because = f"{missing:,} of {counted(sent, 'hand-off')} came back because information was missing"
    clue = Clue(because, By.CODE if missing else By.NOTHING, ("information_missing",))
    advice = "look which fields come back most" if found else ""
    return Finding("explaining_again", found, rule, (clue,), advice=advice)


def _recurring(figures: Mapping[str, Figure], evidence: Evidence) -> Finding:
    again, back = figures["repeats"].value or 0, evidence.come_back
    tickets = tuple(sorted({ref for each in back for ref in each.tickets}))
    clues = [
        Clue(
            f"{counted(again, 'arrival')} at the third line matched a problem that was known already",
            By.FIGURE if again else By.NOTHING,
            ("repeats",),
        ),
        Clue(f"{counted(len(back), 'problem')} came back after a fix", By.NUMBER, (), tickets),
        *(_come_back_told(each) for each in back[:_PROBLEMS]),
    ]
    found = bool(again or back)
    advice = (
        "show the workaround at the first line, see that the rule matches and the answer is written, and look again"
        " for the cause of what came back"
    )
    return Finding("recurring", found, "one is enough", tuple(clues), tickets=tickets, advice=advice if found else "")


def _come_back_told(problem: ComeBack) -> Clue:
    told = f"problem {problem.number}, {problem.title}, with {counted(len(problem.tickets), 'ticket')} since"
    return Clue(told, By.NUMBER, (), problem.tickets)


def _first_line_lacks(evidence: Evidence) -> Finding:
    rule = f"{AVOIDABLE} hand-offs or more"
    if not evidence.avoidable:
        clue = Clue("no data: nobody has said of a hand-off whether it was avoidable")
        return Finding("first_line_lacks", False, rule, (clue,))
    lacking = {name: count for name, count in evidence.avoidable.items() if name != "no"}
    most_first = sorted(lacking, key=lambda name: (-lacking[name], name))
    total = sum(lacking.values())
    judged = counted(sum(evidence.avoidable.values()), "judged hand-off")
    by = By.AVOIDABLE if total else By.NOTHING
    clues = [Clue(f"{total:,} of {judged} could have been spared", by, tuple(most_first))]
    clues += [Clue(f"{lacking[name]:,} of them for want of {name}", By.AVOIDABLE, (name,)) for name in most_first]
    told = ", ".join(f"{name} {lacking[name]:,}" for name in most_first)
    advice = f"the training plan: {told}" if total >= AVOIDABLE else ""
    return Finding("first_line_lacks", total >= AVOIDABLE, rule, tuple(clues), advice=advice)


def _hidden_lateness(evidence: Evidence) -> Finding:
    rule = (
        f"more than {HIDDEN:.0%} of the clocks' time, or {UNHEARD} requesters who replied while their ticket waited"
        " for others"
    )
    if not evidence.clock_s:
        return Finding("hidden_lateness", False, rule, (Clue("no data: no resolve clock has ended"),))
    paused, unheard = evidence.paused_s / evidence.clock_s, evidence.unheard
    clues = (
        Clue(f"{paused:.0%} of the time of resolve clocks was paused", By.PAUSE if paused else By.NOTHING),
        Clue(f"{counted(len(unheard), 'requester')} replied during a pause that went on", By.NUMBER, (), unheard),
    )
    found = paused > HIDDEN or len(unheard) >= UNHEARD
    advice = "look at who waits for whom, answer who has replied, and see that wake-ups are set" if found else ""
    return Finding("hidden_lateness", found, rule, clues, tickets=unheard, advice=advice)
