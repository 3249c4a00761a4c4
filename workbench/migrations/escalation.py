"""Hand-offs with their forms and what became of them, and swarms with those who help."""

STATEMENTS = (
    # One row for each hand-off that was sent; the form is what the sender said, `missing` what was required and not
    # said then, `owed` what of it is still to come.
    """
    CREATE TABLE handoff (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        ticket_id INTEGER NOT NULL REFERENCES ticket (id),
        seq INTEGER NOT NULL,
        from_team TEXT NOT NULL REFERENCES team (slug),
        to_team TEXT NOT NULL REFERENCES team (slug),
        to_person TEXT REFERENCES person (login),
        direction TEXT NOT NULL CHECK (direction IN ('up', 'sideways', 'swarm')),
        category TEXT,
        form TEXT NOT NULL CHECK (json_valid(form)),
        required INTEGER NOT NULL,
        missing TEXT NOT NULL CHECK (json_valid(missing)),
        owed TEXT NOT NULL CHECK (json_valid(owed)),
        sent_by TEXT NOT NULL,
        sent_at TEXT NOT NULL,
        status TEXT NOT NULL CHECK (status IN ('sent', 'accepted', 'returned', 'withdrawn')),
        ended_seq INTEGER,
        ended_by TEXT,
        ended_at TEXT,
        code TEXT CHECK (code IN ('wrong_owner', 'information_missing', 'known_problem', 'l1_can_do')),
        words TEXT,
        avoidable TEXT CHECK (avoidable IN ('access', 'runbook', 'context', 'no')),
        UNIQUE (ticket_id, seq),
        CHECK ((status IN ('accepted', 'returned')) = (ended_seq IS NOT NULL)),
        CHECK ((status = 'returned') = (code IS NOT NULL))
    ) STRICT
    """,
    "CREATE INDEX handoff_standing ON handoff (status, sent_at) WHERE status = 'sent' OR owed <> '[]'",
    "CREATE INDEX handoff_sent ON handoff (sent_at)",
    # Whoever takes or resolves it as one of the receivers has accepted it.
    """
    CREATE TRIGGER handoff_accepted AFTER INSERT ON event
    WHEN new.responds = 1 AND new.kind IN ('accepted', 'taken', 'resolved') BEGIN
        UPDATE handoff SET status = 'accepted', ended_seq = new.seq, ended_by = new.who, ended_at = new.at
        WHERE ticket_id = new.ticket_id AND status = 'sent';
    END
    """,
    """
    CREATE TRIGGER handoff_judged AFTER INSERT ON event
    WHEN new.kind = 'resolved' AND new.after ->> 'avoidable' IS NOT NULL BEGIN
        UPDATE handoff SET avoidable = new.after ->> 'avoidable'
        WHERE ticket_id = new.ticket_id AND (status = 'accepted' OR status = 'sent' AND new.responds = 1);
    END
    """,
    # An event that is taken back takes back what it made of a hand-off.
    """
    CREATE TRIGGER handoff_taken_back AFTER INSERT ON event WHEN new.undoes IS NOT NULL BEGIN
        UPDATE handoff SET status = 'withdrawn', owed = '[]', ended_seq = NULL, ended_by = NULL, ended_at = NULL
        WHERE ticket_id = new.ticket_id AND seq = new.undoes;
        UPDATE handoff
        SET status = 'sent', ended_seq = NULL, ended_by = NULL, ended_at = NULL, code = NULL, words = NULL
        WHERE ticket_id = new.ticket_id AND ended_seq = new.undoes;
        UPDATE handoff SET avoidable = (
            SELECT after ->> 'avoidable' FROM event AS judged
            WHERE ticket_id = new.ticket_id AND kind = 'resolved' AND after ->> 'avoidable' IS NOT NULL
            AND seq >= handoff.ended_seq
            AND NOT EXISTS (SELECT 1 FROM event WHERE ticket_id = new.ticket_id AND undoes = judged.seq)
            ORDER BY seq DESC LIMIT 1
        ) WHERE ticket_id = new.ticket_id AND avoidable IS NOT NULL;
        UPDATE handoff SET owed = (
            SELECT json_group_array(lacking.value) FROM json_each(
                CASE status WHEN 'returned' THEN coalesce(
                    (SELECT after -> '$.fields' FROM event WHERE ticket_id = new.ticket_id AND seq = ended_seq), '[]'
                ) ELSE missing END
            ) AS lacking WHERE lacking.value NOT IN (
                SELECT filled.value FROM event JOIN json_each(event.after, '$.filled') AS filled
                WHERE event.ticket_id = new.ticket_id AND event.kind = 'completed'
                AND event.seq > CASE status WHEN 'returned' THEN ended_seq ELSE handoff.seq END
            )
        ) WHERE id = (
            SELECT id FROM handoff WHERE ticket_id = new.ticket_id AND status <> 'withdrawn' ORDER BY seq DESC LIMIT 1
        );
    END
    """,
    """
    CREATE TABLE swarm (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        ticket_id INTEGER NOT NULL REFERENCES ticket (id),
        seq INTEGER NOT NULL,
        driver TEXT NOT NULL REFERENCES person (login),
        why TEXT NOT NULL CHECK (why <> ''),
        components TEXT NOT NULL CHECK (json_valid(components)),
        started_by TEXT NOT NULL,
        started_at TEXT NOT NULL,
        closed_seq INTEGER,
        closed_by TEXT,
        closed_at TEXT,
        learning TEXT,
        withdrawn INTEGER NOT NULL DEFAULT 0 CHECK (withdrawn IN (0, 1)),
        UNIQUE (ticket_id, seq),
        CHECK ((closed_seq IS NULL) = (learning IS NULL))
    ) STRICT
    """,
    "CREATE UNIQUE INDEX swarm_open ON swarm (ticket_id) WHERE closed_seq IS NULL AND withdrawn = 0",
    """
    CREATE TABLE swarm_helper (
        swarm INTEGER NOT NULL REFERENCES swarm (id),
        person TEXT NOT NULL REFERENCES person (login),
        team TEXT NOT NULL REFERENCES team (slug),
        joined_seq INTEGER NOT NULL,
        joined_at TEXT NOT NULL,
        left_seq INTEGER,
        left_at TEXT,
        PRIMARY KEY (swarm, person, joined_seq)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TRIGGER swarm_taken_back AFTER INSERT ON event WHEN new.undoes IS NOT NULL BEGIN
        UPDATE swarm SET withdrawn = 1 WHERE ticket_id = new.ticket_id AND seq = new.undoes;
        UPDATE swarm_helper SET left_seq = NULL, left_at = NULL
        WHERE left_seq = new.undoes AND swarm IN (SELECT id FROM swarm WHERE ticket_id = new.ticket_id);
        UPDATE swarm SET closed_seq = NULL, closed_by = NULL, closed_at = NULL, learning = NULL
        WHERE ticket_id = new.ticket_id AND closed_seq = new.undoes;
        UPDATE swarm SET driver = new.before ->> '$.drives.was'
        WHERE ticket_id = new.ticket_id AND closed_seq IS NULL AND new.before ->> '$.drives.was' IS NOT NULL;
        DELETE FROM swarm_helper
        WHERE joined_seq = new.undoes AND swarm IN (SELECT id FROM swarm WHERE ticket_id = new.ticket_id);
    END
    """,
    *(
        f"""
        CREATE TRIGGER generation_of_{table}_{change.lower()} AFTER {change} ON {table} BEGIN
            UPDATE generation SET number = number + 1;
        END
        """
        for table, change in (("handoff", "INSERT"), ("handoff", "UPDATE"), ("swarm", "UPDATE"))
    ),
)
