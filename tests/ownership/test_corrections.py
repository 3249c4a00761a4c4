"""The catalogue learns: who resolves what another team owns is proposed as its owner."""

import pytest

from tests.ownership.conftest import resolved_by
from tests.support.offices import Office
from workbench.errors import InvalidInput, NotFound, Refused
from workbench.ownership.model import Status
from workbench.tickets.rules import Resolution


def proposed(office: Office) -> dict[str, list[str | None]]:
    found: dict[str, list[str | None]] = {}
    for each in office.desk().ownership.corrections():
        found.setdefault(each.component, []).append(each.team)
    return found


def test_two_resolves_of_another_team_propose_it(catalogue: Office) -> None:
    first = resolved_by(catalogue, "ines", "network")
    assert proposed(catalogue) == {}
    catalogue.pass_time(minutes=1)
    second = resolved_by(catalogue, "ines", "network")
    (correction,) = catalogue.desk().ownership.corrections()
    assert correction.tickets == (second, first)
    assert (correction.owners, correction.team) == (("second-line",), "engineering")
    assert correction.why == "2 of the last 2 resolved tickets were resolved by engineering"


def test_the_owners_own_resolves_outweigh(catalogue: Office) -> None:
    for who in ("ines", "omar", "ines", "omar"):
        resolved_by(catalogue, who, "network")
    assert proposed(catalogue) == {}
    resolved_by(catalogue, "ines", "network")
    assert proposed(catalogue) == {"network": ["engineering"]}


def test_a_lower_tier_resolves_what_others_own(catalogue: Office) -> None:
    for _ in range(3):
        resolved_by(catalogue, "maya", "network")
        resolved_by(catalogue, "omar", "identity")
    assert proposed(catalogue) == {}


def test_what_nobody_owns_gets_an_owner_but_not_the_first_line(catalogue: Office) -> None:
    for _ in range(2):
        resolved_by(catalogue, "lena", "printer")
    assert proposed(catalogue) == {}
    for _ in range(2):
        resolved_by(catalogue, "omar", "printer")
    assert proposed(catalogue) == {"printer": ["second-line"]}
    accepted = catalogue.desk().ownership.accept("laser jet")
    assert (accepted.owners, accepted.confirmed_by) == (("second-line",), "maya")
    assert catalogue.desk().ownership.card("printer").status is Status.OWNED
    assert proposed(catalogue) == {}
    catalogue.desk().tickets.undo()
    assert proposed(catalogue) == {"printer": ["second-line"]}, "the tickets still say so"


def test_a_dispute_is_a_question_already(catalogue: Office) -> None:
    for _ in range(3):
        resolved_by(catalogue, "omar", "payroll")
    assert proposed(catalogue) == {}


def test_what_somebody_says_is_proposed_at_once(catalogue: Office) -> None:
    ref = catalogue.open().ref
    catalogue.desk("omar").ownership.propose("network", "engineering", ref, "they run the switches [/b]")
    (correction,) = catalogue.desk().ownership.corrections("network")
    assert (correction.tickets, correction.why) == ((ref,), "they run the switches [/b]")
    catalogue.desk().ownership.accept("network", "engineering")
    assert proposed(catalogue) == {}


def test_a_dismissal_stands_until_there_are_new_reasons(catalogue: Office) -> None:
    for _ in range(2):
        resolved_by(catalogue, "ines", "network")
    catalogue.pass_time(minutes=1)
    catalogue.desk().ownership.dismiss("network")
    assert proposed(catalogue) == {}
    catalogue.pass_time(minutes=1)
    resolved_by(catalogue, "ines", "network")
    assert proposed(catalogue) == {}
    resolved_by(catalogue, "ines", "network")
    assert proposed(catalogue) == {"network": ["engineering"]}
    catalogue.desk().ownership.dismiss("network")
    catalogue.desk("omar").ownership.propose("network", "engineering", None, "wrong owner")
    assert proposed(catalogue) == {"network": ["engineering"]}


def test_of_several_one_is_to_be_named(catalogue: Office) -> None:
    ownership = catalogue.desk().ownership
    ownership.propose("printer", "engineering", None, "theirs")
    ownership.propose("printer", "second-line", None, "no, theirs")
    with pytest.raises(Refused, match="engineering and second-line are proposed for printer; name one"):
        ownership.accept("printer")
    with pytest.raises(NotFound, match="nothing is proposed for printer and frontline"):
        ownership.accept("printer", "frontline")
    assert ownership.accept("printer", "second-line").owners == ("second-line",)
    assert proposed(catalogue) == {"printer": ["engineering"]}


@pytest.mark.parametrize("why", ["", " ", "x" * 501])
def test_a_proposal_has_a_short_reason(catalogue: Office, why: str) -> None:
    with pytest.raises(InvalidInput):
        catalogue.desk().ownership.propose("printer", "engineering", None, why)


def test_a_resolve_that_was_taken_back_speaks_for_nobody(catalogue: Office) -> None:
    refs = [resolved_by(catalogue, "omar", "printer"), resolved_by(catalogue, "omar", "printer")]
    resolved = catalogue.clock.at
    for ref in refs:
        catalogue.pass_time(minutes=1)
        catalogue.desk("omar").tickets.reopen(ref, "jams again")
        catalogue.desk("ines").tickets.resolve(ref, Resolution("cause", "fix", "one-off"))
        catalogue.desk("ines").tickets.undo()
        catalogue.desk("omar").tickets.undo()
    assert proposed(catalogue) == {"printer": ["second-line"]}
    with catalogue.at(resolved) as then:
        assert [each.team for each in then.ownership.corrections()] == ["second-line"]
