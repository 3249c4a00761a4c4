"""What a hand-off must say, by where it goes and why: the table of DOMAIN "Escalation"."""

from typing import Final, NamedTuple

from workbench.escalation.model import Category, Direction, Form, Row
from workbench.organisation.model import Organisation, SupportModel, Team

ALWAYS: Final = (Row.SUMMARY, Row.IMPACT, Row.STEPS, Row.DIAGNOSTICS, Row.REASON)
"""Required by every target."""
ENGINEERING: Final = (Row.ERROR, Row.REPRODUCTION, Row.ACCOUNT, Row.ENVIRONMENT, Row.CHANGES)
"""Required besides by the third tier, and sideways by the teams that build what they are asked about."""

_FIRST_ENGINEERING_TIER: Final = 2
"""Counted from the first tier, which is 0: the third line and whatever stands above it."""
_BUILDERS: Final = frozenset({SupportModel.EMBEDDED, SupportModel.RUN})
_NEED_LESS: Final = frozenset({Category.ACCESS_MISSING, Category.OWNED_ELSEWHERE})
"""Reasons that need no diagnosis of the fault itself."""


class Further(NamedTuple):
    """A part that stops a hand-off though it is in no row: its name in the form, and what is to stand there."""

    part: str
    asks: str


class Completeness(NamedTuple):
    """How much of what is required a form says; `further` are the parts that the way it goes asks for besides."""

    required: tuple[Row, ...]
    missing: tuple[Row, ...]
    further: tuple[Further, ...] = ()

    @property
    def asked(self) -> int:
        """How many rows and further parts there are to fill."""
        return len(self.required) + len(self.further)

    @property
    def filled(self) -> int:
        """How many of the required rows are filled."""
        return len(self.required) - len(self.missing)


def required_rows(
    direction: Direction, target: Team, category: Category | None, organisation: Organisation
) -> tuple[Row, ...]:
    """The rows that a hand-off in that direction to that team for that reason must fill."""
    if direction is Direction.SWARM:
        return (*ALWAYS, Row.COMPONENTS)
    if category not in _NEED_LESS and is_engineering(direction, target, organisation):
        return ALWAYS + ENGINEERING
    return ALWAYS


def is_engineering(direction: Direction, target: Team, organisation: Organisation) -> bool:
    """Whether the receivers work on the thing itself: from the third tier on, or the team that builds it."""
    if rank(target.tier, organisation) >= _FIRST_ENGINEERING_TIER:
        return True
    return direction is Direction.SIDEWAYS and target.support in _BUILDERS


def rank(tier: str, organisation: Organisation) -> int:
    """The place of a tier, the first line being 0; one that is retired has the place it would have."""
    everyone = organisation.tiers.everyone
    place = everyone.index(organisation.tier(tier, include_retired=True))
    return sum(not each.retired for each in everyone[:place])


def completeness(form: Form, required: tuple[Row, ...]) -> Completeness:
    """Which of the required rows the form leaves open."""
    return Completeness(required, tuple(row for row in required if form.lacks(row)))


def told_missing(form: Form, missing: tuple[Row, ...]) -> str:
    """The missing rows by name, with the part that is missing where the other is there: `environment (version)`."""
    return ", ".join(_told(form, row) for row in missing)


def _told(form: Form, row: Row) -> str:
    lacking = form.lacks(row)
    return row.value if lacking in ((), (row.value,)) else f"{row.value} ({', '.join(lacking)})"
