"""The house is in order: style, types and import contracts, as ordinary tests."""

import subprocess
import sys
from pathlib import Path

import pytest

LINT_IMPORTS = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
ROOT = Path(__file__).parent.parent

pytestmark = pytest.mark.house


@pytest.mark.parametrize(
    "check",
    [
        pytest.param(["-m", "ruff", "check", "--no-cache", "."], id="ruff"),
        pytest.param(["-m", "ruff", "format", "--no-cache", "--check", "."], id="format"),
        pytest.param(["-m", "mypy"], id="mypy"),
        pytest.param(["-c", LINT_IMPORTS], id="imports"),
    ],
)
def test_the_house_is_in_order(check: list[str]) -> None:
    """Each tool finds nothing to say."""
    done = subprocess.run([sys.executable, *check], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
