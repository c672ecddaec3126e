"""Along a warning's report path: one human call after the other, phone before paper (7.2)."""

from collections.abc import Sequence

from responder.commands.alert import Alert
from responder.commands.pursuit import UNIT, Pursuit
from responder.commands.telling import QUIETLY, Teller, clock_time, name
from responder.commands.warnings.owed import no_longer_owed, owe_along, told_along
from responder.domain.call_task import CallTask, Result, manner
from responder.domain.message import Purpose
from responder.domain.organisation import DUTY_LEAD
from responder.domain.people import Way
from responder.domain.record import ENGINE, By
from responder.domain.register import Unit
from responder.domain.report_path import again, end_path, to_ask
from responder.domain.warning import ENDED, WARNED, Leg, Stage
from responder.domain.words import Words

STATES = {
    True: Words("正在核实", "It is being looked into"),
    False: Words("已核实，正在处置", "It is real and being dealt with"),
}
TOLD = (Result.REACHED, Result.MESSAGE_LEFT)


def ask(alert: Alert, legs: Sequence[Leg], matter: str) -> None:
    """Have a human make the calls whose turn it is; in a drill they are played."""
    if alert.warning.frozen:
        return
    callers = _callers(alert)
    teller = Teller(alert.uow, alert.site, alert.subject, alert.now, lambda: callers)
    for leg in list(to_ask(legs)):
        unit = _unit(alert, leg.unit)
        named = unit.name if unit else Words(leg.unit)
        call = CallTask("", alert.warning.id, f"{UNIT}{leg.unit}", leg.how, "", alert.now)
        call.matter, call.read_out = f"{matter}.{leg.line}", _read_out(alert, matter)
        if alert.warning.drill:
            named = _play(alert, call, named)
        else:
            way = _way(unit, leg)
            call.to, call.note = leg.to, way.note if way else ""
        teller.have_called(call, named, QUIETLY)
        leg.call = call.id


def _play(alert: Alert, call: CallTask, unit: Words) -> Words:
    """Nobody outside is called in a drill (P5): the controller hears it in the unit's place.

    No number is given. Returns whom to reach.
    """
    zh, en = (name(alert.site, alert.warning.controller, language) for language in ("zh", "en"))
    call.played = Words(
        f"演练不联系外单位：向导调{zh}口头报告，登记结果",
        f"Nobody outside is called in a drill: tell the controller {en}, and record the result",
    )
    call.read_out = Words(f"演练。{call.read_out.zh}", f"This is a drill. {call.read_out.en}")
    how = manner(call.how)
    return Words(
        f"导调{zh}（代{unit.said('zh')}，{how.zh}）",
        f"the controller {en} (as {unit.said('en')}, {how.en})",
    )


def _unit(alert: Alert, id: str) -> Unit | None:
    """A related unit, as it was known to the warning or as it is now."""
    return alert.site.units.get(id) or alert.live.site.units.get(id)


def _way(unit: Unit | None, leg: Leg) -> Way | None:
    reach = unit.reach if unit else ()
    return next((way for way in reach if (way.how or way.via, way.to) == (leg.how, leg.to)), None)


def _callers(alert: Alert) -> list[str]:
    """Whoever reports it, looks into it or answers for it, then the liaison officers."""
    warning, site = alert.warning, alert.site
    liaisons = (liaison.person for liaison in site.liaisons)
    people = (warning.reporter, warning.verifier, warning.asked, *liaisons, *alert.callers())
    return [person for person in dict.fromkeys(people) if alert.roster.known(person)]


def _read_out(alert: Alert, matter: str) -> Words:
    """What is said on the phone, and written after it. No cause is named."""
    warning, site = alert.warning, alert.site
    firm, at = site.firm.name, clock_time(warning.raised_at, site)
    if matter == ENDED:
        said = alert.warning.end_said
        return Words(
            f"您好，我是{firm.zh}通报联络人。我单位此前报告的预警（{warning.id}，{at}）：{warning.title}。"
            f"{said.zh}现按原报告路径报告。请问您贵姓？",
            f"This is {firm.en}. About the warning we reported ({warning.id}, {at}):"
            f" {warning.title}. {said.en} May I have your name?",
        )
    state = STATES[warning.stage is Stage.RAISED]
    more = f"{warning.report_said.rstrip('。.')}。" if warning.report_said else ""
    more_en = f" {warning.report_said.rstrip('.')}." if warning.report_said else ""
    return Words(
        f"您好，我是{firm.zh}通报联络人，报告一起预警（{warning.id}）。{at}我单位发现：{warning.title}。"
        f"{state.zh}。{more}有变化续报，解除后按本路径报告。请问您贵姓？",
        f"This is {firm.en} with a warning report ({warning.id}). At {at} we found:"
        f" {warning.title}. {state.en}.{more_en} We will"
        " report changes, and its end by this same line. May I have your name?",
    )


