"""The reports' door: figures of any period and scope, the tickets behind them, and figures kept to compare with."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from workbench.clock import Clock
from workbench.database import Database
from workbench.errors import InvalidInput, NotFound
from workbench.organisation.service import OrganisationService
from workbench.ownership.service import OwnershipService
from workbench.reports.advice import fits
from workbench.reports.baselines import Baseline, BaselineStore
from workbench.reports.besides import besides
from workbench.reports.definitions import definition
from workbench.reports.diagnosis import patterns
from workbench.reports.evidence import Hop, Loads
from workbench.reports.findings import By, Clue, Finding
from workbench.reports.fitting import Fit
from workbench.reports.gathering import EvidenceStore
from workbench.reports.model import EVERYBODY, Costs, Figure, Ladder, Period, Question, Scope
from workbench.reports.reckoning import WhatIf, figures, what_if
from workbench.reports.store import ReportStore
from workbench.text import storable
from workbench.tickets.service import TicketService

Progress = Callable[[int, int], None]
"""Is told how much is done, of how much."""


def _untold(_done: int, _total: int) -> None:
    """For work of whose progress nobody wants to hear."""


DAYS: Final = timedelta(days=30)
"""The length of a period whose start nobody names."""

WEEKS: Final = 12
"""How far back the trend goes."""


@dataclass(frozen=True, slots=True)
class Line:
    """One figure, what it was in the period before, and in each of the last weeks up to the moment."""

    figure: Figure
    before: Figure
    trend: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """All figures of a period and scope; `weeks` are those of the trends."""

    period: Period
    scope: Scope
    lines: tuple[Line, ...]
    weeks: tuple[Period, ...]
    costs: Costs


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """Where the tiers break and why, which model fits whom, how teams pass tickets on, and what came week by week."""

    patterns: tuple[Finding, ...]
    besides: tuple[Finding, ...]
    fits: tuple[Fit, ...]
    hops: tuple[Hop, ...]
    loads: Loads


class ReportService:
    """Takes figures on behalf of one person; nothing but baselines is ever written."""

    def __init__(
        self,
        database: Database,
        organisation: OrganisationService,
        tickets: TicketService,
        ownership: OwnershipService,
        clock: Clock,
        who: str,
    ) -> None:
        self.database = database
        self.store = ReportStore(database, tickets.journal.replay)
        self.evidence = EvidenceStore(database)
        self.organisation = organisation
        self.tickets = tickets
        self.ownership = ownership
        self.clock = clock
        self.who = who
        self._baselines = BaselineStore(database)

    def period(self, start: datetime | None = None, end: datetime | None = None) -> Period:
        """From `start` to `end`: else to now, and of the thirty days before the end; InvalidInput where nothing is."""
        until = end or self.clock.now()
        since = start or until - DAYS
        if since >= until:
            raise InvalidInput("the period ends before it begins", "`--from` must be earlier than `--to`")
        return Period(since, until)

    def prepare(self, progress: Progress = _untold) -> None:
        """Works out for a file from before there were reports what they read; nothing to do elsewhere."""
        self.tickets.fill(progress)

    def figures(self, period: Period, scope: Scope = EVERYBODY) -> tuple[Figure, ...]:
        """All figures, in the order of the catalogue; NotFound for a scope of names that nobody has."""
        with self.database.snapshot():
            return self._figures(self.question(period, scope))

    def report(
        self,
        period: Period,
        scope: Scope = EVERYBODY,
        *,
        weeks: int = WEEKS,
        progress: Progress = _untold,
    ) -> Report:
        """All figures with those of the period before and of each of the last weeks."""
        spans = period.weeks(weeks)
        taken: list[tuple[Figure, ...]] = []
        with self.database.snapshot():
            asked = self.question(period, scope)
            for each in (period, period.before, *spans):
                taken.append(self._figures(asked._replace(period=each)))
                progress(len(taken), weeks + 2)
        lines = tuple(Line(figure, before, tuple(trend)) for figure, before, *trend in zip(*taken, strict=True))
        return Report(period, scope, lines, tuple(spans), self.costs)

    def tickets_behind(
        self, name: str, period: Period, scope: Scope = EVERYBODY, *, limit: int = -1, whole: bool = False
    ) -> list[int]:
        """The numbers of the tickets behind a figure, at most `limit`; NotFound.

        `whole`: not those that it counts but all that it is a share of.
        """
        known = definition(name).name
        with self.database.snapshot():
            return self.store.tickets(known, self.question(period, scope), limit, whole=whole)

    def tickets_passed(self, source: str, target: str | None, period: Period, scope: Scope = EVERYBODY) -> list[int]:
        """The numbers of the tickets that one team passed to another, or to any, as the hop map counts them."""
        return self.evidence.passing.passed(source, target, self.question(period, scope))

    def tickets_come(self, team: str, period: Period, scope: Scope = EVERYBODY) -> list[int]:
        """The numbers of the tickets that came to a team, as its load counts them."""
        return self.evidence.passing.came(team, self.question(period, scope))

    def tickets_about(self, component: str, period: Period, scope: Scope = EVERYBODY) -> list[int]:
        """The numbers of the tickets about a component that came to any team."""
        return self.evidence.passing.came_about(component, self.question(period, scope))

    def tickets_showing(self, clue: Clue, period: Period, scope: Scope = EVERYBODY) -> list[int]:
        """The numbers of the tickets behind a sentence of a finding."""
        with self.database.snapshot():
            asked = self.question(period, scope)
            match clue.by, clue.of:
                case By.FIGURE, (name,):
                    return self.store.tickets(name, asked)
                case By.BACK_AND_FORTH, (one, other):
                    return self.evidence.passing.returned((one, other), asked)
                case By.COMPONENT, (component,):
                    return self.evidence.resolved_about(component, asked)
                case By.PERSON, (who,):
                    return self.evidence.resolved_by(who, asked)
                case By.AVOIDABLE, lacked:
                    return self.evidence.spared(lacked, asked)
                case By.CODE, (code,):
                    return self.evidence.sent_back(code, asked)
                case By.PAUSE, _:
                    return self.evidence.paused(asked)
        return list(clue.tickets)

    def diagnosis(self, period: Period, scope: Scope = EVERYBODY, *, progress: Progress = _untold) -> Diagnosis:
        """What the figures and the evidence of a period say of the way in which support is organised."""
        with self.database.snapshot():
            asked = self.question(period, scope)
            facts = self.store.facts(asked)
            taken = {figure.name: figure for figure in figures(facts, asked.ladder, self.costs)}
            components = self.ownership.components()
            owned = {each.slug: each.team for each in components if each.team is not None}
            evidence = self.evidence.evidence(asked, owned, WEEKS, progress)
        teams = [team.slug for team in self.organisation.current().teams]
        return Diagnosis(
            tuple(patterns(taken, evidence, facts.resolvers, asked.limits)),
            tuple(besides(taken, evidence)),
            tuple(fits(teams, components, evidence.loads, WEEKS)),
            evidence.hops,
            evidence.loads,
        )

    def what_if(self, period: Period, scope: Scope, shares: Mapping[str, float]) -> WhatIf:
        """What arrivals at engineering would have cost, had fewer or more tickets been passed up.

        `shares` by the name of the figure; InvalidInput for one that the cost does not hang on.
        """
        with self.database.snapshot():
            asked = self.question(period, scope)
            return what_if(self.store.facts(asked), asked.ladder, self.costs, shares)

    @property
    def costs(self) -> Costs:
        """The assumptions behind the cost, from the setup."""
        settings = self.organisation.current().settings
        return Costs(settings.escalation_work, settings.escalation_refocus, settings.engineer_hour_cost)

    def question(self, period: Period, scope: Scope) -> Question:
        """What is asked of the file; NotFound for a name that nobody has."""
        organisation = self.organisation.current()
        if scope.team is not None:
            organisation.team(scope.team, include_retired=True)
        if scope.tier is not None:
            organisation.tier(scope.tier, include_retired=True)
        if scope.client is not None:
            organisation.client(scope.client, include_retired=True)
        if scope.component is not None:
            self._require_component(scope.component)
        ladder = Ladder(tuple(tier.name for tier in organisation.tiers))
        return Question(period, scope, ladder, self.tickets.limits, self._open_seams())

    def keep(self, name: str, period: Period, scope: Scope = EVERYBODY) -> Baseline:
        """Keeps the figures under a name, to compare with later; one of that name is replaced."""
        title = self.name_to_keep(name)
        values = {figure.name: figure.value for figure in self.figures(period, scope)}
        kept = Baseline(title, self.clock.now(), self.who, period, scope, values)
        with self.database.transaction():
            self._baselines.write(kept)
        return kept

    def name_to_keep(self, name: str) -> str:
        """The name as it will be kept; InvalidInput for an empty one, Refused where I am no person of the setup."""
        self.organisation.require_person(self.who)
        title = storable(name).strip()
        if not title:
            raise InvalidInput("a baseline has no name", "name it, as in `--keep before-the-runbooks`")
        return title

    def forget(self, name: str) -> Baseline:
        """Deletes a baseline, and gives it once more; NotFound, Refused where I am no person of the setup."""
        self.organisation.require_person(self.who)
        with self.database.transaction():
            kept = self.baseline(name)
            self._baselines.delete(kept.name)
        return kept

    def baselines(self) -> list[Baseline]:
        """Those that were kept, the latest first."""
        return self._baselines.all()

    def baseline(self, name: str) -> Baseline:
        """The one of that name; NotFound names the nearest."""
        for kept in self._baselines.all():
            if kept.name == name:
                return kept
        known = [kept.name for kept in self._baselines.all()]
        if not known:
            raise NotFound(f"no baseline named {name!r}", "`workbench report --keep NAME` keeps one")
        raise NotFound.among("baseline", name, known)

    def _figures(self, asked: Question) -> tuple[Figure, ...]:
        return figures(self.store.facts(asked), asked.ladder, self.costs)

    def _open_seams(self) -> frozenset[frozenset[str]]:
        """The pairs of teams with a seam between them that nobody leads."""
        leads = self.ownership.store.leads()
        crossings = self.ownership.store.crossings()
        return frozenset(frozenset(teams) for components, teams in crossings if frozenset(components) not in leads)

    def _require_component(self, name: str) -> None:
        """A component of the catalogue or of any ticket, since tickets may know more of them."""
        known = self.store.components()
        if name not in known and self.ownership.find(name) is None:
            raise NotFound.among("component", name, {*known, *(each.slug for each in self.ownership.components())})
