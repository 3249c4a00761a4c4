"""What one person keeps: it stays, it is theirs alone, and nobody reads a list anew because of it."""

from datetime import timedelta
from typing import Any

import pytest

from tests.support.offices import HOSTILE, Office
from tests.support.sessions import sessions, wait_for
from workbench.personal.model import PRESENT_FOR, SIGN_EVERY
from workbench.text import storable


@pytest.mark.parametrize("text", HOSTILE)
def test_a_draft_is_kept_as_it_was_typed(office: Office, text: str) -> None:
    mine = office.desk().personal
    mine.save_draft("comment", 1001, {"text": text})
    draft = mine.draft("comment", 1001)
    assert draft is not None
    assert draft.fields == {"text": storable(text)}
    assert draft.saved_at == office.clock.now()


def test_each_ticket_and_kind_has_its_own_draft_and_the_latest_comes_first(office: Office) -> None:
    mine = office.desk().personal
    mine.save_draft("comment", 1001, {"text": "dear"})
    office.pass_time(seconds=5)
    mine.save_draft("ticket", None, {"subject": "printer", "body": ""})
    office.pass_time(seconds=5)
    mine.save_draft("comment", 1001, {"text": "dear Dana"})
    assert [(each.kind, each.ticket, each.fields) for each in mine.drafts()] == [
        ("comment", 1001, {"text": "dear Dana"}),
        ("ticket", None, {"subject": "printer", "body": ""}),
    ]
    assert office.desk("ravi").personal.drafts() == []


def test_a_draft_goes_when_it_is_dropped_or_emptied(office: Office) -> None:
    mine = office.desk().personal
    mine.save_draft("note", 1001, {"text": "x"})
    mine.drop_draft("note", 1001)
    mine.drop_draft("note", 1001)
    mine.save_draft("wait", 1001, {"reason": "x", "until": "2h"})
    mine.save_draft("wait", 1001, {"reason": " \n", "until": ""})
    assert mine.drafts() == []
    assert mine.draft("wait", 1001) is None


@pytest.mark.parametrize(
    ("kind", "number", "told"),
    [
        ("comment", 1042, "comment on #1042"),
        ("comment", None, "comment on several"),
        ("ticket", None, "new ticket"),
        ("problem", 7, "problem PRB-7"),
        ("problem", None, "new problem"),
        ("new problem", 1042, "new problem on #1042"),
        ("problem fix", 7, "fix of PRB-7"),
        ("fix", 7, "fix on #7"),
        ("component", None, "new component"),
        ("step note", None, "step note"),
        ("a kind of old", 7, "a kind of old on #7"),
    ],
)
def test_a_draft_is_told_by_what_it_is_for(office: Office, kind: str, number: int | None, told: str) -> None:
    mine = office.desk().personal
    mine.save_draft(kind, number, {"text": "x"})
    assert [draft.told for draft in mine.drafts()] == [told]


TYPING = """
from workbench.clock import SystemClock
from workbench.personal.service import PersonalService
mine = PersonalService(Database.open(path), SystemClock(), "maya")
mine.save_draft("comment", 1001, {"text": "the whole sentence"})
print("typed", flush=True)
sys.stdin.readline()
"""


def test_a_draft_outlives_the_end_that_nobody_sees_coming(office: Office) -> None:
    with sessions(TYPING, office.path, 1) as (session,):
        wait_for(session, "typed")
        session.kill()
        session.wait(timeout=60)
    draft = office.desk().personal.draft("comment", 1001)
    assert draft is not None
    assert draft.fields["text"] == "the whole sentence"


@pytest.mark.parametrize("value", ["nord", 3, True, None, ["P", "Clock"], {"L1": {"order": "age", "down": False}}])
def test_a_preference_comes_back_as_it_was_given(office: Office, value: Any) -> None:
    office.desk().personal.prefer("name", value)
    assert office.desk().personal.preference("name", "default") == value
    assert office.desk("ravi").personal.preference("name", "default") == "default"


def test_what_was_seen_is_never_unseen(office: Office) -> None:
    mine, ref = office.desk().personal, office.open().ref
    assert mine.last_seen(ref) == 0
    mine.saw(ref, 3)
    mine.saw(ref, 2)
    assert mine.last_seen(ref) == 3
    assert office.desk("ravi").personal.last_seen(ref) == 0


def test_who_looks_at_a_ticket_is_seen_by_the_others(office: Office) -> None:
    maya, ravi = office.desk().personal, office.desk("ravi").personal
    maya.look_at(1001)
    assert maya.others_at(1001) == []
    assert ravi.others_at(1001) == ["maya"]
    assert ravi.others_at(1002) == []
    maya.look_at(1002)
    assert (ravi.others_at(1001), ravi.others_at(1002)) == ([], ["maya"])
    maya.look_at(None)
    assert ravi.others_at(1002) == []


def test_whoever_goes_without_a_word_fades_and_whoever_stays_does_not(office: Office) -> None:
    maya, ravi, lena = (office.desk(who).personal for who in ("maya", "ravi", "lena"))
    maya.look_at(1001)
    ravi.look_at(1001)
    for _ in range(12):
        office.pass_time(seconds=1)
        maya.look_at(1001)
    assert lena.others_at(1001) == ["maya"]
    office.pass_time(seconds=PRESENT_FOR.seconds + 1)
    assert lena.others_at(1001) == []
    lena.look_at(1002)
    assert office.desk().database.value("SELECT count(*) FROM presence") == 1, "old signs are cleared away"


def test_a_sign_is_written_only_where_it_is_news(office: Office) -> None:
    maya, other = office.desk().personal, office.desk("ravi").database
    maya.look_at(1001)
    before = other.data_version()
    maya.look_at(1001)
    office.clock.at += SIGN_EVERY - timedelta(seconds=1)
    maya.look_at(1001)
    assert other.data_version() == before
    office.pass_time(seconds=1)
    maya.look_at(1001)
    assert other.data_version() != before
    maya.look_at(None)
    before = other.data_version()
    maya.look_at(None)
    assert other.data_version() == before


def test_only_the_work_itself_starts_a_new_generation(office: Office) -> None:
    ref, maya, other = office.open().ref, office.desk(), office.desk("ravi").database
    before = other.generation()
    maya.personal.save_draft("note", ref, {"text": "x"})
    maya.personal.prefer("theme", "dark")
    maya.personal.saw(ref, 1)
    maya.personal.look_at(ref)
    assert other.generation() == before
    generations = [before]
    for change in (
        lambda: maya.tickets.take(ref),
        lambda: maya.tickets.undo(),
        lambda: maya.queues.save("Own", "who:me"),
        lambda: maya.queues.save("Own", "who:ravi"),
        lambda: maya.organisation.apply('name = "Other"', "setup.toml"),
    ):
        change()
        generations.append(other.generation())
    assert len(set(generations)) == len(generations)
