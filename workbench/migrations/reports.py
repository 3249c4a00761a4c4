"""What the reports read: each resolve with the way to it, how first responses went, and the figures kept for later."""

STATEMENTS = (
    # Work and refocusing in seconds for each arrival at engineering, and what an hour of it costs.
    """
    INSERT INTO setting (key, value) VALUES
        ('escalation_work', 10800), ('escalation_refocus', 1380), ('engineer_hour_cost', 150)
    """,
    # How a ticket that is done had come to its last resolve (`at`); true from `since` until `until`.
    """
    CREATE TABLE resolution (
        ticket_id INTEGER NOT NULL REFERENCES ticket (id),
        seq INTEGER NOT NULL,
        at TEXT NOT NULL,
        elapsed_s INTEGER NOT NULL,
        who TEXT,
        team TEXT NOT NULL REFERENCES team (slug),
        tier TEXT NOT NULL REFERENCES tier (name),
        -- The tiers it had been at, in order.
        path TEXT NOT NULL CHECK (json_valid(path)),
        hops INTEGER NOT NULL,
        bounces INTEGER NOT NULL,
        reopens INTEGER NOT NULL,
        since TEXT NOT NULL,
        until TEXT,
        PRIMARY KEY (ticket_id, seq)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE INDEX resolution_at ON resolution (
        at, since, until, path, tier, who, elapsed_s, hops, bounces, reopens
    )
    """,
    # How the respond clock of each ticket's first stay went; kept as it was once that stay has ended.
    """
    CREATE TABLE first_response (
        ticket_id INTEGER PRIMARY KEY REFERENCES ticket (id),
        opened_at TEXT NOT NULL,
        team TEXT NOT NULL REFERENCES team (slug),
        answered_at TEXT,
        missed_at TEXT,
        left_at TEXT
    ) STRICT
    """,
    "CREATE INDEX first_response_opened ON first_response (opened_at, team, answered_at, missed_at)",
    "CREATE INDEX stay_arrival ON stay (tier, entered_at)",
    # Tickets that were done without ever having been resolved since.
    "CREATE INDEX ticket_cancelled ON ticket (closed_at) WHERE live = 0 AND resolved_at IS NULL",
    # Whether those two tables lack tickets that were written before they were there.
    """
    CREATE TABLE projection (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        missing INTEGER NOT NULL CHECK (missing IN (0, 1))
    ) STRICT
    """,
    "INSERT INTO projection (id, missing) SELECT 1, EXISTS (SELECT 1 FROM ticket)",
    """
    CREATE TABLE baseline (
        name TEXT PRIMARY KEY CHECK (name <> ''),
        kept_at TEXT NOT NULL,
        kept_by TEXT NOT NULL,
        from_at TEXT NOT NULL,
        to_at TEXT NOT NULL,
        scope TEXT NOT NULL CHECK (json_valid(scope)),
        figures TEXT NOT NULL CHECK (json_valid(figures))
    ) STRICT
    """,
)
