"""A scenario's file: what is read, and each fault by its line."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.practice.texts import WHOLE, line_of, with_line
from workbench.escalation.model import Direction, ReturnCode, Row
from workbench.practice.model import Answer, BadScenario, Ending, Fault, Hop, Later, Output, Skill, Surprise, Telling
from workbench.practice.reading import LARGEST, read_scenario
from workbench.tickets.vocabulary import Impact, Priority, Urgency


def faults(text: str) -> list[tuple[int, str]]:
    """Each fault's line and reason."""
    with pytest.raises(BadScenario) as bad:
        read_scenario(text, "lamp")
    assert bad.value.faults
    return [(fault.line, fault.reason) for fault in bad.value.faults]


def test_everything_that_stands_there_is_read() -> None:
    scenario = read_scenario(WHOLE, "lamp")
    truth = scenario.truth
    assert (scenario.name, scenario.title, scenario.level) == ("lamp", "A lamp", "L1")
    assert scenario.skills == (Skill.TRIAGE, Skill.HANDOFF)
    assert (scenario.client, scenario.contact) == ("brightwater", "Joy")
    assert (scenario.subject, scenario.body) == ("The lamp is dark", "It was bright before.")
    assert (scenario.impact, scenario.urgency) == (Impact.ONE, Urgency.WAIT)
    assert (truth.priority, truth.ending, truth.within) == (Priority.P3, Ending.HANDED_OFF, timedelta(minutes=30))
    assert (truth.direction, truth.to, truth.component, truth.runbook) == (
        Direction.UP,
        "network",
        "lan",
        "socket-dead",
    )
    assert truth.rows == {Row.SUMMARY: ("lamp",), Row.STEPS: ()}
    assert truth.told == (Telling(("network", "they"), "who has it"),)
    assert scenario.answers == (Answer(("where", "room"), "In room 3."),)
    assert scenario.outputs == {("socket-dead", 3): Output("connected", misleading=True)}
    assert scenario.later == (Later(timedelta(minutes=10), Surprise.REPLY, "Well?"),)
    assert scenario.since == timedelta(hours=1)
    assert scenario.hops == (
        Hop(timedelta(minutes=50), "apps", None, "It is dark."),
        Hop(timedelta(minutes=2), None, ReturnCode.WRONG_OWNER, "Not ours."),
    )
    assert (truth.people, truth.called) == (("jonas",), ("apps",))
    assert (scenario.hints, scenario.debrief) == (("Look.",), "The cable.")
    assert scenario.lesson == "The cable.\n\nWhat step 3 of socket-dead printed led astray here."
    assert scenario.key == ("take", "say They have it.")
    assert scenario.reading == ("socket-dead",)


def test_commands_that_led_astray_are_told_with_the_debrief() -> None:
    more = "## Step: wifi 2 (misleading)\n\nfine\n\n## Step: wifi 3\n\nfine\n\n## Hint"
    told = read_scenario(with_line("## Hint", more), "lamp").lesson
    assert told.endswith("\n\nWhat step 3 of socket-dead and step 2 of wifi printed led astray here.")
    plain = with_line("## Step: socket-dead 3 (misleading)", "## Step: socket-dead 3")
    assert read_scenario(plain, "lamp").lesson == "The cable."


def test_what_is_not_said_is_as_in_truth() -> None:
    text = with_line("said: { impact: one, urgency: wait }", "problem:")
    scenario = read_scenario(text, "lamp")
    assert (scenario.impact, scenario.urgency) == (Impact.TEAM, Urgency.HAMPERED)
    assert scenario.truth.problem is None


