"""Finds the teams that files name as owners: those of the setup, those of the people they name, or new ones."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from workbench.errors import Refused
from workbench.intake.owners.model import Catalogue, Group, Means, Name, Place, User
from workbench.organisation.model import Organisation, Person, SupportModel, Team
from workbench.organisation.register import as_key

_SUPPORT: Final = SupportModel.EMBEDDED
"""What a new team is taken for: who owns a thing is asked sideways, until somebody says otherwise in the setup."""


@dataclass(slots=True)
class Unknown:
    """A name that is no team here, with every place where it stands; `team` is what it would be made, if anything."""

    written: str
    team: str | None
    places: list[Place] = field(default_factory=list)

    def __str__(self) -> str:
        more = f" and {len(self.places) - 1:,} more" if len(self.places) > 1 else ""
        wrong = "is no team here" if self.team else "is nobody here who is in a team"
        return f"{self.written} {wrong} ({self.places[0]}{more})"


class Teams:
    """From an owner's name to a team's slug; `create` has the teams made that are not there."""

    def __init__(self, organisation: Organisation, catalogue: Catalogue, *, create: bool) -> None:
        self._organisation = organisation
        self._catalogue = catalogue
        self._create = create
        self._teams = _keys((team.slug, team.name) for team in organisation.teams)
        self._people = _keys((person.login, person.name) for person in organisation.people)
        self._emails = {user.email.casefold(): user for user in catalogue.users.values() if user.email}
        self._claims: dict[str, str] = {}
        """Which of several names with one last part has got the team of that part."""
        self._unknown: dict[str, Unknown] = {}
        self._new: dict[str, Group] = {}

    @property
    def unknown(self) -> list[Unknown]:
        """The names that are no teams, and were not made any, in the order in which they were met."""
        return list(self._unknown.values())

    def owner(self, name: Name) -> str | None:
        """The team that owns a component or leads a seam; None where there is none of that name."""
        return self._found(name) or self._made(name, self._create and name.means in (Means.TEAM, Means.ANYBODY))

    def owner_of_path(self, name: Name) -> str:
        """The team that owns a path, or else the name as it stands: rules of paths may name people too."""
        found = self._found(name) or self._made(name, self._create and name.means is Means.TEAM)
        return found or self._key(name)

    def new_teams(self) -> list[Team]:
        """The teams that were made: at the last tier, embedded, with the people whom the files count among them."""
        if not self._new:
            return []
        tiers = self._organisation.tiers
        if not tiers:
            raise Refused("there is no tier at which teams could work", "add one by `workbench setup apply FILE.toml`")
        return [
            Team(
                slug,
                as_key(group.name) or slug,
                tiers[-1].name,
                _SUPPORT,
                contact=as_key(group.contact),
                people=tuple(person.login for person in self._members(group)),
            )
            for slug, group in self._new.items()
        ]

    def new_people(self) -> list[Person]:
        """The people of new teams whom the setup lacks."""
        members = {person.login: person for group in self._new.values() for person in self._members(group)}
        return [person for login, person in members.items() if self._organisation.people.find(login) is None]

    def _found(self, name: Name) -> str | None:
        exact = _named(name.written, self._teams)  # whatever else a name like `a@b` may mean
        if exact is not None:
            return exact
        found = _named(self._key(name), self._teams) if name.means is not Means.PERSON else None
        if found is not None:
            return found
        return None if name.means is Means.TEAM else self._team_of(name)

    def _key(self, name: Name) -> str:
        """What the team would be called: the last part of its name, or the longer one where another has that."""
        short, long = name.keys[0], name.keys[-1]
        if _named(long, self._teams):
            return long
        claimed_by = self._claims.setdefault(short.casefold(), name.written.casefold())
        return short if claimed_by == name.written.casefold() else long

    def _team_of(self, name: Name) -> str | None:
        """The first team of the person whom a name means, here or in the files."""
        key = name.keys[0].casefold()
        user = self._catalogue.users.get(name.written) or self._emails.get(key)
        told = [user.login, user.email] if user else []
        for text in (key, *told, key.partition("@")[0]):
            login = _named(text, self._people)
            teams = self._organisation.teams_of(login) if login else ()
            if teams:
                return teams[0].slug
        for group in user.groups if user else ():
            team = self._of_group(group, name.place)
            if team is not None:
                return team
        return None

    def _of_group(self, ref: str, place: Place) -> str | None:
        namespace, _, last = ref.partition(":")[2].partition("/")
        keys = (last,) if namespace == "default" else (last, f"{namespace}-{last}")
        return self.owner(Name(ref, keys, place))

    def _made(self, name: Name, wanted: bool) -> str | None:
        """A new team of that name where one is wanted; else the name is noted as unknown."""
        key = as_key(self._key(name))
        if wanted and self._organisation.teams.find(key) is None:  # a retired one is not brought back unasked
            self._teams[key.casefold()] = key
            self._new[key] = self._catalogue.groups.get(name.written) or Group(name.written, key)
            return key
        team = key if name.means in (Means.TEAM, Means.ANYBODY) else None
        self._unknown.setdefault(name.written.casefold(), Unknown(name.written, team)).places.append(name.place)
        return None

    def _members(self, group: Group) -> Iterator[Person]:
        found: dict[str, User] = {}
        for ref, user in self._catalogue.users.items():
            if group.key in user.groups or ref in group.members:
                found.setdefault(user.login.casefold(), user)
        for folded, user in found.items():
            login = _named(folded, self._people) or as_key(user.login)
            yield Person(login, as_key(user.name) or login)


def _keys(members: Iterable[tuple[str, str]]) -> dict[str, str]:
    """From each member's key and name, also in small letters, to its key; a key goes before a name."""
    told = list(members)
    by_name = {text: key for key, name in told for text in (name.casefold(), name)}
    return by_name | {text: key for key, _ in told for text in (key.casefold(), key)} | {key: key for key, _ in told}


def _named(text: str, keys: Mapping[str, str]) -> str | None:
    return keys.get(text) or keys.get(text.casefold())
