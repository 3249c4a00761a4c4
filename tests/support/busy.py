"""A help desk in the middle of its day: tickets of every stage, some waiting, bouncing, forgotten; hostile names."""

from datetime import timedelta

from tests.support.offices import HOSTILE, Office
from workbench.tickets.vocabulary import Impact, Urgency, WaitingFor

FORGOTTEN, LATE, WAITING, BOUNCED, FRESH = 1001, 1002, 1004, 1005, 1009


def make_busy(office: Office) -> None:
    """Opens and works tickets until it is a Monday afternoon."""
    maya, ravi, omar = (office.desk(who).tickets for who in ("maya", "ravi", "omar"))
    office.open("Badge printer of the old building")
    office.pass_time(days=98)
    late = office.open(HOSTILE[1], body="No VPN since nine.\n\nTried [twice].\x1b[2J", contact="Dana Reyes")
    ravi.take(late.ref)
    ravi.comment(late.ref, "Which client [version] is it?")
    office.pass_time(minutes=30)
    maya.reply(late.ref, "5.0.1, as always")
    open_second = office.open(HOSTILE[2], impact=Impact.EVERYONE, urgency=Urgency.BLOCKED)
    maya.move(open_second.ref, "second-line", "printers are theirs")
    waiting = office.open("Laptop has no sound", client="fabrikam")
    maya.take(waiting.ref)
    maya.wait(waiting.ref, WaitingFor.REQUESTER, "asked which laptop", office.clock.at + timedelta(days=2))
    bounced = office.open(HOSTILE[0], body="It does not answer to ping.", component="web01")
    maya.move(bounced.ref, "second-line", "a server")
    omar.move(bounced.ref, "frontline", "it is a monitor")
    office.pass_time(minutes=20)
    for subject in HOSTILE[3:6]:
        office.open(subject, body=subject)
        office.pass_time(minutes=4)
    office.open("共有フォルダが開けない", contact="佐藤")
