"""Obligations to report: what the regimes demand, who owns it, until when (JR/T 0099 7.2)."""
