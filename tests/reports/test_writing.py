"""Where the report cannot be written, it is told in words."""

from pathlib import Path
from typing import cast

import pytest

from workbench.errors import FileProblem
from workbench.reports.page import Page
from workbench.reports.panels.writing import write


def test_a_folder_that_is_not_there_is_named_with_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workbench.reports.panels.writing.markdown_page", lambda _: ["# Figures"])
    page = cast(Page, None)  # what it says does not matter here
    with pytest.raises(FileProblem) as refused:
        write(page, str(tmp_path / "no" / "r.md"))
    assert str(tmp_path / "no" / "r.md") in refused.value.wrong
    assert "[Errno" not in str(refused.value)
    assert refused.value.advice == "name a file in a folder of yours"
    assert write(page, str(tmp_path / "r.md")).read_text() == "# Figures\n"
