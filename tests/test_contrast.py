"""What is read is at least 4.5:1 against what is behind it (WCAG 2.2, level AA), in all colours and in none."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.contrast import faint_words
from workbench.app import WorkbenchApp
from workbench.clock import FixedClock
from workbench.desk import Desk
from workbench.sample.generator import ACTING, MOMENT
from workbench.widgets.themes import THEMES

SAMPLE = Path(__file__).parents[1] / "sample.db"
WALK = """
j x X shift+tab tab enter escape a escape s escape n escape y escape v escape slash v escape
e escape r j escape escape 2 tab j escape 1 3 p r tab j escape escape 1 4 j tab j j j j tab tab 1 5 j
"""
"""Keys that lead over the screens and boxes."""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Somebody in the middle of the sample, where something is told in each colour."""
    path = Path(shutil.copyfile(SAMPLE, tmp_path / "sample.db"))
    desk = Desk.open(path, FixedClock(MOMENT), ACTING)
    yield desk
    desk.close()


@pytest.mark.parametrize("colours", [*THEMES, "none"])
async def test_all_is_read_on_each_ground(desk: Desk, colours: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if colours == "none":
        monkeypatch.setenv("NO_COLOR", "1")
    app = WorkbenchApp(desk)
    faint: dict[str, str] = {}
    async with app.run_test(size=(120, 40)) as pilot:
        if colours != "none":
            app.choose_theme(THEMES[colours])
        for key in WALK.split():
            await pilot.press(key)
            await app.workers.wait_for_complete()
            await pilot.pause()
            faint |= {f"{each.text.strip()!r} {told}": str(app.screen) for each, told in faint_words(app)}
    assert not faint
