"""Reads whatever tells of ownership at a path: one file, or all that a folder and what is below it has."""

import os
from collections.abc import Callable, Iterator, Mapping
from datetime import tzinfo
from pathlib import Path
from typing import Final, TypeAlias

from workbench.errors import InvalidInput
from workbench.intake.files import text_file
from workbench.intake.owners.backstage import Entity, gather
from workbench.intake.owners.codeowners import FOLDERS, NAME, is_codeowners, read_codeowners
from workbench.intake.owners.entities import entries
from workbench.intake.owners.model import Catalogue, Fault, Form, Place
from workbench.intake.owners.rejected import REJECTED
from workbench.intake.owners.table import read_table, tells_of_components
from workbench.organisation.register import as_key
from workbench.safe_yaml import LARGEST

Progress: TypeAlias = Callable[[int], None]
"""Told how many documents and files have been read so far."""

_YAML: Final = (".yaml", ".yml", ".json")
_TABLES: Final = (".csv", ".tsv")
_PASSED_OVER: Final = frozenset({".git", ".hg", ".svn", "node_modules", ".venv", "__pycache__"})
"""Folders that hold other people's files, or none that a person wrote."""
_STEP: Final = 500
"""Documents between two words about progress."""


def read_catalogue(
    path: Path,
    known: Mapping[str, str],
    zone: tzinfo,
    *,
    component: str | None = None,
    progress: Progress = lambda _: None,
) -> Catalogue:
    """Reads Backstage's YAML, CODEOWNERS and tables of components; a folder with all that is below it.

    `known` are the components that are there, slug to source. `component` is what a CODEOWNERS file is about, else it
    is called as its folder is. Raises InvalidInput for what cannot be read at all.
    """
    into = Catalogue()
    if path.is_dir():
        _read_tree(path, known, zone, component, into, progress)
    elif is_codeowners(path.name):
        _read_codeowners(path, path.name, component, into)
    elif component is not None:
        raise InvalidInput(f"{path.name} names its components itself", "--component is for CODEOWNERS files")
    elif _ending(path) in _YAML:
        entries(_counted(gather(_text(path), path.name, into, sure=True), progress), known, zone, into)
    elif _ending(path) in _TABLES or not path.exists():
        read_table(path, path.name, zone, into)
    else:
        known_as = ", ".join(("CODEOWNERS", *_YAML, *_TABLES))
        raise InvalidInput(f"{path.name} is no kind of file that tells of ownership", f"those are {known_as}")
    return into


def _read_tree(
    root: Path, known: Mapping[str, str], zone: tzinfo, component: str | None, into: Catalogue, progress: Progress
) -> None:
    files = [path for path in _files(root) if REJECTED not in path.name]
    owning = [path for path in files if path.name == NAME]
    if component is not None and len(owning) != 1:
        raise InvalidInput(
            f"{root} has {len(owning)} CODEOWNERS files", "--component names the one; name the file itself"
        )
    entries(_counted(_entities(root, files, into), progress), known, zone, into)
    for path in files:
        if _ending(path) in _TABLES:
            _read_table(path, path.relative_to(root).as_posix(), zone, into)
    for path in owning:
        file = path.relative_to(root).as_posix()
        try:
            _read_codeowners(path, file, component, into)
        except InvalidInput as error:
            into.faults.append(Fault(Place(file, 1), error.wrong, form=Form.CODEOWNERS))
    if not into.entries and not into.faults:
        known_as = "those are CODEOWNERS, Backstage's YAML, and CSV of components"
        raise InvalidInput(f"{root} has no file that tells of ownership", known_as)


def _read_table(path: Path, file: str, zone: tzinfo, into: Catalogue) -> None:
    """A table that a folder has; one of something else is counted, for a folder may have any."""
    try:
        if not tells_of_components(path):
            into.ignored["table"] += 1
            return
    except InvalidInput as error:
        into.doubts.append(f"{file} is left out: {error.wrong}")
        return
    try:
        read_table(path, file, zone, into)
    except InvalidInput as error:
        into.faults.append(Fault(Place(file, 1, "row"), error.wrong))


def _entities(root: Path, files: list[Path], into: Catalogue) -> Iterator[Entity]:
    for path in files:
        if path.suffix.lower() not in _YAML[:2]:
            continue
        file = path.relative_to(root).as_posix()
        try:
            text = _text(path)
        except InvalidInput as error:
            into.faults.append(Fault(Place(file, 1), error.wrong))
            continue
        yield from gather(text, file, into, sure=False)


def _files(root: Path) -> Iterator[Path]:
    """All files below, always in the same order; links to folders are not followed: they may go in a circle."""
    for folder, inner, names in os.walk(root):
        inner[:] = sorted(set(inner) - _PASSED_OVER)
        yield from (Path(folder, name) for name in sorted(names))


def _read_codeowners(path: Path, file: str, component: str | None, into: Catalogue) -> None:
    folder = path.resolve().parent
    home = folder.parent if folder.name in FOLDERS else folder
    slug = as_key(home.name if component is None else component)
    if not slug:
        raise InvalidInput(f"{path} has no folder to be called by", "name its component with --component")
    read_codeowners(_text(path), file, slug, into, folder.name)


def _text(path: Path) -> str:
    """The whole file as text with plain line ends; InvalidInput where it is too large or no text."""
    with text_file(path).open() as opened:
        text = opened.read(LARGEST + 1)
    if len(text) > LARGEST:
        raise InvalidInput(f"{path.name} has more than {LARGEST:,} characters", "cut it into several files")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _ending(path: Path) -> str:
    return (path.with_suffix("") if path.suffix.lower() == ".gz" else path).suffix.lower()


def _counted(entities: Iterator[Entity], progress: Progress) -> Iterator[Entity]:
    for number, entity in enumerate(entities, 1):
        if number % _STEP == 0:
            progress(number)
        yield entity
