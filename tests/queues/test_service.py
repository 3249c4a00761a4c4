"""Queues as one person sees them: which there are, their counts, what is saved, the next to take, and why."""

from datetime import timedelta

import pytest

from tests.support.offices import SETUP, START, Office
from workbench.clock import FixedClock, SystemClock
from workbench.desk import Desk
from workbench.errors import InvalidInput, NotFound, Refused, WorkbenchError
from workbench.ownership.model import Component
from workbench.queues.as_json import queue_told
from workbench.tickets.vocabulary import Impact, Priority, Urgency, WaitingFor


def opened(office: Office, name: str) -> int:
    queues = office.desk().queues
    (total,) = queues.counts([queues.find(name)])
    return total.open


def test_there_is_a_queue_for_each_tier_and_team_and_the_smart_ones(office: Office) -> None:
    queues = office.desk().queues.queues()
    assert [(queue.name, queue.kind) for queue in queues] == [
        ("L1", "tier"),
        ("L2", "tier"),
        ("L3", "tier"),
        ("frontline", "team"),
        ("service-desk", "team"),
        ("second-line", "team"),
        ("engineering", "team"),
        *((name, "smart") for name in ("Mine", "Unassigned", "Waiting", "Late", "Stale", "Graveyard", "Bouncing")),
        ("Unowned", "smart"),
        ("Hand-offs", "smart"),
    ]


def test_a_queue_is_found_in_letters_of_either_case(office: Office) -> None:
    queues = office.desk().queues
    assert queues.find("l1").name == "L1"
    assert queues.find("MINE").name == "Mine"
    with pytest.raises(NotFound, match="did you mean Late"):
        queues.find("Lat")


def test_the_stages_of_a_queue_add_up_to_what_is_open(office: Office) -> None:
    for _ in range(3):
        office.open()
    desk = office.desk()
    desk.tickets.take(1001)
    desk.tickets.wait(1002, WaitingFor.VENDOR, "part")
    office.pass_time(minutes=20)
    counts = desk.queues.counts()
    desk.queues.date(counts)
    told = {total.queue.name: queue_told(total, desk.now()) for total in counts}
    assert told["L1"] == {
        "name": "L1",
        "kind": "tier",
        "open": 3,
        "fresh": 1,
        "aging": 0,
        "due": 0,
        "late": 1,
        "paused": 1,
        "none": 0,
        "unassigned": 2,
        "graveyard": 0,
        "oldest_s": 1200,
    }
    stages = ("fresh", "aging", "due", "late", "paused", "none")
    assert all(sum(each[stage] for stage in stages) == each["open"] for each in told.values())
    assert told["L2"]["oldest_s"] is None
    assert (told["Mine"]["open"], told["Unassigned"]["open"], told["Waiting"]["open"], told["Late"]["open"]) == (
        1,
        2,
        1,
        1,
    )


def test_mine_is_of_the_one_who_looks(office: Office) -> None:
    office.open()
    office.desk("ravi").tickets.take(1001)
    assert opened(office, "Mine") == 0
    ravi = office.desk("ravi").queues
    assert ravi.counts([ravi.find("Mine")])[0].open == 1


def test_time_alone_fills_the_smart_queues(office: Office) -> None:
    office.open()
    for length, name in ((timedelta(hours=1), "Late"), (timedelta(days=7), "Stale"), (timedelta(days=30), "Graveyard")):
        office.clock.at = START + length - timedelta(seconds=1)
        assert opened(office, name) == (1 if name == "Late" else 0)
        office.clock.at = START + length
        assert opened(office, name) == 1
    assert office.desk().database.value("SELECT count(*) FROM event") == 1


def test_a_bouncing_ticket(office: Office) -> None:
    office.open()
    for team in ("second-line", "frontline"):
        office.desk().tickets.move(1001, team, "theirs")
    assert opened(office, "Bouncing") == 1


def test_unowned_is_what_the_catalogue_knows_no_owner_of(office: Office) -> None:
    desk = office.desk()
    for component in ("badge [/b] reader", "mail", "unheard of", None):
        office.open(component=component)
    desk.ownership.put_all([Component("badge [/b] reader"), Component("mail", owners=("second-line",))])
    (count,) = desk.queues.counts([desk.queues.find("Unowned")])
    desk.queues.date([count])
    assert (count.open, count.unassigned, count.oldest_at) == (1, 1, office.clock.now())
    lines = {line.component: line.owners for line in desk.queues.all_lines(desk.queues.parse(""))}
    assert lines == {"badge [/b] reader": "", "mail": "second-line", "unheard of": None, None: None}
    desk.ownership.set_owners("badge [/b] reader", ["frontline"])
    assert opened(office, "Unowned") == 0


