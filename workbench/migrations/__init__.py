"""How the file came to its present shape, step by step; a step that has landed never changes."""

from sqlite_utils import Database, Migrations

from workbench.migrations import (
    as_told,
    escalation,
    organisation,
    own_queues,
    ownership,
    personal,
    practice,
    problems,
    reopened,
    reports,
    runbooks,
    tickets,
    waking,
)

migrations = Migrations("workbench")


@migrations()
def m001_organisation(db: Database) -> None:
    """Tiers, teams, people, clients, contacts, calendars, targets, and the settings with their defaults."""
    for statement in organisation.STATEMENTS:
        db.execute(statement)


@migrations()
def m002_tickets(db: Database) -> None:
    """Tickets with their events and stays, how they are counted, and the words they are found by."""
    for statement in tickets.STATEMENTS:
        db.execute(statement)


@migrations()
def m003_personal(db: Database) -> None:
    """What each person keeps, and the count by which a session sees that the work, and not only this, has changed."""
    for statement in personal.STATEMENTS:
        db.execute(statement)


@migrations()
def m004_ownership(db: Database) -> None:
    """Components with their owners, names and patterns, how they hang together, and every change of that."""
    for statement in ownership.STATEMENTS:
        db.execute(statement)


@migrations()
def m005_runbooks(db: Database) -> None:
    """Runbooks with every version of their text, and the runs that were made of them."""
    for statement in runbooks.STATEMENTS:
        db.execute(statement)


@migrations()
def m006_escalation(db: Database) -> None:
    """Hand-offs with their forms and what became of them, and swarms with those who help."""
    for statement in escalation.STATEMENTS:
        db.execute(statement)


@migrations()
def m007_problems(db: Database) -> None:
    """Problems with the rules that recognise them, the tickets that match, and those that are linked."""
    for statement in problems.STATEMENTS:
        db.execute(statement)


@migrations()
def m008_reports(db: Database) -> None:
    """Each resolve with the way to it, how first responses went, and the figures kept for later."""
    for statement in reports.STATEMENTS:
        db.execute(statement)


@migrations()
def m009_practice(db: Database) -> None:
    """Sessions of practice with the tickets that they bring; empty in a live file."""
    for statement in practice.STATEMENTS:
        db.execute(statement)


@migrations()
def m010_waking(db: Database) -> None:
    """The tickets of each person, and of nobody, that wait until a moment."""
    for statement in waking.STATEMENTS:
        db.execute(statement)


@migrations()
def m011_as_told(db: Database) -> None:
    """Links, matches and hand-offs as events tell them, also where something was taken back or changed once more."""
    for statement in as_told.STATEMENTS:
        db.execute(statement)


@migrations()
def m012_own_queues(db: Database) -> None:
    """Saved queues as what each person has saved."""
    for statement in own_queues.STATEMENTS:
        db.execute(statement)


@migrations()
def m013_reopened(db: Database) -> None:
    """Since when the requesters of tickets that were reopened wait for an answer."""
    for statement in reopened.STATEMENTS:
        db.execute(statement)
