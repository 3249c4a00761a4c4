"""From Markdown to a runbook: its title, its steps and what each consists of."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.runbooks.model import MOST_STEPS, MOST_TEXT, Runbook, Step, Unreadable
from workbench.runbooks.reading import is_empty, read_runbook

DISK = """---
title: Disk full
tags: [disk]
---

# Disk full on a server

Some words before.

## Steps

1. **See which volume is full.** Look at the one
   that the alert names.
   Expect: one line with 90 % or more.

   ```sh
   df -h {{host}}
   ```

   > [!WARNING]
   > Do not delete
   > logs of today.

2. Clean up
   - Caution: never `/var/lib`
   - look at the [other one](../x/y.md)

   ```console
   $ du -sh \\
     /var
   12G
   ```
3. Third

```powershell
Get-Volume
```

4. Read this:

   ```json
   {"a": 1}
   ```

## If it did not help

Call.
"""


def read(text: str, path: str = "servers/disk-full.md") -> Runbook:
    return read_runbook(text, path)


def titles(text: str) -> list[str]:
    return [step.title for step in read(text).steps]


def test_a_runbook_with_everything() -> None:
    runbook = read(DISK)
    assert (runbook.slug, runbook.title, runbook.tags) == ("disk-full", "Disk full", ("disk", "servers"))
    assert runbook.headings == ("Disk full on a server", "Steps", "If it did not help")
    assert runbook.text == DISK
    first, second, third, fourth = runbook.steps
    assert first == Step(
        1,
        "See which volume is full.",
        "Look at the one\nthat the alert names.",
        command="df -h {{host}}",
        expected="one line with 90 % or more.",
        caution="Do not delete logs of today.",
        line=12,
    )
    assert DISK.split("\n")[first.line - 1].startswith("1. **See")
    assert (second.command, second.caution) == ("du -sh \\\n  /var", "never /var/lib")
    assert "12G" in second.text
    assert "[other one](../x/y.md)" in second.text
    assert third.command == "Get-Volume"
    assert fourth.command is None
    assert '```json\n{"a": 1}\n```' in fourth.text
    assert [step.number for step in runbook.steps] == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", ["Disk full"]),
        ("Only words.", ["Disk full"]),
        ("# Title\n\nOnly words.", ["Title"]),
        ("# Title\n\n1. One\n2. Two", ["One", "Two"]),
        ("1) One\n2) Two", ["One", "Two"]),
        ("# Title\n\n1. Only one, the rest is prose", ["Only one, the rest is prose"]),
        ("# Title\n## Stop it\nx\n## Start it\ny", ["Stop it", "Start it"]),
        ("# Title\n## Meaning\nx\n## Fix: \ny", ["Fix"]),
        ("# Title\n## Meaning\nx\n## Impact\ny", ["Title"]),
        ("# Title\n## Empty\n## Fix\ny", ["Fix"]),
        ("# Title\n## Fix\n1. One\n2. Two\n## Then\nz", ["One", "Two", "Then"]),
        ("# Title\n## Fix\n1. Only one\n## Then\nz", ["Fix", "Then"]),
        ("# Title\n## Fix\n### Deep\n1. One\n2. Two\n## Then\nz", ["Fix", "Then"]),
        ("# Title\n## Procedure\n### A\nx\n### B\ny\n## Later\nz", ["A", "B"]),
        ("# Title\n## Steps\nJust do it.", ["Steps"]),
        ("# One\nx\n# Two\ny", ["One", "Two"]),
        ("Title\n=====\n\n1. One\n2. Two", ["One", "Two"]),
        ("1. **Do it.** And more\n2. `code` and *this*\n3. See [here](x.md)", ["Do it.", "code and this", "See here"]),
        ("1. ```sh\n   ls -l\n   ```\n2. x", ["Run ls -l", "x"]),
        ("```\n1. not a step\n2. nor this\n```", ["Disk full"]),
    ],
)
def test_steps_are_found_where_there_are_any(text: str, found: list[str]) -> None:
    assert titles(text) == found


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("---\ntitle: Of the head\n---\n# Other", "Of the head"),
        ("intro\n\n## First *heading*\n\n# Second", "First heading"),
        ("no heading", "Disk full"),
        ("#\n\n# Real", "Real"),
    ],
)
def test_the_title(text: str, title: str) -> None:
    assert read(text).title == title


@pytest.mark.parametrize(
    ("line", "expected", "caution"),
    [
        ("Expect: a", "a", None),
        ("Expected result: a", "a", None),
        ("**Expect:** a", "a", None),
        ("**Expected**: a", "a", None),
        ("- You should see: a", "a", None),
        ("expect: a\n   and b", "a and b", None),
        ("Caution: a", None, "a"),
        ("**WARNING/DANGER**: a", None, "a"),
        ("> **Warning:** a\n   > b", None, "a b"),
        ("> [!CAUTION]\n   > a", None, "a"),
        ("!!! danger\n       a", None, "a"),
        ("Warning: a\n   Expect: b", "b", "a"),
        ("> [!NOTE]\n   > a", None, None),
        ("Expectations are low", None, None),
        ("A warning: a", None, None),
    ],
)
def test_what_to_expect_and_to_beware_of(line: str, expected: str | None, caution: str | None) -> None:
    (step, _) = read(f"1. Do it\n\n   {line}\n2. Next").steps
    assert (step.expected, step.caution) == (expected, caution)
    assert bool(step.text) == (expected is None and caution is None)


@pytest.mark.parametrize(
    ("fence", "command"),
    [
        ("```\nls\n```", "ls"),
        ("```bash\nls\n\npwd\n```", "ls\n\npwd"),
        ("```{.sh}\nls\n```", None),
        ("```{sh}\nls\n```", "ls"),
        ("```console\nPS C:\\> Get-Date\nMonday\n```", "Get-Date"),
        ("```promql\nup\n```", None),
        ("```sh\n\n```", None),
        ("~~~sh\nls\n~~~", "ls"),
    ],
)
def test_the_command_is_the_first_fence_of_a_shell(fence: str, command: str | None) -> None:
    indented = fence.replace("\n", "\n   ")
    (step, _) = read(f"1. Do it\n\n   {indented}\n2. Next").steps
    assert step.command == command


def test_a_long_title_is_told_in_whole_under_its_beginning() -> None:
    words = "word " * 60
    (step, _) = read(f"1. {words}\n2. x").steps
    assert len(step.title) <= 102
    assert step.title.endswith("…")
    assert step.text == words.strip()


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("x" * (MOST_TEXT + 1), 0, "characters"),
        ("a\nb\0", 2, "NUL"),
        ("1. a\n" * (MOST_STEPS + 1), 0, "steps"),
    ],
)
def test_what_is_no_runbook_is_refused(text: str, line: int, reason: str) -> None:
    with pytest.raises(Unreadable) as told:
        read(text)
    (fault,) = told.value.faults
    assert fault.line == line
    assert reason in fault.reason


@pytest.mark.parametrize(
    ("text", "empty"), [("---\ntitle: node\n---\n\n", True), ("", True), ("---\nx: y\n---\nz", False), ("z", False)]
)
def test_a_page_that_only_names_its_folder_is_empty(text: str, empty: bool) -> None:
    assert is_empty(text, "node/_index.md") == empty


@given(st.text(st.sampled_from("#1. -*>`~[]()\n\t a|{}!:_\\"), max_size=120))
def test_any_markdown_has_steps_within_its_lines(text: str) -> None:
    runbook = read(text)
    assert runbook.steps
    assert all(1 <= step.line <= text.count("\n") + 1 for step in runbook.steps)
    assert all(step.title for step in runbook.steps)


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        "> " * 60_000,
        "1. " * 60_000,
        "`" * 200_000,
        "**" * 100_000,
        "| a | b |\n" * 2_000,
        "](" * 100_000,
    ],
)
def test_hostile_shapes_are_read_at_once(text: str) -> None:
    assert read(f"# Title\n\n{text}").title == "Title"
