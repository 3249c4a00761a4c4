"""Filling in commands: whatever a value holds, the shell takes it as one word, or nothing is run."""

import subprocess

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.support.offices import HOSTILE
from workbench.errors import InvalidInput
from workbench.runbooks.runs.placeholders import filled, is_plain, placeholders, value_of

INJECTED = (
    "a; touch pwned",
    "a $(touch pwned)",
    "a `touch pwned`",
    "'; touch pwned; '",
    '"; touch pwned; "',
    "a\\ b",
    "~",
)
ELSEWHERE = (
    "# the requester's account\ngetent passwd {{x}}",
    'echo "it is" # the user\'s\nping {{x}}',
    "echo DOMAIN\\{{x}}",
    'echo "DOMAIN\\{{x}}"',
    "echo 'a'\\''{{x}}'",
    "sh -c 'echo hello {{x}}'",
    "sh -c {{x}}",
    "eval echo {{x}}",
    "echo {{x}} | sh",
    "ssh web01 'id {{x}}'",
    "ssh web01 id {{x}}",
    "echo {{x}}; ls",
    "alias echo=eval\necho {{x}}",
    "PATH=. id {{x}}",
    "{{x}} a",
    "echo a{{x}}",
    "echo {{x}}{{x}}",
    'echo "{{x}}"',
    "echo '{{x}}'",
    "echo $(cat {{x}})",
    'echo "$(cat {{x}})"',
    "echo `cat {{x}}`",
    "echo $'a\\'{{x}}",
    "cat <<EOF\n{{x}}\nEOF",
    "cat <{{x}}",
    "echo a # {{x}}",
    "echo {{\nend}} {{x}}",
)
"""Commands where a shell may read a value by other rules, or twice, or where we cannot tell."""


@pytest.mark.parametrize(
    ("command", "names"),
    [
        ("ping {{host}} {{ Host }} {{a_1}}", ("host", "a_1")),
        ("docker ps --format '{{.Names}}: {{ .Status }}'", ()),
        ("{{ $labels.pod }} {{range .Items}}{{end}}{{else}} {{json .}}", ()),
        ("{{}} {{ }} {host} {{1a}} {{a-b}}", ()),
        ("{{end_date}} {{ELSE}}", ("end_date",)),
    ],
)
def test_only_plain_names_are_asked_for(command: str, names: tuple[str, ...]) -> None:
    assert placeholders(command) == names
    assert filled(command, {}).text == command
    assert filled(command, {}).missing == names


def test_plain_values_are_put_in_as_they_are() -> None:
    done = filled("ssh {{host}} \"grep '{{ref}}' $(cat {{file}})\"", {"host": "web01", "ref": "7", "file": "/a-b.c"})
    assert done == ("ssh web01 \"grep '7' $(cat /a-b.c)\"", (), ())


@pytest.mark.parametrize(
    ("command", "before", "behind"),
    [
        ("ping {{x}}", [], []),
        (" ping\t-c 3 {{ X }}\n", ["-c", "3"], []),
        ("ping 'a; b' \"it's\"c {{x}} /tmp", ["a; b", "it'sc"], ["/tmp"]),
    ],
)
@given(value=st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=12))
def test_a_value_is_one_word_of_a_simple_command(
    command: str, before: list[str], behind: list[str], value: str
) -> None:
    assume(not value.startswith("-"))
    done = filled(command, {"x": value})
    telling = "ping() { printf '%s\\n' \"$@\"; }"
    told = subprocess.run(["/bin/sh", "-c", f"{telling}\n{done.text}"], capture_output=True, check=True, timeout=20)
    assert told.stdout.decode().split("\n") == [*before, value, *behind, ""]
    assert not done.doubts


@pytest.mark.parametrize("value", INJECTED)
@pytest.mark.parametrize("command", ELSEWHERE)
def test_nothing_is_put_in_where_a_shell_could_obey_it(command: str, value: str) -> None:
    doubt = "x holds signs that a shell could obey here, and is left out"
    assert filled(command, {"x": value}) == (command, (), (doubt,))


@pytest.mark.parametrize("command", ELSEWHERE)
def test_a_value_without_such_signs_is_put_in_anywhere(command: str) -> None:
    value = "dana@web-01.contoso.com:/a_b,c+d=e%f"
    assert filled(command, {"x": value}) == (command.replace("{{x}}", value), (), ())


def test_an_option_is_put_in_nowhere() -> None:
    doubt = "x begins with a dash and would be read as an option, and is left out"
    for command in ("ssh {{x}}", "ping {{x}}"):
        assert filled(command, {"x": "-oProxyCommand=id"}) == (command, (), (doubt,))


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
