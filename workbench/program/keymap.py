"""Keys of one's own: a file that gives actions other keys."""

from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

import platformdirs
from textual.binding import Binding
from textual.dom import DOMNode

import workbench
from workbench.errors import InvalidInput, NotFound

_WITHOUT_KEYS = ("cli", "database", "intake", "migrations", "organisation", "personal", "sample")
"""Rooms that have no screen."""
LARGEST = 100_000
"""Bytes of a key file; there are not a hundred actions."""


def key_file() -> Path:
    """Where the keys stand: `keys.toml` in the user's folder for settings."""
    return platformdirs.user_config_path("workbench") / "keys.toml"


def read_keys(path: Path) -> dict[str, str]:
    """Keys by the name of their action, as `act.take = "ctrl+t"` gives them; nothing where there is no such file.

    Raises InvalidInput and NotFound, which name the line or the action that cannot be.
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
        told = tomllib.loads(content.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InvalidInput(f"{path} is no TOML ({error})", 'write lines like act.take = "ctrl+t"') from error
    known = set(action_names())
    keys = dict(_flat(told))
    for name, key in keys.items():
        if name not in known:
            raise NotFound.among("action", name, known)
        if not isinstance(key, str) or not key.strip():
            raise InvalidInput(f"the key of {name} in {path} is {key!r}", 'write it like "t", "ctrl+t" or "f2,t"')
    return keys


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
