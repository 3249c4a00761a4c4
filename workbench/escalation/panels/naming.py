"""Names somebody for a swarm, found by a few letters: whom one calls in, and who is to drive it."""

from collections.abc import Callable, Iterable, Sequence
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.widget import Widget

from workbench.errors import NotFound
from workbench.escalation.swarm import Swarm
from workbench.tickets.dialogs.dialog import TargetDialog
from workbench.tickets.dialogs.means import Means, Targets
from workbench.widgets.picker import Picker, Suggestion
from workbench.widgets.show import show_line


class NamingDialog(TargetDialog):
    """Somebody of a team, but not those whom it cannot be; before a letter is typed the `first` stand on top."""

    enter_sends: ClassVar[bool] = True
    AUTO_FOCUS = "Line"

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

    def parts(self) -> Iterable[Widget]:
        """Who."""
        yield Picker(self._suggest, id="who")

    @on(Picker.Picked)
    async def _picked(self) -> None:
        await self.run_action("send")

    def act(self) -> None:
        """Names the one who stands highlighted."""
        picker = self.query_one(Picker)
        login = picker.highlighted_value
        if login is None:
            raise NotFound(f"nobody is called {picker.letters!r}", "a few letters of their name or login find them")
        self._take(login)

    def _suggest(self, letters: str) -> Sequence[Suggestion]:
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