def test_a_file_of_windows_reads_the_same() -> None:
    assert read_scenario(WHOLE.replace("\n", "\r\n"), "lamp") == read_scenario(WHOLE, "lamp")


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("impact: team", "impact: all", "impact is 'all'; it is one of one, team, client, everyone"),
        ("impact: team", "impact: [team]", "impact is a list; it is one of one, team, client, everyone"),
        ("urgency: hampered", "urgency: asap", "urgency is 'asap'; it is one of wait, hampered, blocked"),
        (
            "ending: handed_off",
            "ending: escalated",
            "ending is 'escalated'; it is one of resolved, handed_off, linked",
        ),
        ("direction: up", "direction: \x1b", "the character U+001B may not stand here; write it as an escape"),
        ("direction: up", "direction: [/b]", "direction is a list; it is one of up, sideways, swarm"),
        ("skills: [triage, handoff]", "skills: [triage, juggling]", "skill is 'juggling'; it is one of triage, "),
        ("said: { impact: one, urgency: wait }", "said: { impact: none }", "said impact is 'none'; it is one of one"),
        ("within: 30m", "within: soon", "within: 'soon' is not a duration"),
        ("within: 30m", "within: 99999999999999999999w", "within: '99999999999999999999w' is not a duration"),
        ("component: lan", "componnent: lan", "componnent is no key of a scenario; there are called, client, "),
        ("component: lan", "component: [lan]", "component is a list, and should be a text"),
        ("  summary: [lamp]", "  sumary: [lamp]", "sumary is no row of a hand-off; there are summary, impact, "),
        ("  who has it: [Network, they]", "  who has it: ['', '  ']", "which words tell 'who has it' is not said"),
        ("  steps: []", "  steps: ]", "is no YAML: "),
        ("## Asked: where, Room", "## Asked: ,", "the words that bring the answer are missing"),
        ("## Asked: where, Room", "## Asked", "the words that bring the answer are missing"),
        ("## Step: socket-dead 3 (misleading)", "## Step: socket-dead", "a step is told as `## Step: runbook number`"),
        ("## Step: socket-dead 3 (misleading)", "## Step: socket-dead 3 (odd)", "a step is told as `## Step: "),
        ("## After 10m: reply", "## After: reply", "After: '' is not a duration"),
        ("## After 10m: reply", "## After 10m: fire", "'fire' cannot happen; there are reply, call, alert"),
        ("## Before 50m: to apps", "## Before: to apps", "Before: '' is not a duration"),
        (
            "## Before 50m: to apps",
            "## Before 50m: apps",
            "'apps' did not happen; there are `to team` and `back` wrong_",
        ),
        (
            "## Before 50m: to apps",
            "## Before 50m: back",
            "'back' did not happen; there are `to team` and `back` wrong_",
        ),
        ("## Before 50m: to apps", "## Before 50m: to", "'to' did not happen; there are `to team` and `back` wrong_"),
        ("## Before 50m: to apps", "## Before 1m: to apps", "it goes to a team and comes back from there, in turns"),
        ("## Before 2m: back wrong_owner", "## Before 2m: to lan", "it goes to a team and comes back from there, in "),
        ("since: 1h", "since: 50m", "since has to be longer than any Before: it is opened before it goes anywhere"),
        ("since: 1h", "since: ages", "since: 'ages' is not a duration"),
        ("## Hint", "## Tip", "'Tip' is no section; there are Before 1h: to team|back code, Asked: words, Step: "),
        ("## Hint", "## :", "':' is no section; there are "),
    ],
)
def test_each_fault_is_told_by_its_line(old: str, new: str, reason: str) -> None:
    text = with_line(old, new)
    told = faults(text)
    assert line_of(text, new) in {line for line, why in told if why.startswith(reason)}


@pytest.mark.parametrize(
    "key", ["title", "level", "skills", "client", "contact", "impact", "urgency", "ending", "within"]
)
def test_what_is_missing_or_empty_is_named(key: str) -> None:
    line = next(line for line in WHOLE.split("\n") if line.startswith(f"{key}:"))
    for instead in (f"{key}:", f"{key}: []", f"{key}: ''"):
        assert any(why == f"{key} missing" for _, why in faults(with_line(line, instead)))


@pytest.mark.parametrize("key", ["direction", "to"])
def test_a_hand_off_goes_somewhere(key: str) -> None:
    line = next(line for line in WHOLE.split("\n") if line.startswith(f"{key}:"))
    assert (2, "a ticket that is handed off needs direction and to") in faults(with_line(line, f"{key}:"))


def test_a_link_leads_somewhere() -> None:
    told = faults(with_line("ending: handed_off", "ending: linked"))
    assert told == [(2, "a ticket that is linked needs the problem that it is linked to")]


def test_what_went_away_comes_back_before_the_trainee_gets_it() -> None:
    text = with_line("## Before 2m: back wrong_owner", "## Hint")
    wrong = "it has to come back from there before the trainee gets it"
    assert faults(text) == [(line_of(text, "## Before 50m: to apps"), wrong)]


def test_a_table_is_a_table() -> None:
    text = WHOLE.replace("handoff:\n  summary: [lamp]\n  steps: []\n", "handoff: lamp\n")
    assert faults(text) == [(19, "handoff is 'lamp', and should be a table")]


def test_all_faults_are_told_in_their_order() -> None:
    text = with_line("impact: team", "impact: all").replace("within: 30m", "within: soon").replace("## Hint", "## Tip")
    lines = [line for line, _ in faults(text)]
    assert lines == sorted(lines)
    assert len(lines) >= 2


