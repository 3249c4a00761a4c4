"""The sample's catalogue shows everything that a catalogue can be."""

from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from workbench.clock import FixedClock
from workbench.desk import Desk
from workbench.errors import Refused
from workbench.ownership.model import Status
from workbench.sample.copy import redate
from workbench.sample.generator import ACTING, MOMENT


@pytest.mark.parametrize("later", [timedelta(0), timedelta(days=400, hours=3)])
def test_it_shows_every_kind_of_answer(built: Path, tmp_path: Path, later: timedelta) -> None:
    path = tmp_path / "sample.db"
    path.write_bytes(built.read_bytes())
    redate(path, MOMENT + later)
    with Desk.open(path, FixedClock(MOMENT + later), ACTING) as desk:
        ownership = desk.ownership
        counts = Counter(ownership.status(each) for each in ownership.components())
        assert (counts[Status.UNOWNED], counts[Status.DISPUTED], counts[Status.STALE]) == (4, 2, 3)
        assert counts[Status.OWNED] > 15
        leads = [each.seam.lead for each in ownership.seams()]
        assert len(leads) == 5
        assert leads.count(None) == 3
        assert ownership.corrections()


def test_every_ticket_is_about_something_in_it(built: Path) -> None:
    with Desk.open(built, FixedClock(MOMENT), ACTING) as desk:
        named = {component for (component,) in desk.database.rows("SELECT DISTINCT component FROM ticket")}
        assert named - {None} == {each.slug for each in desk.ownership.components()}


def test_nothing_of_the_past_is_an_act_to_be_taken_back(built: Path) -> None:
    with Desk.open(built, FixedClock(MOMENT), ACTING) as desk:
        for person in desk.organisation.current().people:
            with pytest.raises(Refused, match="no change of yours left"):
                Desk(desk.database, desk.clock, person.login).tickets.undo()


def test_its_history_gives_it(built: Path) -> None:
    with Desk.open(built, FixedClock(MOMENT), ACTING) as desk:
        for component in desk.ownership.components():
            events = desk.ownership.history(component.slug)
            assert events[0].kind == "added"
            assert all(event.at <= MOMENT for event in events)
            if component.confirmed_at:
                confirmed = [event for event in events if event.kind == "confirmed"]
                assert (confirmed[-1].at, confirmed[-1].who) == (component.confirmed_at, component.confirmed_by)
