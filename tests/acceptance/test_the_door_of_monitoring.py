"""The door of monitoring over HTTP: what comes in, what is turned away, and what is noted of it."""

import http.client
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from responder.commands.firm import AcceptSite
from responder.domain.monitoring import AlertRule
from responder.inbound.alert_forms import Unfit, of_alertmanager, of_anything
from responder.inbound.alerts import LONGEST_BODY, Alerts
from responder.inbound.refusals import EVERY
from tests.fakes.web import serving
from tests.stage.firm import small_firm
from tests.stage.play import Play
from tests.stage.talk import Talk

TOKEN = "a-token-of-this-firm-alone"
FORMS = ("alertmanager", "generic")


@dataclass
class Monitor:
    """A monitoring system that posts to the firm."""

    port: int
    token: str = TOKEN

    def post(
        self, path: str, body: Any, media: str = "application/json", **headers: str
    ) -> tuple[int, Any, dict[str, str]]:
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        shown = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request(
                "POST", f"/alerts/{path}", content, {"Content-Type": media, **shown, **headers}
            )
            answer = connection.getresponse()
            return answer.status, json.loads(answer.read()), dict(answer.getheaders())
        finally:
            connection.close()


@pytest.fixture
def monitor(play: Play) -> Iterator[Monitor]:
    """Monitoring with the right token, and a firm that maps its alerts."""
    rules = (AlertRule({"job": "trade"}, "core", "outage", 2, True), AlertRule(playbook="leak"))
    play.do(AcceptSite(site=small_firm(alerts=rules)))
    with serving(Alerts(Talk(play), TOKEN).routes) as port:
        yield Monitor(port)
    play.outgoing.clear()


