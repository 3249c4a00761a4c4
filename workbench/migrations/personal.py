"""What each person keeps, and the count by which a session sees that the work, and not only this, has changed."""

STATEMENTS = (
    """
    CREATE TABLE draft (
        person TEXT NOT NULL,
        kind TEXT NOT NULL,
        -- 0 for what belongs to no ticket yet.
        ticket_id INTEGER NOT NULL DEFAULT 0,
        fields TEXT NOT NULL CHECK (json_valid(fields)),
        saved_at TEXT NOT NULL,
        PRIMARY KEY (person, kind, ticket_id)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE preference (
        person TEXT NOT NULL,
        name TEXT NOT NULL,
        value TEXT NOT NULL CHECK (json_valid(value)),
        PRIMARY KEY (person, name)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE seen (
        person TEXT NOT NULL,
        ticket_id INTEGER NOT NULL,
        seq INTEGER NOT NULL,
        PRIMARY KEY (person, ticket_id)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE presence (
        session TEXT PRIMARY KEY,
        person TEXT NOT NULL,
        ticket_id INTEGER NOT NULL,
        at TEXT NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    # Counts the changes of the work, and not those of the tables above, so that nobody reads a list anew because
    # somebody else types.
    "CREATE TABLE generation (id INTEGER PRIMARY KEY CHECK (id = 1), number INTEGER NOT NULL) STRICT",
    "INSERT INTO generation (id, number) VALUES (1, 0)",
    *(
        f"""
        CREATE TRIGGER generation_of_{table}_{change.lower()} AFTER {change} ON {table} BEGIN
            UPDATE generation SET number = number + 1;
        END
        """
        for table, change in (
            ("event", "INSERT"),
            ("organisation", "UPDATE"),
            ("saved_queue", "INSERT"),
            ("saved_queue", "UPDATE"),
            ("saved_queue", "DELETE"),
        )
    ),
)
