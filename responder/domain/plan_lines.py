"""What the plan says beyond its own words: the lines that are made from the register.

Section c has one source, the roster; the same lines stand in the filed document, are compared
between two versions, and tell when the plan in force is no longer the one that was filed.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from json import dumps

from responder.domain.organisation import Body, Decision, Role
from responder.domain.people import DEPARTMENT_NAMES
from responder.domain.playbook import Playbook
from responder.domain.regime import Regime
from responder.domain.site import Site
from responder.domain.words import Words

ADDRESSEE = Words("中国证券监督管理委员会", "China Securities Regulatory Commission")
BUREAU = Words("住所地证监局", "the local CSRC bureau")


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its section, what it is about (`key`), of which kind, what it comes to, in words.

    Two lines of one key are the same while their `value` is: a name put right changes nothing.
    """

    section: str
    key: str
    kind: str
    value: str
    said: Words


def addressee(site: Site) -> tuple[str, Words]:
    """With whom the plan is filed (7.1 R e): core institutions with the CSRC, others the bureau."""
    if site.firm.institution == "core":
        return "csrc", ADDRESSEE
    unit = site.units.get(site.firm.bureau)
    return (site.firm.bureau, unit.name) if unit and site.firm.bureau else ("bureau", BUREAU)


def plan_lines(site: Site) -> tuple[Line, ...]:
    """Every generated line of the plan, section by section."""
    return tuple(
        line
        for made in (_scope, _organisation, _authority, _support, _grading, _reporting, _schemes)
        for line in made(site)
    )


def _scope(site: Site) -> Iterator[Line]:
    for system in site.systems.values():
        core = Words("核心系统", "core") if system.core else Words("一般系统", "not core")
        owner, runs = _name(site, system.owner), _name(site, system.operator)
        said = Words(
            f"{system.name.zh}：{core.zh}；主管{owner.zh}，运行{runs.zh}",
            f"{system.name.en}: {core.en}; owner {owner.en}, operator {runs.en}",
        )
        yield Line("b", f"system.{system.id}", "scope", str(system.core), said)
        yield Line("b", f"owner.{system.id}", "owner", f"{system.owner} {system.operator}", Words())


def _organisation(site: Site) -> Iterator[Line]:
    command = Words("应急指挥决策机构", "Command and decision body")
    yield from _body(site, "command", command, site.command.body)
    yield from _body(
        site, "execution", Words("应急执行机构", "Executing body"), site.execution_body
    )
    for one in site.liaisons:
        who = _name(site, one.person)
        said = Words(f"通报联络人：{who.zh}", f"Liaison officer: {who.en}")
        yield Line("c", f"liaison.{one.person}", "organisation", "", said)
    for role in site.roles.values():
        yield _post(site, role)
    for rotation in site.rotations.values():
        value = " ".join(rotation.people)
        who, of = _names(site, rotation.people), _served(site, rotation.id)
        said = Words(f"{of.zh}：{who.zh}", f"{of.en}: {who.en}")
        yield Line("c", f"rotation.{rotation.id}", "roster", value, said)


def _body(site: Site, key: str, name: Words, body: Body) -> Iterator[Line]:
    head = _name(site, body.head)
    said = Words(f"{name.zh}组长：{head.zh}", f"{name.en}, head: {head.en}")
    yield Line("c", f"{key}.head", "organisation", body.head, said)
    for id in body.everyone:
        known = site.people.get(id)
        of = DEPARTMENT_NAMES.get(known.head_of if known else "", known.title if known else Words())
        who = _name(site, id)
        post = Words(f"（{of.zh}）" if of.zh else "", f" ({of.said('en')})" if of.en else "")
        said = Words(f"{name.zh}成员：{who.zh}{post.zh}", f"{name.en}, member: {who.en}{post.en}")
        yield Line("c", f"{key}.member.{id}", "organisation", known.head_of if known else "", said)


