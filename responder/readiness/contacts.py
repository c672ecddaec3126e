"""Related units and our own contacts: complete and fresh (JR/T 0099 4.7, 7.1 o and p)."""

from collections.abc import Iterator
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from responder.domain.organisation import IT_LEAD
from responder.domain.people import Person
from responder.domain.reachability import FAX
from responder.domain.register import UNIT_KIND_NAMES, UNIT_KINDS, Unit
from responder.domain.site import Site
from responder.domain.unit_freshness import Freshness, freshness
from responder.domain.words import Words
from responder.readiness.control import Gap, Light, Seen, control
from responder.readiness.naming import named, oldest, person
from responder.readiness.situation import Situation

UNITS_FILE = "contacts/units.yaml"
COMMAND_FILE = "contacts/command.yaml"
COLUMNS = {
    "name": Words("单位名称", "name"),
    "business": Words("业务事项", "business matter"),
    "contact": Words("联系人", "contact person"),
}


@control("4.7-1", "关联单位联系机制：十一类齐全", "Related units: all eleven kinds")
def kinds(situation: Situation) -> Seen:
    """Every kind of the standard has a unit."""
    units = situation.site.units
    held = {one.kind for one in units.values()}
    gaps = tuple(
        Gap(
            Words(
                f"没有“{UNIT_KIND_NAMES[kind].zh}”类的关联单位",
                f"There is no related unit of the kind: {UNIT_KIND_NAMES[kind].en}",
            ),
            Words(
                f"请在 {UNITS_FILE} 中补充（kind: {kind}）",
                f"Add one to {UNITS_FILE} (kind: {kind})",
            ),
            owner=keeper(situation.site),
        )
        for kind in UNIT_KINDS
        if kind not in held
    )
    proof = Words(
        f"{len(units)}家关联单位，十一类齐全", f"{len(units)} related units, of all eleven kinds"
    )
    return Seen(gaps, proof, oldest(one.verified_on for one in units.values()))


@control("4.7-2", "关联单位联系表：各栏齐全、半年内核对", "Contact table: complete and kept fresh")
def table(situation: Situation) -> Seen:
    """The columns of the standard, each line tried within the half-year, none bounced."""
    found = freshness(situation.site, situation.unit_checks)
    gaps = (
        *(gap for one in found for gap in _columns(situation.site, one.unit)),
        *(gap for one in found for gap in _stale(situation, one)),
    )
    proof = Words(
        f"{len(found)}家关联单位各栏齐全，均在半年内核对过",
        f"The table of {len(found)} units is complete, each line tried within the half-year",
    )
    return Seen(gaps, proof, oldest(one.reached_on for one in found))


def _columns(site: Site, unit: Unit) -> Iterator[Gap]:
    lacking = [words for field, words in COLUMNS.items() if getattr(unit, field) == Words()]
    if lacking:
        yield Gap(
            Words(
                f"{unit_name(unit).zh}缺少：{'、'.join(one.zh for one in lacking)}",
                f"{unit_name(unit).en} lacks: {', '.join(one.en for one in lacking)}",
            ),
            Words(f"请在 {UNITS_FILE} 中补全", f"Fill it in, in {UNITS_FILE}"),
            owner=keeper(site),
        )


def _stale(situation: Situation, one: Freshness) -> Iterator[Gap]:
    name, owner = unit_name(one.unit), keeper(situation.site)
    command = f"contacts verify unit:{one.unit.id} --reached"
    mend = Words(f"请核对并登记：{command}", f"Try it and record it: {command}")
    if one.bounced:
        what = Words(f"{name.zh}联系不上", f"{name.en} could not be reached")
        yield Gap(what, mend, owner=owner)
    elif one.due_on is None:
        what = Words(f"{name.zh}从未核对", f"The line of {name.en} was never tried")
        yield Gap(what, mend, owner=owner)
    elif one.is_due(situation.today):
        what = Words(
            f"{name.zh}已超过半年未核对（上次{one.reached_on}）",
            f"{name.en} was last tried on {one.reached_on}, over half a year ago",
        )
        yield Gap(what, mend, owner=owner)
    elif one.is_due_soon(situation.today):
        what = Words(
            f"{name.zh}应于{one.due_on}前核对", f"{name.en} is to be tried by {one.due_on}"
        )
        yield Gap(what, mend, Light.AMBER, owner)


@control(
    "7.1-o.3", "联络手册内容：本单位组织体系和关联单位", "The manual: own organisation and units"
)
def content(situation: Situation) -> Seen:
    """Who everybody of the organisation is, and a line to every unit; 7.1 n judges their ways."""
    site = situation.site
    members = [site.people[id] for id in _organisation(site) if id in site.people]
    gaps = (
        *(_undescribed(one) for one in members if not _is_described(one)),
        *(_no_line(site, one) for one in site.units.values() if not one.reach),
    )
    proof = Words(
        f"组织体系{len(members)}人、关联单位{len(site.units)}家均载入联络手册",
        f"{len(members)} people of the organisation and {len(site.units)} units are in the manual",
    )
    return Seen(gaps, proof)


def _organisation(site: Site) -> list[str]:
    bodies = (*site.command.body.everyone, *site.execution_body.everyone)
    return list(dict.fromkeys([*bodies, *(one.person for one in site.liaisons)]))


def _is_described(one: Person) -> bool:
    return one.name != Words() and one.title != Words() and bool(one.department)


