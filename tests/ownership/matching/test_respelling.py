"""Hosts, URLs and paths that somebody misspelt, and which patterns they are like."""

import pytest

from tests.support.offices import Office
from workbench.ownership.hinting import hints
from workbench.ownership.matching.findings import Answer
from workbench.ownership.model import Component, PathRule
from workbench.ownership.words import why

CATALOGUE = (
    Component(
        "till",
        hosts=("pay*.example.com",),
        urls=("https://shop.example.com/checkout/*",),
        paths=(PathRule("services/checkout/**"), PathRule("/src/"), PathRule("*.toml")),
        owners=("frontline",),
    ),
    Component("scanner", aliases=("gun",)),
)


@pytest.fixture
def till(office: Office) -> Office:
    """The help desk with patterns that have wildcards."""
    office.desk().ownership.put_all(CATALOGUE)
    return office


def answers(office: Office, query: str) -> list[Answer]:
    """What a query finds."""
    return office.desk().ownership.lookup(query).found.answers


@pytest.mark.parametrize(
    ("query", "meant"),
    [
        ("https://shop.exmaple.com/checkout/x?from=exmaple", "the URL pattern https://shop.example.com/checkout/*"),
        ("https://shop.example.com/chekout/x", "the URL pattern https://shop.example.com/checkout/*"),
        ("shop.exampel.com/chckout", "the URL pattern https://shop.example.com/checkout/*"),
        ("services/chekout/a.py", "the path pattern services/checkout/**"),
        ("/home/ada/work/of/today/services/chekout/deep/inside/a.py", "the path pattern services/checkout/**"),
        ("servces/checkout/a.py", "the path pattern services/checkout/**"),
        ("sevices\\checkuot\\a.py", "the path pattern services/checkout/**"),
        ("pay3.exmaple.com", "the host pattern pay*.example.com"),
        ("PYA3.example.com", "the host pattern pay*.example.com"),
        ("no answer of pay3.exmaple.com", "the host pattern pay*.example.com"),
    ],
)
def test_a_misspelt_place_says_which_pattern_it_is_like(till: Office, query: str, meant: str) -> None:
    first = answers(till, query)[0]
    assert (first.component, first.match.how) == ("till", "fuzzy")
    assert why(first) == f"{first.match.text} is like {meant}"


def test_it_comes_after_all_that_fits_as_it_is(till: Office) -> None:
    assert [each.component for each in answers(till, "gun at pay3.exampel.com")] == ["scanner", "till"]
    till.desk().ownership.put(Component("elsewhere", hosts=("*.exmaple.com",)))
    assert [each.component for each in answers(till, "pay3.exmaple.com")] == ["elsewhere"]


def test_the_fewer_slips_the_nearer(till: Office) -> None:
    one, two = (answers(till, query)[0].match.score for query in ("pay3.exmaple.com", "pay3.exmapel.com"))
    assert 0.5 > one > two > 0.1


@pytest.mark.parametrize(
    "query",
    [
        "srv/main.c",  # `/src/` is too short to be told from another folder
        "notes.tolm",
        "pay3.exmapel.cmo",
        "services/payments/a.py",
        "https://shop.example.org/basket",
        "chekout",
        "checkot services",
        "the till says\npay3.exmaple.com is down",
    ],
)
def test_no_place_is_guessed_at_by_chance(till: Office, query: str) -> None:
    assert not [each for each in answers(till, query) if each.match.meant]


def test_what_is_learnt_or_forgotten_is_put_right_at_once(till: Office) -> None:
    assert not answers(till, "depot3.wharehouse.example")
    till.desk().ownership.put(Component("depot", hosts=("depot*.warehouse.example",)))
    assert [each.component for each in answers(till, "depot3.wharehouse.example")] == ["depot"]
    till.desk().ownership.retire("depot")
    assert not answers(till, "depot3.wharehouse.example")


def test_a_ticket_is_nobodys_for_a_misspelt_place(till: Office) -> None:
    assert hints(till.desk().ownership, till.open("pay3.exmaple.com is down")) == []
