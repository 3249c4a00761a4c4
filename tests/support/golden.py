"""Golden screens: what stands on a screen, letter for letter, as plain text under tests/golden/.

After a change that is meant, `GOLDEN=write pytest tests` writes them anew; the diff is then to be read like code.
"""

import os
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "golden"


def assert_golden(screen: str, name: str) -> None:
    """The screen is the one kept under that name."""
    path = FOLDER / f"{name}.txt"
    if os.environ.get("GOLDEN") == "write":
        path.parent.mkdir(exist_ok=True)
        path.write_text(screen + "\n", encoding="utf-8")
    assert path.exists(), f"no {path}; GOLDEN=write pytest makes it"
    assert screen == path.read_text(encoding="utf-8").rstrip("\n"), f"{path} differs; see tests/support/golden.py"
