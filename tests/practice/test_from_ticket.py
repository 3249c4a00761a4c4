"""Real tickets told as scenarios: nobody who is known is in them any more, and the file can be read."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.offices import HOSTILE, Office
from workbench.desk import Desk
from workbench.errors import Refused
from workbench.escalation.model import Direction, Form
from workbench.escalation.reading import read_form
from workbench.practice.checking import doubts
from workbench.practice.disguise import Disguise
from workbench.practice.model import Ending, Scenario
from workbench.practice.reading import read_scenario
from workbench.practice_desk import PracticeDesk, retold
from workbench.tickets.model import NewTicket
from workbench.tickets.rules import Resolution
from workbench.tickets.vocabulary import Priority

KEPT = "at 14:05 on 2026-11-20 or 20.11.2026, 502 twice, 0x80070005"


@pytest.fixture
def disguise() -> Disguise:
    disguise = Disguise(1)
    disguise.thing("Contoso Ltd", "Brightwater")
    disguise.people([("maya", "Maya Chen"), ("mia", "Mia")])
    disguise.name("Dana Reyes", "Joy Miller")
    return disguise


@pytest.mark.parametrize(
    ("text", "becomes"),
    [
        ("Dana Reyes called; DANA is angry. Mrs Reyes!", "Joy Miller called; JOY is angry. Mrs Miller!"),
        ("Contoso Ltd, or Contoso", "Brightwater, or Brightwater"),
        ("danaides and Reyeses stay", "danaides and Reyeses stay"),
        (
            "dana@contoso.com, DANA@contoso.com, d@x.org",
            "person1@example.org, person1@example.org, person2@example.org",
        ),
        ("srv.corp.local (10.1.2.3) and web.contoso.example", "host1.example (192.0.2.1) and host2.example"),
        ("fe80:0:0:1:2:3 and aa:bb:cc:dd:ee:01", "192.0.2.1 and 00:00:5e:00:53:01"),
        ("BRW-LT042, brw-lt042, BRW-LT043, web01", "device-1, device-1, device-2, device-3"),
        ("+49 (171) 234-5678 and 030 1234567", "555-0101 and 555-0102"),
        (KEPT, KEPT),
    ],
)
def test_the_same_becomes_the_same(disguise: Disguise, text: str, becomes: str) -> None:
    assert disguise(text) == becomes
    assert disguise(text) == becomes


def test_titles_are_no_names() -> None:
    disguise = Disguise(1)
    disguise.name("Dr. Dana Q. Reyes", "Prof. Joy Miller")
    told = disguise("Dr. Dana Q. Reyes, Dana, Mrs Reyes; not Dr. Dent")
    assert told == "Prof. Joy Miller, Joy, Mrs Miller; not Dr. Dent"


def test_numbers_keep_their_length_and_are_the_same_all_through(disguise: Disguise) -> None:
    first, second, again = disguise("77120 or 4711, ORD77120B").replace(" or ", " ").replace(", ORD", " ").split()
    assert (len(first), len(second)) == (5, 4)
    assert first != "77120"
    assert again == f"{first}B"
    assert Disguise(1)("77120") == Disguise(1)("77120")


def test_people_become_others_who_are_nobody_here() -> None:
    disguise = Disguise(1)
    disguise.people((f"p{number}", f"Alex Morgan{number}") for number in range(30))
    told = disguise(" ".join(f"Morgan{number}" for number in range(30)))
    assert "Morgan" not in told
    assert "Alex" not in told


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    ("piece", "becomes"),
    [
        *((piece, piece * 3) for piece in ("a.", "a-", "xy", "+1(")),
        ("1 ", "555-0101 555-0101 "),
        ("a@", "person1@example.org@"),
        ("ab:", "00:00:5e:00:53:01:"),
    ],
)
def test_no_text_takes_long(disguise: Disguise, piece: str, becomes: str) -> None:
    assert disguise(piece * 100_000).startswith(becomes)


@given(st.text(max_size=200))
def test_what_is_told_again_is_not_told_otherwise(text: str) -> None:
    assert Disguise(3)(text) == Disguise(3)(text)


def done(office: Office, subject: str, body: str) -> int:
    """A ticket of Dana's that was asked about, answered and resolved."""
    work = office.desk("maya")
    ref = work.tickets.open(NewTicket(subject, body, contact="Dana Reyes")).ref
    work.tickets.take(ref)
    work.tickets.comment(ref, "Hello Dana, which message do you see? Maya")
    work.tickets.reply(ref, "It says # boo.\n# not a heading\n```\nDana, 0171 2345678")
    work.tickets.note(ref, "called dana.reyes@contoso.com about PC-0042")
    work.tickets.prioritise(ref, Priority.P2, "many more")
    work.tickets.resolve(ref, Resolution("Dana's cable", "a new one\n## Key"))
    return ref


