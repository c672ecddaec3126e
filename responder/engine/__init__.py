"""The clock: due rows become commands, the outbox becomes sends, one cycle at a time."""
