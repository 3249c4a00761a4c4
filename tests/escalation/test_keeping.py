"""What is kept of a form opens again, whatever its size; what is too large is refused when it is sent."""

from dataclasses import replace

import pytest

from tests.escalation.forms import L2, send
from tests.support.offices import Office
from workbench.errors import Refused
from workbench.escalation.model import StepTaken
from workbench.escalation.reading import LONGEST, MOST_ROWS, read_form
from workbench.tickets.vocabulary import Impact, Urgency

LARGE = {
    "summary in the form has 100,001 characters": {"summary": "x" * (LONGEST + 1)},
    "reason.words in the form has 100,001 characters": {"words": "x" * (LONGEST + 1)},
    "steps.1.note in the form has 100,001 characters": {"steps": (StepTaken("x", "done", "x" * (LONGEST + 1)),)},
    "steps in the form has 501 rows": {"steps": (StepTaken("x", "done"),) * (MOST_ROWS + 1)},
    "components.2 in the form has 100,001 characters": {"components": ("x", "x" * (LONGEST + 1))},
}
EACH = pytest.mark.parametrize(("wrong", "large"), LARGE.items(), ids=map(str, range(len(LARGE))))


@EACH
def test_what_is_too_large_to_be_sent_is_kept_whole(office: Office, wrong: str, large: dict[str, object]) -> None:
    ref, escalation = office.open().ref, office.desk().escalation
    form = replace(escalation.forms.read(ref, L2), **large)  # type: ignore[arg-type]
    escalation.forms.keep(ref, form)
    assert escalation.forms.open(ref).form == form
    with pytest.raises(Refused, match=wrong):
        escalation.send(ref, form)
    assert (escalation.handoffs(), escalation.forms.open(ref).form) == ([], form)


@EACH
def test_nor_is_it_filled_in_later(office: Office, wrong: str, large: dict[str, object]) -> None:
    ref = office.open(impact=Impact.EVERYONE, urgency=Urgency.BLOCKED).ref
    sent, escalation = send(office, ref, {"to": "second-line"}), office.desk().escalation
    filled = replace(read_form(L2, sent.form), **large)  # type: ignore[arg-type]
    with pytest.raises(Refused, match=wrong):
        escalation.fill_in(sent.number, filled, sent.form)
    assert escalation.get(sent.number) == sent


def test_as_much_as_is_taken_is_sent(office: Office) -> None:
    most = {"summary": "x" * LONGEST, "steps": [{"what": "x", "outcome": "done"}] * MOST_ROWS}
    assert len(send(office, office.open().ref, L2 | most).form.steps) == MOST_ROWS