def _undescribed(one: Person) -> Gap:
    name = named(one.name, one.id)
    return Gap(
        Words(
            f"{name.zh}的姓名、部门或职务不全", f"{name.en}: name, department or title is missing"
        ),
        Words(
            f"请补充：contacts change {one.id} 职务 内容",
            f"Add it: contacts change {one.id} title TEXT",
        ),
        owner=one.id,
    )


def _no_line(site: Site, one: Unit) -> Gap:
    name = unit_name(one)
    return Gap(
        Words(f"{name.zh}没有应急联系方式", f"{name.en} has no emergency contact"),
        Words(
            f"请补充：contacts change unit:{one.id} 电话 号码",
            f"Add one: contacts change unit:{one.id} phone NUMBER",
        ),
        owner=keeper(site),
    )


@control("7.1-p.1", "通报联络人：至少信息技术负责人及其备岗", "Liaisons: head of IT and the backup")
def liaisons(situation: Situation) -> Seen:
    """At least the head of IT and the backup, two different people of the register."""
    site = situation.site
    named_there = {one.person for one in site.liaisons if one.person in site.people}
    lead = site.roles.get(IT_LEAD)
    wanted = (lead.primary, lead.backup) if lead else ()
    lacking = [id for id in dict.fromkeys(wanted) if id and id not in named_there]
    gaps = [
        Gap(
            Words(
                f"{person(site, id).zh}不在通报联络人之列",
                f"{person(site, id).en} is no liaison officer",
            ),
            Words(
                f"请在 {COMMAND_FILE} 的 liaisons 中补充", f"Add them to liaisons in {COMMAND_FILE}"
            ),
            owner=id,
        )
        for id in lacking
    ]
    if not lacking and len(named_there) < 2:
        gaps.append(
            Gap(
                Words("通报联络人不足两人", "There are not two liaison officers"),
                Words(
                    f"请在 {COMMAND_FILE} 的 liaisons 中补充",
                    f"Add one to liaisons in {COMMAND_FILE}",
                ),
            )
        )
    proof = Words(
        f"通报联络人{len(named_there)}人，含信息技术负责人及其备岗",
        f"{len(named_there)} liaison officers, the head of IT and the backup among them",
    )
    return Seen(tuple(gaps), proof)


@control("7.1-p.2", "联络方式：值守电话和传真", "Means: an emergency duty phone and a fax")
def means(situation: Situation) -> Seen:
    """Every liaison officer has both."""
    site = situation.site
    gaps = tuple(
        Gap(
            Words(
                f"通报联络人{person(site, one.person).zh}没有{word.zh}",
                f"Liaison officer {person(site, one.person).en} has no {word.en}",
            ),
            Words(
                f"请补充：contacts change {one.person} {word.zh} 号码",
                f"Add it: contacts change {one.person} {field} NUMBER",
            ),
            owner=one.person,
        )
        for one in site.liaisons
        for field, word in MEANS.items()
        if not getattr(one, field)
    )
    tested = {one.person: fax_tested(situation, one.person) for one in site.liaisons if one.fax}
    proof = Words(
        f"{len(site.liaisons)}名通报联络人均有值守电话和传真，传真每月测试",
        f"All {len(site.liaisons)} liaison officers have a duty phone, and a fax tested monthly",
    )
    days = [day for day, _ in tested.values() if day]
    untested = (gap for who, test in tested.items() for gap in _fax_gaps(situation, who, test))
    return Seen((*gaps, *untested), proof, min(days, default=None))


FAX_DUE, FAX_OVERDUE = timedelta(days=35), timedelta(days=70)


def fax_tested(situation: Situation, who: str) -> tuple[date | None, bool]:
    """The day of the latest test of a liaison officer's fax, and whether it worked."""
    zone = ZoneInfo(situation.site.time_zone)
    kept = [(one.on, one.answered) for one in situation.site.probe_rules.kept if one.post == FAX]
    here = [
        (one.at.astimezone(zone).date(), one.answered_at is not None)
        for one in situation.probes
        if one.post == FAX and one.lines == [who]
    ]
    return max([*kept, *here], key=lambda one: one[0], default=(None, False))


def _fax_gaps(situation: Situation, who: str, test: tuple[date | None, bool]) -> Iterator[Gap]:
    on, worked = test
    name = person(situation.site, who)
    mend = Words(
        f"请发一页测试并登记：reach fax {who} --worked",
        f"Send a page and tick it off: reach fax {who} --worked",
    )
    age = situation.today - on if on else FAX_OVERDUE * 2
    if on and not worked:
        what = Words(
            f"{name.zh}的传真{on}测试不通", f"The fax of {name.en} failed its test on {on}"
        )
        yield Gap(what, mend, owner=who)
    elif age > FAX_DUE:
        what = Words(
            f"{name.zh}的传真本月未测试", f"The fax of {name.en} was not tested this month"
        )
        yield Gap(what, mend, Light.RED if age > FAX_OVERDUE else Light.AMBER, who)


MEANS = {"duty_phone": Words("值守电话", "duty phone"), "fax": Words("传真", "fax")}


def keeper(site: Site) -> str:
    """Who keeps related units up to date: the first liaison officer."""
    return next((one.person for one in site.liaisons if one.person in site.people), "")


def unit_name(one: Unit) -> Words:
    """A unit by name and id."""
    return named(one.name, one.id)
