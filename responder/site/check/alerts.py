"""Alerts of monitoring become warnings of the right kind (7.2, first paragraph)."""

from collections.abc import Iterator

from responder.domain.playbook import LEVELS
from responder.domain.words import Words
from responder.site.check.view import View
from responder.site.finding import Finding

CLAUSE = "7.2-1a"


def alerts_have_levels(view: View) -> Iterator[Finding]:
    """A rule's level is one of the four."""
    for number, rule in enumerate(view.site.alerts):
        if rule.level is not None and rule.level not in LEVELS:
            yield view.error(
                ("alerts", number, "level"),
                CLAUSE,
                Words(f"没有“{rule.level}”这个响应级别", f"There is no level “{rule.level}”"),
                Words("请写 1 至 4。", "Write 1, 2, 3 or 4."),
            )


def alerts_find_a_rule(view: View) -> Iterator[Finding]:
    """Each rule can be reached, and what fits no other has one of its own.

    A site without rules has no monitoring connected; there is nothing to say.
    """
    rules = view.site.alerts
    everything = [number for number, rule in enumerate(rules) if not rule.match]
    for number in range(everything[0] + 1, len(rules)) if everything else ():
        yield view.warning(
            ("alerts", number),
            CLAUSE,
            Words("前一条已匹配全部告警，此条不起作用", "A rule before it fits every alert"),
            Words("请移到没有 match 的一条之前。", "Move it before the rule without “match”."),
        )
    if rules and not everything:
        first = next(iter(view.site.playbooks), "—")
        yield view.warning(
            ("alerts",),
            CLAUSE,
            Words(
                f"没有兜底的一条：匹配不到的告警按{first}处理",
                f"No rule fits every alert: those that fit none propose {first}",
            ),
            Words("请在最后加一条没有 match 的。", "Add a last rule without “match”."),
        )
    for number, rule in enumerate(rules):
        if not rule.playbook:
            yield view.warning(
                ("alerts", number),
                CLAUSE,
                Words("此条没有指定处置方案", "This rule proposes no playbook"),
                Words("请填写 playbook。", "Add “playbook”."),
            )
