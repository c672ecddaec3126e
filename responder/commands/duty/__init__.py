"""Duty: overrides, leave and swaps; shifts kept, handed over, checked in; calendar feeds (5.1)."""
