"""The text that a receiver reads."""

from dataclasses import replace

import pytest
from markdown_it import MarkdownIt

from tests.escalation.test_proposal import TICKET
from workbench.escalation.markdown import NOTHING, markdown
from workbench.escalation.model import Diagnostic, Form, StepTaken


def test_everything_that_was_said_stands_there(whole: Form) -> None:
    told = markdown(whole, TICKET)
    for said in (
        "# #1042 Mail is late",
        "frontline → up to engineering · P3",
        "suspected defect: the queue [/b] grows",
        "1. [!] restarted (failed): no change",
        "- **queue length** (14:05): 4012",
        "## Error message, 2026-11-20T13:00:00Z\n\n```\n451 4.3.0\n```",
        "dana@contoso.example",
        "## Components on the path\n\nmail-relay",
    ):
        assert said in told
    assert NOTHING not in told


def test_what_was_sent_names_its_sender_though_the_ticket_lies_elsewhere(whole: Form) -> None:
    there = TICKET._replace(team="engineering", tier="L3")
    assert "frontline → up to engineering" in markdown(whole, there, "frontline")


def test_what_nobody_said_is_left_out_but_for_the_half_of_a_row() -> None:
    told = markdown(Form(environment="Exchange"), TICKET)
    assert "## Environment\n\nExchange" in told
    assert f"## Version\n\n{NOTHING}" in told
    assert "Steps" not in told
    assert "Summary" not in told


def test_nothing_in_a_message_ends_its_fence(whole: Form) -> None:
    told = markdown(replace(whole, error_message="a\n```\n# not a heading\n````\nb"), TICKET)
    assert "\n`````\na\n```\n# not a heading\n````\nb\n`````\n" in told


@pytest.mark.parametrize("before", ["", " ", "   "])
def test_a_fence_in_a_message_that_stands_further_in_does_not_end_it_either(whole: Form, before: str) -> None:
    message = f"log\n{before}```\n# not a heading"
    told = MarkdownIt().parse(markdown(replace(whole, error_message=message), TICKET))
    assert [token.content for token in told if token.type == "fence"] == [f"{message}\n"]


def test_a_line_of_a_list_stays_a_line(whole: Form) -> None:
    told = markdown(
        replace(whole, steps=(StepTaken("a\n# b", "done"),), diagnostics=(Diagnostic("x", "1\n2", "now"),)), TICKET
    )
    assert "1. [x] a # b (done)" in told
    assert "- **x** (now):\n\n```\n1\n2\n```" in told
