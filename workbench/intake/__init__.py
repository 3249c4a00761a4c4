"""Readers that turn outside data into tickets with a history, and the way back out."""
