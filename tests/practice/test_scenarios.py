"""The scenarios that come with the program: what they say is true of what the product itself does and proposes."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.practice.player import category_of
from tests.practice.rehearsals import Rehearsal
from workbench.escalation.model import Category, Direction, Form, Row
from workbench.escalation.proposal import Proposal, propose
from workbench.escalation.required import ALWAYS, required_rows
from workbench.practice.checking import doubts
from workbench.practice.happening import answer_to
from workbench.practice.model import UNABLE, Ending, Scenario, Skill
from workbench.practice.shelf import Shelved, read_shelf
from workbench.practice_desk import PracticeDesk
from workbench.tickets.model import Ticket
from workbench.tickets.vocabulary import Priority, State

SHIPPED = read_shelf(Path("no own ones")).scenarios
NAMES = list(SHIPPED)
HANDED_OFF = [name for name, each in SHIPPED.items() if each.scenario.truth.ending is Ending.HANDED_OFF]
INCIDENTS = ["credentials", "outbound-alert", "server-outbound"]
"""Security owns what happened, whoever owns where it happened: their debriefs say why the proposal is not followed."""

ENDINGS = {Ending.HANDED_OFF: "hand off", Ending.LINKED: "link", Ending.RESOLVED: "resolve:"}
ADDRESS = re.compile(r"\b\d{1,3}(?:\.\d{1,3}){3}\b")
DOCUMENTED = ("192.0.2.", "198.51.100.", "203.0.113.")
"""RFC 5737: addresses that belong to nobody."""
HOST = re.compile(r"\b[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|de|io|local|example)\b")
PHONE = re.compile(r"(?:\+|\b0)\d[\d /-]{6,}\d")
FOR_DRAMA = re.compile(r"0171 39200 \d\d")
"""Mobile numbers that the German regulator keeps for films."""


@pytest.fixture(scope="module")
def desk(practice_file: Path) -> Iterator[PracticeDesk]:
    """The practice file as it is made; nothing is written to it."""
    with Rehearsal(practice_file).desk("maya") as desk:
        yield desk


@pytest.fixture(params=NAMES)
def shelved(request: pytest.FixtureRequest) -> Shelved:
    """Each in turn."""
    return SHIPPED[request.param]


@pytest.fixture
def scenario(shelved: Shelved) -> Scenario:
    """Each in turn, read."""
    return shelved.scenario


def seen_through(desk: PracticeDesk, scenario: Scenario) -> Ticket:
    """Its ticket at the first team of its tier, with the component and the priority that are right."""
    team, now = desk.organisation.current().first_team(scenario.level), desk.now()
    return Ticket(
        ref=0,
        subject=scenario.subject,
        body=scenario.body,
        state=State.OPEN,
        tier=team.tier,
        team=team.slug,
        priority=scenario.truth.priority,
        impact=scenario.impact,
        urgency=scenario.urgency,
        opened_at=now,
        arrived_at=now,
        touched_at=now,
        progress_at=now,
        client=scenario.client,
        contact=scenario.contact,
        component=scenario.truth.component,
    )


def proposed(desk: PracticeDesk, scenario: Scenario) -> Proposal:
    """What the product would propose."""
    ticket = seen_through(desk, scenario)
    known = desk.escalation.gathering.known(ticket)
    return propose(ticket, desk.organisation.current(), known.owner, known.seam)


def test_there_are_24_and_all_can_be_read() -> None:
    shelf = read_shelf(Path("no own ones"))
    assert len(shelf.scenarios) == 24
    assert shelf.faults == ()


def test_what_it_names_is_there(desk: PracticeDesk, shelved: Shelved) -> None:
    assert doubts(shelved.scenario, shelved.text, "x.md", desk.known()) == ()
    contacts = desk.organisation.contacts(shelved.scenario.client)
    assert shelved.scenario.contact in [contact.name for contact in contacts]


def test_outputs_stand_at_steps_of_its_runbook_that_run_a_command(desk: PracticeDesk, scenario: Scenario) -> None:
    for slug, number in scenario.outputs:
        assert slug == scenario.truth.runbook
        step = next(step for step in desk.runbooks.get(slug).steps if step.number == number)
        assert step.command is not None, f"{slug} {number} prints nothing"


@pytest.mark.parametrize("name", sorted(set(HANDED_OFF) - set(INCIDENTS)))
def test_it_goes_where_the_product_proposes(desk: PracticeDesk, name: str) -> None:
    scenario = SHIPPED[name].scenario
    proposal = proposed(desk, scenario)
    to = (
        scenario.truth.to if scenario.truth.direction is not Direction.SWARM else ""
    )  # who drives is for a person to say
    assert (proposal.direction, proposal.to) == (scenario.truth.direction, to), proposal.because


@pytest.mark.parametrize("name", INCIDENTS)
def test_an_incident_goes_to_who_own_incidents(desk: PracticeDesk, name: str) -> None:
    scenario = SHIPPED[name].scenario
    assert scenario.truth.to == "security"
    entry = desk.runbooks.entry(scenario.truth.runbook or "")
    assert entry.owner == "security"
    assert "the form proposes" in scenario.debrief.casefold()
    target = desk.escalation.forms.target(Form(to="security"), seen_through(desk, scenario))
    way = desk.escalation.forms.direction(target, seen_through(desk, scenario))
    assert way is scenario.truth.direction is Direction.UP


@pytest.mark.parametrize("name", HANDED_OFF)
def test_its_rows_are_what_has_to_be_said(desk: PracticeDesk, name: str) -> None:
    """What cannot wait may owe the rest; the impact is filled in by itself."""
    truth, organisation = SHIPPED[name].scenario.truth, desk.organisation.current()
    assert truth.direction is not None
    target = organisation.team(truth.to or "")
    category = category_of(SHIPPED[name].scenario)
    required = set(required_rows(truth.direction, target, category, organisation)) - {Row.IMPACT}
    cannot_wait = truth.priority is Priority.P1 or category is Category.SECURITY
    assert set(truth.rows) >= (set(ALWAYS) - {Row.IMPACT} if cannot_wait else required)
    assert all(word == word.strip() for words in truth.rows.values() for word in words)


def test_the_key_is_whole(scenario: Scenario) -> None:
    key, truth = scenario.key, scenario.truth
    assert key[:3] == ("take", "priority", "component")
    assert ("run" in key) is (truth.runbook is not None)
    assert [act for act in key if act.startswith(tuple(ENDINGS.values()))] == [
        act for act in key if act.startswith(ENDINGS[truth.ending])
    ]
    said = " ".join(act for act in key if act.startswith("say ")).casefold()
    for telling in truth.told:
        assert any(word in said for word in telling.words), telling.what


def test_there_is_something_to_be_told_and_to_be_found_out(scenario: Scenario) -> None:
    assert scenario.truth.told
    assert scenario.answers
    assert scenario.hints
    assert len(scenario.debrief) > 150
    words = [word for answer in scenario.answers for word in answer.words]
    assert len(words) == len(set(words)), "two answers to one word"
    assert min(map(len, words)) > 1


def test_being_asked_brings_each_answer(scenario: Scenario) -> None:
    for answer in scenario.answers:
        for word in answer.words:
            assert answer.text in (scenario.answer(f"And {word.upper()}?") or "")


@pytest.mark.parametrize(
    "question",
    [
        "Who else has it, and since when? What does the message say?",
        "Is it only you?",
        "Does anyone else have it?",
        "Do your colleagues see it too?",
        "Is somebody else affected?",
        "Has your neighbour got the same?",
        "How many people are hit?",
        "Everyone, or just you?",
        "When did it start?",
        "How long have you had that?",
    ],
)
def test_what_one_asks_in_any_trouble_is_answered(scenario: Scenario, question: str) -> None:
    assert answer_to(scenario, question) not in (None, UNABLE)


def test_its_surprises_come_while_there_is_time(scenario: Scenario) -> None:
    assert all(later.after < scenario.truth.within for later in scenario.later)


def test_nobody_real_is_in_it(shelved: Shelved) -> None:
    assert all(address.startswith(DOCUMENTED) for address in ADDRESS.findall(shelved.text))
    assert all(host.endswith(".example") for host in HOST.findall(shelved.text.replace(".example.net", ".example")))
    assert all(FOR_DRAMA.fullmatch(phone) for phone in PHONE.findall(shelved.text))


def test_every_skill_is_practised_at_every_tier() -> None:
    for level in ("L1", "L2"):
        skills = {skill for each in SHIPPED.values() if each.scenario.level == level for skill in each.scenario.skills}
        assert skills == set(Skill)
