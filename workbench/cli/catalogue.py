"""What is changed in the catalogue: components, their owners and names, who leads at a seam, what it learns."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Final

import click

from workbench.cli.acts import NOBODY
from workbench.cli.arguments import TEXT, F, choice, json_option
from workbench.cli.output import tell, tell_json, tell_json_list
from workbench.cli.session import Session
from workbench.desk import Desk
from workbench.errors import Refused
from workbench.ownership.as_json import card_told, correction_told
from workbench.ownership.model import Component, ComponentKind, PathRule
from workbench.text import one_line

_LISTS: Final = {
    "owners": ("--owner", "TEAM", "The team it belongs to, or nobody; several teams make it disputed."),
    "aliases": ("--alias", "A", "Another name it is known by."),
    "hosts": ("--host", "H", "A host, *.domain, address or network of it."),
    "urls": ("--url", "U", "A URL of it; * stands for anything."),
    "paths": ("--path", "P", "A path of it, as in CODEOWNERS."),
    "signatures": ("--signature", "S", "An error message of it; * stands for anything."),
    "needs": ("--needs", "NAME", "A component that it cannot work without."),
}
"""The component's lists, each with its option."""


def _fields(command: F) -> F:
    for field, (option, metavar, words) in reversed(_LISTS.items()):
        command = click.option(option, field, multiple=True, type=TEXT, metavar=metavar, help=words)(command)
    command = click.option("--description", type=TEXT, metavar="D", help="What it is, in a few words.")(command)
    command = click.option("--title", type=TEXT, metavar="T", help="What people call it.")(command)
    return click.option("--kind", type=choice(ComponentKind), help="What kind of thing it is.")(command)


_name = click.argument("name", metavar="NAME", type=TEXT)


@click.command()
@_name
@_fields
@json_option
@click.pass_obj
def add(session: Session, /, name: str, as_json: bool, **given: Any) -> None:
    """Add a component; each option for names, patterns, owners and needs may come several times.

    \b
    workbench owners add vpn-gateway --kind device --owner network --host "vpn-gw-*.corp.example"
    """
    with session.writing() as desk, desk.database.transaction():
        known = desk.ownership.store.find(name)
        if known is not None and not known.retired:
            raise Refused(f"there is a component {name} already", f"change it: `workbench owners set {name} …`")
        desk.ownership.put(_confirmed(desk, _with(desk, Component(name), given)))
        _tell(desk, name, f"{name} added", as_json)


@click.command("set")
@_name
@_fields
@json_option
@click.pass_obj
def set_(session: Session, /, name: str, as_json: bool, **given: Any) -> None:
    """Change a component: each option that is given takes the place of all that was there; '' empties a list.

    \b
    workbench owners set vpn-gateway --owner network
    """
    with session.writing() as desk, desk.database.transaction():
        before = desk.ownership.get(name)
        after = _with(desk, before, given)
        if after.owners != before.owners:
            after = _confirmed(desk, after)
        news = desk.ownership.put(after)
        _tell(desk, before.slug, f"{before.slug} {'changed' if news else 'is so already'}", as_json)


@click.command()
@_name
@click.argument("other", metavar="ALIAS", type=TEXT)
@json_option
@click.pass_obj
def alias(session: Session, name: str, other: str, as_json: bool) -> None:
    """Have a component found by another name too."""
    with session.writing() as desk:
        slug = desk.ownership.add_alias(name, other).slug
        _tell(desk, slug, f"{slug} is also {other}", as_json)


@click.command()
@_name
@click.argument("other", metavar="OTHER", type=TEXT)
@click.argument("team", metavar="TEAM|nobody", type=TEXT)
@json_option
@click.pass_obj
def lead(session: Session, name: str, other: str, team: str, as_json: bool) -> None:
    """Say which team leads at the seam between two components, or that nobody does."""
    with session.writing() as desk:
        desk.ownership.set_lead(name, other, None if team == NOBODY else team)
        slug = desk.ownership.get(name).slug
        _tell(desk, slug, f"{team} leads between {slug} and {desk.ownership.get(other).slug}", as_json)


