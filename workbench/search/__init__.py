"""The typo-tolerant text index that runbooks, tickets and owners share."""

from workbench.search.excerpts import Excerpt, Span
from workbench.search.index import TextIndex
from workbench.search.ranking import Hit
from workbench.search.schema import schema

__all__ = ["Excerpt", "Hit", "Span", "TextIndex", "schema"]
