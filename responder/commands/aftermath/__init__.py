"""After an incident: its investigation, who is accountable, the incident report (JR/T 0099 7.3)."""
