"""A runbook's first draft out of a ticket's timeline."""

from hypothesis import given
from hypothesis import strategies as st

from tests.support.offices import HOSTILE, START, Office
from workbench.runbooks.drafting import MOST_STEPS, runbook_draft
from workbench.runbooks.reading import read_runbook
from workbench.runbooks.runs.model import Did
from workbench.tickets.model import Event, Ticket
from workbench.tickets.rules import Resolution
from workbench.tickets.vocabulary import Impact, Kind, Priority, State, Urgency


def test_it_tells_symptom_steps_that_worked_and_signature(office: Office) -> None:
    ref = office.open("Shop pays no more", body="Every third payment: 502 Bad Gateway, error at 14:05.").ref
    tickets = office.desk().tickets
    tickets.set_component(ref, "checkout")
    tickets.comment(ref, "we look into it")
    tickets.note(ref, "Pool of 20 is full.\nQueue 900.")
    tickets.note(ref, "taken back")
    tickets.undo()
    tickets.resolve(ref, Resolution("pool of 20", "Pool set to 80", "x"))
    runbook = read_runbook(runbook_draft(*tickets.with_timeline(ref)), "draft.md")
    assert runbook.title == "Shop pays no more"
    assert runbook.components == ("checkout",)
    assert runbook.signatures == ("Every third payment: 502 Bad Gateway, error at 14:05.",)
    assert [step.title for step in runbook.steps] == ["Pool of 20 is full.", "Pool set to 80"]
    draft = runbook_draft(*tickets.with_timeline(ref))
    assert "> Every third payment" in draft
    assert "1. Pool of 20 is full. Queue 900." in draft
    assert "Cause: pool of 20" in draft


def test_a_run_gives_the_steps_that_were_done_once(office: Office) -> None:
    desk = office.desk()
    desk.runbooks.create("mend", "# Mend [/b]\n\n1. Look\n2. Mend it\n")
    ref = office.open("x").ref
    run = desk.runs.begin("mend", ref)
    run = desk.runs.step(run, Did.FAILED, "not there")
    run = desk.runs.step(run, Did.DONE, "helped")
    desk.runs.end(run, Did.NOT_FIXED)
    runbook = read_runbook(runbook_draft(*desk.tickets.with_timeline(ref)), "draft.md")
    [step] = runbook.steps
    assert "step 2, Mend it: done" in step.title


TEXTS = st.sampled_from((*HOSTILE, "---\n# x", "1. a\n2. b", "> q", "```\nsh", "\x00\ud800")) | st.text(max_size=60)


@given(subject=TEXTS, body=TEXTS, notes=st.lists(TEXTS, max_size=3), fix=TEXTS)
def test_whatever_was_said_the_draft_is_a_runbook(subject: str, body: str, notes: list[str], fix: str) -> None:
    opened = Event(1, START, "maya", Kind.OPENED, text=body, after={"subject": subject})
    told = [Event(seq, START, "maya", Kind.NOTED, text=note) for seq, note in enumerate(notes, 2)]
    end = Event(len(told) + 2, START, "maya", Kind.RESOLVED, after={"fix": fix, "cause": fix})
    place = (State.RESOLVED, "L1", "frontline", Priority.P3, Impact.ONE, Urgency.HAMPERED)
    ticket = Ticket(1, subject, body, *place, START, START, START, START, component=subject or None)
    runbook = read_runbook(runbook_draft(ticket, [opened, *told, end]), "draft.md")
    assert runbook.title
    assert 1 <= len(runbook.steps) <= MOST_STEPS + 1


def test_what_a_swarm_wrote_down_is_a_step() -> None:
    opened = Event(1, START, "maya", Kind.OPENED, text="late", after={"subject": "Mail is late"})
    logged = Event(2, START, "ines", Kind.SWARM_LOGGED, text="Emptied the queue [/b]")
    closed = Event(3, START, "ines", Kind.SWARM_CLOSED, text="Both caches expire at once")
    place = (State.OPEN, "L1", "frontline", Priority.P3, Impact.ONE, Urgency.HAMPERED)
    ticket = Ticket(1, "Mail is late", "late", *place, START, START, START, START)
    draft = runbook_draft(ticket, [opened, logged, closed])
    assert "1. Emptied the queue [/b]\n\n2. Both caches expire at once" in draft
