"""Queues: their definitions, counts, filters and lists."""
