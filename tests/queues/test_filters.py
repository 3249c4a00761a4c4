"""The filter language: what it understands, what it refuses and with which words, whatever is typed."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.support.offices import HOSTILE, START, Office
from workbench.clock import iso
from workbench.errors import InvalidInput, NotFound, WorkbenchError
from workbench.ownership.model import Component
from workbench.queues.filters import CONDITIONS, FIELDS, LONGEST, MOST, Operator, Term, Words, only, parse
from workbench.tickets.vocabulary import Impact, Priority, Urgency, WaitingFor


def test_the_language_in_one_line() -> None:
    found = parse('vpn tier:L1 client:contoso age:>4h is:late who:me -is:waiting "exact words" #1042 priority:P1,p2')
    assert found.words == (Words(("vpn",)), Words(("exact", "words"), "exact words"))
    assert found.terms == (
        Term("tier", ("L1",)),
        Term("client", ("contoso",)),
        Term("age", (14_400,), Operator.ABOVE),
        Term("is", ("late",)),
        Term("who", ("me",)),
        Term("is", ("waiting",), negated=True),
        Term("number", (1042,)),
        Term("priority", ("P1", "P2")),
    )


@pytest.mark.parametrize("text", ["", " ", "-", '""', '-""', "\t\n"])
def test_nothing_said_lets_everything_through(text: str) -> None:
    assert (parse(text).terms, parse(text).words) == ((), ())


def test_quotation_marks_keep_spaces_and_commas_in_a_value() -> None:
    assert parse('contact:"Dana Reyes" tag:"a,b",c').terms == (
        Term("contact", ("Dana Reyes",)),
        Term("tag", ("a,b", "c")),
    )
    assert parse('tag:">x"').terms == (Term("tag", (">x",)),)
    assert parse(only("team", "a b", "c,d").text) == only("team", "a b", "c,d")


def test_a_date_is_a_midnight_of_the_zone() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    assert parse("opened:>=2026-11-01", berlin).terms[0].values == ("2026-10-31T23:00:00Z",)
    assert parse("opened:<2026-11-21T09:00:00Z", berlin).terms[0].values == ("2026-11-21T09:00:00Z",)


MISTAKES = {
    'say "hello': "not closed",
    "tier:": "takes a tier like L1",
    "age:": "takes a length of time",
    "age:>": "takes a length of time",
    'tag:""': "takes a tag",
    "age:4": "takes a length of time like >4h",
    "age:>=99999d": "age:>=99999d is not understood; age: takes a length of time",
    "is:burning": "takes fresh, aging, due, late",
    "priority:P5": "P1, P2, P3, P4",
    "priority:>P5": "compared like <=P2",
    "impact:everybody": "one, team, client, everyone",
    "urgency:no": "wait, hampered, blocked",
    "for:godot": "requester, vendor, change, ticket",
    "hops:two": "a number like 2",
    "number:99999999999999999999": "a number like 2",
    "opened:yesterday": "a date or instant",
    "opened:0001-01-01": "a date or instant",
    "opened:9999-12-31T23:59:59-01:00": "a date or instant",
    "tier:>L1": "cannot be compared with >",
    "is:<late": "cannot be compared with <",
    "x" * (LONGEST + 1): "at most 10,000 are read",
    "a " * (MOST + 1): "at most 200 are read",
    "tag:" + "a," * (MOST + 1): "at most 200 are read",
}


@pytest.mark.parametrize(("text", "words"), MISTAKES.items(), ids=[text[:40] for text in MISTAKES])
def test_a_mistake_is_named_with_what_is_allowed(text: str, words: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        parse(text, ZoneInfo("Europe/Berlin"))
    assert words in str(caught.value)


def test_an_unknown_field_is_told_with_the_nearest() -> None:
    with pytest.raises(NotFound, match="did you mean tier:"):
        parse("teir:L1")


FILTER_PIECES = (
    st.text(max_size=20)
    | st.sampled_from([*HOSTILE, '"', "-", ":", "AND", "OR", "NEAR(", "*", "^", "(", "{", "''", "\x00", "👩‍👩‍👧"])
    | st.builds(
        "{}{}:{}{}".format,
        st.sampled_from(["", "-"]),
        st.sampled_from(sorted(FIELDS)),
        st.sampled_from(["", ">", "<=", '"']),
        st.text(max_size=8) | st.sampled_from(["4h", "P1", "L1", "none", "me", "2", "2026-03-01", *CONDITIONS]),
    )
)


@given(st.lists(FILTER_PIECES, max_size=6).map(" ".join))
@example("_")
@example("\ud800")
@example("tag:\ud800 who:\x00")
@example("²³¼ _ __ ´`")
@example("contact:%_!")
@example("opened:２０２６-03-01")
@example("age:٣h")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300)
def test_whatever_is_typed_is_answered_or_refused_in_our_words(office: Office, text: str) -> None:
    desk = office.desk()
    if desk.database.value("SELECT count(*) FROM ticket") == 0:
        for subject in HOSTILE:
            office.open(subject, contact=subject)
    try:
        wanted = desk.queues.parse(text)
    except WorkbenchError:
        return
    lines = desk.queues.all_lines(wanted)
    assert [line.ref for line in desk.queues.select(wanted).page(50)] == [line.ref for line in lines]
    assert desk.queues.size(wanted) == len(lines)


FOUND = {
    "tier:L1": {1, 2, 3, 5},
    "tier:L1,L2": {1, 2, 3, 4, 5},
    "-tier:L2": {1, 2, 3, 5},
    "team:second-line": {4},
    "client:contoso": {1, 2, 4},
    "client:none": {5},
    "-client:contoso": {3, 5},
    "owner:none": {4},
    "owner:second-line": {2},
    "owner:none,second-line": {2, 4},
    "-owner:none": {1, 2, 3, 5},
    "owner:service-desk": set(),
    "contact:dana": {1},
    "contact:%": set(),
    "who:me": {1},
    "who:maya": {1},
    "who:none": {3, 4, 5},
    "who:nobody": {3, 4, 5},
    "-who:maya": {2, 3, 4, 5},
    "component:vpn": {2},
    "component:none": {1, 3, 5},
    "tag:new": {3},
    "-tag:new": {1, 2, 4, 5},
    "priority:P1": {3},
    "priority:<=P2": {2, 3},
    "priority:>P2": {1, 4, 5},
    "-priority:>P2": {2, 3},
    "impact:everyone": {3},
    "urgency:blocked": {2, 3},
    "is:new": {3, 4, 5},
    "is:open": {1},
    "is:waiting": {2},
    "is:paused": {2},
    "is:unassigned": {3, 4, 5},
    "is:mine": {1},
    "is:late": {1, 3, 5},
    "is:aging": {4},
    "is:late,aging": {1, 3, 4, 5},
    "is:escalated": set(),
    "is:unresolved": {1, 2, 3, 4, 5},
    "is:closed": set(),
    "is:stale": set(),
    "is:graveyard": set(),
    "is:bouncing": set(),
    "for:vendor": {2},
    "-for:vendor": {1, 3, 4, 5},
    "age:>1h": {1, 2, 3},
    "age:2h": {1, 2, 3},
    "age:<1h": {4, 5},
    "here:<1h": {4, 5},
    "progress:<1h": {2, 4, 5},
    "untouched:>=2h": {3},
    "unanswered:>1h": {1, 2, 3},
    "hops:1": {4},
    "hops:>0": {4},
    "bounces:0": {1, 2, 3, 4, 5},
    "reopens:>=1": set(),
    "number:1002": {2},
    "#1002": {2},
    "number:>=1004": {4, 5},
    "external:INC-7": {5},
    "opened:<2026-03-02T11:00:00Z": {1, 2, 3},
    "opened:>2026-03-03": set(),
    "opened:2026-03-02": {1, 2, 3, 4, 5},
    "opened:2026-03-02T10:00:00Z": {1, 2, 3},
    "-opened:2026-03-02T10:00:00Z,2026-03-01": {4, 5},
    "resolved:2026-03-02": set(),
    "resolved:>2026-03-01": set(),
    "jams -tier:L2": {2, 3},
}


@pytest.fixture
def five(office: Office) -> Office:
    """Five tickets that differ in every field."""
    office.open("mail is slow", contact="Dana Reyes")
    office.open("[@click]Printer[/] jams", who="ravi", component="vpn", impact=Impact.TEAM, urgency=Urgency.BLOCKED)
    office.open(HOSTILE[2], client="fabrikam", impact=Impact.EVERYONE, urgency=Urgency.BLOCKED, tags=("new", "x"))
    office.pass_time(minutes=90)
    office.desk().tickets.take(1001)
    office.desk("ravi").tickets.take(1002)
    office.pass_time(minutes=30)
    office.desk("ravi").tickets.wait(1002, WaitingFor.VENDOR, "part")
    office.open("printer jams again", component="printer")
    office.desk().tickets.move(1004, "second-line", "theirs")
    office.pass_time(minutes=20)
    office.open("fax", client=None, external="INC-7")
    office.desk().ownership.put_all([Component("vpn", owners=("second-line",)), Component("printer")])
    office.pass_time(minutes=20)
    return office


@pytest.mark.parametrize(("text", "expected"), FOUND.items(), ids=FOUND)
def test_every_field_finds_what_it_says(five: Office, text: str, expected: set[int]) -> None:
    queues = five.desk().queues
    wanted = queues.parse(text)
    assert {line.ref - 1000 for line in queues.all_lines(wanted)} == expected
    assert {line.ref - 1000 for line in queues.select(wanted).page(9)} == expected
    assert queues.size(wanted) == len(expected)


def test_every_field_of_the_language_is_tried() -> None:
    tried = {term.field for text in FOUND for term in parse(text).terms}
    assert tried == set(FIELDS)


@pytest.mark.parametrize("text", ["tier:L9", "team:frontlin", "client:contos", "who:mya", "owner:nobody"])
def test_names_must_be_known(office: Office, text: str) -> None:
    with pytest.raises(NotFound):
        office.desk().queues.parse(text)


@pytest.mark.parametrize(("name", "meant"), [("vpm", "vpn"), ("printre", "printer"), ("mial", "mail")])
def test_a_component_is_known_to_the_catalogue_or_to_a_ticket(five: Office, name: str, meant: str) -> None:
    five.open("slow", component="mail")
    desk = five.desk()
    desk.ownership.retire("vpn")
    with pytest.raises(NotFound, match=f"did you mean {meant}"):
        desk.queues.parse(f"-component:none,{name}")
    assert desk.queues.parse(f"component:{meant}").terms[0].values == (meant,)


def test_done_tickets_are_found_among_all(office: Office) -> None:
    office.open()
    office.desk().tickets.resolve(1001)
    office.pass_time(hours=1)
    queues = office.desk().queues
    for text in ("is:resolved", f"resolved:>={iso(START)}", "-is:closed", "-is:unresolved", "is:mine"):
        assert [line.ref for line in queues.all_lines(queues.parse(text))] == [1001], text
        assert queues.size(queues.parse(text)) == 0
    office.pass_time(days=7)
    assert [line.state for line in queues.all_lines(queues.parse("is:closed"))] == ["closed"]


def test_every_priority_is_a_word_of_the_language() -> None:
    assert {parse(f"priority:{each.lower()}").terms[0].values for each in Priority} == {(each,) for each in Priority}


def test_an_age_is_counted_to_the_second(office: Office) -> None:
    office.open()
    queues = office.desk().queues
    for seconds, expected in ((3599, 0), (3600, 1), (3601, 1)):
        office.clock.at = START + timedelta(seconds=seconds)
        assert queues.size(queues.parse("age:1h")) == expected
        assert queues.size(queues.parse("age:>1h")) == (seconds > 3600)
