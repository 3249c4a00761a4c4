"""The library can be seen as it stood at any moment since it was begun."""

from datetime import datetime
from pathlib import Path

import pytest

from tests.support.offices import Office
from workbench.desk import Desk
from workbench.errors import NotFound
from workbench.runbooks.runs.model import Did

VPN = "---\ntitle: VPN drops\ntags: [vpn]\ncomponents: [vpn-gateway]\n---\n\n1. Look\n2. Mend\n"
WIFI = VPN.replace("title: VPN", "title: Wireless").replace("[vpn]", "[wifi, air]").replace("vpn-gateway", "wifi")


def seen(desk: Desk, folder: Path) -> object:
    """All that the library and its runs tell."""
    library = desk.runbooks
    library.export_tree(folder)
    return (
        library.entries(retired=True),
        [(library.get(each.slug), library.versions(each.slug)) for each in library.entries()],
        [(found.entry, found.excerpt) for found in library.search("")],
        {path.name: path.read_text() for path in folder.rglob("*.md")},
        desk.runs.runs(),
    )


def test_every_moment_stays_as_it_was(office: Office, tmp_path: Path) -> None:
    desk, ticket = office.desk(), office.open().ref
    library, runs = desk.runbooks, desk.runs
    moments: dict[datetime, object] = {}
    for act in (
        lambda: library.create("vpn", VPN),
        lambda: library.create("dns", "# DNS\n\n1. Ask it\n"),
        lambda: runs.begin("vpn", ticket),
        lambda: runs.step(runs.get(1), Did.FAILED),
        lambda: runs.end(runs.get(1), Did.NOT_FIXED),
        lambda: desk.tickets.undo(),
        lambda: library.change("vpn", WIFI, 1),
        lambda: runs.end(runs.get(1), Did.FIXED),
        lambda: runs.end(runs.begin("dns", None), Did.FIXED),
        lambda: library.retire("dns"),
    ):
        act()
        moments[office.clock.at] = seen(desk, tmp_path / f"written-{len(moments)}")
        office.pass_time(hours=1)
    assert len({repr(each) for each in moments.values()}) == len(moments) - 1, "only the undo brings back what was"
    for number, (moment, told) in enumerate(moments.items()):
        with office.at(moment) as then:
            assert seen(then, tmp_path / f"read-{number}") == told


def test_what_was_written_later_is_not_there(office: Office) -> None:
    before = office.clock.at
    office.pass_time(hours=1)
    office.desk().runbooks.create("vpn", VPN)
    with office.at(before) as then:
        assert not then.runbooks.entries()
        assert not then.runbooks.search("vpn")
        with pytest.raises(NotFound):
            then.runbooks.get("vpn")


def test_a_run_that_is_older_than_its_runbook_can_still_be_read(office: Office) -> None:
    ticket = office.open().ref
    office.pass_time(days=1)
    office.desk().runbooks.create("vpn", VPN)
    office.pass_time(hours=-12)
    run = office.desk().runs.begin("vpn", ticket)
    with office.at(office.clock.at) as then:
        assert then.runs.runs() == [run]
        assert then.runbooks.get("vpn").title == "VPN drops"
