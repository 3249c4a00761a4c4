"""Finds the teams, people and clients that a file names among those of the setup, and gathers who is new."""

from collections.abc import Iterable
from typing import TypeVar

from workbench.organisation.model import Client, Organisation, Person, Team
from workbench.organisation.register import Register, as_key

_Member = TypeVar("_Member", Team, Person, Client)
_UNSEEN = "unnamed"
"""What a name is called that has no visible character."""


class Names:
    """From a name in the file to the key in the setup: the one with that key, or else with that name, or a new one."""

    def __init__(self, organisation: Organisation) -> None:
        self._organisation = organisation
        self._teams = _keys(organisation.teams)
        self._people = _keys(organisation.people)
        self._clients = _keys(organisation.clients)
        self._new_teams: dict[str, tuple[str, str, set[str]]] = {}
        self._new_people: dict[str, str] = {}
        self._new_clients: dict[str, str] = {}
        self._tier_of = {team.slug: team.tier for team in organisation.teams.everyone}

    def tier(self, text: str) -> str | None:
        """The tier of that name, or the second for `Tier 2`; None where there is no such tier."""
        tiers = [tier.name for tier in self._organisation.tiers]
        named = next((tier for tier in tiers if tier.casefold() == text.casefold()), None)
        digits = "".join(filter(str.isdecimal, text))
        if named is None and digits.isascii() and len(digits) == 1 and 0 < int(digits) <= len(tiers):
            return tiers[int(digits) - 1]
        return named

    def team(self, name: str | None, tier: str | None) -> str:
        """The team's slug; without a name the first team of the tier, and without one of the first tier.

        A new team works at that tier, or at the first.
        """
        first = self._organisation.first_tier().name
        if name is None:
            return self._organisation.first_team(tier or first).slug
        slug = self._teams.get(name) or self._teams.setdefault(name, _key(name, self._teams))
        if slug not in self._tier_of:
            self._tier_of[slug] = tier or first
            self._new_teams[slug] = (name, tier or first, set())
        return slug

    def tier_of(self, slug: str) -> str:
        """The tier at which a team works that `team` has found."""
        return self._tier_of[slug]

    def person(self, name: str, slug: str | None = None) -> str:
        """The person's login; a new team of that slug counts them among its people."""
        login = self._people.get(name)
        if login is None:
            login = self._people[name] = _key(name, self._people)
            self._new_people.setdefault(login, name)
        if slug in self._new_teams:
            self._new_teams[slug][2].add(login)
        return login

    def client(self, name: str) -> str:
        """The client's slug."""
        slug = self._clients.get(name)
        if slug is None:
            slug = self._clients[name] = _key(name, self._clients)
            self._new_clients.setdefault(slug, name)
        return slug

    def new_teams(self) -> list[Team]:
        """The teams that the setup lacks, each with the people seen working in it."""
        return [
            Team(slug, as_key(name) or slug, tier, people=tuple(sorted(people)))
            for slug, (name, tier, people) in self._new_teams.items()
        ]

    def new_people(self) -> list[Person]:
        """The people whom the setup lacks."""
        return [Person(login, as_key(name) or login) for login, name in self._new_people.items()]

    def new_clients(self) -> list[Client]:
        """The clients that the setup lacks."""
        return [Client(slug, as_key(name) or slug) for slug, name in self._new_clients.items()]


def _keys(register: Register[_Member]) -> dict[str, str]:
    """From each member's key, name and both in small letters to its key; a key goes before a name."""
    members: Iterable[_Member] = register.everyone
    by_name = {text: member.key for member in members for text in (member.name.casefold(), member.name)}
    by_key = {text: member.key for member in members for text in (member.key.casefold(), member.key)}
    return by_name | by_key


def _key(name: str, known: dict[str, str]) -> str:
    key = as_key(name) or _UNSEEN
    return known.get(key) or known.get(key.casefold()) or known.setdefault(key.casefold(), key)
