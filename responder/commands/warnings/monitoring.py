"""Alerts of monitoring: they become an early warning, or join the open one (JR/T 0099 7.2).

Monitoring sends the same alert again while it lasts. What is as it was changes nothing. A
resolved alert is noted and ends nothing: whether the danger is over is for people to say.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from responder.commands.alert import Alert
from responder.commands.clean import clean_line
from responder.commands.command import Command, Reply, handles
from responder.commands.incidents.incident import LONGEST_TITLE
from responder.commands.numbering import number
from responder.commands.problems.event_log import heard_again
from responder.commands.pursuit import roster_of
from responder.commands.rights import monitoring, require
from responder.commands.warnings.report import report_is_due
from responder.commands.warnings.warning import (
    SAME_WITHIN,
    asked_already,
    open_warning,
    raise_level,
)
from responder.domain.monitoring import Meaning, Signal, meaning
from responder.domain.organisation import DUTY_LEAD
from responder.domain.playbook import LEVELS
from responder.domain.record import By, Fact
from responder.domain.roster import Roster
from responder.domain.warning import SERIES, Warning
from responder.domain.words import Words
from responder.errors import BadInput, NoSite, Refused
from responder.ports.unit_of_work import UnitOfWork

SEEN = "alerts.seen"
MOST_SEEN = 5000
"""Alerts whose state is remembered, the latest; one forgotten counts as new."""
MOST_HEARD = 100
"""Entries that monitoring makes on one warning's record; an alert that flaps cannot fill it."""
MOST_TITLES = 10
MOST_SIGNALS = 1000

Subject = tuple[str, str]


@dataclass(frozen=True)
class ReceiveAlerts(Command):
    """What monitoring reports: alerts that fire, and alerts that are resolved."""

    signals: tuple[Signal, ...]


@dataclass
class _Received:
    """One delivery at work: what is remembered of each alert, and what became of these."""

    uow: UnitOfWork
    now: datetime
    by: By
    roster: Roster
    version: str
    seen: dict[str, dict[str, str]]
    raised: list[str] = field(default_factory=list)
    joined: list[str] = field(default_factory=list)
    resolved: list[str] = field(default_factory=list)
    unchanged: int = 0


@handles(ReceiveAlerts)
def receive_alerts(command: ReceiveAlerts, uow: UnitOfWork, now: datetime) -> Reply:
    """Raise, join or note; the facts of the reply say which warnings."""
    require("alert", command.by, set(monitoring(command.by)))
    _check(command.signals)
    version = uow.sites.accepted()
    if version is None:
        raise NoSite
    before: dict[str, dict[str, str]] = uow.notes.get(SEEN) or {}
    roster = roster_of(uow, version)
    work = _Received(uow, now, command.by, roster, version, dict(before))
    news = _news(work, command.signals)
    _note_resolved(work, [signal for signal in news if not signal.firing])
    for signals in _by_subject(work, [signal for signal in news if signal.firing]):
        _take_in(work, signals)
    if work.seen != before:
        uow.notes.put(SEEN, dict(list(work.seen.items())[-MOST_SEEN:]))
    return _reply(work)


def _check(signals: Sequence[Signal]) -> None:
    if len(signals) > MOST_SIGNALS:
        raise BadInput(
            f"一次最多{MOST_SIGNALS}条告警。",
            f"At most {MOST_SIGNALS} alerts at once.",
            "请分批发送。",
            "Send them in parts.",
        )
    for signal in signals:
        clean_line(signal.title, "标题", "title", LONGEST_TITLE)


def _news(work: _Received, signals: Iterable[Signal]) -> list[Signal]:
    """What is not as it was, the latest word on each alert; it is remembered from now on."""
    latest = {signal.fingerprint: signal for signal in signals}
    news = [signal for signal in latest.values() if _is_new(work, signal)]
    work.unchanged = len(latest) - len(news)
    _count_repeats(work, latest.values(), news)
    return news


def _count_repeats(work: _Received, latest: Iterable[Signal], news: Sequence[Signal]) -> None:
    """What still fires as before is no new event: the one it belongs to counts it (5.8)."""
    fresh = {signal.fingerprint for signal in news}
    repeated = [s for s in latest if s.firing and s.fingerprint not in fresh]
    for warning, times in Counter(_known(work, signal) for signal in repeated).items():
        known = work.uow.warnings.get(warning) if warning else None
        if known is not None:
            heard_again(work.uow, known.event, times)


def _is_new(work: _Received, signal: Signal) -> bool:
    known = work.seen.get(signal.fingerprint)
    if known is None:
        return signal.firing
    if known["state"] != _state(signal):
        return True
    if not signal.firing or signal.starts_at == known["starts"] != "":
        return False
    return bool(signal.starts_at) or _living(work, known["warning"]) is None


def _living(work: _Received, id: str) -> Warning | None:
    """A warning that is still open, or that became an incident which is still handled."""
    warning = work.uow.warnings.get(id) if id else None
    if warning is None or warning.is_open:
        return warning
    incident = work.uow.incidents.get(warning.incident) if warning.incident else None
    return warning if incident is not None and incident.is_handled else None


def _state(signal: Signal) -> str:
    return "firing" if signal.firing else "resolved"


def _remember(work: _Received, signal: Signal, warning: str) -> None:
    work.seen.pop(signal.fingerprint, None)
    work.seen[signal.fingerprint] = {
        "warning": warning,
        "state": _state(signal),
        "starts": signal.starts_at,
    }


# Resolved


