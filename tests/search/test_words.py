"""Words, their other forms, their corrections, and the excerpts that show them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.database import Database
from workbench.search.excerpts import excerpt
from workbench.search.queries import MOST_WORDS, read
from workbench.search.spelling import MOST_ALTERNATIVES, Speller
from workbench.search.words import forms, placed, stem, words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Print, don't PRAY!", ["print", "don", "t", "pray"]),
        ("Größe ÅNGSTRÖM ﬁle", ["grosse", "angstrom", "file"]),
        ("ERR_CONNECTION_REFUSED 0x80070005", ["err", "connection", "refused", "0x80070005"]),
        ("\0\ud800🙂 \u202eabc", ["abc"]),
        ("שלום עולם", ["שלום", "עולם"]),
        ("", []),
    ],
)
def test_words_are_small_and_without_accents(text: str, found: list[str]) -> None:
    assert words(text) == found


@given(st.text())
def test_each_word_is_one_word_by_itself(text: str) -> None:
    for word in words(text):
        assert word == word.lower()
        assert words(word) == [word]


@given(st.text())
def test_every_word_stands_where_it_is_told(text: str) -> None:
    for found in placed(text):
        assert words(text[found.start : found.end])[0] == found.word


def test_sqlite_finds_each_word_of_any_text(database: Database) -> None:
    text = "".join(map(chr, (*range(0x20, 0x2FFF), 0xD800, 0x1F600, 0x1E900, 0x20000)))
    found = words(text)
    with database.transaction():
        database.execute("CREATE VIRTUAL TABLE every USING fts5 (text, tokenize='unicode61')")
        database.execute_many("INSERT INTO every (text) VALUES (?)", [(word,) for word in found])
        database.execute("CREATE VIRTUAL TABLE known USING fts5vocab (every, row)")
    assert {word for (word,) in database.rows("SELECT term FROM known")} == set(found)


@pytest.mark.parametrize(
    ("title", "other"),
    [
        ("KubePodOOMKilled", ["kube", "pod", "oom", "killed", "kubepod", "podoom", "oomkilled"]),
        ("Fail over", ["failover"]),
        ("Reset", []),
        ("", []),
    ],
)
def test_a_title_has_other_forms(title: str, other: list[str]) -> None:
    assert forms(title) == other


def test_words_of_one_stem_match() -> None:
    assert stem("printers") == stem("printing") == stem("printed") == stem("printer")
    assert stem("stopping") == stem("stopped")
    assert stem("access") != stem("acces")
    assert stem("vpn") == "vpn"


WORDS = {"printer": 9, "painter": 1, "print": 30, "checkout": 4, "check": 8, "out": 20, "password": 5, "connection": 3}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("prniter", "printer"),
        ("pinter", "printer"),
        ("pasword", "password"),
        ("conection", "connection"),
        ("cnonectoin", "connection"),
        ("chekcout", "checkout"),
    ],
)
def test_a_word_that_is_not_known_is_corrected(typed: str, meant: str) -> None:
    found = [each.text for each in Speller(WORDS).alternatives(typed, unfinished=False)]
    assert found[:2] == [typed, meant]
    assert len(found) <= MOST_ALTERNATIVES


def test_a_word_that_is_well_known_is_corrected_only_when_doubted() -> None:
    speller = Speller(WORDS)
    assert [each.text for each in speller.alternatives("printer", unfinished=False)] == ["printer"]
    assert "painter" in [each.text for each in speller.alternatives("printer", unfinished=False, doubted=True)]


def test_the_last_word_may_go_on_with_or_without_a_slip() -> None:
    speller = Speller(WORDS)
    found = [(each.text, each.begins) for each in speller.alternatives("pass", unfinished=True)]
    assert found == [("pass", False), ("pass", True), ("password", False)]
    assert ("pass", True) in [(each.text, each.begins) for each in speller.alternatives("paas", unfinished=True)]
    assert not any(each.begins for each in speller.alternatives("paas", unfinished=False))


def test_a_short_word_is_never_corrected() -> None:
    assert [each.text for each in Speller(WORDS).alternatives("ou", unfinished=False, doubted=True)] == ["ou"]


def test_of_many_words_the_known_and_rare_are_looked_for_in_their_order() -> None:
    typed = read("zz1 zz2 out print check printer password painter connection checkout zz3", Speller(WORDS))
    assert typed.words == tuple(word for word in WORDS_AS_TYPED if word in typed.words)
    assert len(typed.words) == MOST_WORDS
    assert not {"zz1", "zz2", "zz3"} & set(typed.words)


WORDS_AS_TYPED = ("out", "print", "check", "printer", "password", "painter", "connection", "checkout")


def test_an_excerpt_shows_the_most_of_what_matched() -> None:
    text = (
        "filler " * 200
        + "toner first. "
        + "filler " * 100
        + "Replace the [b]toner[/b] of the printers now. "
        + "end " * 90
    )
    shown = excerpt(text, ["toner", "printer"], [], 80)
    assert [shown.text[span.start : span.end] for span in shown.spans] == ["toner", "printers"]
    assert shown.text.startswith("… ")
    assert shown.text.endswith(" …")
    assert len(shown.text) <= 80 + 4


def test_an_excerpt_without_a_match_is_the_beginning() -> None:
    assert excerpt("one\n two\tthree", ["four"], [], 80) == ("one two three", ())
    assert excerpt("printing", [], ["prin"], 80).spans == ((0, 8),)
