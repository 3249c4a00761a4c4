"""Since when the requesters of tickets that were reopened wait: since their first message that nobody has answered."""

_ANSWERED = """
    SELECT max(seq) FROM event AS answer
    WHERE answer.ticket_id = ticket.id AND answer.kind = 'commented' AND answer.public = 1
    AND NOT EXISTS (SELECT 1 FROM event AS back WHERE back.ticket_id = ticket.id AND back.undoes = answer.seq)
"""

STATEMENTS = (
    f"""
    UPDATE ticket SET unanswered_since = (
        SELECT min(at) FROM event AS asked
        WHERE asked.ticket_id = ticket.id AND asked.kind IN ('opened', 'replied')
        AND asked.seq > coalesce(({_ANSWERED}), 0)
        AND NOT EXISTS (SELECT 1 FROM event AS back WHERE back.ticket_id = ticket.id AND back.undoes = asked.seq)
    ) WHERE live = 1 AND reopens > 0
    """,
)
