"""The first draft of a problem, made of what a ticket has told, to be gone over by who knows more."""

from collections.abc import Sequence
from typing import Final

from workbench.search.words import words as words_of
from workbench.text import in_short
from workbench.tickets.messages import told_message
from workbench.tickets.model import Event, Ticket

RULE_WORDS: Final = 2
"""Words of a subject by which the next ticket of its kind is recognised, until somebody says it better."""
_LONGEST: Final = 500
"""Characters of the title and of the error message."""


def problem_draft(ticket: Ticket, events: Sequence[Event], cause: str, fix: str) -> dict[str, str]:
    """What a box of a problem begins with, by the names of its fields; what has fixed this one is a way round the next.

    Its rule is the error message, else the longest words of the subject, which tell the most, of the same component.
    """
    message = told_message(events)
    words = [] if message else sorted(dict.fromkeys(words_of(ticket.subject)), key=len)[-RULE_WORDS:]
    return {
        "title": in_short(ticket.subject, _LONGEST),
        "words": ", ".join(words),
        "signature": in_short(message.text, _LONGEST) if message else "",
        "component": ticket.component or "",
        "cause": cause,
        "workaround": fix,
    }
