"""Whether a scenario stands as it was approved (JR/T 0099 7.1 w: the plan of a drill)."""

from hashlib import sha256

from responder.domain.drill import DrillScenario
from responder.domain.drill_run import DrillApproval


def fingerprint(scenario: DrillScenario) -> str:
    """What tells one wording of a scenario from every other."""
    return sha256(repr(scenario).encode()).hexdigest()


def is_approved(scenario: DrillScenario, approval: DrillApproval | None) -> bool:
    """Whether somebody approved it just as it stands."""
    return approval is not None and approval.fingerprint == fingerprint(scenario)
