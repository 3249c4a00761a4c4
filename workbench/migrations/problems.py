"""Problems with the rules that recognise them, the tickets that match, and those that are linked."""

STATEMENTS = (
    """
    CREATE TABLE problem (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        title TEXT NOT NULL CHECK (title <> ''),
        words TEXT NOT NULL CHECK (json_valid(words)),
        signature TEXT NOT NULL,
        component TEXT NOT NULL,
        pattern TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('known', 'under_way', 'fixed')),
        cause TEXT NOT NULL,
        workaround TEXT NOT NULL,
        answer TEXT NOT NULL,
        root_cause TEXT NOT NULL,
        permanent_fix TEXT NOT NULL,
        expected_at TEXT,
        fixed_at TEXT,
        created_at TEXT NOT NULL,
        created_by TEXT NOT NULL,
        CHECK ((state = 'fixed') = (fixed_at IS NOT NULL))
    ) STRICT
    """,
    """
    CREATE TABLE problem_event (
        problem INTEGER NOT NULL REFERENCES problem (id),
        seq INTEGER NOT NULL CHECK (seq > 0),
        at TEXT NOT NULL,
        who TEXT NOT NULL,
        kind TEXT NOT NULL,
        text TEXT NOT NULL,
        before TEXT NOT NULL CHECK (json_valid(before)),
        after TEXT NOT NULL CHECK (json_valid(after)),
        PRIMARY KEY (problem, seq)
    ) STRICT, WITHOUT ROWID
    """,
    # That a ticket matched, and since when; the rule may have been another one since.
    """
    CREATE TABLE problem_match (
        ticket_id INTEGER NOT NULL REFERENCES ticket (id),
        problem INTEGER NOT NULL REFERENCES problem (id),
        at TEXT NOT NULL,
        PRIMARY KEY (ticket_id, problem)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX problem_match_problem ON problem_match (problem)",
    """
    CREATE TABLE problem_link (
        ticket_id INTEGER PRIMARY KEY REFERENCES ticket (id),
        problem INTEGER NOT NULL REFERENCES problem (id),
        seq INTEGER NOT NULL,
        who TEXT NOT NULL,
        at TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX problem_link_problem ON problem_link (problem)",
    # A ticket is linked by its events, and no more when they are taken back.
    """
    CREATE TRIGGER problem_linked AFTER INSERT ON event
    WHEN new.undoes IS NULL AND new.after ->> 'problem' IS NOT NULL BEGIN
        INSERT INTO problem_link (ticket_id, problem, seq, who, at)
        VALUES (new.ticket_id, new.after ->> 'problem', new.seq, new.who, new.at)
        ON CONFLICT DO UPDATE SET problem = excluded.problem, seq = excluded.seq, who = excluded.who, at = excluded.at;
    END
    """,
    """
    CREATE TRIGGER problem_unlinked AFTER INSERT ON event WHEN new.kind = 'unlinked' OR new.undoes IS NOT NULL BEGIN
        DELETE FROM problem_link
        WHERE ticket_id = new.ticket_id AND (new.kind = 'unlinked' OR seq = new.undoes);
    END
    """,
    *(
        f"""
        CREATE TRIGGER generation_of_{table}_{change.lower()} AFTER {change} ON {table} BEGIN
            UPDATE generation SET number = number + 1;
        END
        """
        for table, change in (("problem_event", "INSERT"), ("problem_match", "INSERT"))
    ),
)