def group(*alerts: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A delivery as Alertmanager sends it, version 4."""
    return {
        "version": "4",
        "groupKey": '{}:{job="trade"}',
        "truncatedAlerts": 0,
        "status": "firing",
        "receiver": "responder",
        "groupLabels": {"job": "trade"},
        "commonLabels": {"job": "trade"},
        "commonAnnotations": {},
        "externalURL": "http://alertmanager.example.com",
        "alerts": list(alerts),
        **more,
    }


def alert(**more: Any) -> dict[str, Any]:
    return {
        "status": "firing",
        "labels": {"alertname": "MatchingSlow", "job": "trade", "severity": "critical"},
        "annotations": {"summary": "撮合延迟超过2秒"},
        "startsAt": "2026-11-23T12:14:03.123Z",
        "endsAt": "0001-01-01T00:00:00Z",
        "generatorURL": "http://prometheus.example.com/graph",
        "fingerprint": "8c5ef0e0d3a3b1c2",
        **more,
    }


def refusals(play: Play) -> list[dict[str, Any]]:
    return [e.payload or {} for e in play.timeline("FIRM") if e.kind == "Refused"]


def record(play: Play) -> int:
    return len(play.store.read(lambda uow: uow.ledger.all(limit=100_000)))


def test_alertmanager_raises_a_warning(play: Play, monitor: Monitor) -> None:
    """Its delivery becomes one warning; the same again is answered well and changes nothing."""
    status, answer, _ = monitor.post("alertmanager", group(alert()))
    assert status == 200
    (id,) = answer["raised"]
    warning = play.warning(id)
    assert (warning.title, warning.system, warning.level) == ("撮合延迟超过2秒", "core", 2)
    assert warning.important
    before = record(play)
    assert monitor.post("alertmanager", group(alert()))[1]["unchanged"] == 1
    assert record(play) == before
    resolved = group(alert(status="resolved", endsAt="2026-11-23T12:20:00Z"), status="resolved")
    assert monitor.post("alertmanager", resolved)[1]["resolved"] == [id]
    assert play.warning(id).is_open


def test_a_script_raises_one_too(play: Play, monitor: Monitor) -> None:
    """The form of our own: a title is enough; without a fingerprint its labels tell it apart."""
    told = {"title": "机房温度偏高", "system": "crm"}
    (id,) = monitor.post("generic", told)[1]["raised"]
    assert (play.warning(id).system, play.warning(id).playbook) == ("crm", "leak")
    assert monitor.post("generic", told)[1]["unchanged"] == 1
    assert monitor.post("generic", {**told, "status": "resolved"})[1]["resolved"] == [id]
    several = {"alerts": [{"title": "甲", "labels": {"n": 1}}, {"title": "乙", "labels": {"n": 2}}]}
    assert len(monitor.post("generic", several)[1]["raised"]) == 1, "one danger by its playbook"


@pytest.mark.parametrize("form", FORMS)
def test_the_token_is_asked_for_first(play: Play, monitor: Monitor, form: str) -> None:
    """Without the token nothing is read, whatever is sent; the answer says what to show."""
    before = record(play)
    for shown in ("", "wrong", TOKEN[:-1], TOKEN.upper(), "tökén"):
        monitor.token = shown.encode().decode("latin-1")
        status, answer, headers = monitor.post(form, b"{" * 100, "text/plain")
        assert status == 401
        assert headers["www-authenticate"].startswith("Bearer")
        assert answer["where"] == "Authorization"
    monitor.token = ""
    assert monitor.post(form, {}, Authorization=f"Basic {TOKEN}")[0] == 401
    assert record(play) == before + 1, "one note, however many were refused"
    assert TOKEN not in json.dumps(refusals(play))


@pytest.mark.parametrize(
    ("body", "media", "status", "where"),
    [
        (b"{}", "text/plain", 415, "Content-Type"),
        (b"{}", "", 415, "Content-Type"),
        (b'{"alerts": [\n{]', "application/json", 400, "body:2"),
        (b'"\xff"', "application/json", 400, "body"),
        (b"[" * 200_000, "application/json", 400, "body"),
        (b'"' + b"x" * LONGEST_BODY, "application/json", 413, "body"),
        ([], "application/json", 400, "body"),
        ({"alerts": {}}, "application/json", 400, "alerts"),
        ({"alerts": [7]}, "application/json", 400, "alerts[0]"),
        ({"alerts": [{"title": "a", "labels": []}]}, "application/json", 400, "alerts[0].labels"),
        ({"title": "a", "labels": {"x": {}}}, "application/json", 400, "body.labels.x"),
        ({"alerts": [{"title": "a", "status": "on"}]}, "application/json", 400, "alerts[0].status"),
        ({"alerts": [{"title": "a"}] * 1001}, "application/json", 413, "alerts"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_turned_away(
    play: Play, monitor: Monitor, body: Any, media: str, status: int, where: str
) -> None:
    """The right status, what is wrong, where and the mend in both languages, and a note."""
    got, answer, _ = monitor.post("generic", body, media)
    assert (got, answer["where"]) == (status, where)
    assert all(answer[part][language] for part in ("what", "mend") for language in ("zh", "en"))
    assert [one["attempt"] for one in refusals(play)] == ["report alerts"]
    assert play.store.read(lambda uow: uow.warnings.all()) == {}


def test_a_flood_of_refusals_leaves_few_notes(play: Play, monitor: Monitor) -> None:
    """One note at once, one after ten minutes with the count between."""
    for _ in range(50):
        monitor.post("generic", b"{", "text/plain")
    assert len(refusals(play)) == 1
    play.wait(EVERY + timedelta(seconds=1))
    monitor.post("generic", b"{", "text/plain")
    assert [one["why"] for one in refusals(play)] == [
        "415 Only application/json is taken.",
        "415 Only application/json is taken.; 49 more since the last note",
    ]


def test_without_a_token_set_it_says_which_setting(play: Play) -> None:
    """Nobody is let in by chance: an empty token is none."""
    with serving(Alerts(Talk(play), "").routes) as port:
        for shown in ("", "x"):
            status, answer, _ = Monitor(port, shown).post("generic", {"title": "a"})
            assert (status, answer["where"]) == (503, "alerts.token")
            assert "RESPONDER_ALERTS__TOKEN" in answer["mend"]["en"]


def test_a_site_that_cannot_take_it_is_said(play: Play, monitor: Monitor) -> None:
    """A refusal of the house itself comes back as it is."""
    play.do(AcceptSite(site=small_firm(playbooks={})))
    status, answer, _ = monitor.post("generic", {"title": "a"})
    assert status == 422
    assert "no playbook at all" in answer["what"]["en"]


def test_hostile_texts_come_in_clean_and_short(play: Play, monitor: Monitor) -> None:
    """Control and direction marks go, lines are joined, lengths are cut."""
    nasty = "a\x00b\u202ec\nd\ud800" + "长" * 5000
    told = {"title": nasty, "labels": {nasty: nasty, **{f"l{n}": "v" for n in range(500)}}}
    (id,) = monitor.post("generic", told)[1]["raised"]
    title = play.warning(id).title
    assert title.startswith("a b c d 长长")
    assert len(title) == 200


ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["alerts", "labels", "annotations", "status", "title", "startsAt", "x"])
            | st.text(max_size=5),
            inner,
            max_size=5,
        )
    ),
    max_leaves=20,
)


@given(ANY, st.sampled_from([of_alertmanager, of_anything]))
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_body_is_alerts_or_unfit(body: Any, form: Any) -> None:
    """Whatever JSON comes, it is read as alerts with clean titles, or said to be unfit."""
    try:
        signals = form(body)
    except Unfit:
        return
    for signal in signals:
        assert 0 < len(signal.title) <= 200
        assert signal.title.isprintable()
        assert 0 < len(signal.fingerprint) <= 64
