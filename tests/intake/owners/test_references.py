"""How Backstage and CODEOWNERS name entities and owners."""

import pytest

from workbench.intake.owners.model import Means, Place
from workbench.intake.owners.references import backstage_owner, code_owner, path_owner, plain_owner, reference

HERE = Place("f", 1)


@pytest.mark.parametrize(
    ("text", "kind", "told"),
    [
        ("petstore", "api", "api:default/petstore"),
        ("component:petstore", "api", "component:default/petstore"),
        ("ops/Petstore", "api", "api:ops/petstore"),
        ("API:Ops/petstore", "", "api:ops/petstore"),
        (" petstore ", "", ":default/petstore"),
        ("", "api", None),
        ("component:", "api", None),
        (":petstore", "api", None),
        ("a/b/c", "api", None),
        ("a:b:c", "api", None),
        ("two words", "api", None),
        ("/petstore", "api", None),
    ],
)
def test_an_entity_is_told_by_kind_namespace_and_name(text: str, kind: str, told: str | None) -> None:
    found = reference(text, kind)
    assert (None if found is None else str(found)) == told


@pytest.mark.parametrize(
    ("text", "keys", "means"),
    [
        ("team-a", ("team-a",), Means.TEAM),
        ("group:default/Team-A", ("Team-A",), Means.TEAM),
        ("group:ops/team-a", ("team-a", "ops-team-a"), Means.TEAM),
        ("user:guest", ("guest",), Means.PERSON),
        ("user:default/guest", ("guest",), Means.PERSON),
        ("component:x", None, None),
        ("a b", None, None),
    ],
)
def test_backstage_names_groups_and_users(text: str, keys: tuple[str, ...] | None, means: Means | None) -> None:
    found = backstage_owner(text, HERE)
    assert (found and found.keys, found and found.means) == (keys, means)


def test_an_owner_without_a_namespace_is_of_the_entitys() -> None:
    found = backstage_owner("team-a", HERE, "ops")
    assert found
    assert found.keys == ("team-a", "ops-team-a")


@pytest.mark.parametrize(
    ("text", "keys", "means"),
    [
        ("@acme/core", ("core", "acme-core"), Means.TEAM),
        ("@acme/infra/core", ("core", "acme-infra-core"), Means.TEAM),
        ("@maya", ("maya",), Means.HANDLE),
        ("maya@x.example", ("maya@x.example",), Means.PERSON),
        ("maya", None, None),
        ("@", None, None),
        ("@@developer", None, None),
        ("@a/", None, None),
        ("a@b@c", None, None),
    ],
)
def test_codeowners_names_teams_and_people(text: str, keys: tuple[str, ...] | None, means: Means | None) -> None:
    found = code_owner(text, HERE)
    assert (found and found.keys, found and found.means) == (keys, means)


@pytest.mark.parametrize(
    ("text", "means"),
    [("payments", Means.ANYBODY), ("IT team", Means.ANYBODY), ("@x/y", Means.TEAM), ("a@b.example", Means.PERSON)],
)
def test_a_table_names_owners_as_people_write_them(text: str, means: Means) -> None:
    assert plain_owner(text, HERE).means is means


@pytest.mark.parametrize(
    ("text", "key", "means"),
    [
        ("core", "core", Means.HANDLE),
        ("acme/core", "core", Means.TEAM),
        ("a@b.example", "a@b.example", Means.PERSON),
        ("IT team", "IT team", Means.HANDLE),
    ],
)
def test_a_path_names_owners_without_their_at(text: str, key: str, means: Means) -> None:
    found = path_owner(text, HERE)
    assert (found.keys[0], found.means) == (key, means)
