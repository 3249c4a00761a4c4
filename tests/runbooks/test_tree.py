"""Trees of files: read as they are, checked by file and line, written so that they read back the same."""

import os
from pathlib import Path

import pytest

from workbench.errors import InvalidInput, Refused
from workbench.runbooks.checking import check_tree
from workbench.runbooks.model import MOST_TEXT, Fault
from workbench.runbooks.service import STARTER
from workbench.runbooks.tree import Page, is_safe, read_tree, write_tree


def test_a_tree_is_read_by_path_whatever_stands_in_it(tmp_path: Path) -> None:
    for name, content in {
        "b.md": "\ufeffwith a mark\r\nand ends\rof all kinds\n".encode(),
        "a/x.MARKDOWN": b"x",
        "a/notes.txt": b"no",
        ".git/y.md": b"no",
        "bad.md": b"one\ntwo \xff\n",
        "long.md": b"x" * (4 * MOST_TEXT + 1),
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content)
    (tmp_path / "gone.md").symlink_to(tmp_path / "nowhere")
    os.mkfifo(tmp_path / "pipe.md")
    read = list(read_tree(tmp_path))
    assert [page for page in read if isinstance(page, Page)] == [
        Page("b.md", "with a mark\nand ends\nof all kinds\n"),
        Page("a/x.MARKDOWN", "x"),
    ]
    faults = [page for page in read if isinstance(page, Fault)]
    assert [(each.path, each.line) for each in faults] == [
        ("bad.md", 2),
        ("gone.md", 0),
        ("long.md", 0),
        ("pipe.md", 0),
    ]


@pytest.mark.parametrize("name", ["nowhere", "file"])
def test_what_is_no_folder_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(InvalidInput, match=name):
        list(read_tree(tmp_path / name))


def test_writing_overwrites_nothing_unless_it_is_asked_to(tmp_path: Path) -> None:
    pages = [Page("a/x.md", "one\n"), Page("y.md", "two\n")]
    assert write_tree(tmp_path / "out", pages) == 2
    assert write_tree(tmp_path / "out", pages) == 2
    (tmp_path / "out" / "y.md").write_text("mine")
    with pytest.raises(Refused, match="says something else"):
        write_tree(tmp_path / "out", [Page("z.md", "new"), *pages])
    assert not (tmp_path / "out" / "z.md").exists()
    write_tree(tmp_path / "out", pages, replace=True)
    assert list(read_tree(tmp_path / "out")) == [Page("y.md", "two\n"), Page("a/x.md", "one\n")]


@pytest.mark.parametrize("path", ["../x.md", "/x.md", "a/../../x.md", "a\\x.md", "c:x.md", ""])
def test_no_path_leads_out_of_the_tree(tmp_path: Path, path: str) -> None:
    assert not is_safe(path)
    with pytest.raises(Refused, match="outside"):
        write_tree(tmp_path / "out", [Page(path, "x")])


def test_a_link_does_not_lead_out_of_the_tree_either(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "else").mkdir()
    (tmp_path / "out" / "a").symlink_to(tmp_path / "else")
    with pytest.raises(Refused, match="outside"):
        write_tree(tmp_path / "out", [Page("a/x.md", "x")])


def test_checking_tells_everything_by_file_and_line(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\nreview: soon\n---\n# A\n")
    (tmp_path / "b.md").write_text("# B\n\n[a](a.md) [gone](c.md)\n")
    (tmp_path / "_index.md").write_text("---\ntitle: x\n---\n")
    count, faults = check_tree(tmp_path)
    assert count == 1
    assert list(map(str, faults)) == [
        "a.md:2: review: 'soon' is not a date like 2026-11-21",
        "b.md:3: links to c.md, which is not there",
    ]


def test_the_starter_tree_is_in_order() -> None:
    count, faults = check_tree(STARTER)
    assert faults == []
    assert count >= 30


def test_every_starter_runbook_can_be_followed() -> None:
    from workbench.runbooks.reading import read_runbook

    for page in read_tree(STARTER):
        assert isinstance(page, Page)
        runbook = read_runbook(page.text, page.path)
        assert 4 <= len(runbook.steps) <= 8, runbook.slug
        assert all((runbook.tier, runbook.owner, runbook.review_at, runbook.tags, runbook.components)), runbook.slug
        assert sum(step.expected is not None for step in runbook.steps) >= 3, runbook.slug
        assert not [step.title for step in runbook.steps if step.title.endswith("…")], runbook.slug
