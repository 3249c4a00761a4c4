"""The organisation's door: what the setup is, the setup file in and out, and the contacts of clients."""

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from workbench.database import Database
from workbench.errors import InvalidInput, Refused
from workbench.organisation.contacts import ContactStore
from workbench.organisation.model import NOT_NAMES, Client, Contact, Organisation, Person, Team, login_of
from workbench.organisation.naming import named_like
from workbench.organisation.register import LONGEST_KEY, M, Register, is_key
from workbench.organisation.store import OrganisationStore
from workbench.text import storable

if TYPE_CHECKING:
    from workbench.organisation.setup import Claim, Setup

# The setup file's modules are imported where they are used: no other command has a need of them.


class OrganisationService:
    """Tiers, teams, people, clients, calendars, targets and settings of one workbench file."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._store = OrganisationStore(database)
        self._contacts = ContactStore(database)
        self._current: Organisation | None = None
        self._edition = -1
        self._changed_at: int | None = None
        self._followers: list[Callable[[], object]] = []
        self._claims: list[Claim] = []

    def current(self) -> Organisation:
        """The organisation as it stands; read again only where this or another session has changed it."""
        edition = self._store.edition()
        if self._is_in_doubt():
            self._current = self._changed_at = None
        if self._current is None or edition != self._edition:
            self._current, self._edition = self._store.load(), edition
        return self._current

    def revision(self) -> int:
        """A number that is raised by each change of calendars, targets, factors or settings, and by no other."""
        return self._store.revision()

    def when_terms_change(self, follow: Callable[[], object]) -> None:
        """Has `follow` called in the transaction of each change of what clocks stand on."""
        self._followers.append(follow)

    def when_named(self, claim: "Claim") -> None:
        """Has `claim` called with each name that a tier or team is to have; it raises what is wrong with it."""
        self._claims.append(claim)

    def begin(self, name: str, who: str) -> None:
        """Makes an empty workbench usable: three tiers with a team each, the one who acts in the first, one client.

        Raises Refused where there is a tier already, InvalidInput for somebody who cannot be called so.
        """
        from importlib import resources

        from workbench.organisation.setup_reader import read_setup

        text = resources.files("workbench.organisation").joinpath("default.toml").read_text("utf-8")
        setup = read_setup(text, "default.toml")
        login = login_of(who)
        teams = setup.teams or ()
        setup = replace(
            setup,
            name=storable(name),
            people=(Person(login, login),),
            teams=(replace(teams[0], people=(login,)), *teams[1:]),
            clients=(Client(_slug(name), storable(name)),),
        )
        with self._database.transaction():
            if self._store.load().tiers:
                raise Refused(
                    "this workbench has its tiers already", "change them by `workbench setup apply FILE.toml`"
                )
            self._apply(setup, "default.toml")

    def apply(self, text: str, source: str) -> list[str]:
        """Makes the setup what the file's text says, all or nothing; a line for each change, none where it is so.

        `source` names the file in errors. Raises InvalidInput.
        """
        from workbench.organisation.setup_reader import read_setup

        with self._database.transaction():
            return self._apply(read_setup(text, source, self._store.load().zone), source)

    def left_behind(self, before: Organisation) -> list[str]:
        """A sentence for each team that has another tier than in the setup of before, unlike its open tickets."""
        from workbench.organisation.history import History
        from workbench.organisation.setup import left_behind

        return list(left_behind(before, self.current(), History(self._database).open_at))

    def add(
        self, *, people: Iterable[Person] = (), teams: Iterable[Team] = (), clients: Iterable[Client] = ()
    ) -> list[str]:
        """Adds those that are not there yet, as an import needs them; who is there, or retired, stays as they are.

        Gives a line for each. Raises InvalidInput for a key that `is_key` does not know as one, or an unknown tier.
        """
        from workbench.organisation.setup import Setup

        with self._database.transaction():
            current = self._store.load()
            setup = Setup(
                people=_with(current.people, people),
                teams=_with(current.teams, teams),
                clients=_with(current.clients, clients),
            )
            return self._apply(setup, "import")

    def enlist(self, person: Person, teams: Collection[str]) -> list[str]:
        """Makes somebody, added where they are not there yet, a member of these teams; a line for each change."""
        from workbench.organisation.setup import Setup

        with self._database.transaction():
            current = self._store.load()
            joined = (
                replace(team, people=(*team.people, person.login))
                if team.slug in teams and person.login not in team.people
                else team
                for team in current.teams
            )
            return self._apply(Setup(people=_with(current.people, [person]), teams=tuple(joined)), "import")

    def require_person(self, login: str) -> Organisation:
        """The organisation that person is of; Refused where nobody has that login, NotFound in a new file."""
        organisation = self.current()
        known = organisation.people.find(login)
        if known is None or known.retired:
            organisation.first_tier()  # a file that is not set up yet has nobody
            raise Refused(
                f"{login!r} is no person of this workbench",
                "act as one with --as LOGIN, or add them to a team in the setup file (`workbench setup show`, `apply`)",
            )
        return organisation

    def only_client(self) -> str | None:
        """The slug of the one client there is; None where there are several, or none."""
        clients = self.current().clients
        return clients[0].slug if len(clients) == 1 else None

    def show(self) -> str:
        """The setup file, such that applying it changes nothing."""
        from workbench.organisation.setup_writer import write_setup

        with self._database.snapshot():
            return write_setup(self._store.load(), self._contacts.in_use())

    def contact(self, client: str, name: str) -> Contact | None:
        """The client's contact of that name, retired or not; None where there never was one."""
        return self._contacts.find(client, storable(name))

    def ensure_contact(self, client: str, name: str, email: str = "") -> Contact:
        """The client's contact of that name, made or brought back where need be.

        Raises InvalidInput for an empty name.
        """
        name, email = storable(name), storable(email)
        if not name.strip():
            raise InvalidInput("a contact has no name", "name the person who asked")
        known = self._contacts.find(client, name)
        if known is not None and not known.retired and email in ("", known.email):
            return known
        with self._database.transaction():
            self._contacts.add(client, name, email)
        return cast(Contact, self._contacts.find(client, name))

    def contacts(self, client: str, prefix: str = "", limit: int = 20) -> list[Contact]:
        """The client's contacts in use whose name starts like this, whatever the case, by name."""
        return self._contacts.starting_with(client, storable(prefix), limit)

    def people_like(self, letters: str) -> list[Person]:
        """People in use by a few letters of login or name, the likest first."""
        return named_like(letters, self.current().people, lambda person: (person.login, person.name))

    def teams_like(self, letters: str) -> list[Team]:
        """Teams in use by a few letters of slug or name, the likest first."""
        return named_like(letters, self.current().teams, lambda team: (team.slug, team.name))

    def clients_like(self, letters: str) -> list[Client]:
        """Clients in use by a few letters of slug or name, the likest first."""
        return named_like(letters, self.current().clients, lambda client: (client.slug, client.name))

    def contacts_like(self, client: str, letters: str) -> list[Contact]:
        """The client's contacts in use by a few letters of name or email, the likest first, else by name."""
        return named_like(letters, self._contacts.of(client), lambda contact: (contact.name, contact.email))

    def _is_in_doubt(self) -> bool:
        """Whether the edition of a change made here may be that of another one, which a rollback has made room for.

        Until somebody else commits, nobody can have given its number to another; and what is read outside of a
        transaction cannot be undone.
        """
        if self._changed_at is None:
            return False
        return not self._database.writing or self._database.data_version() != self._changed_at

    def _apply(self, setup: "Setup", source: str) -> list[str]:
        """Inside a transaction: checks the setup against what is there, writes it, and tells what is different."""
        from workbench.organisation.history import History
        from workbench.organisation.setup import (
            changes,
            check_names,
            check_references,
            check_rules,
            clocks_differ,
            merged,
        )
        from workbench.organisation.writer import OrganisationWriter

        before = self._store.load()
        after = merged(before, setup, History(self._database).known)
        check_names(before, after, source, self._claims)
        check_references(after, source)
        check_rules(after, source)
        lines = changes(before, after)
        if lines:
            OrganisationWriter(self._database).save(before, after)
        self._current, self._changed_at = None, self._database.data_version()
        if clocks_differ(before, after):
            self._store.raise_revision()
            for follow in self._followers:
                follow()
        for client, given in setup.contacts.items():
            lines += [f"client {client}: contact {line}" for line in self._contacts.replace(client, given)]
        return lines


def _with(present: Register[M], more: Iterable[M]) -> tuple[M, ...]:
    """Those in use, and of `more` those whose key nobody has."""
    added = {member.key: member for member in more if present.find(member.key) is None}
    for key in added:
        if not is_key(key):
            raise InvalidInput(
                f"{key!r} cannot name a {present.kind}",
                f"a name has 1 to {LONGEST_KEY} visible characters, no space at its ends",
            )
    return (*present, *added.values())


def _slug(name: str) -> str:
    slug = re.sub(r"[^a-z0-9]+", "-", name.lower())[:LONGEST_KEY].strip("-")
    return slug if slug and slug not in NOT_NAMES["client"] else "self"
