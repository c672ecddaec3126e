"""Limits in words: from what they count, how long, and what becomes of them on a day off."""

from responder.domain.regime import Duty, Limit, Milestone, Regime, Roll, Span, Unit
from responder.domain.words import Words

MILESTONES = {
    Milestone.OCCURRED: Words("发生", "the occurrence"),
    Milestone.DETECTED: Words("发现", "the detection"),
    Milestone.AWARE: Words("获知", "becoming aware"),
    Milestone.CLASSIFIED: Words("定级", "the classification"),
    Milestone.DETERMINED: Words("认定", "the determination"),
    Milestone.WARNED: Words("预警", "the warning"),
    Milestone.LIFTED: Words("解除预警", "the lifting of the warning"),
    Milestone.RESTORED: Words("恢复正常", "the restoration"),
    Milestone.RESOLVED: Words("彻底解决", "the resolution"),
    Milestone.STOOD_DOWN: Words("处置结束", "the end of handling"),
    Milestone.CLOSED: Words("调查结束", "the end of the investigation"),
    Milestone.DRILLED: Words("演练", "the drill"),
    Milestone.QUARTER_ENDED: Words("季度结束", "the end of the quarter"),
    Milestone.REOPENED: Words("重新启动处置", "the reopening"),
    Milestone.RECLASSIFIED: Words("改定级别", "the reclassification"),
    Milestone.REQUESTED: Words("监管机构提出要求", "the authority's request"),
    Milestone.THRESHOLD_MET: Words("达到报告标准", "the threshold being met"),
    Milestone.OUT_OF_TOLERANCE: Words("超出容忍度", "the tolerance being exceeded"),
    Milestone.EXTORTION_PAID: Words("支付赎金", "the extortion payment"),
}
_UNITS = {
    Unit.MINUTES: Words("分钟", "minute"),
    Unit.HOURS: Words("小时", "hour"),
    Unit.DAYS: Words("日", "day"),
    Unit.MONTHS: Words("个月", "month"),
    Unit.WORKING_DAYS: Words("个工作日", "working day"),
    Unit.TRADING_DAYS: Words("个交易日", "trading day"),
}
_ROLLS = {
    Roll.NONE: Words(),
    Roll.NOON_NEXT_WORKING_DAY: Words(
        "，逢休息日顺延至下一工作日中午", ", or noon of the next working day"
    ),
    Roll.NEXT_WORKING_DAY: Words("，逢休息日顺延至下一工作日", ", or the next working day"),
    Roll.NEXT_TRADING_DAY: Words("，逢休市顺延至下一交易日", ", or the next trading day"),
}


def clocks_said(regime: Regime, duty: Duty) -> list[Words]:
    """All that says when a report of a duty is due, one after the other."""
    if not duty.every and duty.on_change:
        return [_on_change(duty)]
    said = [limit_said(regime, limit) for limit in duty.limits]
    said += [
        Words(f"“{one.name.said('zh')}”的时限之前", f"before the limit of “{one.name.said('en')}”")
        for one in regime.duties
        if one.if_late == duty.id
    ]
    if duty.every:
        span = span_said(duty.every)
        end = _ending(duty)
        said.append(Words(f"此后每{span.zh}一次，{end.zh}", f"then every {span.en}, {end.en}"))
    return [*said, *([_on_change(duty)] if duty.on_change else [])]


def limit_said(regime: Regime, limit: Limit) -> Words:
    """`获知后4小时内` / `within 4 hours of becoming aware`."""
    names = [_name(regime, one) for one in (limit.after, *limit.also)]
    after = Words("并".join(one.zh for one in names), " and ".join(one.en for one in names))
    roll = _ROLLS[limit.roll]
    if not limit.within.amount:
        return Words(f"{after.zh}后立即{roll.zh}", f"at once upon {after.en}{roll.en}")
    span = span_said(limit.within)
    said = Words(f"{after.zh}后{span.zh}内{roll.zh}", f"within {span.en} of {after.en}{roll.en}")
    if not limit.unless_after:
        return said
    later = _name(regime, limit.unless_after)
    return Words(
        f"{said.zh}（此后才{later.zh}的除外）", f"{said.en} (unless {later.en} comes later)"
    )


def span_said(span: Span) -> Words:
    """`30分钟` / `30 minutes`."""
    unit = _UNITS[span.unit]
    return Words(f"{span.amount}{unit.zh}", f"{span.amount} {unit.en}{'s' * (span.amount != 1)}")


def _on_change(duty: Duty) -> Words:
    end = _ending(duty)
    return Words(f"有重要变化立即报告，{end.zh}", f"at once on each important change, {end.en}")


def _ending(duty: Duty) -> Words:
    end = MILESTONES.get(Milestone(duty.ends_with)) if duty.ends_with in [*Milestone] else None
    end = end or Words(duty.ends_with, duty.ends_with)
    return Words(f"直至报告{end.zh}", f"until {end.en} is reported")


def _name(regime: Regime, name: str) -> Words:
    """A milestone, or a report of the regime, in words."""
    if name in [*Milestone]:
        return MILESTONES[Milestone(name)]
    duty = regime.duty(name)
    report = duty.name if duty else Words(name, name)
    return Words(f"报出“{report.said('zh')}”", f"“{report.said('en')}” being submitted")
