"""Gives tickets to a person, found by a few letters, with what they have already; or to nobody."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual import on
from textual.widget import Widget

from workbench.errors import NotFound
from workbench.tickets.dialogs.dialog import TargetDialog
from workbench.widgets.picker import Picker, Suggestion
from workbench.widgets.show import show_line

NOBODY = "nobody"
"""What is picked to take a ticket from whom has it; `assign` knows no person of that name."""


class AssignDialog(TargetDialog):
    """Before a letter is typed, people of the ticket's team first, those with the fewest open tickets on top."""

    verb: ClassVar[str] = "Assign"
    enter_sends: ClassVar[bool] = True
    AUTO_FOCUS = "Line"

    def parts(self) -> Iterable[Widget]:
        """Who."""
        self._loads = self.means.loads()
        yield Picker(self._suggest, id="who")

    @on(Picker.Picked)
    async def _picked(self) -> None:
        await self.run_action("send")

    def act(self) -> None:
        """Gives them to whom stands highlighted."""
        picker = self.query_one(Picker)
        login = picker.highlighted_value
        if login is None:
            raise NotFound(f"nobody is called {picker.letters!r}", "a few letters of their name or login find them")
        to = None if login == NOBODY else login
        self.targets.each(lambda ref, version: self.targets.service.assign(ref, to, version))

    def _suggest(self, letters: str) -> Sequence[Suggestion]:
        team = self.means.organisation.team(self.targets.first.team, include_retired=True)
        people = self.means.tickets.organisation.people_like(letters)
        if not letters:
            people.sort(key=lambda each: (each.login not in team.people, self._loads.get(each.login, (0, 0))))
        found = [
            Suggestion(person.login, show_line(f"{person.login:<12} {person.name:<24} {self._load(person.login)}"))
            for person in people
        ]
        if NOBODY.startswith(letters.lower()):
            found.append(Suggestion(NOBODY, show_line(f"{NOBODY:<12} back to those that nobody has", "dim")))
        return found

    def _load(self, login: str) -> str:
        has, late = self._loads.get(login, (0, 0))
        return f"{has:,} open" + (f", {late:,} late" if late else "")
