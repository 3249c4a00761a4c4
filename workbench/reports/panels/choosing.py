"""A box in which one of a few is picked by a few letters: whose tickets count, what is compared with."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget

from workbench.errors import Refused
from workbench.organisation.model import Organisation
from workbench.reports.model import EVERYBODY, Scope
from workbench.widgets.ask import AskYes
from workbench.widgets.box import Box
from workbench.widgets.picker import Picker, Suggestion
from workbench.widgets.show import show_line

_SHOWN = 50
"""Suggestions at once."""


class ChoiceScreen(Box[str | None]):
    """Gives what was picked; None where one thought better of it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "Leave", id="choice.leave", tooltip="Leave everything as it was"),
    ]

    def __init__(self, question: str, known: Sequence[str]) -> None:
        super().__init__(question)
        self.known = known

    def parts(self) -> Iterable[Widget]:
        """The letters with what they may mean."""
        yield Picker(self._suggest, id="choice")

    @on(Picker.Picked)
    def _picked(self, event: Picker.Picked) -> None:
        found = event.picker.highlighted_value
        if found is not None:
            self.dismiss(found)

    def _suggest(self, letters: str) -> list[Suggestion]:
        wanted = letters.lower().split()
        fitting = [name for name in self.known if all(part in name.lower() for part in wanted)]
        return [Suggestion(name, show_line(name)) for name in fitting[:_SHOWN]]


class CompareScreen(ChoiceScreen):
    """Gives the name of what is compared with, and lets go of figures that were kept."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+x", "forget", "Delete", id="choice.forget", tooltip="Delete these kept figures", priority=True),
    ]

    def __init__(self, first: str, kept: Sequence[str], forget: Callable[[str], object]) -> None:
        """`first` is always there; `forget` deletes one of the others."""
        super().__init__("Compare with what?", [first, *kept])
        self._first, self._forget = first, forget

    def action_forget(self) -> None:
        """Asks whether what stands highlighted is to be deleted."""
        name = self.query_one(Picker).highlighted_value
        if name is None or name == self._first:
            raise Refused("only figures that were kept can be deleted", "go to their name, up or down")

        async def said(yes: bool | None) -> None:
            if yes:
                self._forgetting = name
                await self.run_action("forget_it")

        self.app.push_screen(AskYes(f"Delete {name}?", "Nobody can compare with these figures then."), said)

    def action_forget_it(self) -> None:
        """Deletes what was asked about."""
        self._forget(self._forgetting)
        self.known = [name for name in self.known if name != self._forgetting]
        self.query_one(Picker).fill("")


def scopes(organisation: Organisation, components: Iterable[str]) -> dict[str, Scope]:
    """All that one can look at, by what it is called."""
    return dict(_scopes(organisation, components))


def _scopes(organisation: Organisation, components: Iterable[str]) -> Iterator[tuple[str, Scope]]:
    yield "all tickets", EVERYBODY
    yield from ((f"tier {tier.name}", Scope(tier=tier.name)) for tier in organisation.tiers)
    yield from ((f"team {team.slug}", Scope(team=team.slug)) for team in organisation.teams)
    yield from ((f"client {client.slug}", Scope(client=client.slug)) for client in organisation.clients)
    yield from ((f"component {name}", Scope(component=name)) for name in components)
