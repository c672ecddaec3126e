"""Readiness: every control of the standard judged from the register and the record (pure)."""
