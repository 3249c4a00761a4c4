"""Gives tickets to a person, found by a few letters, with what they have already; or to nobody."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.widget import Widget

from workbench.tickets.dialogs.person import PersonDialog
from workbench.widgets.picker import Suggestion
from workbench.widgets.show import show_line

NOBODY = "nobody"
"""What is picked to take a ticket from whom has it; `assign` knows no person of that name."""


class AssignDialog(PersonDialog):
    """Before a letter is typed, people of the ticket's team first, those with the fewest open tickets on top."""

    verb: ClassVar[str] = "Assign"

    def parts(self) -> Iterable[Widget]:
        """Who, with what they have at this moment."""
        self._loads = self.means.loads()
        return super().parts()

    def take(self, login: str) -> None:
        """Gives them to whom was picked."""
        to = None if login == NOBODY else login
        self.targets.each(lambda ref, version: self.targets.service.assign(ref, to, version))

    def suggest(self, letters: str) -> Sequence[Suggestion]:
        """People with what they have, and nobody."""
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
