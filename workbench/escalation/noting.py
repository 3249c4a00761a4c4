"""Times on a form: people note them in words, and what the program notes as an instant is told in local time."""

from dataclasses import replace

from workbench.clock import instant, local
from workbench.errors import InvalidInput
from workbench.escalation.model import Form


def noted(at: str, zone: str) -> str:
    """A time as people read it: an instant as the wall shows it in a zone, words as they are."""
    try:
        return local(instant(at), zone)
    except InvalidInput:
        return at


def locally(form: Form, zone: str) -> Form:
    """The form with its times as people of a zone read them."""
    diagnostics = tuple(each._replace(at=noted(each.at, zone)) for each in form.diagnostics)
    return replace(form, error_at=noted(form.error_at, zone), diagnostics=diagnostics)
