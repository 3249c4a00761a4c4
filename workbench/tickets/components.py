"""The components that tickets name, as SQL: in the catalogue or not."""

from typing import Final

NAMED: Final = """
    WITH RECURSIVE named (component) AS (
        SELECT min(component) FROM ticket WHERE component IS NOT NULL
        UNION ALL
        SELECT (SELECT min(component) FROM ticket WHERE component > named.component) FROM named
        WHERE named.component IS NOT NULL
    )
"""
"""Walks from one to the next by their index, since few of them stand in many tickets."""
NAMED_COMPONENTS: Final = f"{NAMED} SELECT component FROM named WHERE component IS NOT NULL"
