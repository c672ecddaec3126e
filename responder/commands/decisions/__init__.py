"""Decisions: who is asked, whose answer counts, what was given by word of mouth (7.1)."""