def scenario_of(office: Office, practice: PracticeDesk, ref: int) -> tuple[str, Scenario]:
    text = retold(office.desk("maya"), practice, ref)
    return text, read_scenario(text, "retold")


def test_a_ticket_becomes_a_scenario_about_somebody_else(office: Office, desk: PracticeDesk) -> None:
    ref = done(office, "Dana Reyes: order 77120", "I, Dana, at PC-0042.\n\n# Not a heading\n## Key\nnone")
    text, scenario = scenario_of(office, desk, ref)
    for secret in ("Dana", "Reyes", "77120", "0042", "2345678", "contoso", "Maya", "Chen", "Northwind"):
        assert secret.lower() not in text.lower()
    assert doubts(scenario, text, "", desk.known()) == ()
    assert scenario.truth.priority is Priority.P2
    assert scenario.truth.ending is Ending.RESOLVED
    assert "# Not a heading" in scenario.body
    (answer,) = scenario.answers
    assert "message" in answer.words
    assert "# not a heading" in answer.text
    assert scenario.key[0] == "take"
    assert scenario.key[-1].startswith("resolve: ")


@pytest.mark.parametrize(
    ("cause", "fix", "act"), [("", "", "to be told | to be told"), ("a | b", "", "a | b | to be told")]
)
def test_a_ticket_without_cause_or_fix_has_a_key_to_be_filled_in(
    office: Office, desk: PracticeDesk, cause: str, fix: str, act: str
) -> None:
    tickets = office.desk("maya").tickets
    ref = tickets.open(NewTicket("Gateway drops", contact="Dana Reyes")).ref
    tickets.take(ref)
    tickets.resolve(ref, Resolution(cause, fix))
    text, scenario = scenario_of(office, desk, ref)
    assert scenario.key[-1] == f"resolve: {act}"
    assert doubts(scenario, text, "", desk.known()) == ()


@pytest.mark.parametrize("subject", HOSTILE)
def test_hostile_text_stays_text(office: Office, desk: PracticeDesk, subject: str) -> None:
    ref = done(office, subject, f"---\n{subject}\n---\n```\n# {subject}\n## Hint\n{subject}")
    text, scenario = scenario_of(office, desk, ref)
    assert scenario.hints == ()
    assert not any(ord(character) < 32 for character in text.replace("\n", ""))


def test_what_was_handed_off_is_handed_off_in_the_scenario(office: Office, desk: PracticeDesk) -> None:
    work: Desk = office.desk("maya")
    ref = work.tickets.open(NewTicket("Gateway drops", contact="Dana Reyes")).ref
    work.tickets.take(ref)
    form = {
        "direction": "up",
        "to": "second-line",
        "reason": {"category": "runbook_failed", "words": "it did not help"},
        "summary": "drops all the time",
        "steps": [{"what": "restarted", "outcome": "failed"}],
        "diagnostics": [{"what": "ping", "value": "lost", "at": "10:00"}],
        "impact": "one",
        "urgency": "hampered",
    }
    work.escalation.send(ref, read_form(form, Form()))
    office.desk("omar").tickets.resolve(ref, Resolution("worn out", "replaced", one_off="it was old"))
    text, scenario = scenario_of(office, desk, ref)
    assert (scenario.truth.ending, scenario.truth.direction) == (Ending.HANDED_OFF, Direction.UP)
    assert scenario.truth.to == "workplace"  # the first of the same tier
    assert {"summary", "steps", "diagnostics", "reason"} <= set(scenario.truth.rows)
    assert doubts(scenario, text, "", desk.known()) == ()


def test_what_is_not_done_has_no_end_to_be_told(office: Office, desk: PracticeDesk, tmp_path: Path) -> None:
    ref = office.desk("maya").tickets.open(NewTicket("Open")).ref
    with pytest.raises(Refused, match="is new"):
        retold(office.desk("maya"), desk, ref)
