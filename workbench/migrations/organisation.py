"""Tiers, teams, people, clients, contacts, calendars, targets, and the settings with their defaults."""

# References are checked when a transaction ends, so that a setup can be written in any order.
STATEMENTS = (
    """
    CREATE TABLE organisation (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        name TEXT NOT NULL,
        zone TEXT NOT NULL,
        -- Raised by each change of the setup, and by each that clocks stand on.
        edition INTEGER NOT NULL DEFAULT 0,
        revision INTEGER NOT NULL DEFAULT 0
    ) STRICT
    """,
    "INSERT INTO organisation (id, name, zone) VALUES (1, 'Workbench', 'UTC')",
    """
    CREATE TABLE setting (
        key TEXT PRIMARY KEY,
        value ANY NOT NULL CHECK (typeof(value) IN ('integer', 'real', 'text'))
    ) STRICT, WITHOUT ROWID
    """,
    """
    INSERT INTO setting (key, value) VALUES
        ('stale_after', 604800),
        ('graveyard_after_open', 7776000),
        ('graveyard_after_untouched', 2592000),
        ('close_after', 604800),
        ('aging_share', 0.5),
        ('due_share', 0.8)
    """,
    """
    CREATE TABLE priority (
        name TEXT PRIMARY KEY,
        factor REAL NOT NULL CHECK (factor > 0)
    ) STRICT, WITHOUT ROWID
    """,
    "INSERT INTO priority (name, factor) VALUES ('P1', 0.25), ('P2', 0.5), ('P3', 1.0), ('P4', 2.0)",
    """
    CREATE TABLE calendar (
        name TEXT PRIMARY KEY,
        zone TEXT NOT NULL,
        position INTEGER NOT NULL,
        retired INTEGER NOT NULL CHECK (retired IN (0, 1))
    ) STRICT, WITHOUT ROWID
    """,
    # The built-in calendar that never closes has a row, so that tiers, teams and clients can refer to it.
    "INSERT INTO calendar (name, zone, position, retired) VALUES ('always', 'UTC', 0, 0)",
    """
    CREATE TABLE calendar_hours (
        calendar TEXT NOT NULL REFERENCES calendar ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
        weekday INTEGER NOT NULL CHECK (weekday BETWEEN 0 AND 6),
        opens INTEGER NOT NULL CHECK (opens BETWEEN 0 AND 1439),
        closes INTEGER NOT NULL CHECK (closes > opens AND closes <= 1440),
        PRIMARY KEY (calendar, weekday, opens)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE calendar_closed (
        calendar TEXT NOT NULL REFERENCES calendar ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
        day TEXT NOT NULL CHECK (day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
        PRIMARY KEY (calendar, day)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE tier (
        name TEXT PRIMARY KEY,
        title TEXT NOT NULL,
        calendar TEXT NOT NULL REFERENCES calendar DEFERRABLE INITIALLY DEFERRED,
        position INTEGER NOT NULL,
        retired INTEGER NOT NULL CHECK (retired IN (0, 1))
    ) STRICT, WITHOUT ROWID
    """,
    # A target without seconds is "none"; the absence of a target is the absence of its row.
    """
    CREATE TABLE tier_target (
        tier TEXT NOT NULL REFERENCES tier ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
        clock TEXT NOT NULL CHECK (clock IN ('respond', 'resolve', 'update')),
        seconds INTEGER CHECK (seconds > 0),
        PRIMARY KEY (tier, clock)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE person (
        login TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        position INTEGER NOT NULL,
        retired INTEGER NOT NULL CHECK (retired IN (0, 1))
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE team (
        slug TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        tier TEXT NOT NULL REFERENCES tier DEFERRABLE INITIALLY DEFERRED,
        support TEXT NOT NULL CHECK (support IN ('tiered', 'embedded', 'swarming', 'run')),
        calendar TEXT REFERENCES calendar DEFERRABLE INITIALLY DEFERRED,
        contact TEXT NOT NULL,
        wants TEXT NOT NULL,
        rotation_start TEXT,
        rotation_every INTEGER CHECK (rotation_every > 0),
        position INTEGER NOT NULL,
        retired INTEGER NOT NULL CHECK (retired IN (0, 1)),
        CHECK ((rotation_start IS NULL) = (rotation_every IS NULL))
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE team_person (
        team TEXT NOT NULL REFERENCES team ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
        position INTEGER NOT NULL,
        person TEXT NOT NULL REFERENCES person DEFERRABLE INITIALLY DEFERRED,
        PRIMARY KEY (team, position),
        UNIQUE (person, team)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE rotation_person (
        team TEXT NOT NULL REFERENCES team ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
        position INTEGER NOT NULL,
        person TEXT NOT NULL REFERENCES person DEFERRABLE INITIALLY DEFERRED,
        PRIMARY KEY (team, position)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE team_target (
        team TEXT NOT NULL REFERENCES team ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
        clock TEXT NOT NULL CHECK (clock IN ('respond', 'resolve', 'update')),
        seconds INTEGER CHECK (seconds > 0),
        PRIMARY KEY (team, clock)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE client (
        slug TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        calendar TEXT REFERENCES calendar DEFERRABLE INITIALLY DEFERRED,
        position INTEGER NOT NULL,
        retired INTEGER NOT NULL CHECK (retired IN (0, 1))
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE client_target (
        client TEXT NOT NULL REFERENCES client ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
        tier TEXT NOT NULL REFERENCES tier DEFERRABLE INITIALLY DEFERRED,
        clock TEXT NOT NULL CHECK (clock IN ('respond', 'resolve', 'update')),
        seconds INTEGER CHECK (seconds > 0),
        PRIMARY KEY (client, tier, clock)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE contact (
        id INTEGER PRIMARY KEY,
        client TEXT NOT NULL REFERENCES client ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
        name TEXT NOT NULL CHECK (name <> ''),
        email TEXT NOT NULL DEFAULT '',
        retired INTEGER NOT NULL DEFAULT 0 CHECK (retired IN (0, 1)),
        UNIQUE (client, name)
    ) STRICT
    """,
)
