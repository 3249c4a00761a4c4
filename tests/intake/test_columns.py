"""Columns of other help desks' exports, guessed by their names."""

import pytest

from workbench.errors import InvalidInput, NotFound
from workbench.intake.columns import FIELDS, map_columns
from workbench.intake.records import TicketRecord
from workbench.intake.vocabulary import COLUMN_NAMES, PRIORITIES, STATES, plain, plain_word
from workbench.tickets.vocabulary import Priority, State

EXPORTS = {
    "Zendesk": """
        Id = external, Requester = contact, Requester email = not read, Ticket organization name = client, Group
        = team, Assignee = assignee, Subject = subject, Tags = tags, Status = state, Priority = priority,
        Created at = opened_at, Solved at = resolved_at
    """,
    "Freshdesk": """
        Ticket ID = external, Subject = subject, Status = state, Priority = priority, Agent = assignee, Group =
        team, Created time = opened_at, Resolved time = resolved_at, Closed time = closed_at, Full name =
        contact, Company Name = client, Tags = tags, Product = component
    """,
    "Jira Service Management": """
        Issue key = external, Issue id = not read, Summary = subject, Status = state, Priority = priority,
        Assignee = assignee, Reporter = contact, Created = opened_at, Resolved = resolved_at, Component/s =
        component, Labels = tags, Labels = tags, Description = body, Organizations = client, Custom field
        (Impact) = impact, Custom field (Urgency) = urgency
    """,
    "ServiceNow": """
        number = external, short_description = subject, description = body, state = state, priority = priority,
        impact = impact, urgency = urgency, company = client, caller_id = contact, assignment_group = team,
        assigned_to = assignee, cmdb_ci = component, opened_at = opened_at, resolved_at = resolved_at, closed_at
        = closed_at, hold_reason = waiting_reason
    """,
    "osTicket": """
        Ticket Number = external, Date Created = opened_at, Subject = subject, From = contact, From Email = not
        read, Priority = priority, Department = team, Help Topic = component, Current Status = state, Agent
        Assigned = assignee, Closed Date = closed_at
    """,
    "GLPI": """
        ID = external, Titre = subject, Entité = client, Statut = state, Date d'ouverture = opened_at, Priorité
        = priority, Demandeur - Demandeur = contact, Attribué à - Technicien = assignee, Attribué à - Groupe de
        techniciens = team, Catégorie = component, Date de résolution = resolved_at, Date de clôture = closed_at
    """,
    "Zammad": """
        number = external, title = subject, group = team, owner = assignee, customer = contact, organization =
        client, state = state, priority = priority, created_at = opened_at, close_at = closed_at, pending_time =
        waiting_until, tags = tags
    """,
    "Znuny": """
        TicketNumber = external, Title = subject, Created = opened_at, Closed = closed_at, State = state,
        Priority = priority, Queue = team, Owner = assignee, CustomerID = client, CustomerName = contact,
        Service = component
    """,
    "HubSpot": """
        Ticket ID = external, Ticket name = subject, Ticket description = body, Ticket status = state, Priority
        = priority, Create date = opened_at, Close date = closed_at, Ticket owner = assignee, Associated Company
        = client, Associated Contact = contact
    """,
    "Spiceworks": """
        Ticket Number = external, Summary = subject, Description = body, Status = state, Priority = priority,
        Assigned To = assignee, Created By = contact, Created On = opened_at, Closed On = closed_at, Category =
        component, Organization = client
    """,
}
"""What each tool calls its columns, and what they are to us."""


@pytest.mark.parametrize("tool", EXPORTS)
def test_the_usual_exports_are_understood(tool: str) -> None:
    pairs = [pair.split(" = ") for pair in " ".join(EXPORTS[tool].split()).split(", ")]
    found = map_columns([name for name, _ in pairs]).pairs()
    assert found == [(name, None if field == "not read" else field) for name, field in pairs]


def test_our_own_names_are_understood() -> None:
    names = [field for field in FIELDS if field != "number"]
    assert map_columns(["ref", *names]).pairs() == [("ref", "number"), *((name, name) for name in names)]


def test_the_better_of_two_columns_wins_and_it_is_told() -> None:
    mapping = map_columns(["Issue id", "Summary", "Issue key", "Component", "Component", "Watchers"])
    assert mapping.columns == {"external": 2, "subject": 1, "component": 3}
    assert mapping.ignored == ("Issue id", "Component", "Watchers")
    assert mapping.notes == (
        "'Issue id' could hold external too; 'Issue key' is read",
        "'Component' stands twice; component is read from the first, column 4",
    )


@pytest.mark.parametrize("chosen", [{}, {"tags": "labels"}])
def test_each_label_may_have_a_column_of_its_own(chosen: dict[str, str]) -> None:
    mapping = map_columns(["Summary", "Labels", "Labels", "Watchers", "Labels"], chosen)
    assert (mapping.columns["tags"], mapping.more_tags, mapping.notes) == (1, (2, 4), ())
    assert mapping.ignored == ("Watchers",)


def test_a_chosen_column_goes_before_any_guess() -> None:
    mapping = map_columns(["Subject", "What happened", "Group"], {"subject": "what happened", "team": ""})
    assert mapping.columns == {"subject": 1}


def test_wrong_choices_are_told_with_what_there_is() -> None:
    with pytest.raises(NotFound, match="did you mean subject"):
        map_columns(["Subject"], {"subjet": "Subject"})
    with pytest.raises(NotFound, match="did you mean Subject"):
        map_columns(["Subject"], {"body": "Subjct"})
    with pytest.raises(InvalidInput, match="the columns are A, B"):
        map_columns(["A", "B"])


def test_the_vocabulary_is_one_to_one() -> None:
    names = [name for known in COLUMN_NAMES.values() for name in known]
    assert len(names) == len(set(names))
    assert all(plain(name) == name for name in names)
    assert all(plain(word) == word for word in [*STATES, *PRIORITIES])
    assert set(FIELDS) <= set(TicketRecord._fields)


@pytest.mark.parametrize(
    ("word", "priority"),
    [
        ("1 - Critical", "P1"),
        ("3 - Moderate", "P3"),
        ("5 very high", "P1"),
        ("2 normal", "P3"),
        ("P2 - High", "P2"),
        ("Sev2", "P2"),
    ],
)
def test_a_rank_before_a_word_does_not_hide_the_word(word: str, priority: str) -> None:
    assert PRIORITIES.get(plain_word(word)) is Priority(priority)


@pytest.mark.parametrize(
    ("word", "state"),
    [
        ("Pending", "waiting"),
        ("On-hold", "waiting"),
        ("In Progress", "open"),
        ("Solved", "resolved"),
        ("Done", "resolved"),
        ("Canceled", "closed"),
        ("Won't Do", "closed"),
        ("En attente", "waiting"),
        ("pending auto close+", "closed"),
        ("New", "new"),
    ],
)
def test_the_usual_words_for_states(word: str, state: str) -> None:
    assert STATES[plain(word)][0] is State(state)
