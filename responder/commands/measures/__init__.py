"""The register of corrective actions (整改台账): kept, reminded of, verified (JR/T 0099 7.3)."""
