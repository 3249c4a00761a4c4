"""What a session does while others wait for it: no first act loads modules with the lock in its hands."""

import pytest

from tests.support.offices import Office
from tests.support.sessions import finish, sessions, tell

_ACT = """
from workbench.clock import SystemClock
from workbench.database.lock import FileLock
from workbench.desk import Desk
from workbench.tickets.model import NewTicket
from workbench.tickets.vocabulary import Priority, WaitingFor

known = set()
acquire, release = FileLock.acquire, FileLock.release

def acquired(lock, *rest, **more):
    had = acquire(lock, *rest, **more)
    known.update(sys.modules)
    return had

def released(lock):
    print(*sorted(set(sys.modules) - known))
    release(lock)

act = eval("lambda desk, tickets: " + sys.stdin.readline())
with Desk.open(path, SystemClock(), "maya") as desk:
    FileLock.acquire, FileLock.release = acquired, released
    act(desk, desk.tickets)
    FileLock.acquire, FileLock.release = acquire, release
"""


@pytest.mark.parametrize(
    "act",
    [
        "tickets.open(NewTicket('printer jams'))",
        "desk.queues.take_next('L1')",
        "tickets.take(1002)",
        "tickets.assign(1002, 'ravi')",
        "tickets.comment(1002, 'looking')",
        "tickets.note(1002, 'fuse')",
        "tickets.reply(1002, 'hello?')",
        "tickets.prioritise(1002, Priority.P1, 'boss')",
        "tickets.move(1002, 'second-line', 'theirs')",
        "tickets.wait(1002, WaitingFor.VENDOR, 'part')",
        "tickets.set_component(1002, 'vpn')",
        "tickets.resolve(1002)",
        "tickets.reopen(1003, 'again')",
        "tickets.undo()",
    ],
)
def test_a_first_act_loads_nothing_while_others_wait(office: Office, act: str) -> None:
    desk = office.desk()
    for _ in range(3):
        office.open()
    desk.tickets.resolve(1003)
    desk.tickets.take(1001)
    with sessions(_ACT, office.path, 1) as [process]:
        tell(process, act)
        loaded = finish(process)
    assert loaded.split() == []
    assert loaded, "the lock was had"
