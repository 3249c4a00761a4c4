"""Error messages in a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.ownership.matching.signatures import Signature, Wording


def seen(signature: str, text: str) -> str | None:
    read, wording = Signature.read(signature), Wording(text)
    assert read is not None
    sighting = read.sighting(wording)
    if sighting is None:
        return None
    assert set(read.keys) & set(wording.keys)
    return text[sighting.start : sighting.end]


@pytest.mark.parametrize(
    ("signature", "text", "found"),
    [
        ("connection refused", "db01: Connection\n   REFUSED.", "Connection\n   REFUSED"),
        ("timeout after 3017 ms at 0x7ffe", "x Timeout after 25 ms at 0x1 y", "Timeout after 25 ms at 0x1"),
        (
            "session 0d3f7a52-8c1e-4f6e-9a51-5f4f0b8f3c11 of user lost",
            "Session ffffffff-0000-4000-8000-000000000001 of user lost",
            "Session ffffffff-0000-4000-8000-000000000001 of user lost",
        ),
        ("object deadbeef01 is not there", "object 12345678ab is not there", "object 12345678ab is not there"),
        ("ORA-00942", "java.sql: ora-00942: table", "ora-00942"),
        ("HTTP 502", "got http  502 again", "http  502"),
        (
            "cannot connect to * on port 5432",
            "cannot connect to db7 on port 5432!",
            "cannot connect to db7 on port 5432",
        ),
        (
            "cannot connect to * on port 5432",
            "cannot connect to db7 on port 6000",
            "cannot connect to db7 on port 6000",
        ),
        ("token*expired", "tokens have expired", "tokens have expired"),
        ("0x80070005", "failed with 0x80070005", "0x80070005"),
        ("İstanbul hatası", "x İSTANBUL hatası", "İSTANBUL hatası"),
        ("disk full", "\0\ud800 disk full", "disk full"),
    ],
)
def test_is_seen(signature: str, text: str, found: str) -> None:
    assert seen(signature, text) == found


@pytest.mark.parametrize(
    ("signature", "text"),
    [
        ("out of memory", "about of memory"),
        ("oom", "no room here"),
        ("error 50", "error 502"),
        ("ORA-00942", "ORA-00001: unique constraint"),
        ("HTTP 502", "HTTP 404"),
        ("failure of ORA-00942 in the job", "failure of ORA-00001 in the job"),
        ("token*expired", "token " + "x" * 500 + " expired"),
        ("a b c*d e f", "d e f a b c"),
    ],
)
def test_is_not_seen(signature: str, text: str) -> None:
    assert seen(signature, text) is None


@pytest.mark.parametrize("text", ["", " ", "***", "!!", "…"])
def test_what_says_nothing_is_no_signature(text: str) -> None:
    assert Signature.read(text) is None


def test_its_own_numbers_score_higher_than_others() -> None:
    signature = Signature.read("timeout after 30 s in gateway")
    assert signature is not None
    same, other = (signature.sighting(Wording(f"timeout after {number} s in gateway")) for number in (30, 31))
    assert same is not None
    assert other is not None
    assert same.fit.score > other.fit.score


WORDS = st.lists(
    st.sampled_from(["Lost", "the", "node", "17", "0x9f", "E1234", "-", "…", "ß", "a,b"]), min_size=1, max_size=8
)


@given(WORDS, st.text(max_size=20), st.text(max_size=20), st.sampled_from([" ", "\n\t "]))
def test_a_text_is_seen_within_another(words: list[str], before: str, after: str, blank: str) -> None:
    if Signature.read(" ".join(words)) is not None:
        found = seen(" ".join(words), f"{before} {blank.join(words)} {after}")
        assert found is not None
