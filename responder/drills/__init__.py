"""Exercises: what a drill's list says, what is due in it, what came of it (pure)."""
