"""What became of the steps of a run, from JSON: `{"steps": [{"step": 1, "outcome": "done"}], "ended": "fixed"}`."""

import json
from typing import Any, Final, NamedTuple

from workbench.errors import InvalidInput
from workbench.runbooks.runs.model import Did

LONGEST: Final = 4_000_000
"""Characters of a script; more than all notes of a long runbook."""

_OUTCOMES: Final = ("done", "failed", "skipped")
_ENDINGS: Final = ("fixed", "not_fixed", "left")


class Told(NamedTuple):
    """What became of one step."""

    step: int
    outcome: Did
    note: str


class Script(NamedTuple):
    """What became of steps, in their order, and how the run ended; None where it goes on."""

    steps: tuple[Told, ...]
    ended: Did | None


def read_script(text: str) -> Script:
    """The script that the JSON says; InvalidInput names what is wrong and where."""
    if len(text) > LONGEST:
        raise InvalidInput(f"the steps have over {LONGEST:,} characters", "shorten the notes")
    try:
        told = json.loads(text)
    except RecursionError:
        raise InvalidInput("the steps are nested too deeply", _FORM) from None
    except ValueError as error:
        raise InvalidInput(f"the steps are not JSON: {error}", _FORM) from None
    fields = _fields(told, "the steps", ("steps", "ended"))
    steps = fields.get("steps", [])
    if not isinstance(steps, list):
        raise InvalidInput("steps is not a list", _FORM)
    ended = _word(fields.get("ended"), "ended", _ENDINGS) if fields.get("ended") is not None else None
    return Script(tuple(_told(step, place) for place, step in enumerate(steps, start=1)), ended)


def _told(step: Any, place: int) -> Told:
    where = f"entry {place} of steps"
    fields = _fields(step, where, ("step", "outcome", "note"))
    number, note = fields.get("step"), fields.get("note")
    if not isinstance(number, int) or isinstance(number, bool):
        raise InvalidInput(f"{where}: step is not a number", _FORM)
    if note is not None and not isinstance(note, str):
        raise InvalidInput(f"{where}: note is not text", _FORM)
    return Told(number, _word(fields.get("outcome"), f"{where}: outcome", _OUTCOMES), note or "")


def _fields(value: Any, where: str, known: tuple[str, ...]) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise InvalidInput(f"{where}: an object is expected", _FORM)
    unknown = [name for name in value if name not in known]
    if unknown:
        raise InvalidInput(f"{where}: nothing is called {unknown[0][:40]!r}", f"it may say {', '.join(known)}")
    return value


def _word(value: Any, where: str, allowed: tuple[str, ...]) -> Did:
    if value not in allowed:
        raise InvalidInput(f"{where} is {json.dumps(value)[:40]}", f"it is one of {', '.join(allowed)}")
    return Did(value)


_FORM: Final = 'write {"steps": [{"step": 1, "outcome": "done", "note": ""}], "ended": "fixed"}'
