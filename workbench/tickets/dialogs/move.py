"""Routes tickets that nobody has worked on to another team, with the reason."""

from collections.abc import Iterable, Mapping, Sequence
from typing import ClassVar

from textual import on
from textual.widget import Widget

from workbench.errors import InvalidInput
from workbench.organisation.service import OrganisationService
from workbench.tickets.dialogs.dialog import TargetDialog
from workbench.widgets.form import Row
from workbench.widgets.line import Line
from workbench.widgets.picker import Picker, Suggestion
from workbench.widgets.show import show_line


class MoveDialog(TargetDialog):
    """The team by a few letters, and why it is theirs."""

    kind: ClassVar[str] = "move"
    verb: ClassVar[str] = "Move"
    enter_sends: ClassVar[bool] = True
    AUTO_FOCUS = "Line"

    def parts(self) -> Iterable[Widget]:
        """The team and the reason."""
        yield Row("Team", Picker(lambda letters: suggest_teams(self.means.tickets.organisation, letters), id="team"))
        yield Row("Reason", Line(id="reason"))

    @on(Picker.Picked)
    def _picked(self) -> None:
        self.query_one("#reason", Line).focus()

    def fields(self) -> Mapping[str, str]:
        """The team and the reason."""
        return {"team": self.query_one(Picker).letters, "reason": self.query_one("#reason", Line).value}

    def fill(self, fields: Mapping[str, str]) -> None:
        """Puts a draft back."""
        self.query_one(Picker).fill(fields.get("team", ""))
        self.query_one("#reason", Line).fill(fields.get("reason", ""))

    def act(self) -> None:
        """Routes them."""
        team, reason = self.query_one(Picker).value, self.query_one("#reason", Line).value
        if team is None:
            raise InvalidInput("no team is named", "a few letters of its name find it")
        self.targets.each(lambda ref, version: self.targets.service.move(ref, team, reason, version))


def suggest_teams(organisation: OrganisationService, letters: str) -> Sequence[Suggestion]:
    """The teams that a few letters may mean, with their tiers."""
    return [
        Suggestion(team.slug, show_line(f"{team.slug:<16} {team.tier:<4} {team.name}"))
        for team in organisation.teams_like(letters)
    ]
