"""What ctrl+p finds: tickets by number and words, queues, people, and every action with its key."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Final, Protocol, cast

from rapidfuzz.distance import OSA
from rich.text import Text
from textual.app import App
from textual.binding import ActiveBinding
from textual.command import DiscoveryHit, Hit, Hits, Provider

from workbench.desk import Desk
from workbench.queues.filters import only
from workbench.queues.model import Line, Queue
from workbench.queues.panels.words import label
from workbench.tickets.vocabulary import UNRESOLVED, State
from workbench.widgets.help import key_name
from workbench.widgets.show import show_line
from workbench.widgets.themes import THEMES

TICKETS_SHOWN = 12
"""Tickets that one query finds; a word more finds the right one."""
COMPONENTS_SHOWN = 5
"""Components that one query finds; the owners' screen has the others."""
RUNBOOKS_SHOWN = 4
"""Runbooks that one query finds; their own screen has the others."""
_SURE, _LIKELY, _STEP = 1.0, 0.9, 0.005
"""How well a ticket fits whose number was typed, and the first one found by words; the others follow in steps."""
_CALLED, _NAMED, _TOLD, _MISSPELT = 0.98, 0.95, 0.8, 0.5
"""How well something fits that is called so, whose name begins so, that is only told so, that has a slip."""
_CORRECTED: Final = 4
"""Letters from which on a word may have a slip; a shorter one is a slip of nearly anything."""


class Switchboard(Protocol):
    """What the palette needs of the program."""

    desk: Desk

    def open_ticket(self, ref: int) -> None:
        """Shows a ticket whole."""

    def show_queue(self, queue: Queue) -> None:
        """Shows a queue, be it one that is not listed."""

    def look_up(self, text: str) -> None:
        """Asks whose something is."""

    def open_runbook(self, slug: str) -> None:
        """Shows the library with that runbook."""

    def choose_theme(self, name: str) -> None:
        """Shows everything in other colours, from now on."""


def fits(query: str, name: str, told: str) -> float:
    """How well a query fits something, from 0 to 1: not at all unless each of its words begins one there.

    In a word of the name there may be one slip, behind its first letter.
    """
    wanted = query.lower().split()
    names, more = re.findall(r"\w+", name.lower()), re.findall(r"\w+", told.lower())
    missed = [each for each in wanted if not any(word.startswith(each) for word in (*names, *more))]
    if missed:
        return _MISSPELT if all(_slip(each, names) for each in missed) else 0.0
    if name.lower() == query.strip().lower():
        return _CALLED
    return _NAMED if name.lower().startswith(query.strip().lower()) else _TOLD


def _slip(typed: str, words: Iterable[str]) -> bool:
    """Whether it begins one of the words but for a letter left out, added or wrong, or two swapped."""
    alike = [word for word in words if word[0] == typed[0]] if len(typed) >= _CORRECTED else []
    lengths = range(len(typed) - 1, len(typed) + 2)
    return any(OSA.distance(typed, word[:length], score_cutoff=1) <= 1 for word in alike for length in lengths)


class _Finder(Provider):
    @property
    def program(self) -> Switchboard:
        """The program behind the palette."""
        return cast(Switchboard, self.app)


class TicketFinder(_Finder):
    """Tickets in any state, by number, number in another tool, or words."""

    async def search(self, query: str) -> Hits:
        """Those that match, the exact number first."""
        for place, line in enumerate(self.program.desk.queues.matches(query, TICKETS_SHOWN)):
            exact = query.strip().lstrip("#") == str(line.ref)
            score = _SURE if exact else _LIKELY - place * _STEP
            yield Hit(score, _told_ticket(line), partial(self.program.open_ticket, line.ref))


class QueueFinder(_Finder):
    """Every queue, those of all teams among them."""

    async def search(self, query: str) -> Hits:
        """Those whose name or title is like the query."""
        for queue in self.program.desk.queues.queues():
            name = label(queue)
            score = fits(query, name, queue.title)
            if score:
                yield Hit(score, _told("Queue", name, queue.kind), partial(self.program.show_queue, queue))


