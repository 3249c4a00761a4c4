"""Runs: one use of a runbook, on a ticket or on none; every step leaves a trace."""
