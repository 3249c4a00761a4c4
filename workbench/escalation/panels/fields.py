"""The fields of the form, the mark of each that says whether it is needed, and the bar that tells how far it is."""

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from rich.text import Text

from workbench.escalation.forms import Outlook, may_owe
from workbench.escalation.model import Form, Row
from workbench.escalation.required import told_missing
from workbench.text import bar
from workbench.widgets.show import show_line

BAR_WIDTH: Final = 10
"""Cells of the bar."""


class Field(NamedTuple):
    """A part of the form: the row of what is required that it belongs to, its name on the screen, how it is typed."""

    row: Row
    told: str
    how: str


FIELDS: Final[Mapping[str, Field]] = {
    "category": Field(Row.REASON, "Reason", "picker"),
    "words": Field(Row.REASON, "In words", "line"),
    "summary": Field(Row.SUMMARY, "Summary", "words"),
    "impact": Field(Row.IMPACT, "Impact", "choice"),
    "urgency": Field(Row.IMPACT, "Urgency", "choice"),
    "steps": Field(Row.STEPS, "Steps", "entries"),
    "diagnostics": Field(Row.DIAGNOSTICS, "Diagnostics", "entries"),
    "error_message": Field(Row.ERROR, "Error", "words"),
    "error_at": Field(Row.ERROR, "Its time", "line"),
    "reproduction": Field(Row.REPRODUCTION, "Reproduce", "words"),
    "not_reproducible": Field(Row.REPRODUCTION, "Or tried", "line"),
    "account": Field(Row.ACCOUNT, "Account", "line"),
    "permissions": Field(Row.ACCOUNT, "Permissions", "line"),
    "environment": Field(Row.ENVIRONMENT, "Environment", "line"),
    "version": Field(Row.ENVIRONMENT, "Version", "line"),
    "recent_changes": Field(Row.CHANGES, "Changes", "line"),
    "recent_actions": Field(Row.CHANGES, "User's acts", "line"),
    "components": Field(Row.COMPONENTS, "Components", "line"),
    "lead": Field(Row.COMPONENTS, "Lead", "line"),
}
"""Every part that is asked below the target, in the order of the page."""


def marks(form: Form, required: tuple[Row, ...]) -> Iterator[tuple[str, str]]:
    """For each part its mark."""
    for name, field in FIELDS.items():
        lacking = form.lacks(field.row)
        is_whole = field.row is Row.REPRODUCTION or field.how == "entries"  # its parts are not asked one by one
        if lacking if is_whole else name in lacking:
            yield name, "●" if field.row in required else "○"
        else:
            yield name, "✓" if getattr(form, name) or field.row in required else "○"


def first_missing(form: Form, missing: tuple[str, ...]) -> str:
    """The part where the cursor goes: the first that lacks something, in the order of the page."""
    for name, field in FIELDS.items():
        if field.row in missing:
            lacking = form.lacks(field.row)
            if name in lacking or field.how == "entries" or field.row is Row.REPRODUCTION:
                return name
    return "why_up"


def told_progress(outlook: Outlook, width: int) -> Text:
    """The bar, how much is filled, and what is missing by name."""
    required, filled, missing = outlook.done.required, outlook.done.filled, outlook.done.missing
    if not required:
        return show_line("? say to whom it goes", "bold yellow")
    told = Text.assemble(
        show_line(bar(filled / len(required), BAR_WIDTH), "green" if not missing else "yellow"),
        show_line(f" {filled} of {len(required)}", "bold"),
    )
    if not missing:
        return told.append_text(show_line(" · complete: ctrl+s sends", "green"))
    named = told_missing(outlook.form, missing).replace("_", " ")
    if may_owe(outlook.ticket, outlook.form):
        why = outlook.ticket.priority if outlook.ticket.priority == "P1" else "security"
        told.append_text(show_line(f" · {why}: may go now, owed: {named}", "bold yellow"))
    else:
        told.append_text(show_line(f" · missing: {named}", "bold yellow"))
    told.truncate(max(width, 1) * 2, overflow="ellipsis")
    return told
