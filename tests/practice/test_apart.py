"""Practice and the live file are apart: a whole session from the live screens leaves its bytes as they were."""

import sys
from pathlib import Path

from tests.practice.studios import Studio
from tests.support.offices import Office
from tests.support.terminal import Terminal

SESSION = (
    (b"5", "Nothing yet"),
    (b"j", "A shift in L1"),
    (b"\r", "PRACTICE"),
    (b"t", "taken by maya"),
    (b"\r", "opened"),
    (b"c", "^s"),
    (b"Which message?", "Which message?"),
    (b"\x13", "On support"),
    (b"e", "Direction"),
    (b"\x1b", "On support"),
    (b"4", "Complete hand-offs"),
    (b"2", "Owners"),
    (b"\x1b[19~", "End this session?"),
    (b"y", "What you did"),
    (b"q", "How you come on"),
    (b"q", "Printer jams"),
    (b"q", ""),
)
"""What is typed, and what shows that it has come to pass."""


def contents(path: Path) -> dict[str, bytes]:
    """The bytes of the file and of everything that stands beside it under its name."""
    return {each.name: each.read_bytes() for each in sorted(path.parent.glob(f"{path.name}*"))}


def test_a_whole_session_leaves_the_live_file_as_it_was(studio: Studio, office: Office) -> None:
    office.open("Printer jams")
    office.close()
    before = contents(office.path)
    environment = {"XDG_STATE_HOME": str(office.path.parent), "WORKBENCH_DB": str(office.path)}
    with Terminal([sys.executable, "-m", "workbench", "--as", "maya"], environment, size=(120, 40)) as terminal:
        terminal.wait_for(b"Printer jams")
        for keys, seen in SESSION:
            terminal.output = b""
            terminal.send(keys)
            terminal.wait_for(seen.encode())
        assert terminal.wait_end() == 0
    assert contents(office.path) == before
    with studio.desk() as desk:
        (result,) = desk.practice.progress()
        told = [event.text for event in desk.practice.events(1001)]
    assert result.session.trainee == "maya"
    assert "Which message?" in told
