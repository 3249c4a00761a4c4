"""An organisation with every support model, and a form that says everything."""

from dataclasses import replace

import pytest

from workbench.database import Database
from workbench.escalation.model import Category, Diagnostic, Direction, Form, StepTaken
from workbench.organisation.model import Organisation, Person, SupportModel, Team, Tier
from workbench.organisation.register import Register
from workbench.organisation.service import OrganisationService


@pytest.fixture
def organisation(database: Database) -> Organisation:
    """Three tiers (and one that is retired), a team of each support model, and two people."""
    return replace(
        OrganisationService(database).current(),
        tiers=Register("tier", [Tier("L0", retired=True), Tier("L1"), Tier("L2"), Tier("L3")]),
        people=Register("person", [Person("maya", "Maya"), Person("dana", "Dana")]),
        teams=Register(
            "team",
            [
                Team("frontline", "First line", "L1", people=("maya",)),
                Team("desk-two", "Other desk", "L1"),
                Team("network", "Network", "L2"),
                Team("apps", "Apps", "L2", SupportModel.EMBEDDED),
                Team("platform", "Platform", "L3", SupportModel.SWARMING),
                Team("payments", "Payments", "L3", SupportModel.RUN, people=("dana",)),
                Team("engineering", "Engineering", "L3"),
            ],
        ),
    )


@pytest.fixture
def whole() -> Form:
    """A form that says everything."""
    return Form(
        direction=Direction.UP,
        to="engineering",
        why_up="they asked for it",
        category=Category.SUSPECTED_DEFECT,
        words="the queue [/b] grows",
        summary="Mail is late",
        impact="client",
        urgency="blocked",
        steps=(StepTaken("restarted", "failed", "no change"),),
        diagnostics=(Diagnostic("queue length", "4012", "14:05"),),
        error_message="451 4.3.0",
        error_at="2026-11-20T13:00:00Z",
        reproduction="send a mail",
        account="dana@contoso.example",
        permissions="standard",
        environment="Exchange",
        version="15.2",
        recent_changes="update on Tuesday",
        recent_actions="none",
        components=("mail-relay",),
        lead="dana",
    )
