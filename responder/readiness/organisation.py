"""7.1, organisation and decision: bodies, composition, mechanism, succession, principles."""
