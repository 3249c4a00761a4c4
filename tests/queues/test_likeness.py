"""Tickets with like words, tickets by a few letters, and how much each person has."""

from datetime import timedelta

import pytest

from tests.support.offices import HOSTILE, Office


def similar(office: Office, subject: str, client: str | None = None) -> list[int]:
    return [line.ref for line in office.desk().queues.similar(subject, client)]


def matches(office: Office, query: str, limit: int = 20) -> list[int]:
    return [line.ref for line in office.desk().queues.matches(query, limit)]


@pytest.fixture
def troubles(office: Office) -> Office:
    """1001 and 1002 about a VPN, 1003 about a printer, 1004 resolved about the VPN."""
    office.open("VPN drops every ten minutes", external="INC-77")
    office.open("vpn drops since this morning", client="fabrikam")
    office.open("Printer on the second floor jams", body="every time, also vpn")
    resolved = office.open("VPN drops every ten minutes")
    office.desk().tickets.resolve(resolved.ref)
    return office


def test_like_subjects_are_found_the_likest_first(troubles: Office) -> None:
    assert similar(troubles, "VPN drops every 10 minutes") == [1001, 1002]
    assert similar(troubles, "the printer jams") == [1003]
    assert similar(troubles, "Dana cannot log in") == []


def test_the_clients_own_are_liker(troubles: Office) -> None:
    assert similar(troubles, "vpn drops") == [1002, 1001]
    assert similar(troubles, "vpn drops", "contoso") == [1001, 1002]


def test_resolved_ones_are_no_longer_similar(troubles: Office) -> None:
    assert 1004 not in similar(troubles, "VPN drops every ten minutes")


def test_no_more_than_asked_for(troubles: Office) -> None:
    assert len(troubles.desk().queues.similar("vpn drops", limit=1)) == 1


@pytest.mark.parametrize("text", ["", "a", "[/", '"', "* OR NEAR(", "\x00", "x" * 5000, "word " * 500, *HOSTILE])
def test_any_text_can_be_asked_for(office: Office, text: str) -> None:
    office.open(text.strip()[:400] or "something")
    similar(office, text)
    matches(office, text)


def test_hostile_subjects_find_themselves(office: Office) -> None:
    for text in HOSTILE:
        office.open(text)
    for place, text in enumerate(HOSTILE):
        assert similar(office, text)[0] == 1001 + place
        assert 1001 + place in matches(office, text)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("1003", [1003]),
        ("#1004", [1004]),
        ("INC-77", [1001]),
        ("vpn", [1003, 1002, 1001, 1004]),
        ("prin ja", [1003]),
        ("vpn every", [1003, 1001, 1004]),
        ("nothing like it", []),
        ("  ", []),
    ],
)
def test_tickets_are_found_by_number_external_id_or_words(troubles: Office, query: str, found: list[int]) -> None:
    assert matches(troubles, query) == found


def test_a_number_comes_before_words(troubles: Office) -> None:
    troubles.open("like 1001 again")
    assert matches(troubles, "1001") == [1001, 1005]
    assert matches(troubles, "1001", limit=1) == [1001]


def test_the_load_of_each_person_is_what_they_have_and_what_is_late(office: Office) -> None:
    for _ in range(3):
        office.open()
    tickets = office.desk().tickets
    tickets.take(1001)
    tickets.take(1002)
    tickets.assign(1003, "ravi")
    office.pass_time(minutes=90)
    late = office.desk().queues.loads()
    assert late == {"maya": (2, 2), "ravi": (1, 1), "lena": (0, 0), "omar": (0, 0), "ines": (0, 0)}
    tickets.resolve(1001)
    assert office.desk("ravi").queues.loads()["maya"] == (1, 1)


def test_misspelt_subjects_are_found_too(troubles: Office) -> None:
    assert similar(troubles, "the pritner jms") == [1003]
    assert similar(troubles, "the printre jams") == [1003]


def test_words_that_no_ticket_has_are_told_for_what_they_may_be(troubles: Office) -> None:
    queues = troubles.desk().queues
    assert queues.meant(queues.parse("prnter floor tier:L1 -jamz secnod")) == {"prnter": "printer", "secnod": "second"}
    assert queues.meant(queues.parse("print zebra x* vpn")) == {}


def test_short_words_alone_make_nobody_alike(office: Office) -> None:
    ticket = office.open("No access to the folder of the project")
    for subject in ("Scans of delivery notes do not arrive", "Fax of the lab does not come", "The end of the month"):
        office.open(subject)
    near = office.open("Access to a folder denied")
    found = office.desk().queues.recent_like(
        office.desk().tickets.get(ticket.ref), office.clock.now() - timedelta(hours=72)
    )
    assert [line.ref for line in found] == [near.ref]
