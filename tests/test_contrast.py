"""What is read is at least 4.5:1 against what is behind it (WCAG 2.2, level AA), in all colours and in none."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.color import Color
from rich.segment import Segment
from textual.screen import ModalScreen

from workbench.app import WorkbenchApp
from workbench.clock import FixedClock
from workbench.desk import Desk
from workbench.sample.generator import ACTING, MOMENT
from workbench.widgets.themes import THEMES

SAMPLE = Path(__file__).parents[1] / "sample.db"
LEAST = 4.5
DRAWN = frozenset("─│╭╮╰╯▁▂▃▄▅▆▇█▏▎▍▌▋▊▉·░▒▓▕▔━ ")
"""Lines, bars and shades: beside each stand words that say the same."""
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
            faint |= {f"{each.text.strip()!r} {told}": str(app.screen) for each, told in _faint(app)}
    assert not faint


def _faint(app: WorkbenchApp) -> Iterator[tuple[Segment, str]]:
    """The words on the screen that are hard to read; what lies behind a box is not to be read."""
    box = app.screen.query(".box") if isinstance(app.screen, ModalScreen) else None
    region = (box.first() if box else app.focused or app.screen).region if box is not None else app.screen.region
    for strip in app.screen._compositor.render_strips()[region.y : region.bottom]:
        for segment in strip.crop(region.x, region.right):
            style = segment.style
            if style and style.color and style.bgcolor and not DRAWN.issuperset(segment.text):
                shades = sorted(map(_luminance, (style.color, style.bgcolor)))
                contrast = (shades[1] + 0.05) / (shades[0] + 0.05)
                if contrast < LEAST:
                    yield segment, f"{contrast:.2f} {style}"


def _luminance(colour: Color) -> float:
    """As WCAG 2.2 reckons it."""
    parts = [part / 255 for part in colour.get_truecolor()]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
