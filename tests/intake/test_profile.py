"""Profiles of event logs: what they may say, and how their mistakes are told."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from workbench.errors import InvalidInput, NotFound
from workbench.intake.dates import BadCell
from workbench.intake.profile import load_profile, parse_profile, shipped_profiles
from workbench.tickets.vocabulary import Impact, Priority, State, WaitingFor

SMALL = """
subject = "{what}"
[columns]
case = "id"
time = "when"
state = "status"
[states]
Open = "open"
"""


def test_the_shipped_profiles_can_be_read() -> None:
    assert shipped_profiles() == ["bpic2013", "servicenow"]
    for name in shipped_profiles():
        load_profile(name)


@pytest.mark.parametrize(
    ("team", "tier"),
    [("V30", "L1"), ("V5 3rd", "L3"), ("G140 2nd", "L2"), ("V13 2nd 3rd", "L2"), ("V13 3rd 2nd", "L2")],
)
def test_the_tier_goes_by_the_ending_of_the_team_and_the_smaller_holds(team: str, tier: str) -> None:
    assert load_profile("bpic2013").tier_of(team) == tier


@pytest.mark.parametrize(
    ("line", "state"),
    [
        ("Queued/Awaiting Assignment", State.NEW),
        ("Accepted/In Progress", State.OPEN),
        ("Accepted/Wait - Vendor", State.WAITING),
        ("Completed/Resolved", State.RESOLVED),
        ("Completed/In Call", State.RESOLVED),
        ("Completed/Closed", State.RESOLVED),
        ("Completed/Cancelled", State.CLOSED),
    ],
)
def test_the_lines_of_bpic2013(line: str, state: State) -> None:
    assert load_profile("bpic2013").states[line].state is state


def test_a_small_profile_has_defaults() -> None:
    profile = parse_profile(SMALL, "small.toml")
    assert profile.columns == ("id", "when", "status", "what")
    assert profile.tier_of("anything") == "L1"
    assert profile.instant_of("2026-11-21 09:00") == datetime(2026, 11, 21, 9, tzinfo=UTC)
    assert profile.subject_of({"what": "{id}"}) == "{id}"


def test_every_setting() -> None:
    profile = parse_profile(
        'time_format = "%d.%m.%Y %H:%M"\nzone = "Europe/Berlin"\n'
        'missing = ["-"]\nnobody = ["robot"]\ndefault_tier = "L2"\n'
        + SMALL
        + '[priorities]\nhot = "P1"\n[impacts]\nall = "everyone"\n'
        + '[[tiers]]\nends = "(3)"\ntier = "L3"\n[[tiers]]\nmatches = "^desk"\ntier = "L1"\n',
        "all.toml",
    )
    assert profile.instant_of("21.11.2026 09:00") == datetime(2026, 11, 21, 8, tzinfo=UTC)
    assert [profile.tier_of(team) for team in ("Net (3)", "desk", "the desk")] == ["L3", "L1", "L2"]
    assert (profile.priority_of("hot"), profile.impact_of("all")) == (Priority.P1, Impact.EVERYONE)
    assert (sorted(profile.missing), sorted(profile.nobody)) == (["", "-"], ["robot"])
    with pytest.raises(BadCell, match=r"does not stand in the profile's \[priorities\]; there are hot"):
        profile.priority_of("cold")
    with pytest.raises(BadCell, match=r"not a time written like %d\.%m"):
        profile.instant_of("2026-11-21")


def test_waiting_names_for_whom() -> None:
    profile = parse_profile(SMALL + 'Held = "waiting:vendor"\n', "small.toml")
    assert profile.states["Held"].waiting_for is WaitingFor.VENDOR


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("subject = ", "p.toml is not TOML"),
        ("subject = 'x'", r"p.toml has no \[columns\]"),
        (SMALL.replace('case = "id"', ""), r'columns has no case; add case = "…"'),
        (SMALL.replace('"open"', '"opened"'), r'states: Open = "opened"; it is one of new, open, waiting:requester'),
        (SMALL.replace("time =", "tme ="), "columns has no time"),
        (SMALL.replace("[states]", 'persn = "who"\n[states]'), "nothing is called persn; did you mean person"),
        ('zone = "Europe/Bern2"\n' + SMALL, 'zone = "Europe/Bern2"; it is a name like "Europe/Brussels"'),
        ('zone = "../etc"\n' + SMALL, "it is a name like"),
        ('time_format = "%Q"\n' + SMALL, 'time_format = "%Q"; it is "iso" or a format like'),
        (SMALL + '[[tiers]]\ntier = "L3"\n', "tiers 1 has 0 tests; give one of ends, contains, matches"),
        (SMALL + '[[tiers]]\nmatches = "("\ntier = "L3"\n', "it must be a regular expression"),
        (SMALL + '[[tiers]]\nends = "x"\n', "tiers 1 has no tier"),
        (SMALL + '[priorities]\nhot = "P9"\n', 'hot = "P9"; it is one of P1, P2, P3, P4'),
        ("colour = 1\n" + SMALL, "nothing is called colour"),
    ],
)
def test_mistakes_name_the_key_and_what_is_allowed(text: str, wrong: str) -> None:
    with pytest.raises(InvalidInput, match=wrong):
        parse_profile(text, "p.toml")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_a_profile_may_begin_with_the_mark_of_utf8(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "small.toml"
    path.write_text(SMALL.lstrip(), encoding)
    assert load_profile(str(path)).case == "id"


@pytest.mark.parametrize("encoding", ["utf-16", "cp1252"])
def test_a_profile_in_another_encoding_says_how_to_save_it(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "small.toml"
    path.write_text(SMALL.replace("what", "für"), encoding)
    with pytest.raises(InvalidInput, match=r"small\.toml is not UTF-8 text \(at byte \d+\); save it as UTF-8"):
        load_profile(str(path))


def test_an_unknown_profile_is_told() -> None:
    with pytest.raises(NotFound, match="did you mean bpic2013"):
        load_profile("bpic2031")
    with pytest.raises(InvalidInput, match="cannot be read"):
        load_profile("nowhere.toml")
