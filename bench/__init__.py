"""Benchmarks: each measures its own floor in the same run, and holds the product against it."""
