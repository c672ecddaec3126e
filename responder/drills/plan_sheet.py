"""What the paper of a drill's plan tells (JR/T 0099 7.1 w)."""

from dataclasses import dataclass
from datetime import datetime

from responder.domain.drill import DrillScenario
from responder.domain.drill_run import DrillApproval
from responder.domain.site import Site


@dataclass(frozen=True, slots=True)
class PlanSheet:
    """A scenario as it would be held now; `approval` is of this very wording, or None."""

    site: Site
    scenario: DrillScenario
    approval: DrillApproval | None
    sha256: str
    made_at: datetime
