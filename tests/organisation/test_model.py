"""Whose targets hold, and who carries support."""

from datetime import UTC, datetime

import pytest

from workbench.errors import NotFound
from workbench.organisation.model import (
    ALWAYS,
    Calendar,
    Client,
    Organisation,
    Person,
    Rotation,
    Settings,
    Team,
    Tier,
)
from workbench.organisation.register import Register

BERLIN = Calendar("berlin", "Europe/Berlin")
OFFICE = Calendar("office", "America/New_York")


@pytest.fixture
def organisation() -> Organisation:
    """Two tiers, three teams and two clients, some with targets and calendars of their own, some retired."""
    weekly = Rotation(datetime(2026, 3, 23, 9), 7 * 86_400, ("maya", "ravi"))  # noqa: DTZ001 - local time
    return Organisation(
        name="[b]Northwind[/]",
        zone="Europe/Berlin",
        settings=Settings(
            7, 90, 30, 7, 0.5, 0.8, {"P1": 0.25, "P2": 0.5, "P3": 1.0, "P4": 2.0}, 180, 60, True, 3, 1, 150.0
        ),
        calendars=Register("calendar", [BERLIN, OFFICE]),
        tiers=Register("tier", [Tier("L1", targets={"respond": 900, "resolve": 3600}), Tier("L2", calendar="office")]),
        people=Register("person", [Person("maya", "Maya"), Person("ravi", "Ravi"), Person("gone", "Gone", True)]),
        teams=Register(
            "team",
            [
                Team("old", "Old", "L1", retired=True),
                Team("frontline", "First", "L1", people=("maya", "ravi"), targets={"respond": 450}, rotation=weekly),
                Team("second", "Second", "L2", calendar="berlin", people=("maya",), rotation=weekly),
                Team("network", "Network", "L2"),
            ],
        ),
        clients=Register(
            "client", [Client("self", "Self"), Client("contoso", "C", "office", {"L1": {"resolve": None, "update": 7}})]
        ),
    )


@pytest.mark.parametrize(
    ("client", "team", "tier", "priority", "expected"),
    [
        (None, "frontline", "L1", "P3", (ALWAYS, 450, 3600, None)),
        ("self", "frontline", "L1", "P1", (ALWAYS, 113, 900, None)),
        ("contoso", "frontline", "L1", "P4", (OFFICE, 900, None, 14)),
        ("contoso", "second", "L2", "P3", (OFFICE, None, None, None)),
        ("self", "second", "L2", "P3", (BERLIN, None, None, None)),
        ("self", "network", "L2", "P3", (OFFICE, None, None, None)),
        ("self", "old", "L1", "P2", (ALWAYS, 450, 1800, None)),
    ],
)
def test_the_nearest_calendar_and_target_hold(
    organisation: Organisation,
    client: str | None,
    team: str,
    tier: str,
    priority: str,
    expected: tuple[Calendar, int | None, int | None, int | None],
) -> None:
    terms = organisation.terms(client, team, tier, priority)
    assert (terms.calendar, terms.respond, terms.resolve, terms.update) == expected


def test_a_wrong_name_is_told_the_nearest(organisation: Organisation) -> None:
    with pytest.raises(NotFound, match="did you mean frontline"):
        organisation.team("fronline")
    with pytest.raises(NotFound, match="P1, P2, P3, P4"):
        organisation.terms(None, "frontline", "L1", "urgent")
    with pytest.raises(NotFound, match="people are maya, ravi"):
        organisation.person("gone")
    assert organisation.person("gone", include_retired=True).name == "Gone"


def test_teams_and_their_people(organisation: Organisation) -> None:
    assert [team.slug for team in organisation.teams_of("maya")] == ["frontline", "second"]
    assert organisation.is_member("ravi", "frontline")
    assert not organisation.is_member("ravi", "nowhere")
    assert organisation.first_team("L1").slug == "frontline"
    with pytest.raises(NotFound):
        organisation.first_team("L9")


@pytest.mark.parametrize(
    ("at", "who", "handover"),
    [
        ("2026-03-23T07:59", None, "2026-03-23T08:00"),
        ("2026-03-23T08:00", "maya", "2026-03-30T07:00"),
        ("2026-03-30T06:59", "maya", "2026-03-30T07:00"),  # the clock has changed: nine is now seven in UTC
        ("2026-03-30T07:00", "ravi", "2026-04-06T07:00"),
        ("2026-10-26T07:59", "maya", "2026-10-26T08:00"),
        ("2026-10-26T08:00", "ravi", "2026-11-02T08:00"),
        ("9999-12-31T23:59", None, None),
        ("0001-01-01T00:00", None, None),
    ],
)
@pytest.mark.parametrize("team", ["frontline", "second"])
def test_support_is_handed_over_at_nine_local_time(
    organisation: Organisation, team: str, at: str, who: str | None, handover: str | None
) -> None:
    moment = datetime.fromisoformat(at).replace(tzinfo=UTC)
    assert organisation.on_support(team, moment) == who
    expected = datetime.fromisoformat(handover).replace(tzinfo=UTC) if handover else None
    assert organisation.next_handover(team, moment) == expected


def test_a_team_without_a_rotation_has_nobody_on_support(organisation: Organisation) -> None:
    assert organisation.on_support("network", datetime(2026, 11, 21, tzinfo=UTC)) is None


def test_a_daily_handover_within_the_hour_that_comes_twice_happens_once() -> None:
    rotation = Rotation(datetime(2026, 10, 20, 2, 30), 86_400, ("a", "b", "c", "d", "e", "f"))  # noqa: DTZ001 - local time
    moments = [datetime(2026, 10, 25, 0, minute, tzinfo=UTC) for minute in (0, 29, 30, 59)]
    later = [datetime(2026, 10, 25, 1, minute, tzinfo=UTC) for minute in (0, 29, 30, 59)]
    assert "".join(rotation.on_support(at, "Europe/Berlin") or "" for at in moments + later) == "eeffffff"