def _post(site: Site, role: Role) -> Line:
    value = f"{role.primary} {role.backup} {role.rotation} {role.backup_rotation}"
    first, second = _holders(site, role.rotation, role.primary), role.backup
    zh, en = f"{role.name.said('zh')}：{first.zh}", f"{role.name.said('en')}: {first.en}"
    if second or role.backup_rotation:
        backup = _holders(site, role.backup_rotation, second)
        zh, en = f"{zh}；备岗{backup.zh}", f"{en}; backup {backup.en}"
    return Line("c", f"role.{role.id}", "organisation", value, Words(zh, en))


def _served(site: Site, rotation: str) -> Words:
    """A rotation by the post that it serves."""
    for role in site.roles.values():
        zh, en = role.name.said("zh"), role.name.said("en")
        if role.rotation == rotation:
            return Words(f"{zh}轮值次序", f"{en}, by turns")
        if role.backup_rotation == rotation:
            return Words(f"{zh}备岗轮值次序", f"{en}, backup by turns")
    return Words(f"轮值表{rotation}", f"Rotation {rotation}")


def _holders(site: Site, rotation: str, standing: str) -> Words:
    turns = site.rotations.get(rotation)
    if turns is None:
        return _name(site, standing)
    who = _names(site, dict.fromkeys(turns.people))
    return Words(f"{who.zh}轮值", f"{who.en} by turns")


def _authority(site: Site) -> Iterator[Line]:
    command, value = site.command, " ".join(site.command.succession)
    zh = "→".join(_name(site, id).zh for id in command.succession)
    en = " → ".join(_name(site, id).en for id in command.succession)
    said = Words(f"决策递补顺序：{zh}", f"Order of succession: {en}")
    yield Line("c", "succession", "succession", value, said)
    minutes = int(command.hand_down_after.total_seconds()) // 60
    said = Words(
        f"递补时限：{minutes}分钟未答复", f"Handed down: after {minutes} min without an answer"
    )
    yield Line("c", "hand_down_after", "succession", str(command.hand_down_after), said)
    for one in site.decisions.values():
        yield Line("c", f"decision.{one.id}", "succession", _who(one), _decided(site, one))


def _who(one: Decision) -> str:
    return " ".join((*one.who, str(one.need)))


def _decided(site: Site, one: Decision) -> Words:
    roles = [site.roles.get(id.removeprefix("role:")) for id in one.who]
    names = [role.name for role in roles if role]
    zh = "决策人按递补顺序" if one.by_succession else "、".join(n.said("zh") for n in names)
    en = "the succession" if one.by_succession else ", ".join(n.said("en") for n in names)
    need = (
        Words(f"（须{one.need}人同意）", f" ({one.need} must agree)") if one.need > 1 else Words()
    )
    return Words(
        f"{one.question.said('zh')}：{zh}{need.zh}", f"{one.question.said('en')}: {en}{need.en}"
    )


def _support(site: Site) -> Iterator[Line]:
    """What section d rests on, by register; single things come and go without a new plan."""
    for register, name in SUPPORTS.items():
        kept = [one for one in site.provisions.values() if one.register == register]
        if kept:
            said = Words(
                f"{name.zh}：{len(kept)}项，见登记册", f"{name.en}: {len(kept)} on register"
            )
            yield Line("d", f"support.{register}", "support", "", said)


SUPPORTS = {
    "agreement": Words("应急响应及服务保障协议", "Support agreements"),
    "document": Words("技术资料与软件", "Technical documents and software"),
    "spare": Words("备品备件", "Spare parts"),
    "supply": Words("应急物资", "Emergency supplies"),
    "fund": Words("应急保障资金", "Emergency funds"),
}


