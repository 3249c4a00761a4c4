"""The contacts of clients: kept beside the setup, since there may be many and tickets bring new ones."""

from collections.abc import Mapping
from typing import Any

from workbench.database import Database
from workbench.organisation.model import Contact

_COLUMNS = "SELECT id, client, name, email, retired FROM contact"


class ContactStore:
    """The contact table."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def find(self, client: str, name: str) -> Contact | None:
        """The contact of that name, retired or not."""
        row = self._database.row(f"{_COLUMNS} WHERE client = ? AND name = ?", (client, name))
        return _contact(row) if row else None

    def add(self, client: str, name: str, email: str = "") -> None:
        """Adds the contact, or brings a retired one back, inside a transaction; an email replaces the old one."""
        self._database.execute(
            """
            INSERT INTO contact (client, name, email) VALUES (?1, ?2, ?3)
            ON CONFLICT (client, name) DO UPDATE SET
                retired = 0, email = CASE WHEN excluded.email = '' THEN email ELSE excluded.email END
            """,
            (client, name, email),
        )

    def starting_with(self, client: str, prefix: str, limit: int) -> list[Contact]:
        """The client's contacts in use whose name starts like this, whatever the case, by name."""
        rows = self._database.rows(
            f"{_COLUMNS} WHERE client = ?1 AND NOT retired AND substr(name, 1, length(?2)) = ?2 COLLATE NOCASE"
            " ORDER BY name LIMIT ?3",
            (client, prefix, limit),
        )
        return [_contact(row) for row in rows]

    def of(self, client: str) -> list[Contact]:
        """The client's contacts in use, by name."""
        return [contact for contact in map(_contact, self._of(client)) if not contact.retired]

    def in_use(self) -> dict[str, list[Contact]]:
        """All contacts in use, by client and name."""
        contacts: dict[str, list[Contact]] = {}
        for row in self._database.rows(f"{_COLUMNS} WHERE NOT retired ORDER BY client, name"):
            contacts.setdefault(row[1], []).append(_contact(row))
        return contacts

    def replace(self, client: str, given: Mapping[str, str]) -> list[str]:
        """Makes these (name and email) all of the client's contacts, inside a transaction; a line for each change."""
        present = {contact.name: contact for contact in map(_contact, self._of(client))}
        lines = []
        for name, email in given.items():
            known = present.get(name)
            if known is None or known.retired or known.email != email:
                self.add(client, name)
                self._database.execute(
                    "UPDATE contact SET email = ? WHERE client = ? AND name = ?", (email, client, name)
                )
                lines.append(f"{name}: {'added' if known is None else 'back in use' if known.retired else 'email'}")
        for name, known in present.items():
            if name not in given and not known.retired:
                lines.append(f"{name}: {self._drop(known)}")
        return lines

    def _of(self, client: str) -> list[tuple[Any, ...]]:
        return self._database.rows(f"{_COLUMNS} WHERE client = ? ORDER BY name", (client,))

    def _drop(self, contact: Contact) -> str:
        """Deletes the contact, or retires it where a ticket names it; says which."""
        key = (contact.client, contact.name)
        if self._database.value("SELECT EXISTS (SELECT 1 FROM ticket WHERE client = ? AND contact = ?)", key):
            self._database.execute("UPDATE contact SET retired = 1 WHERE client = ? AND name = ?", key)
            return "retired, since it has history"
        self._database.execute("DELETE FROM contact WHERE client = ? AND name = ?", key)
        return "removed"


def _contact(row: tuple[Any, ...]) -> Contact:
    number, client, name, email, retired = row
    return Contact(number, client, name, email, bool(retired))
