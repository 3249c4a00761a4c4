"""What a ticket says that a command may ask for."""

import pytest

from tests.support.offices import Office
from workbench.organisation.model import Contact
from workbench.runbooks.runs.values import hosts_in, ticket_values


@pytest.mark.parametrize(
    ("text", "hosts"),
    [
        ("host [web01] down", ["web01"]),
        ("BRW-LT042 will not boot, nor will srv-db2.", ["BRW-LT042", "srv-db2"]),
        ("see server.log and 10.0.0.12, mail dana@contoso.example", ["10.0.0.12"]),
        ("https://checkout.contoso.com/pay fails", ["checkout.contoso.com"]),
        ("Server db2 slow, web01.prod.example.com too.", ["db2", "web01.prod.example.com"]),
        ("Windows 11 KB5034441 on office365, log4j 1.2.17, utf-8, TLS 1.3", []),
        ("covid-19, part-time, 2026-11-20, PRB-7, e.g. ASP.NET, node.js, C:\\web01\\x.txt, /var/web01", []),
        ("300.1.1.1 and 1.2.3.4.5", []),
    ],
)
def test_hosts_are_found_in_text(text: str, hosts: list[str]) -> None:
    assert list(hosts_in(text)) == hosts


@pytest.mark.timeout(20)
@pytest.mark.parametrize("piece", ["a", "a-", "a.", "a1-", "web01@x", "1.", "https://"])
def test_no_text_takes_long(piece: str) -> None:
    assert len(list(hosts_in(piece * 50_000))) < 10


def test_what_the_ticket_knows(office: Office) -> None:
    ticket = office.open("host web01 down", contact="Dana Reyes", component="vpn")
    values = ticket_values(ticket, Contact(1, "contoso", "Dana Reyes", "dana@contoso.example"), "maya")
    assert values == {
        "ref": "1001", "client": "contoso", "contact": "Dana Reyes", "component": "vpn", "priority": "P3",
        "team": "frontline", "me": "maya", "email": "dana@contoso.example", "user": "dana",
        "host": "web01",
    }  # fmt: skip


def test_what_cannot_be_shown_exactly_is_asked_for(office: Office) -> None:
    ticket = office.open("x", contact="Dana \x1b[2J", component="a\u202eb")
    assert not ticket_values(ticket, None, "maya").keys() & {"contact", "component", "host", "user"}
