"""Whether a rule recognises a ticket."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.errors import InvalidInput
from workbench.problems.matching import check, matches, subject_of
from workbench.problems.model import Rule

TICKET = subject_of(
    "checkout-gateway",
    "Checkout fails: 502",
    "Since lunch [/b] about one in three\nERROR 7731: token 0x7ffe expired after 3017 ms",
)


@pytest.mark.parametrize(
    ("rule", "recognised"),
    [
        (Rule(words=("checkout", "502")), True),
        (Rule(words=("CHECKOUT",)), True),
        (Rule(words=("one in three",)), True),
        (Rule(words=("check",)), False),
        (Rule(words=("checkout", "printer")), False),
        (Rule(component="Checkout-Gateway"), True),
        (Rule(component="identity"), False),
        (Rule(words=("checkout",), component="identity"), False),
        (Rule(signature="token 0x1 expired after 25 ms"), True),
        (Rule(signature="token * revoked"), False),
        (Rule(pattern=r"error \d{4}:"), True),
        (Rule(pattern=r"^ERROR"), True),
        (Rule(pattern=r"error \d{5}"), False),
        (Rule(words=("checkout",), pattern="expired"), True),
        (Rule(), False),
    ],
)
def test_everything_that_a_rule_says_has_to_hold(rule: Rule, recognised: bool) -> None:
    assert matches(rule, TICKET) is recognised


@pytest.mark.parametrize(
    ("rule", "wrong"),
    [
        (Rule(pattern="(unclosed"), "no regular expression"),
        (Rule(pattern=".*"), "matches everything"),
        (Rule(pattern=""), None),
        (Rule(pattern="(?P<a>x)(?P<a"), "no regular expression"),
        (Rule(words=("!!",)), "no letters"),
        (Rule(signature="***"), "no words"),
        (Rule(words=("[/b]",)), None),
    ],
)
def test_a_rule_that_cannot_be_is_refused(rule: Rule, wrong: str | None) -> None:
    if wrong is None:
        check(rule)
        return
    with pytest.raises(InvalidInput, match=wrong):
        check(rule)


def test_a_pattern_that_never_ends_is_given_up() -> None:
    with pytest.raises(InvalidInput, match="takes too long"):
        matches(Rule(pattern="(a|a)*$"), subject_of(None, "a" * 60 + "b"))


@given(st.text(max_size=60), st.text(max_size=30), st.text(max_size=12))
def test_any_rule_looks_at_any_text_or_says_why_not(text: str, said: str, pattern: str) -> None:
    rule = Rule((said,) if said.strip() else (), said, "", pattern)
    try:
        check(rule)
        matches(rule, subject_of(None, text))
    except InvalidInput as error:
        assert error.advice  # noqa: PT017
