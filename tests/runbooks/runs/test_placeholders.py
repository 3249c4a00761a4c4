"""Filling in commands: whatever a value holds, the shell takes it as one word, or nothing is run."""

import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.offices import HOSTILE
from workbench.errors import InvalidInput
from workbench.runbooks.runs.placeholders import filled, is_plain, placeholders, value_of

CONTEXTS = (
    "printf %s {{x}}",
    'printf %s "{{x}}"',
    "printf %s '{{x}}'",
    "printf %s \\\"'a'{{x}}",
    'printf %s "a"{{ X }}',
)
BEHIND = ("", "", "", '"a', "a")
"""What stands before the value in what each of them prints."""


@pytest.mark.parametrize(
    ("command", "names"),
    [
        ("ping {{host}} {{ Host }} {{a_1}}", ("host", "a_1")),
        ("docker ps --format '{{.Names}}: {{ .Status }}'", ()),
        ("{{ $labels.pod }} {{range .Items}}{{end}}{{else}} {{json .}}", ()),
        ("{{}} {{ }} {host} {{1a}} {{a-b}}", ()),
    ],
)
def test_only_plain_names_are_asked_for(command: str, names: tuple[str, ...]) -> None:
    assert placeholders(command) == names
    assert filled(command, {}).text == command
    assert filled(command, {}).missing == names


def test_plain_values_are_put_in_as_they_are() -> None:
    done = filled("ssh {{host}} \"grep '{{ref}}' $(cat {{file}})\"", {"host": "web01", "ref": "7", "file": "/a-b.c"})
    assert done == ("ssh web01 \"grep '7' $(cat /a-b.c)\"", (), ())


@given(value=st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=12))
def test_a_value_is_one_word_for_the_shell(value: str) -> None:
    command = "; printf '|'; ".join(CONTEXTS)
    done = filled(command, {"x": value})
    printed = subprocess.run(["/bin/sh", "-c", done.text], capture_output=True, check=True, timeout=20).stdout
    assert printed.decode() == "|".join(before + value for before in BEHIND)


@pytest.mark.parametrize("value", ["$(touch pwned)", "`touch pwned`", "a; touch pwned", "'; touch pwned; '", '"$(id)"'])
@pytest.mark.parametrize("command", CONTEXTS)
def test_nothing_in_a_value_is_run(command: str, value: str) -> None:
    done = filled(command, {"x": value})
    printed = subprocess.run(["/bin/sh", "-c", done.text], capture_output=True, check=True, timeout=20).stdout
    assert printed.decode().endswith(value)
    assert not done.doubts


@pytest.mark.parametrize(
    ("command", "value", "doubtful"),
    [
        ("echo $(cat {{x}})", "a b", True),
        ('echo "$(cat {{x}})"', "$(id)", True),
        ("echo `cat {{x}}`", "a b", True),
        ("cat <<EOF\n{{x}}\nEOF", "$(id)", True),
        ("echo $(cat {{x}})", "a-b", False),
        ("ssh {{x}}", "-oProxyCommand=id", True),
    ],
)
def test_where_quoting_cannot_be_trusted_there_is_a_doubt(command: str, value: str, doubtful: bool) -> None:
    assert bool(filled(command, {"x": value}).doubts) is doubtful


@pytest.mark.parametrize("text", ["", "  ", "a\nb", "a\x1b[2J", "a\u202eb", "x" * 1001, "a\x00b"])
def test_what_cannot_be_shown_exactly_is_no_value(text: str) -> None:
    with pytest.raises(InvalidInput):
        value_of("host", text)


def test_a_value_needs_a_name() -> None:
    assert value_of("host", " web01 ") == "web01"
    for name in ("", "a b", "{{x}}", "1a", "x" * 60):
        with pytest.raises(InvalidInput, match="cannot name a value"):
            value_of(name, "x")


def test_hostile_text_is_told_from_plain() -> None:
    assert [is_plain(text) for text in HOSTILE] == [True, True, True, False, True, False, True, False]
