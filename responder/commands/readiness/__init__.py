"""Readiness at work: the situation looked at, the owners told, the days kept."""
