"""Components with their owners, names and patterns, how they hang together, and every change of that."""

STATEMENTS = (
    "INSERT INTO setting (key, value) VALUES ('owner_stale_after', 15552000)",
    """
    CREATE TABLE component (
        slug TEXT PRIMARY KEY CHECK (slug <> ''),
        kind TEXT NOT NULL CHECK (kind IN ('service', 'application', 'device', 'platform', 'vendor')),
        title TEXT NOT NULL,
        description TEXT NOT NULL,
        confirmed_at TEXT,
        confirmed_by TEXT,
        -- Where it was read from; empty for what was written here.
        source TEXT NOT NULL,
        retired INTEGER NOT NULL CHECK (retired IN (0, 1))
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE component_owner (
        component TEXT NOT NULL REFERENCES component (slug),
        position INTEGER NOT NULL,
        team TEXT NOT NULL REFERENCES team (slug) DEFERRABLE INITIALLY DEFERRED,
        PRIMARY KEY (component, team)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX component_owner_team ON component_owner (team)",
    """
    CREATE TABLE component_pattern (
        component TEXT NOT NULL REFERENCES component (slug),
        kind TEXT NOT NULL CHECK (kind IN ('alias', 'host', 'url', 'path', 'signature')),
        position INTEGER NOT NULL,
        pattern TEXT NOT NULL CHECK (pattern <> ''),
        -- A path's own owners, [] for explicitly nobody; none where it has none of its own.
        owners TEXT CHECK (owners IS NULL OR (kind = 'path' AND json_valid(owners))),
        PRIMARY KEY (component, kind, position)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE component_need (
        component TEXT NOT NULL REFERENCES component (slug),
        position INTEGER NOT NULL,
        needs TEXT NOT NULL REFERENCES component (slug) DEFERRABLE INITIALLY DEFERRED,
        PRIMARY KEY (component, needs),
        CHECK (needs <> component)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX component_need_needs ON component_need (needs)",
    """
    CREATE TABLE seam_lead (
        component TEXT NOT NULL REFERENCES component (slug),
        other TEXT NOT NULL REFERENCES component (slug) CHECK (component < other),
        team TEXT NOT NULL REFERENCES team (slug) DEFERRABLE INITIALLY DEFERRED,
        PRIMARY KEY (component, other)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE catalogue_event (
        id INTEGER PRIMARY KEY,
        at TEXT NOT NULL,
        who TEXT NOT NULL,
        -- Numbered together with the acts on tickets, so that undo finds the latest of both.
        act INTEGER NOT NULL,
        kind TEXT NOT NULL,
        component TEXT NOT NULL REFERENCES component (slug),
        before TEXT NOT NULL CHECK (json_valid(before)),
        after TEXT NOT NULL CHECK (json_valid(after)),
        undoes INTEGER UNIQUE REFERENCES catalogue_event (id)
    ) STRICT
    """,
    "CREATE INDEX catalogue_event_act ON catalogue_event (who, act)",
    "CREATE INDEX catalogue_event_component ON catalogue_event (component)",
    # What somebody proposed, or would not have proposed again; what tickets alone propose needs no row.
    """
    CREATE TABLE correction (
        component TEXT NOT NULL REFERENCES component (slug),
        team TEXT NOT NULL REFERENCES team (slug) DEFERRABLE INITIALLY DEFERRED,
        ticket_id INTEGER REFERENCES ticket (id),
        why TEXT NOT NULL,
        who TEXT NOT NULL,
        at TEXT NOT NULL,
        dismissed INTEGER NOT NULL CHECK (dismissed IN (0, 1)),
        PRIMARY KEY (component, team)
    ) STRICT, WITHOUT ROWID
    """,
    # What names and patterns are found by, several rows for some; the numbers never come again, so that the greatest
    # tells whether anything is new.
    """
    CREATE TABLE component_key (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        component TEXT NOT NULL REFERENCES component (slug) DEFERRABLE INITIALLY DEFERRED,
        how TEXT NOT NULL CHECK (how IN ('host', 'url', 'path', 'signature', 'alias', 'name')),
        -- Of the pattern or alias; of names the slug is 0, the title 1.
        position INTEGER NOT NULL,
        key TEXT NOT NULL,
        -- As it is compared with what may have been misspelt; none where it has a wildcard.
        plain TEXT
    ) STRICT
    """,
    "CREATE INDEX component_key_found ON component_key (how, key)",
    "CREATE INDEX component_key_of ON component_key (component, how, position)",
    "CREATE INDEX component_key_spelt ON component_key (length(plain), plain) WHERE plain IS NOT NULL",
    "CREATE INDEX component_pattern_ruled ON component_pattern (component) WHERE owners IS NOT NULL",
    # The words of names and aliases; its rows are those of the slugs in component_key.
    "CREATE VIRTUAL TABLE component_words USING fts5 (words, tokenize='unicode61', prefix='2 3')",
    "CREATE VIRTUAL TABLE component_words_vocabulary USING fts5vocab (component_words, row)",
    "CREATE INDEX ticket_component ON ticket (component, live, resolved_at) WHERE component IS NOT NULL",
    *(
        f"""
        CREATE TRIGGER generation_of_{table}_{change.lower()} AFTER {change} ON {table} BEGIN
            UPDATE generation SET number = number + 1;
        END
        """
        for table, change in (
            ("catalogue_event", "INSERT"),
            ("correction", "INSERT"),
            ("correction", "UPDATE"),
        )
    ),
)
