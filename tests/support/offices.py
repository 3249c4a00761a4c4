"""A help desk for tests: a small organisation in a file of its own, hostile text, and desks for its people."""

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from workbench.clock import FixedClock
from workbench.database import Database
from workbench.desk import Desk
from workbench.organisation.service import OrganisationService
from workbench.tickets.model import NewTicket, Ticket

START = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)

HOSTILE = (
    "host [web01] down",
    "[/b] VPN drops",
    "[@click=app.quit]Printer[/] jams",
    "\x1b]52;c;eA==\x07 mail is slow",
    'Robert"); DROP TABLE ticket;--',
    "a\x00b \u202eevil\u202c 👩‍👩‍👧 :bomb:",
    "100 % of %s in {braces} 'quoted'",
    "lone \ud800 surrogate",
)
"""What tickets of tests are called: harmless as text, harmful wherever it is taken for anything else."""

SETUP = """
name = "Northwind [/b] IT"
zone = "Europe/Berlin"
[[calendar]]
name = "office"
zone = "Europe/Berlin"
hours = { mon = ["09:00-17:00"], tue = ["09:00-17:00"], wed = ["09:00-12:00", "13:00-17:00"], thu = ["09:00-17:00"] }
[[tier]]
name = "L1"
respond = "15m"
resolve = "1h"
[[tier]]
name = "L2"
respond = "1h"
resolve = "4h"
[[tier]]
name = "L3"
respond = "4h"
resolve = "72h"
update = "24h"
calendar = "office"
[[team]]
slug = "frontline"
name = "First line"
tier = "L1"
people = ["maya", "ravi"]
[[team]]
slug = "service-desk"
name = "Service desk"
tier = "L1"
people = ["lena"]
[[team]]
slug = "second-line"
name = "Second line"
tier = "L2"
people = ["omar"]
[[team]]
slug = "engineering"
name = "Engineering"
tier = "L3"
people = ["ines"]
[[person]]
login = "maya"
name = "Maya Chen"
[[person]]
login = "ravi"
name = "Ravi"
[[person]]
login = "lena"
name = "Lena"
[[person]]
login = "omar"
name = "Omar"
[[person]]
login = "ines"
name = "Ines"
[[client]]
slug = "contoso"
name = "Contoso [red]"
[[client]]
slug = "fabrikam"
name = "Fabrikam"
calendar = "office"
targets = { L1 = { respond = "30m", resolve = "none" } }
"""

PEOPLE = ("maya", "ravi", "lena", "omar", "ines")


class Office:
    """One file, one clock, and a desk for whoever acts."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.clock = FixedClock(START)
        self._desks: dict[str, Desk] = {}

    def desk(self, who: str = "maya") -> Desk:
        """That person's desk, always the same one."""
        if who not in self._desks:
            self._desks[who] = Desk.open(self.path, self.clock, who)
        return self._desks[who]

    def at(self, moment: datetime) -> Desk:
        """A desk that looks at the file as of a moment; who asks for it closes it."""
        return Desk.open(self.path, FixedClock(moment), "maya", for_reading=True)

    def pass_time(self, **length: Any) -> datetime:
        """Moves the clock on by minutes, hours, days."""
        self.clock.at += timedelta(**length)
        return self.clock.at

    def open(self, subject: str = HOSTILE[0], who: str = "maya", **fields: Any) -> Ticket:
        """A new ticket of Contoso's."""
        return self.desk(who).tickets.open(NewTicket(subject, **({"client": "contoso"} | fields)))

    def close(self) -> None:
        """Closes all desks."""
        for desk in self._desks.values():
            desk.close()


def make_file(folder: Path) -> Path:
    """A file with the setup and no tickets."""
    path = folder / "office.db"
    database = Database.create(path)
    OrganisationService(database).apply(SETUP, "setup.toml")
    database.close()
    return path


def copied(office_file: Path, folder: Path) -> Path:
    """A copy of the file in that folder."""
    return Path(shutil.copyfile(office_file, folder / "workbench.db"))
