"""The catalogue is written whole with its events, and what it refuses it says."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ownership.conftest import CATALOGUE
from tests.support.offices import HOSTILE, START, Office
from workbench.errors import InvalidInput, NotFound, Refused, WorkbenchError
from workbench.ownership.changes import CatalogueKind, absent, difference, with_fields
from workbench.ownership.model import Component, ComponentKind, PathRule, SeamState, Status, seam_state, status_of
from workbench.ownership.service import OwnershipService

YEAR = timedelta(days=365)
DAY = timedelta(days=1)


def test_what_was_put_is_what_is_read(catalogue: Office) -> None:
    assert {each.slug: each for each in catalogue.desk("ravi").ownership.components()} == {
        each.slug: each for each in CATALOGUE
    }


def test_putting_the_same_again_changes_nothing(catalogue: Office) -> None:
    ownership = catalogue.desk().ownership
    assert ownership.put_all(CATALOGUE) == []
    assert [event.kind for event in ownership.history("vpn-gateway")] == [CatalogueKind.ADDED]


def test_a_change_is_an_event_with_what_differs(catalogue: Office) -> None:
    catalogue.pass_time(hours=1)
    ownership = catalogue.desk("ravi").ownership
    ownership.put(replace(ownership.get("network"), title=HOSTILE[1], owners=()))
    event = ownership.history("network")[-1]
    assert (event.who, event.kind, event.at) == ("ravi", CatalogueKind.CHANGED, START + timedelta(hours=1))
    assert (event.before, event.after) == (
        {"title": "", "owners": ["second-line"]},
        {"title": HOSTILE[1], "owners": []},
    )


@pytest.mark.parametrize("name", ["vpn-gateway", "VPN", "vpn", "Tunnel [/B]"])
def test_a_component_is_had_by_slug_or_alias(catalogue: Office, name: str) -> None:
    assert catalogue.desk().ownership.get(name).slug == "vpn-gateway"


def test_a_wrong_name_gets_the_nearest(catalogue: Office) -> None:
    with pytest.raises(NotFound, match=r"no component named 'idenity'; did you mean identity\?"):
        catalogue.desk().ownership.get("idenity")


def test_an_empty_catalogue_says_how_it_is_filled(office: Office) -> None:
    with pytest.raises(NotFound, match="the catalogue is empty; `workbench owners add NAME`"):
        office.desk().ownership.get("identity")


def test_an_alias_of_several_is_refused(catalogue: Office) -> None:
    ownership = catalogue.desk().ownership
    ownership.add_alias("network", "Laser Jet")
    with pytest.raises(Refused, match="'LASER JET' is an alias of network and printer"):
        ownership.get("LASER JET")
    assert ownership.get("printer").slug == "printer"


REFUSED: dict[str, tuple[Callable[[OwnershipService], object], type[WorkbenchError], str]] = {
    "an unknown team": (lambda own: own.set_owners("network", ["enginering"]), NotFound, "did you mean engineering"),
    "needing itself": (lambda own: own.put(Component("dns", needs=("dns",))), Refused, "dns cannot need itself"),
    "an unknown need": (lambda own: own.put(Component("dns", needs=("netwrk",))), NotFound, "did you mean network"),
    "an empty name": (lambda own: own.put(Component(" ")), InvalidInput, "cannot name a component"),
    "a name with an escape": (lambda own: own.put(Component("a\x1b[2J")), InvalidInput, "cannot name a component"),
    "a long name": (lambda own: own.put(Component("n" * 101)), InvalidInput, "1 to 100 visible characters"),
    "an empty alias": (lambda own: own.add_alias("network", "  "), InvalidInput, "network: an empty alias"),
    "a long alias": (lambda own: own.add_alias("network", "x" * 501), InvalidInput, "alias of 501 characters"),
    "a long title": (lambda own: own.put(Component("dns", title="x" * 501)), InvalidInput, "title of 501"),
    "a long description": (lambda own: own.put(Component("dns", description="x" * 20_001)), InvalidInput, "20,001"),
    "an empty path": (lambda own: own.put(Component("dns", paths=(PathRule(""),))), InvalidInput, "an empty path"),
    "no owner to confirm": (lambda own: own.confirm("printer"), Refused, "nobody owns printer; say whose it is"),
    "a dispute to confirm": (lambda own: own.confirm("payroll"), Refused, "payroll is disputed"),
    "a lead without a seam": (lambda own: own.set_lead("printer", "payroll", "frontline"), Refused, "there is no seam"),
    "an unknown lead": (lambda own: own.set_lead("vpn", "identity", "nobody"), NotFound, "no team named 'nobody'"),
    "an alias of nothing": (lambda own: own.add_alias("dns", "x"), NotFound, "no component named 'dns'"),
    "a correction of nothing": (lambda own: own.accept("network"), NotFound, "nothing is proposed for network"),
}


@pytest.mark.parametrize("act", REFUSED)
def test_what_is_refused_changes_nothing(catalogue: Office, act: str) -> None:
    do, error, words = REFUSED[act]
    ownership = catalogue.desk().ownership
    before = ownership.components()
    with pytest.raises(error, match=words):
        do(ownership)
    assert ownership.components() == before


def test_one_bad_component_keeps_all_out(catalogue: Office) -> None:
    ownership = catalogue.desk().ownership
    with pytest.raises(NotFound):
        ownership.put_all([Component("dns"), Component("mail", owners=("nobody",))])
    with pytest.raises(NotFound):
        ownership.get("dns")


def test_only_people_of_the_setup_write(catalogue: Office) -> None:
    ownership = catalogue.desk("stranger").ownership
    for act in (
        lambda: ownership.put(Component("dns")),
        lambda: ownership.set_lead("vpn", "identity", "frontline"),
        lambda: ownership.propose("network", "frontline", None, "they said so"),
    ):
        with pytest.raises(Refused, match="'stranger' is no person"):
            act()


def test_lone_surrogates_and_spaces_are_put_right(catalogue: Office) -> None:
    ownership = catalogue.desk().ownership
    ownership.put(Component("dns", title=" a\ud800b ", aliases=(" name ", "name", "server")))
    kept = ownership.get("dns")
    assert (kept.title, kept.aliases) == ("a?b", ("name", "server"))


def test_what_stood_there_before_may_stay(catalogue: Office) -> None:
    ownership = catalogue.desk().ownership
    ownership.retire("network")
    assert ownership.add_alias("vpn-gateway", "gateway").needs == ("identity", "network")
    assert [each.component for each in ownership.card("vpn-gateway").needs] == ["identity"]
    with pytest.raises(NotFound, match="no component named 'network'"):
        ownership.put(Component("dns", needs=("network",)))


@pytest.mark.parametrize(
    ("wrong", "advice"),
    [
        (Component("printer", hosts=("print-1", "a b")), "a host is a name"),
        (Component("printer", urls=("not a url",)), "a URL is like"),
        (Component("printer", paths=(PathRule("/"),)), "a path is as in CODEOWNERS"),
        (Component("printer", signatures=("*",)), "a signature is some words"),
    ],
)
def test_a_pattern_can_match_something(catalogue: Office, wrong: Component, advice: str) -> None:
    ownership = catalogue.desk().ownership
    before = ownership.get("printer")
    with pytest.raises(InvalidInput, match=f"^printer: .* can match nothing; {advice}"):
        ownership.put(wrong)
    assert ownership.get("printer") == before


def test_a_pattern_that_matches_nothing_stays_where_it_stands(catalogue: Office) -> None:
    ownership = catalogue.desk().ownership
    with ownership.database.transaction():
        ownership.store.write(Component("old", hosts=("a b",)))
    ownership.put(Component("old", hosts=("a b", "old-1")))
    assert ownership.get("old").hosts == ("a b", "old-1")


def test_what_is_retired_can_come_back(catalogue: Office) -> None:
    ownership = catalogue.desk().ownership
    ownership.retire("laser jet")
    with pytest.raises(NotFound):
        ownership.get("printer")
    ownership.put(Component("printer", owners=("frontline",)))
    assert ownership.get("printer").owners == ("frontline",)
    assert [event.kind.value for event in ownership.history("printer")] == ["added", "retired", "added"]


def test_a_team_that_owns_something_is_retired_and_not_deleted(catalogue: Office) -> None:
    desk = catalogue.desk()
    desk.organisation.apply(
        '[[team]]\nslug = "frontline"\nname = "First line"\ntier = "L1"\npeople = ["maya", "ravi"]', "setup.toml"
    )
    card = desk.ownership.card("identity")
    assert (card.owners, card.reach[0].name) == (("engineering",), "Engineering")
    assert desk.ownership.add_alias("identity", "login").owners == ("engineering",)


def test_writing_before_the_last_change_is_refused(catalogue: Office) -> None:
    catalogue.clock.at = START - timedelta(hours=1)
    with pytest.raises(Refused, match="network last changed at 2026-03-02T10:00:00Z"):
        catalogue.desk().ownership.add_alias("network", "wires")


@pytest.mark.parametrize(
    ("owners", "age", "status"),
    [
        ((), None, Status.UNOWNED),
        (("a", "b"), timedelta(0), Status.DISPUTED),
        (("a",), None, Status.STALE),
        (("a",), timedelta(0), Status.OWNED),
        (("a",), 180 * DAY - timedelta(seconds=1), Status.OWNED),
        (("a",), 180 * DAY, Status.STALE),
        (("a",), -DAY, Status.OWNED),
    ],
)
def test_status(owners: tuple[str, ...], age: timedelta | None, status: Status) -> None:
    confirmed_at = None if age is None else START - age
    assert status_of(owners, confirmed_at, START, 180 * DAY) is status
    component = Component("x", owners=owners, confirmed_at=confirmed_at)
    assert component.status(START, 180 * DAY) is status


def test_when_an_owner_grows_stale_is_a_setting(catalogue: Office) -> None:
    desk = catalogue.desk()
    desk.ownership.confirm("network")
    catalogue.pass_time(days=20)
    assert desk.ownership.card("network").status is Status.OWNED
    desk.organisation.apply('[settings]\nowner_stale_after = "20d"', "setup.toml")
    assert desk.ownership.card("network").status is Status.STALE
    assert "owner_stale_after = " in desk.organisation.show()


@pytest.mark.parametrize(
    ("owners", "others", "lead", "state"),
    [
        (("a",), ("b",), None, SeamState.OPEN),
        (("a",), ("b",), "c", SeamState.LED),
        (("a",), ("a",), None, SeamState.NONE),
        (("a",), (), None, SeamState.NONE),
        (("a", "b"), ("c",), None, SeamState.NONE),
        (("a",), ("b", "c"), "a", SeamState.NONE),
    ],
)
def test_seam_state(owners: tuple[str, ...], others: tuple[str, ...], lead: str | None, state: SeamState) -> None:
    assert seam_state(owners, others, lead) is state


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8)
LISTS = st.lists(TEXTS, max_size=3).map(tuple)
COMPONENTS = st.builds(
    Component,
    st.just("x"),
    st.sampled_from(ComponentKind),
    title=TEXTS,
    aliases=LISTS,
    hosts=LISTS,
    owners=LISTS,
    needs=LISTS,
    paths=st.lists(st.builds(PathRule, TEXTS, st.none() | LISTS), max_size=3).map(tuple),
    confirmed_at=st.none() | st.just(START),
    retired=st.booleans(),
)


@given(COMPONENTS, COMPONENTS)
def test_what_differs_leads_there_and_back(before: Component, after: Component) -> None:
    was, now = difference(before, after)
    assert with_fields(before, now) == after
    assert with_fields(after, was) == before
    assert with_fields(absent("x"), difference(absent("x"), after)[1]) == after


def test_the_events_told_again_give_the_component(catalogue: Office) -> None:
    desk = catalogue.desk()
    desk.ownership.set_owners("printer", ["frontline"])
    desk.ownership.set_lead("printer", "network", "frontline")
    desk.ownership.retire("printer")
    desk.tickets.undo()
    component = absent("printer")
    for event in desk.ownership.history("printer"):
        if event.kind is not CatalogueKind.LED:
            component = with_fields(component, event.after)
    assert component == desk.ownership.get("printer")


@pytest.mark.parametrize("act", ["add_alias", "set_owners", "confirm", "retire", "accept"])
def test_nobody_can_write_between_what_is_read_and_what_is_written_of_it(
    catalogue: Office, monkeypatch: pytest.MonkeyPatch, act: str
) -> None:
    mine, other = catalogue.desk().ownership, catalogue.desk("ravi").ownership
    mine.propose("network", "engineering", None, "theirs")
    find, before = mine.store.find, other.get("network")

    def read(slug: str) -> Component | None:
        """Whoever reads without holding the others back lets them write before they write themselves."""
        found = find(slug)
        if not mine.database.writing:
            other.put(replace(before, title="switches"))
        return found

    monkeypatch.setattr(mine.store, "find", read)
    words = {"add_alias": ("lan",), "set_owners": (["engineering"],)}.get(act, ())
    getattr(mine, act)("network", *words)
    assert [event.who for event in other.journal.log.of("network", catalogue.clock.at)] == ["maya", "maya"]
