"""Finding people, teams, clients and contacts by a few letters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.offices import Office
from workbench.organisation.naming import named_like

NAMES = ("Maya Chen", "Ravi Menon", "Chen Amaya", "Jörg Müller", "michael", "Omar Haddad", "Anne-Marie O'Neil")

LIKE = {
    "": NAMES,
    "maya chen": ("Maya Chen",),
    "ma": ("Maya Chen", "Anne-Marie O'Neil", "Chen Amaya", "Omar Haddad", "michael"),
    "mc": ("Maya Chen", "michael"),
    "che": ("Chen Amaya", "Maya Chen", "michael"),
    "muller": ("Jörg Müller",),
    "JÖRG": ("Jörg Müller",),
    "amo": ("Anne-Marie O'Neil", "Ravi Menon"),
    " rm ": ("Ravi Menon", "Jörg Müller"),
    "ohd": ("Omar Haddad",),
    "zz": (),
    "[/b]": (),
}


@pytest.mark.parametrize(("letters", "found"), LIKE.items(), ids=LIKE)
def test_the_likest_name_comes_first(letters: str, found: tuple[str, ...]) -> None:
    assert tuple(named_like(letters, NAMES, lambda name: [name])) == found


@given(st.text(max_size=8), st.lists(st.text(max_size=20)))
def test_any_letters_find_some_of_the_names_each_once(letters: str, names: list[str]) -> None:
    found = named_like(letters, range(len(names)), lambda place: [names[place]])
    assert len(set(found)) == len(found) <= len(names)
    assert not names or named_like(names[0], range(len(names)), lambda place: [names[place]])


def test_each_kind_is_found_by_key_and_by_name(office: Office) -> None:
    organisation = office.desk().organisation
    assert [person.login for person in organisation.people_like("mc")] == ["maya"]
    assert [team.slug for team in organisation.teams_like("sl")] == ["second-line", "frontline"]
    assert [client.slug for client in organisation.clients_like("co")] == ["contoso"]
    organisation.ensure_contact("contoso", "Dana Reyes", "dreyes@contoso.example")
    organisation.ensure_contact("contoso", "Ann Dan")
    organisation.ensure_contact("fabrikam", "Dana Fab")
    assert [contact.name for contact in organisation.contacts_like("contoso", "dan")] == ["Dana Reyes", "Ann Dan"]
    assert [contact.name for contact in organisation.contacts_like("contoso", "dreyes")] == ["Dana Reyes"]
    assert [contact.name for contact in organisation.contacts_like("contoso", "")] == ["Ann Dan", "Dana Reyes"]
