"""Emergency communication and contact around the clock (JR/T 0099 7.1 n, q).

7.1-n: everybody on call by two independent ways, one of them proved; the engine runs.
7.1-q: the duty phones are probed, and answered; the liaison officers are never all away.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from responder.domain.proving import is_reached_two_ways, on_call, provable, proved_on, to_prove
from responder.domain.reachability import LIAISONS, Probe, line_of
from responder.domain.site import Site
from responder.domain.words import Words
from responder.readiness.control import Gap, Light, Seen, control
from responder.readiness.situation import Situation

HORIZON = timedelta(days=90)
ENGINE_SILENT = timedelta(minutes=10)
PROBE_DUE, PROBE_OVERDUE = timedelta(days=14), timedelta(days=35)


@control("7.1-n", "应急通信：人人有两条独立的联系方式", "Two independent ways to everybody on call")
def communication(situation: Situation) -> Seen:
    """Two independent kinds of way to everybody on call, and a proof that one of them works."""
    site, people = situation.site, on_call(situation.site)
    proved = proved_on(site, situation.way_checks)
    days = [
        day
        for person in people
        for way in provable(site.people[person])
        if (day := proved.get((person, line_of(way.via, way.to))))
    ]
    return Seen(
        (*_one_way(site, people), *_unproved(situation, proved), *_engine(situation)),
        Words(
            f"{len(people)}名值守相关人员均有电话和文字两种方式，且已核验",
            f"All {len(people)} people on call have a phone and a written way, proved",
        ),
        min(days, default=None),
    )


def _one_way(site: Site, people: tuple[str, ...]) -> Iterator[Gap]:
    for person in (site.people[p] for p in people):
        if not is_reached_two_ways(person):
            name = person.name
            yield Gap(
                Words(
                    f"{name.zh}没有两条独立的联系方式（电话、文字各一）",
                    f"{name.en} has not two independent ways: one that rings, one in writing",
                ),
                Words(
                    f"请为{name.zh}补充联系方式：contacts change {person.id}",
                    f"Add a way to {name.en}: contacts change {person.id}",
                ),
                owner=person.id,
            )


def _unproved(situation: Situation, proved: dict[tuple[str, str], date]) -> Iterator[Gap]:
    site = situation.site
    for id, ways in to_prove(site, situation.way_checks, situation.today).items():
        person = site.people[id]
        never = not any((id, line_of(w.via, w.to)) in proved for w in provable(person))
        how = Words("均未核验", "never proved") if never else Words("须重新核验", "to be proved")
        what = Words(
            f"{person.name.zh}的联系方式{how.zh}（{len(ways)}条）",
            f"Ways to {person.name.en}: {len(ways)} {how.en}",
        )
        mend = Words(f"请核验：reach verify {id}", f"Have them proved: reach verify {id}")
        yield Gap(what, mend, Light.RED if never else Light.AMBER, id)


def _engine(situation: Situation) -> Iterator[Gap]:
    beat = situation.heartbeat_at
    if not situation.stored or (beat and situation.at - beat <= ENGINE_SILENT):
        return
    mend = Words("请启动服务：responder serve", "Start the service: responder serve")
    if beat is None:
        what = Words("引擎尚未运行过，此刻不会呼叫任何人", "The engine never ran: nobody is paged")
        yield Gap(what, mend, Light.AMBER)
        return
    minutes = (situation.at - beat) // timedelta(minutes=1)
    yield Gap(
        Words(
            f"引擎已停{minutes}分钟，此刻不会呼叫任何人",
            f"The engine has been down for {minutes} min: nobody is paged",
        ),
        mend,
    )


@control("7.1-q", "7×24小时联系与值守电话", "Contact around the clock: the duty phones")
def around_the_clock(situation: Situation) -> Seen:
    """Each post's phone is probed, day and night, and somebody answers."""
    rules = situation.site.probe_rules
    latest = {post: _latest(situation, post) for post in rules.posts}
    gaps = [
        *_no_probes(situation.site),
        *(gap for post in rules.posts for gap in _probed(situation, post, latest[post])),
        *_liaisons_away(situation),
    ]
    days = [day for day, _ in latest.values() if day]
    return Seen(
        tuple(gaps),
        Words(
            f"值守电话每周抽查{rules.a_week}次，最近均有人应答",
            f"The duty phones are probed {rules.a_week} times a week; the latest were answered",
        ),
        min(days, default=None),
    )


def _no_probes(site: Site) -> Iterator[Gap]:
    if not site.probe_rules.posts or site.probe_rules.a_week < 1:
        yield Gap(
            Words("没有安排值守电话抽查", "No probes of the duty phones are arranged"),
            Words(
                "请在 contacts/reachability.yaml 填写 probes。",
                "Fill in “probes” in contacts/reachability.yaml.",
            ),
        )


def _latest(situation: Situation, post: str) -> tuple[date | None, bool]:
    """The day of the latest probe of a post, and whether somebody answered."""
    zone = ZoneInfo(situation.site.time_zone)
    kept = [(one.on, one.answered) for one in situation.site.probe_rules.kept if one.post == post]
    ended = [one for one in situation.probes if _counts(one, post)]
    here = [(one.at.astimezone(zone).date(), one.answered_at is not None) for one in ended]
    return max([*kept, *here], key=lambda one: one[0], default=(None, False))


def _counts(one: Probe, post: str) -> bool:
    return one.post == post and not one.is_open and not one.sandbox


def _probed(situation: Situation, post: str, latest: tuple[date | None, bool]) -> Iterator[Gap]:
    site, (on, answered) = situation.site, latest
    role = site.roles.get(post)
    name = role.name if role else Words(post, post)
    name = Words("通报联络人", "the liaison officers") if post == LIAISONS else name
    mend = Words(f"请抽查：reach probe {post}", f"Probe it: reach probe {post}")
    owner = situation.roster.holder(post, situation.at) if role else ""
    age = situation.today - on if on else None
    if age is None or age > PROBE_OVERDUE:
        since = Words(f"{age.days}天", f"for {age.days} days") if age else Words("从", "yet")
        what = Words(
            f"{name.zh}值守电话{since.zh}未抽查",
            f"The duty phone of {name.en} was not probed {since.en}",
        )
        yield Gap(what, mend, Light.RED, owner)
    elif not answered:
        what = Words(
            f"{name.zh}值守电话{on}抽查无人应答",
            f"Nobody answered the duty phone of {name.en} when probed on {on}",
        )
        yield Gap(what, mend, Light.RED, owner)
    elif age > PROBE_DUE:
        what = Words(
            f"{name.zh}值守电话{age.days}天未抽查",
            f"The duty phone of {name.en} was not probed for {age.days} days",
        )
        yield Gap(what, mend, Light.AMBER, owner)


def _liaisons_away(situation: Situation) -> Iterator[Gap]:
    """A minute of the horizon at which every liaison officer is away (7.1 q: never both)."""
    site, roster = situation.site, situation.roster
    people = [one.person for one in site.liaisons if roster.known(one.person)]
    until = situation.at + HORIZON
    edges = sorted(
        {situation.at}
        | {a.start for a in site.absences if a.person in people and situation.at < a.start < until}
    )
    for at in edges:
        if people and all(roster.absent(person, at) for person in people):
            mend = Words("请改派或改期：duty absence", "Move one of them: duty absence")
            yield Gap(_all_away(at, site), mend)
            return


def _all_away(at: datetime, site: Site) -> Words:
    local = at.astimezone(ZoneInfo(site.time_zone)).strftime("%Y-%m-%d %H:%M")
    return Words(f"{local}起通报联络人全部缺勤", f"From {local} every liaison officer is away")
