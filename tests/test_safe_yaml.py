"""YAML from outside: plain text with its lines, or a refusal that says where and why."""

import subprocess
import sys
from contextlib import suppress
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from workbench.safe_yaml import DEEPEST, LARGEST, BadYaml, Node, documents

TWO = """# a comment
%YAML 1.2
---
name: one
tags: [a, "b: c"]
...

--- # the second
name: two
text: |
  --- not a marker
  last
"""


def plain(node: Node) -> Any:
    """The values without their lines."""
    if isinstance(node.value, list):
        return [plain(each) for each in node.value]
    if isinstance(node.value, dict):
        return {key: plain(each) for key, each in node.value.items()}
    return node.value


def read(text: str) -> Any:
    """The only document of the text."""
    (document,) = documents(text)
    return plain(document.read())


def test_each_document_is_read_and_every_value_knows_its_line() -> None:
    one, two = (document.read() for document in documents(TWO))
    assert plain(one) == {"name": "one", "tags": ["a", "b: c"]}
    assert plain(two) == {"name": "two", "text": "--- not a marker\nlast\n"}
    assert (one.table["name"].line, one.table["tags"].items[1].line, two.table["text"].line) == (4, 5, 10)
    assert one.at("tags") is one.table["tags"]
    assert one.at("name", "first") is None


@pytest.mark.parametrize("text", ["", "\n \n", "# nothing\n---\n...\n--- # nothing\n%YAML 1.2\n---\n"])
def test_where_nothing_stands_there_is_no_document(text: str) -> None:
    assert list(documents(text)) == []


def test_a_scalar_is_the_text_that_stands_there() -> None:
    told = read("a: on\nb: 0o17\nc: 2026-11-21\nd: 1e999\ne: ~\nf:\ng: ''\nh: 'null'\ni: !!int 5\n'': x\n")
    assert told == {
        "a": "on", "b": "0o17", "c": "2026-11-21", "d": "1e999", "e": None, "f": None, "g": "", "h": "null",
        "i": "5", "": "x",
    }  # fmt: skip


BOMB = "a: &a [x, x]\nb: [*a, *a]\n"


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        (BOMB, 1, "anchors and aliases"),
        ("ok: 1\nb: *unknown\n", 2, "anchors and aliases"),
        ("a: 1\n<<: *a\n", 2, "anchors and aliases"),
        ("ok: 1\nx: !!python/object/apply:os.system [id]\n", 2, "python/object/apply"),
        ("x: !ENV secret\n", 1, "!ENV"),
        ("a: 1\nb: 2\na: 3\n", 3, "'a' stands here a second time, after line "),
        ("a: [1\nb: 2\n", 2, "is no YAML"),
        ("a:\n\t- b\n", 2, "is no YAML"),
        ('a: "never closed\n', 1, "is no YAML"),
        ("? [a, b]\n: c\n", 1, "cannot be a key"),
        ("a: 1\nb: \0\n", 2, "U+0000"),
        ("a: \x1b[2J\n", 1, "U+001B"),
        ("[" * (DEEPEST + 1), 1, "levels deep"),
        ("[" * 100_000, 1, "levels deep"),
        ('{"a":' * 100_000, 1, "levels deep"),
    ],
)
def test_what_is_not_read_is_refused_with_its_line(text: str, line: int, reason: str) -> None:
    for before in (0, 4):
        *_, document = documents("fine: yes\n" * bool(before) + "---\n" * before + text)
        with pytest.raises(BadYaml) as told:
            document.read()
        assert told.value.line == line + before + bool(before)
        assert reason in str(told.value)


def test_nesting_is_read_down_to_the_deepest_level() -> None:
    assert read("[" * DEEPEST + "]" * DEEPEST) is not None


def test_a_bad_document_does_not_hide_the_others() -> None:
    good, bad, last = documents("a: 1\n---\na: [\n---\na: 2\n")
    assert (plain(good.read()), plain(last.read())) == ({"a": "1"}, {"a": "2"})
    with pytest.raises(BadYaml, match="line 3"):
        bad.read()


def test_a_file_beyond_measure_is_refused() -> None:
    with pytest.raises(BadYaml, match="at most"):
        list(documents(" " * (LARGEST + 1)))


TEXT = st.text(st.characters(codec="utf-8"), max_size=20)
VALUES = st.recursive(TEXT, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4))


@given(st.dictionaries(TEXT, VALUES))
def test_what_any_writer_of_yaml_writes_comes_back(value: dict[str, Any]) -> None:
    assert read(yaml.safe_dump(value, explicit_start=True, default_style='"')) == value


@given(st.text())
def test_no_text_brings_it_down(text: str) -> None:
    for document in documents(text):
        with suppress(BadYaml):
            document.read()


def test_the_parser_in_python_tells_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(yaml, "CSafeLoader", raising=False)
    test_each_document_is_read_and_every_value_knows_its_line()
    with pytest.raises(BadYaml, match="line 2"):
        read("a: [1\nb: 2\n")


def test_a_plain_command_does_not_load_it() -> None:
    code = "import sys, workbench.desk, workbench.cli.intake; sys.exit('yaml' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], timeout=60, check=False).returncode == 0
