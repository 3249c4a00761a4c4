"""The fields of the form, the mark of each that says whether it is needed, and the bar that tells how far it is."""

from collections.abc import Iterator, Mapping, Sequence
from textwrap import wrap
from typing import Final, NamedTuple

from rich.text import Text

from workbench.escalation.forms import Outlook, may_owe
from workbench.escalation.model import Form, Row
from workbench.escalation.required import Completeness
from workbench.text import bar
from workbench.widgets.show import show_line

BAR_WIDTH: Final = 10
"""Cells of the bar."""
LINES: Final = 2
"""Lines under the form that the bar and what is missing may take."""


class Field(NamedTuple):
    """A part of the form: the row of what is required that it belongs to, its name on the screen, how it is typed."""

    row: Row
    told: str
    how: str


FIELDS: Final[Mapping[str, Field]] = {
    "category": Field(Row.REASON, "Reason", "picker"),
    "words": Field(Row.REASON, "Why in words", "line"),
    "summary": Field(Row.SUMMARY, "Summary", "words"),
    "impact": Field(Row.IMPACT, "Impact", "choice"),
    "urgency": Field(Row.IMPACT, "Urgency", "choice"),
    "steps": Field(Row.STEPS, "Steps", "entries"),
    "diagnostics": Field(Row.DIAGNOSTICS, "Diagnostics", "entries"),
    "error_message": Field(Row.ERROR, "Error", "words"),
    "error_at": Field(Row.ERROR, "Error time", "line"),
    "reproduction": Field(Row.REPRODUCTION, "Reproduction", "words"),
    "not_reproducible": Field(Row.REPRODUCTION, "Not reproduced", "line"),
    "account": Field(Row.ACCOUNT, "Account", "line"),
    "permissions": Field(Row.ACCOUNT, "Permissions", "line"),
    "environment": Field(Row.ENVIRONMENT, "Environment", "line"),
    "version": Field(Row.ENVIRONMENT, "Version", "line"),
    "recent_changes": Field(Row.CHANGES, "Recent changes", "line"),
    "recent_actions": Field(Row.CHANGES, "User's actions", "line"),
    "components": Field(Row.COMPONENTS, "Components", "line"),
    "lead": Field(Row.COMPONENTS, "Lead", "picker"),
}
"""Every part that is asked below the target, in the order of the page."""

LABELS: Final[Mapping[str, str]] = {
    "to": "To",
    "why_up": "Why up",
    **{name: field.told for name, field in FIELDS.items()},
}
"""The name on the screen of each part that may be missing, in the order of the page."""


def marks(form: Form, required: tuple[Row, ...]) -> Iterator[tuple[str, str]]:
    """For each part its mark."""
    for name, field in FIELDS.items():
        if _lacks(form, name, field):
            yield name, "●" if field.row in required else "○"
        else:
            yield name, "✓" if getattr(form, name) or field.row in required else "○"


def gaps(form: Form, done: Completeness) -> Iterator[tuple[str, str]]:
    """The parts that lack something, in the order of the page, each with the words by which it is named."""
    further = {each.part: each.asks for each in done.further}
    for name, label in LABELS.items():
        field = FIELDS.get(name)
        if name in further:
            yield name, f"{label} ({further[name]})"
        elif field is not None and field.row in done.missing and _lacks(form, name, field):
            if field.how == "entries" and getattr(form, name):
                yield name, f"{label} ({form.lacks(field.row)[0]})"
            elif name != "not_reproducible":  # which is asked with the part above it
                yield name, label


def told_progress(outlook: Outlook, width: int) -> Text:
    """The bar, how much is filled, and what is missing by name, in two lines of so many cells."""
    form, done = outlook.form, outlook.done
    if not done.required:
        return show_line("? say to whom it goes", "bold yellow")
    share, owes = done.filled / done.asked, may_owe(outlook.ticket, form)
    told = Text.assemble(
        show_line(bar(share, BAR_WIDTH), "green" if share == 1 else "yellow"),
        show_line(f" {done.filled} of {done.asked}", "bold"),
    )
    if share == 1:
        then = "nothing is owed any more: ctrl+s fills it in" if outlook.sent else "complete: ctrl+s sends"
        return told.append_text(show_line(f" · {then}", "green"))
    if outlook.sent:
        head, lacking = " · owed still: ", done
    elif owes and not done.further:
        why = outlook.ticket.priority if outlook.ticket.priority == "P1" else "security"
        head, lacking = f" · {why}: may go now, owed: ", done
    else:
        head, lacking = " · missing: ", done._replace(missing=()) if owes else done
    named = [words for _, words in gaps(form, lacking)]
    told.append_text(show_line(head + _fitting(named, len(told) + len(head), width), "bold yellow"))
    told.truncate(max(width, 1) * LINES, overflow="ellipsis")
    return told


def _lacks(form: Form, name: str, field: Field) -> bool:
    lacking = form.lacks(field.row)
    is_whole = field.row is Row.REPRODUCTION or field.how == "entries"  # its parts are not asked one by one
    return bool(lacking) if is_whole else name in lacking


def _fitting(names: Sequence[str], before: int, width: int) -> str:
    """As many of the names as stand in two lines after so many cells, and how many more there are."""
    for shown in range(len(names), 1, -1):
        more = f" and {len(names) - shown} more" if shown < len(names) else ""
        told = ", ".join(names[:shown]) + more
        if len(wrap("-" * before + told, max(width, 1))) <= LINES:
            return told
    return names[0] + (f" and {len(names) - 1} more" if len(names) > 1 else "")
