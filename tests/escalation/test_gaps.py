"""What a form lacks for where it goes: named from the start, in sight, and mended where it is named."""

from textwrap import wrap

import pytest

from tests.escalation.forms import L2, SWARM, send
from tests.support.busy import FORGOTTEN
from tests.support.driver import SMALL, seated
from tests.support.offices import Office
from workbench.escalation.model import Form, Return, ReturnCode, StepTaken
from workbench.escalation.panels.fields import LABELS, gaps, told_progress
from workbench.escalation.required import ALWAYS, ENGINEERING, completeness


def test_what_is_missing_is_named_as_the_page_names_it_in_its_order() -> None:
    form = Form(words="x", impact="one", urgency="wait", steps=(StepTaken("looked"),), error_message="502")
    named = [words for _, words in gaps(form, completeness(form, ALWAYS + ENGINEERING))]
    assert named[:5] == ["Reason", "Summary", "Steps (an outcome for each step)", "Diagnostics", "Error time"]
    assert named[5:] == [
        *("Reproduction", "Account", "Permissions", "Environment", "Version", "Recent changes", "User's actions"),
    ]
    assert {name for name, _ in gaps(form, completeness(form, ALWAYS))} <= set(LABELS)


@pytest.mark.parametrize("width", [58, 78, 118])
def test_a_long_list_is_cut_at_a_name_and_says_how_many_more(busy: Office, width: int) -> None:
    forms = busy.desk().escalation.forms
    told = told_progress(forms.outlook(FORGOTTEN, forms.read(FORGOTTEN, {"to": "engineering"})), width).plain
    named = told.partition("missing: ")[2].partition(" and ")[0].split(", ")
    more = int(told.rpartition(" and ")[2].removesuffix(" more")) if " and " in told else 0
    assert len(wrap(told, width)) <= 2
    assert set(named) <= set(LABELS.values())
    assert (len(named) + more, more > 0) == (14, width < 118)


async def test_a_lead_is_picked_among_people_and_one_whom_nobody_knows_is_missing(busy: Office) -> None:
    forms = busy.desk().escalation.forms
    forms.keep(FORGOTTEN, forms.read(FORGOTTEN, SWARM | {"to": "second-line", "lead": "zeb"}))
    async with seated(busy, size=SMALL) as maya:
        await maya.press("e")
        maya.sees("6 of 7 · missing: Lead (no person named 'zeb')", "● Lead", "✓ Components")
        await maya.press("ctrl+u")
        await maya.type("om")
        maya.sees("omar             ", "Omar")
        await maya.press("enter")
        maya.sees("6 of 6 · complete")
    assert forms.form(FORGOTTEN).lead == "omar"


async def test_the_part_that_is_gone_to_is_in_sight(busy: Office) -> None:
    forms = busy.desk().escalation.forms
    forms.keep(FORGOTTEN, forms.read(FORGOTTEN, L2 | {"components": ["web01"]}))
    async with seated(busy, size=SMALL) as maya:
        await maya.press("e", *["shift+tab"] * 4, "3")
        maya.sees("[swarm]", "6 · missing: Lead")
        await maya.press("ctrl+s")
        maya.sees("Not sent", "● Lead")
        await maya.type("zeb")
        maya.sees("● Lead           zeb")


async def test_after_two_returns_the_form_asks_for_a_person_from_the_start(busy: Office) -> None:
    for _ in range(2):
        send(busy, FORGOTTEN, L2)
        busy.desk("omar").escalation.give_back(FORGOTTEN, Return(ReturnCode.L1_CAN_DO, "do it"))
    forms = busy.desk().escalation.forms
    forms.keep(FORGOTTEN, forms.read(FORGOTTEN, L2))
    async with seated(busy, size=SMALL) as maya:
        maya.app.open_ticket(FORGOTTEN)
        await maya.press("e")
        maya.sees("missing: To (returned 2 times: name a person or start a", "swarm; second-line has omar)")
        maya.sees("● To             second-line", "omar                  Omar")
        await maya.press("tab", "tab", "ctrl+s")
        maya.sees("Not sent", "omar                  Omar")
        await maya.press("down", "enter")
        maya.sees("5 of 5 · complete", "  To             omar")
        await maya.press("ctrl+s")
        maya.sees(f"#{FORGOTTEN} up to omar")
