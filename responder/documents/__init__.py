"""Words and paper: templates and facts become texts and papers, the same bytes every time."""
