"""The read-out for a report by telephone: short sentences to be read aloud, from the same facts.

Phone first, then paper: nothing is waited for, what is not known yet is said to be so.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from responder.commands.reports.at_work import Work, at_work
from responder.commands.reports.hub_value import say
from responder.commands.telling import name
from responder.domain.incident import PHASE_NAMES
from responder.domain.words import Words
from responder.ports.unit_of_work import UnitOfWork

CLOCK = re.compile(r"(?:\d+月\d+日|\d\d \w{3} )(\d\d:\d\d):\d\d")
"""A time in a list of measures; an ear needs neither its date nor its seconds."""
MOST_MEASURES = 3
"""So many of the latest are read out; the rest is in the written report."""
DRILL = Words(
    "演练，演练。这是应急演练，不是真实事件，不得对外拨打。",
    "Drill, drill. This is an exercise, not a real event: call nobody outside.",
)
GREETING = Words(
    "您好，我是{firm}通报联络人{who}，报告一起网络与信息安全事件。",
    "Good day. I am {who}, liaison officer of {firm}. I report an incident.",
)
EVENT = Words("{day}{clock}，我单位{systems}{title}。", "Since {clock} on {day}: {title}{systems}.")
CAUSE_OPEN = Words("原因正在核查。", "The cause is being established.")
IMPACT_OPEN = Words("影响范围正在核实。", "The impact is being established.")
STATE = Words("目前状态：{}。", "It is now {}.")
WRITTEN = Words("书面报告将于{}前报送。", "The written report follows by {}.")
WRITTEN_SOON = Words("书面报告随后报送。", "The written report follows.")
NUMBER = Words("事件编号：{}。", "Our reference is {}.")
ASK = Words(
    "请问您贵姓？（登记接报人和时间）", "May I have your name? (Put down who took it, and when.)"
)


def read_out(
    uow: UnitOfWork, ref: str, now: datetime, person: str = "", incident: str = ""
) -> list[str]:
    """What `person` reads aloud, a sentence a line. Raises UnknownId."""
    work = at_work(uow, ref, now, incident)
    return [line for line in _sentences(work, person or work.report.drafted_by) if line]


def _sentences(work: Work, person: str) -> Iterator[str]:
    language, site = work.report.language, work.case.site
    began = work.facts["occurred_at"]
    local = datetime.fromisoformat(began.plain).astimezone(ZoneInfo(work.regime.time_zone))
    day, clock = _day(local, language)
    if work.case.incident.drill:
        yield DRILL.said(language)
    firm, who = site.firm.name.said(language), name(site, person, language)
    yield GREETING.said(language).format(firm=firm, who=who)
    yield EVENT.said(language).format(
        day=day,
        clock=clock,
        systems=_systems(work),
        title=work.case.incident.title.rstrip("。."),
    )
    yield _impact(work)
    yield _measures(work)
    cause = work.facts.get("cause")
    known = cause is not None and not cause.is_open and not cause.estimate
    yield _labelled(work, "cause", "原因", "Cause") if known else CAUSE_OPEN.said(language)
    phase = PHASE_NAMES[work.case.incident.phase].said(language)
    yield STATE.said(language).format(phase)
    yield _labelled(work, "help_needed", "请求协助", "We ask for help")
    yield NUMBER.said(language).format(work.report.incident)
    yield _written_by(work)
    yield ASK.said(language)


def _systems(work: Work) -> str:
    """The systems, where the title does not name them already."""
    said, title = _said(work, "systems"), work.case.incident.title
    names = [one.name.said(work.report.language) for one in work.case.site.systems.values()]
    if not said or any(one and one in title for one in names):
        return ""
    return f"{said}：" if work.report.language == "zh" else f" ({said})"


def _impact(work: Work) -> str:
    language = work.report.language
    parts = [_said(work, hub) for hub in ("scope", "severity", "consequence")]
    customers = work.facts.get("customers")
    if customers is not None and not customers.is_open and customers.by:
        said = _said(work, "customers")
        about = ("约" if language == "zh" else "about ") * customers.estimate
        parts.append(
            f"影响客户{about}{said}户" if language == "zh" else f"{about}{said} clients affected"
        )
    told = ("；" if language == "zh" else "; ").join(part for part in parts if part)
    if not told:
        return IMPACT_OPEN.said(language)
    return f"目前影响：{told}。" if language == "zh" else f"Impact so far: {told}."


def _measures(work: Work) -> str:
    told = CLOCK.sub(r"\1", _said(work, "measures"))
    lines = told.rstrip("。.").splitlines()[-MOST_MEASURES:]
    said = "".join(lines) if work.report.language == "zh" else " ".join(lines)
    if not said:
        return ""
    return f"已采取措施：{said}。" if work.report.language == "zh" else f"Done so far: {said}."


def _written_by(work: Work) -> str:
    language, report = work.report.language, work.report
    row = work.case.uow.obligations.get(f"{report.incident}/{report.obligation}")
    limit = row.limit if row is not None and row.is_open and not row.is_at_once else None
    if limit is None:
        return WRITTEN_SOON.said(language)
    local = limit.astimezone(ZoneInfo(work.regime.time_zone))
    day, clock = _day(local, language)
    return WRITTEN.said(language).format(f"{day}{clock}" if language == "zh" else f"{clock}, {day}")


def _labelled(work: Work, hub: str, zh: str, en: str) -> str:
    said = _said(work, hub).rstrip("。.")
    if not said:
        return ""
    return f"{zh}：{said}。" if work.report.language == "zh" else f"{en}: {said}."


def _said(work: Work, hub: str) -> str:
    """A hub field's value, nothing where it is not known or still open."""
    known = work.facts.get(hub)
    if known is None or known.is_open:
        return ""
    return say(hub, known, work.report.language, work.regime.time_zone)


def _day(local: datetime, language: str) -> tuple[str, str]:
    if language == "zh":
        return f"{local.month}月{local.day}日", f"{local.hour}时{local:%M}分"
    return f"{local:%d %B}", f"{local:%H:%M}"
