"""Doors in: one file a platform turns its events into commands and carries the answer back."""
