"""Links, matches and hand-offs as events tell them, also where something was taken back or changed once more."""

_LINKED = """
    SELECT ticket_id, after ->> 'problem', seq, who, at FROM event AS last
    WHERE {which} AND last.kind <> 'unlinked' AND seq = (
        SELECT max(seq) FROM event AS told
        WHERE told.ticket_id = last.ticket_id AND told.undoes IS NULL
        AND (told.kind = 'unlinked' OR told.after ->> 'problem' IS NOT NULL)
        AND NOT EXISTS (SELECT 1 FROM event WHERE ticket_id = told.ticket_id AND undoes = told.seq)
    )
"""
"""Each ticket's last link, if it stands and nobody has taken it away."""

STATEMENTS = (
    "DROP TRIGGER problem_unlinked",
    """
    CREATE TRIGGER problem_unlinked AFTER INSERT ON event WHEN new.kind = 'unlinked' BEGIN
        DELETE FROM problem_link WHERE ticket_id = new.ticket_id;
    END
    """,
    # What is taken back may have been a link, one in the place of another, or the end of one.
    f"""
    CREATE TRIGGER problem_link_taken_back AFTER INSERT ON event WHEN new.undoes IS NOT NULL BEGIN
        DELETE FROM problem_link WHERE ticket_id = new.ticket_id;
        INSERT INTO problem_link (ticket_id, problem, seq, who, at)
        {_LINKED.format(which="last.ticket_id = new.ticket_id")};
    END
    """,
    "DELETE FROM problem_link WHERE ticket_id IN (SELECT ticket_id FROM event WHERE undoes IS NOT NULL)",
    f"""
    INSERT INTO problem_link (ticket_id, problem, seq, who, at)
    {_LINKED.format(which="last.ticket_id IN (SELECT ticket_id FROM event WHERE undoes IS NOT NULL)")}
    """,
    # Who accepts takes what was handed to their own team, and not what still waits at another.
    "DROP TRIGGER handoff_accepted",
    """
    CREATE TRIGGER handoff_accepted AFTER INSERT ON event
    WHEN new.responds = 1 AND new.kind IN ('accepted', 'taken', 'resolved') BEGIN
        UPDATE handoff SET status = 'accepted', ended_seq = new.seq, ended_by = new.who, ended_at = new.at
        WHERE status = 'sent' AND id = (
            SELECT id FROM handoff WHERE ticket_id = new.ticket_id AND status <> 'withdrawn' ORDER BY seq DESC LIMIT 1
        );
    END
    """,
    # That a ticket matched, from when until when: a rule that is changed ends a match, and one that is changed back
    # begins another. What the present rule matches has no end, and only once.
    "ALTER TABLE problem_match RENAME TO problem_match_without_end",
    """
    CREATE TABLE problem_match (
        ticket_id INTEGER NOT NULL REFERENCES ticket (id),
        problem INTEGER NOT NULL REFERENCES problem (id),
        at TEXT NOT NULL,
        until TEXT CHECK (until > at),
        PRIMARY KEY (ticket_id, problem, at)
    ) STRICT, WITHOUT ROWID
    """,
    "INSERT INTO problem_match (ticket_id, problem, at) SELECT ticket_id, problem, at FROM problem_match_without_end",
    "DROP TABLE problem_match_without_end",
    "CREATE UNIQUE INDEX problem_match_problem ON problem_match (problem, ticket_id, coalesce(until, ''))",
    """
    CREATE TRIGGER generation_of_problem_match_insert AFTER INSERT ON problem_match BEGIN
        UPDATE generation SET number = number + 1;
    END
    """,
    # What is done to problems is numbered together with the acts on tickets; what is only recorded has no number.
    "ALTER TABLE problem_event ADD COLUMN act INTEGER",
    "CREATE INDEX problem_event_act ON problem_event (who, act) WHERE act IS NOT NULL",
    # A problem's number and a ticket's are two things.
    "UPDATE OR REPLACE draft SET kind = 'problem fix' WHERE kind = 'fix' AND json_type(fields, '$.answer') IS NOT NULL",
)
