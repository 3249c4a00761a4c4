"""Plays a scenario by the lines of its key, through the services that a person's keys lead to."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from workbench.duration import parse_duration
from workbench.escalation.model import CATEGORY_WORDS, Category, Diagnostic, Form, Row, StepTaken
from workbench.practice.model import Scenario, Skill
from workbench.practice.scoring import Sheet
from workbench.practice.session import SessionKind
from workbench.practice_desk import PracticeDesk
from workbench.runbooks.runs.model import Did
from workbench.tickets.rules import Resolution

SEED = 1


def played(desk: PracticeDesk, scenario: Scenario, acts: Iterable[str]) -> Sheet:
    """The sheet of a session on one scenario in which these acts were done, one after the other."""
    session = desk.practice.begin(SessionKind.SCENARIO, scenario.name, seed=SEED)
    (arrival,) = desk.practice.status().arrived
    assert arrival.ref is not None
    for act in acts:
        play(desk, scenario, arrival.ref, act)
    (marked,) = desk.practice.end().marked
    assert marked.over
    assert session.counts == set(Skill)
    return marked.sheet


def play(desk: PracticeDesk, scenario: Scenario, ref: int, act: str) -> None:
    """Does one act of a key."""
    truth = scenario.truth
    verb, _, rest = act.partition(" ")
    if act == "take":
        desk.tickets.take(ref)
    elif act == "priority":
        desk.tickets.prioritise(ref, truth.priority, f"{truth.impact}, {truth.urgency}")
    elif act == "component":
        desk.tickets.set_component(ref, truth.component or "")
    elif act == "run":
        run(desk, truth.runbook or "", ref)
    elif act == "link":
        known = next(problem for problem in desk.problems.all() if problem.title == truth.problem)
        desk.problems.link(ref, known.number)
    elif act == "hand off":
        lead = desk.organisation.current().team(truth.to or "").people[0]
        desk.escalation.send(ref, whole_form(scenario, desk.escalation.forms.form(ref), lead))
    elif act == "call in":
        people = [desk.organisation.current().team(slug).people[0] for slug in truth.called]
        for person in people:
            desk.escalation.swarms.join(ref, person)
    elif verb == "wait":
        desk.practice.tick(timedelta(seconds=parse_duration(rest)))
    elif act == "tell callers":
        for caller in range(ref + 1, desk.tickets.store.next_number()):
            desk.tickets.comment(caller, "It is known, and somebody works on it.")
    elif verb == "say":
        desk.tickets.comment(ref, rest)
    elif verb == "resolve:":
        cause, _, fix = rest.partition(" | ")
        desk.tickets.resolve(ref, Resolution(cause=cause, fix=fix))
    else:
        raise AssertionError(f"no act of a key: {act}")


def run(desk: PracticeDesk, slug: str, ref: int) -> None:
    """Goes through a runbook; each step is done."""
    run = desk.runs.begin(slug, ref)
    while run.current is not None:
        run = desk.runs.step(run, Did.DONE)


def whole_form(scenario: Scenario, known: Form, lead: str) -> Form:
    """The form, driven by `lead` where it is a swarm's.

    Each part of a row says the first word that the truth has for it, and "none" where it has no such row.
    """
    said = {row: words[0] if words else "none" for row, words in scenario.truth.rows.items()}
    filled = {row: said.get(row, "none") for row in Row}
    return replace(
        known,
        direction=scenario.truth.direction,
        to=next(iter(scenario.truth.people), scenario.truth.to or ""),
        category=category_of(scenario),
        words=filled[Row.REASON],
        summary=filled[Row.SUMMARY],
        steps=(*known.steps, StepTaken(filled[Row.STEPS], "done")),
        diagnostics=(*known.diagnostics, Diagnostic(filled[Row.DIAGNOSTICS], filled[Row.DIAGNOSTICS], "now")),
        error_message=filled[Row.ERROR],
        error_at="now",
        reproduction=filled[Row.REPRODUCTION],
        account=filled[Row.ACCOUNT],
        permissions=filled[Row.ACCOUNT],
        environment=filled[Row.ENVIRONMENT],
        version=filled[Row.ENVIRONMENT],
        recent_changes=filled[Row.CHANGES],
        recent_actions=filled[Row.CHANGES],
        components=tuple(filter(None, (scenario.truth.component, filled[Row.COMPONENTS]))),
        lead=lead,
    )


def category_of(scenario: Scenario) -> Category:
    """The reason that the truth names in words; that no runbook fits where it names none."""
    words = scenario.truth.rows.get(Row.REASON, ())
    return next(
        (each for word in words for each in Category if word in CATEGORY_WORDS[each] or word == each),
        Category.NO_RUNBOOK,
    )
