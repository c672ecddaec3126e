"""Early warnings: raised, verified, reported, lifted along the same path (JR/T 0099 7.2)."""
