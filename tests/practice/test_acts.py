"""The acts of a key in words."""

from pathlib import Path

import pytest

from tests.practice.rehearsals import SCENARIO
from workbench.practice.acts import acts_told, wrong_with
from workbench.practice.reading import read_scenario
from workbench.practice.shelf import read_shelf

HEAD = """ending: handed_off
direction: sideways
to: payments
people: [mei, viktor]
problem: Tills [/b]
called: [network]"""


@pytest.mark.parametrize(
    ("act", "told"),
    [
        ("take", "take it"),
        ("priority", "make it P2: team, blocked"),
        ("component", "say that it is about lan"),
        ("run", "follow the runbook checkout-5xx to its end"),
        ("link", "link it to the known problem “Tills [/b]”"),
        ("hand off", "hand it off sideways to payments, by name: mei or viktor"),
        ("call in", "call somebody of network into the swarm"),
        ("tell callers", "tell the others who called about the same"),
        ("say It is [/b] known.", "tell the requester: It is [/b] known."),
        ("wait 7m", "7m later"),
        ("resolve: a cable | another one", "resolve it: a cable; another one"),
        ("dance", "dance"),
    ],
)
def test_each_act_is_told_with_what_the_truth_knows(act: str, told: str) -> None:
    text = SCENARIO.replace("ending: resolved", HEAD).replace("## Key\ntake", f"## Key\n{act}")
    assert acts_told(read_scenario(text, "stuck")) == [told]


def test_every_act_of_a_shipped_scenario_is_told_in_words(tmp_path: Path) -> None:
    for shelved in read_shelf(tmp_path).scenarios.values():
        told = acts_told(shelved.scenario)
        assert not set(told) & set(shelved.scenario.key), shelved.scenario.name
        assert not any("None" in each for each in told), shelved.scenario.name


@pytest.mark.parametrize(
    ("act", "reason"),
    [
        (
            "dance",
            "'dance' is no act; there are take, priority, component, run, link, hand off, call in, tell callers, ",
        ),
        ("Take", "'Take' is no act"),
        ("", "'' is no act"),
        ("resolve:x", "'resolve:x' is no act"),
        ("resolve: x", "it is resolved by a cause and a fix: `resolve: cause | fix`"),
        ("resolve: | x", "it is resolved by a cause and a fix"),
        ("resolve:", "it is resolved by a cause and a fix"),
        ("wait never", "wait: 'never' is not a duration"),
        ("wait", "wait: '' is not a duration"),
        ("say", "what is said is missing"),
        ("link", "'link' needs problem in the head"),
        ("hand off", "'hand off' needs direction and to in the head"),
        ("call in", "'call in' needs called in the head"),
        ("tell callers", "'tell callers' needs somebody who calls: `## After 10m: call`"),
        *((act, "") for act in ("take", "priority", "component", "run", "say x", "wait 7m", "resolve: a | b | c")),
    ],
)
def test_what_nobody_can_do_is_told(act: str, reason: str) -> None:
    scenario = read_scenario(SCENARIO.replace("## After 10m: call", "## After 10m: reply"), "stuck")
    told = wrong_with(act, scenario)
    assert told.startswith(reason)
    assert bool(told) == bool(reason)


def test_what_the_head_and_the_sections_hold_can_be_done() -> None:
    scenario = read_scenario(SCENARIO.replace("ending: resolved", HEAD), "stuck")
    assert not any(wrong_with(act, scenario) for act in ("link", "hand off", "call in", "tell callers"))
