"""A stage for stories: a small firm, its phones, and a clock that only moves when told."""
