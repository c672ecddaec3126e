"""What confirming a grade would change of what is owed outside, before anybody confirms it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from responder.commands.obligations.demanded import Demand, demands, title_of
from responder.commands.obligations.owner_hunt import limit_said
from responder.commands.obligations.reconciling import changes_by
from responder.commands.owed import title_of as title_of_row
from responder.commands.queries import find_incident
from responder.commands.reports.grade import confirm
from responder.domain.dossier import Dossier
from responder.domain.obligation import Kind, Obligation
from responder.domain.record import By
from responder.domain.site import Site
from responder.domain.words import Words
from responder.ports.unit_of_work import UnitOfWork
from responder.regimes.due import Standing


@dataclass(frozen=True, slots=True)
class Follows:
    """What would follow of a grade: reports whose clock starts or moves, and those it spares.

    Each with its limit in words; what is spared by its title alone.
    """

    starts: tuple[Words, ...] = ()
    moves: tuple[Words, ...] = ()
    spares: tuple[Words, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.starts or self.moves or self.spares)

    @property
    def said(self) -> Words:
        """A sentence, or that no limit changes."""
        parts = [
            (self.starts, "将起算", "the clock starts of"),
            (self.moves, "时限将改为", "the limit moves of"),
            (self.spares, "将不再要求", "no longer demanded:"),
        ]
        named = [(of, zh, en) for of, zh, en in parts if of]
        if not named:
            return Words("各项报告的时限不变。", "No report's limit changes.")
        zh = "；".join(f"{zh}：{'、'.join(one.zh for one in of)}" for of, zh, _ in named)
        en = "; ".join(f"{en} {', '.join(one.en for one in of)}" for of, _, en in named)
        return Words(f"{zh}。", f"{en[0].upper()}{en[1:]}.")


def follows_of(
    uow: UnitOfWork, incident: str, regime: str, grade: str, by: By, now: datetime
) -> Follows:
    """What would follow, were that grade confirmed now. Raises UnknownId."""
    found = find_incident(uow, incident)
    site = uow.sites.get(found.site_version)
    rows = {row.id: row for row in uow.obligations.of(incident).values()}
    dossier = uow.dossiers.get(incident) or Dossier(incident)
    depended = _standing(demands(site, found, dossier, rows), Standing.DEPENDS)
    confirm(dossier, regime, grade, by, now)
    spared = _standing(demands(site, found, dossier, rows), Standing.NOT_DEMANDED)
    changes = [
        (kind, row)
        for kind, row in changes_by(uow, found, dossier, now)
        if row.kind is not Kind.CLASSIFICATION
    ]
    ended = [title_of_row(row) for kind, row in changes if kind == "ObligationEnded"]
    settled = [words for id, words in spared.items() if id in depended]
    return Follows(
        _limited("ObligationOpened", changes, site, now),
        _limited("ObligationMoved", changes, site, now),
        tuple(dict.fromkeys([*ended, *settled])),
    )


def _standing(found: Iterable[Demand], standing: Standing) -> dict[str, Words]:
    """The demands that stand so, by id, with their titles."""
    return {one.id: title_of(one) for one in found if one.due.standing is standing}


def _limited(
    kind: str, changes: Iterable[tuple[str, Obligation]], site: Site, now: datetime
) -> tuple[Words, ...]:
    """Those of a kind of change, each with its limit."""
    found = []
    for row in (row for done, row in changes if done == kind):
        title, limit = title_of_row(row), limit_said(row, site, now)
        found.append(Words(f"{title.zh}（时限{limit.zh}）", f"{title.en} (due {limit.en})"))
    return tuple(found)