def went_on(pursued: Pursuit, call: CallTask, by: By) -> None:
    """A call of a path has a result: the unit is told, or the next line has its turn."""
    matter = call.matter.partition(".")[0]
    if not isinstance(pursued, Alert) or matter not in (WARNED, ENDED):
        return
    warning = pursued.warning
    legs = warning.reported if matter == WARNED else warning.ended_to
    leg = next((one for one in legs if one.call == call.id), None)
    if leg is None:
        return
    if call.result in TOLD:
        leg.told_at, leg.attempts = pursued.now, leg.attempts + 1
        if matter == WARNED and not warning.is_open:
            report_end(pursued, warning.end_said, by)
            return
        told_along(pursued, matter, legs, call, by)
    else:
        again(leg, _unit(pursued, leg.unit))
        if leg.given_up:
            _given_up(pursued, leg)
    if matter == ENDED or warning.is_open:
        ask(pursued, legs, matter)


def _given_up(alert: Alert, leg: Leg) -> None:
    """Nobody answers there: people have to find another way."""
    alert.record("WarningReportFailed", ENGINE, unit=leg.unit, how=leg.how)
    unit = _unit(alert, leg.unit)
    named = unit.name if unit else Words(leg.unit)
    what = Words(
        f"预警报告：{named.said('zh')}多次联系不上。",
        f"Warning report: {named.said('en')} cannot be reached.",
    )
    alert.ring(answerable(alert), Purpose.ALARM, what=what, mend=_way_out(alert))


def _way_out(alert: Alert) -> Words:
    return ASK_THE_CONTROLLER if alert.warning.drill else FIND_A_WAY


def answerable(alert: Alert) -> list[str]:
    """The duty lead and the liaison officers."""
    lead = alert.roster.holder(DUTY_LEAD, alert.now)
    people = (lead, *(liaison.person for liaison in alert.site.liaisons))
    return [person for person in dict.fromkeys(people) if alert.roster.known(person)]


FIND_A_WAY = Words(
    "请按应急处置联络手册另行设法，并写入处置记录。",
    "Find another way from the contact manual, and note it on the record.",
)
ASK_THE_CONTROLLER = Words(
    "演练不联系外单位：请报导调，并写入处置记录。",
    "Nobody outside is called in a drill: tell the controller, and note it on the record.",
)


# The end, along the same path


def report_end(alert: Alert, said: Words, by: By) -> list[str]:
    """Report that it is over to exactly the units that were told, by the same lines, in order.

    Returns their ids. What is no longer in service is replaced, on the record.
    """
    warning = alert.warning
    path, gone = end_path(warning.reported, alert.site.units, alert.live.site.units)
    known = {(leg.unit, leg.line): leg for leg in warning.ended_to}
    warning.end_said = said
    warning.ended_to = path = [known.get((leg.unit, leg.line), leg) for leg in path]
    no_longer_owed(alert, by, said.zh)
    for leg in path:
        if leg.instead_of:
            gone_by = leg.instead_of
            alert.record("UnitReplaced", ENGINE, unit=gone_by, instead=leg.unit, how=leg.how)
    for id in dict.fromkeys(leg.unit for leg in gone):
        alert.record("UnitGone", ENGINE, unit=id)
        unit = _unit(alert, id)
        zh, en = (unit.name.said("zh"), unit.name.said("en")) if unit else (id, id)
        what = Words(
            f"解除预警须报告{zh}，但该单位已不在联系表。",
            f"{en} must hear that the warning is over, and is no longer in the table of units.",
        )
        alert.ring(answerable(alert), Purpose.ALARM, what=what, mend=_way_out(alert))
    units = list(dict.fromkeys(leg.unit for leg in path))
    if units:
        alert.record("WarningEndReported", by, units=units)
        due = alert.now + alert.site.patience.report_within
        owe_along(alert, ENDED, units, due, by.person)
        ask(alert, path, ENDED)
    return units
