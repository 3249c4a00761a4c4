"""Overrides the priority, with the reason."""

from collections.abc import Iterable, Mapping
from typing import ClassVar

from textual import on
from textual.widget import Widget

from workbench.tickets.dialogs.dialog import TargetDialog
from workbench.tickets.vocabulary import Priority
from workbench.widgets.form import Choice, Row
from workbench.widgets.line import Line


class PriorityDialog(TargetDialog):
    """P1 to P4 by arrow or number, and the reason."""

    kind: ClassVar[str] = "priority"
    verb: ClassVar[str] = "Priority"
    enter_sends: ClassVar[bool] = True
    AUTO_FOCUS = "Choice"

    def parts(self) -> Iterable[Widget]:
        """The priority and the reason."""
        yield Row("Priority", Choice(tuple(Priority), self.targets.first.priority, id="priority"))
        yield Row("Reason", Line(id="reason"))

    @on(Choice.Submitted)
    def _chosen(self) -> None:
        self.query_one(Line).focus()

    def fields(self) -> Mapping[str, str]:
        """The reason, with the priority that it is for."""
        reason = self.query_one(Line).value
        return {"priority": self.query_one(Choice).value, "reason": reason} if reason else {}

    def fill(self, fields: Mapping[str, str]) -> None:
        """Puts a draft back."""
        self.query_one(Choice).fill(fields.get("priority", ""))
        self.query_one(Line).fill(fields.get("reason", ""))

    def act(self) -> None:
        """Overrides it."""
        priority = Priority(self.query_one(Choice).value)
        reason = self.query_one(Line).value
        self.targets.each(lambda ref, version: self.targets.service.prioritise(ref, priority, reason, version))
