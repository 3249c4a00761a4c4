"""The clocks of a ticket: working time, pauses, stages, and what time alone brings about."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tickets.histories import DAY, HOUR, MINUTE, NIGHTS, OFFICE, RULES, Story, at, stories
from workbench.duration import elapsed
from workbench.organisation.model import ALWAYS, Calendar
from workbench.tickets.clocks import (
    Stage,
    clock_word,
    graveyard_at,
    leading,
    seen,
    stage_of,
    stale_at,
    standing,
)
from workbench.tickets.model import ClockState
from workbench.tickets.vocabulary import Kind, State, WaitingFor


def stage(story: Story, now: str | datetime) -> Stage:
    moment = at(now) if isinstance(now, str) else now
    ticket = story.ticket(moment)
    return standing(ticket.state, leading(ticket.clocks, moment), moment, RULES).stage


def leader(story: Story, now: str) -> str | None:
    clock = leading(story.ticket(now).clocks, at(now))
    return clock.name if clock else None


WORKING_TIME = {
    "a night in March lacks the hour that is skipped": (NIGHTS, "03-29 00:00", "03-29 03:00", 3 * HOUR, "03-29 01:00"),
    "a night in October has one hour twice": (NIGHTS, "10-24 23:00", "10-25 04:00", 5 * HOUR, "10-25 00:00"),
    "an office opens at 8 UTC in winter": (OFFICE, "03-27 07:30", "03-27 08:15", 15 * MINUTE, "03-27 09:00"),
    "an office opens at 7 UTC in summer": (OFFICE, "03-30 06:30", "03-30 07:15", 15 * MINUTE, "03-30 08:00"),
    "the weekend of the change does not count": (OFFICE, "03-27 15:30", "03-30 07:30", HOUR, "03-30 07:30"),
    "a closed day": (OFFICE, "12-24 15:30", "12-28 08:10", 40 * MINUTE, "12-28 08:30"),
    "opened while closed": (OFFICE, "03-28 10:00", "03-29 10:00", 0, "03-30 08:00"),
    "opened at the moment of closing": (OFFICE, "03-27 16:00", "03-30 07:00", 0, "03-30 08:00"),
    "always": (ALWAYS, "03-29 00:00", "03-29 03:00", 3 * HOUR, "03-29 01:00"),
    "clock set back": (ALWAYS, "03-29 10:00", "03-29 09:00", 0, "03-29 11:00"),
}


@pytest.mark.parametrize(("calendar", "opened", "now", "used", "due"), WORKING_TIME.values(), ids=WORKING_TIME)
def test_a_clock_counts_working_time(calendar: Calendar, opened: str, now: str, used: int, due: str) -> None:
    story = Story(calendar).opened(opened)
    assert story.clock("resolve", now).used(at(now)) == used
    assert story.clock("resolve", now).due_at() == at(due)


@pytest.mark.parametrize(
    ("used", "expected"),
    [
        (0, Stage.FRESH),
        (1799, Stage.FRESH),
        (1800, Stage.AGING),
        (2879, Stage.AGING),
        (2880, Stage.DUE),
        (3599, Stage.DUE),
        (3600, Stage.LATE),
        (9999, Stage.LATE),
    ],
)
def test_stages_begin_at_half_four_fifths_and_all_of_a_target(used: int, expected: Stage) -> None:
    assert stage_of(used, 3600, RULES) is expected
    story = Story().opened("03-02 10:00").taken("03-02 10:00")
    assert stage(story, at("03-02 10:00") + timedelta(seconds=used)) is expected


def test_it_is_late_at_the_very_second_it_is_due() -> None:
    story = Story().opened("03-02 10:00").taken("03-02 10:01")
    ticket = story.ticket("03-02 11:00")
    where = standing(ticket.state, leading(ticket.clocks, at("03-02 11:00")), at("03-02 11:00"), RULES)
    assert (where.stage, where.due_at, where.remaining_s, where.used) == (Stage.LATE, at("03-02 11:00"), 0, 1.0)
    assert stage(story, "03-02 10:59:59") is Stage.DUE


def test_the_clock_that_runs_out_first_leads() -> None:
    story = Story().opened("03-02 10:00")
    assert leader(story, "03-02 10:01") == "respond"
    assert leader(story.taken("03-02 10:02"), "03-02 10:03") == "resolve"


def test_a_pause_in_closed_hours_costs_and_saves_nothing() -> None:
    story = Story(OFFICE).opened("03-27 15:30").taken("03-27 15:40").waits("03-27 17:00").resumed("03-29 09:00")
    clock = story.clock("resolve", "03-30 07:10")
    assert (clock.used(at("03-30 07:10")), clock.paused_s) == (40 * MINUTE, 0)
    assert clock.due_at() == at("03-30 07:30")


def test_a_pause_across_the_change_of_clocks_counts_working_time_only() -> None:
    story = Story(OFFICE).opened("03-27 15:00").taken("03-27 15:00").waits("03-27 15:30").resumed("03-30 07:30")
    assert story.clock("resolve", "03-30 07:30").paused_s == HOUR


def test_a_pause_that_lasts_is_counted_up_to_now() -> None:
    story = Story().opened("03-02 10:00").taken("03-02 10:05").waits("03-02 10:10")
    assert story.clock("resolve", "03-02 10:58").paused_s == 48 * MINUTE
    assert story.clock("resolve", "03-02 10:58").paused_for == ((WaitingFor.VENDOR, 48 * MINUTE),)
    assert stage(story, "03-02 10:58") is Stage.PAUSED


def test_created_as_waiting() -> None:
    waiting = {"for": "change", "reason": "window", "until": "2026-03-02T12:00:00Z"}
    story = Story().opened("03-02 10:00", state="waiting", waiting=waiting)
    assert stage(story, "03-02 11:59:59") is Stage.PAUSED
    assert story.ticket("03-02 11:59").state is State.WAITING
    assert story.ticket("03-02 12:00").state is State.OPEN
    assert story.clock("respond", "03-02 12:10").used(at("03-02 12:10")) == 10 * MINUTE
    assert story.clock("respond", "03-02 12:10").paused_s == 2 * HOUR


def test_no_target_is_a_value_and_has_no_stage() -> None:
    story = Story(targets={"L1": (None, None, None)}).opened("03-02 10:00")
    assert stage(story, "03-05 10:00") is Stage.NONE
    ticket = story.ticket("03-05 10:00")
    assert [clock_word(clock, ticket.state, at("03-05 10:00")) for clock in ticket.clocks] == ["none"] * 3
    assert stage(story.waits("03-05 11:00"), "03-05 12:00") is Stage.PAUSED
    assert stage(story.resolved("03-05 12:00"), "03-05 12:00") is Stage.DONE


def test_after_the_response_nothing_runs_where_only_a_response_is_due() -> None:
    story = Story(targets={"L1": (900, None, None)}).opened("03-02 10:00").taken("03-02 10:05")
    assert stage(story, "03-02 12:00") is Stage.NONE


def test_a_wake_up_starts_the_clocks_where_they_stood() -> None:
    story = Story().opened("03-02 10:00").taken("03-02 10:10").waits("03-02 10:30", until="03-02 14:00")
    assert story.clock("resolve", "03-02 13:59:59").due_at() == at("03-02 14:30")
    assert stage(story, "03-02 13:59:59") is Stage.PAUSED
    assert stage(story, "03-02 14:00") is Stage.AGING
    assert stage(story, "03-02 14:30") is Stage.LATE
    assert story.ticket("03-02 14:00").waiting is None


def test_a_wake_up_that_was_past_already_wakes_at_once() -> None:
    story = Story().opened("03-02 10:00").taken("03-02 10:10").waits("03-02 10:30", until="03-02 09:00")
    assert story.ticket("03-02 10:30").state is State.OPEN
    assert story.clock("resolve", "03-02 10:40").used(at("03-02 10:40")) == 40 * MINUTE


@pytest.mark.parametrize(("on", "runs"), [("requester", False), ("vendor", True), ("change", True), ("ticket", True)])
def test_the_update_clock_stands_still_for_the_requester_only(on: str, runs: bool) -> None:
    story = Story().opened("03-02 10:00", "engineering").taken("03-02 10:00").waits("03-02 12:00", on)
    now = at("03-02 20:00")
    assert story.clock("update", now).used(now) == (10 if runs else 2) * HOUR
    assert story.clock("resolve", now).used(now) == 2 * HOUR
    assert stage(story, now) is (Stage.FRESH if runs else Stage.PAUSED)


def test_an_update_is_due_again_from_each_public_comment() -> None:
    story = Story().opened("03-02 10:00", "engineering").told("03-02 20:00")
    story.then("03-02 22:00", Kind.NOTED).replied("03-02 23:00")
    assert story.clock("update", "03-03 00:00").due_at() == at("03-03 20:00")


def test_each_arrival_at_another_team_wants_a_response_again() -> None:
    story = Story().opened("03-02 10:00").taken("03-02 10:05").moved("03-02 10:20", "service-desk")
    clock = story.clock("respond", "03-02 10:30")
    assert (clock.answered, clock.used(at("03-02 10:30"))) == (False, 10 * MINUTE)
    assert story.clock("resolve", "03-02 10:30").used(at("03-02 10:30")) == 30 * MINUTE


def test_the_response_stands_still_while_waiting() -> None:
    story = Story().opened("03-02 10:00").waits("03-02 10:05").resumed("03-02 12:00")
    assert story.clock("respond", "03-02 12:01").used(at("03-02 12:01")) == 6 * MINUTE


def test_what_nobody_answered_is_neither_met_nor_missed() -> None:
    story = Story().opened("03-02 10:00").then("03-02 10:05", Kind.RESOLVED, state="resolved")
    ticket = story.ticket("03-02 11:00")
    words = {clock.name: clock_word(clock, ticket.state, at("03-02 11:00")) for clock in ticket.clocks}
    assert words == {"respond": "paused", "resolve": "met", "update": "none"}


@pytest.mark.parametrize(
    ("now", "words"),
    [
        ("03-02 10:05", ("running", "running", "none")),
        ("03-02 10:15", ("missed", "running", "none")),
        ("03-02 11:00", ("missed", "missed", "none")),
    ],
)
def test_a_clock_is_missed_from_the_instant_it_runs_out(now: str, words: tuple[str, ...]) -> None:
    ticket = Story().opened("03-02 10:00").ticket(now)
    assert tuple(clock_word(clock, ticket.state, at(now)) for clock in ticket.clocks) == words


def test_another_priority_counts_what_was_used_and_paused_before() -> None:
    story = Story().opened("03-02 10:00").taken("03-02 10:00").waits("03-02 10:20").resumed("03-02 12:20")
    story.prioritised("03-02 12:30", "P2")
    clock = story.clock("resolve", "03-02 12:40")
    assert (clock.target_s, clock.used(at("03-02 12:40")), clock.paused_s) == (30 * MINUTE, 40 * MINUTE, 2 * HOUR)
    assert clock.due_at() == at("03-02 12:30"), "the smaller target ran out where it was used up"
    later = story.prioritised("03-02 12:40", "P4").clock("resolve", "03-02 12:40")
    assert later.due_at() == at("03-02 14:00"), "two hours, forty minutes of them used"


def test_ages_are_never_negative() -> None:
    assert elapsed(at("03-02 10:00"), at("03-02 09:00")) == 0


def test_stale_and_graveyard() -> None:
    story = Story().opened("03-02 10:00")
    ticket = story.ticket()
    assert stale_at(ticket, RULES) == at("03-09 10:00")
    assert graveyard_at(ticket.opened_at, ticket.touched_at, RULES) == at("04-01 10:00")
    for day in range(3, 29):
        story.then(f"03-{day:02} 10:00", Kind.NOTED)
    story.then("05-30 10:00", Kind.NOTED)
    ticket = story.ticket()
    assert graveyard_at(ticket.opened_at, ticket.touched_at, RULES) == at("05-31 10:00"), "ninety days, however busy"
    waits = Story().opened("03-02 10:00").waits("03-02 11:00", until="03-20 10:00").ticket()
    assert stale_at(waits, RULES) == at("03-20 10:00")
    endless = Story().opened("03-02 10:00").waits("03-02 11:00").ticket()
    assert stale_at(endless, RULES) == at("03-09 11:00")


def test_a_resolved_ticket_closes_after_seven_days() -> None:
    story = Story().opened("03-02 10:00").resolved("03-02 11:00")
    assert seen(story.ticket(), at("03-09 10:59:59"), RULES).state is State.RESOLVED
    closed = seen(story.ticket(), at("03-09 11:00"), RULES)
    assert (closed.state, closed.closed_at) == (State.CLOSED, at("03-09 11:00"))
    assert closed.resolved_at == at("03-02 11:00")


@given(stories(), st.integers(0, 5 * DAY), st.integers(0, 5 * DAY))
def test_used_and_paused_time_never_fall(story: Story, first: int, more: int) -> None:
    earlier = story.events[-1].at + timedelta(seconds=first)
    later = earlier + timedelta(seconds=more)
    for before, after in zip(story.ticket(earlier).clocks, story.ticket(later).clocks, strict=True):
        assert before.used(earlier) <= after.used(later)
        assert before.paused_s <= after.paused_s


@given(stories(), st.integers(0, 5 * DAY))
def test_counting_on_to_a_moment_changes_nothing_but_the_pauses(story: Story, seconds: int) -> None:
    now = story.events[-1].at + timedelta(seconds=seconds)
    left, counted = story.ticket(), story.ticket(now)
    passed = seen(left, now, RULES)
    assert passed._replace(clocks=(), stays=()) == counted._replace(clocks=(), stays=())
    for one, other in zip(left.clocks, counted.clocks, strict=True):
        assert (one.used(now), one.answered, one.target_s) == (other.used(now), other.answered, other.target_s)
        assert one.running(now) == other.running(now)
        if one.running(now):
            assert one.due_at() == other.due_at()


@given(stories(most=4), st.integers(0, DAY), st.integers(1, DAY))
def test_a_pause_never_makes_anything_due_earlier(story: Story, after: int, length: int) -> None:
    starts = story.events[-1].at + timedelta(seconds=after)
    ends = starts + timedelta(seconds=length)
    ticket = story.ticket(starts)
    if ticket.state is not State.OPEN:
        return
    straight = {clock.name: clock.due_at() for clock in story.ticket(ends).clocks}
    story.waits(starts, "requester").resumed(ends)
    for clock in story.ticket(ends).clocks:
        due, before = clock.due_at(), straight[clock.name]
        assert (due is None) == (before is None)
        assert due is None or before is None or due >= before


@given(st.integers(1, 10**6), st.integers(0, 2 * 10**6))
def test_the_instant_of_a_stage_is_the_first_at_which_it_holds(target: int, used: int) -> None:
    clock = ClockState("resolve", target, OFFICE, 0, at("03-27 15:30"))
    reached = clock.reaches(used)
    assert reached is not None
    assert clock.used(reached) >= used
    if used:
        assert clock.used(reached - timedelta(seconds=1)) < used
