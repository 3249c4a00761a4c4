"""Practice as JSON."""

from typing import Any

from workbench.clock import iso
from workbench.practice.happening import News
from workbench.practice.marking import Marked, Result
from workbench.practice.model import Fault, Skill
from workbench.practice.service import Status
from workbench.practice.session import Session
from workbench.practice.shelf import Shelved


def scenario_told(shelved: Shelved) -> dict[str, Any]:
    """A scenario as a trainee may know it before."""
    scenario = shelved.scenario
    return {
        "name": scenario.name,
        "title": scenario.title,
        "level": scenario.level,
        "skills": [skill.value for skill in scenario.skills],
        "client": scenario.client,
        "contact": scenario.contact,
        "within_s": int(scenario.truth.within.total_seconds()),
        "hints": len(scenario.hints),
        "own": shelved.own,
    }


def fault_told(fault: Fault) -> dict[str, Any]:
    """What is wrong with a file, and where."""
    return {"path": fault.path, "line": fault.line, "reason": fault.reason}


def session_told(session: Session) -> dict[str, Any]:
    """A session; `began_at` is real, the other instants are simulated."""
    return {
        "session": session.number,
        "trainee": session.trainee,
        "kind": session.kind.value,
        "name": session.name,
        "seed": session.seed,
        "began_at": iso(session.began_at),
        "started_at": iso(session.started_at),
        "ended_at": iso(session.ended_at) if session.ended_at else None,
        "speed": session.speed,
        "paused": session.paused,
    }


def status_told(status: Status) -> dict[str, Any]:
    """Where a session stands."""
    tickets = [{"ref": each.ref, "scenario": each.scenario, "at": iso(each.due_at)} for each in status.arrived]
    return {**session_told(status.session), "now": iso(status.now), "tickets": tickets, "to_come": status.to_come}


def news_told(news: News) -> dict[str, Any]:
    """Something that has happened."""
    return {"at": iso(news.at), "ref": news.ref, "words": news.words}


def progress_told(result: Result) -> dict[str, Any]:
    """A session's points without its tickets."""
    return {
        **session_told(result.session),
        "got": result.got,
        "most": result.most,
        "skills": _skills_told(result.by_skill()),
    }


def result_told(result: Result) -> dict[str, Any]:
    """A session's points, ticket by ticket; one that is still worked on has none to be seen."""
    return {
        **progress_told(result),
        "next": result.next_to_learn(),
        "read": result.to_read(),
        "tickets": [_marked_told(each) for each in result.marked],
    }


def _marked_told(marked: Marked) -> dict[str, Any]:
    scenario, sheet = marked.scenario, marked.sheet
    told: dict[str, Any] = {"ref": marked.ref, "scenario": scenario.name, "title": scenario.title, "over": marked.over}
    if not marked.over:
        return told
    points = [
        {"skill": point.skill.value, "got": point.got, "most": point.most, "reason": point.reason}
        for point in sheet.points
    ]
    return {
        **told,
        "got": sheet.got,
        "most": sheet.most,
        "hints": sheet.hints,
        "points": points,
        "next": sheet.next_to_learn(),
        "debrief": scenario.lesson,
    }


def _skills_told(skills: dict[Skill, tuple[int, int]]) -> dict[str, Any]:
    return {skill.value: {"got": got, "most": most} for skill, (got, most) in skills.items()}
