"""Escalation: the structured form, the hand-off from team to team, and the swarm."""
