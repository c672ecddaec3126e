"""The rules: pure values and decisions with `now` passed in, standard library only."""
