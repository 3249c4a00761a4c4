"""A change of the setup is seen in every queue at once, and what has ended stays as it was."""

from datetime import timedelta

import pytest

from tests.support.offices import SETUP, START, Office
from workbench.desk import Desk
from workbench.errors import InvalidInput
from workbench.queues.as_json import queue_told
from workbench.tickets.as_json import ticket_told
from workbench.tickets.integrity import faults
from workbench.tickets.vocabulary import State


def stages(office: Office, queue: str = "L1") -> dict[str, int]:
    desk = office.desk()
    (total,) = desk.queues.counts([desk.queues.find(queue)])
    told = queue_told(total, desk.now())
    return {stage: told[stage] for stage in ("fresh", "aging", "due", "late", "paused", "none") if told[stage]}


def due(office: Office, ref: int = 1001) -> str | None:
    line = office.desk().queues.select(office.desk().queues.find("L1").filter).find(ref)
    return line.due_at if line else None


def test_new_targets_hold_for_what_is_open(office: Office) -> None:
    office.open()
    office.desk().tickets.take(1001)
    office.pass_time(minutes=40)
    assert (stages(office), due(office)) == ({"aging": 1}, "2026-03-02T11:00:00Z")
    office.desk().organisation.apply(SETUP.replace('resolve = "1h"', 'resolve = "30m"'), "setup.toml")
    assert (stages(office), due(office)) == ({"late": 1}, "2026-03-02T10:30:00Z")
    assert stages(office, "Late") == {"late": 1}
    office.desk("ravi").organisation.apply(SETUP.replace('resolve = "1h"', 'resolve = "none"'), "setup.toml")
    assert (stages(office), due(office)) == ({"none": 1}, "9999-12-31T23:59:59Z")


def test_a_file_is_sound_after_its_targets_have_changed(office: Office) -> None:
    office.open()
    office.pass_time(minutes=57)
    office.desk().organisation.apply("[priority]\nP3 = 3", "s.toml")
    desk = office.desk()
    assert not list(faults(desk.database, desk.organisation.current(), desk.tickets.limits, lambda *_: None))


def test_another_calendar_counts_the_hours_anew(office: Office) -> None:
    office.open()
    office.desk().tickets.take(1001)
    office.pass_time(hours=10)
    office.desk().organisation.apply(SETUP.replace('resolve = "1h"', 'resolve = "8h"\ncalendar = "office"'), "s.toml")
    assert office.desk().tickets.get(1001).clocks[1].used_s == 6 * 3600, "from 11 to 17 in Berlin"
    assert stages(office) == {"aging": 1}


def test_shares_and_lengths_of_the_settings_hold_at_once(office: Office) -> None:
    office.open()
    office.desk().tickets.take(1001)
    office.pass_time(minutes=40)
    office.desk().organisation.apply('[settings]\naging_share = 0.8\ndue_share = 0.9\nstale_after = "30m"', "s.toml")
    assert stages(office) == {"fresh": 1}
    assert stages(office, "Stale") == {"fresh": 1}
    office.desk().organisation.apply('[settings]\ngraveyard_after_untouched = "35m"', "s.toml")
    assert stages(office, "Graveyard") == {"fresh": 1}


def test_what_is_resolved_closes_by_the_new_length(office: Office) -> None:
    office.open()
    office.desk().tickets.resolve(1001)
    office.pass_time(days=2)
    office.desk().tickets.note(1001, "all well")
    office.desk().organisation.apply('[settings]\nclose_after = "1d"', "s.toml")
    desk = office.desk()
    ticket = desk.tickets.get(1001)
    assert (ticket.state, ticket.closed_at) == (State.CLOSED, START + timedelta(days=1))
    (line,) = desk.queues.all_lines(desk.queues.parse("is:closed"))
    assert line.closed_at == "2026-03-03T10:00:00Z"


def test_outcomes_stay_as_they_were_when_they_ended(office: Office) -> None:
    desk = office.desk("omar")
    office.open()
    office.pass_time(minutes=50)
    desk.tickets.move(1001, "second-line", "theirs")
    desk.organisation.apply(SETUP.replace('resolve = "1h"', 'resolve = "30m"'), "setup.toml")
    (resolve,) = [told for told in desk.tickets.get(1001).stays[0].outcome if told["name"] == "resolve"]
    assert (resolve["state"], resolve["target_s"]) == ("met", 3600)
    desk.tickets.take(1001)
    (resolve,) = [told for told in desk.tickets.get(1001).stays[0].outcome if told["name"] == "resolve"]
    assert (resolve["state"], resolve["target_s"]) == ("met", 3600)


SHORTER = SETUP.replace('respond = "15m"', 'respond = "3m"').replace('resolve = "1h"', 'resolve = "30m"')


def clocks(office: Office, ref: int = 1001) -> dict[str, tuple[str, int | None, int]]:
    """Each clock's word, target and used time as JSON tells them; nothing of a clock without a target."""
    desk = office.desk()
    told = ticket_told(*desk.tickets.with_timeline(ref), desk.now(), desk.tickets.limits)
    assert all(clock["remaining_s"] == clock["target_s"] - clock["used_s"] for clock in told["clocks"][:2])
    return {each["name"]: (each["state"], each["target_s"], each["used_s"]) for each in told["clocks"][:2]}


