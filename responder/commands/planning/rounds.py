"""What is looked at each morning: the yearly review, filing again, receipts, the next training."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from responder.commands.daily import each_day
from responder.commands.matter import FirmMatter
from responder.commands.planning.knowing import asked_to_read
from responder.commands.planning.training import meant
from responder.commands.planning.versions import keeper_of, kept_version, today
from responder.commands.telling import name
from responder.domain.organisation import DUTY_LEAD
from responder.domain.plan_in_force import PlanInForce, plan_in_force
from responder.domain.plan_life import READ_WITHIN, REMIND_BEFORE
from responder.domain.training import INVITED_BEFORE
from responder.domain.words import Words
from responder.ports.unit_of_work import UnitOfWork

HOUR = time(8, 30)
TOLD = "plan.told"
"""The note of what was said last of each matter: `{"review": "2027-03-06/30"}`."""
AGAIN = timedelta(days=7)
REFILE_BEFORE = (14, 7, 3, 0)


@each_day(HOUR)
def plan_is_looked_after(uow: UnitOfWork, now: datetime) -> None:
    """Remind of what is due; what is overdue reaches the leaders too, once a week."""
    matter = FirmMatter.load(uow, now)
    site = matter.site
    if site.plan is None or not site.plan.version:
        return
    kept = kept_version(uow, site, uow.sites.accepted() or "", now)
    found = plan_in_force(site, [kept])
    if found is None:
        return
    _review(matter, found)
    _refiling(matter, found)
    _receipts(matter, found)


def _review(matter: FirmMatter, found: PlanInForce) -> None:
    by, day = found.review_by, today(matter.site, matter.now)
    if by is None or not _speaks(matter, "review", by, day, REMIND_BEFORE):
        return
    left, version = (by - day).days, found.plan.version
    if left >= 0:
        said = Words(
            f"应急预案{version}版的年度评估应于{by}前完成（还有{left}天）：plan review。",
            f"The yearly review of the plan, version {version}, is due by {by}, in {left} days:"
            " `plan review`.",
        )
        matter.tell(keeper_of(matter.site), said)
        return
    said = Words(
        f"应急预案年度评估已逾期{-left}天（应于{by}前）。",
        f"The plan’s yearly review is {-left} days overdue (it was due by {by}).",
    )
    matter.tell(_leaders(matter), said)


def _refiling(matter: FirmMatter, found: PlanInForce) -> None:
    by, day = found.refile_by, today(matter.site, matter.now)
    if by is None or not _speaks(matter, "refile", by, day, REFILE_BEFORE):
        return
    left = (by - day).days
    if left >= 0:
        said = Words(
            f"应急预案发生重大变化，须于{by}前重新报备（还有{left}天）：plan pack、plan file。",
            f"The plan changed gravely and is to be filed again by {by}, in {left} days:"
            " `plan pack`, `plan file`.",
        )
        matter.tell(keeper_of(matter.site), said)
        return
    said = Words(
        f"应急预案重新报备已逾期{-left}天（应于{by}前）。",
        f"Filing the plan again is {-left} days overdue (it was due by {by}).",
    )
    matter.tell(_leaders(matter), said)


def _leaders(matter: FirmMatter) -> tuple[str, ...]:
    """The head of the command body, with whoever sees to the plan."""
    head = matter.site.command.body.head
    return tuple(dict.fromkeys((head, *keeper_of(matter.site))))


def _speaks(matter: FirmMatter, key: str, by: date, day: date, before: Iterable[int]) -> bool:
    """Whether a day calls for a word not said yet; after a standstill it is made up for."""
    left = (by - day).days
    stages = [stage for stage in before if left <= stage]
    if not stages:
        return False
    stage = str(min(stages)) if left >= 0 else f"overdue {-(-left // -AGAIN.days)}"
    return _first_time(matter, key, f"{by}/{stage}")


def _first_time(matter: FirmMatter, key: str, said: str) -> bool:
    told = dict(matter.uow.notes.get(TOLD) or {})
    if told.get(key) == said:
        return False
    matter.uow.notes.put(TOLD, {**told, key: said})
    return True


def _receipts(matter: FirmMatter, found: PlanInForce) -> None:
    """After fourteen days each is reminded once, and the duty lead has the list."""
    site, version = matter.site, found.plan.version
    day = today(site, matter.now)
    late = [
        one
        for one in asked_to_read(matter.uow, site)
        if one.asked_at is not None
        and one.reminded_at is None
        and day >= today(site, one.asked_at) + READ_WITHIN
    ]
    if not late:
        return
    for one in late:
        one.reminded_at = matter.now
        matter.uow.readings.put(one.key, one)
    people = [one.person for one in late]
    matter.tell(
        people,
        Words(
            f"您尚未确认研读应急预案{version}版，已满十四天。请研读后回复“已读预案”。",
            f"You have not confirmed reading version {version} of the plan, fourteen days on."
            " Read it and answer “plan read”.",
        ),
    )
    zh, en = ([name(site, p, language) for p in people] for language in ("zh", "en"))
    lead = matter.roster.holder(DUTY_LEAD, matter.now)
    matter.tell(
        [lead] if lead else keeper_of(site),
        Words(
            f"以下人员满十四天未确认研读预案{version}版：{'、'.join(zh)}。",
            f"Not confirmed reading version {version} after fourteen days: {', '.join(en)}.",
        ),
    )


@each_day(HOUR)
def training_is_announced(uow: UnitOfWork, now: datetime) -> None:
    """Invite to what is coming, and ask after what was planned and not held."""
    matter = FirmMatter.load(uow, now)
    day = today(matter.site, now)
    held = {one.course for one in uow.sessions.all().values()}
    for course in matter.site.courses.values():
        if course.on is None or course.held_on or course.id in held:
            continue
        if course.on < day:
            _ask_after(matter, course.id, course.trainer, course.on)
        elif _speaks(matter, f"course {course.id}", course.on, day, INVITED_BEFORE):
            title = course.title
            matter.tell(
                meant(matter.site, course),
                Words(
                    f"应急培训：{title.said('zh')}，{course.on}，请安排参加。",
                    f"Emergency training on {course.on}: {title.said('en')}. Please take part.",
                ),
            )


def _ask_after(matter: FirmMatter, course: str, trainer: str, on: date) -> None:
    if not _first_time(matter, f"course {course}", f"{on}/not held"):
        return
    people = [trainer] if trainer in matter.site.people else keeper_of(matter.site)
    matter.tell(
        people,
        Words(
            f"计划于{on}举办的培训“{course}”没有记录。办了请用 training 补记，未办请改期。",
            f"The training “{course}” planned for {on} has no record. Record it with `training"
            " hold` and `attend`, or set another day.",
        ),
    )
