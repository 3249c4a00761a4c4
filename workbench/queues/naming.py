"""What queues can be called: no two of them the same, whatever the case, and none like a word that `queue` takes."""

from collections.abc import Iterable

from workbench.errors import InvalidInput, NotFound, Refused
from workbench.organisation.service import OrganisationService
from workbench.queues.model import SAVE, SMART
from workbench.queues.saved import SavedStore
from workbench.text import storable

LONGEST = 40
"""Characters of a saved queue's name."""


class QueueNames:
    """The names that queues have, and those that they could have."""

    def __init__(self, organisation: OrganisationService, saved: SavedStore) -> None:
        self.organisation = organisation
        self.saved = saved
        organisation.when_named(self._require_unlike)

    def free(self, name: str) -> str:
        """The name as a saved queue can have it: none that every workbench has; InvalidInput, Refused."""
        label = storable(name).strip()
        if not label or len(label) > LONGEST:
            raise InvalidInput(f"{name!r} cannot name a queue", f"take 1 to {LONGEST} characters")
        if label.lower() == SAVE:
            raise Refused(f"no queue can be called {name!r}, since that word saves one", "choose another name")
        if _like(label, self._given()):
            raise Refused(f"{name!r} is a queue of every workbench", "choose another name")
        return label

    def own(self, name: str) -> str | None:
        """The name of a saved queue as it was saved, also where another queue of that name hides it; None if none."""
        return _like(name, self._own())

    def require_own(self, name: str) -> str:
        """The same; Refused for another queue, NotFound names the nearest."""
        if own := self.own(name):
            return own
        if given := _like(name, self._given()):
            raise Refused(f"{given!r} is a queue of every workbench", "only saved queues can be changed")
        raise NotFound.among("queue", name, [*self._given(), *self._own()])

    def _require_unlike(self, place: str, name: str) -> None:
        """Refuses a tier or a team of the setup whose queue would hide another one, or be hidden; InvalidInput."""
        elsewhere = "call it something else"
        if name.lower() == SAVE:
            raise InvalidInput(f"{place} is called like the word that saves a queue", elsewhere)
        if smart := _like(name, SMART):
            raise InvalidInput(f"{place} is called like the queue {smart} of every workbench", elsewhere)
        if whose := self.saved.whose(name):
            advice = f"{elsewhere}, or let them give it another name first"
            raise InvalidInput(f"{place} is called like a queue that {whose} has saved", advice)

    def _given(self) -> list[str]:
        """The names of the queues that nobody has saved."""
        organisation = self.organisation.current()
        return [*(tier.name for tier in organisation.tiers), *(team.slug for team in organisation.teams), *SMART]

    def _own(self) -> list[str]:
        return [name for name, _ in self.saved.all()]


def _like(name: str, names: Iterable[str]) -> str | None:
    return next((each for each in names if each.lower() == name.lower()), None)
