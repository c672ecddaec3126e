"""Reports to regulators: the dossier, the grade, the paper signed, submitted, corrected (7.2)."""
