"""The boxes in which one says what the catalogue does not know yet."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any, ClassVar, Final

from rich.text import Text
from textual import on
from textual.widget import Widget
from textual.widgets import Static

from workbench.errors import InvalidInput, Refused
from workbench.ownership.model import Component, ComponentKind, Seam
from workbench.ownership.service import OwnershipService
from workbench.tickets.dialogs.dialog import Dialog
from workbench.tickets.dialogs.means import Means, Targets
from workbench.tickets.dialogs.move import MoveDialog, suggest_teams
from workbench.widgets.form import Choice, Row
from workbench.widgets.line import Line
from workbench.widgets.picker import Picker, Suggestion
from workbench.widgets.show import show_line

NOBODY: Final = "nobody"
"""What is picked where no team is meant."""
_LISTS: Final = {"aliases": "Also called", "hosts": "Hosts", "urls": "URLs", "signatures": "Errors", "needs": "Needs"}
"""Fields of several values, with their labels."""


class CatalogueDialog(Dialog):
    """A box about the catalogue."""

    def __init__(self, ownership: OwnershipService, means: Means, done: Callable[[], None]) -> None:
        super().__init__(means, done)
        self.ownership = ownership

    def suggest(self, letters: str) -> Sequence[Suggestion]:
        """Nobody, and the teams that a few letters may mean."""
        nobody = [Suggestion(NOBODY, show_line(NOBODY, "dim"))] if NOBODY.startswith(letters.lower()) else []
        return [*suggest_teams(self.ownership.organisation, letters), *nobody]

    def picked(self) -> str | None:
        """The team that was picked; None for nobody. InvalidInput where nothing was."""
        team = self.query_one("#team", Picker).value
        if team is None:
            raise InvalidInput("no team is named", f"a few letters of its name find it, or say {NOBODY}")
        return None if team == NOBODY else team


class NewComponentDialog(CatalogueDialog):
    """Only the name must be told; what nobody is named for is unowned, and as such of use."""

    kind: ClassVar[str] = "component"
    AUTO_FOCUS = "#name"

    def __init__(
        self, ownership: OwnershipService, means: Means, done: Callable[[], None], name: str, ref: int | None
    ) -> None:
        super().__init__(ownership, means, done)
        self._looked_for = name
        self._ref = ref

    def heading(self) -> Text:
        """What is added, and to which ticket it is noted."""
        return show_line("New component" + (f" · noted on #{self._ref}" if self._ref else ""))

    def parts(self) -> Iterable[Widget]:
        """The names it is found by, and its owner."""
        yield Row("Name", Line(id="name"))
        yield Row("Kind", Choice(tuple(ComponentKind), ComponentKind.SERVICE, id="kind"))
        yield Row("Owner", Picker(self.suggest, id="team", free=True))
        for name, label in _LISTS.items():
            yield Row(label, Line(id=name))
        yield Static(show_line("Several in a field: with commas between."), classes="hint")

    def begin(self) -> None:
        """Begins with what was looked for."""
        self.query_one("#name", Line).fill(self._looked_for)

    @on(Picker.Picked)
    @on(Choice.Submitted)
    def _go_on(self) -> None:
        self.focus_next()

    def fields(self) -> Mapping[str, str]:
        """What was typed."""
        typed = {name: self.query_one(f"#{name}", Line).value for name in ("name", *_LISTS)}
        chosen = {"team": self.query_one(Picker).letters, "kind": self.query_one(Choice).value}
        return typed | chosen if any(typed.values()) else {}

    def fill(self, fields: Mapping[str, str]) -> None:
        """Puts a draft back."""
        for name in ("name", *_LISTS):
            self.query_one(f"#{name}", Line).fill(fields.get(name, ""))
        self.query_one(Picker).fill(fields.get("team", ""))
        self.query_one(Choice).fill(fields.get("kind", ""))

    def act(self) -> None:
        """Adds it, and says so on the ticket one came from."""
        slug = self.query_one("#name", Line).value.strip()
        team = self.query_one("#team", Picker).value
        if self.ownership.find(slug) is not None:
            raise Refused(f"there is a component {slug} already", "A gives it another name, o another owner")
        lists: dict[str, Any] = {name: _several(self.query_one(f"#{name}", Line).value) for name in _LISTS}
        needs = tuple(self.ownership.get(name).slug for name in lists.pop("needs"))
        component = Component(slug, ComponentKind(self.query_one(Choice).value), needs=needs, **lists)
        with self.ownership.together():
            self.ownership.put(component)
            if team not in (None, NOBODY):
                self.ownership.set_owners(slug, [team])
            if self._ref is not None:
                self.means.tickets.set_component(self._ref, slug)


class AliasDialog(CatalogueDialog):
    """Another name that people use."""

    kind: ClassVar[str] = "alias"
    enter_sends: ClassVar[bool] = True
    AUTO_FOCUS = "Line"

    def __init__(self, ownership: OwnershipService, means: Means, done: Callable[[], None], component: str) -> None:
        super().__init__(ownership, means, done)
        self._component = component

    def heading(self) -> Text:
        """What is called otherwise."""
        return show_line(f"What else is {self._component} called?")

    def parts(self) -> Iterable[Widget]:
        """The name."""
        yield Row("Also called", Line(id="alias"))

    def fields(self) -> Mapping[str, str]:
        """The name."""
        return {"alias": self.query_one(Line).value}

    def fill(self, fields: Mapping[str, str]) -> None:
        """Puts a draft back."""
        self.query_one(Line).fill(fields.get("alias", ""))

    def act(self) -> None:
        """Adds the name."""
        self.ownership.add_alias(self._component, self.query_one(Line).value)


class OwnerDialog(CatalogueDialog):
    """Whose a component is; to say so settles a dispute and confirms it."""

    enter_sends: ClassVar[bool] = True
    AUTO_FOCUS = "Line"

    def __init__(self, ownership: OwnershipService, means: Means, done: Callable[[], None], component: str) -> None:
        super().__init__(ownership, means, done)
        self._component = component

    def heading(self) -> Text:
        """Whose is it?"""
        return show_line(f"Whose is {self._component}?")

    def parts(self) -> Iterable[Widget]:
        """The team."""
        yield Row("Team", Picker(self.suggest, id="team"))

    @on(Picker.Picked)
    async def _picked(self) -> None:
        await self.run_action("send")

    def act(self) -> None:
        """Makes it theirs, or nobody's."""
        team = self.picked()
        self.ownership.set_owners(self._component, [] if team is None else [team])


