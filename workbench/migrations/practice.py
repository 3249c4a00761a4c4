"""Sessions of practice: whose, how far their time has come, and what they have brought; empty in a live file."""

STATEMENTS = (
    # Instants are simulated ones but for `began_at`; `sim_at` is how far its time had come when that was last kept.
    """
    CREATE TABLE practice_session (
        id INTEGER PRIMARY KEY,
        -- No reference: a setup file may drop who has practised and done nothing.
        trainee TEXT NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('scenario', 'drill', 'shift')),
        name TEXT NOT NULL,
        seed INTEGER NOT NULL,
        began_at TEXT NOT NULL,
        started_at TEXT NOT NULL,
        sim_at TEXT NOT NULL,
        speed INTEGER NOT NULL CHECK (speed BETWEEN 1 AND 60),
        paused INTEGER NOT NULL CHECK (paused IN (0, 1)),
        ended_at TEXT
    ) STRICT
    """,
    # Nobody is in two sessions at once.
    "CREATE UNIQUE INDEX practice_session_going ON practice_session (trainee) WHERE ended_at IS NULL",
    # The tickets of a session, each with the text of its scenario, which may change or go; `ref` once it has arrived.
    """
    CREATE TABLE practice_arrival (
        session_id INTEGER NOT NULL REFERENCES practice_session (id),
        place INTEGER NOT NULL,
        scenario TEXT NOT NULL,
        text TEXT NOT NULL,
        due_at TEXT NOT NULL,
        ref INTEGER REFERENCES ticket (id),
        PRIMARY KEY (session_id, place)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE UNIQUE INDEX practice_arrival_ref ON practice_arrival (ref) WHERE ref IS NOT NULL",
    # What has happened to them: 'later 0' is the first of what comes later, 'answer 5' answers event 5; `ref` is the
    # ticket that it opened.
    """
    CREATE TABLE practice_happening (
        session_id INTEGER NOT NULL,
        place INTEGER NOT NULL,
        what TEXT NOT NULL,
        at TEXT NOT NULL,
        ref INTEGER REFERENCES ticket (id),
        PRIMARY KEY (session_id, place, what),
        FOREIGN KEY (session_id, place) REFERENCES practice_arrival (session_id, place)
    ) STRICT, WITHOUT ROWID
    """,
    # Hints that were asked for.
    """
    CREATE TABLE practice_hint (
        session_id INTEGER NOT NULL,
        place INTEGER NOT NULL,
        number INTEGER NOT NULL,
        at TEXT NOT NULL,
        PRIMARY KEY (session_id, place, number),
        FOREIGN KEY (session_id, place) REFERENCES practice_arrival (session_id, place)
    ) STRICT, WITHOUT ROWID
    """,
)
