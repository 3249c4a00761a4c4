"""Runs as JSON."""

from typing import Any

from workbench.clock import iso
from workbench.runbooks.model import Step
from workbench.runbooks.runs.model import Output, Run
from workbench.runbooks.runs.placeholders import filled


def run_told(run: Run, values: dict[str, str]) -> dict[str, Any]:
    """A run whole, its commands with their values; `current` is the step to be done now, null once all are."""
    ending = run.ending
    return {
        "run": run.number,
        "runbook": run.runbook,
        "title": run.title,
        "version": run.version,
        "ref": run.ticket,
        "by": run.began.who,
        "began_at": iso(run.began.at),
        "ended": ending.did.value if ending else None,
        "ended_at": iso(ending.at) if ending else None,
        "ended_by": ending.who if ending else None,
        "current": None if run.is_over else run.current,
        "values": dict(run.values),
        "steps": [_step_told(run, step, values) for step in run.steps],
    }


def _step_told(run: Run, step: Step, values: dict[str, str]) -> dict[str, Any]:
    act = run.outcomes.get(step.number)
    command = filled(step.command, values) if step.command else None
    return {
        "step": step.number,
        "what": step.title,
        "command": command.text if command else None,
        "missing": list(command.missing) if command else [],
        "doubts": list(command.doubts) if command else [],
        "outcome": act.did.value if act else None,
        "note": act.note if act else "",
        "notes": run.notes(step.number),
        "who": act.who if act else None,
        "at": iso(act.at) if act else None,
        "outputs": [_output_told(output) for output in run.outputs if output.step == step.number],
    }


def _output_told(output: Output) -> dict[str, Any]:
    return {
        "at": iso(output.at),
        "who": output.who,
        "command": output.command,
        "text": output.text,
        "cut": output.cut,
        "ended": output.ended,
    }
