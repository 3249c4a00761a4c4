"""The terminal is left as it was found, however the program ends."""

import os
import re
import signal
import stat
import sys
from codecs import getincrementaldecoder
from collections.abc import Iterator
from inspect import getsource
from pathlib import Path

import pytest
from textual.drivers import linux_driver

from tests.support.terminal import Terminal
from workbench.program.terminal import HUNG_UP

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo terminal")


def start(tmp_path: Path, *options: str, **env: str) -> Terminal:
    """The tiny app in a terminal of its own, its state in the test's folder."""
    argv = [sys.executable, "-m", "tests.support.terminal_app", str(tmp_path / "draft"), *options]
    return Terminal(argv, {"XDG_STATE_HOME": str(tmp_path / "state"), "HOME": str(tmp_path), **env})


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    """The tiny app, running."""
    with start(tmp_path) as terminal:
        terminal.wait_for(b"ready")
        terminal.wait_for(b"\x1b[?2004h")
        terminal.settle()
        yield terminal


def assert_restored(terminal: Terminal) -> None:
    """Nothing of the app is left in the terminal."""
    assert terminal.settings() == terminal.settings_before
    assert terminal.modes_left_on() == set()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_ends_it_as_a_user_would(terminal: Terminal, tmp_path: Path, number: signal.Signals) -> None:
    assert terminal.settings() != terminal.settings_before
    assert {1000, 1049} <= terminal.modes_left_on()
    os.kill(terminal.process.pid, number)
    assert terminal.wait_end() == 128 + number
    assert_restored(terminal)
    assert (tmp_path / "draft").read_text() == "saved"


def test_a_window_that_is_gone_ends_it(terminal: Terminal, tmp_path: Path) -> None:
    terminal.close_window()
    assert terminal.wait_end() == HUNG_UP
    assert (tmp_path / "draft").read_text() == "saved"


def test_a_window_that_is_gone_ends_it_though_hanging_up_is_ignored(tmp_path: Path) -> None:
    with start(tmp_path, "--nohup") as terminal:
        terminal.wait_for(b"ready")
        terminal.wait_for(b"\x1b[?2004h")
        os.kill(terminal.process.pid, signal.SIGHUP)
        terminal.send(b"x")
        terminal.wait_for(b"typed 1")
        terminal.close_window()
        assert terminal.wait_end() == HUNG_UP
        assert (tmp_path / "draft").read_text() == "saved"


def test_bytes_that_are_no_utf8_are_shown_as_such(terminal: Terminal) -> None:
    terminal.send(b"a\xffb")
    terminal.wait_for(rb"typed 3 'a\ufffdb'")


def test_textual_still_needs_the_lenient_decoder() -> None:
    """When this fails, Textual reads any bytes by itself (its issue 6456), and `_read_any_bytes` can go."""
    assert 'getincrementaldecoder("utf-8")()' in getsource(linux_driver.LinuxDriver.run_input_thread)
    assert getincrementaldecoder("utf-8")().errors == "strict"


def test_a_crash_is_one_line_and_a_private_file(terminal: Terminal, tmp_path: Path) -> None:
    terminal.send(b"crash\r")
    assert terminal.wait_end() == 1
    assert_restored(terminal)
    (file,) = (tmp_path / "state").rglob("crash-*.txt")
    after = re.sub(r"\x1b\[\?\d+[hl]", "", terminal.output.rpartition(b"\x1b[?1049l")[2].decode())
    assert after.strip() == (
        f"workbench ended by a mistake of its own (ZeroDivisionError); what happened is written in {file}"
    )
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    told = file.read_text(encoding="utf-8")
    assert "ZeroDivisionError: 17" in told
    assert "Secret-1234" not in told


def test_an_error_of_ours_that_nobody_told_is_no_crash(terminal: Terminal, tmp_path: Path) -> None:
    terminal.send(b"refuse\r")
    assert terminal.wait_end() == 1
    assert_restored(terminal)
    assert terminal.output.endswith(b"no [/b] more; leave\r\n")
    assert not list((tmp_path / "state").rglob("crash-*"))


def test_it_draws_under_a_locale_that_is_not_utf8(tmp_path: Path) -> None:
    with start(tmp_path, LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0", PYTHONIOENCODING="ascii") as terminal:
        terminal.wait_for("ready ╭╮".encode())
        os.kill(terminal.process.pid, signal.SIGTERM)
        assert terminal.wait_end() == 128 + signal.SIGTERM
