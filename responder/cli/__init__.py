"""The operator's door: the command line and its words on the terminal."""
