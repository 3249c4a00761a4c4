"""A help desk with a small catalogue: a seam, a dispute, something nobody owns, and hostile text."""

import pytest

from tests.support.offices import HOSTILE, Office
from workbench.ownership.model import Component, ComponentKind, PathRule
from workbench.tickets.rules import Resolution

CATALOGUE = (
    Component(
        "vpn-gateway",
        ComponentKind.DEVICE,
        title=HOSTILE[2],
        description=HOSTILE[3],
        aliases=("VPN", "tunnel [/b]"),
        hosts=("vpn-*.corp.example",),
        urls=("https://vpn.corp.example/login",),
        paths=(PathRule("/etc/vpn/"), PathRule("*.pem", ("ines",)), PathRule("/tmp/", ())),
        signatures=("tunnel * timed out",),
        owners=("second-line",),
        needs=("identity", "network"),
    ),
    Component("identity", ComponentKind.PLATFORM, owners=("engineering",), needs=("vpn-gateway",)),
    Component("network", owners=("second-line",)),
    Component("payroll", ComponentKind.APPLICATION, owners=("service-desk", "engineering"), needs=("network",)),
    Component("printer", ComponentKind.DEVICE, aliases=("laser jet",), needs=("network",)),
)


@pytest.fixture
def catalogue(office: Office) -> Office:
    """The help desk with the catalogue, written by maya as one act."""
    office.desk().ownership.put_all(CATALOGUE)
    return office


def resolved_by(office: Office, who: str, component: str, **fields: str) -> int:
    """A ticket of a component that somebody opened and resolved; its number."""
    ref = office.open(who=who, component=component, **fields).ref
    office.desk(who).tickets.resolve(ref, Resolution("cause", "fix", "one-off"))
    return ref
