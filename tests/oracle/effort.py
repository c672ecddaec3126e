"""How many random worlds a test looks at: `RULES_DEPTH=50 pytest --timeout=0 …` looks deep.

A normal run looks at the same worlds each time, so that a change is judged by nothing but itself.
"""

import os

from hypothesis import HealthCheck, Phase, settings

DEPTH = int(os.environ.get("RULES_DEPTH", "1"))
SHRINKING = (Phase.shrink,) if DEPTH > 1 else ()
"""Worlds are large and shrink for minutes; a normal run shows the one it found as it is."""


def effort(examples: int) -> settings:
    """So many examples in a normal run; no deadline, for other tests may run beside."""
    return settings(
        max_examples=examples * DEPTH,
        deadline=None,
        derandomize=DEPTH == 1,
        phases=(Phase.explicit, Phase.reuse, Phase.generate, *SHRINKING),
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
