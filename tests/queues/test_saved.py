"""Saved queues: their order, their names, and their end."""

from functools import partial

import pytest

from tests.support.offices import SETUP, Office
from workbench.errors import InvalidInput, NotFound, Refused
from workbench.organisation.service import OrganisationService
from workbench.queues.service import QueueService


@pytest.fixture
def queues(office: Office) -> QueueService:
    """Maya's queues with four saved ones."""
    queues = office.desk().queues
    for name in ("Hot", "[/b] Old", "Theirs", "Last"):
        queues.save(name, "tier:L1")
    return queues


def saved(queues: QueueService) -> list[str]:
    return [queue.name for queue in queues.queues() if queue.kind == "saved"]


@pytest.mark.parametrize(
    ("name", "place", "order"),
    [
        ("Last", 1, ["Last", "Hot", "[/b] Old", "Theirs"]),
        ("hot", 3, ["[/b] Old", "Theirs", "Hot", "Last"]),
        ("Hot", 99, ["[/b] Old", "Theirs", "Last", "Hot"]),
        ("Theirs", -3, ["Theirs", "Hot", "[/b] Old", "Last"]),
        ("Theirs", 3, ["Hot", "[/b] Old", "Theirs", "Last"]),
    ],
)
def test_a_queue_is_moved_to_a_place(queues: QueueService, name: str, place: int, order: list[str]) -> None:
    queues.move(name, place)
    assert saved(queues) == order
    queues.save("New", "tier:L2")
    queues.save("HOT", "tier:L3")
    assert saved(queues) == [*order, "New"], "a new one comes last, one that is there keeps place and name"
    assert queues.find("hot").filter.text == "tier:L3"


def test_a_queue_is_renamed_in_its_place(queues: QueueService) -> None:
    queues.rename("[/b] Old", " Cold ")
    assert saved(queues) == ["Hot", "Cold", "Theirs", "Last"]
    queues.rename("Cold", "COLD")
    assert saved(queues) == ["Hot", "COLD", "Theirs", "Last"]
    assert queues.find("COLD").filter.text == "tier:L1"


def test_a_queue_is_deleted(queues: QueueService) -> None:
    queues.delete("hot")
    assert saved(queues) == ["[/b] Old", "Theirs", "Last"]
    with pytest.raises(NotFound):
        queues.delete("Hot")


def test_names_stay_apart(queues: QueueService) -> None:
    with pytest.raises(Refused, match="there is a queue 'hot' already"):
        queues.rename("Last", "hot")
    with pytest.raises(Refused, match="of every workbench"):
        queues.rename("Last", "late")
    with pytest.raises(Refused, match="that word saves one"):
        queues.rename("Last", "Save")
    with pytest.raises(InvalidInput, match="1 to 40"):
        queues.rename("Last", " ")
    assert saved(queues) == ["Hot", "[/b] Old", "Theirs", "Last"]


def test_what_somebody_saves_is_theirs_alone(queues: QueueService, office: Office) -> None:
    ravi = office.desk("ravi").queues
    assert saved(ravi) == []
    ravi.save("hot", "tier:L2")
    with pytest.raises(NotFound):
        ravi.delete("Last")
    ravi.save("Last", "tier:L3")
    ravi.move("Last", 1)
    ravi.rename("hot", "Cold")
    assert saved(ravi) == ["Last", "Cold"]
    assert saved(queues) == ["Hot", "[/b] Old", "Theirs", "Last"]
    assert queues.find("Last").filter.text == "tier:L1"
    ravi.delete("Last")
    assert saved(queues)[-1] == "Last"


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("late", "called like the queue Late of every workbench"),
        ("HAND-OFFS", "called like the queue Hand-offs of every workbench"),
        ("Save", "called like the word that saves a queue"),
        ("hot", "called like a queue that maya has saved"),
    ],
)
@pytest.mark.parametrize("kind", ["tier", "team"])
def test_no_tier_or_team_is_called_like_another_queue(queues: QueueService, kind: str, name: str, told: str) -> None:
    organisation = queues.organisation
    before = organisation.show()
    part = f"[[tier]]\nname = '{name}'\n" if kind == "tier" else f"[[team]]\nslug = '{name}'\ntier = 'L1'\n"
    with pytest.raises(InvalidInput, match=f'^setup.toml: {kind} "{name}" is {told}; call it something else'):
        organisation.apply(SETUP + part, "setup.toml")
    assert organisation.show() == before
    organisation.apply(SETUP + part.replace(name, f"{name}s"), "setup.toml")


def test_a_file_in_which_a_team_hides_a_saved_queue_goes_on(queues: QueueService) -> None:
    teams = "".join(f"[[team]]\nslug = '{slug}'\ntier = 'L1'\n" for slug in ("Hot", "late"))
    OrganisationService(queues.database).apply(SETUP + teams, "setup.toml")  # which nobody kept from it
    assert queues.organisation.apply(queues.organisation.show().replace("Engineering", "Builders"), "setup.toml")
    assert queues.find("Hot").kind == "team"
    queues.rename("Hot", "Warm")
    queues.rename("Warm", "Cool")
    queues.delete("Cool")
    assert saved(queues) == ["[/b] Old", "Theirs", "Last"]


@pytest.mark.parametrize("name", ["L1", "frontline", "Mine"])
def test_queues_of_every_workbench_stay(queues: QueueService, name: str) -> None:
    for act in (partial(queues.move, name, 1), partial(queues.rename, name, "x"), partial(queues.delete, name)):
        with pytest.raises(Refused, match="only saved queues"):
            act()
