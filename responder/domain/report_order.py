"""What incident report is wanted: of which facts, for whom, and who answers for the paper."""

from dataclasses import dataclass

from responder.domain.incident_facts import IncidentFacts

LEADERSHIP, INTERNAL = "leadership", "internal"
AUDIENCES = (LEADERSHIP, INTERNAL)
"""Leaders get the story without contact details; who handled it gets the whole record."""


@dataclass(frozen=True, slots=True)
class ReportOrder:
    """One paper. An `approver` is named only where somebody approved these very facts."""

    facts: IncidentFacts
    audience: str = LEADERSHIP
    version: str = "1.0"
    author: str = ""
    approver: str = ""
