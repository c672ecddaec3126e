"""How many random worlds a test looks at: `RULES_DEPTH=50 pytest --timeout=0 …` looks deep."""

import os

from hypothesis import HealthCheck, settings

DEPTH = int(os.environ.get("RULES_DEPTH", "1"))


def effort(examples: int) -> settings:
    """So many examples in a normal run; no deadline, for other tests may run beside."""
    return settings(
        max_examples=examples * DEPTH,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
