"""Front matter: what is read, what is left alone, and what is refused with its line."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.runbooks.frontmatter import MOST_HEAD, Head, read_head
from workbench.runbooks.model import Unreadable

WHOLE = """---
title: "Disk full: what now"
tags: [disk, 5xx, no]
Component: file-server, backup
error signatures:
  - "No space, left on device"
  - x509: {quoted}
weight: 20
tier: L1
owner: platform
access needed: admin, on the host
review-date: 2026-12-01
---
body
"""


def head_of(block: str) -> Head:
    return read_head(f"---\n{block}\n---\nbody\n", "a/b.md")


def test_every_field_is_read_as_the_text_that_stands_there() -> None:
    assert read_head(WHOLE.replace("x509: {quoted}", "5e3"), "disk.md") == Head(
        title="Disk full: what now",
        tags=("disk", "5xx", "no"),
        components=("file-server", "backup"),
        signatures=("No space, left on device", "5e3"),
        tier="L1",
        owner="platform",
        access=("admin, on the host",),
        review_at=date(2026, 12, 1),
        body_line=13,
    )


@pytest.mark.parametrize(
    "text",
    ["", "# Only a heading", "---\n\nA rule, and a text.\n", "text\n---\ntitle: not at the head\n---\n", "----\n"],
)
def test_a_text_without_front_matter_has_none(text: str) -> None:
    assert read_head(text, "a.md") == Head()


@pytest.mark.parametrize(
    ("block", "head"),
    [
        ("", Head(body_line=2 + 1)),
        ("# nothing", Head(body_line=3)),
        ("title:\nowner: ~", Head(body_line=4)),
        ("tags: a, ,b,a", Head(tags=("a", "b"), body_line=3)),
        ("signatures: one, with a comma", Head(signatures=("one, with a comma",), body_line=3)),
        ("review: 2026-12-01 09:00:00", Head(review_at=date(2026, 12, 1), body_line=3)),
        ("other: {deep: [1, {x: y}]}", Head(body_line=3)),
    ],
)
def test_what_is_empty_or_of_others_is_no_mistake(block: str, head: Head) -> None:
    assert head_of(block) == head


@pytest.mark.parametrize(
    ("block", "line", "reason"),
    [
        ("a: 1\ntitle: [x]", 3, "title is not a text"),
        ("tags: {a: b}", 2, "tags is not a text"),
        ("tags:\n  - a\n  - [b]", 4, "an entry of tags is not a text"),
        ("signatures:\n  - x509: expired", 3, "in quotes"),
        ("review: soon", 2, "'soon' is not a date"),
        ("review: 2026-02-30", 2, "is not a date"),
        ("review: 2026-02-1", 2, "is not a date"),
        ("a: 1\nb: &x [1]\nc: *x", 3, "anchors and aliases"),
        ("a: 1\n- b", 3, "is no YAML"),
        ("- a\n- b", 2, "no table"),
        ("title: !!python/object:os.system x", 2, "tag"),
        (f"title: {'x' * 501}", 2, "more than 500 characters"),
        (f"tags: [{', '.join(map(str, range(101)))}]", 2, "more than 100 entries"),
        ("x: " + "y" * MOST_HEAD, 1, "more than 16,000 characters"),
    ],
)
def test_what_cannot_be_read_is_told_by_file_and_line(block: str, line: int, reason: str) -> None:
    with pytest.raises(Unreadable) as told:
        head_of(block)
    (fault,) = told.value.faults
    assert (fault.path, fault.line) == ("a/b.md", line)
    assert reason in fault.reason


def test_every_mistake_is_told_at_once() -> None:
    with pytest.raises(Unreadable) as told:
        head_of("review: soon\ntitle: [x]")
    assert [fault.line for fault in told.value.faults] == [2, 3]
    assert str(told.value).startswith("a/b.md:2: review")


def test_front_matter_that_is_never_closed_is_told() -> None:
    with pytest.raises(Unreadable, match=r"a\.md:1: front matter begins here"):
        read_head("---\ntitle: x\n\n# Heading\n", "a.md")


@given(st.text(st.characters(codec="utf-8"), max_size=200))
def test_no_text_is_an_error_of_ours(text: str) -> None:
    for whole in (text, f"---\n{text}\n---\n"):
        with suppress(Unreadable):
            read_head(whole, "a.md")
