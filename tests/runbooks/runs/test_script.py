"""What became of the steps of a run, as JSON tells it."""

import pytest

from workbench.errors import InvalidInput
from workbench.runbooks.runs.model import Did
from workbench.runbooks.runs.script import LONGEST, read_script


def test_a_script() -> None:
    told = read_script('{"steps": [{"step": 1, "outcome": "done", "note": "x"}, {"step": 2, "outcome": "skipped", '
                       '"note": "\\ud800"}], "ended": "not_fixed"}')  # fmt: skip
    assert [tuple(step) for step in told.steps] == [(1, Did.DONE, "x"), (2, Did.SKIPPED, "\ud800")]
    assert told.ended is Did.NOT_FIXED
    assert read_script("{}") == ((), None)
    assert read_script('{"steps": [{"step": 1, "outcome": "failed", "note": null}], "ended": null}').ended is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "not JSON"),
        ("[", "not JSON"),
        ("[" * 100_000, "nested too deeply"),
        ('{"steps": [{"step": ' + "9" * 5000 + "}]}", "not JSON"),
        ("[]", "an object is expected"),
        ('{"steps": {}}', "steps is not a list"),
        ('{"steps": null}', "steps is not a list"),
        ('{"step": []}', "nothing is called 'step'"),
        ('{"steps": [1]}', "entry 1 of steps: an object"),
        ('{"steps": [{"outcome": "done"}]}', "entry 1 of steps: step is not a number"),
        ('{"steps": [{"step": true, "outcome": "done"}]}', "step is not a number"),
        ('{"steps": [{"step": NaN, "outcome": "done"}]}', "step is not a number"),
        ('{"steps": [{"step": 1}]}', "outcome is null"),
        ('{"steps": [{"step": 1, "outcome": "began"}]}', 'outcome is "began"; it is one of done, failed, skipped'),
        ('{"steps": [{"step": 1, "outcome": ["done"]}]}', "outcome is"),
        ('{"steps": [{"step": 1, "outcome": "done", "note": 1}]}', "note is not text"),
        ('{"ended": "solved"}', "it is one of fixed, not_fixed, left"),
        ('{"ended": "done"}', "it is one of fixed, not_fixed, left"),
    ],
)
def test_what_is_no_script(text: str, words: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        read_script(text)
    assert words in str(refused.value)


def test_a_script_has_a_length() -> None:
    with pytest.raises(InvalidInput, match="over 4,000,000"):
        read_script(" " * (LONGEST + 1))
