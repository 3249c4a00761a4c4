"""What a ticket's events make of it: stays, hops, ages, outcomes, and taking back."""

from typing import Any

import pytest
from hypothesis import given

from tests.tickets.histories import HOUR, MINUTE, TARGETS, Story, at, stories
from workbench.tickets.model import FirstResponse, Resolved
from workbench.tickets.vocabulary import UNRESOLVED, Kind, State


def outcomes(story: Story, now: str, stay: int) -> dict[str, tuple[str, int, int]]:
    return {
        told["name"]: (told["state"], told["used_s"], told["paused_s"])
        for told in story.ticket(now).stays[stay].outcome
    }


@pytest.mark.parametrize(
    ("teams", "hops", "bounces"),
    [
        ((), 0, 0),
        (("second-line",), 1, 0),
        (("second-line", "frontline"), 2, 1),
        (("second-line", "engineering", "frontline"), 3, 1),
        (("second-line", "frontline", "second-line"), 3, 2),
        (("service-desk", "second-line", "service-desk", "engineering"), 4, 1),
    ],
)
def test_hops_and_bounces(teams: tuple[str, ...], hops: int, bounces: int) -> None:
    story = Story().opened("03-02 10:00")
    for hour, team in enumerate(teams, start=11):
        story.moved(f"03-02 {hour}:00", team)
    ticket = story.ticket()
    assert (ticket.hops, ticket.bounces) == (hops, bounces)
    assert [stay.team for stay in ticket.stays] == ["frontline", *teams]
    assert all(stay.left_at for stay in ticket.stays[:-1])
    assert ticket.stays[-1].left_at is None


def test_the_resolve_clock_starts_afresh_with_the_tier_only() -> None:
    story = Story().opened("03-02 10:00").taken("03-02 10:00").moved("03-02 10:30", "service-desk")
    assert story.clock("resolve", "03-02 10:40").used(at("03-02 10:40")) == 40 * MINUTE
    story.moved("03-02 10:40", "second-line")
    assert story.clock("resolve", "03-02 10:50").used(at("03-02 10:50")) == 10 * MINUTE
    story.moved("03-02 10:50", "frontline")
    assert story.clock("resolve", "03-02 11:00").used(at("03-02 11:00")) == 10 * MINUTE
    assert story.ticket().opened_at == at("03-02 10:00"), "its total age goes on"


def test_a_reopened_ticket_goes_on_where_it_stood() -> None:
    story = Story().opened("03-02 10:00").taken("03-02 10:00").resolved("03-02 10:20").reopened("03-05 10:00")
    clock = story.clock("resolve", "03-05 10:10")
    assert (clock.used(at("03-05 10:10")), clock.paused_s) == (30 * MINUTE, 0)
    ticket = story.ticket()
    assert (ticket.state, ticket.reopens, ticket.resolved_at, ticket.stays[-1].left_at) == (State.OPEN, 1, None, None)


def test_a_ticket_reopened_after_its_closing_goes_on_too() -> None:
    story = Story().opened("03-02 10:00").taken("03-02 10:00").resolved("03-02 10:20").reopened("03-15 10:00")
    ticket = story.ticket()
    assert (ticket.state, ticket.reopens, ticket.closed_at) == (State.OPEN, 1, None)
    assert story.clock("resolve", "03-15 10:10").used(at("03-15 10:10")) == 30 * MINUTE


def test_a_note_on_a_ticket_that_time_has_closed_leaves_it_closed() -> None:
    ticket = Story().opened("03-02 10:00").resolved("03-02 10:20").then("03-20 10:00", Kind.NOTED).ticket()
    assert (ticket.state, ticket.closed_at) == (State.CLOSED, at("03-09 10:20"))


def test_outcomes_are_kept_at_the_end_of_each_stay() -> None:
    story = Story().opened("03-02 10:00").taken("03-02 10:05").waits("03-02 10:10").resumed("03-02 10:40")
    story.moved("03-02 11:40", "service-desk").moved("03-02 11:50", "second-line")
    assert outcomes(story, "03-02 12:00", 0) == {"respond": ("met", 5 * MINUTE, 0)}
    assert outcomes(story, "03-02 12:00", 1) == {
        "respond": ("paused", 10 * MINUTE, 0),
        "resolve": ("missed", 80 * MINUTE, 30 * MINUTE),
        "update": ("none", 110 * MINUTE, 0),
    }
    assert outcomes(story, "03-02 12:00", 2) == {}
    story.resolved("03-02 15:00")
    assert outcomes(story, "03-02 16:00", 2)["resolve"] == ("met", 3 * HOUR + 10 * MINUTE, 0)
    assert story.ticket().stays[-1].left_at == at("03-02 15:00")
    assert outcomes(story.reopened("03-02 16:00"), "03-02 16:00", 2) == {}


