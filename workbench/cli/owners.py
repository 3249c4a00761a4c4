"""Who owns what: the lookup, the catalogue, its seams, and what a team knows."""

from typing import Final

import click

from workbench.cli.arguments import TEXT, FilterCommand, json_option, text_or_stdin
from workbench.cli.lazy import LazyGroup
from workbench.cli.output import tell, tell_json, tell_json_list
from workbench.cli.session import Session
from workbench.ownership.as_json import card_told, event_told, knowledge_told, looked_told, seam_told
from workbench.text import one_line

PLACES: Final = {
    "list": "workbench.cli.owners:list_",
    "show": "workbench.cli.owners:show",
    "unowned": "workbench.cli.owners:unowned",
    "seams": "workbench.cli.owners:seams",
    "team": "workbench.cli.owners:team",
    "history": "workbench.cli.owners:history",
    "add": "workbench.cli.catalogue:add",
    "set": "workbench.cli.catalogue:set_",
    "alias": "workbench.cli.catalogue:alias",
    "lead": "workbench.cli.catalogue:lead",
    "confirm": "workbench.cli.catalogue:confirm",
    "retire": "workbench.cli.catalogue:retire",
    "corrections": "workbench.cli.catalogue:corrections",
}
"""Where each command of the catalogue is found."""

_FOUND: Final = 10
"""Answers of a lookup unless told otherwise."""
_LONGEST: Final = 1_000_000
"""Characters that are read from stdin; the lookup itself says how much of them it looks at."""


@click.command(cls=FilterCommand)
@click.argument("words", nargs=-1, required=True, type=TEXT, metavar="QUERY|-")
@click.option("--limit", type=click.IntRange(1, 1000), default=_FOUND, metavar="N", help="Show N answers (10).")
@json_option
@click.pass_obj
def owner(session: Session, words: tuple[str, ...], limit: int, as_json: bool) -> None:
    """Say whose something is: by name, host, URL, path or error message; - reads a whole text from stdin.

    \b
    workbench owner vpn-gw-02.corp.example
    workbench owner "payment declined: 502 from upstream"
    """
    query = text_or_stdin(" ".join(words), _LONGEST)
    with session.reading() as desk:
        looked = desk.ownership.lookup(query, limit)
        if as_json:
            tell_json(looked_told(looked))
        else:
            from workbench.cli.owner_words import looked_lines

            tell(*looked_lines(desk, looked))


@click.group(cls=LazyGroup, places=PLACES)
def owners() -> None:
    """The catalogue of what can break: whose each thing is, and where one team's things need another's."""


@click.command("list")
@json_option
@click.pass_obj
def list_(session: Session, as_json: bool) -> None:
    """List all components with their owners."""
    _tell_components(session, as_json, only_unowned=False)


@click.command()
@json_option
@click.pass_obj
def unowned(session: Session, as_json: bool) -> None:
    """List the components that nobody owns."""
    _tell_components(session, as_json, only_unowned=True)


@click.command()
@click.argument("name", metavar="NAME", type=TEXT)
@json_option
@click.pass_obj
def show(session: Session, name: str, as_json: bool) -> None:
    """Show one component, by its name or an alias, with all that is known of it."""
    with session.reading() as desk:
        card = desk.ownership.card(name)
        if as_json:
            tell_json(card_told(card))
        else:
            from workbench.cli.owner_words import card_lines, found_by_lines

            tell(*card_lines(desk, card), *found_by_lines(card))


@click.command()
@json_option
@click.pass_obj
def seams(session: Session, as_json: bool) -> None:
    """List where one team's component needs another team's, and who leads there."""
    with session.reading() as desk:
        found = desk.ownership.seams()
    if as_json:
        tell_json_list(map(seam_told, found))
    else:
        from workbench.cli.owner_words import seam_lines

        tell(*seam_lines(found))


@click.command()
@click.argument("slug", metavar="TEAM", type=TEXT)
@json_option
@click.pass_obj
def team(session: Session, slug: str, as_json: bool) -> None:
    """Show what a team owns, how many tickets of it are open, and who ever resolved them."""
    with session.reading() as desk:
        known = desk.ownership.knowledge(slug)
    if as_json:
        tell_json(knowledge_told(known))
    else:
        from workbench.cli.owner_words import knowledge_lines

        tell(*knowledge_lines(known))


@click.command()
@click.argument("name", metavar="NAME", type=TEXT)
@json_option
@click.pass_obj
def history(session: Session, name: str, as_json: bool) -> None:
    """List every change of a component: when, by whom, what."""
    with session.reading() as desk:
        events, zone = desk.ownership.history(name), desk.organisation.current().zone
    if as_json:
        tell_json_list(map(event_told, events))
    else:
        from workbench.cli.owner_words import event_line

        tell(*(one_line(event_line(event, zone)) for event in events))


def _tell_components(session: Session, as_json: bool, *, only_unowned: bool) -> None:
    with session.reading() as desk:
        ownership = desk.ownership
        cards = ownership.cards(ownership.unowned() if only_unowned else ownership.components())
        if as_json:
            tell_json_list(map(card_told, cards))
        else:
            from workbench.cli.owner_words import table_lines

            tell(*table_lines(list(cards)))
