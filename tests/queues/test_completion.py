"""What a half-typed filter can go on with."""

import pytest

from tests.support.offices import Office
from workbench.queues.completion import completion, names_of


@pytest.mark.parametrize(
    ("text", "start", "choices"),
    [
        ("", 0, ()),
        ("vpn ", 4, ()),
        ("cl", 0, ("client:",)),
        ("vpn -un", 5, ("untouched:", "unanswered:")),
        ("client:", 7, ("contoso", "fabrikam", "none")),
        ("mail client:C", 12, ("contoso",)),
        ("client:contoso", 7, ()),
        ("client:contoso,f", 15, ("fabrikam",)),
        ("team:desk", 5, ("service-desk",)),
        ("who:chen", 4, ("maya",)),
        ("-is:gr", 4, ("graveyard",)),
        ("priority:<=p", 11, ("P1", "P2", "P3", "P4")),
        ('"exact wor', 0, ()),
        ('client:"fab', 7, ("fabrikam",)),
        ("age:>4", 5, ()),
        ("colour:", 7, ()),
    ],
)
def test_the_last_piece_is_completed(office: Office, text: str, start: int, choices: tuple[str, ...]) -> None:
    found = completion(text, names_of(office.desk().organisation.current()))
    assert (found.start, found.choices) == (start, choices)
