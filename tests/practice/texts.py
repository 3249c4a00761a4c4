"""A scenario's text for tests, and the same with something in it changed."""

WHOLE = """---
title: A lamp
level: L1
skills: [triage, handoff]
client: brightwater
contact: Joy
impact: team
urgency: hampered
said: { impact: one, urgency: wait }
ending: handed_off
direction: up
to: network
people: [jonas]
called: [apps]
component: lan
runbook: socket-dead
since: 1h
within: 30m
handoff:
  summary: [lamp]
  steps: []
told:
  who has it: [Network, they]
reading: [socket-dead]
---

# The lamp is dark

It was bright before.

## Before 2m: back wrong_owner

Not ours.

## Before 50m: to apps

It is dark.

## Asked: where, Room

In room 3.

## Step: socket-dead 3 (misleading)

connected

## After 10m: reply

Well?

## Hint

Look.

## Debrief

The cable.

## Key

take
- say They have it.
"""


def with_line(old: str, new: str) -> str:
    """The whole with one line put in place of another; the line has to be there."""
    lines = WHOLE.split("\n")
    lines[lines.index(old)] = new
    return "\n".join(lines)


def line_of(text: str, line: str) -> int:
    """On which line, from 1, it stands."""
    return text.split("\n").index(line) + 1
