"""The workbench file: one SQLite database, opened in one place, read freely, written in one way."""

from workbench.database.connection import Database
from workbench.database.file import APPLICATION_ID, SCHEMA_VERSION
from workbench.database.sqlite import Connection, Parameters

__all__ = ["APPLICATION_ID", "SCHEMA_VERSION", "Connection", "Database", "Parameters"]
