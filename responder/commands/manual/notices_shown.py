"""Notices of our own changes, as people and scripts look at them."""

from typing import Any

from responder.commands.pursuit import UNIT
from responder.domain.change_notice import ChangeNotice
from responder.ports.unit_of_work import UnitOfWork


def notices(uow: UnitOfWork, unit: str = "") -> list[ChangeNotice]:
    """Every notice, the latest first; of one unit alone."""
    wanted = unit.removeprefix(UNIT)
    every = reversed(uow.change_notices.all().values())
    return [one for one in every if wanted in ("", one.unit)]


def notice_facts(one: ChangeNotice) -> dict[str, Any]:
    """A notice as scripts read it."""
    return {
        "id": one.id,
        "unit": one.unit,
        "revision": one.revision,
        "changes": [{"zh": words.zh, "en": words.en} for words in one.changes],
        "made_at": one.made_at.isoformat(),
        "sent_at": one.sent_at.isoformat() if one.sent_at else None,
        "receipt": one.receipt or None,
        "received_at": one.received_at.isoformat() if one.received_at else None,
        "chased": [at.isoformat() for at in one.chased],
        "open": one.is_open,
    }
