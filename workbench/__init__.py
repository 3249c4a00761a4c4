"""Workbench: a terminal queue workbench for tiered support, in one SQLite file."""

__version__ = "0.1.0"
