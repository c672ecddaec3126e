"""What a report says against the record, or against itself: never false, never concealed (7.2).

Pure: the same facts and record give the same findings, in the same order. None of them changes
anything; a report with one is signed only where an approver lets it pass with a reason.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from responder.domain.dossier import Known
from responder.domain.incident import PHASE_NAMES, Phase
from responder.domain.what_is_there import Record
from responder.domain.words import Words

NOT_OVER = (Phase.DECLARED, Phase.ACTIVE, Phase.CONTAINED)
RESTORED = "restored"
HAPPENED = ("occurred_at", "detected_at", "classified_at", "restored_at")
CLOSE = 1.0
"""Percentage points by which a share may differ from what the numbers give: people round."""
ROUNDING = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Contradiction:
    """One of them: its id, the hub field it is about, and what stands against what."""

    id: str
    hub: str
    words: Words


def contradictions(
    record: Record, facts: Mapping[str, Known], states: Sequence[str], now: datetime
) -> tuple[Contradiction, ...]:
    """Everything in the facts, and in what a report states, that cannot be true together."""
    said = _Said(record, facts)
    return (*said.orders(), *said.to_come(now), *said.restoration(states), *said.numbers())


@dataclass(frozen=True, slots=True)
class _Said:
    """The facts as instants and numbers, beside the record."""

    record: Record
    facts: Mapping[str, Known]

    def orders(self) -> Iterator[Contradiction]:
        """What happened in an order that cannot be."""
        occurred, detected = self._at("occurred_at"), self._at("detected_at")
        restored, sign = self._at("restored_at"), self.record.first_sign_at
        declared, entry = self.record.incident.declared_at, self.record.restored
        recorded = entry.at + ROUNDING if entry else None
        for id, hub, early, late, what in (
            ("starts-after-first-sign", "occurred_at", sign, occurred, STARTS_LATE),
            ("found-after-first-sign", "detected_at", sign, detected, FOUND_LATE),
            ("found-before-it-began", "detected_at", detected, occurred, FOUND_EARLY),
            ("restored-before-declared", "restored_at", restored, declared, OVER_EARLY),
            ("restored-before-it-began", "restored_at", restored, occurred, OVER_BEFORE),
            ("restored-after-the-record", "restored_at", recorded, restored, OVER_LATE),
        ):
            if early is not None and late is not None and early < late:
                yield Contradiction(id, hub, self._clocks(what, early, late))

    def to_come(self, now: datetime) -> Iterator[Contradiction]:
        """Said to have happened, and still to come."""
        for hub in HAPPENED:
            at = self._at(hub)
            if at and at > now:
                yield Contradiction(f"to-come:{hub}", hub, self._clocks(TO_COME, now, at))

    def restoration(self, states: Sequence[str]) -> Iterator[Contradiction]:
        """Restored, while the record says that it goes on; or restored nobody knows when."""
        restored, phase = self._at("restored_at"), self.record.incident.phase
        goes_on = self.record.restored is None and phase in NOT_OVER
        if goes_on and (restored or RESTORED in states):
            name = PHASE_NAMES[phase]
            words = Words(
                f"报告称已恢复，处置记录中事件状态为“{name.zh}”",
                f"it is said to be restored; the record says “{name.en}”",
            )
            yield Contradiction("restored-while-it-goes-on", "restored_at", words)
        if RESTORED in states and not restored:
            words = Words("报告称已恢复，未填恢复时间", "it is said to be restored, and not when")
            yield Contradiction("restored-without-a-time", "restored_at", words)

    def numbers(self) -> Iterator[Contradiction]:
        """More clients than there are, shares over a whole, shares that the numbers deny."""
        clients, share = self._number(CLIENTS), self._number(SHARE)
        everybody = self.record.customers
        if clients is not None and everybody and clients > everybody:
            words = Words(
                f"受影响客户数{clients:,.0f}超过系统登记的客户总数{everybody:,}",
                f"{clients:,.0f} clients affected, of {everybody:,} in the register",
            )
            yield Contradiction("more-clients-than-there-are", CLIENTS, words)
        for hub in sorted(hub for hub in self.facts if hub.endswith("_percent")):
            value = self._number(hub)
            if value is not None and value > 100:
                words = Words(f"比例{value:g}%超过100%", f"a share of {value:g} %")
                yield Contradiction(f"over-a-whole:{hub}", hub, words)
        if clients is None or share is None or not everybody:
            return
        given = 100 * clients / everybody
        if abs(given - share) > CLOSE:
            words = Words(
                f"所填比例{share:g}%；按{clients:,.0f}户和总数{everybody:,}户应为{given:.1f}%",
                f"{share:g} % is said; {clients:,.0f} of {everybody:,} make {given:.1f} %",
            )
            yield Contradiction("share-denied-by-numbers", SHARE, words)

    def _at(self, hub: str) -> datetime | None:
        known = self.facts.get(hub)
        return None if known is None or known.is_open else datetime.fromisoformat(known.plain)

    def _number(self, hub: str) -> float | None:
        known = self.facts.get(hub)
        return None if known is None or known.is_open else float(known.plain)

    def _clocks(self, words: Words, early: datetime, late: datetime) -> Words:
        zone = ZoneInfo(self.record.zone or self.record.site.time_zone)
        clocks = [at.astimezone(zone).strftime("%m-%d %H:%M:%S") for at in (early, late)]
        return Words(words.zh.format(*clocks), words.en.format(*clocks))


CLIENTS = "customers"
SHARE = "customers_percent"
STARTS_LATE = Words(
    "发生时间（{1}）晚于处置记录中最早的迹象（{0}）",
    "it begins ({1}) after the first sign on record ({0})",
)
FOUND_LATE = Words(
    "发现时间（{1}）晚于处置记录中最早的迹象（{0}）",
    "it is found ({1}) after the first sign on record ({0})",
)
FOUND_EARLY = Words(
    "发现时间（{0}）早于发生时间（{1}）", "it is found ({0}) before it begins ({1})"
)
OVER_EARLY = Words(
    "恢复时间（{0}）早于事件发起（{1}）", "it is restored ({0}) before it was declared ({1})"
)
OVER_BEFORE = Words(
    "恢复时间（{0}）早于发生时间（{1}）", "it is restored ({0}) before it begins ({1})"
)
OVER_LATE = Words(
    "恢复时间（{1}）晚于处置记录中的恢复（{0}）",
    "it is restored ({1}) after the record says so ({0})",
)
TO_COME = Words("所填时间（{1}）尚未到来", "this time ({1}) is still to come")