def test_one_fault_hides_no_other() -> None:
    text = WHOLE
    for old, new in (
        ("title: A lamp", "title:"),
        ("skills: [triage, handoff]", "skills: [triage, magic]"),
        ("impact: team", "impact: all"),
        ("said: { impact: one, urgency: wait }", "said: { impact: two, urgency: wait }"),
        ("since: 1h", "since: once"),
        ("within: 30m", "within: soon"),
        ("  summary: [lamp]", "  beauty: [lamp]"),
        ("  who has it: [Network, they]", "  who has it: []"),
        ("## Asked: where, Room", "## Asked:"),
        ("## After 10m: reply", "## After 10m: flood"),
    ):
        assert old in text
        text = text.replace(f"\n{old}\n", f"\n{new}\n")
    told = " | ".join(reason for _, reason in faults(text))
    for word in (
        "title missing",
        "'magic'",
        "'all'",
        "'two'",
        "since: 'once'",
        "within: 'soon'",
        "beauty",
        "who has it",
    ):
        assert word in told
    assert "words that bring the answer" in told
    assert "'flood'" in told


@pytest.mark.parametrize("part", ["# The lamp is dark", "## Debrief", "## Key"])
def test_no_part_may_be_missing(part: str) -> None:
    told = faults(WHOLE.replace(f"\n{part}\n", "\n"))
    assert any(why.startswith("there is no `") and part.split()[-1] in f"{why} dark" for _, why in told)


@pytest.mark.parametrize("text", ["", "---", "---\n---\n", "# Only a ticket", "---\ntitle: x\n", "\ufeff" + WHOLE])
def test_what_has_no_head_is_told_so(text: str) -> None:
    assert faults(text) == [(1, "there is no front matter between two lines of ---")]


def test_a_file_beyond_all_measure_is_not_read() -> None:
    assert faults(WHOLE + "x" * LARGEST) == [(1, "the file has over 200,000 characters")]


def test_a_bomb_does_not_go_off() -> None:
    bomb = "---\na: &a [x, x]\nb: [*a, *a]\n---\n"
    assert faults(bomb)[0][0] == 2


def test_headings_in_a_block_of_code_are_text() -> None:
    scenario = read_scenario(with_line("In room 3.", "```\n## Hint\n```"), "lamp")
    assert scenario.answers[0].text == "```\n## Hint\n```"
    assert scenario.hints == ("Look.",)


def test_a_requester_answers_everything_that_a_comment_asks() -> None:
    text = with_line("## Hint", "## Asked: since\n\nTuesday.\n\n## Hint")
    scenario = read_scenario(text, "lamp")
    assert scenario.answer("WHERE is it, and since when?") == "In room 3.\n\nTuesday."
    assert scenario.answer("Which lamp?") is None


def test_a_question_is_understood_in_whatever_words_it_is_asked() -> None:
    text = with_line("## Hint", "## Asked: others\n\nOnly me.\n\n## Hint")
    scenario = read_scenario(text, "lamp")
    for asked in ("Who  ELSE has it?", "Hello.\nIs it only you?", "Do your colleagues have it?"):
        assert scenario.answer(asked) == "Only me."
    for said in ("Only you can tell.", "I know who else has it. Which lamp?", "The rest often helps. Is it a torch?"):
        assert scenario.answer(said) is None
    assert scenario.answer("It works for the others.") == "Only me."


def read(text: str) -> None:
    """Reads it; where the file is bad, what is wrong has to be told with lines that are in it."""
    told: tuple[Fault, ...] | None = None
    try:
        read_scenario(text, "lamp")
    except BadScenario as bad:
        told = bad.faults
    assert told != ()
    assert all(1 <= fault.line <= text.count("\n") + 2 for fault in told or ())


@given(st.text())
def test_no_text_raises_anything_else(text: str) -> None:
    read(text)
    read(f"---\n{text}\n---\n{text}")


HOSTILE = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ["## Step: \u0663 3", "##", "# ", "## After 1m", "```", "---", "a: &a b", "\x85", "- -", "told: {a: }"]
    ),
)


@given(st.integers(0, WHOLE.count("\n")), HOSTILE, st.booleans())
def test_a_line_that_is_anything_else_raises_nothing_else(place: int, line: str, beside: bool) -> None:
    lines = WHOLE.split("\n")
    lines[place : place + (not beside)] = [line]
    read("\n".join(lines))
