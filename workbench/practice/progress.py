"""How trainees come on: for each skill the points of session after session."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple, Self

from workbench.practice.marking import Result
from workbench.practice.model import Skill


class Trend(StrEnum):
    """The latest session beside the one before."""

    RISING = "rising"
    FALLING = "falling"
    EVEN = "even"


class Course(NamedTuple):
    """One skill of one trainee: the points got and to be had in each session that asked for it, the latest last."""

    points: tuple[tuple[int, int], ...] = ()

    @property
    def shares(self) -> tuple[float, ...]:
        """The part of all points that was got, session by session."""
        return tuple(got / most for got, most in self.points)

    @property
    def got(self) -> int:
        """Points in all sessions."""
        return sum(got for got, _ in self.points)

    @property
    def most(self) -> int:
        """Points that could be had in all sessions; 0 where there are no data."""
        return sum(most for _, most in self.points)

    @property
    def trend(self) -> Trend | None:
        """Which way it went last; None before there are two sessions."""
        if len(self.points) < 2:
            return None
        before, latest = self.shares[-2:]
        return Trend.EVEN if latest == before else Trend.RISING if latest > before else Trend.FALLING


class Progress(NamedTuple):
    """A trainee with the sessions that have ended, in their order, and what these say of each skill."""

    trainee: str
    results: tuple[Result, ...]
    courses: Mapping[Skill, Course]

    @property
    def whole(self) -> Course:
        """All skills together."""
        return Course(tuple((result.got, result.most) for result in self.results if result.most))

    @classmethod
    def of(cls, trainee: str, results: Sequence[Result]) -> Self:
        """That trainee's, by these sessions."""
        told = [result.by_skill() for result in results]
        courses = {
            skill: Course(tuple(points for each in told if (points := each.get(skill, (0, 0)))[1])) for skill in Skill
        }
        return cls(trainee, tuple(results), courses)
