"""Names somebody for a swarm, found by a few letters: whom one calls in, and who is to drive it."""

from collections.abc import Callable, Sequence

from rich.text import Text

from workbench.escalation.swarm import Swarm
from workbench.tickets.dialogs.means import Means, Targets
from workbench.tickets.dialogs.person import PersonDialog
from workbench.widgets.picker import Suggestion
from workbench.widgets.show import show_line


class NamingDialog(PersonDialog):
    """Somebody of a team, but not those whom it cannot be; before a letter is typed the `first` stand on top."""

    def __init__(
        self,
        means: Means,
        swarm: Swarm,
        asks: str,
        take: Callable[[str], object],
        done: Callable[[], None],
        *,
        first: Sequence[str] = (),
        never: Sequence[str] = (),
    ) -> None:
        super().__init__(means, Targets(means.tickets, [swarm.ref]), done)
        self._asks = asks
        self._take = take
        self._first = first
        self._never = never

    def heading(self) -> Text:
        """What they are named for."""
        return show_line(f"{self._asks} · {self.targets.told()}")

    def take(self, login: str) -> None:
        """Names them."""
        self._take(login)

    def suggest(self, letters: str) -> Sequence[Suggestion]:
        """People of teams, those who come first on top before a letter is typed."""
        organisation = self.means.organisation
        teams = {login: team.slug for team in organisation.teams for login in team.people}
        found = [
            person
            for person in self.means.tickets.organisation.people_like(letters)
            if person.login in teams and person.login not in self._never
        ]
        if not letters:
            found.sort(key=lambda each: each.login not in self._first)
        return [
            Suggestion(each.login, show_line(f"{each.login:<12} {each.name:<24} {teams[each.login]}")) for each in found
        ]
