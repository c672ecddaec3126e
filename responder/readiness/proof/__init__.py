"""Proving ahead that somebody will always take it and always decide (7.1: succession)."""
