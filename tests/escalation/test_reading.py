"""A form read from JSON over what is known."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.errors import InvalidInput
from workbench.escalation.model import Category, Diagnostic, Direction, Form, StepTaken
from workbench.escalation.reading import KEYS, form_told, read_form


def test_what_is_written_is_read_again(whole: Form) -> None:
    assert read_form(json.loads(json.dumps(form_told(whole))), Form()) == whole


def test_an_empty_form_tells_every_key(whole: Form) -> None:
    assert list(form_told(Form())) == list(form_told(whole))
    assert set(form_told(Form())) == set(KEYS)


def test_null_and_absence_keep_what_is_known(whole: Form) -> None:
    told = {"summary": None, "reason": None, "error": {"at": None}, "steps": None, "direction": None}
    assert read_form(told, whole) == whole
    assert read_form({}, whole) == whole


def test_an_empty_string_or_list_empties(whole: Form) -> None:
    told = {"summary": "", "reason": "", "error": {"at": ""}, "steps": [], "components": "", "direction": ""}
    form = read_form(told, whole)
    assert (form.summary, form.category, form.words, form.steps, form.components) == ("", None, "", (), ())
    assert (form.error_message, form.error_at, form.direction) == (whole.error_message, "", None)


def test_none_is_an_answer() -> None:
    assert read_form({"recent_changes": "none"}, Form()).recent_changes == "none"


def test_lists_and_choices_become_their_types() -> None:
    told = {
        "direction": "sideways",
        "reason": {"category": "security"},
        "steps": [{"what": "ping", "outcome": "failed"}, {"what": "trace"}],
        "diagnostics": [{"what": "loss", "value": "40 %", "at": "14:05"}],
        "summary": "lone \ud800",
    }
    form = read_form(told, Form())
    assert (form.direction, form.category) == (Direction.SIDEWAYS, Category.SECURITY)
    assert form.steps == (StepTaken("ping", "failed"), StepTaken("trace"))
    assert form.diagnostics == (Diagnostic("loss", "40 %", "14:05"),)
    assert form.summary == "lone ?"


@pytest.mark.parametrize(
    ("told", "wrong", "advice"),
    [
        ([], "no JSON object", "{"),
        ({"sumary": "x"}, "'sumary'", "did you mean summary"),
        ({"summary": 7}, "summary in the form is a number", "text"),
        ({"direction": "down"}, "direction in the form is 'down'", "up, sideways, swarm"),
        ({"reason": {"category": "bored"}}, "reason.category", "no_runbook"),
        ({"reason": "bored"}, "reason in the form", "category, words"),
        ({"error": {"when": "now"}}, "'when'", "message, at"),
        ({"steps": {"what": "x"}}, "steps in the form is an object", "list"),
        ({"steps": ["x"]}, "step 1", "what, outcome, note"),
        ({"steps": [{"what": "x", "outcome": "worked"}]}, "outcome of step 1", "done, failed, skipped"),
        ({"diagnostics": [{"what": ["x"]}]}, "what of diagnostic 1", "text"),
        ({"components": [True]}, "components[1] in the form is true or false", "text"),
    ],
)
def test_a_wrong_form_is_told_by_field(told: object, wrong: str, advice: str) -> None:
    with pytest.raises(InvalidInput) as raised:
        read_form(told, Form())
    assert wrong in raised.value.wrong
    assert advice in raised.value.advice


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*KEYS, "what", "at"]), inner),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(KEYS), JSON))
def test_any_json_is_read_or_refused_in_words(told: dict[str, Any]) -> None:
    try:
        form = read_form(told, Form())
    except InvalidInput:
        return
    assert read_form(form_told(form), Form()) == form
