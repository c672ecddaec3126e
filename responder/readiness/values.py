"""Standings as plain values, as `readiness --json` prints them."""

from collections.abc import Iterable
from typing import Any

from responder.readiness.control import Gap, Standing


def values(standings: Iterable[Standing], language: str) -> list[dict[str, Any]]:
    """A mapping a control, in one language."""
    return [
        {
            "id": one.id,
            "state": one.light.value,
            "title": one.title.said(language),
            "reason": one.reason.said(language),
            "mend": one.mend.said(language),
            "owner": one.gaps[0].owner if one.gaps else "",
            "evidence_on": one.evidence_on.isoformat() if one.evidence_on else None,
            "gaps": [_gap(gap, language) for gap in one.gaps],
        }
        for one in standings
    ]


def _gap(gap: Gap, language: str) -> dict[str, Any]:
    return {
        "state": gap.light.value,
        "what": gap.what.said(language),
        "mend": gap.mend.said(language),
        "owner": gap.owner,
    }
