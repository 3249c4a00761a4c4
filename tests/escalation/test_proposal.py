"""Which way the form proposes to go."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from workbench.escalation.model import Direction
from workbench.escalation.proposal import OpenSeam, OwnerKnown, propose
from workbench.organisation.model import Organisation, Team
from workbench.organisation.register import Register
from workbench.tickets.model import Ticket
from workbench.tickets.vocabulary import Impact, Priority, State, Urgency

AT = datetime(2026, 3, 2, 10, tzinfo=UTC)
TICKET = Ticket(
    1042, "Mail is late", "", State.OPEN, "L1", "frontline", Priority.P3, Impact.ONE, Urgency.HAMPERED, AT, AT, AT, AT
)
UP, SIDEWAYS, SWARM = Direction
P3, P1 = Priority.P3, Priority.P1


@pytest.mark.parametrize(
    ("at", "priority", "owners", "expected", "because"),
    [
        (("frontline", "L1"), P3, None, (UP, "network"), "L2 comes next"),
        (("network", "L2"), P3, None, (UP, "platform"), "L3 comes next"),
        (("engineering", "L3"), P3, None, (SIDEWAYS, ""), "name who has to"),
        (("engineering", "L3"), P1, None, (SWARM, ""), "P1 at the last tier"),
        (("frontline", "L1"), P3, (), (UP, "network"), "no other team"),
        (("frontline", "L1"), P3, ("frontline",), (UP, "network"), "no other team"),
        (("frontline", "L1"), P3, ("network",), (UP, "network"), "network owns mail and takes it by tiers"),
        (("frontline", "L1"), P3, ("engineering",), (UP, "engineering"), "by tiers"),
        (("engineering", "L3"), P3, ("network",), (SIDEWAYS, "network"), "network owns mail"),
        (("frontline", "L1"), P3, ("desk-two",), (SIDEWAYS, "desk-two"), "owns mail"),
        (("frontline", "L1"), P3, ("apps",), (SIDEWAYS, "apps"), "within the team"),
        (("frontline", "L1"), P3, ("payments",), (SIDEWAYS, "payments"), "who builds it runs it"),
        (("frontline", "L1"), P3, ("platform",), (UP, "platform"), "by tiers"),
        (("frontline", "L1"), P1, ("platform",), (SWARM, "platform"), "swarms on what is P1"),
        (("frontline", "L1"), P3, ("network", "apps"), (SIDEWAYS, "network"), "claimed by network and apps"),
        (("network", "L2"), P3, ("network", "apps"), (SIDEWAYS, "apps"), "claimed by"),
        (("frontline", "L1"), P1, ("network", "apps"), (SWARM, ""), "claimed by"),
    ],
)
def test_the_owner_by_their_support_model_else_one_tier_up(
    organisation: Organisation,
    at: tuple[str, str],
    priority: Priority,
    owners: tuple[str, ...] | None,
    expected: tuple[Direction, str],
    because: str,
) -> None:
    ticket = TICKET._replace(team=at[0], tier=at[1], priority=priority)
    proposal = propose(ticket, organisation, OwnerKnown("mail", owners) if owners is not None else None)
    assert (proposal.direction, proposal.to) == expected
    assert because in proposal.because


def test_a_tier_without_a_team_is_passed_over_and_an_owner_who_is_gone_owns_nothing(organisation: Organisation) -> None:
    teams = [team for team in organisation.teams if team.tier != "L2"]
    fewer = replace(organisation, teams=Register("team", [*teams, Team("old", "Old", "L2", retired=True)]))
    for owner in (None, OwnerKnown("mail", ("old",)), OwnerKnown("mail", ("unheard-of",))):
        proposal = propose(TICKET, fewer, owner)
        assert (proposal.direction, proposal.to) == (UP, "platform")
    alone = replace(organisation, teams=Register("team", [team for team in teams if team.tier == "L1"]))
    assert propose(TICKET, alone).direction is SIDEWAYS


def test_what_is_pressing_and_lies_on_an_open_seam_is_swarmed(organisation: Organisation) -> None:
    seam, owner = OpenSeam(("mail", "identity"), ("network", "apps")), OwnerKnown("mail", ("network",))
    pressing = propose(TICKET._replace(priority=Priority.P2), organisation, owner, seam)
    assert (pressing.direction, pressing.to) == (SWARM, "")
    assert "network and apps" in pressing.because
    assert propose(TICKET, organisation, owner, seam).direction is UP
