"""Acting on tickets by one key each: from a queue on those marked or under the cursor, from a ticket on that one.

Each box is loaded when it is opened for the first time: the first frame does not wait for what may never be asked.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar, Final

from textual.binding import Binding, BindingType
from textual.timer import Timer

from workbench.errors import Refused
from workbench.text import one_line
from workbench.tickets.dialogs.means import Means, Targets
from workbench.tickets.vocabulary import UNRESOLVED, State
from workbench.tickets.wishes import Wanted
from workbench.widgets.graying import GrayingScreen

if TYPE_CHECKING:
    from workbench.tickets.dialogs.dialog import TargetDialog

_READS: Final = frozenset({"why", "copy", "owner", "runbook", "swarm"})
NO_TICKET: Final = _READS | {"take", "comment", "note", "state", "assign", "priority", "move", "escalate"}
"""What makes no sense without a ticket."""
_WRITES: Final = NO_TICKET - _READS | {"undo", "take_next"}
_IN_WORK: Final = frozenset({"take", "assign", "priority", "move", "escalate"})
GRAY_AFTER: Final = 0.1
"""Seconds for which the cursor rests before the keys are painted anew."""


def gray(state: State, *, taken: bool) -> frozenset[str]:
    """What makes no sense for a ticket of that state; `taken`: somebody has it, and need not take it any more."""
    if state not in UNRESOLVED:
        return _IN_WORK
    return frozenset({"take"}) if taken else frozenset()


class ActingScreen(GrayingScreen):
    """A screen of tickets; it says which are meant, and shows at once what was done to them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("t", "take", "Take", id="act.take", tooltip="Make it mine"),
        Binding("c", "comment", "Comment", id="act.comment", tooltip="Write to the requester, who will read it"),
        Binding("C", "note", "Note", id="act.note", tooltip="Write what the requester does not see", show=False),
        Binding("s", "state", "State", id="act.state", tooltip="Wait, resume, resolve, close or reopen"),
        Binding("a", "assign", "Assign", id="act.assign", tooltip="Give it to somebody, or to nobody"),
        Binding(
            "p", "priority", "Priority", id="act.priority", tooltip="Another priority, with the reason", show=False
        ),
        Binding(
            "m", "move", "Move", id="act.move", tooltip="To another team, while nobody has worked on it", show=False
        ),
        Binding("e", "escalate", "Escalate", id="act.escalate", tooltip="Hand it to those who know more, or own it"),
        Binding("E", "handoffs", "Hand-offs", id="act.handoffs", tooltip="To me, from me, owed, returned", show=False),
        Binding("W", "swarm", "Swarm", id="act.swarm", tooltip="Those who work on it together", show=False),
        Binding("r", "runbook", "Runbook", id="act.runbook", tooltip="The runbooks that fit it, the best first"),
        Binding(
            "P", "problems", "Problems", id="act.problems", tooltip="Known problems; to link it to one", show=False
        ),
        Binding("o", "owner", "Owner", id="act.owner", tooltip="Whose it is, by what it names"),
        Binding("u", "undo", "Undo", id="act.undo", tooltip="Take back my latest change", show=False),
        Binding("w", "why", "Why", id="act.why", tooltip="Why this ticket stands where it stands", show=False),
        Binding("y", "copy", "Copy", id="act.copy", tooltip="Copy the number, the subject or the ticket", show=False),
    ]

    def __init__(self, means: Means) -> None:
        super().__init__()
        self.means = means
        self._grayed: frozenset[str] = frozenset()
        self._graying: Timer | None = None

    def targets(self) -> Sequence[int]:
        """The numbers of the tickets that the next act is meant for."""
        raise NotImplementedError

    def acted(self, *, settled: bool = False) -> None:
        """Shows what an act has changed; once `settled`, the next work is the next ticket."""
        raise NotImplementedError

    def senseless(self) -> frozenset[str]:
        """The actions that make no sense now."""
        raise NotImplementedError

    def regray(self) -> None:
        """Shows which keys make sense, once the cursor rests: painting the keys anew takes longer than a cursor key."""
        if self._graying is not None:
            self._graying.stop()
        self._graying = self.set_timer(GRAY_AFTER, self.rested)

    def is_gray(self, action: str) -> bool:
        """Whether that makes no sense now, or would write into the past."""
        return action in self.senseless() or (self.means.looks_back and action in _WRITES)

    def rested(self) -> None:
        """Shows what waits until the cursor rests: which keys make sense here."""
        now = self.senseless()
        if now != self._grayed:
            self._grayed = now
            self.refresh_bindings()

    def action_take(self) -> None:
        """Makes me the one who has it."""
        self.means.require_now()
        targets, take = self._targets(), self.means.tickets.take
        if len(targets.tickets) > 1:
            from workbench.tickets.dialogs.confirm import ConfirmDialog

            self.app.push_screen(ConfirmDialog(self.means, targets, self.acted, "Take", take))
        else:
            ticket = take(targets.first.ref)
            if ticket.version == targets.first.version:
                raise Refused(f"you have #{ticket.ref} already", "a gives it to somebody else, or to nobody")
            self.tell(f"#{ticket.ref} taken by {ticket.assignee}")
            self.acted()

    def action_comment(self) -> None:
        """Writes to the requester."""
        from workbench.tickets.dialogs.writing import CommentDialog

        self._ask(CommentDialog)

    def action_note(self) -> None:
        """Writes something that the requester does not see."""
        from workbench.tickets.dialogs.writing import NoteDialog

        self._ask(NoteDialog)

    def action_state(self) -> None:
        """Waits, resumes, resolves, closes, reopens."""
        from workbench.tickets.dialogs.state import StateDialog

        self._ask(StateDialog, settled=True)

    def action_assign(self) -> None:
        """Gives it to somebody."""
        from workbench.tickets.dialogs.assign import AssignDialog

        self._require_unresolved("assigned")
        self._ask(AssignDialog)

    def action_priority(self) -> None:
        """Overrides the priority."""
        from workbench.tickets.dialogs.priority import PriorityDialog

        self._require_unresolved("given another priority")
        self._ask(PriorityDialog)

    def action_move(self) -> None:
        """Routes it to another team; once somebody has worked on it or handed it off, that is a hand-off."""
        from workbench.tickets.dialogs.move import MoveDialog

        self._require_unresolved("moved")
        targets = self._targets()
        if len(targets.tickets) == 1 and targets.first.worked_on:
            self.tell(f"#{targets.first.ref} has been worked on or handed off, so a change of team is a hand-off")
            self.action_escalate()
        else:
            self._ask(MoveDialog, settled=True)

    def action_escalate(self) -> None:
        """Wishes the form of a hand-off."""
        self._require_unresolved("handed off")
        self.post_message(Wanted("escalation", self._targets().first.ref))

    def action_handoffs(self) -> None:
        """Wishes the hand-offs that concern me."""
        self.post_message(Wanted("handoffs", 0))

    def action_swarm(self) -> None:
        """Wishes to see who works on it together."""
        self.post_message(Wanted("swarm", self._targets().first.ref))

    def action_runbook(self) -> None:
        """Wishes to see the runbooks that fit it."""
        self.post_message(Wanted("runbook", self._targets().first.ref))

    def action_problems(self) -> None:
        """Wishes the known problems, for the ticket where there is one."""
        self.post_message(Wanted("problems", next(iter(self.targets()), 0)))

    def action_owner(self) -> None:
        """Wishes to see whose it is."""
        self.post_message(Wanted("owner", self._targets().first.ref))

    def action_undo(self) -> None:
        """Takes back my latest change, and says what it was."""
        self.tell(self.means.undo())
        self.acted()

    def action_why(self) -> None:
        """Says why the ticket stands where it stands, with the clocks that this comes from."""
        from workbench.tickets.dialogs.why import WhyBox

        ticket = self._targets().first
        self.app.push_screen(WhyBox(self.means, ticket, self.means.why(ticket.ref)))

    def action_copy(self) -> None:
        """Asks what is to be copied."""
        from workbench.tickets.dialogs.copy import CopyDialog

        ticket, events = self.means.tickets.with_timeline(self._targets().first.ref)
        self.app.push_screen(CopyDialog(ticket, events, self.means.zone))

    def tell(self, told: str) -> None:
        """Says in a notification what was done."""
        self.notify(one_line(told), markup=False)

    def _targets(self) -> Targets:
        refs = self.targets()
        if not refs:
            raise Refused("there is no ticket here", "go to one, in another queue or by another filter")
        return Targets(self.means.tickets, refs)

    def _ask(
        self, dialog: Callable[[Means, Targets, Callable[[], None]], "TargetDialog"], *, settled: bool = False
    ) -> None:
        self.means.require_now()
        self.app.push_screen(dialog(self.means, self._targets(), lambda: self.acted(settled=settled)))

    def _require_unresolved(self, participle: str) -> None:
        for ticket in self._targets().tickets:
            if not ticket.unresolved:
                raise Refused(f"#{ticket.ref} is {ticket.state} and cannot be {participle}", "reopen it first, by s")