def test_an_update_missed_once_is_missed_in_the_outcome() -> None:
    story = Story().opened("03-02 10:00", "engineering").told("03-04 10:00").resolved("03-04 11:00")
    assert outcomes(story, "03-04 11:00", 0)["update"] == ("missed", 48 * HOUR, 0)
    assert story.clock("update", "03-04 11:00").used_s == 48 * HOUR, "while the ticket is done"
    kept = Story().opened("03-02 10:00", "engineering").told("03-03 09:00").resolved("03-03 11:00")
    assert outcomes(kept, "03-03 11:00", 0)["update"] == ("met", 23 * HOUR, 0)


def test_the_outcome_is_measured_by_the_tier_that_was_left() -> None:
    story = Story().opened("03-02 10:00").taken("03-02 10:00").moved("03-02 11:30", "second-line")
    (resolve,) = [told for told in story.ticket().stays[0].outcome if told["name"] == "resolve"]
    assert (resolve["state"], resolve["target_s"], resolve["used_s"]) == ("missed", HOUR, 90 * MINUTE)


PASSING_ON = [
    (Kind.TAKEN, {"assignee": "ravi", "state": "open"}),
    (Kind.ASSIGNED, {"assignee": "ravi", "state": "open"}),
    (Kind.MOVED, {"team": "second-line", "tier": "L2"}),
]


@pytest.mark.parametrize(("kind", "after"), PASSING_ON)
def test_passing_a_ticket_about_is_no_progress(kind: Kind, after: dict[str, Any]) -> None:
    ticket = Story().opened("03-02 10:00").then("03-02 11:00", kind, **after).ticket()
    assert (ticket.progress_at, ticket.touched_at) == (at("03-02 10:00"), at("03-02 11:00"))


def test_three_ages() -> None:
    story = Story().opened("03-02 10:00").then("03-02 11:00", Kind.NOTED).moved("03-02 12:00", "second-line")
    ticket = story.taken("03-02 13:00").ticket()
    assert (ticket.opened_at, ticket.arrived_at, ticket.progress_at) == (
        at("03-02 10:00"),
        at("03-02 12:00"),
        at("03-02 11:00"),
    )


def test_a_requester_waits_since_their_first_unanswered_message() -> None:
    story = Story().opened("03-02 10:00")
    assert story.replied("03-02 11:00").ticket().unanswered_since == at("03-02 10:00"), "the opening is one"
    assert story.taken("03-02 11:10").then("03-02 11:20", Kind.NOTED).ticket().unanswered_since == at("03-02 10:00")
    assert story.told("03-02 12:00").ticket().unanswered_since is None
    assert story.replied("03-02 13:00").replied("03-02 14:00").ticket().unanswered_since == at("03-02 13:00")
    assert story.resolved("03-02 15:00").ticket().unanswered_since is None
    assert story.reopened("03-02 16:00").ticket().unanswered_since == at("03-02 13:00"), "nobody has answered yet"
    assert story.resolved("03-02 17:00").told("03-02 18:00").ticket().unanswered_since is None
    assert story.reopened("03-02 19:00").ticket().unanswered_since is None
    assert story.resolved("03-02 20:00").replied("03-02 21:00").ticket().unanswered_since is None
    assert story.reopened("03-02 22:00").ticket().unanswered_since == at("03-02 21:00"), "said while it was done"


def test_a_reply_ends_a_pause_for_the_requester() -> None:
    story = Story().opened("03-02 10:00").taken("03-02 10:00").waits("03-02 10:10", "requester")
    story.replied("03-02 10:40", state="open", waiting=None)
    assert story.clock("resolve", "03-02 10:50").used(at("03-02 10:50")) == 20 * MINUTE
    assert story.ticket().waiting is None


def test_being_assigned_is_no_response() -> None:
    story = Story().opened("03-02 10:00").then("03-02 10:05", Kind.ASSIGNED, assignee="ravi", state="open")
    assert not story.clock("respond", "03-02 10:06").answered
    assert story.told("03-02 10:10").clock("respond", "03-02 10:20").used(at("03-02 10:20")) == 10 * MINUTE


def test_somebody_of_another_team_does_not_answer_for_it() -> None:
    story = Story().opened("03-02 10:00").told("03-02 10:05", responds=False)
    assert not story.clock("respond", "03-02 10:06").answered


def test_time_does_not_go_back_with_a_clock_set_back() -> None:
    story = Story().opened("03-02 10:00").taken("03-02 10:10").waits("03-02 09:00").resumed("03-02 10:30")
    ticket = story.ticket("03-02 10:30")
    resolve = ticket.clocks[1]
    assert (resolve.used_s, resolve.paused_s, ticket.touched_at) == (10 * MINUTE, 20 * MINUTE, at("03-02 10:30"))


UNDOABLE = {
    "a hop": lambda story: story.moved("03-02 11:00", "second-line"),
    "a wait": lambda story: story.waits("03-02 11:00", "requester"),
    "a priority": lambda story: story.prioritised("03-02 11:00", "P1"),
    "taking": lambda story: story.taken("03-02 11:00"),
    "resolving": lambda story: story.resolved("03-02 11:00"),
}


