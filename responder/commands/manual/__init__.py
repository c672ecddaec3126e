"""The contact manual: people looked up, tables taken in, changes told of, its papers (7.1)."""
