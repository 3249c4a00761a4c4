"""A filter as what is asked for, and what the list shows of it."""

from tests.support.offices import Office
from workbench.queues.finding import Search
from workbench.queues.store import Order


def search(office: Office, text: str) -> Search:
    """What maya asks for with that filter, the most urgent first."""
    queues = office.desk().queues
    return Search(queues.parse(text), Order.URGENCY, False, office.clock.at, "maya", queues.tickets.limits)


def numbers(office: Office, text: str) -> list[int]:
    """The tickets that the list shows for that filter, in its order."""
    return [line.ref for line in office.desk().queues.select(office.desk().queues.parse(text)).page(100)]
