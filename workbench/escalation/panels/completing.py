"""The form of a hand-off that went out incomplete, opened again by its sender to fill in what it owes."""

import json
from typing import Final

from workbench.clock import local
from workbench.errors import OutOfDate, Refused
from workbench.escalation.filling import stays
from workbench.escalation.forms import Opened, Outlook
from workbench.escalation.model import Direction, Form, Handoff
from workbench.escalation.proposal import Proposal
from workbench.escalation.reading import form_told, read_form
from workbench.escalation.required import completeness
from workbench.escalation.screen import FormScreen
from workbench.escalation.service import EscalationService
from workbench.tickets.dialogs.means import Means

DRAFT: Final = "completing"
"""The kind of draft that it is kept as."""


class CompletingScreen(FormScreen):
    """Only what is owed is required, and what is filled in goes to who has the ticket."""

    def __init__(self, service: EscalationService, handoff: Handoff, means: Means) -> None:
        self.handoff = handoff
        self.personal = means.personal
        super().__init__(service, handoff.ref, means.zone)

    def heading(self) -> str:
        """Which one it is, of which ticket."""
        return f"Fill in hand-off {self.handoff.number} of #{self.ref} {self._opened.ticket.subject}"

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offers nothing instead of a hand-off that went out."""
        return False if action == "instead" else super().check_action(action, parameters)

    def action_take(self, kind: str, name: str) -> None:
        """Shows a like ticket; what went out is no hand-off that a runbook or a problem has spared."""
        if kind != "ticket":
            raise Refused("it went out already: nothing is done instead", "do it on the screen of its ticket")
        super().action_take(kind, name)

    def opened(self) -> Opened:
        """The form as it was sent, or as one left it."""
        sent, opened = self.handoff.form, self.forms.open(self.ref)
        self._seen = sent
        draft = self.personal.draft(DRAFT, self.ref)
        if draft is None or draft.fields.get("handoff") != str(self.handoff.number):
            return opened._replace(said=sent, form=sent, kept_at=None, letters="")
        form, seen = (read_form(json.loads(draft.fields[name]), Form()) for name in ("form", "seen"))
        mine = form.differs(seen)  # what others have filled in since stands there as it is told by now
        self._seen = sent.taking(mine, seen)
        return opened._replace(
            said=sent, form=sent.taking(mine, form), kept_at=draft.saved_at, letters=draft.fields["letters"]
        )

    def outlook(self) -> Outlook:
        """What is still owed."""
        said = Proposal(
            self.handoff.form.direction or Direction.SIDEWAYS,
            self.handoff.form.to,
            f"it went out on {local(self.handoff.sent_at, self.zone.key)}",
        )
        return Outlook(self._opened.ticket, self.form, said, completeness(self.form, self.handoff.owed), (), sent=True)

    def keep(self) -> None:
        """Keeps it apart from the form of a next hand-off, with what it was typed over."""
        fields = {name: json.dumps(form_told(form)) for name, form in (("form", self.form), ("seen", self._seen))}
        fields |= {"letters": self.filled.letters, "handoff": str(self.handoff.number)}
        self.personal.save_draft(DRAFT, self.ref, fields)

    def send(self) -> str:
        """Fills in what there is; what was done, in words."""
        form = self.form.taking(("direction", "to"), self._seen)
        try:
            with self.service.tickets.together():
                done, left = self.service.fill_in(self.handoff.number, form, self._seen)
                self.personal.drop_draft(DRAFT, self.ref)
        except OutOfDate:  # which tells of theirs: who sends once more means to
            self._seen = self._seen.taking(form.differs(self._seen), self.service.get(self.handoff.number).form)
            raise
        told = f"#{self.ref}: owed still: {', '.join(done.owed)}" if done.owed else f"#{self.ref} owes nothing any more"
        return f"{told}; {stays(left)}" if left else told
