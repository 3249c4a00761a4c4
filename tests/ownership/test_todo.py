"""What is to be put right in the catalogue, in the order of what tickets gain by it."""

from tests.ownership.conftest import resolved_by
from tests.support.offices import Office
from workbench.ownership.model import Component
from workbench.ownership.todo import MOST, Task, ToDo, tasks


def test_a_catalogue_in_order_asks_for_nothing(office: Office) -> None:
    assert tasks(office.desk().ownership) == ((), dict.fromkeys(Task, 0), True)


def test_everything_that_is_wrong_is_listed(catalogue: Office) -> None:
    for _ in range(2):
        resolved_by(catalogue, "ines", "printer")
    catalogue.open(component="printer")
    desk = catalogue.desk()
    desk.ownership.confirm("identity")
    desk.ownership.confirm("network")
    found = tasks(desk.ownership)
    assert found.counts == {
        Task.CORRECTION: 1,
        Task.DISPUTED: 1,
        Task.UNOWNED: 1,
        Task.SEAM: 1,
        Task.STALE: 1,
    }
    why = "2 of the last 2 resolved tickets were resolved by engineering"
    assert found.todo == (
        ToDo(Task.CORRECTION, "printer", (), "engineering", why, 1),
        ToDo(Task.DISPUTED, "payroll", ("service-desk", "engineering")),
        ToDo(Task.UNOWNED, "printer", (), open_tickets=1),
        ToDo(Task.SEAM, "identity", ("engineering", "second-line"), "vpn-gateway"),
        ToDo(Task.STALE, "vpn-gateway", ("second-line",)),
    )


def test_what_was_confirmed_goes_stale_with_time_alone(catalogue: Office) -> None:
    ownership = catalogue.desk().ownership
    for component in ("identity", "network", "vpn-gateway"):
        ownership.confirm(component)
    assert tasks(ownership).counts[Task.STALE] == 0
    catalogue.pass_time(days=180)
    assert tasks(ownership).counts[Task.STALE] == 3


def test_many_are_counted_and_the_first_are_listed(office: Office) -> None:
    ownership = office.desk().ownership
    ownership.put_all(Component(f"thing-{number:03}") for number in range(MOST + 50))
    office.open(component="thing-240")
    found = tasks(ownership)
    assert found.counts[Task.UNOWNED] == MOST + 50
    assert len(found.todo) == MOST
    assert found.todo[0].component == "thing-240"


def test_what_is_retired_is_nobodys_work(catalogue: Office) -> None:
    ownership = catalogue.desk().ownership
    for component in ("payroll", "printer"):
        ownership.retire(component)
    counts = tasks(ownership).counts
    assert (counts[Task.DISPUTED], counts[Task.UNOWNED]) == (0, 0)
