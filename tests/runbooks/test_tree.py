"""Trees of files: read as they are, checked by file and line, written so that they read back the same."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from errno import ENOSPC
from pathlib import Path
from typing import TextIO

import pytest

from workbench.errors import InvalidInput, Refused
from workbench.new_file import whole_file
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


def test_a_link_among_the_files_leads_to_another_of_them(tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("secret")
    given = tmp_path / "tree"
    (given / "net").mkdir(parents=True)
    (given / "net" / "vpn.md").write_text("# VPN\n")
    (given / "short.md").symlink_to("net/vpn.md")
    (given / "out.md").symlink_to("../secret.md")
    (given / "loop.md").symlink_to("loop.md")
    (given / "over.md").symlink_to(tmp_path / "way.md")
    (tmp_path / "way.md").symlink_to(given / "net" / "vpn.md")
    (tmp_path / "linked").symlink_to(given)
    for root in (given, tmp_path / "linked"):
        assert list(read_tree(root)) == [
            Fault("loop.md", 0, "is not a file"),
            Fault("out.md", 0, "is a link that leads out of the folder"),
            Page("over.md", "# VPN\n"),
            Page("short.md", "# VPN\n"),
            Page("net/vpn.md", "# VPN\n"),
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


def test_a_tree_that_did_not_get_onto_the_disk_is_written_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "out"
    pages = [Page("a.md", "one\n"), Page("b/c.md", "two\n"), Page("d.md", "three\n")]

    @contextmanager
    def on_a_full_disk(path: Path, *, replace: bool) -> Iterator[TextIO]:
        with whole_file(path, replace=replace) as file:
            if path.name == "c.md":
                file.write("tw")
                raise OSError(ENOSPC, "No space left on device")
            yield file

    monkeypatch.setattr("workbench.runbooks.tree.whole_file", on_a_full_disk)
    with pytest.raises(OSError, match="No space"):
        write_tree(out, pages)
    assert [path.name for path in out.rglob("*") if path.is_file()] == ["a.md"]
    monkeypatch.undo()
    assert write_tree(out, pages) == 3
    assert set(read_tree(out)) == set(pages)


def test_replacing_a_link_leaves_alone_what_it_leads_to(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "mine.md").write_text("mine")
    (tmp_path / "out" / "a.md").symlink_to(tmp_path / "mine.md")
    write_tree(tmp_path / "out", [Page("a.md", "one\n")], replace=True)
    assert ((tmp_path / "mine.md").read_text(), (tmp_path / "out" / "a.md").read_text()) == ("mine", "one\n")


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
