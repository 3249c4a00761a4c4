"""Words of a filter are found in subject, requester and body, and are never taken for anything else."""

import pytest

from tests.support.offices import Office

TEXTS = (
    ("VPN drops every 10 min", "Dana Reyes", "since the update of app_v2.1"),
    ('Robert"); DROP TABLE ticket;--', "O'Brien", "AND OR NOT NEAR(a b)"),
    ("Über-Café 👩‍👩‍👧 closed", "José", "naïve 100% of *.log"),
    ("a\x00b host [web01]", "", "x" * 10_000 + " haystack"),
)

FOUND = {
    "vpn": {1},
    "VPN": {1},
    "vp": {1},
    "pn": set(),
    "dana": {1},
    "dana vpn": {1},
    "vpn robert": set(),
    '"every 10"': {1},
    '"10 every"': set(),
    "update of": {1},
    '"drops every" -dana': set(),
    "-vpn": {2, 3, 4},
    "-vpn -drop": {3, 4},
    "AND": {2},
    "OR NOT": {2},
    "NEAR(a": {2},
    "NEAR": {2},
    "*": {3},
    "*.log": {3},
    '"100%"': {3},
    "-x": {1, 2, 3},
    "o'brien": {2},
    "drop;--": set(),
    "ticket;--": {2},
    "uber": {3},
    "cafe": {3},
    "jose": {3},
    "NAIVE": {3},
    "👩‍👩‍👧": {3},
    "web01": {4},
    "[web01]": {4},
    "app_v2": {1},
    "v2.1": {1},
    "haystack": {4},
    "hay": {4},
    "needle": set(),
    "DROP TABLE ticket": {2},
}


@pytest.mark.parametrize(("text", "expected"), FOUND.items(), ids=FOUND)
def test_words_find_tickets(office: Office, text: str, expected: set[int]) -> None:
    for subject, contact, body in TEXTS:
        office.open(subject, contact=contact or None, body=body)
    queues = office.desk().queues
    wanted = queues.parse(text)
    assert {line.ref - 1000 for line in queues.all_lines(wanted)} == expected
    assert {line.ref - 1000 for line in queues.select(wanted).page(9)} == expected
    assert queues.size(wanted) == len(expected)


@pytest.mark.parametrize("text", ["x" * 9_990, '"' + "long words " * 80 + '"', "w" * 50 + " -" + "n" * 5_000])
def test_long_filters_are_answered(office: Office, text: str) -> None:
    office.open()
    assert office.desk().queues.size(office.desk().queues.parse(text)) == 0


def test_a_search_among_many_is_the_same_as_among_few(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    for subject, contact, body in TEXTS * 3:
        office.open(subject, contact=contact or None, body=body)
    queues = office.desk().queues
    few = {text: [line.ref for line in queues.select(queues.parse(text)).page(20)] for text in FOUND}
    monkeypatch.setattr("workbench.queues.walks.FEW", 0)
    assert {text: [line.ref for line in queues.select(queues.parse(text)).page(20)] for text in FOUND} == few
