"""Runbooks with every version of their text, and the runs that were made of them."""

STATEMENTS = (
    # The text stands in the versions alone; the rest is what the present one says, for lists and for joins.
    """
    CREATE TABLE runbook (
        id INTEGER PRIMARY KEY,
        slug TEXT NOT NULL UNIQUE CHECK (slug <> ''),
        path TEXT NOT NULL UNIQUE,
        title TEXT NOT NULL,
        tier TEXT,
        owner TEXT,
        access TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(access)),
        review_at TEXT CHECK (review_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
        version INTEGER NOT NULL CHECK (version > 0),
        retired INTEGER NOT NULL DEFAULT 0 CHECK (retired IN (0, 1)),
        changed_at TEXT NOT NULL,
        changed_by TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE runbook_version (
        runbook TEXT NOT NULL REFERENCES runbook (slug) DEFERRABLE INITIALLY DEFERRED,
        version INTEGER NOT NULL CHECK (version > 0),
        text TEXT NOT NULL,
        at TEXT NOT NULL,
        who TEXT NOT NULL,
        PRIMARY KEY (runbook, version)
    ) STRICT
    """,
    *(
        f"""
        CREATE TABLE runbook_{name} (
            runbook TEXT NOT NULL REFERENCES runbook (slug) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
            position INTEGER NOT NULL,
            {name} TEXT NOT NULL,
            PRIMARY KEY (runbook, position)
        ) STRICT, WITHOUT ROWID
        """
        for name in ("tag", "component", "signature")
    ),
    "CREATE INDEX runbook_of_component ON runbook_component (component)",
    # The index by which runbooks are found in spite of a slip; its rows are those of `runbook`.
    """
    CREATE VIRTUAL TABLE runbook_words USING fts5 (
        title, signatures, tags, headings, body, forms, tokenize='porter unicode61', prefix='2 3'
    )
    """,
    "INSERT INTO runbook_words (runbook_words, rank) VALUES ('rank', 'bm25(10, 8, 6, 3, 1, 5)')",
    """
    CREATE VIRTUAL TABLE runbook_words_short USING fts5 (
        title, signatures, tags, headings, forms, tokenize='porter unicode61', prefix='1 2 3'
    )
    """,
    "INSERT INTO runbook_words_short (runbook_words_short, rank) VALUES ('rank', 'bm25(10, 8, 6, 3, 5)')",
    """
    CREATE VIRTUAL TABLE runbook_words_surface USING fts5 (
        text, content='', detail='none', columnsize=0, tokenize='unicode61'
    )
    """,
    "CREATE VIRTUAL TABLE runbook_words_vocabulary USING fts5vocab (runbook_words_surface, row)",
    "CREATE TABLE runbook_words_change (number INTEGER NOT NULL) STRICT",
    "INSERT INTO runbook_words_change (number) VALUES (0)",
    # A run keeps the version it began with. How far it has come and how it ended is told by its acts alone.
    """
    CREATE TABLE run (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        runbook TEXT NOT NULL,
        version INTEGER NOT NULL,
        ticket_id INTEGER REFERENCES ticket (id),
        began_at TEXT NOT NULL,
        began_by TEXT NOT NULL,
        -- Values of placeholders that were asked for.
        filled TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(filled)),
        FOREIGN KEY (runbook, version) REFERENCES runbook_version (runbook, version)
    ) STRICT
    """,
    "CREATE INDEX run_of_runbook ON run (runbook)",
    "CREATE INDEX run_of_ticket ON run (ticket_id) WHERE ticket_id IS NOT NULL",
    # Acts are only ever added; `event_seq` is the event of the run's ticket that tells the same.
    """
    CREATE TABLE run_act (
        run INTEGER NOT NULL REFERENCES run (id),
        seq INTEGER NOT NULL CHECK (seq > 0),
        at TEXT NOT NULL,
        who TEXT NOT NULL,
        did TEXT NOT NULL CHECK (
            did IN ('began', 'done', 'failed', 'skipped', 'back', 'noted', 'fixed', 'not_fixed', 'left')
        ),
        step INTEGER CHECK (step > 0),
        note TEXT NOT NULL DEFAULT '',
        event_seq INTEGER,
        PRIMARY KEY (run, seq),
        CHECK ((step IS NULL) = (did IN ('began', 'fixed', 'not_fixed', 'left')))
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX run_act_ended ON run_act (did, run, at) WHERE did IN ('fixed', 'not_fixed', 'failed')",
    """
    CREATE TABLE run_output (
        run INTEGER NOT NULL REFERENCES run (id),
        seq INTEGER NOT NULL CHECK (seq > 0),
        step INTEGER NOT NULL CHECK (step > 0),
        at TEXT NOT NULL,
        who TEXT NOT NULL,
        command TEXT NOT NULL,
        output TEXT NOT NULL,
        -- Bytes that came after what is kept.
        cut INTEGER NOT NULL CHECK (cut >= 0),
        -- How it ended: `exited 0`, `stopped`, `timed out`.
        ended TEXT NOT NULL,
        PRIMARY KEY (run, seq)
    ) STRICT, WITHOUT ROWID
    """,
    # An act whose event was taken back was not done; undoing a change of a ticket so undoes the run's.
    "CREATE INDEX event_undoing ON event (ticket_id, undoes) WHERE undoes IS NOT NULL",
    "INSERT INTO setting (key, value) VALUES ('command_time_limit', 60), ('run_commands', 1)",
    *(
        f"""
        CREATE TRIGGER generation_of_{table}_{change.lower()} AFTER {change} ON {table} BEGIN
            UPDATE generation SET number = number + 1;
        END
        """
        for table, change in (
            ("runbook", "UPDATE"),
            ("runbook_version", "INSERT"),
            ("run", "INSERT"),
            ("run", "UPDATE"),
            ("run_act", "INSERT"),
            ("run_output", "INSERT"),
        )
    ),
)
