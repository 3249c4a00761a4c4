"""The draft of a runbook that a resolved ticket leaves behind."""

import pytest

from tests.offices import HOSTILE, Office
from workbench.escalation.learning import runbook_draft
from workbench.runbooks.reading import read_runbook
from workbench.runbooks.runs.model import Did
from workbench.tickets.rules import Resolution


def drafted(office: Office, ref: int) -> str:
    return runbook_draft(*office.desk().tickets.with_timeline(ref))


def test_symptom_signature_steps_and_fix_stand_in_their_places(office: Office) -> None:
    ref = office.open("Mail is late", body="It says: 451 4.3.0 queue full", component="mail-relay").ref
    tickets = office.desk().tickets
    tickets.note(ref, "emptied the queue")
    tickets.note(ref, "restarted it in vain")
    tickets.undo()
    tickets.resolve(ref, Resolution("a full disk", "made room", one_off="once"))
    page = drafted(office, ref)
    assert 'title: "Mail is late"' in page
    assert 'components: ["mail-relay"]' in page
    assert 'signatures: ["It says: 451 4.3.0 queue full"]' in page
    assert "1. emptied the queue\n2. Check whether this is the cause: a full disk\n3. made room\n" in page
    assert "in vain" not in page


def test_of_a_run_only_what_worked_is_a_step(office: Office) -> None:
    ref = office.open("Mail is late").ref
    office.desk().runbooks.create("mail", "---\ntitle: Mail\n---\n\n## Steps\n\n1. Look.\n\n2. Restart.\n")
    run = office.desk().runs.begin("mail", ref)
    run = office.desk().runs.step(run, Did.FAILED)
    office.desk().runs.step(run, Did.DONE)
    page = drafted(office, ref)
    assert "Restart" in page
    assert "Look" not in page


@pytest.mark.parametrize("text", HOSTILE)
def test_any_text_makes_a_page_that_can_be_read(office: Office, text: str) -> None:
    ref = office.open(text, body=f"error 502\n---\n# {text}", component=text[:12]).ref
    page = drafted(office, ref)
    runbook = read_runbook(page, "draft.md", slug="draft")
    assert (len(runbook.steps), runbook.signatures[:1]) == (1, ("error 502",))