def _note_resolved(work: _Received, signals: Sequence[Signal]) -> None:
    """On the record of the warning, and of the incident it became; nothing is closed."""
    by_warning: dict[str, list[Signal]] = {}
    for signal in signals:
        warning = work.seen[signal.fingerprint]["warning"]
        by_warning.setdefault(warning, []).append(signal)
        _remember(work, signal, warning)
    for id, some in by_warning.items():
        if work.uow.warnings.get(id) is not None:
            alert = Alert.load(work.uow, id, work.now)
            left = sum(
                one["state"] == "firing" and one["warning"] == id for one in work.seen.values()
            )
            _hear(work, alert, "AlertsResolved", some, left=left)
            alert.save()
            work.resolved.append(id)


def _hear(work: _Received, alert: Alert, kind: str, signals: Sequence[Signal], **more: Any) -> None:
    """One entry for what came together; the last one says that no more follow."""
    warning = alert.warning
    if warning.heard >= MOST_HEARD:
        return
    warning.heard += 1
    payload = {
        "count": len(signals),
        "titles": list(dict.fromkeys(signal.title for signal in signals))[:MOST_TITLES],
        **more,
        **({"last": True} if warning.heard == MOST_HEARD else {}),
    }
    subjects = [warning.id, *([warning.incident] if warning.incident else [])]
    work.uow.ledger.append(Fact(kind, subject, work.by, work.now, payload) for subject in subjects)


# Firing


def _by_subject(work: _Received, signals: Iterable[Signal]) -> list[list[tuple[Signal, Meaning]]]:
    """Alerts that are one danger: those of one open warning, of one system, of one playbook."""
    site = work.roster.site
    found: dict[str | Subject, list[tuple[Signal, Meaning]]] = {}
    for signal in signals:
        meant = meaning(signal.labels, site.alerts, site.playbooks, site.systems)
        known = _known(work, signal)
        danger = known if _living(work, known) else meant.subject
        found.setdefault(danger, []).append((signal, meant))
    return list(found.values())


def _known(work: _Received, signal: Signal) -> str:
    """The warning that an alert belonged to last."""
    return work.seen.get(signal.fingerprint, {}).get("warning", "")


def _take_in(work: _Received, some: list[tuple[Signal, Meaning]]) -> None:
    """One warning for them: the open one if there is one, else a new one."""
    signals = [signal for signal, _ in some]
    gravest = min((meant for _, meant in some), key=lambda meant: _level(work, meant))
    important = any(meant.important for _, meant in some)
    warning = _open_one(work, signals[0], gravest)
    if warning is None:
        alert = _raise(work, signals[0].title, gravest)
        work.raised.append(alert.warning.id)
    else:
        alert = Alert.load(work.uow, warning.id, work.now)
        work.joined.append(warning.id)
        heard_again(work.uow, warning.event, len(signals))
    _hear(work, alert, "AlertsFired", signals)
    if alert.warning.is_open:
        raise_level(alert, _level(work, gravest), work.by)
    if important and not alert.warning.important:
        _make_important(work, alert)
    alert.save()
    for signal in signals:
        _remember(work, signal, alert.warning.id)


def _level(work: _Received, meant: Meaning) -> int:
    """The level it would have; one that does not exist is the playbook's."""
    if meant.level in LEVELS:
        return meant.level
    return work.roster.site.playbooks[meant.playbook].level if meant.playbook else LEVELS[-1]


def _open_one(work: _Received, signal: Signal, meant: Meaning) -> Warning | None:
    """The open warning it belongs to: its own, or one of the same danger within ten minutes."""
    known = _living(work, _known(work, signal))
    if known is not None:
        return known
    for warning in work.uow.warnings.open(SERIES).values():
        alike = (warning.system, "") if warning.system else ("", warning.playbook)
        if warning.raised_at > work.now - SAME_WITHIN and alike == meant.subject:
            return warning
    return None


def _raise(work: _Received, title: str, meant: Meaning) -> Alert:
    site, uow = work.roster.site, work.uow
    if not meant.playbook:
        raise Refused(
            what_zh="站点没有任何处置方案，告警无法登记为预警。",
            what_en="The site has no playbook at all: no alert can become a warning.",
        )
    warning = Warning(
        id=number(uow, SERIES, site, work.now),
        title=title,
        playbook=meant.playbook,
        raised_at=work.now,
        raised_by=work.by.person,
        site_version=work.version,
        system=meant.system,
        level=_level(work, meant),
        verify_by=work.now + site.playbooks[meant.playbook].verify_within,
        asked=work.roster.holder(DUTY_LEAD, work.now),
    )
    alert = Alert.of(uow, work.now, warning)
    open_warning(alert, work.by, asked_already(uow, warning))
    return alert


def _make_important(work: _Received, alert: Alert) -> None:
    """An important danger is reported as the rules for it demand (7.2); the record says so."""
    alert.warning.important = True
    report_is_due(alert, work.by)


def _reply(work: _Received) -> Reply:
    touched = [*work.raised, *work.joined, *work.resolved]
    facts = {
        "raised": work.raised,
        "joined": work.joined,
        "resolved": work.resolved,
        "unchanged": work.unchanged,
    }
    said = Words(
        f"新预警{len(work.raised)}个，并入{len(work.joined)}个，恢复{len(work.resolved)}个。",
        f"{len(work.raised)} warnings raised, {len(work.joined)} joined,"
        f" {len(work.resolved)} told of what is resolved.",
    )
    return Reply(next(iter(touched), ""), said, facts)
