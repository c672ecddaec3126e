"""Records and evidence: taken in, bundled, inspected, erased after their years (7.2, 7.3)."""
