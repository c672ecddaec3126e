"""Monitoring in: alerts become an early warning, or join the open one (7.2, 5.8-3)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from responder.app import words_for
from responder.commands.firm import AcceptSite
from responder.commands.warnings.monitoring import MOST_HEARD, ReceiveAlerts
from responder.commands.warnings.moving import ConvertWarning, MoveWarning
from responder.domain.monitoring import AlertRule, Signal
from responder.domain.playbook import Playbook
from responder.domain.record import By
from responder.domain.warning import Stage
from responder.errors import BadInput, NotAllowed, Refused
from tests.stage.firm import small_firm
from tests.stage.play import Play, by

MINUTE = timedelta(minutes=1)
MONITORING = By("", "alerts", "alertmanager")
RUNG = ["duty slack", "duty sms", "duty voice"]
RULES = (
    AlertRule({"job": "trade*", "severity": "critical"}, "core", "outage", 2, important=True),
    AlertRule({"job": "trade*"}, "core", "outage", 3),
    AlertRule({"job": "crm"}, "crm", "leak"),
    AlertRule(playbook="leak", level=4),
)


@pytest.fixture
def firm(play: Play) -> Iterator[Play]:
    """The small firm with monitoring connected."""
    play.do(AcceptSite(site=small_firm(alerts=RULES)))
    yield play
    play.outgoing = [one for one in play.outgoing if one[1].purpose.value != "told"]


def fires(fingerprint: str = "a1", title: str = "撮合延迟", **more: Any) -> Signal:
    labels = more.pop("labels", {"job": "trade-gateway"})
    starts = more.pop("starts_at", "2026-11-23T12:14:00Z")
    return Signal(fingerprint, more.pop("firing", True), title, labels, starts)


def send(play: Play, *signals: Signal) -> dict[str, Any]:
    facts: dict[str, Any] = play.do(ReceiveAlerts(by=MONITORING, signals=signals)).facts
    return facts


def ledger(play: Play) -> list[str]:
    return [e.kind for e in play.store.read(lambda uow: uow.ledger.all(limit=100_000))]


def test_an_alert_becomes_a_warning_that_the_duty_lead_verifies(firm: Play) -> None:
    """It proposes the playbook, gives out its precautions, asks in its time, else pages more."""
    facts = send(firm, fires())
    (id,) = facts["raised"]
    warning = firm.warning(id)
    assert (warning.system, warning.playbook, warning.level) == ("core", "outage", 3)
    assert warning.asked == "duty"
    assert warning.verify_by == firm.now + 5 * MINUTE
    assert firm.rings() == RUNG
    tasks = firm.store.read(lambda uow: uow.tasks.of(id))
    assert [task.id for task in tasks.values()] == ["safety"]
    assert firm.kinds(id, "MessagesSettled") == ["WarningRaised", "AlertsFired"]
    firm.wait(5 * MINUTE)
    assert "admin voice" in firm.rings()


def test_the_same_alert_again_changes_nothing(firm: Play) -> None:
    """Monitoring repeats every group: no entry, no message, no row."""
    send(firm, fires())
    firm.rings()
    before = ledger(firm)
    for _ in range(20):
        assert send(firm, fires()) == {"raised": [], "joined": [], "resolved": [], "unchanged": 1}
    assert ledger(firm) == before
    assert firm.rings() == []


def test_a_resolved_alert_is_noted_and_closes_nothing(firm: Play) -> None:
    """Whether the danger is over is for people to say; what was never heard of is no news."""
    (id,) = send(firm, fires(), fires("a2", "内存不足"))["raised"]
    firm.rings()
    assert send(firm, fires(firing=False))["resolved"] == [id]
    assert firm.warning(id).stage is Stage.RAISED
    entry = firm.timeline(id)[-1]
    assert words_for(entry, small_firm(), "zh") == "监控告警恢复1条：撮合延迟；仍有1条未恢复"
    before = ledger(firm)
    assert send(firm, fires(firing=False), fires("never", firing=False))["resolved"] == []
    assert ledger(firm) == before
    assert send(firm, fires())["joined"] == [id], "it fires again: noted, and nobody is rung anew"
    assert firm.rings() == []


def test_a_flood_becomes_few_warnings(firm: Play) -> None:
    """A thousand alerts of one group: one warning a system, one request to the duty lead."""
    jobs = ["trade-gateway", "crm", "printer", "lamp"]
    flood = [fires(f"f{n}", f"告警{n}", labels={"job": jobs[n % 4]}) for n in range(1000)]
    before = len(ledger(firm))
    facts = send(firm, *flood)
    assert len(facts["raised"]) == 3
    assert firm.rings() == RUNG
    assert len(ledger(firm)) - before < 12
    assert send(firm, *flood)["unchanged"] == 1000


def test_alerts_of_one_system_within_ten_minutes_are_one(firm: Play) -> None:
    """Also with a person's warning; a graver one rings anew and raises its level."""
    (id,) = send(firm, fires())["raised"]
    assert firm.rings() == RUNG
    critical = {"job": "trade-gateway", "severity": "critical"}
    assert send(firm, fires("a2", "撮合停止", labels=critical))["joined"] == [id]
    assert firm.warning(id).level == 2
    assert firm.rings() == RUNG
    firm.wait(4 * MINUTE)
    firm.do(MoveWarning(by=by("duty"), warning=id, stage=Stage.VERIFIED))
    firm.wait(7 * MINUTE)
    assert len(send(firm, fires("a3", "磁盘将满"))["raised"]) == 1, "that was ten minutes ago"
    firm.rings()


