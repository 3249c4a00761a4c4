"""Tests of Workbench."""
