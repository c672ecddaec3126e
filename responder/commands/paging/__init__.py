"""Paging: who answers, by key or telephone; calls made by hand; what became of messages (P1)."""
