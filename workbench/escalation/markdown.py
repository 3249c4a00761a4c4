"""The text that a receiver reads, as Markdown, so that it can also go to people without the workbench."""

from collections.abc import Iterator
from typing import Final

from workbench.escalation.model import CATEGORY_WORDS, Form
from workbench.tickets.model import Ticket

NOTHING: Final = "*not said*"
"""Stands where a part of a row was left open."""
_MARKS: Final = {"done": "[x]", "failed": "[!]", "skipped": "[-]"}


def markdown(form: Form, ticket: Ticket, source: str | None = None) -> str:
    """The whole hand-off of a ticket; what was not filled in is left out, but for the half of a row.

    `source` is the team that sent it; while nobody has, the one that holds the ticket.
    """
    return "\n".join(_lines(form, ticket, source or ticket.team)).rstrip() + "\n"


def _lines(form: Form, ticket: Ticket, source: str) -> Iterator[str]:
    yield f"# #{ticket.ref} {_flat(ticket.subject)}"
    yield ""
    where = f"{form.direction or 'hand-off'} to {form.to or 'nobody yet'}"
    about = [f"{ticket.priority}", *(part for part in (ticket.client, ticket.contact, ticket.component) if part)]
    yield f"{source} → {where} · {' · '.join(map(_flat, about))}"
    yield ""
    yield from _said("Summary", form.summary)
    yield from _pair("Impact", form.impact, "Urgency", form.urgency)
    if form.category or form.words:
        category = CATEGORY_WORDS[form.category] if form.category else NOTHING
        yield from _said("Why it comes to you", f"{category}: {form.words or NOTHING}")
    yield from _said("Why up, although an owner is known", form.why_up)
    yield from _steps(form)
    yield from _diagnostics(form)
    if form.error_message or form.error_at:
        yield from _said(
            f"Error message, {_flat(form.error_at) or 'time not said'}", _fenced(form.error_message or NOTHING)
        )
    yield from _said("How to reproduce it", form.reproduction)
    yield from _said("Not reproducible; what was tried", form.not_reproducible)
    yield from _pair("Affected account", form.account, "Its permissions", form.permissions)
    yield from _pair("Environment", form.environment, "Version", form.version)
    yield from _pair("Recent changes", form.recent_changes, "Recent actions of the user", form.recent_actions)
    if form.components:
        yield from _said("Components on the path", ", ".join(map(_flat, form.components)))
    yield from _said("Lead", form.lead)


def _said(title: str, text: str) -> Iterator[str]:
    if text.strip():
        yield from (f"## {title}", "", text.strip(), "")


def _pair(first: str, one: str, second: str, other: str) -> Iterator[str]:
    if one.strip() or other.strip():
        yield from _said(first, one or NOTHING)
        yield from _said(second, other or NOTHING)


def _steps(form: Form) -> Iterator[str]:
    if form.steps:
        yield from ("## Steps already taken", "")
        for number, step in enumerate(form.steps, 1):
            note = f": {_flat(step.note)}" if step.note.strip() else ""
            outcome = step.outcome or NOTHING
            yield f"{number}. {_MARKS.get(step.outcome, '[ ]')} {_flat(step.what)} ({outcome}){note}"
        yield ""


def _diagnostics(form: Form) -> Iterator[str]:
    if form.diagnostics:
        yield from ("## Diagnostic data", "")
        for each in form.diagnostics:
            at = f" ({_flat(each.at)})" if each.at.strip() else ""
            if "\n" in each.value.strip():
                yield from (f"- **{_flat(each.what)}**{at}:", "", _fenced(each.value), "")
            else:
                yield f"- **{_flat(each.what)}**{at}: {each.value.strip() or NOTHING}"
        yield ""


def _fenced(text: str) -> str:
    """The text in a fence longer than any within it, so that nothing in it ends the fence."""
    lines = [line.lstrip(" ") for line in text.splitlines()]  # a fence may stand up to three spaces in
    longest = max((len(line) - len(line.lstrip("`")) for line in lines), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}\n{text.rstrip()}\n{fence}"


def _flat(text: str) -> str:
    return " ".join(text.split())
