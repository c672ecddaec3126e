"""What monitoring sends, as alerts: Alertmanager's webhook, and a form of our own.

Alertmanager's is the one described at
https://prometheus.io/docs/alerting/latest/configuration/#webhook_config
Texts come from machines outside: they are cut and cleaned here, never trusted.
"""

import json
import unicodedata
from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import Any

from responder.commands.incidents.incident import LONGEST_TITLE
from responder.commands.warnings.monitoring import MOST_SIGNALS
from responder.domain.monitoring import PLAYBOOK, SYSTEM, Signal
from responder.domain.words import Words

MOST_LABELS = 50
LONGEST_LABEL = 200
LONGEST_FINGERPRINT = 64
STATES = {"firing": True, "resolved": False}
TITLES = ("summary", "title", "message", "description")
"""Annotations that may say what is wrong, the shortest first."""
UNSEEN = ("Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp")

Form = Callable[[Any], tuple[Signal, ...]]


class Unfit(Exception):
    """A body that is no such form: at which place, what is wrong there, and the mend."""

    def __init__(self, where: str, what: Words, mend: Words, status: int = 400) -> None:
        super().__init__(what.en)
        self.where, self.what, self.mend, self.status = where, what, mend, status


def of_alertmanager(body: Any) -> tuple[Signal, ...]:
    """The alerts of one group. Raises Unfit."""
    alerts = _list(_mapping(body, "body").get("alerts"), "alerts")
    return tuple(_of_prometheus(one, f"alerts[{n}]") for n, one in enumerate(alerts))


def of_anything(body: Any) -> tuple[Signal, ...]:
    """One alert, or several under `alerts`. Raises Unfit."""
    whole = _mapping(body, "body")
    if "alerts" not in whole:
        return (_generic(whole, "body"),)
    alerts = _list(whole["alerts"], "alerts")
    return tuple(
        _generic(_mapping(one, f"alerts[{n}]"), f"alerts[{n}]") for n, one in enumerate(alerts)
    )


def _of_prometheus(one: Any, where: str) -> Signal:
    alert = _mapping(one, where)
    labels = _labels(alert.get("labels"), f"{where}.labels")
    notes = _labels(alert.get("annotations"), f"{where}.annotations", LONGEST_TITLE)
    named = " ".join(filter(None, (labels.get("alertname"), labels.get("instance"))))
    title = next(filter(None, (notes.get(key, "") for key in TITLES)), named)
    return _signal(alert, where, title, labels, "startsAt")


def _generic(alert: Mapping[str, Any], where: str) -> Signal:
    labels = _labels(alert.get("labels"), f"{where}.labels")
    for name in (SYSTEM, PLAYBOOK):
        if alert.get(name):
            labels[name] = _text(alert[name], f"{where}.{name}", LONGEST_LABEL)
    title = _text(alert.get("title", ""), f"{where}.title", LONGEST_TITLE)
    if not title and alert.get("status") != "resolved":
        raise Unfit(
            f"{where}.title",
            Words("缺少标题。", "The title is missing."),
            Words("请用一句话写明什么隐患。", "Say in one line what the danger is."),
        )
    return _signal(alert, where, title, labels, "starts_at")


def _signal(
    alert: Mapping[str, Any], where: str, title: str, labels: dict[str, str], starts: str
) -> Signal:
    return Signal(
        fingerprint=_fingerprint(alert, where, title, labels),
        firing=_firing(alert.get("status", "firing"), f"{where}.status"),
        title=title or "—",
        labels=labels,
        starts_at=_text(alert.get(starts, ""), f"{where}.{starts}", LONGEST_FINGERPRINT),
    )


def _firing(status: Any, where: str) -> bool:
    if isinstance(status, str) and status in STATES:
        return STATES[status]
    raise Unfit(
        where,
        Words("没有这种状态。", "There is no such status."),
        Words("请写 firing 或 resolved。", "Write firing or resolved."),
    )


def _fingerprint(
    alert: Mapping[str, Any], where: str, title: str, labels: Mapping[str, str]
) -> str:
    """What tells an alert from others: its own, else its labels, else its title."""
    given = _text(alert.get("fingerprint", ""), f"{where}.fingerprint", LONGEST_TITLE)
    if given and len(given) <= LONGEST_FINGERPRINT:
        return given
    told_by = given or json.dumps(labels or title, ensure_ascii=False, sort_keys=True)
    return sha256(told_by.encode()).hexdigest()[:LONGEST_FINGERPRINT]


# Values


def _labels(given: Any, where: str, longest: int = LONGEST_LABEL) -> dict[str, str]:
    """Labels as texts, the first fifty of them."""
    labels = {} if given is None else _mapping(given, where)
    some = list(labels.items())[:MOST_LABELS]
    return {
        _clean(name, LONGEST_LABEL): _text(value, f"{where}.{_clean(name, 40)}", longest)
        for name, value in some
    }


def _text(value: Any, where: str, longest: int) -> str:
    if isinstance(value, bool | int | float):
        value = str(value)
    if isinstance(value, str):
        return _clean(value, longest)
    raise Unfit(
        where,
        Words("这里应是一段文字。", "This is to be a text."),
        Words("请用引号写成文字。", "Write a text in quotes."),
    )


def _clean(text: str, longest: int) -> str:
    """One line without what does not show, cut to its length."""
    shown = "".join(" " if unicodedata.category(c) in UNSEEN else c for c in text[: longest * 4])
    line = " ".join(shown.split())
    return line if len(line) <= longest else f"{line[: longest - 1]}…"


def _mapping(value: Any, where: str) -> Mapping[str, Any]:
    if isinstance(value, dict):
        return value
    raise Unfit(
        where,
        Words("这里应是一个对象 {…}。", "This is to be an object {…}."),
        Words("请核对所用的地址与格式。", "Check the address and its form."),
    )


def _list(value: Any, where: str) -> list[Any]:
    if not isinstance(value, list):
        raise Unfit(
            where,
            Words("这里应是一个列表 […]。", "This is to be a list […]."),
            Words("请核对所用的地址与格式。", "Check the address and its form."),
        )
    if len(value) > MOST_SIGNALS:
        raise Unfit(
            where,
            Words(f"一次最多{MOST_SIGNALS}条告警。", f"At most {MOST_SIGNALS} alerts at once."),
            Words("请分批发送，或用 max_alerts 限制。", "Send parts, or set max_alerts."),
            status=413,
        )
    return value
