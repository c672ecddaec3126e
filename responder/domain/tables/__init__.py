"""The register as tables: what columns mean, rows taken into a site, a site put out as tables."""
