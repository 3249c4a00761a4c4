"""The scenarios there are: those that come with the program, and a team's own."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import NamedTuple

from workbench.practice.model import BadScenario, Fault, Scenario
from workbench.practice.reading import LARGEST, read_scenario


class Shelved(NamedTuple):
    """A scenario with the text that it was read from; `own` ones do not come with the program."""

    scenario: Scenario
    text: str
    own: bool


class Shelf(NamedTuple):
    """The scenarios by name, in the order of their names, and what is wrong with the files that hold none."""

    scenarios: Mapping[str, Shelved]
    faults: tuple[Fault, ...] = ()


def read_shelf(folder: Path) -> Shelf:
    """All scenarios; a team's own are the Markdown files in the folder, and take the place of others of their name."""
    found: dict[str, Shelved] = {}
    faults: list[Fault] = []
    for name, text in _shipped():
        found[name] = Shelved(scenario_of(name, text), text, own=False)
    for path in sorted(folder.glob("*.md")) if folder.is_dir() else ():
        try:
            text = file_text(path)
            found[path.stem] = Shelved(scenario_of(path.stem, text, str(path)), text, own=True)
        except BadScenario as bad:
            faults += bad.faults
    return Shelf(dict(sorted(found.items())), tuple(faults))


def file_text(path: Path) -> str:
    """The text of a scenario's file; BadScenario where there is none."""
    try:
        if not path.is_file():  # a pipe would be waited for
            raise BadScenario((Fault(str(path), 1, "this is no file"),))
        with path.open("rb") as file:
            raw = file.read(4 * LARGEST + 4)
        return raw.decode("utf-8-sig").replace("\r\n", "\n")
    except OSError as error:
        raise BadScenario((Fault(str(path), 1, f"it cannot be read: {error.strerror}"),)) from None
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise BadScenario((Fault(str(path), line, "it is not UTF-8"),)) from None


@lru_cache(256)
def scenario_of(name: str, text: str, path: str = "") -> Scenario:
    """The scenario that a text holds; the same text is read once. BadScenario."""
    return read_scenario(text, name, path)


def _shipped() -> Iterator[tuple[str, str]]:
    for file in resources.files("workbench.practice").joinpath("scenarios").iterdir():
        if file.name.endswith(".md"):
            yield file.name.removesuffix(".md"), file.read_text("utf-8")
