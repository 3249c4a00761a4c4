"""Tickets: their timeline, states and clocks."""
