"""Keys of one's own: a file that gives actions other keys."""

from collections.abc import Iterator, Mapping
from importlib import import_module
from itertools import product
from pathlib import Path
from typing import Any

import platformdirs
from textual.app import App
from textual.binding import Binding
from textual.dom import DOMNode
from textual.keys import KEY_ALIASES, REPLACED_KEYS, Keys, key_to_character
from textual.screen import ModalScreen

import workbench
from workbench.errors import InvalidInput, NotFound, nearest

_WITHOUT_KEYS = ("cli", "database", "intake", "migrations", "organisation", "personal", "sample")
"""Rooms that have no screen."""
LARGEST = 100_000
"""Bytes of a key file; there are some three hundred actions."""

_NAMED = frozenset(key.value for key in Keys if not key.value.startswith("<"))
"""Keys that have a name of their own, some of them with others held: `f2`, `escape`, `ctrl+t`."""
_HELD = ("alt", "ctrl", "hyper", "meta", "shift", "super")
"""Keys that are held while another is pressed, in the order in which Textual names them."""
_SAME = {alias: key for key, aliases in KEY_ALIASES.items() for alias in aliases}
"""What a terminal cannot tell from another key: `ctrl+m` is `enter`."""
_LIKE = 'write it like "t", "ctrl+t" or "f2,t"'


def key_file() -> Path:
    """Where the keys stand: `keys.toml` in the user's folder for settings."""
    return platformdirs.user_config_path("workbench") / "keys.toml"


def read_keys(path: Path) -> dict[str, str]:
    """Keys by the name of their action, as `act.take = "ctrl+t"` gives them; nothing where there is no such file.

    Raises InvalidInput and NotFound, which name the file, and the line, the action or the key that cannot be.
    """
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST)
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise InvalidInput(f"{path} cannot be read ({error.strerror})", "the usual keys hold") from error

    import tomllib

    try:
        told = tomllib.loads(content.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InvalidInput(f"{path} is no TOML ({error})", 'write lines like act.take = "ctrl+t"') from error
    known = set(action_names())
    keys = dict(_flat(told))
    for name, key in keys.items():
        if name not in known:
            unknown = NotFound.among("action", name, known)
            raise NotFound(f"{path}: {unknown.wrong}", unknown.advice)
        if not isinstance(key, str) or not key.strip():
            raise InvalidInput(f"the key of {name} in {path} is {key!r}", _LIKE)
        for each in key.split(","):
            if not _is_key(each.strip()):
                near = nearest(each.strip(), _NAMED)
                advice = f"did you mean {near}?" if near else _LIKE
                raise InvalidInput(f"the key of {name} in {path} is {key!r}, and no key is called {each!r}", advice)
    _refuse_taken(keys, path)
    return keys


def _is_key(name: str) -> bool:
    """Whether a key of that name can be pressed: `t`, `question_mark`, `f2`, `ctrl+t`, `alt+shift+left`."""
    if len(name) == 1:
        return name.isprintable()
    if name in _NAMED:
        return True
    *held, key = name.split("+")
    if held != [each for each in _HELD if each in held]:
        return False
    if key in _NAMED:
        return True
    if len(key) == 1:  # with shift alone another character comes, and with any other the small letter
        return key.isprintable() and not key.isupper() and held != ["shift"]
    character = key_to_character(REPLACED_KEYS.get(key, key))
    if character is None or character.isalnum() or not character.isprintable() or key in REPLACED_KEYS.values():
        return False  # such a one comes as itself, not at all, or under a shorter name
    return held != ["shift"]


def _refuse_taken(keys: Mapping[str, str], path: Path) -> None:
    """Raises InvalidInput for a key that would take another action its own in the same place.

    Actions that have a key in common by themselves may have any: one of them gives way, as `q` leads back first.
    """
    for place in _places(DOMNode):
        usual = _usual(place)
        own = {name: _split(keys[name]) if name in keys else pressed for name, pressed in usual.items()}
        for name, other in product((name for name in keys if name in usual), usual):
            both = own[name] & own[other]
            if both and not usual[name] & usual[other]:
                raise InvalidInput(
                    f"the key of {name} in {path} is {keys[name]!r}, and {other} has {min(both)} in the same place",
                    f"choose another, or give {other} another too",
                )


def _usual(place: type[DOMNode]) -> dict[str, set[str]]:
    """The keys of a place by themselves, by action; those that hold everywhere are among them but in a box."""
    kinds = place.__mro__
    if not issubclass(place, App | ModalScreen) and place.__module__.startswith("workbench."):
        kinds += _everywhere().__mro__
    usual: dict[str, set[str]] = {}
    for kind in kinds:
        for binding in vars(kind).get("BINDINGS", ()):
            if isinstance(binding, Binding) and (binding.id or binding.priority):
                name = binding.id or binding.action
                usual[name] = usual.get(name, set()) | _split(binding.key)
    return usual


def _everywhere() -> type[DOMNode]:
    """The app whose keys hold on every screen; that for practice adds its own."""
    return next(app for app in _places(App) if app.__module__.startswith("workbench.") and "BINDINGS" in vars(app))


def _split(keys: str) -> set[str]:
    """The keys of a list of them by the names under which they come."""
    return {_SAME.get(each.key, each.key) for each in Binding.make_bindings([Binding(keys, "")])}


def action_names() -> Iterator[str]:
    """The name of every action that has a key; loads every screen, since each is loaded only when it is opened."""
    import pkgutil  # here, since few have a key file

    for room in pkgutil.walk_packages(workbench.__path__, "workbench."):
        if room.name.split(".")[1] not in _WITHOUT_KEYS:
            import_module(room.name)
    for place in _places(DOMNode):
        for binding in vars(place).get("BINDINGS", ()):
            if place.__module__.startswith("workbench.") and isinstance(binding, Binding) and binding.id:
                yield binding.id


def _places(kind: type[DOMNode]) -> Iterator[type[DOMNode]]:
    for place in kind.__subclasses__():
        yield place
        yield from _places(place)


def _flat(told: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in told.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{above}{name}.")
        else:
            yield f"{above}{name}", value
