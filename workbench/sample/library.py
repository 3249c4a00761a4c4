"""The library of stories: what goes wrong in the sample's organisation, as scripts in readable files."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from typing import Any

from workbench.duration import parse_duration

_STEP = re.compile(r"(?P<after>\S+) (?:@(?P<who>\S+) )?(?P<verb>[a-z]+)(?: (?P<text>.*))?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Step:
    """One act of a story, so many seconds after the opening; `who` is None where the story leaves it open."""

    after: int
    who: str | None
    verb: str
    text: str


@dataclass(frozen=True, slots=True)
class Start:
    """A ticket of a story that was opened exactly so many seconds ago, for a client if one is named."""

    ago: int
    client: str | None


@dataclass(frozen=True, slots=True)
class Story:
    """One kind of trouble: how requesters put it, and what is done about it.

    Each subject goes with the body at its place, from the first again where there are fewer bodies.
    `starts` are tickets at their exact age, which tell the story as far as it has come; `times` more lie in the past.
    """

    name: str
    component: str
    subjects: tuple[str, ...]
    bodies: tuple[str, ...]
    steps: tuple[Step, ...]
    starts: tuple[Start, ...] = ()
    times: int = 0
    clients: tuple[str, ...] = ()
    contact: str | None = None
    team: str = "frontline"
    impact: str = "one"
    urgency: str = "hampered"
    tags: tuple[str, ...] = ()
    external: str | None = None
    logged_by: str | None = None

    @property
    def length(self) -> int:
        """Seconds from the opening to the last step."""
        return self.steps[-1].after if self.steps else 0


def stories() -> Iterator[Story]:
    """All stories, file by file in the order of their names."""
    folder = resources.files("workbench.sample").joinpath("stories")
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        if file.name.endswith(".toml"):
            for name, told in tomllib.loads(file.read_text("utf-8")).items():
                yield _story(name, told)


def _story(name: str, told: dict[str, Any]) -> Story:
    lists: dict[str, Any] = {key: tuple(told.pop(key, ())) for key in ("subjects", "bodies", "clients", "tags")}
    steps = tuple(_step(text) for text in told.pop("steps", ()))
    return Story(name=name, steps=steps, starts=tuple(_start(text) for text in told.pop("starts", ())), **lists, **told)


def _step(text: str) -> Step:
    found = _STEP.fullmatch(text)
    if found is None:
        raise ValueError(f"no step of a story: {text!r}")
    return Step(parse_duration(found["after"]), found["who"], found["verb"], found["text"] or "")


def _start(text: str) -> Start:
    ago, _, client = text.partition(" ")
    return Start(parse_duration(ago), client or None)
