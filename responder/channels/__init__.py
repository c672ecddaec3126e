"""Doors out: one file a platform sends what the outbox holds and reports what became of it."""
