"""Tests of the library of runbooks and of their runs."""
