"""Duty management (JR/T 0099 5.1).

5.1-1 owns the rules of duty by area; 5.1-2 that the duty lead has a backup, never away with them;
5.1-3 the rotation and the check-ins at the post; 5.1-4 the handover; 5.1-5 the telephone.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from responder.domain.away import Clash, both_away
from responder.domain.coverage import stretches
from responder.domain.duty import AREA_NAMES, AREAS
from responder.domain.roster import NOBODY
from responder.domain.words import Words
from responder.readiness.answering import DUTY_LEAD, IT_LEAD, lead, post
from responder.readiness.control import Gap, Light, Seen, control
from responder.readiness.naming import listed, named, person
from responder.readiness.situation import Situation

HORIZON = timedelta(days=90)
LATELY = timedelta(days=30)
PHONE_DUE, PHONE_OVERDUE = timedelta(days=31), timedelta(days=62)
FILE, ROLES, ROTATIONS = "contacts/duty.yaml", "contacts/roles.yaml", "contacts/rotations.yaml"
ARRANGE = Words(
    "请另行安排：duty override ROTATION --from --to --person --reason",
    "Arrange it: duty override ROTATION --from --to --person --reason",
)


@control("5.1-1", "值班制度覆盖八个方面", "Rules of duty for the eight areas")
def rules_of_duty(situation: Situation) -> Seen:
    """Each area has its rule, by which a shift is ticked off."""
    areas = situation.site.duty_rules.areas
    gaps = [
        Gap(
            Words(
                f"值班制度没有规定{AREA_NAMES[area].zh}", f"No duty rule for {AREA_NAMES[area].en}"
            ),
            Words(f"请在 {FILE} 的 areas.{area} 写明。", f"Write areas.{area} in {FILE}."),
            owner=lead(situation),
        )
        for area in AREAS
        if area not in areas or not areas[area].zh
    ]
    proof = Words("八个方面均有规定，班次按此打勾。", "All eight areas are ruled, and ticked off.")
    return Seen(tuple(gaps), proof)


@control(
    "5.1-2",
    "值班负责人有备岗，主备岗不同时离岗",
    "A duty lead with a backup, never away together",
)
def lead_and_backup(situation: Situation) -> Seen:
    """Over ninety days: a backup is named, is somebody else, and one of the two is there."""
    role = situation.site.roles.get(DUTY_LEAD)
    if role is None:
        return Seen(proof=Words("见 7.1-k。", "See 7.1-k."))
    gaps = list(_backup_gaps(situation))
    until = situation.at + HORIZON
    away = both_away(situation.roster, DUTY_LEAD, situation.at, until)
    gaps += [_together(situation, one) for one in away if two_known(situation, one.people)]
    proof = Words(
        "今后90天值班负责人主备岗均已排定，没有同时离岗。",
        "Lead and backup stand for the next 90 days and are never both away.",
    )
    return Seen(tuple(gaps), proof)


def two_known(situation: Situation, people: tuple[str, ...]) -> bool:
    """Whether these are two people of the firm: else somebody lacks, and nobody is away."""
    return len(people) > 1 and all(situation.roster.known(one) for one in people)


def _backup_gaps(situation: Situation) -> Iterator[Gap]:
    """The first stretch without a backup, or with one person as both."""
    until = situation.at + HORIZON
    for one in stretches(situation.roster, DUTY_LEAD, situation.at, until):
        if one.first and one.second in (NOBODY, one.first):
            when = span(situation, one.start, one.end)
            who = person(situation.site, one.first)
            what = (
                Words(f"值班负责人{who.zh}没有备岗：{when.zh}", f"{who.en} has no backup {when.en}")
                if not one.second
                else Words(
                    f"值班负责人与备岗同为{who.zh}：{when.zh}",
                    f"{who.en} is duty lead and backup at once {when.en}",
                )
            )
            mend = Words(
                f"请在 {ROLES} 填写 duty_lead 的备岗，或 duty override 换人。",
                f"Name duty_lead's backup in {ROLES}, or change it with duty override.",
            )
            yield Gap(what, mend, owner=post(situation, IT_LEAD))
            return


def _together(situation: Situation, clash: Clash) -> Gap:
    two = listed(person(situation.site, p) for p in clash.people)
    when = span(situation, clash.start, clash.end)
    return Gap(
        Words(f"{two.zh}同时离岗：{when.zh}", f"{two.en} are both away {when.en}"),
        ARRANGE,
        owner=post(situation, IT_LEAD),
    )


@control("5.1-3", "值班安排表，值班期间不离岗", "A duty roster, and nobody leaves the post")
def roster_and_post(situation: Situation) -> Seen:
    """The lead takes turns by a rotation, posts check in, and what was missed lately."""
    gaps = [*_rotation_gaps(situation), *_check_in_gaps(situation), *_missed(situation)]
    rules, count = situation.site.duty_rules, len(situation.site.rotations)
    minutes = int(rules.check_in_every.total_seconds()) // 60 if rules.check_in_every else 0
    proof = Words(
        f"{count}张轮值表，在岗每{minutes}分钟签到，近30天没有脱岗。",
        f"{count} rotations, check-ins every {minutes} min, none missed in 30 days.",
    )
    return Seen(tuple(gaps), proof)


def _rotation_gaps(situation: Situation) -> Iterator[Gap]:
    role = situation.site.roles.get(DUTY_LEAD)
    if role is not None and not role.rotation:
        yield Gap(
            Words("值班负责人没有轮值表", "The duty lead has no rotation"),
            Words(
                f"请在 {ROTATIONS} 排班，并在 {ROLES} 的 duty_lead 写 rotation。",
                f"Write one in {ROTATIONS} and name it at duty_lead in {ROLES}.",
            ),
            owner=post(situation, IT_LEAD),
        )


def _check_in_gaps(situation: Situation) -> Iterator[Gap]:
    rules = situation.site.duty_rules
    if rules.check_in_every is None or not rules.check_in_posts:
        yield Gap(
            Words("没有规定在岗签到", "Nobody is asked to check in at the post"),
            Words(
                f"请在 {FILE} 填写 check_in_every 和 check_in_posts。",
                f"Fill in check_in_every and check_in_posts in {FILE}.",
            ),
            owner=lead(situation),
        )


def _missed(situation: Situation) -> Iterator[Gap]:
    for shift in situation.shifts:
        late = [at for at in shift.missed if at > situation.at - LATELY]
        if late:
            who, day = person(situation.site, shift.person), _day(situation, late[-1])
            yield Gap(
                Words(f"{who.zh}于{day}未签到", f"{who.en} missed a check-in on {day}"),
                Words(
                    "请查明原因并写入处置记录；本项30天后恢复。",
                    "Find out why and put it on record; this clears after 30 days.",
                ),
                Light.AMBER,
                shift.person,
            )


@control("5.1-4", "交接班有流程、严格执行并留存记录", "Handover, followed and recorded")
def handover(situation: Situation) -> Seen:
    """The lead's shifts are kept and handed over; those that lately were not."""
    gaps = []
    if DUTY_LEAD not in situation.site.duty_rules.posts:
        gaps.append(
            Gap(
                Words(
                    "值班负责人的班次没有交接班记录", "The duty lead's shifts are not handed over"
                ),
                Words(
                    f"请在 {FILE} 的 posts 列入 duty_lead。", f"List duty_lead at posts in {FILE}."
                ),
                owner=post(situation, IT_LEAD),
            )
        )
    gaps += _not_handed_over(situation)
    done = [s for s in situation.shifts if s.accepted_at is not None]
    last = max((s.accepted_at for s in done if s.accepted_at), default=None)
    proof = Words(
        f"交接班须接班人确认，已留存{len(done)}次记录。",
        f"The next person has to accept; {len(done)} handovers on record.",
    )
    return Seen(tuple(gaps), proof, _local(situation, last) if last else None)


