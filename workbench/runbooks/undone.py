"""What was taken back of runs, in SQL: with its event on the ticket an act of a run is undone."""


def taken_back(when: str = "TRUE", *, ticket: str = "run.ticket_id") -> str:
    """Whether the act in a row of `run_act` was taken back, by an event of its `ticket` of which `when` holds."""
    return f"""EXISTS (
        SELECT 1 FROM event WHERE event.ticket_id = {ticket} AND event.undoes = run_act.event_seq AND {when}
    )"""
