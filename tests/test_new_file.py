"""Texts as new files: what cannot be written is told in words, and what is there stays as it is."""

import re
from pathlib import Path

import pytest

from workbench.errors import FileProblem, Refused
from workbench.new_file import write_new


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
