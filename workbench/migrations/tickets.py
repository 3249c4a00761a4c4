"""Tickets with their events and stays, how they are counted, and the words they are found by."""

_NEVER = "'9999-12-31T23:59:59Z'"

STATEMENTS = (
    f"""
    CREATE TABLE ticket (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        external TEXT,
        subject TEXT NOT NULL CHECK (subject <> ''),
        body TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('new', 'open', 'waiting', 'resolved', 'closed')),
        live INTEGER NOT NULL CHECK (live = (state IN ('new', 'open', 'waiting'))),
        waiting_for TEXT CHECK (waiting_for IN ('requester', 'vendor', 'change', 'ticket')),
        waiting_reason TEXT,
        wakes_at TEXT,
        tier TEXT NOT NULL REFERENCES tier (name),
        team TEXT NOT NULL REFERENCES team (slug),
        assignee TEXT REFERENCES person (login),
        priority TEXT NOT NULL CHECK (priority IN ('P1', 'P2', 'P3', 'P4')),
        impact TEXT NOT NULL CHECK (impact IN ('one', 'team', 'client', 'everyone')),
        urgency TEXT NOT NULL CHECK (urgency IN ('wait', 'hampered', 'blocked')),
        client TEXT REFERENCES client (slug),
        contact TEXT,
        component TEXT,
        tags TEXT NOT NULL DEFAULT '[]',
        opened_at TEXT NOT NULL,
        arrived_at TEXT NOT NULL,
        touched_at TEXT NOT NULL,
        progress_at TEXT NOT NULL,
        unanswered_since TEXT,
        resolved_at TEXT,
        closed_at TEXT,
        hops INTEGER NOT NULL,
        bounces INTEGER NOT NULL,
        reopens INTEGER NOT NULL,
        version INTEGER NOT NULL,
        -- The clock that runs out first, as instants: until a wake-up (wakes_at), and from it on (woken_…).
        lead TEXT,
        due_at TEXT NOT NULL DEFAULT {_NEVER},
        soon_at TEXT NOT NULL DEFAULT {_NEVER},
        aging_at TEXT NOT NULL DEFAULT {_NEVER},
        ticking INTEGER NOT NULL DEFAULT 0,
        woken_lead TEXT,
        woken_due_at TEXT NOT NULL DEFAULT {_NEVER},
        woken_soon_at TEXT NOT NULL DEFAULT {_NEVER},
        woken_aging_at TEXT NOT NULL DEFAULT {_NEVER},
        woken_ticking INTEGER NOT NULL DEFAULT 0,
        stale_at TEXT NOT NULL,
        grave_at TEXT NOT NULL,
        -- How `tally` counts it, and from when on time alone makes that wrong.
        counted TEXT NOT NULL,
        turns_at TEXT NOT NULL,
        CHECK ((state = 'waiting') = (waiting_for IS NOT NULL))
    ) STRICT
    """,
    "INSERT INTO sqlite_sequence (name, seq) VALUES ('ticket', 1000)",
    "CREATE UNIQUE INDEX ticket_external ON ticket (external) WHERE external IS NOT NULL",
    # The lists' indexes go on with all that decides who stands in a list, so that a place is counted without the rows.
    "CREATE INDEX ticket_tier ON ticket (tier, due_at, priority, opened_at, id, wakes_at) WHERE live = 1",
    "CREATE INDEX ticket_team ON ticket (team, due_at, priority, opened_at, id, wakes_at) WHERE live = 1",
    "CREATE INDEX ticket_assignee ON ticket (assignee, due_at, priority, opened_at, id, wakes_at) WHERE live = 1",
    "CREATE INDEX ticket_opened ON ticket (opened_at) WHERE live = 1",
    "CREATE INDEX ticket_touched ON ticket (touched_at, id, tier, team, assignee) WHERE live = 1",
    "CREATE INDEX ticket_turns ON ticket (turns_at) WHERE live = 1",
    """
    CREATE INDEX ticket_woken ON ticket (
        woken_due_at, priority, opened_at, id, wakes_at, tier, team, assignee, bounces, stale_at, grave_at
    )
    WHERE live = 1 AND wakes_at IS NOT NULL
    """,
    "CREATE INDEX ticket_waiting ON ticket (due_at, priority, opened_at, id, wakes_at) WHERE state = 'waiting'",
    """
    CREATE INDEX ticket_bouncing ON ticket (due_at, priority, opened_at, id, wakes_at, bounces)
    WHERE live = 1 AND bounces > 0
    """,
    """
    CREATE TABLE event (
        ticket_id INTEGER NOT NULL REFERENCES ticket (id),
        seq INTEGER NOT NULL CHECK (seq > 0),
        at TEXT NOT NULL,
        who TEXT,
        kind TEXT NOT NULL,
        public INTEGER NOT NULL CHECK (public IN (0, 1)),
        text TEXT NOT NULL,
        before TEXT NOT NULL,
        after TEXT NOT NULL,
        responds INTEGER NOT NULL CHECK (responds IN (0, 1)),
        undoes INTEGER,
        -- Numbers the acts of one session of Workbench, so that undo finds the latest; none for imported history.
        act INTEGER,
        PRIMARY KEY (ticket_id, seq)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX event_act ON event (who, act) WHERE act IS NOT NULL",
    """
    CREATE TABLE stay (
        ticket_id INTEGER NOT NULL REFERENCES ticket (id),
        seq INTEGER NOT NULL,
        tier TEXT NOT NULL REFERENCES tier (name),
        team TEXT NOT NULL REFERENCES team (slug),
        entered_at TEXT NOT NULL,
        left_at TEXT,
        outcome TEXT NOT NULL DEFAULT '[]',
        PRIMARY KEY (ticket_id, seq)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE tally (
        tier TEXT NOT NULL,
        team TEXT NOT NULL,
        assignee TEXT NOT NULL,
        bouncing INTEGER NOT NULL,
        counted TEXT NOT NULL,
        tickets INTEGER NOT NULL,
        PRIMARY KEY (tier, team, assignee, bouncing, counted)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE VIRTUAL TABLE ticket_words USING fts5 (
        subject, contact, body, content='ticket', content_rowid='id', detail='none', columnsize=0,
        tokenize='unicode61 remove_diacritics 2'
    )
    """,
    """
    CREATE TRIGGER ticket_words_in AFTER INSERT ON ticket BEGIN
        INSERT INTO ticket_words (rowid, subject, contact, body) VALUES (new.id, new.subject, new.contact, new.body);
    END
    """,
    """
    CREATE TRIGGER ticket_words_changed AFTER UPDATE OF subject, contact, body ON ticket
    WHEN (old.subject, old.contact, old.body) IS NOT (new.subject, new.contact, new.body) BEGIN
        INSERT INTO ticket_words (ticket_words, rowid, subject, contact, body)
        VALUES ('delete', old.id, old.subject, old.contact, old.body);
        INSERT INTO ticket_words (rowid, subject, contact, body) VALUES (new.id, new.subject, new.contact, new.body);
    END
    """,
    """
    CREATE TRIGGER ticket_counted_in AFTER INSERT ON ticket WHEN new.live = 1 BEGIN
        INSERT INTO tally (tier, team, assignee, bouncing, counted, tickets)
        VALUES (new.tier, new.team, coalesce(new.assignee, ''), new.bounces > 0, new.counted, 1)
        ON CONFLICT DO UPDATE SET tickets = tickets + 1;
    END
    """,
    """
    CREATE TRIGGER ticket_counted_out AFTER UPDATE ON ticket
    WHEN old.live = 1 AND (old.tier, old.team, old.assignee, old.bounces > 0, old.counted, 1)
        IS NOT (new.tier, new.team, new.assignee, new.bounces > 0, new.counted, new.live) BEGIN
        UPDATE tally SET tickets = tickets - 1 WHERE (tier, team, assignee, bouncing, counted)
            = (old.tier, old.team, coalesce(old.assignee, ''), old.bounces > 0, old.counted);
    END
    """,
    """
    CREATE TRIGGER ticket_counted_again AFTER UPDATE ON ticket
    WHEN new.live = 1 AND (old.tier, old.team, old.assignee, old.bounces > 0, old.counted, old.live)
        IS NOT (new.tier, new.team, new.assignee, new.bounces > 0, new.counted, 1) BEGIN
        INSERT INTO tally (tier, team, assignee, bouncing, counted, tickets)
        VALUES (new.tier, new.team, coalesce(new.assignee, ''), new.bounces > 0, new.counted, 1)
        ON CONFLICT DO UPDATE SET tickets = tickets + 1;
    END
    """,
    # The latest moment at which anything was written or counted; a reader who looks from before it looks back.
    "CREATE TABLE moment (id INTEGER PRIMARY KEY CHECK (id = 1), at TEXT NOT NULL) STRICT",
    "INSERT INTO moment (id, at) VALUES (1, '')",
    """
    CREATE TABLE saved_queue (
        name TEXT PRIMARY KEY,
        filter TEXT NOT NULL,
        position INTEGER NOT NULL
    ) STRICT
    """,
)
