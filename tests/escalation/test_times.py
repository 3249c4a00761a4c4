"""Times on a form: told by the clocks of the organisation, kept as they were noted."""

from tests.escalation.forms import L2, send
from tests.support.busy import FORGOTTEN
from tests.support.driver import seated
from tests.support.offices import Office
from workbench.tickets.vocabulary import Impact, Urgency


async def test_times_are_told_as_the_wall_shows_them_and_kept_to_the_second(busy: Office) -> None:
    forms = busy.desk().escalation.forms
    forms.keep(FORGOTTEN, forms.read(FORGOTTEN, L2 | {"error": {"message": "502", "at": "2026-06-08T10:58:31Z"}}))
    async with seated(busy) as maya:
        await maya.press("e")
        await maya.press(*["tab"] * 4, "a", *"disk", "enter", *"full")
        maya.sees("1. load  9  14:05", "2. disk  full  2026-06-08 13:02 CEST", "Error time     2026-06-08 12:58 CEST")
        await maya.press("ctrl+t")
        maya.sees("(2026-06-08 13:02 CEST): full", "Error message, 2026-06-08 12:58 CEST")
        await maya.press("escape", "ctrl+s")
        await maya.press("E", "y")
        maya.sees("Hand-off 1", "(2026-06-08 13:02 CEST): full")
    sent = busy.desk().escalation.handoffs(FORGOTTEN)[0].form
    assert [each.at for each in sent.diagnostics] == ["14:05", "2026-06-08T11:02:00Z"]
    assert sent.error_at == "2026-06-08T10:58:31Z"


async def test_when_it_went_out_is_told_to_who_completes_it_as_the_wall_shows_it(office: Office) -> None:
    ref = office.open(impact=Impact.EVERYONE, urgency=Urgency.BLOCKED).ref
    send(office, ref, {"to": "second-line", "summary": "x"})
    async with seated(office) as maya:
        await maya.press("E", "c")
        maya.sees("it went out on 2026-03-02 11:00 CET")
