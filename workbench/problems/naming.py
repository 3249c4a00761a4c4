"""Which component a rule may name: one that some ticket can be about."""

from dataclasses import replace

from workbench.errors import NotFound
from workbench.ownership.store import ComponentStore
from workbench.problems.model import Rule
from workbench.problems.store import ProblemStore


def named(rule: Rule, catalogue: ComponentStore, problems: ProblemStore) -> Rule:
    """The rule with its component by its slug, as tickets have it.

    NotFound, with the nearest name, for one that neither the catalogue nor any ticket has: it would match nothing.
    """
    if not rule.component or catalogue.is_empty():
        return rule
    aliased = catalogue.with_alias(rule.component)
    slug = aliased[0] if len(aliased) == 1 else rule.component
    known = {*catalogue.slugs(), *problems.components()}
    if slug.casefold() not in map(str.casefold, known):
        raise NotFound.among("component", rule.component, known | set(catalogue.names()))
    return replace(rule, component=slug)
