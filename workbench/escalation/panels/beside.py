"""What stands beside the form: known problems, runbooks not tried, similar tickets, and whose it is."""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, NamedTuple

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import OptionList

from workbench.escalation.around import Around
from workbench.widgets.options import Options, moves, option
from workbench.widgets.show import show, show_line


class Instead(NamedTuple):
    """Something that may make the hand-off needless: a `problem`, a `runbook`, or a like `ticket`, by its name."""

    kind: str
    name: str


class Beside(Options, inherit_bindings=False):
    """The list; enter takes what stands under the cursor instead of handing off."""

    DEFAULT_CSS = """
    Beside {
        width: 38; height: 1fr; border: round $primary; padding: 0 1;
        background: $background; scrollbar-size-vertical: 1;
        &:focus { border: round $accent; }
        & > .option-list--option-disabled { color: $foreground; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        *moves("beside"),
        Binding("enter", "select", "Take it", id="beside.take", tooltip="That problem, runbook or ticket instead"),
    ]

    class Taken(Message):
        """That one instead of a hand-off."""

        def __init__(self, instead: Instead) -> None:
            super().__init__()
            self.instead = instead

    def __init__(self) -> None:
        super().__init__(id="beside")
        self._choices: list[Instead | None] = []

    def show_around(self, around: Around, *, sent: bool = False) -> None:
        """Shows what is known, and by which keys that is done instead, unless the hand-off was sent."""
        lines = list(_lines(around, sent))
        self._choices = [choice for choice, _ in lines]
        self.clear_options()
        self.add_options([option(told, enabled=choice is not None) for choice, told in lines])
        self.highlighted = next((at for at, choice in enumerate(self._choices) if choice), None)

    def first_of(self, kind: str) -> Instead | None:
        """The first of a kind."""
        return next((each for each in self._choices if each and each.kind == kind), None)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Tells what was taken."""
        event.stop()
        chosen = self._choices[event.option_index]
        if chosen is not None:
            self.post_message(self.Taken(chosen))


_Line = tuple[Instead | None, Text]


def _lines(around: Around, sent: bool) -> Iterator[_Line]:
    if around.problems:
        yield None, show_line("Known problems" if sent else "Known problems · ctrl+l links", "bold")
    for problem in around.problems:
        told = show(f"PRB-{problem.number} {problem.title}")
        if problem.workaround:
            told = Text.assemble(told, "\n", show(f"  {problem.workaround}", "dim"))
        yield Instead("problem", str(problem.number)), told
    if around.runbooks:
        yield None, show_line("Not tried yet" if sent else "Not tried yet · ctrl+r runs", "bold")
    for runbook in around.runbooks:
        yield Instead("runbook", runbook.slug), show(runbook.title)
    if around.similar:
        yield None, show_line(f"{len(around.similar)} like it in three days", "bold")
    for ticket in around.similar:
        yield Instead("ticket", str(ticket.ref)), show(f"#{ticket.ref} {ticket.subject}")
    yield None, show_line("Owner", "bold")
    yield None, owner_told(around.owner)


def owner_told(card: Mapping[str, Any] | None) -> Text:
    """The owner's card in a few lines."""
    if card is None:
        return show("nobody is known to own it", "dim")
    owners = ", ".join(card["owners"]) or "unowned"
    lines = [f"{card['component']}: {owners} ({card['status']})"]
    for name, told in (("support_model", ""), ("on_support", "this week "), ("contact", ""), ("wants", "wants ")):
        if card[name]:
            lines.append(f"{told}{card[name]}")
    resolvers = [f"{each['who']} {each['resolved']}" for each in card["resolvers"][:3]]
    if resolvers:
        lines.append(f"resolved by {', '.join(resolvers)}")
    return show("\n".join(lines))


def told_shortly(around: Around) -> str:
    """What there is beside the form, where there is no room for it."""
    counts = {"problem": len(around.problems), "runbook": len(around.runbooks), "like ticket": len(around.similar)}
    told = [f"{count} {name}{'s' * (count > 1)}" for name, count in counts.items() if count]
    return f"{', '.join(told)} beside · ctrl+o" if told else "ctrl+o: whose it is"
