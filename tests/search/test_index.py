"""Pages are found in spite of slips, best first, whatever is typed and whoever else writes."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.search.conftest import COLUMNS, PAGES, fill, make
from workbench.database import Database
from workbench.database.sqlite import library
from workbench.search import TextIndex
from workbench.search.words import words


def first(index: TextIndex, typed: str) -> int | None:
    """The page that is found first."""
    hits = index.search(typed)
    return hits[0].id if hits else None


@pytest.mark.parametrize(
    ("typed", "page"),
    [
        ("printer prints blank pages", 1),
        ("prnter", 1),  # a letter too few
        ("prinnter", 1),  # too many
        ("prinzer", 1),  # another
        ("pritner", 1),  # swapped
        ("prin", 1),  # not yet finished
        ("toner replacin", 1),  # nearly finished, behind the stem that the index knows
        ("prnt", 1),  # not yet finished, with a slip
        ("blank printer", 1),  # in another order
        ("pasword rest", 7),  # a slip in each
        ("checkuot 502", 2),
        ("check out 502", 2),  # one word as two
        ("failover database", 5),  # two as one
        ("kube pod crash", 4),  # parts of a name
        ("kubepod crashlooping", 4),
        ("KUBEPODCRASHLOOPING", 4),
        ("toner test page", 1),  # in the body
        ("promote the standby", 5),
        ("promoet the standby", 5),
        ("lease of the tunnel", 3),
        ("grossere postfacher", 6),  # without the accents
        ("größere POSTFÄCHER", 6),
        ("admin", 6),  # full-width letters
        ("printing", 1),  # another ending
        ("zzzzzz blank printer", 1),  # a word that nothing has
        ("wrong 502 token gateway expired again", 2),  # some words only
    ],
)
def test_finds_what_was_meant(index: TextIndex, typed: str, page: int) -> None:
    assert first(index, typed) == page


@pytest.mark.parametrize(
    "typed", ["", " ", '"', "(", ")", "*", "-", "-x", "AND", "NEAR(", "title:", "^", "\0", "🙂", "‮", "\ud800"]
)
def test_nothing_that_is_typed_raises(index: TextIndex, typed: str) -> None:
    assert len(index.search(typed)) <= len(PAGES)
    assert first(index, f"{typed} printer {typed}") == 1


@pytest.mark.parametrize("typed", ["", "printer", "two words", "prn"])
def test_nothing_is_found_where_nothing_is(database: Database, typed: str) -> None:
    assert make(database).search(typed) == []


def test_a_pasted_text_is_known_by_its_rarest_words(index: TextIndex) -> None:
    noise = " ".join(f"0x{number:08x} the gateway" for number in range(700))
    assert len(noise) > 10_000
    assert first(index, f"ERROR 2026-11-21 the token has expired: 502 the a of and to is at in on {noise}") == 2


@given(st.text(max_size=60))
def test_no_text_raises_and_no_score_leaves_its_bounds(shared_index: TextIndex, typed: str) -> None:
    for hit in shared_index.search(typed):
        assert 0.0 <= hit.score <= 1.0
        assert hit.where in COLUMNS
        excerpt = shared_index.excerpt(" ".join(PAGES[hit.id]), hit)
        assert all(excerpt.text[span.start : span.end].strip() for span in excerpt.spans)


@given(st.lists(st.text(max_size=40), min_size=3, max_size=3))
def test_any_text_can_be_put_in_and_taken_out(shared_index: TextIndex, texts: list[str]) -> None:
    database = shared_index.database
    before = database.rows("SELECT term, doc, cnt FROM page_words_vocabulary")
    with database.transaction():
        shared_index.put(99, dict(zip(COLUMNS, texts, strict=True)))
        for word in words(texts[0]):
            assert 99 in {hit.id for hit in shared_index.search(word, limit=100)}
        shared_index.remove(99)
    assert database.rows("SELECT term, doc, cnt FROM page_words_vocabulary") == before
    assert not database.rows("SELECT rowid FROM page_words WHERE rowid = 99")


def test_the_title_counts_more_than_the_body_and_where_is_told(index: TextIndex) -> None:
    hits = index.search("gateway")
    assert {hit.id for hit in hits} == {2, 3}
    assert {hit.where for hit in hits} == {"body"}
    assert [hit.where for hit in index.search("payments")] == ["tags"]
    assert [hit.where for hit in index.search("blank")] == ["title"]
    database, title = index.database, "Gateway timeouts"
    with database.transaction():
        index.put(8, {"title": title})
    assert first(index, "gateway") == 8


def test_words_in_a_row_come_before_words_anywhere(index: TextIndex) -> None:
    with index.database.transaction():
        index.put(8, {"title": "Standby", "body": "the primary of the clients; promote nobody, and stop there"})
        index.put(9, {"title": "Stop", "body": "the clients there point: primary standby. Promote the"})
    assert first(index, "stop the primary promote the standby") == 5


def test_what_the_caller_knows_counts_a_little(index: TextIndex) -> None:
    plain = index.search("gateway")
    other = plain[1].id
    boosted = index.search("gateway", boost=lambda page: 0.1 if page == other else 0.0)
    assert boosted[0].id == other
    assert index.search("gateway") == plain


def test_pages_known_to_fit_come_first_and_once(index: TextIndex) -> None:
    hits = index.search("gateway 502", first={7: "signatures"})
    assert (hits[0].id, hits[0].score, hits[0].where) == (7, 1.0, "signatures")
    assert [hit.id for hit in hits].count(7) == 1
    assert index.search("", first={7: "signatures"})[0].id == 7


def test_a_page_put_again_is_found_by_its_new_words_only(index: TextIndex) -> None:
    with index.database.transaction():
        index.put(1, {"title": "Scanner jams"})
    assert first(index, "scaner") == 1
    assert not index.search("toner")
    with index.database.transaction():
        index.remove(1)
        index.remove(1)
    assert not index.search("scanner")


def test_another_session_sees_what_was_written(index: TextIndex, tmp_path: Path) -> None:
    other = Database.open(tmp_path / "workbench.db")
    try:
        theirs = TextIndex(other, "page_words", COLUMNS)
        assert first(theirs, "prnter") == 1
        with index.database.transaction():
            index.put(8, {"title": "Fax is dead"})
            assert first(index, "fxa is dead") == 8
            assert first(theirs, "fxa is dead") != 8
        assert first(theirs, "fxa is dead") == 8
        with other.transaction():
            theirs.remove(8)
        assert first(index, "fxa is dead") != 8
    finally:
        other.close()


def test_what_was_undone_is_forgotten(index: TextIndex, tmp_path: Path) -> None:
    """Also where another session's change then bears the number of the one that was undone."""
    with suppress(ZeroDivisionError), index.database.transaction():
        index.put(8, {"title": "Fax is dead"})
        assert first(index, "fax") == 8
        raise ZeroDivisionError
    other = Database.open(tmp_path / "workbench.db")
    try:
        with other.transaction():
            TextIndex(other, "page_words", COLUMNS).put(9, {"title": "Scanner jams"})
    finally:
        other.close()
    assert first(index, "fax") is None
    assert first(index, "scaner") == 9


