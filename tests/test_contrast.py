"""What is read is at least 4.5:1 against what is behind it (WCAG 2.2, level AA), in all colours and in none."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.contrast import faint_words
from tests.support.driver import seated
from tests.support.offices import Office
from workbench.sample.generator import ACTING, MOMENT
from workbench.widgets.themes import THEMES

SAMPLE = Path(__file__).parents[1] / "sample.db"
NEW, SWARM = "ctrl+p 1 4 2 6 enter", "ctrl+p 1 3 5 0 enter"
"""To a ticket that nobody has worked on, and to one with a swarm."""
WALKS = {
    "QueueScreen": "j x X shift+tab tab slash v escape",
    "ColumnChoice": "v j",
    "ConfirmDialog": "x j x t",
    "TicketScreen": "X enter",
    "WhyBox": "enter w",
    "HelpScreen": "question_mark",
    "CommandPalette": "ctrl+p m i",
    "NewTicketDialog": "n tab tab",
    "CommentDialog": "c x",
    "NoteDialog": "C x",
    "StateDialog": "s 2 tab",
    "AssignDialog": "a",
    "PriorityDialog": "p 1 tab x",
    "MoveDialog": f"{NEW} m",
    "CopyDialog": "y",
    "PlainScreen": "y p",
    "FormScreen": "e tab tab tab tab tab tab",
    "TextScreen": "e ctrl+t",
    "HandoffsScreen": "E tab",
    "ReturnDialog": "E b",
    "SwarmScreen": f"{SWARM} W",
    "CloseDialog": f"{SWARM} W x",
    "NamingDialog": f"{SWARM} W plus",
    "ProblemsScreen": "P j tab",
    "ProblemDialog": "P enter ctrl+t",
    "FixDialog": "P f",
    "LibraryScreen": "3 tab j right",
    "VersionsScreen": "3 V",
    "RunScreen": "r enter",
    "AskRun": "g r enter d exclamation_mark x enter",
    "WordsDialog": "r enter s",
    "Verdict": "r enter e",
    "OwnersScreen": "2 tab j j",
    "OwnerDialog": "2 o",
    "AliasDialog": "2 A",
    "LeadDialog": "2 G k k k k k l",
    "NewComponentDialog": "2 N",
    "RouteDialog": f"{NEW} o enter",
    "ReportsScreen": "4 p r tab j tab j j j j tab tab",
    "BehindScreen": "4 tab enter",
    "ChoiceScreen": "4 s",
    "CompareScreen": "4 c",
    "AskLine": "4 b",
    "PracticeScreen": "5 j",
    "EverybodyScreen": "5 p",
}
"""Each screen and box, and keys that lead to it from the queues."""
LEAVING = ("escape",) * 4 + ("1",)


@pytest.fixture
def sample(tmp_path: Path) -> Iterator[Office]:
    """The middle of the sample, where something is told in each colour."""
    sample = Office(Path(shutil.copyfile(SAMPLE, tmp_path / "sample.db")))
    sample.clock.at = MOMENT
    yield sample
    sample.close()


@pytest.mark.parametrize("colours", [*THEMES, "none"])
async def test_all_is_read_on_each_ground(sample: Office, colours: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if colours == "none":
        monkeypatch.setenv("NO_COLOR", "1")
    faint, reached = set[tuple[str, str, str]](), dict[str, str]()
    async with seated(sample, ACTING) as maya:
        if colours != "none":
            maya.app.choose_theme(THEMES[colours])
        for name, walk in WALKS.items():
            for key in walk.split():
                await maya.press(key)
                faint |= {(type(maya.app.screen).__name__, *told) for told in faint_words(maya.app)}
            reached[name] = type(maya.app.screen).__name__
            await maya.press(*LEAVING)
    assert reached == {name: name for name in WALKS}
    assert not faint
