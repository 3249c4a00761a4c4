"""The oldest ticket of each queue, by whichever way it is found."""

from datetime import datetime

import pytest

from tests.support.offices import Office
from workbench.clock import stored
from workbench.queues import counting
from workbench.queues.model import QueueCount


@pytest.mark.parametrize("first", [0, 1, 4, 50])
def test_the_oldest_of_each_queue(busy: Office, first: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "_FIRST", first)
    queues = busy.desk().queues
    counts = queues.counts()
    queues.date(counts)
    assert {each.queue.name: each.oldest_at for each in counts} == {
        queue.name: min((stored(line.opened_at) for line in queues.select(queue.filter).page(100)), default=None)
        for queue in queues.queues()
    }


def test_it_is_told_once_for_a_count(busy: Office) -> None:
    queues = busy.desk().queues

    def dated(counted: QueueCount) -> datetime | None:
        queues.date([counted])
        return counted.oldest_at

    (count,) = queues.counts([queues.find("Unassigned")])
    assert count.oldest_at is None
    oldest = dated(count)
    assert oldest is not None
    for _ in range(count.open):
        queues.take_next("Unassigned")
    assert dated(count) == oldest
    assert dated(queues.counts([count.queue])[0]) is None
