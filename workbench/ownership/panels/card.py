"""The card beside the list: everything that somebody needs who wants a thing put right, or a team reached."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from rich.text import Text

from workbench.duration import elapsed, short
from workbench.organisation.model import Organisation
from workbench.ownership import words
from workbench.ownership.card import Card, Neighbour, Reach, Resolver
from workbench.ownership.corrections import Correction
from workbench.ownership.knowledge import Knowledge, Owned
from workbench.ownership.matching.findings import Answer
from workbench.ownership.model import Component, Seam, SeamState, Status
from workbench.ownership.panels.rows import SIGNS, sign
from workbench.widgets.show import show, show_line

_LABEL: Final = 11
_PATTERNS: Final = 12
"""Patterns of a kind that are told; a repository has hundreds."""


class Light(NamedTuple):
    """What a card is read by: the setup and the moment."""

    organisation: Organisation
    now: datetime

    def person(self, login: str) -> str:
        """The login with the name, where that is another."""
        person = self.organisation.people.find(login)
        return f"{login} ({person.name})" if person and person.name != login else login


def component_lines(card: Card, light: Light, answer: Answer | None, corrections: Sequence[Correction]) -> list[Text]:
    """One component: whose it is and why it was found, how they are reached, what is beside it, its tickets."""
    component = card.component
    lines = [_heading(component.slug, component.kind.value, component.title)]
    if answer:
        lines += _field("Found by", words.why(answer))
    lines += [_labelled("Owner", _owner(card))]
    for reach in card.reach:
        lines += _reach(reach, light, several=len(card.reach) > 1)
    lines += _field("Confirmed", _confirmed(card, light))
    lines += [_proposal(each) for each in corrections]
    lines += _neighbours("Needs", card.needs) + _neighbours("Needed by", card.needed_by)
    lines += _field("Open", _tickets(card.open_tickets))
    lines += _field("Runbooks", ", ".join(card.runbooks))
    lines += _field("Resolved", _resolvers(card.resolvers))
    lines += _patterns(component)
    return [*lines, *([Text(), show(component.description, "dim")] if component.description else [])]


def team_lines(slug: str, reach: Reach, known: Knowledge, light: Light, open_tickets: int) -> list[Text]:
    """One team: how it is reached, what it owns, and who knows that."""
    team = light.organisation.team(slug, include_retired=True)
    lines = [_heading(slug, team.tier, team.name)]
    lines += _reach(reach, light, several=False)
    lines += _field("People", ", ".join(light.person(each) for each in team.people))
    lines += _field("In queue", _tickets(open_tickets))
    owned = f"{len(known.owns):,} component{'' if len(known.owns) == 1 else 's'}, {_tickets(known.open_tickets)}"
    lines += _field("Owns", owned)
    lines += _field("Known by", words.people(known.people))
    alone = [each for each in known.owns if each.only]
    if alone:
        lines += [
            Text(),
            show_line(f"⚠ {len(alone)} that only one person ever resolved:", "bold yellow"),
            *(show_line(f"  {each.component}: only {each.only}") for each in alone),
        ]
    return [*lines, Text(), *(_owned(each) for each in known.owns)]


def person_lines(login: str, light: Light, load: tuple[int, int]) -> list[Text]:
    """One person: their teams, whether they carry support now, and what they have to do."""
    organisation = light.organisation
    person = organisation.person(login, include_retired=True)
    lines = [_heading(login, "person", person.name)]
    for team in organisation.teams_of(login):
        on_support = organisation.on_support(team.slug, light.now) == login
        until = organisation.next_handover(team.slug, light.now) if on_support else None
        now = f", on support until {_local(until, organisation.rotation_zone(team.slug))}" if until else ""
        lines += _field("Team", f"{team.slug} ({team.name}, {team.tier}){now}")
        lines += _field("Contact", team.contact)
    unresolved, late = load
    return [*lines, *_field("Has", f"{_tickets(unresolved)}{f', {late:,} late' if late else ''}")]


def seam_lines(seam: Seam, tickets: int, cards: Sequence[Card], light: Light) -> list[Text]:
    """A seam: what lies at its ends, who leads there, and how many tickets go to and fro."""
    told = show(words.seam(seam))
    if seam.lead is None:
        told = Text.assemble(sign("open"), ": ", told)
    lines = [show_line(" ⇄ ".join(seam.components), "bold"), told]
    lines += _field("To and fro", _tickets(tickets))
    for card in cards:
        lines += [Text(), _heading(card.component.slug, card.component.kind.value, card.component.title)]
        lines += [_labelled("Owner", _owner(card))]
        for reach in card.reach:
            lines += _reach(reach, light, several=False)
    return lines


def found_seams(seams: Sequence[Seam]) -> list[Text]:
    """The seams between what one text names."""
    return [
        Text.assemble(show_line("⇄ ", "bold magenta" if seam.lead is None else "green"), show(words.seam(seam)))
        for seam in seams
    ]


def _heading(name: str, kind: str, title: str) -> Text:
    more = f"  {kind}{f' · {title}' if title and title != name else ''}"
    return Text.assemble(show(name, "bold"), show(more, "dim"))


def _owner(card: Card) -> Text:
    told = sign(card.status.value)
    match card.status:
        case Status.UNOWNED:
            return told.append_text(show(f": {words.NOBODY} owns it. o says whose it is", "bold"))
        case Status.DISPUTED:
            return told.append_text(show(f": {' and '.join(card.owners)}. o settles it"))
        case _:
            team = card.team
            named = f" {team.name} ({team.team})" if team else f" {card.owners[0]}"
            return told.append_text(show(named, "bold"))


def _reach(reach: Reach, light: Light, *, several: bool) -> list[Text]:
    lines = [Text(), show(f"{reach.name} ({reach.team})", "bold")] if several else []
    lines += _field("Support", words.MODELS[reach.support_model])
    if reach.on_support:
        until = f" until {_local(reach.hands_over_at, reach.zone)}" if reach.hands_over_at else ""
        lines += _field("This week", f"{light.person(reach.on_support)}{until}")
    return lines + _field("Contact", reach.contact) + _field("Wants", reach.wants)


def _confirmed(card: Card, light: Light) -> str:
    at, who = card.component.confirmed_at, card.component.confirmed_by
    if card.status in (Status.UNOWNED, Status.DISPUTED):
        return ""
    if at is None:
        return "never. c confirms"
    ago = f"{short(elapsed(at, light.now))} ago{f' by {who}' if who else ''}"
    return f"{ago}. c confirms" if card.status is Status.STALE else ago


def _proposal(correction: Correction) -> Text:
    shown = " ".join(f"#{ref}" for ref in correction.tickets[:5])
    return _labelled(
        "Proposed",
        Text.assemble(
            show_line(f"→ {correction.team or words.NOBODY}", SIGNS["correction"][2]),
            show(f": {correction.why} {shown}".rstrip()),
            show(" · a accepts, d dismisses", "dim"),
        ),
    )


def _neighbours(label: str, neighbours: Sequence[Neighbour]) -> list[Text]:
    styles = {SeamState.OPEN: "bold magenta", SeamState.LED: "green", SeamState.NONE: ""}
    lines = []
    for place, each in enumerate(neighbours):
        owners = " and ".join(each.owners) or f"? {words.NOBODY}"
        seam = {SeamState.OPEN: " ⇄ open seam", SeamState.LED: f" ⇄ {each.lead} leads", SeamState.NONE: ""}[each.seam]
        told = Text.assemble(show(f"{each.component} ({owners})"), show(seam, styles[each.seam]))
        lines.append(_labelled("" if place else label, told))
    return lines


def _resolvers(resolvers: Sequence[Resolver]) -> str:
    """Who really resolved its last tickets, team by team, the busiest first."""
    teams: dict[str | None, list[Resolver]] = {}
    for each in resolvers:
        teams.setdefault(each.team, []).append(each)
    told = []
    for team, theirs in sorted(teams.items(), key=lambda one: -sum(each.resolved for each in one[1])):
        apart = "" if theirs[0].is_owner else f" ({team or 'no team'}, not the owner)"
        told.append(", ".join(f"{each.who} {each.resolved}" for each in theirs) + apart)
    return "; ".join(told)


def _patterns(component: Component) -> list[Text]:
    paths = tuple(rule.pattern for rule in component.paths)
    kinds = {
        "Called": component.aliases,
        "Hosts": component.hosts,
        "URLs": component.urls,
        "Paths": paths,
        "Errors": component.signatures,
    }
    lines: list[Text] = []
    for label, patterns in kinds.items():
        more = f" and {len(patterns) - _PATTERNS:,} more" if len(patterns) > _PATTERNS else ""
        lines += _field(label, ", ".join(patterns[:_PATTERNS]) + more)
    return lines


def _owned(each: Owned) -> Text:
    told = f" {each.component}  {_tickets(each.open_tickets)} · {words.people(each.resolvers) or 'never resolved'}"
    return Text.assemble(sign(each.status.value), show(told))


def _field(label: str, value: str) -> list[Text]:
    return [_labelled(label, show(value))] if value else []


def _labelled(label: str, value: Text) -> Text:
    return Text.assemble(show_line(f"{label:<{_LABEL}}", "dim"), value)


def _local(at: datetime | None, zone: str) -> str:
    return f"{at.astimezone(ZoneInfo(zone)):%a %d %b %H:%M %Z}" if at else ""


def _tickets(count: int) -> str:
    return f"{count:,} ticket{'' if count == 1 else 's'}"