def _grading(site: Site) -> Iterator[Line]:
    for regime in site.regimes.values():
        for rule in regime.gradings:
            grade = regime.scale.get(rule.grade, Words(rule.grade, rule.grade))
            value = repr((rule.all, rule.some, rule.need))
            zh, en = rule.says.said("zh") or rule.grade, rule.says.said("en") or rule.grade
            said = Words(
                f"{regime.name.said('zh')}·{grade.said('zh')}：{zh}",
                f"{regime.name.said('en')} · {grade.said('en')}: {en}",
            )
            yield Line("f", f"grade.{regime.id}.{rule.grade}", "grading", value, said)
    for book in site.playbooks.values():
        said = Words(
            f"{book.title.said('zh')}：初始响应级别{book.level}级",
            f"{book.title.said('en')}: level {book.level} at first",
        )
        yield Line("f", f"level.{book.id}", "grading", str(book.level), said)


def _reporting(site: Site) -> Iterator[Line]:
    id, name = addressee(site)
    said = Words(f"预案报备：{name.zh}", f"The plan is filed with {name.said('en')}")
    yield Line("g", "addressee", "reporting", id, said)
    patience = site.patience
    value, minutes = str(patience.report_within), int(patience.report_within.total_seconds()) // 60
    said = Words(f"预警报告：{minutes}分钟内", f"Warning report: within {minutes} min")
    yield Line("e", "warning", "reporting", value, said)
    for regime in site.regimes.values():
        yield from _demanded(regime)
    for book in site.playbooks.values():
        zh, en = _path(site, book)
        said = Words(f"{book.title.said('zh')}：{zh}", f"{book.title.said('en')}: {en}")
        yield Line("g", f"path.{book.id}", "reporting", " ".join(book.report_path), said)


def _path(site: Site, book: Playbook) -> tuple[str, str]:
    units = [site.units[id].name for id in book.report_path if id in site.units]
    return "→".join(u.said("zh") for u in units), " → ".join(u.said("en") for u in units)


def _demanded(regime: Regime) -> Iterator[Line]:
    for duty in regime.duties:
        value = repr((duty.limits, duty.every, duty.ends_with, duty.steps, duty.to, duty.grades))
        said = Words(
            f"{regime.name.said('zh')}：{duty.name.said('zh') or duty.id}",
            f"{regime.name.said('en')}: {duty.name.said('en') or duty.id}",
        )
        yield Line("g", f"duty.{regime.id}.{duty.id}", "reporting", value, said)


def _schemes(site: Site) -> Iterator[Line]:
    for book in site.playbooks.values():
        tasks = " ".join(f"{task.id}:{task.role}:{task.due}" for task in book.tasks)
        steps = " ".join(f"{'+'.join(step.page)}:{step.wait}" for step in book.escalation)
        asked = " ".join(point.id for point in book.decisions)
        value = "|".join((book.fault, " ".join(book.systems), book.owner, tasks, steps, asked))
        owner = _name(site, book.owner)
        said = Words(
            f"{book.title.said('zh')}（{book.id}）：任务{len(book.tasks)}项，责任人{owner.zh}",
            f"{book.title.said('en')} ({book.id}): {len(book.tasks)} tasks, kept by {owner.en}",
        )
        yield Line("i", f"scheme.{book.id}", "scheme", value, said)


def _name(site: Site, id: str) -> Words:
    known = site.people.get(id) or site.roles.get(id.removeprefix("role:"))
    if known is None:
        return Words(id or "—", id or "—")
    return Words(known.name.said("zh") or id, known.name.said("en") or id)


def _names(site: Site, ids: Iterable[str]) -> Words:
    found = [_name(site, id) for id in ids]
    return Words("、".join(n.zh for n in found) or "—", ", ".join(n.en for n in found) or "—")


def digest(site: Site) -> str:
    """A hash over everything the plan says: its own words and the lines made from the register."""
    sections = (site.plan.sections if site.plan else None) or {}
    said = [[letter, one.said("zh"), one.said("en")] for letter, one in sorted(sections.items())]
    lines = [[line.section, line.key, line.value] for line in plan_lines(site)]
    return sha256(dumps([said, lines], ensure_ascii=False).encode()).hexdigest()
