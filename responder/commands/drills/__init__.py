"""Drills held on the same engine as the real thing, behind a fence (JR/T 0099 7.1 w to aa)."""
