"""A box in which one of a few is picked by a few letters: whose tickets count, what is compared with."""

from collections.abc import Iterable, Iterator, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from workbench.organisation.model import Organisation
from workbench.reports.model import EVERYBODY, Scope
from workbench.widgets.key_line import KeyLine
from workbench.widgets.picker import Picker, Suggestion
from workbench.widgets.show import show_line

_SHOWN = 50
"""Suggestions at once."""


class ChoiceScreen(ModalScreen[str | None]):
    """Gives what was picked; None where one thought better of it."""

    DEFAULT_CSS = """
    ChoiceScreen {
        align: center middle;
        & > Vertical {
            width: 60; max-width: 100%; height: auto; border: round $accent; padding: 0 1; background: $surface;
        }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "Leave", id="choice.leave", tooltip="Leave everything as it was"),
    ]

    def __init__(self, question: str, known: Sequence[str]) -> None:
        super().__init__()
        self._question, self._known = question, known

    def compose(self) -> ComposeResult:
        """The question, the letters with what they may mean, the keys."""
        with Vertical() as box:
            box.border_title = show_line(self._question)
            yield Picker(self._suggest, id="choice")
        yield KeyLine()

    @on(Picker.Picked)
    def _picked(self, event: Picker.Picked) -> None:
        found = event.picker.highlighted_value
        if found is not None:
            self.dismiss(found)

    def _suggest(self, letters: str) -> list[Suggestion]:
        wanted = letters.lower().split()
        fitting = [name for name in self._known if all(part in name.lower() for part in wanted)]
        return [Suggestion(name, show_line(name)) for name in fitting[:_SHOWN]]


def scopes(organisation: Organisation, components: Iterable[str]) -> dict[str, Scope]:
    """All that one can look at, by what it is called."""
    return dict(_scopes(organisation, components))


def _scopes(organisation: Organisation, components: Iterable[str]) -> Iterator[tuple[str, Scope]]:
    yield "all tickets", EVERYBODY
    yield from ((f"tier {tier.name}", Scope(tier=tier.name)) for tier in organisation.tiers)
    yield from ((f"team {team.slug}", Scope(team=team.slug)) for team in organisation.teams)
    yield from ((f"client {client.slug}", Scope(client=client.slug)) for client in organisation.clients)
    yield from ((f"component {name}", Scope(component=name)) for name in components)
