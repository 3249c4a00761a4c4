"""An index of a few pages, in a file of its own."""

from collections.abc import Iterator

import pytest

from workbench.database import Database
from workbench.search import TextIndex, schema

COLUMNS = {"title": 10.0, "tags": 6.0, "body": 1.0}
PAGES = {
    1: ("Printer prints blank pages", "printing hardware", "Replace the toner, then print a test page."),
    2: ("Checkout fails with 502", "payments", "The gateway answers 502 when its token has expired."),
    3: ("VPN drops every ten minutes", "network vpn", "Renew the lease of the tunnel. Never restart the gateway."),
    4: ("KubePodCrashLooping", "kubernetes", "A container in the pod dies again and again; read its log."),
    5: ("Fail over the database", "database", "Stop the primary, promote the standby, point the clients there."),
    6: ("Größere Postfächer", "mail", "Die Größe eines Postfachs ändern: Ａｄｍｉｎ öffnen."),
    7: ("Reset a password", "accounts", "Ask who they are; then set a new password [b]once[/b]."),
}


def make(database: Database, name: str = "page_words") -> TextIndex:
    """An empty index in the file."""
    with database.transaction():
        for statement in schema(name, COLUMNS):
            database.execute(statement)
    return TextIndex(database, name, COLUMNS)


def fill(index: TextIndex) -> None:
    """Puts the pages in."""
    with index.database.transaction():
        for page, texts in PAGES.items():
            index.put(page, dict(zip(COLUMNS, texts, strict=True)))


@pytest.fixture
def index(database: Database) -> TextIndex:
    """The index with its pages."""
    made = make(database)
    fill(made)
    return made


@pytest.fixture(scope="module")
def shared_index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TextIndex]:
    """The index with its pages, for tests that ask it many things or leave it as it was."""
    database = Database.create(tmp_path_factory.mktemp("shared") / "workbench.db")
    made = make(database)
    fill(made)
    yield made
    database.close()