def _not_handed_over(situation: Situation) -> Iterator[Gap]:
    for shift in situation.shifts:
        lapsed = shift.lapsed_at is not None and shift.lapsed_at > situation.at - LATELY
        waits = shift.is_open and shift.escalated_at is not None
        if not lapsed and not waits:
            continue
        who, day = person(situation.site, shift.person), _day(situation, shift.end)
        role = situation.site.roles.get(shift.role)
        name = named(role.name, role.id) if role else Words(shift.role, shift.role)
        yield Gap(
            Words(
                f"{name.zh}{who.zh} {day} 的班没有交接（{shift.id}）",
                f"{who.en}'s shift as {name.en} of {day} was not handed over ({shift.id})",
            ),
            Words(
                f"请补办：duty handover {shift.id} --accept；已过期的写入处置记录。",
                f"Have it accepted: duty handover {shift.id} --accept; if too late, note why.",
            ),
            Light.RED if waits else Light.AMBER,
            shift.handed_to or shift.person,
        )


@control("5.1-5", "运维值班电话保持畅通", "A duty telephone, kept clear")
def telephone(situation: Situation) -> Seen:
    """There is a number, and it was lately tried or probed."""
    rules = situation.site.duty_rules
    probed = [
        _local(situation, p.answered_at)
        for p in situation.probes
        if p.post == DUTY_LEAD and p.answered_at is not None and not p.sandbox
    ]
    days = [*([rules.phone_tested_on] if rules.phone_tested_on else []), *probed]
    last = max(days, default=None)
    gaps = []
    if not rules.phone:
        gaps.append(
            Gap(
                Words("没有设置运维值班电话", "There is no duty telephone"),
                Words(f"请在 {FILE} 填写 phone。", f"Write phone in {FILE}."),
                owner=lead(situation),
            )
        )
    elif last is None or situation.today - last > PHONE_DUE:
        overdue = last is None or situation.today - last > PHONE_OVERDUE
        since = last.isoformat() if last else "—"
        gaps.append(
            Gap(
                Words(f"值班电话上次试拨：{since}", f"The duty telephone was last tried {since}"),
                Words(
                    f"请试拨后更新 {FILE} 的 phone_tested_on。",
                    f"Ring it, then write phone_tested_on in {FILE}.",
                ),
                Light.RED if overdue else Light.AMBER,
                lead(situation),
            )
        )
    return Seen(
        tuple(gaps), Words("值班电话近期试拨畅通。", "It was lately tried, and works."), last
    )


def _local(situation: Situation, at: datetime) -> date:
    return at.astimezone(ZoneInfo(situation.site.time_zone)).date()


def _day(situation: Situation, at: datetime) -> str:
    return _local(situation, at).isoformat()


def span(situation: Situation, start: datetime, end: datetime) -> Words:
    zone = ZoneInfo(situation.site.time_zone)
    first, last = (f"{at.astimezone(zone):%Y-%m-%d %H:%M}" for at in (start, end))
    return Words(f"{first} 至 {last}", f"from {first} to {last}")
