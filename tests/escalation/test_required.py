"""What a hand-off must say, by where it goes and why."""

from dataclasses import replace

import pytest

from workbench.escalation.model import Category, Diagnostic, Direction, Form, Row, StepTaken
from workbench.escalation.required import ALWAYS, ENGINEERING, completeness, rank, required_rows, told_missing
from workbench.organisation.model import Organisation

UP, SIDEWAYS, SWARM = Direction
DEFECT, ACCESS, ELSEWHERE = Category.SUSPECTED_DEFECT, Category.ACCESS_MISSING, Category.OWNED_ELSEWHERE


@pytest.mark.parametrize(
    ("direction", "team", "category", "rows"),
    [
        (UP, "network", DEFECT, ALWAYS),
        (UP, "network", None, ALWAYS),
        (UP, "engineering", DEFECT, ALWAYS + ENGINEERING),
        (UP, "engineering", None, ALWAYS + ENGINEERING),
        (UP, "engineering", ACCESS, ALWAYS),
        (UP, "engineering", ELSEWHERE, ALWAYS),
        (UP, "apps", DEFECT, ALWAYS),
        (SIDEWAYS, "apps", DEFECT, ALWAYS + ENGINEERING),
        (SIDEWAYS, "apps", ELSEWHERE, ALWAYS),
        (SIDEWAYS, "payments", DEFECT, ALWAYS + ENGINEERING),
        (SIDEWAYS, "desk-two", DEFECT, ALWAYS),
        (SIDEWAYS, "network", DEFECT, ALWAYS),
        (SWARM, "platform", DEFECT, (*ALWAYS, Row.COMPONENTS)),
        (SWARM, "platform", ACCESS, (*ALWAYS, Row.COMPONENTS)),
    ],
)
def test_the_rows_required_by_direction_team_and_reason(
    organisation: Organisation, direction: Direction, team: str, category: Category | None, rows: tuple[Row, ...]
) -> None:
    assert required_rows(direction, organisation.team(team), category, organisation) == rows


def test_retired_tiers_do_not_count_as_lines(organisation: Organisation) -> None:
    assert [rank(tier, organisation) for tier in ("L0", "L1", "L2", "L3")] == [0, 0, 1, 2]


def test_an_empty_form_lacks_every_row() -> None:
    assert completeness(Form(), tuple(Row)).missing == tuple(Row)


def test_a_whole_form_lacks_nothing(whole: Form) -> None:
    done = completeness(whole, tuple(Row))
    assert (done.missing, done.filled) == ((), len(Row))


@pytest.mark.parametrize(
    ("row", "changes"),
    [
        (Row.SUMMARY, {"summary": " \n"}),
        (Row.IMPACT, {"urgency": ""}),
        (Row.IMPACT, {"impact": ""}),
        (Row.STEPS, {"steps": ()}),
        (Row.STEPS, {"steps": (StepTaken("a", "done"), StepTaken("b"))}),
        (Row.STEPS, {"steps": (StepTaken(" ", "done"),)}),
        (Row.DIAGNOSTICS, {"diagnostics": ()}),
        (Row.DIAGNOSTICS, {"diagnostics": (Diagnostic("load", "9"),)}),
        (Row.DIAGNOSTICS, {"diagnostics": (Diagnostic("load", "", "14:05"),)}),
        (Row.REASON, {"category": None}),
        (Row.REASON, {"words": ""}),
        (Row.ERROR, {"error_message": ""}),
        (Row.ERROR, {"error_at": ""}),
        (Row.REPRODUCTION, {"reproduction": ""}),
        (Row.ACCOUNT, {"account": ""}),
        (Row.ACCOUNT, {"permissions": ""}),
        (Row.ENVIRONMENT, {"environment": ""}),
        (Row.ENVIRONMENT, {"version": ""}),
        (Row.CHANGES, {"recent_changes": ""}),
        (Row.CHANGES, {"recent_actions": ""}),
        (Row.COMPONENTS, {"components": ()}),
        (Row.COMPONENTS, {"lead": ""}),
    ],
)
def test_a_row_of_two_parts_is_filled_when_both_are(whole: Form, row: Row, changes: dict[str, object]) -> None:
    assert completeness(replace(whole, **changes), tuple(Row)).missing == (row,)  # type: ignore[arg-type]


def test_not_reproducible_with_what_was_tried_is_an_answer(whole: Form) -> None:
    form = replace(whole, reproduction="", not_reproducible="three browsers")
    assert completeness(form, tuple(Row)).missing == ()


def test_missing_rows_are_told_with_the_part_that_is_missing(whole: Form) -> None:
    form = replace(whole, version="", summary="")
    assert told_missing(form, (Row.SUMMARY, Row.ENVIRONMENT)) == "summary, environment (version)"