def test_the_same_file_gives_the_same_answer_whatever_way_it_came_to_be(index: TextIndex) -> None:
    again = make(index.database, "again")
    with index.database.transaction():
        for page in reversed(PAGES):
            again.put(page, {"title": "something else"})
    fill(again)
    for typed in ("gateway", "pasword rest", "the", "a", "printer 502 vpn"):
        assert again.search(typed) == index.search(typed)


def test_an_index_in_memory_gives_the_same_answers(index: TextIndex, tmp_path: Path) -> None:
    elsewhere = Database.create(tmp_path / "elsewhere.db")
    try:
        elsewhere.connection.close()
        elsewhere.connection = library.connect(":memory:", isolation_level=None)
        there = make(elsewhere)
        fill(there)
        for typed in ("gateway", "pasword rest", "the", "a", "printer 502 vpn", "kube"):
            assert there.search(typed) == index.search(typed)
    finally:
        elsewhere.close()


@pytest.mark.parametrize("name", ["page_words", "again"])
def test_the_vocabulary_holds_only_words_that_are_there(index: TextIndex, name: str) -> None:
    made = index if name == "page_words" else make(index.database, name)
    known = {word for (word,) in index.database.rows(f"SELECT term FROM {made.name}_vocabulary")}
    there = {word for texts in PAGES.values() for text in texts for word in words(text)}
    assert known == (there if made is index else set())


def test_pages_like_a_longer_text_stand_by_words_that_few_have(index: TextIndex) -> None:
    text = "We have a printer, and it prints, but the toner is what nobody wants to change. zzzz"
    hits = index.alike(text)
    assert hits[0].id == 1
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert all(0 < hit.score < 1 for hit in hits)
    assert index.alike("zzzz") == index.alike("") == []


@pytest.mark.parametrize("text", ['"', "(", "AND OR NOT", "NEAR(", "\0", "🙂", "\ud800", "x" * 50_000])
def test_no_longer_text_raises(index: TextIndex, text: str) -> None:
    assert isinstance(index.alike(text), list)
