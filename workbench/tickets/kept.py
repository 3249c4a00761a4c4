"""How clocks ended, as it was told when they did: a target that changes later judges no more of it."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from workbench.clock import iso
from workbench.tickets.model import ClockState, Stay, Ticket

_Told = dict[str, Any]


def as_kept(ticket: Ticket, rows: Iterable[tuple[int, str | None, str]]) -> Ticket:
    """The ticket with the outcomes that the rows of its stays (number, end, outcome) keep.

    While it is done its clocks are those of the last one; once it is reopened they keep how it was answered before.
    """
    kept = {seq: (left, json.loads(outcome)) for seq, left, outcome in rows}
    stays = tuple(_stay(stay, *kept[stay.seq]) if stay.seq in kept else stay for stay in ticket.stays)
    if ticket.unresolved:
        _, outcome = kept.get(stays[-1].seq, (None, ()))
        before = _by_length(outcome)
        clocks = [_clock(clock, before.get(_length(clock)) if clock.answered else None) for clock in ticket.clocks]
    else:
        ended = {told["name"]: told for told in stays[-1].outcome}
        clocks = [_clock(clock, ended.get(clock.name)) for clock in ticket.clocks]
    return ticket._replace(stays=stays, clocks=tuple(clocks))


def _stay(stay: Stay, left: str | None, outcome: Sequence[_Told]) -> Stay:
    """A stay with what is kept of it; one that has gone on since with how it was answered before."""
    if stay.left_at is None:
        return stay
    if left == iso(stay.left_at):
        return stay._replace(outcome=tuple(outcome))
    before = _by_length(outcome)
    return stay._replace(outcome=tuple(before.get(_length_told(told), told) for told in stay.outcome))


def _by_length(outcome: Iterable[_Told]) -> dict[tuple[str, int, int], _Told]:
    """What was judged, by what each clock had used then: a clock that has gone on since has used more."""
    return {_length_told(told): told for told in outcome if told["state"] != "paused"}


def _length(clock: ClockState) -> tuple[str, int, int]:
    return clock.name, clock.used_s, clock.paused_s


def _length_told(told: _Told) -> tuple[str, int, int]:
    return told["name"], told["used_s"], told["paused_s"]


def _clock(clock: ClockState, told: _Told | None) -> ClockState:
    if told is None:
        return clock
    target_s, used_s, paused_s = told["target_s"], told["used_s"], told["paused_s"]
    ran_out_at = clock.ran_out_at if clock.target_s == target_s else None
    return clock._replace(target_s=target_s, used_s=used_s, paused_s=paused_s, ran_out_at=ran_out_at)
