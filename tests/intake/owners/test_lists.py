"""Lists within one annotation, and what needs more than a word: paths with owners, leads of seams."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.intake.owners import lists

TEXT = st.text(st.characters(codec="utf-8"), min_size=1, max_size=30)
ODD = st.text(st.sampled_from('ab =@,;"[]\\ \t\n#'), min_size=1, max_size=12) | TEXT


@pytest.mark.parametrize(
    ("text", "elements"),
    [
        ("", []),
        ("one", ["one"]),
        (" one , two,,three ", ["one", "two", "three"]),
        ("one, two\n", ["one, two"]),
        ("one\n\n  two  \n", ["one", "two"]),
        ('"quoted"', ["quoted"]),
        ('"not closed', ['"not closed']),
        ('"a\\nb"\n', ["a\nb"]),
        ('""', ['""']),
    ],
)
def test_one_a_line_or_between_commas(text: str, elements: list[str]) -> None:
    assert lists.split(text) == elements


@pytest.mark.parametrize(
    ("part", "told"),
    [
        ("src/**", ("src/**", None)),
        ("docs/my file.md", ("docs/my file.md", None)),
        ("src/** @payments @identity", ("src/**", ["payments", "identity"])),
        ("src/** @", ("src/**", [])),
        ("a\\ b @team", ("a\\ b", ["team"])),
        ("src/@types/x", ("src/@types/x", None)),
        ('["src/**", ["IT team"]]', ("src/**", ["IT team"])),
        ('["src/** @x", null]', ("src/** @x", None)),
        ('["src/**", 5]', ('["src/**", 5]', None)),
        ("[ab]/c", ("[ab]/c", None)),
    ],
)
def test_paths_may_have_owners_of_their_own(part: str, told: tuple[str, list[str] | None]) -> None:
    assert lists.read_path(part) == told


@pytest.mark.parametrize(
    ("part", "told"),
    [
        ("identity=payments", ("identity", "payments")),
        (" identity = IT team ", ("identity", "IT team")),
        ('["a=b", "c"]', ("a=b", "c")),
        ("identity", None),
        ("=payments", None),
        ("identity=", None),
    ],
)
def test_leads_name_the_other_end_and_the_team(part: str, told: tuple[str, str] | None) -> None:
    assert lists.read_lead(part) == told


@given(st.lists(ODD))
def test_any_list_comes_back(elements: list[str]) -> None:
    assert lists.split(lists.joined(elements)) == elements


@given(st.lists(st.tuples(ODD, st.none() | st.lists(ODD, max_size=3))))
def test_any_paths_come_back(rules: list[tuple[str, list[str] | None]]) -> None:
    text = lists.lines(lists.write_path(*rule) for rule in rules)
    assert [lists.read_path(part) for part in lists.parts(text)] == rules


@given(st.lists(st.tuples(ODD, ODD)))
def test_any_leads_come_back(leads: list[tuple[str, str]]) -> None:
    text = lists.lines(lists.write_lead(*lead) for lead in leads)
    assert [lists.read_lead(part) for part in lists.parts(text)] == leads