@click.command()
@_name
@json_option
@click.pass_obj
def confirm(session: Session, name: str, as_json: bool) -> None:
    """Say that the owner of a component still is the owner."""
    with session.writing() as desk:
        component = desk.ownership.confirm(name)
        _tell(desk, component.slug, f"{component.slug} belongs to {component.team}", as_json)


@click.command()
@_name
@json_option
@click.pass_obj
def retire(session: Session, name: str, as_json: bool) -> None:
    """Take a component out of the catalogue; `owners add` brings its name back."""
    with session.writing() as desk:
        slug = desk.ownership.get(name).slug
        desk.ownership.retire(slug)
        _tell(desk, slug, f"{slug} retired", as_json)


@click.group(invoke_without_command=True)
@json_option
@click.pass_context
def corrections(context: click.Context, as_json: bool) -> None:
    """List what may be wrong about owners, because other teams resolve the tickets or somebody said so.

    A team is proposed where its people resolved at least two of a component's last 20 tickets, and more of them than
    the owner's; what a lower tier resolved says nothing.
    """
    if context.invoked_subcommand is not None:
        return
    session: Session = context.obj
    with session.reading() as desk:
        found = desk.ownership.corrections()
    if as_json:
        tell_json_list(map(correction_told, found))
    else:
        from workbench.cli.owner_words import correction_line

        tell(*(one_line(correction_line(each)) for each in found))


_team = click.argument("team", metavar="[TEAM]", required=False, type=TEXT)


@corrections.command()
@_name
@_team
@json_option
@click.pass_obj
def accept(session: Session, name: str, team: str | None, as_json: bool) -> None:
    """Make the team that is proposed for a component its owner; nobody, where its owner gave it back."""
    with session.writing() as desk:
        component = desk.ownership.accept(name, team)
        _tell(desk, component.slug, f"{component.slug} belongs to {component.team or 'nobody'}", as_json)


@corrections.command()
@_name
@_team
@json_option
@click.pass_obj
def dismiss(session: Session, name: str, team: str | None, as_json: bool) -> None:
    """Have a team not proposed again for a component before there are new reasons."""
    with session.writing() as desk:
        desk.ownership.dismiss(name, team)
        slug = desk.ownership.get(name).slug
        _tell(desk, slug, f"{slug} stays as it is", as_json)


def _with(desk: Desk, component: Component, given: dict[str, Any]) -> Component:
    """The component with what the options say; an option that was not given leaves its field alone."""
    said: dict[str, Any] = {name: given[name] for name in ("title", "description") if given[name] is not None}
    if given["kind"]:
        said["kind"] = ComponentKind(given["kind"])
    for field in _LISTS:
        if given[field]:
            said[field] = tuple(each for each in given[field] if each)
    if "owners" in said:
        said["owners"] = tuple(team for team in said["owners"] if team != NOBODY)
    if "needs" in said:
        said["needs"] = _slugs(desk, said["needs"])
    if "paths" in said:
        said["paths"] = tuple(map(PathRule, said["paths"]))
    return replace(component, **said)


def _slugs(desk: Desk, names: Iterable[str]) -> tuple[str, ...]:
    return tuple(desk.ownership.get(name).slug for name in names)


def _confirmed(desk: Desk, component: Component) -> Component:
    """Who says whose it is confirms it."""
    return replace(component, confirmed_at=desk.now(), confirmed_by=desk.who) if component.team else component


def _tell(desk: Desk, slug: str, words: str, as_json: bool) -> None:
    if as_json:
        tell_component(desk, slug)
    else:
        tell(one_line(words))


def tell_component(desk: Desk, slug: str) -> None:
    """Prints a component as JSON, in use or retired."""
    (card,) = desk.ownership.cards(desk.ownership.store.components([slug]))
    tell_json(card_told(card))
