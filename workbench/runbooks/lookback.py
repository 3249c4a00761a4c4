"""Looking back: the library and its runs as they stood at an earlier moment, in tables and views over the real ones."""

from datetime import datetime
from typing import Final

from workbench.clock import iso
from workbench.database import Database
from workbench.runbooks.store import description
from workbench.runbooks.undone import taken_back

_LISTS: Final = ("runbook_tag", "runbook_component", "runbook_signature")
_LATER: Final = taken_back("event.at > '{now}'", ticket="(SELECT ticket_id FROM main.run WHERE run.id = run_act.run)")
# A run may tell of a version that was written after it, where a history was brought in: what it followed can be read.
_VIEWS: Final = {
    "run": "SELECT * FROM main.run WHERE began_at <= '{now}'",
    "run_act": f"""
        SELECT run, seq, at, who, did, step, note, iif({_LATER}, NULL, event_seq) AS event_seq
        FROM main.run_act WHERE at <= '{{now}}'
    """,
    "run_output": "SELECT * FROM main.run_output WHERE at <= '{now}'",
    "runbook_version": """
        SELECT * FROM main.runbook_version AS written WHERE at <= '{now}' OR EXISTS (
            SELECT 1 FROM main.run
            WHERE run.runbook = written.runbook AND run.version = written.version AND began_at <= '{now}'
        )
    """,
}
"""What had been done and written by then; an act that was taken back later has no event, so that it counts."""
_PRESENT: Final = """
    UPDATE temp.runbook SET retired = retired AND changed_at <= :now, version = coalesce(
        (SELECT max(version) FROM main.runbook_version WHERE runbook = slug AND at <= :now),
        (SELECT min(version) FROM temp.runbook_version WHERE runbook = slug)
    )
"""
_REWRITTEN: Final = """
    SELECT past.slug, past.path, past.version, text, at, who
    FROM temp.runbook AS past JOIN main.runbook AS present USING (id)
    JOIN main.runbook_version AS written ON written.runbook = past.slug AND written.version = past.version
    WHERE past.version <> present.version
"""


def look_back(database: Database, now: datetime) -> None:
    """Lays them as of `now` over the real ones, for this connection alone.

    Of a runbook's retiring only the last is known, and a search goes by the words of today. To be done before the
    tickets look back, since nothing can be written from then on.
    """
    connection, at = database.connection, {"now": iso(now)}
    connection.execute("PRAGMA temp_store = MEMORY")  # before the first of these tables: a change would drop them
    for name, rows in _VIEWS.items():
        connection.execute(f"CREATE TEMP VIEW {name} AS {rows.format_map(at)}")
    connection.execute(
        "CREATE TEMP TABLE runbook AS"
        " SELECT * FROM main.runbook WHERE slug IN (SELECT runbook FROM temp.runbook_version)"
    )
    connection.execute("CREATE UNIQUE INDEX temp.runbook_slug ON runbook (slug)")
    for name in _LISTS:
        connection.execute(f"CREATE TEMP TABLE {name} AS SELECT * FROM main.{name}")
        connection.execute(f"CREATE INDEX temp.{name}_of ON {name} (runbook, position)")
    connection.execute(_PRESENT, at)
    rewritten = database.rows(_REWRITTEN)
    if rewritten:
        from workbench.runbooks.reading import read_runbook  # here, since it reads Markdown

        for slug, path, version, text, written_at, who in rewritten:
            runbook = read_runbook(text, path, slug=slug, version=version)
            for statement, said in description(runbook, written_at, who):
                connection.executemany(statement, said)
