"""Reads a form from JSON over what is known already, and writes one as JSON."""

from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from enum import StrEnum
from typing import Any, Final, TypeVar

from workbench.errors import InvalidInput, NotFound, Refused
from workbench.escalation.model import Category, Diagnostic, Direction, Form, Outcome, StepTaken
from workbench.text import storable

LONGEST: Final = 100_000
"""Characters of one field that is sent; what is longer belongs into a file that the field names."""
MOST_ROWS: Final = 500
"""Steps, diagnostics or components of one form that is sent."""

_LISTS: Final = ("steps", "diagnostics", "components")
_GROUPS: Final = {"reason": ("category", "words"), "error": ("message", "at")}
_IN_GROUPS: Final = {
    "category": ("reason", "category"),
    "words": ("reason", "words"),
    "error_message": ("error", "message"),
    "error_at": ("error", "at"),
}
"""Where the parts of a form stand that are told in one field with another."""
_PLAIN: Final = tuple(field.name for field in fields(Form) if field.name not in {"direction", *_IN_GROUPS, *_LISTS})
KEYS: Final = ("direction", *_GROUPS, *_PLAIN, *_LISTS)
"""Every key that a form may have."""

Chosen = TypeVar("Chosen", bound=StrEnum)


def read_form(told: object, known: Form) -> Form:
    """What is told over what is known: a key that is null or left out keeps what is known, an empty one empties it.

    Raises InvalidInput that names the field and what it may be.
    """
    if not isinstance(told, dict):
        raise InvalidInput("the form is no JSON object", 'write {"to": "…", "summary": "…", …}')
    for key in told:
        if key not in KEYS:
            wrong = NotFound.among("field", str(key), KEYS)
            raise InvalidInput(f"the form has {wrong.wrong}", wrong.advice)
    given = {key: value for key, value in told.items() if value is not None}
    changes: dict[str, Any] = {name: _text(name, given[name]) for name in _PLAIN if name in given}
    if "direction" in given:
        changes["direction"] = _choice("direction", given["direction"], Direction)
    reason, error = _group("reason", given), _group("error", given)
    if "category" in reason:
        changes["category"] = _choice("reason.category", reason["category"], Category)
    if "words" in reason:
        changes["words"] = _text("reason.words", reason["words"])
    changes |= {f"error_{part}": _text(f"error.{part}", value) for part, value in error.items()}
    if "steps" in given:
        changes["steps"] = tuple(_step(index, row) for index, row in _rows("steps", given))
    if "diagnostics" in given:
        changes["diagnostics"] = tuple(_diagnostic(index, row) for index, row in _rows("diagnostics", given))
    if "components" in given:
        changes["components"] = tuple(_text(f"components[{index}]", row) for index, row in _rows("components", given))
    return replace(known, **changes)


def form_told(form: Form) -> dict[str, Any]:
    """The form as JSON: what `read_form` reads, with null where nothing is said."""
    told: dict[str, Any] = {
        "direction": form.direction.value if form.direction else None,
        "to": form.to or None,
        "why_up": form.why_up or None,
        "reason": {"category": form.category.value if form.category else None, "words": form.words or None},
        "summary": form.summary or None,
        "impact": form.impact or None,
        "urgency": form.urgency or None,
        "steps": [step._asdict() for step in form.steps],
        "diagnostics": [diagnostic._asdict() for diagnostic in form.diagnostics],
        "error": {"message": form.error_message or None, "at": form.error_at or None},
    }
    rest = (name for name in _PLAIN if name not in told)
    told |= {name: getattr(form, name) or None for name in rest if name != "lead"}
    return told | {"components": list(form.components), "lead": form.lead or None}


def parts_told(form: Form, parts: Iterable[str]) -> dict[str, Any]:
    """Those parts of a form as JSON that `read_form` lays over any other form: empty where nothing is said."""
    told: dict[str, Any] = {}
    for part in sorted(parts):
        group, name = _IN_GROUPS.get(part, (None, part))
        value = getattr(form, part)
        if isinstance(value, tuple):
            value = [each if isinstance(each, str) else each._asdict() for each in value]
        (told if group is None else told.setdefault(group, {}))[name] = value or ([] if part in _LISTS else "")
    return told


def require_size(form: Form) -> None:
    """Refused, naming the part, where a form says more than a hand-off takes; one that is only kept may say any."""
    _require_size("", form_told(form))


def _require_size(name: str, told: Any) -> None:
    if isinstance(told, str) and len(told) > LONGEST:
        raise Refused(f"{name} in the form has {len(told):,} characters", f"at most {LONGEST:,} are sent")
    if isinstance(told, list):
        if len(told) > MOST_ROWS:
            raise Refused(f"{name} in the form has {len(told):,} rows", f"at most {MOST_ROWS} are sent")
        told = dict(enumerate(told, 1))
    if isinstance(told, dict):
        for part, value in told.items():
            _require_size(f"{name}.{part}" if name else part, value)


def _text(name: str, value: object) -> str:
    if not isinstance(value, str):
        raise InvalidInput(f"{name} in the form is {_kind(value)}", "write it as a text")
    return storable(value)


def _choice(name: str, value: object, among: type[Chosen]) -> Chosen | None:
    text = _text(name, value).strip()
    if not text:
        return None
    try:
        return among(text)
    except ValueError:
        raise InvalidInput(f"{name} in the form is {text[:60]!r}", f"it is one of {', '.join(among)}") from None


def _group(name: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """The parts of a field of two parts that are told; an empty text empties both."""
    told = given.get(name, {})
    if told == "":
        return dict.fromkeys(_GROUPS[name], "")
    return _parts(name, told, _GROUPS[name])


def _parts(name: str, told: object, allowed: tuple[str, ...]) -> dict[str, Any]:
    if not isinstance(told, dict):
        raise InvalidInput(f"{name} in the form is {_kind(told)}", f"write an object with {', '.join(allowed)}")
    for part in told:
        if part not in allowed:
            raise InvalidInput(f"{name} in the form has {str(part)[:60]!r}", f"its parts are {', '.join(allowed)}")
    return {part: value for part, value in told.items() if value is not None}


def _rows(name: str, given: Mapping[str, Any]) -> list[tuple[int, object]]:
    told = given[name]
    if told == "":
        return []
    if not isinstance(told, list):
        raise InvalidInput(f"{name} in the form is {_kind(told)}", "write a list")
    return list(enumerate(told, 1))


def _step(index: int, told: object) -> StepTaken:
    parts = _parts(f"step {index}", told, StepTaken._fields)
    outcome = _choice(f"the outcome of step {index}", parts.get("outcome", ""), Outcome)
    what, note = (_text(f"{part} of step {index}", parts.get(part, "")) for part in ("what", "note"))
    return StepTaken(what, outcome.value if outcome else "", note)


def _diagnostic(index: int, told: object) -> Diagnostic:
    parts = _parts(f"diagnostic {index}", told, Diagnostic._fields)
    return Diagnostic(*(_text(f"{part} of diagnostic {index}", parts.get(part, "")) for part in Diagnostic._fields))


def _kind(value: object) -> str:
    names = {
        str: "a text",
        bool: "true or false",
        int: "a number",
        float: "a number",
        list: "a list",
        dict: "an object",
    }
    return names.get(type(value), type(value).__name__)
