"""Briefings: who is told how things stand, and by which clock (JR/T 0099 7.2)."""
