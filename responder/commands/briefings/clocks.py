"""The clocks of the audiences: begun, turned, reminded of, missed, ended with the incident."""

from collections.abc import Iterator
from datetime import datetime

from responder.commands.briefings.audience import briefing_of, change, keep, keeper_of, named_change
from responder.commands.briefings.briefing import give
from responder.commands.briefings.leaders_brief import NONE
from responder.commands.case import Case
from responder.commands.telling import QUIETLY, clock_time
from responder.domain.briefing import Audience, Briefing, How, Step, end, miss, step, turn
from responder.domain.message import Purpose
from responder.domain.organisation import DUTY_LEAD
from responder.domain.people import BY_HAND, WRITTEN
from responder.domain.record import ENGINE
from responder.domain.words import Words
from responder.ports.unit_of_work import UnitOfWork

RESTORED = Words(
    "系统已恢复，定时快报到此为止；结束应急后再报。",
    "Service is restored; no more briefs at intervals until stand-down.",
)


def turned(case: Case, over: Words = NONE) -> None:
    """Activation, a change of level, restoration, reopening: every audience hears of it soon.

    Leaders hear of it now, in five lines.
    """
    level, now = case.incident.level, case.now
    for audience, briefing in _clocks(case):
        briefing.ended = False
        if audience.five_lines and level in audience.levels:
            give(case, audience, briefing, ENGINE, How.FIVE_LINES, over=over)
            continue
        turn(briefing, audience, level, now)
        keep(case, briefing)


def restored(case: Case) -> None:
    """Everybody is told once more; then their clocks stop."""
    turned(case, RESTORED)


def stood_down(case: Case) -> None:
    """Leaders hear where the report is; who was not told of the restoration is on the record."""
    for audience, briefing in _clocks(case):
        if audience.five_lines:
            if briefing.number:
                give(case, audience, briefing, ENGINE, How.FIVE_LINES, over=_report_is_ready(case))
        elif briefing.due_at is not None:
            _missed(case, audience, briefing)
        end(briefing)
        keep(case, briefing)


def cancelled(case: Case, reason: str) -> None:
    """Whoever was told of it is told that it was nothing."""
    over = Words(
        f"事件已撤销（{reason.rstrip('。.')}），不再处置，无须决策。",
        f"The incident is cancelled ({reason.rstrip('.')}): nothing is to be done or decided.",
    )
    for audience, briefing in _clocks(case):
        if briefing.number:
            how = How.FIVE_LINES if audience.five_lines else How.TEXT
            give(case, audience, briefing, ENGINE, how, over, over)
        end(briefing)
        keep(case, briefing)


def resumed(case: Case) -> None:
    """A drill goes on: its clocks begin anew, nothing is made up."""
    for audience, briefing in _clocks(case):
        if briefing.is_open and briefing.due_at is not None:
            briefing.due_at = None
            turn(briefing, audience, case.incident.level, case.now)
            keep(case, briefing)


def _clocks(case: Case) -> Iterator[tuple[Audience, Briefing]]:
    for audience in case.site.audiences.values():
        yield audience, briefing_of(case, audience)


def _report_is_ready(case: Case) -> Words:
    """Where the leaders' report is to be had: whoever leads can make it."""
    lead = case.incident.commander or case.roster.holder(DUTY_LEAD, case.now)
    known = case.site.people.get(lead)
    whom = known.name if known else Words("值班负责人", "the duty lead")
    zh, en = whom.said("zh"), whom.said("en")
    return Words(
        f"应急已结束，请知悉。事件处置报告（PDF）已可出具，请向{zh}索取。",
        f"The emergency is over. The incident report (PDF) can be had from {en}.",
    )


# The clock


def clocks(uow: UnitOfWork, keys: list[str], now: datetime) -> None:
    """Remind of what is due soon; at its end tell the leaders, or alarm over the others."""
    for key in keys:
        briefing = uow.briefings.get(key)
        if briefing is None or briefing.ended:
            continue
        for case in Case.load_many(uow, [briefing.incident], now):
            audience = case.site.audiences.get(briefing.audience)
            if audience is None or case.incident.frozen or not case.incident.is_open:
                continue
            _carry_out(case, audience, briefing)
            case.save()


def _carry_out(case: Case, audience: Audience, briefing: Briefing) -> None:
    match step(briefing, case.now):
        case Step.REMIND:
            _remind(case, audience, briefing)
        case Step.END if audience.five_lines:
            _write_itself(case, audience, briefing)
        case Step.END:
            _missed(case, audience, briefing)
    keep(case, briefing)


def _write_itself(case: Case, audience: Audience, briefing: Briefing) -> None:
    entry = change(case, audience)
    changed = entry is not None if briefing.number else None
    given = give(case, audience, briefing, ENGINE, How.FIVE_LINES, changed=changed)
    if not given["people"]:
        what = Words(
            f"领导快报无人可发：{audience.name.said('zh')}没有可用的联系方式。",
            f"The leaders' brief reached nobody: {audience.name.said('en')} have no usable way.",
        )
        _alarm(case, audience, what, CALL_THEM)


def _remind(case: Case, audience: Audience, briefing: Briefing) -> None:
    """Whoever keeps it is told quietly, five minutes before."""
    briefing.reminded_at = case.now
    keeper = keeper_of(case, audience)
    due = briefing.due_at.isoformat() if briefing.due_at else ""
    case.record("BriefingReminded", ENGINE, audience=audience.id, person=keeper, due_at=due)
    person = case.person(keeper)
    if person is None:
        return
    language = person.language
    entry = change(case, audience) if briefing.number else None
    facts = {
        "audience": audience.name.said(language),
        "briefs": audience.id,
        "due": clock_time(briefing.due_at, case.site),
        "number": str(briefing.number + 1),
        "last": clock_time(briefing.last_at, case.site),
        "change": named_change(case, entry).said(language) if entry else "",
        "itself": "yes" if audience.five_lines else "",
    }
    for some in (QUIETLY, WRITTEN, [via for via in person.vias if via != BY_HAND]):
        if vias := [via for via in person.vias if via in some]:
            case.teller.tell(person, Purpose.BRIEF_DUE, vias, facts)
            return


def _missed(case: Case, audience: Audience, briefing: Briefing) -> None:
    """The audience was told nothing in time: an alarm, and the record says so."""
    due = briefing.due_at
    assert due is not None  # only what is due is missed
    again = audience.interval(case.incident.level) or audience.within
    skipped = miss(briefing, again, case.now)
    case.record(
        "BriefingMissed",
        ENGINE,
        audience=audience.id,
        due_at=due.isoformat(),
        skipped=skipped,
        person=keeper_of(case, audience),
    )
    zh, en, at = audience.name.said("zh"), audience.name.said("en"), clock_time(due, case.site)
    what = Words(f"到点未通报{zh}（应于{at}前）。", f"{en} were not told by {at}.")
    _alarm(case, audience, what, TELL_THEM)


def _alarm(case: Case, audience: Audience, what: Words, mend: Words) -> None:
    """Whoever keeps it, and the duty lead, by every way; the administrators where nobody is one."""
    people = [keeper_of(case, audience), case.roster.holder(DUTY_LEAD, case.now)]
    those = [person for person in dict.fromkeys(people) if case.roster.known(person)]
    if those:
        case.ring(those, Purpose.ALARM, what=what, mend=mend)
    else:
        case.alarm(what)


TELL_THEM = Words("请立即通报。", "Tell them now.")
CALL_THEM = Words("请按应急处置联络手册电话报告领导。", "Call the leaders from the contact manual.")
