"""Keys of one's own, and colours."""

from pathlib import Path

import pytest

from tests.support.busy import make_busy
from tests.support.offices import Office
from tests.support.screens import screen_text
from workbench.app import WorkbenchApp
from workbench.errors import InvalidInput, NotFound, WorkbenchError
from workbench.program.keymap import action_names, read_keys
from workbench.widgets.themes import HIGH_CONTRAST


def written(folder: Path, text: str) -> Path:
    path = folder / "keys.toml"
    path.write_text(text, "utf-8")
    return path


def test_a_file_gives_actions_other_keys(tmp_path: Path) -> None:
    path = written(tmp_path, 'act.take = "f2"\n[queue]\nfilter = "f,slash"\n')
    assert read_keys(path) == {"act.take": "f2", "queue.filter": "f,slash"}
    assert read_keys(tmp_path / "none.toml") == {}
    assert {"act.take", "queue.filter", "quit", "ticket.fold"} <= set(action_names())


@pytest.mark.parametrize(
    ("text", "kind", "told"),
    [
        ("act.take = ", InvalidInput, "is no TOML"),
        ('act.tako = "t"', NotFound, "did you mean act.take"),
        ("act.take = 3", InvalidInput, "the key of act.take"),
        ('act.take = " "', InvalidInput, "write it like"),
    ],
)
def test_a_mistake_in_it_is_told(tmp_path: Path, text: str, kind: type[WorkbenchError], told: str) -> None:
    with pytest.raises(kind, match=told):
        read_keys(written(tmp_path, text))


async def test_the_program_obeys_them_and_help_says_so(office: Office) -> None:
    make_busy(office)
    app = WorkbenchApp(office.desk(), {"queue.sort": "f2", "act.take": "j"})
    async with app.run_test(size=(120, 44), notifications=True) as pilot:
        await pilot.pause()
        await pilot.press("f2")
        await pilot.pause()
        assert "by age, oldest first" in screen_text(app)
        await pilot.press("S")
        await pilot.pause()
        assert "by age, oldest first" in screen_text(app)
        await pilot.press("question_mark")
        await pilot.pause()
        assert "f2                 Sort by the next" in screen_text(app)


async def test_colours_are_remembered(office: Office) -> None:
    office.open("mail")
    app = WorkbenchApp(office.desk())
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("ctrl+p", *"contrast")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert app.theme == HIGH_CONTRAST
    app = WorkbenchApp(office.desk())
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        assert app.theme == HIGH_CONTRAST


async def test_without_colour_the_cursor_is_seen_all_the_same(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    office.open("first")
    office.open("second")
    app = WorkbenchApp(office.desk())
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        styles = [
            segment.style
            for strip in app.screen._compositor.render_strips()
            for segment in strip
            if "first" in segment.text or "second" in segment.text
        ]
        assert len(set(map(str, styles))) > 1


async def test_without_colour_what_is_late_is_read_as_well_as_the_rest(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    make_busy(office)
    app = WorkbenchApp(office.desk())
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        (late,) = {
            segment.style.color.get_truecolor().red
            for strip in app.screen._compositor.render_strips()
            for segment in strip
            if "98d over" in segment.text and segment.style and segment.style.color
        }
        assert late > 200
