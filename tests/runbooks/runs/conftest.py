"""A help desk with a runbook of three steps and a ticket to run it on."""

import pytest

from tests.support.offices import HOSTILE, Office
from workbench.runbooks.runs.service import RunService

VPN = """---
title: VPN [/b] drops
---
1. Look at the gateway

   ```sh
   ping -c 1 {{host}} && echo "{{client}} {{serial}}"
   ```
2. Restart the agent [@click=app.quit]x[/]
3. Ask the carrier
"""


@pytest.fixture
def ticket(office: Office) -> int:
    """A ticket about host web01, and the runbook that helps."""
    office.desk().runbooks.create("vpn", VPN)
    return office.open(HOSTILE[0], contact="Dana").ref


@pytest.fixture
def runs(office: Office, ticket: int) -> RunService:
    """What maya does."""
    return office.desk().runs


@pytest.fixture
def others(office: Office, ticket: int) -> RunService:
    """What ravi does."""
    return office.desk("ravi").runs
