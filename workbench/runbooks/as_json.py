"""Runbooks as JSON."""

from datetime import date
from typing import Any

from workbench.clock import iso
from workbench.runbooks.model import Entry, Fault, Found, Imported, Runbook, Step, Version


def found_told(found: Found) -> dict[str, Any]:
    """One answer of a search; `where` is null where nothing was asked for."""
    entry = found.entry
    return {
        "slug": entry.slug,
        "title": entry.title,
        "tags": list(entry.tags),
        "score": found.score,
        "where": None if found.where == "used" else found.where,
        "excerpt": found.excerpt,
        "runs": entry.figures.runs,
        "worked": entry.figures.worked,
    }


def entry_told(entry: Entry, today: date) -> dict[str, Any]:
    """One runbook of the list, with its figures."""
    figures = entry.figures
    return {
        "slug": entry.slug,
        "title": entry.title,
        "path": entry.path,
        "tags": list(entry.tags),
        "components": list(entry.components),
        "signatures": list(entry.signatures),
        "tier": entry.tier,
        "owner": entry.owner,
        "review_at": entry.review_at.isoformat() if entry.review_at else None,
        "stale": entry.is_stale(today),
        "failing": figures.failing,
        "version": entry.version,
        "retired": entry.retired,
        "runs": figures.runs,
        "worked": figures.worked,
        "median_s": figures.median_s,
        "worst_step": figures.worst_step,
        "worst_failed": figures.worst_failed,
        "last_run_at": iso(figures.last_at) if figures.last_at else None,
    }


def runbook_told(runbook: Runbook, entry: Entry, today: date) -> dict[str, Any]:
    """A runbook whole, as one version of it says."""
    return {
        **entry_told(entry, today),
        "title": runbook.title,
        "tags": list(runbook.tags),
        "components": list(runbook.components),
        "signatures": list(runbook.signatures),
        "tier": runbook.tier,
        "owner": runbook.owner,
        "review_at": runbook.review_at.isoformat() if runbook.review_at else None,
        "stale": runbook.is_stale(today),
        "version": runbook.version,
        "access": list(runbook.access),
        "steps": [step_told(step) for step in runbook.steps],
        "text": runbook.text,
    }


def step_told(step: Step) -> dict[str, Any]:
    """One step; `line` is where it begins in the text."""
    return {
        "step": step.number,
        "title": step.title,
        "text": step.text,
        "command": step.command,
        "expected": step.expected,
        "caution": step.caution,
        "line": step.line,
    }


def version_told(version: Version) -> dict[str, Any]:
    """One version, without its text."""
    return {"version": version.number, "at": iso(version.at), "who": version.who}


def fault_told(fault: Fault) -> dict[str, Any]:
    """What is wrong with a file; `line` is null where the file as a whole is meant."""
    return {"path": fault.path, "line": fault.line or None, "reason": fault.reason}


def imported_told(done: Imported) -> dict[str, Any]:
    """What an import did: slugs, how many files stayed as they were or say nothing, and what is wrong."""
    return {
        "added": done.added,
        "changed": [each.slug for each in done.changed],
        "kept": done.kept,
        "same": done.same,
        "empty": done.empty,
        "problems": [fault_told(fault) for fault in done.faults],
    }