class PersonFinder(_Finder):
    """People, with the tickets they have."""

    async def search(self, query: str) -> Hits:
        """Those whose login or name is like the query; what opens is the list of their tickets."""
        for person in self.program.desk.organisation.current().people:
            score = fits(query, person.login, person.name)
            if score:
                queue = Queue(f"tickets of {person.login}", "person", only("who", person.login))
                told = _told("Person", person.login, person.name)
                yield Hit(score, told, partial(self.program.show_queue, queue))


class OwnerFinder(_Finder):
    """Components, by any name, host, URL, path or error message, with whose they are."""

    async def search(self, query: str) -> Hits:
        """What is found for certain; what opens is the owners' screen with it."""
        looked = self.program.desk.ownership.lookup(query, COMPONENTS_SHOWN)
        for answer, card in zip(looked.found.answers, looked.cards, strict=True):
            told = " and ".join(card.owners) or "nobody"
            slug = answer.component
            yield Hit(answer.match.score * _TOLD, _told("Owner", slug, told), partial(self.program.look_up, slug))


class RunbookFinder(_Finder):
    """Runbooks, in spite of a slip in what was typed."""

    async def search(self, query: str) -> Hits:
        """The best of those that the library finds; what opens is its screen with that page."""
        for found in self.program.desk.runbooks.search(query, limit=RUNBOOKS_SHOWN) if query.strip() else ():
            entry = found.entry
            told = ", ".join(entry.tags)
            yield Hit(
                found.score * _TOLD, _told("Runbook", entry.title, told), partial(self.program.open_runbook, entry.slug)
            )


class ActionFinder(_Finder):
    """Everything that a key does on the screen behind the palette."""

    async def discover(self) -> Hits:
        """What the footer names."""
        for active, keys in self._actions():
            if active.binding.show:
                yield DiscoveryHit(_told_action(active, keys), self._run(active))

    async def search(self, query: str) -> Hits:
        """Actions whose name or explanation is like the query."""
        for active, keys in self._actions():
            binding = active.binding
            score = fits(query, binding.description, binding.tooltip)
            if score:
                yield Hit(score, _told_action(active, keys), self._run(active))

    def _actions(self) -> Iterator[tuple[ActiveBinding, str]]:
        found: dict[str, tuple[ActiveBinding, list[str]]] = {}
        for key, active in self.screen.active_bindings.items():
            if active.binding.id and active.enabled and active.binding.id != "palette":
                found.setdefault(active.binding.action, (active, []))[1].append(key_name(key))
        for active, keys in found.values():
            yield active, " ".join(keys)

    def _run(self, active: ActiveBinding) -> Callable[[], object]:
        return partial(cast(App[None], self.app).run_action, active.binding.action, active.node)


class ThemeFinder(_Finder):
    """The colours."""

    async def discover(self) -> Hits:
        """All of them."""
        for name, theme in THEMES.items():
            yield DiscoveryHit(_told("Theme", name, ""), partial(self.program.choose_theme, theme))

    async def search(self, query: str) -> Hits:
        """Those that are called so."""
        for name, theme in THEMES.items():
            score = fits(query, name, "theme colours")
            if score:
                yield Hit(score, _told("Theme", name, ""), partial(self.program.choose_theme, theme))


def _told_ticket(line: Line) -> Text:
    state = State(line.state)
    return Text.assemble(
        show_line(f"#{line.ref} ", "bold"),
        show_line(line.subject),
        show_line(f"  {line.client or ''} {line.team if state in UNRESOLVED else line.state}", "dim"),
    )


def _told(kind: str, name: str, more: str) -> Text:
    return Text.assemble(show_line(f"{kind} "), show_line(name, "bold"), show_line(f"  {more}", "dim"))


def _told_action(active: ActiveBinding, keys: str) -> Text:
    binding = active.binding
    return Text.assemble(
        show_line(f"{binding.description} ", "bold"), show_line(binding.tooltip), show_line(f"  {keys}", "dim")
    )
