"""Promises, and attempts to break them."""
