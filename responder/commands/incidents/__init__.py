"""Incidents: declared, led, moved on; their roles, tasks, rooms and roll-call (JR/T 0099 7.2)."""
