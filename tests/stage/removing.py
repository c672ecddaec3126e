"""Lawful removal of what single entries say, in a work of its own."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from responder.domain.record import By
from responder.store.erasing import removal_of


def remove_payloads(store: Any, seqs: Sequence[int], reason: str, by: By, at: datetime) -> None:
    """Remove them and put that on the record."""

    def work(uow: Any) -> None:
        uow.flush()
        uow.ledger.append([removal_of(uow.session, seqs, reason, by, at)])

    store.run(work)