def test_a_saved_queue_is_kept_and_rewritten(office: Office) -> None:
    queues = office.desk().queues
    office.open("vpn [/b] down", client="fabrikam")
    queues.save(" [/b] Mine & hot ", 'client:fabrikam "[/b]"')
    assert queues.queues()[-1].name == "[/b] Mine & hot"
    assert opened(office, "[/b] mine & hot") == 1
    queues.save("[/b] Mine & hot", "client:contoso")
    assert [queue.kind for queue in queues.queues()].count("saved") == 1
    assert opened(office, "[/b] Mine & hot") == 0


@pytest.mark.parametrize(
    ("name", "text", "error", "words"),
    [
        ("", "tier:L1", InvalidInput, "1 to 40 characters"),
        ("x" * 41, "tier:L1", InvalidInput, "1 to 40 characters"),
        ("hot", " ", InvalidInput, "the filter is empty"),
        ("hot", "is:hot", InvalidInput, "takes fresh, aging"),
        ("hot", "tier:L7", NotFound, "the tiers are L1, L2, L3|did you mean"),
        ("late", "tier:L1", Refused, "choose another name"),
        ("FRONTLINE", "tier:L1", Refused, "choose another name"),
    ],
)
def test_what_cannot_be_saved(office: Office, name: str, text: str, error: type[WorkbenchError], words: str) -> None:
    before = office.desk().queues.queues()
    with pytest.raises(error, match=words):
        office.desk().queues.save(name, text)
    assert office.desk().queues.queues() == before


def test_a_saved_queue_outlives_the_team_it_names(office: Office) -> None:
    desk = office.desk()
    desk.queues.save("theirs", "team:service-desk")
    part = '[[team]]\nslug = "service-desk"\nname = "Service desk"\ntier = "L1"\npeople = ["lena"]\n'
    desk.organisation.apply(SETUP.replace(part, ""), "setup.toml")
    assert "service-desk" not in [queue.name for queue in desk.queues.queues()]
    assert opened(office, "theirs") == 0


def test_names_with_any_character_are_queues_too(office: Office) -> None:
    desk = office.desk()
    more = '[[team]]\nslug = "a,\\"b\\" > [/c]"\nname = "Odd"\ntier = "L2"\npeople = ["maya"]\n'
    desk.organisation.apply(SETUP + more, "setup.toml")
    odd = 'a,"b" > [/c]'
    office.open(team=odd)
    assert opened(office, odd) == 1
    assert [line.team for line in desk.queues.select(desk.queues.find(odd).filter).page(5)] == [odd]
    assert desk.queues.take_next().team == odd


def test_the_next_is_the_most_urgent_nobody_has(office: Office) -> None:
    office.open("third")
    office.open("taken", impact=Impact.EVERYONE, urgency=Urgency.BLOCKED)
    office.open("second", impact=Impact.TEAM, urgency=Urgency.BLOCKED)
    office.open("waits", impact=Impact.EVERYONE, urgency=Urgency.BLOCKED)
    office.open("first", impact=Impact.CLIENT, urgency=Urgency.BLOCKED)
    office.desk("ravi").tickets.take(1002)
    office.desk().tickets.wait(1004, WaitingFor.VENDOR, "part")
    office.open("not my team", team="second-line", impact=Impact.EVERYONE, urgency=Urgency.BLOCKED)
    queues = office.desk().queues
    assert [queues.take_next().subject for _ in range(3)] == ["first", "second", "third"]
    with pytest.raises(Refused, match="nothing to take in the queues of your teams"):
        queues.take_next()
    with pytest.raises(Refused, match="nothing to take in Late"):
        queues.take_next("Late")
    assert queues.take_next("L2").ref == 1006


def test_the_next_is_for_people_of_the_setup(office: Office) -> None:
    office.open()
    with pytest.raises(Refused, match="no person of this workbench"):
        office.desk("stranger").queues.take_next("L1")
    office.desk().organisation.apply(SETUP.replace('people = ["ines"]', "people = []"), "setup.toml")
    with pytest.raises(Refused, match="ines is in no team"):
        office.desk("ines").queues.take_next()


def test_a_ticket_written_later_than_the_clock_is_passed_over(office: Office) -> None:
    office.open("later", impact=Impact.EVERYONE, urgency=Urgency.BLOCKED)
    earlier = START - timedelta(hours=1)
    with Desk.open(office.path, FixedClock(earlier), "maya") as desk, pytest.raises(Refused, match="nothing to take"):
        desk.queues.take_next("L1")


