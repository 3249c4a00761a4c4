"""Saved queues as what each person has saved: those of everybody until then become each person's own."""

STATEMENTS = (
    "ALTER TABLE saved_queue RENAME TO shared_queue",
    """
    CREATE TABLE saved_queue (
        person TEXT NOT NULL,
        name TEXT NOT NULL,
        filter TEXT NOT NULL,
        position INTEGER NOT NULL,
        PRIMARY KEY (person, name)
    ) STRICT, WITHOUT ROWID
    """,
    """
    INSERT INTO saved_queue (person, name, filter, position)
    SELECT login, shared_queue.name, filter, shared_queue.position FROM shared_queue CROSS JOIN person
    WHERE person.retired = 0
    """,
    "DROP TABLE shared_queue",  # and its triggers
    *(
        f"""
        CREATE TRIGGER generation_of_saved_queue_{change.lower()} AFTER {change} ON saved_queue BEGIN
            UPDATE generation SET number = number + 1;
        END
        """
        for change in ("INSERT", "UPDATE", "DELETE")
    ),
)
