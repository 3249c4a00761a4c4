"""Builds sample.db: the same file content every time, from the stories, one seed and one moment."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib import resources
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final
from zoneinfo import ZoneInfo

from workbench.clock import FixedClock
from workbench.database import Database
from workbench.desk import Desk
from workbench.sample import catalogue, handoffs, problems, runbooks
from workbench.sample.history import Telling, wake_up
from workbench.sample.library import Story, stories
from workbench.sample.words import Words
from workbench.tickets.model import Event
from workbench.tickets.vocabulary import Impact, Kind, State, Urgency, priority_of

MOMENT: Final = datetime(2026, 11, 20, 13, 32, tzinfo=UTC)
"""The sample shows its organisation as it stands on this Friday at 14:32 local time."""

HISTORY: Final = timedelta(days=120)
"""How far back its tickets go."""

ACTING: Final = "maya"
"""Whom one is in the demo."""

_SEED: Final = 1042
_ZONE: Final = ZoneInfo("Europe/Berlin")
_OPENS, _SHUTS = 7, 19
"""Hours of the local day between which, on weekdays, nearly everything happens."""


@dataclass(frozen=True, slots=True)
class Performance:
    """A story as it befalls one client at one time; `exact` ones keep the script's times to the second."""

    story: Story
    number: int
    opened_at: datetime
    client: str
    exact: bool

    @property
    def chance(self) -> random.Random:
        """Dice of its own, so that a change to one story leaves all others as they are."""
        return random.Random(f"{_SEED} {self.story.name} {self.number}")


def build(target: Path) -> int:
    """Writes the sample to `target`, in place of what is there; the number of its tickets."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "sample.db"
        Database.create(path).close()
        with Desk.open(path, FixedClock(MOMENT), ACTING) as desk:
            with desk.database.transaction():
                setup = resources.files("workbench.sample").joinpath("setup.toml").read_text("utf-8")
                desk.organisation.apply(setup, "setup.toml")
                catalogue.write(desk)
                problems.write(desk, MOMENT)
                runbooks.write(desk)
                told = problems.with_links(histories(desk), desk.problems.all())
                numbers = desk.tickets.record(runbooks.with_runs_of(desk, told))
                desk.runs.record(numbers)
                handoffs.record(desk, numbers, [scene(desk, each) for each in in_order(desk)])
                desk.problems.record(numbers)
            desk.database.connection.execute("VACUUM")
            desk.database.backup(target, replace=True)
    return len(numbers)


def histories(desk: Desk) -> Iterator[list[Event]]:
    """All tickets' events, in the order in which the tickets were opened."""
    for performance in in_order(desk):
        yield perform(desk, performance)


def in_order(desk: Desk) -> list[Performance]:
    """All performances, in the order in which their tickets were opened."""
    clients = [client.slug for client in desk.organisation.current().clients]
    return sorted(performances(clients), key=lambda each: (each.opened_at, each.story.name))


def performances(clients: list[str]) -> Iterator[Performance]:
    """When each story happens, and to whom."""
    for story in stories():
        for number in range(len(story.starts) + story.times):
            chance = random.Random(f"{_SEED} {story.name} {number} when")
            client = chance.choice(story.clients or clients)
            if number < len(story.starts):
                start = story.starts[number]
                opened_at = MOMENT - timedelta(seconds=start.ago)
                yield Performance(story, number, opened_at, start.client or client, exact=True)
            else:
                yield Performance(story, number, _in_the_past(story, chance), client, exact=False)


def perform(desk: Desk, performance: Performance) -> list[Event]:
    """The events of one ticket up to the moment; what its script holds for later has not happened yet."""
    story = performance.story
    chance, tempo, words = _set(desk, performance)
    telling = Telling(desk.organisation.current(), desk.tickets.limits, chance, _opening(desk, performance, words))
    last = performance.opened_at
    for step in story.steps:
        at = performance.opened_at + timedelta(seconds=step.after)
        if not performance.exact:
            at = _at_work(performance.opened_at + timedelta(seconds=step.after * tempo + chance.randrange(50)), chance)
            at = max(at, last + timedelta(seconds=chance.randrange(20, 90)))
        if at > MOMENT:
            break
        who = telling.actor(step, at)
        name = desk.organisation.current().person(who).name
        telling.act(step, words.said(step.text, name), at, who, wake_up(step, at, tempo))
        last = at
    return telling.events


def scene(desk: Desk, performance: Performance) -> tuple[str, Words]:
    """Which story it is, and its words once more."""
    return performance.story.name, _set(desk, performance)[-1]


def _set(desk: Desk, performance: Performance) -> tuple[random.Random, float, Words]:
    """Its dice, its tempo, and the words that they gave it."""
    chance = performance.chance
    tempo = 1.0 if performance.exact else chance.uniform(0.6, 1.6)
    contacts = desk.organisation.contacts(performance.client)
    return chance, tempo, Words(performance.client, performance.story.contact, chance, contacts)


def _opening(desk: Desk, performance: Performance, words: Words) -> Event:
    story = performance.story
    impact, urgency = Impact(story.impact), Urgency(story.urgency)
    variant = performance.number % len(story.subjects)
    body = words.said(story.bodies[variant % len(story.bodies)])
    after = {
        "subject": words.said(story.subjects[variant]),
        "body": body,
        "state": State.NEW.value,
        "team": story.team,
        "tier": desk.organisation.current().team(story.team).tier,
        "priority": priority_of(impact, urgency).value,
        "impact": impact.value,
        "urgency": urgency.value,
        "client": performance.client,
        "contact": words.contact,
        "component": story.component,
        "external": story.external,
        "tags": list(story.tags),
    }
    told = {name: value for name, value in after.items() if value not in (None, "", [])}
    who = story.logged_by or words.contact
    return Event(1, performance.opened_at, who, Kind.OPENED, public=True, text=body, after=told)


def _in_the_past(story: Story, chance: random.Random) -> datetime:
    """An instant long enough ago that the story has come to its end; now and then in the night."""
    first, last = MOMENT - HISTORY, MOMENT - timedelta(days=1, seconds=2 * story.length)
    at = first + (last - first) * chance.random()
    hours = chance.uniform(0, 24) if chance.random() < 0.04 else chance.triangular(_OPENS, _SHUTS - 1, 9.5)
    local = at.astimezone(_ZONE).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(
        seconds=int(hours * 3600)
    )
    while local.weekday() > 4:
        local -= timedelta(days=chance.choice((1, 3)))
    return max(local.astimezone(UTC), first)


def _at_work(at: datetime, chance: random.Random) -> datetime:
    """The instant, or one of the next morning that people work, where it falls in the night or on a weekend."""
    local = at.astimezone(_ZONE).replace(microsecond=0)
    if local.weekday() < 5 and _OPENS <= local.hour < _SHUTS:
        return local.astimezone(UTC)
    if local.hour >= _OPENS:
        local += timedelta(days=1)
    while local.weekday() > 4:
        local += timedelta(days=1)
    return local.replace(hour=_OPENS, minute=0, second=0).astimezone(UTC) + timedelta(seconds=chance.randrange(7_200))
