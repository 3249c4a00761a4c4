"""The first tickets of a list, met at a glance."""

import pytest

from tests.queues.searches import numbers, search
from tests.support.offices import Office
from workbench.queues.finding import Found, at_once, is_common
from workbench.queues.glance import glance
from workbench.queues.listing import Listing


@pytest.fixture
def busy(busy: Office) -> Office:
    """The same help desk with letters that are folded."""
    busy.open("Müller: ÉCRAN noir_blanc")
    return busy


@pytest.mark.parametrize(
    "text",
    ["mail", "MA", "ail", "-mail", "vpn drops", '"VPN drops"', '-"vpn DROPS"', "muller ecran", "écran", "blanc", "zzz"],
)
@pytest.mark.parametrize("fields", ["", "client:contoso "])
def test_words_are_taken_as_the_index_takes_them(
    busy: Office, text: str, fields: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workbench.queues.finding.COMMON", 0)
    found = glance(busy.desk().database, search(busy, fields + text))
    assert list(found.refs if found else ()) == numbers(busy, fields + text)
    assert found is None or found.more, "the index has the last word"


def test_fields_alone_are_found_whole_where_they_let_few_through(busy: Office) -> None:
    found = glance(busy.desk().database, search(busy, "client:contoso"))
    assert found is not None
    assert (list(found.refs), found.more) == (numbers(busy, "client:contoso"), False)


def test_what_takes_too_long_is_left_to_the_search(busy: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workbench.queues.glance.WITHIN", -1)
    monkeypatch.setattr("workbench.queues.glance.SOON", 1)
    assert glance(busy.desk().database, search(busy, "client:contoso")) is None


def test_a_long_list_shows_what_is_met_at_a_glance_while_the_others_are_looked_for(
    busy: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workbench.queues.listing.LARGE", 0)
    monkeypatch.setattr("workbench.queues.finding.COMMON", 1)
    queues = busy.desk().queues
    lines = Listing(queues, queues.find("L1"))
    for text, met in (("vpn", True), ("vpn zzz", False)):
        lines.typed = queues.parse(text)
        assert lines.renew() is not None
        assert lines.answers is met
    assert lines.count() > 0, "what stood there stays until the search has found"


@pytest.mark.parametrize(("text", "common"), [("vpn", True), ("VPN", True), ("zzz", False), ("mail zzz", True)])
def test_a_word_is_common_that_stands_in_many_tickets(
    busy: Office, text: str, common: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workbench.queues.finding.COMMON", 1)
    database, asked = busy.desk().database, search(busy, text)
    assert is_common(database, asked.wanted) is common
    assert (at_once(database, asked, patience=60) is None) is common


def test_a_rare_word_is_found_whole(busy: Office) -> None:
    assert glance(busy.desk().database, search(busy, "ecran")) == Found(numbers(busy, "ecran"), more=False)
    assert glance(busy.desk().database, search(busy, "zzz")) == Found([], more=False)