class LeadDialog(CatalogueDialog):
    """Which team leads at a seam: one of the two, another one, or nobody."""

    enter_sends: ClassVar[bool] = True
    AUTO_FOCUS = "Line"

    def __init__(
        self, ownership: OwnershipService, means: Means, done: Callable[[], None], seams: Sequence[Seam]
    ) -> None:
        super().__init__(ownership, means, done)
        self._seams = {_pair(seam): seam for seam in seams}

    def heading(self) -> Text:
        """Who leads?"""
        return show_line("Who leads where tickets fall between two teams?")

    def parts(self) -> Iterable[Widget]:
        """The seam, where there are several, and the team."""
        if len(self._seams) > 1:
            yield Row("Seam", Picker(self._suggest_seams, id="seam"))
        else:
            yield Row("Seam", Static(show_line(next(iter(self._seams)))))
        yield Row("Lead", Picker(self._suggest_leads, id="team"))

    @on(Picker.Picked, "#seam")
    def _seam_picked(self) -> None:
        self.query_one("#team", Picker).renew()
        self.focus_next()

    @on(Picker.Picked, "#team")
    async def _lead_picked(self) -> None:
        await self.run_action("send")

    def act(self) -> None:
        """Says who leads there."""
        seam = self._seam()
        if seam is None:
            raise InvalidInput("no seam is named", "pick one of those that are offered")
        self.ownership.set_lead(*seam.components, self.picked())

    def _seam(self) -> Seam | None:
        if len(self._seams) == 1:
            return next(iter(self._seams.values()))
        return self._seams.get(self.query_one("#seam", Picker).value or "")

    def _suggest_seams(self, letters: str) -> Sequence[Suggestion]:
        return [Suggestion(name, show_line(name)) for name in self._seams if letters.lower() in name.lower()]

    def _suggest_leads(self, letters: str) -> Sequence[Suggestion]:
        """The two teams first."""
        found = self.suggest(letters)
        seam = self._seam()
        return sorted(found, key=lambda each: each.value not in seam.teams) if seam else found


class RouteDialog(MoveDialog):
    """Routes a ticket to the team that the catalogue names, and says that it does."""

    kind: ClassVar[str] = ""

    def __init__(self, means: Means, targets: Targets, done: Callable[[], None], team: str, reason: str) -> None:
        super().__init__(means, targets, done)
        self._offered = {"team": team, "reason": reason}

    def begin(self) -> None:
        """Begins with the team and why it is theirs."""
        self.fill(self._offered)
        self.call_after_refresh(partial(self.set_focus, self.query_one("#reason", Line)))


def _pair(seam: Seam) -> str:
    return " ⇄ ".join(seam.components)


def _several(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())
