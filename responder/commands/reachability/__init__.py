"""Reachability around the clock: each way proved by an answer, duty phones probed (7.1 n, q)."""