def in_time(office: Office) -> tuple[float | None, float | None]:
    """First responses in time, of how many."""
    reports = office.desk().reports
    figures = {figure.name: figure for figure in reports.figures(reports.period())}
    return figures["first_response_in_target"].numerator, figures["first_response_in_target"].denominator


def used_in_lists(desk: Desk) -> float | None:
    """What lists tell of the clock of the one ticket that is done."""
    (line,) = desk.queues.all_lines(desk.queues.parse("is:resolved,closed"))
    return desk.queues.standing(line, desk.now()).used


def taken_and_resolved(office: Office) -> dict[str, tuple[str, int | None, int]]:
    """Taken after five minutes, resolved after fifty."""
    office.open(client="contoso")
    office.pass_time(minutes=5)
    office.desk().tickets.take(1001)
    office.pass_time(minutes=45)
    office.desk().tickets.resolve(1001)
    office.pass_time(days=9)
    assert clocks(office) == {"respond": ("met", 900, 300), "resolve": ("met", 3600, 3000)}
    return clocks(office)


def test_the_clocks_of_what_is_done_are_those_it_ended_with(office: Office) -> None:
    ended = taken_and_resolved(office)
    desk = office.desk()
    desk.organisation.apply(SHORTER, "setup.toml")
    assert (clocks(office), used_in_lists(desk)) == (ended, 3000 / 3600)
    desk.tickets.note(1001, "kept whatever is done to it")
    assert (clocks(office), used_in_lists(desk)) == (ended, 3000 / 3600)
    with office.at(office.clock.at - timedelta(days=5)) as past:
        told = {clock.name: clock.target_s for clock in past.tickets.get(1001).clocks}
        assert (told["respond"], told["resolve"]) == (900, 3600), "looking back alike"
        assert used_in_lists(past) == 3000 / 3600
    desk.tickets.reopen(1001, "a slip")
    desk.tickets.undo()
    assert (clocks(office), used_in_lists(desk)) == (ended, 3000 / 3600)
    assert not list(faults(desk.database, desk.organisation.current(), desk.tickets.limits, lambda *_: None))


def test_what_was_answered_in_time_stays_so_when_it_is_reopened(office: Office) -> None:
    taken_and_resolved(office)
    office.desk().organisation.apply(SHORTER, "setup.toml")
    tickets = office.desk().tickets
    tickets.reopen(1001, "again")
    assert clocks(office) == {"respond": ("met", 900, 300), "resolve": ("missed", 1800, 3000)}
    assert in_time(office) == (1, 1)
    office.desk().organisation.apply(SHORTER.replace('respond = "3m"', 'respond = "2m"'), "setup.toml")
    assert in_time(office) == (1, 1)
    office.pass_time(minutes=1)
    tickets.resolve(1001)
    assert clocks(office) == {"respond": ("met", 900, 300), "resolve": ("missed", 1800, 3060)}
    assert in_time(office) == (1, 1)
    with office.at(office.clock.at - timedelta(minutes=1)) as past:
        (figure,) = [each for each in past.reports.figures(past.reports.period()) if each.name.startswith("first_")]
        assert (figure.numerator, figure.denominator) == (1, 1), "looking back alike"
    assert not list(faults(tickets.database, tickets.organisation.current(), tickets.limits, lambda *_: None))


def test_a_response_of_what_is_open_is_judged_by_the_targets_of_today(office: Office) -> None:
    office.open(client="contoso")
    office.pass_time(minutes=5)
    office.desk().tickets.take(1001)
    office.pass_time(minutes=1)
    assert in_time(office) == (1, 1)
    office.desk().organisation.apply(SHORTER, "setup.toml")
    assert (clocks(office)["respond"], in_time(office)) == (("missed", 180, 300), (0, 1))
    office.desk().tickets.resolve(1001)
    assert (clocks(office)["respond"], in_time(office)) == (("missed", 180, 300), (0, 1))


def test_who_is_new_to_the_setup_changes_no_clock(office: Office) -> None:
    organisation = office.desk().organisation
    before = organisation.revision()
    more = '[[team]]\nslug = "network"\nname = "Network"\ntier = "L2"\n'
    assert organisation.apply(SETUP + more, "setup.toml") == ['team "network": added']
    assert organisation.revision() == before


def test_a_setup_that_fails_leaves_every_row_as_it_was(office: Office) -> None:
    office.open()
    before = office.desk().database.rows("SELECT * FROM ticket")
    wrong = SETUP.replace('resolve = "1h"', 'resolve = "30m"').replace('tier = "L2"', 'tier = "L9"')
    with pytest.raises(InvalidInput):
        office.desk().organisation.apply(wrong, "setup.toml")
    assert office.desk().database.rows("SELECT * FROM ticket") == before
    assert office.desk().tickets.get(1001).clocks[1].target_s == 3600