def test_importance_makes_a_warning_report_due(firm: Play) -> None:
    """重要情况 are reported as a warning (7.2): kept on the warning, said on its record, once."""
    (plain,) = send(firm, fires(labels={"job": "crm"}))["raised"]
    assert not firm.warning(plain).important
    critical = {"job": "trade-gateway", "severity": "critical"}
    (id,) = send(firm, fires("a2", labels=critical), fires("a3", labels=critical))["raised"]
    assert firm.warning(id).important
    assert firm.kinds(id).count("WarningReportDue") == 1
    send(firm, fires("a4", labels=critical))
    assert firm.kinds(id).count("WarningReportDue") == 1
    firm.rings()


def test_what_people_judged_is_not_raised_again(firm: Play) -> None:
    """The same episode of an alert that was lifted stays quiet; the next one is a new danger."""
    (id,) = send(firm, fires())["raised"]
    firm.do(MoveWarning(by=by("duty"), warning=id, stage=Stage.VERIFIED))
    firm.do(MoveWarning(by=by("duty"), warning=id, stage=Stage.LIFTED, reason="已扩容"))
    firm.rings()
    assert send(firm, fires())["unchanged"] == 1
    assert send(firm, fires(firing=False))["resolved"] == [id], "still noted where it belongs"
    again = send(firm, fires(starts_at="2026-11-23T13:00:00Z"))
    assert again["raised"] not in ([], [id])
    firm.rings()


def test_once_it_is_an_incident_its_alerts_are_noted_there(firm: Play) -> None:
    """The people at work hear of it on their record, and no second hunt begins."""
    (id,) = send(firm, fires())["raised"]
    incident = firm.do(ConvertWarning(by=by("duty"), warning=id)).id
    firm.rings()
    assert send(firm, fires(firing=False))["resolved"] == [id]
    assert firm.kinds(incident)[-1] == "AlertsResolved"
    assert send(firm, fires(starts_at="2026-11-23T13:00:00Z"))["joined"] == [id]
    assert firm.kinds(incident)[-1] == "AlertsFired"
    assert firm.rings() == []


def test_a_flapping_alert_cannot_fill_the_record(firm: Play) -> None:
    """After a hundred entries the record says that no more follow, and none do."""
    (id,) = send(firm, fires())["raised"]
    firm.rings()
    for _ in range(MOST_HEARD):
        send(firm, fires(firing=False))
        send(firm, fires())
    kinds = firm.kinds(id)
    assert kinds.count("AlertsFired") + kinds.count("AlertsResolved") == MOST_HEARD
    last = [e for e in firm.timeline(id) if e.kind.startswith("Alerts")][-1]
    assert words_for(last, small_firm(), "zh").endswith("（此后不再逐条登记）")


def test_labels_of_the_alert_go_first_and_the_unknown_has_a_default(firm: Play) -> None:
    """Label, rule, last rule, first playbook: an alert always finds one."""
    labels = {"job": "trade-gateway", "playbook": "leak", "system": "crm"}
    (id,) = send(firm, fires("b1", labels=labels))["raised"]
    assert (firm.warning(id).playbook, firm.warning(id).system) == ("leak", "crm")
    wrong = {"job": "trade-gateway", "playbook": "no-such", "system": "no-such"}
    (id,) = send(firm, fires("b2", labels=wrong))["raised"]
    assert (firm.warning(id).playbook, firm.warning(id).system) == ("outage", "core")
    (id,) = send(firm, fires("b3", labels={}))["raised"]
    assert (firm.warning(id).playbook, firm.warning(id).level) == ("leak", 4)
    firm.rings()
    firm.do(AcceptSite(site=small_firm()))
    firm.wait(11 * MINUTE)
    (id,) = send(firm, fires("b4", labels={}))["raised"]
    assert firm.warning(id).playbook == "outage", "the first there is"
    firm.rings(), firm.tells()


def test_a_site_without_any_playbook_says_so(firm: Play) -> None:
    """Nothing is lost in silence: monitoring hears a refusal, and sends again."""
    firm.do(AcceptSite(site=replace(small_firm(), playbooks={})))
    with pytest.raises(Refused, match="no playbook at all"):
        send(firm, fires())
    firm.do(AcceptSite(site=replace(small_firm(), playbooks={"other": Playbook("other")})))
    assert len(send(firm, fires())["raised"]) == 1, "a refused delivery is not remembered"
    firm.rings()


def test_only_monitoring_reports_alerts(firm: Play) -> None:
    """No person speaks for it, nor does another door; and it can do nothing else."""
    for actor in (by("duty"), By("duty", "alerts"), By("", "chat")):
        with pytest.raises(NotAllowed):
            firm.do(ReceiveAlerts(by=actor, signals=(fires(),)))
    (id,) = send(firm, fires())["raised"]
    with pytest.raises(NotAllowed):
        firm.do(MoveWarning(by=MONITORING, warning=id, stage=Stage.VERIFIED))
    with pytest.raises(BadInput, match="control character"):
        send(firm, fires("x", "a\x07b"))
    firm.rings()
