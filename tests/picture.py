"""The README's picture, painted by the program itself on the sample; `python -m tests.picture` paints it anew."""

import asyncio
import re
import shutil
import tempfile
from pathlib import Path

from workbench.app import WorkbenchApp
from workbench.clock import FixedClock
from workbench.desk import Desk
from workbench.sample.generator import ACTING, MOMENT

ROOT = Path(__file__).parent.parent
PICTURE = ROOT / ".github" / "queues.svg"
SIZE = (112, 36)
"""Columns and rows."""


async def painted() -> str:
    """The queue screen on the sample at its own moment, as SVG that asks no other host for its fonts."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(shutil.copy(ROOT / "sample.db", folder))
        with Desk.open(path, FixedClock(MOMENT), ACTING) as desk:
            app = WorkbenchApp(desk)
            async with app.run_test(size=SIZE) as pilot:
                await pilot.press("down", "down")
                await pilot.pause(0.2)
                svg = app.export_screenshot(title="workbench demo", simplify=True)
    return re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL).replace("Fira Code", "Menlo, Consolas, monospace")


def words(svg: str) -> list[str]:
    """What is written in a picture."""
    return re.findall(r"<text [^>]*>([^<]*)</text>", svg)


if __name__ == "__main__":
    PICTURE.write_text(asyncio.run(painted()), "utf-8")
