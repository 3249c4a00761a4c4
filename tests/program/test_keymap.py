"""Keys of one's own, and colours."""

from pathlib import Path

import pytest

from tests.support.busy import make_busy
from tests.support.offices import Office
from tests.support.screens import screen_text
from workbench.app import WorkbenchApp
from workbench.errors import InvalidInput, NotFound, WorkbenchError
from workbench.program.keymap import _is_key, action_names, read_keys
from workbench.widgets.themes import HIGH_CONTRAST


def written(folder: Path, text: str) -> Path:
    path = folder / "keys.toml"
    path.write_text(text, "utf-8")
    return path


def test_a_file_gives_actions_other_keys(tmp_path: Path) -> None:
    path = written(tmp_path, 'act.take = "f2"\n[queue]\nfilter = "f,slash"\n')
    assert read_keys(path) == {"act.take": "f2", "queue.filter": "f,slash"}
    assert read_keys(written(tmp_path, '\ufeffact.take = "f2"')) == {"act.take": "f2"}, "as Windows saves it"
    assert read_keys(tmp_path / "none.toml") == {}
    assert {"act.take", "queue.filter", "quit", "ticket.fold"} <= set(action_names())


@pytest.mark.parametrize(
    ("text", "kind", "told"),
    [
        ("act.take = ", InvalidInput, "is no TOML"),
        ('act.tako = "t"', NotFound, "no action named 'act.tako'; did you mean act.take"),
        ("act.take = 3", InvalidInput, "the key of act.take"),
        ('act.take = " "', InvalidInput, "write it like"),
        ('act.take = "crtl+t"', InvalidInput, r"no key is called 'crtl\+t'; did you mean ctrl\+t"),
        ('act.take = "f2,nokey"', InvalidInput, "no key is called 'nokey'; write it like"),
        ('act.take = "f2,"', InvalidInput, "no key is called ''"),
        ('act.take = "q"', InvalidInput, "is 'q', and quit has q in the same place; .* give quit another"),
        ('act.take = "/"', InvalidInput, "and queue.filter has slash"),
        ('ticket.back = "ctrl+i"', InvalidInput, "and ticket.fields has tab"),
        ('quit = "t"', InvalidInput, "and act.take has t"),
        ('act.take = "ctrl+q"', InvalidInput, r"and quit has ctrl\+q"),
        ('act.take = "f9"\nact.comment = "f9"', InvalidInput, "the key of act.take .* and act.comment has f9"),
    ],
)
def test_a_mistake_in_it_is_told(tmp_path: Path, text: str, kind: type[WorkbenchError], told: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(kind, match=told) as raised:
        read_keys(path)
    assert str(path) in raised.value.wrong


@pytest.mark.parametrize(
    ("name", "known"),
    [
        *((name, True) for name in ("t", "T", "/", "+", "ü", "minus", "full_stop", "f2", "escape", "shift+tab")),
        *((name, True) for name in ("ctrl+t", "alt+t", "alt+shift+left", "ctrl+shift+up", "ctrl+plus", "ctrl+pageup")),
        *((name, False) for name in ("", "F2", "esc", "ctrl+T", "shift+t", "shift+ctrl+up", "ctrl+", "strg+t")),
        *((name, False) for name in ("hyphen_minus", "latin_small_letter_t", "<any>", "\x1b", "shift+minus")),
    ],
)
def test_which_keys_there_are(name: str, known: bool) -> None:
    assert _is_key(name) is known


@pytest.mark.parametrize(
    "text",
    [
        'act.take = "c"\nact.comment = "t"',
        'ticket.back = "q"',
        'ticket.back = "Q"\nquit = "Q"',
        'problem.try = "q"',
        'act.take_next = "f"',
    ],
    ids=["exchanged", "as it is", "as they share one", "in a box", "elsewhere"],
)
def test_a_key_may_mean_different_things_in_different_places(tmp_path: Path, text: str) -> None:
    assert read_keys(written(tmp_path, text))


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
