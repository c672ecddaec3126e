"""The dates of one person: shifts, drills, training, the plan's review, reports that are due."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from responder.commands.duty.saying import person_words, role_words
from responder.commands.owed import title_of
from responder.domain.coverage import Holding, stretches, turns
from responder.domain.duty import Feed
from responder.domain.feed_sheet import FeedDate, FeedSheet
from responder.domain.organisation import Role
from responder.domain.people import Person
from responder.domain.plan_in_force import plan_in_force
from responder.domain.planned_drill import PlannedDrill
from responder.domain.record import ENGINE
from responder.domain.roster import Roster
from responder.domain.words import Words
from responder.drills.dates import invited
from responder.drills.recurring import begins_on, dates_to_come
from responder.ports.unit_of_work import UnitOfWork

AHEAD = timedelta(days=90)
"""How far shifts are shown; drills that recur are for a year."""
BEHIND = timedelta(days=7)


def sheet_for(uow: UnitOfWork, roster: Roster, feed: Feed, now: datetime) -> FeedSheet:
    """Everything of a person from a week ago to ninety days ahead."""
    one = roster.site.people[feed.person]
    changes = uow.revisions.all().values()
    plans = uow.drill_plans.all().values()
    moved = [plan.planned_at for plan in plans] + [m.at for plan in plans for m in plan.moved]
    revised = (r.undone_at or r.approved_at or r.at for r in changes)
    changed = max([*revised, *moved], default=feed.made_at)
    title = Words("值班与应急日程", "duty and emergency dates").said(one.language)
    name = one.name.said(one.language) or one.id
    return FeedSheet(
        f"{name} · {title}",
        one.time_zone,
        one.language,
        len(changes) + len(moved),
        changed,
        tuple(_dates(uow, roster, one, now)),
    )


def _dates(uow: UnitOfWork, roster: Roster, one: Person, now: datetime) -> Iterator[FeedDate]:
    for role in roster.site.roles.values():
        yield from _shifts(roster, role, one, now)
        yield from _backups(roster, role, one, now)
    yield from _drills(roster, one, now)
    yield from _planned(uow, roster, one)
    yield from _recurring(uow, roster, one, now)
    yield from _courses(roster, one, now)
    yield from _reviews(uow, roster, one)
    yield from _due(uow, roster, one)


def _shifts(roster: Roster, role: Role, one: Person, now: datetime) -> Iterator[FeedDate]:
    """The turns of a role that are the person's, as holder; a stand-in's part of one is theirs."""
    post = role_words(roster.site, role.id).said(one.language)
    title = Words(f"值班：{post}", f"On duty: {post}").said(one.language)
    for turn in _turns(roster, role.rotation, now):
        for start, end, second in _held(roster, role.id, turn, one.id):
            named = person_words(roster.site, second).said(one.language) if second else "—"
            said = Words(f"备岗：{named}", f"Backup: {named}").said(one.language)
            uid = f"shift-{role.id}-{int(start.timestamp())}"
            yield FeedDate(uid, title, start, end, said, warns=True)


def _held(
    roster: Roster, role: str, turn: Holding, person: str
) -> Iterator[tuple[datetime, datetime, str]]:
    """The parts of a turn in which somebody holds the role, and who backs them up at first."""
    found = groupby(stretches(roster, role, turn.start, turn.end), key=lambda s: s.holder)
    for holder, group in found:
        parts = list(group)
        if holder == person:
            second = parts[0].second if parts[0].second != person else ""
            yield parts[0].start, parts[-1].end, second


def _backups(roster: Roster, role: Role, one: Person, now: datetime) -> Iterator[FeedDate]:
    post = role_words(roster.site, role.id).said(one.language)
    title = Words(f"备岗：{post}", f"Backup: {post}").said(one.language)
    for turn in _turns(roster, role.backup_rotation, now):
        leads = roster.holder(role.id, turn.start) == one.id
        if turn.holder == one.id and not leads and not roster.absent(one.id, turn.start):
            uid = f"backup-{role.id}-{int(turn.start.timestamp())}"
            yield FeedDate(uid, title, turn.start, turn.end, busy=False)


def _turns(roster: Roster, id: str, now: datetime) -> Iterator[Holding]:
    """The turns of a rotation, walked from a handover on.

    So each begins at the same instant whenever it is asked for.
    """
    rotation = roster.site.rotations.get(id)
    if rotation is not None:
        start = rotation.handover(max(rotation.turn(now - BEHIND), 0))
        yield from turns(roster.site, id, start, now + AHEAD)


def _drills(roster: Roster, one: Person, now: datetime) -> Iterator[FeedDate]:
    for drill in roster.site.drills_held:
        ahead = drill.on is not None and drill.on >= (now - BEHIND).date()
        if drill.on and ahead and (not drill.participants or one.id in drill.participants):
            named = drill.title.said(one.language) or drill.scenario
            title = Words(f"应急演练：{named}", f"Drill: {named}").said(one.language)
            yield FeedDate(f"drill-{drill.id}", title, drill.on)


def _planned(uow: UnitOfWork, roster: Roster, one: Person) -> Iterator[FeedDate]:
    """Drills to come, for who is invited: of an unannounced one its controllers alone."""
    for plan in uow.drill_plans.open().values():
        scenario = roster.site.scenarios.get(plan.scenario)
        if scenario is not None and one.id in {plan.coordinator, *invited(roster.site, scenario)}:
            named = scenario.title.said(one.language) or scenario.id
            title = Words(f"应急演练：{named}", f"Drill: {named}").said(one.language)
            end = plan.starts_at + scenario.lasts
            yield FeedDate(_uid(plan), title, plan.starts_at, end, plan.id, warns=True)


def _uid(plan: PlannedDrill) -> str:
    """A drill planned for a date of its rule is the event that stood there before."""
    by_rule = plan.occurrence is not None and plan.planned_by == ENGINE.person
    return f"drill-{plan.scenario}-{plan.occurrence}" if by_rule else f"drill-{plan.id}"


def _recurring(uow: UnitOfWork, roster: Roster, one: Person, now: datetime) -> Iterator[FeedDate]:
    """Dates of recurring drills not planned yet, for those who will be invited."""
    site, plans = roster.site, list(uow.drill_plans.all().values())
    for scenario in site.scenarios.values():
        if one.id not in invited(site, scenario):
            continue
        named = scenario.title.said(one.language) or scenario.id
        title = Words(f"应急演练（待安排）：{named}", f"Drill, not planned yet: {named}")
        for day in dates_to_come(scenario, site, plans, uow.days_of, now):
            start, uid = begins_on(scenario, site, day), f"drill-{scenario.id}-{day}"
            end = start + scenario.lasts
            said = title.said(one.language)
            yield FeedDate(uid, said, start, end, busy=False, is_tentative=True)


def _courses(roster: Roster, one: Person, now: datetime) -> Iterator[FeedDate]:
    for course in roster.site.courses.values():
        ahead = course.on is not None and course.on >= (now - BEHIND).date()
        if course.on and ahead and _is_for(roster, course.roles, one.id):
            named = course.title.said(one.language) or course.id
            title = Words(f"应急培训：{named}", f"Training: {named}").said(one.language)
            yield FeedDate(f"training-{course.id}", title, course.on)


def _is_for(roster: Roster, roles: tuple[str, ...], person: str) -> bool:
    return not roles or any(person in _pool(roster, role) for role in roles)


def _pool(roster: Roster, role: str) -> set[str]:
    """Everybody who fills a role by turns, as primary or as backup."""
    post, found = roster.site.roles.get(role), set[str]()
    if post is not None:
        found |= {post.primary, post.backup}
        for id in (post.rotation, post.backup_rotation):
            rotation = roster.site.rotations.get(id)
            found |= set(rotation.people) if rotation else set()
    return found


def _reviews(uow: UnitOfWork, roster: Roster, one: Person) -> Iterator[FeedDate]:
    """The plan's next yearly review, for its keeper and the head of the command body."""
    plan = roster.site.plan
    if plan is None or one.id not in (plan.keeper, roster.site.command.body.head):
        return
    found = plan_in_force(roster.site, uow.plan_versions.all().values())
    if found is not None and found.review_by is not None:
        title = Words("应急预案年度评估到期", "Yearly review of the plan is due").said(one.language)
        yield FeedDate(f"plan-review-{found.review_by.year}", title, found.review_by)


def _due(uow: UnitOfWork, roster: Roster, one: Person) -> Iterator[FeedDate]:
    """What open incidents owe outside, for who answers for it and the liaison officers."""
    officers = {liaison.person for liaison in roster.site.liaisons}
    for id, incident in uow.incidents.open().items():
        for row in uow.obligations.of(id).values():
            if incident.drill or not row.is_due or row.due_at is None:
                continue
            if one.id in {row.owner, *officers}:
                said = title_of(row).said(one.language)
                title = Words(f"应报：{said}（{id}）", f"Due: {said} ({id})").said(one.language)
                uid = f"due-{id}-{row.id}".replace("#", "-")
                at = row.due_at.astimezone(ZoneInfo("UTC"))
                yield FeedDate(uid, title, at, at, warns=True)