def test_where_there_is_nothing_to_take_nobody_waits_for_who_looks(office: Office) -> None:
    office.open()
    with office.desk("ravi").database.transaction(), pytest.raises(Refused, match="nothing to take"):
        office.desk().queues.take_next("L2")


def test_a_machines_clock_set_back_still_finds_the_next(office: Office) -> None:
    office.clock.at = START.replace(year=2150)
    office.open()
    with Desk.open(office.path, SystemClock(), "maya") as desk:
        assert desk.queues.take_next("L1").ref == 1001


def test_why_tells_the_clock_what_is_used_and_what_stood_still(office: Office) -> None:
    desk = office.desk()
    office.open(impact=Impact.TEAM, urgency=Urgency.BLOCKED)
    assert desk.queues.why(1001) == (
        "#1001 is fresh: respond clock of L1, P2: 7 min, 0 s used, 7 min left; nobody has it."
    )
    desk.tickets.take(1001)
    office.pass_time(minutes=7)
    desk.tickets.wait(1001, WaitingFor.VENDOR, "[/b] part", office.clock.at + timedelta(minutes=48))
    office.pass_time(minutes=10)
    assert desk.queues.why(1001) == (
        "#1001 waits for vendor until 2026-03-02 11:55 CET ([/b] part): resolve clock of L1, P2: 30 min, "
        "7 min used, 10 min paused for vendor; maya has it."
    )
    office.pass_time(minutes=58)
    assert desk.queues.why(1001) == (
        "#1001 is due soon: resolve clock of L1, P2: 30 min, 27 min used, 48 min paused for vendor, 3 min left; "
        "maya has it."
    )
    office.pass_time(days=40)
    assert "it lies in the graveyard, open for 40d; nobody has touched it for 40d" in desk.queues.why(1001)


def test_why_tells_only_what_its_clock_stood_still_for(office: Office) -> None:
    desk = office.desk("ines")
    office.open(team="engineering", client="contoso")
    desk.tickets.take(1001)
    desk.tickets.wait(1001, WaitingFor.VENDOR, "a part")
    office.pass_time(hours=3)
    assert desk.queues.why(1001).startswith(
        "#1001 waits for vendor (a part) and is fresh: update clock of L3, P3: 24 h, 3 h used, 21 h left"
    )
    desk.tickets.wait(1001, WaitingFor.REQUESTER, "a photo")
    office.pass_time(hours=1)
    desk.tickets.resume(1001)
    assert "update clock of L3, P3: 24 h, 3 h used, 60 min paused for the requester, 21 h left" in desk.queues.why(1001)


def test_why_tells_what_its_clock_stood_still_for_since_it_came_to_the_team(office: Office) -> None:
    office.open(team="service-desk")
    desk = office.desk("lena")
    desk.tickets.wait(1001, WaitingFor.VENDOR, "a part")
    office.pass_time(minutes=30)
    desk.tickets.move(1001, "frontline", "theirs")
    desk.tickets.wait(1001, WaitingFor.REQUESTER, "a photo")
    office.pass_time(minutes=5)
    desk.tickets.resume(1001)
    assert "respond clock of L1, P3: 15 min, 0 s used, 5 min paused for the requester, 15 min" in desk.queues.why(1001)


def test_why_tells_a_wait_also_without_a_target(office: Office) -> None:
    desk = office.desk()
    office.open(client="fabrikam")
    desk.tickets.take(1001)
    desk.tickets.wait(1001, WaitingFor.CHANGE, "tonight", office.clock.at + timedelta(hours=9))
    told = "#1001 waits for a change window until 2026-03-02 20:00 CET (tonight) and has no running clock at L1, so"
    assert desk.queues.why(1001).startswith(told)


def test_why_of_tickets_without_a_clock(office: Office) -> None:
    desk = office.desk()
    office.open(client="fabrikam")
    office.desk().tickets.take(1001)
    assert "has no running clock at L1" in desk.queues.why(1001)
    desk.tickets.prioritise(1001, Priority.P1, "boss")
    desk.tickets.resolve(1001)
    assert desk.queues.why(1001) == "#1001 is resolved: it stands in no queue."
    desk.tickets.reopen(1001, "again")
    assert desk.queues.why(1001).startswith("#1001 ")


def test_the_lists_lines_are_read_at_one_moment_and_keep_their_places(office: Office) -> None:
    for _ in range(5):
        office.open()
    queues = office.desk().queues
    selection = queues.select(queues.parse("tier:L1"))
    lines = selection.page(3)
    office.desk("ravi").tickets.resolve(lines[1].ref)
    assert [line.ref for line in selection.beyond(lines[1], 2)] == [1003, 1004], "also from a place that was left"
    assert selection.rank(lines[2]) == 1
    assert selection.find(lines[1].ref) is None
