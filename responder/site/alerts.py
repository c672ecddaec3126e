"""`contacts/alerts.yaml`: what the alerts of monitoring stand for."""

from responder.domain.monitoring import AlertRule
from responder.site.fields import Fields
from responder.site.shapes import is_nothing


def read_alerts(root: Fields) -> tuple[AlertRule, ...]:
    """The rules, in their order: the first that fits counts."""
    rules = root.each("alerts", _rule)
    root.close()
    return rules


def _rule(fields: Fields) -> AlertRule:
    level = fields.node("level")
    return AlertRule(
        match=_match(fields.inner("match")),
        system=fields.text("system"),
        playbook=fields.text("playbook"),
        level=fields.reading.whole(level) if level else None,
        important=fields.flag("important"),
    )


def _match(fields: Fields) -> dict[str, str]:
    return {
        name: "" if is_nothing(node) else fields.reading.text(node) or ""
        for name, node in fields.all().items()
    }
