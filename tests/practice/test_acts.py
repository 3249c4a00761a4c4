"""The acts of a key in words."""

from pathlib import Path

import pytest

from tests.practice.rehearsals import SCENARIO
from workbench.practice.acts import acts_told
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