@pytest.mark.parametrize("act", UNDOABLE.values(), ids=UNDOABLE)
def test_after_an_undo_all_is_as_if_neither_had_been(act: Any) -> None:
    plain = Story().opened("03-02 10:00")
    undone = act(Story().opened("03-02 10:00")).undone("03-02 12:00")
    now = at("03-02 13:00")
    assert undone.ticket(now)._replace(version=1) == plain.ticket(now)
    assert undone.ticket().version == 3


@given(stories())
def test_the_last_event_can_always_be_taken_back(story: Story) -> None:
    if len(story.events) < 2 or story.events[-1].undoes is not None:
        return
    now = at("05-01 10:00")
    before = Story(story.calendar, events=story.events[:-1]).ticket(now)
    after = story.undone(story.events[-1].at).ticket(now)
    assert after._replace(version=before.version) == before


@given(stories())
def test_what_any_history_makes_of_a_ticket_holds_together(story: Story) -> None:
    ticket = story.ticket()
    assert ticket.version == len(story.events)
    assert ticket.bounces <= ticket.hops
    assert ticket.opened_at <= ticket.arrived_at <= ticket.touched_at
    assert ticket.progress_at <= ticket.touched_at
    assert (ticket.waiting is not None) == (ticket.state is State.WAITING)
    assert (ticket.resolved_at is None and ticket.closed_at is None) == (ticket.state in UNRESOLVED)
    assert (ticket.stays[-1].left_at is None) == (ticket.state in UNRESOLVED)
    assert (ticket.stays[-1].team, ticket.stays[-1].tier) == (ticket.team, ticket.tier)


def test_each_resolve_is_kept_with_the_way_to_it() -> None:
    story = Story().opened("03-02 10:00").taken("03-02 10:05").moved("03-02 11:00", "engineering")
    story.resolved("03-02 12:00").reopened("03-03 12:00").moved("03-03 13:00", "frontline").resolved("03-03 14:00")
    first, second, until = at("03-02 12:00"), at("03-03 14:00"), at("03-03 12:00")
    assert story.ticket("03-04 10:00").resolutions == (
        Resolved(4, first, "maya", "engineering", "L3", ("L1", "L3"), 1, 0, 0, first, until),
        Resolved(7, second, "maya", "frontline", "L1", ("L1", "L3", "L1"), 2, 1, 1, second),
    )


def test_what_a_log_does_with_a_ticket_that_is_done_tells_its_last_resolve_anew() -> None:
    story = Story().opened("03-02 10:00").resolved("03-02 12:00").moved("03-02 13:00", "engineering")
    story.reopened("03-03 12:00").then("03-03 14:00", Kind.CLOSED, state="closed")
    resolved, moved, closed = at("03-02 12:00"), at("03-02 13:00"), at("03-03 14:00")
    by = (resolved, "maya", "frontline", "L1")
    assert story.ticket("03-04 10:00").resolutions == (
        Resolved(2, *by, ("L1",), 0, 0, 0, resolved, moved),
        Resolved(3, *by, ("L1", "L3"), 1, 0, 0, moved, at("03-03 12:00")),
        Resolved(5, *by, ("L1", "L3"), 1, 0, 1, closed),
    )


def test_without_a_target_the_first_response_is_neither_met_nor_missed() -> None:
    story = Story(targets=TARGETS | {"L1": (None, 3_600, None)}).opened("03-02 10:00").taken("03-02 10:05")
    assert story.ticket().first_response == FirstResponse()


@pytest.mark.parametrize(
    ("story", "answered", "missed"),
    [
        (Story().opened("03-02 10:00"), None, "03-02 10:15"),
        (Story().opened("03-02 10:00").taken("03-02 10:14"), "03-02 10:14", None),
        (Story().opened("03-02 10:00").taken("03-02 10:20"), "03-02 10:20", "03-02 10:15"),
        (Story().opened("03-02 10:00").waits("03-02 10:05"), None, None),
        (Story().opened("03-02 10:00").waits("03-02 10:05").resumed("03-02 11:00"), None, "03-02 11:10"),
        (Story().opened("03-02 10:00").waits("03-02 10:05", until="03-02 12:00"), None, "03-02 12:10"),
        (Story().opened("03-02 10:00").moved("03-02 10:05", "service-desk"), None, None),
        (Story().opened("03-02 10:00").moved("03-02 10:30", "service-desk").taken("03-02 11:00"), None, "03-02 10:15"),
    ],
)
def test_how_the_first_response_went_is_that_of_the_first_stay(
    story: Story, answered: str | None, missed: str | None
) -> None:
    first = story.ticket().first_response
    assert first == FirstResponse(at(answered) if answered else None, at(missed) if missed else None)
