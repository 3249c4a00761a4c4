"""New files: what cannot be written is told in words, and what is there stays as it is."""

import re
from pathlib import Path

import pytest

from workbench.errors import FileProblem, NoSuchFile, Refused
from workbench.new_file import whole_file, write_new


def test_a_text_is_written_as_it_is_but_for_what_has_no_bytes(tmp_path: Path) -> None:
    write_new(tmp_path / "r.md", "# Zürich\n\udcff\n")
    assert (tmp_path / "r.md").read_bytes() == "# Zürich\n?\n".encode()


@pytest.mark.parametrize("name", ["no/r.md", "nul\0.md"])
def test_where_nothing_can_be_written_is_named_with_what_to_do(tmp_path: Path, name: str) -> None:
    with pytest.raises(FileProblem, match=re.escape(str(tmp_path / name))) as refused:
        write_new(tmp_path / name, "figures")
    assert "[Errno" not in str(refused.value)
    assert refused.value.advice == "name a file in a folder of yours"


def test_what_is_there_stays(tmp_path: Path) -> None:
    (tmp_path / "r.md").write_text("mine")
    with pytest.raises(Refused, match="exists already"):
        write_new(tmp_path / "r.md", "figures")
    assert (tmp_path / "r.md").read_text() == "mine"


def test_a_growing_file_is_there_once_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    with whole_file(path, replace=False) as file:
        file.write("Zürich\r\n")
        assert not path.exists()
    assert path.read_bytes() == "Zürich\r\n".encode()
    (tmp_path / "usual").write_text("")
    assert path.stat().st_mode == (tmp_path / "usual").stat().st_mode, "others can read it as any file of mine"
    assert {each.name for each in tmp_path.iterdir()} == {"t.csv", "usual"}


@pytest.mark.parametrize("replace", [False, True])
def test_where_writing_fails_all_is_as_it_was(tmp_path: Path, replace: bool) -> None:
    path = tmp_path / "t.csv"
    if replace:
        path.write_text("before")
    with pytest.raises(TypeError), whole_file(path, replace=replace) as file:
        file.writelines(["half", 1])  # type: ignore[list-item]
    assert [each.read_text() for each in tmp_path.iterdir()] == ["before"] * replace


def test_a_file_that_is_made_meanwhile_stays(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    with pytest.raises(Refused, match=r"exists already; .*--replace"), whole_file(path, replace=False):
        path.write_text("theirs")
    assert [each.read_text() for each in tmp_path.iterdir()] == ["theirs"]


def test_two_that_write_the_same_file_do_not_mix(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    with whole_file(path, replace=True) as first:
        first.write("first\n")
        with whole_file(path, replace=True) as second:
            second.write("second\n")
        assert path.read_text() == "second\n"
        first.write("first to its end\n")
    assert path.read_text() == "first\nfirst to its end\n"
    assert list(tmp_path.iterdir()) == [path]


def test_where_a_whole_file_cannot_have_its_name_nothing_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise PermissionError(13, "somebody has it open")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(FileProblem, match="somebody has it open"), whole_file(tmp_path / "t", replace=False) as file:
        file.write("mine")
    assert list(tmp_path.iterdir()) == []


def test_a_growing_file_needs_a_folder_and_a_name(tmp_path: Path) -> None:
    with pytest.raises(NoSuchFile, match="there is no folder"), whole_file(tmp_path / "no" / "t.csv", replace=True):
        pass
    with pytest.raises(FileProblem, match="cannot be written"), whole_file(tmp_path / "nul\0.csv", replace=True):
        pass
