"""A rule is tried within a time, while nobody waits for it, and on what it has matched so far."""

from collections.abc import Sequence

import pytest

from tests.support.driver import seated
from tests.support.offices import Office
from workbench.errors import InvalidInput
from workbench.problems import matching, trying
from workbench.problems.match_store import TicketVersion
from workbench.problems.matching import PATIENCE, TOGETHER, recognised, subject_of
from workbench.problems.model import NewProblem, Rule
from workbench.problems.trying import BEFORE_SAVED, WHILE_OTHERS_WAIT

MAIL = NewProblem("Mail", Rule(words=("mail",)))


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, bool]]:
    """Each look at a ticket, and whether others waited for it; each is said to take 0.03 seconds."""
    seen: list[tuple[int, bool]] = []
    look = trying._OnTrial._look

    def watched(trial: trying._OnTrial, unknown: Sequence[TicketVersion], until: float) -> None:
        for each in unknown:
            before = len(trial._said)
            look(trial, [each], until)
            if len(trial._said) > before:
                seen.append((each.ref, trial._store.database.writing))

    monkeypatch.setattr(trying._OnTrial, "_look", watched)
    monkeypatch.setattr(trying, "thread_time", lambda: 0.03 * len(seen))
    return seen


def test_a_changed_rule_keeps_the_older_tickets_that_it_still_matches(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = office.desk()
    problem = desk.problems.write(NewProblem("VPN", Rule(pattern="vpn[xz]")))
    still, no_more, done = (office.open(subject).ref for subject in ("vpnx", "vpnz", "vpnz again"))
    desk.tickets.resolve(done)
    latest = [office.open(subject).ref for subject in ("vpnx [1]", "vpny", "mail")]
    monkeypatch.setattr("workbench.problems.service.TRIED_ON", len(latest))
    desk.problems.rewrite(problem.number, lambda now: now._replace(rule=Rule(pattern="vpnx|vpny")), widely=True)
    known = [ref for ref in (still, no_more, done, *latest) if desk.problems.of_ticket(ref)]
    assert known == [still, done, *latest[:2]]


def test_a_ticket_that_the_time_does_not_reach_stays_as_it_was_and_that_is_told(
    office: Office, looks: list[tuple[int, bool]]
) -> None:
    problems = office.desk().problems
    problems.write(MAIL)
    refs = [office.open("mail").ref for _ in range(60)]
    looks.clear()
    changed = Rule(pattern="post")
    trial = problems.try_rule(changed, 1)
    reached = round(BEFORE_SAVED / 0.03) + 1
    assert [ref for ref, _ in looks] == refs[: -reached - 1 : -1], "the latest first"
    assert (trial.tried, trial.left_out) == (reached, 60 - reached)
    assert trial.told.endswith(
        f"matched 0 of the last {reached}, of which 0 are linked (it is slow: {60 - reached} more were not reached)"
    )
    office.desk("ravi").problems.rewrite(1, lambda now: now._replace(rule=changed))
    left = {each.ref for each in problems.matching(1)}
    assert left == set(refs[: len(left)])
    assert 0 < len(left) < len(refs)


def test_a_rule_is_tried_before_others_have_to_wait(
    office: Office, looks: list[tuple[int, bool]], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, begin = office.desk(), office.desk().database.transaction
    refs = [office.open(f"mail {number}").ref for number in range(3)]
    late: list[int] = []

    def begin_late() -> object:
        if not late:
            late.append(office.open("mail, and late", who="ravi").ref)
        return begin()

    monkeypatch.setattr(desk.database, "transaction", begin_late)
    desk.problems.write(MAIL)
    assert looks == [*((ref, False) for ref in reversed(refs)), (late[0], True)]
    assert {each.ref for each in desk.problems.matching(1)} == {*refs, *late}


def test_what_comes_while_others_wait_is_tried_for_a_short_time(office: Office, looks: list[tuple[int, bool]]) -> None:
    for number in range(9):
        office.open(f"mail {number}")
    with office.desk().database.transaction():
        office.desk().problems.write(MAIL)
    assert len(looks) == round(WHILE_OTHERS_WAIT / 0.03)


async def test_a_box_tries_its_rule_before_it_writes(office: Office, looks: list[tuple[int, bool]]) -> None:
    ref = office.open("badge printer").ref
    async with seated(office) as maya:
        await maya.press("P", "N", *"Badges", "tab", *"badge", "ctrl+s")
        maya.sees("PRB-1", "1 match")
    assert looks[-1] == (ref, False)


def test_patterns_share_the_time_that_others_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    spent = [0.0]

    def found(pattern: str, _text: str, patience: float) -> bool:
        if pattern == "slow":
            spent.append(patience)
            raise InvalidInput("the pattern takes too long", "mend it")
        return True

    monkeypatch.setattr(matching, "_found", found)
    monkeypatch.setattr(matching, "thread_time", lambda: sum(spent))
    rules = [Rule(pattern=pattern) for pattern in (*["slow"] * 30, "quick", *["slow"] * 30, "quick")]
    told = recognised(rules, subject_of(None, "x"))
    assert told == [True if rule.pattern == "quick" else None for rule in rules]
    assert TOGETHER / 2 < sum(spent) <= TOGETHER * 1.01
    spent[:] = [0.0]
    recognised([Rule(pattern="slow")], subject_of(None, "x"))
    assert sum(spent) == PATIENCE


def test_each_rule_is_told_in_its_place() -> None:
    rules = [Rule(words=(word,)) for word in ("mail", "badge", "late")]
    assert recognised(rules, subject_of(None, "mail is late")) == [True, False, True]
    assert recognised([Rule(pattern="(a|a)*$"), *rules], subject_of(None, "a" * 60 + "b mail")) == [
        None,
        True,
        False,
        False,
    ]
    assert recognised([], subject_of(None, "x")) == []
