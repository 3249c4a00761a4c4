"""The tickets of each person, and of nobody, that wait until a moment."""

STATEMENTS = (
    # By `ticket_woken` one would meet those of everybody first: few of them are one's own, and hardly any nobody's.
    """
    CREATE INDEX ticket_woken_assignee ON ticket (
        assignee, woken_due_at, priority, opened_at, id, wakes_at, tier, team, bounces, stale_at, grave_at
    )
    WHERE live = 1 AND wakes_at IS NOT NULL
    """,
)
