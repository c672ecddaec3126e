"""What the contact manual says, section by section, for paper and page alike.

Roles stand before names: whoever opens it in an emergency knows which post they want.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from responder.documents.manual_part import NOBODY, Part
from responder.domain.call_task import manner
from responder.domain.card_making import holders_of
from responder.domain.contact_manual import ContactManual
from responder.domain.numbers import number_shown
from responder.domain.organisation import DUTY_LEAD, IT_LEAD, Role
from responder.domain.people import (
    BY_HAND,
    CHAT,
    DEPARTMENT_NAMES,
    VIA_NAMES,
    Person,
    Way,
)
from responder.domain.register import UNIT_KIND_NAMES, Unit
from responder.domain.site import Site
from responder.domain.words import Words
from responder.domain.work_card import BY_TURNS, PRIMARY, dialled

TITLE = Words("应急处置联络手册", "Contact manual")
DESTROY = Words("旧版作废销毁", "destroy older copies")
NETWORK_DOWN = Words(
    "网络中断、聊天和系统都用不了时", "When the network, chat and Responder are down"
)
WHAT_TO_DO = (
    Words(
        "先确认人员安全；有火情、有人受伤先拨119、120，不必请示。",
        "People first. Fire or injury: dial 119 and 120 without asking.",
    ),
    Words(
        "打值守电话找值班负责人；打不通，按决策递补顺序从第1位起逐个打，直到有人接。",
        "Call the duty phone. No answer: go down the order of succession until somebody answers.",
    ),
    Words(
        "接听人即为临时现场负责人，记下时间、现象、影响，按处置方案先行处置。",
        "Whoever answers leads for now: note time, symptoms and impact, and work by the playbook.",
    ),
    Words(
        "由通报联络人用电话和传真向监管部门报告；每通电话记下时间和接听人。",
        "A liaison officer reports by phone and fax; note time and name.",
    ),
    Words(
        "网络恢复后，把处置记录补录进系统。",
        "Network back: enter into Responder what was done.",
    ),
)
DEPARTMENTS = {
    **DEPARTMENT_NAMES,
    "executive": Words("公司领导", "executives"),
    "audit": Words("稽核审计", "audit"),
}


@dataclass(frozen=True, slots=True)
class ManualWords:
    """A manual in one language."""

    manual: ContactManual
    language: str

    # Page one

    def network_down(self) -> list[str]:
        """What to do without any system."""
        return [self.said(line) for line in WHAT_TO_DO]

    def duty(self) -> Part:
        """The liaison officers' duty phones and faxes."""
        rows = [
            (self._dialled(one.person)[0], self._number(one.duty_phone), self._number(one.fax))
            for one in self.site.liaisons
        ]
        columns = (
            self.either("通报联络人", "Liaison officer"),
            self.either("值守电话", "Duty phone"),
            self.either("传真", "Fax"),
        )
        title = self.either("值守电话与传真", "Duty phones and fax")
        return Part(title, columns, rows, (0, 0, 0))

    def succession(self) -> Part:
        """Who decides, in which order."""
        order = self.site.command.succession
        rows = [(str(n), *self._dialled(id)) for n, id in enumerate(order, 1)]
        columns = (self.either("顺位", "No."), *self._who())
        title = self.either("决策递补顺序", "Order of succession")
        return Part(title, columns, rows, (14, 0, 0, 44), spared=2)

    # The organisation

    def watch(self) -> Part:
        """The duty lead and the head of IT alone."""
        posts = [self.site.roles[role] for role in (DUTY_LEAD, IT_LEAD) if role in self.site.roles]
        return replace(self.posts(), title="", rows=[self._post(role) for role in posts])

    def posts(self) -> Part:
        """Every role as the register lists them, with all who hold it."""
        rows = [self._post(role) for role in self.site.roles.values()]
        columns = (
            self.either("岗位", "Role"),
            self.either("主岗", "Primary"),
            self.either("备岗", "Backup"),
        )
        title = self.either("值守与关键岗位", "Duty and posts")
        return Part(title, columns, rows, (36, 0, 0), (0,), (1, 2), (1, 2))

    def bodies(self) -> Iterator[Part]:
        """The command body and the executing body."""
        command, execution = self.site.command.body, self.site.execution_body
        heads = (
            (self.either("应急指挥决策机构（应急领导小组）", "Command and decision body"), command),
            (self.either("应急执行机构（应急工作小组）", "Executing body"), execution),
        )
        for title, body in heads:
            marks = [self.either("组长", "head") * (id == body.head) for id in body.everyone]
            rows = [
                (mark or self.either("成员", "member"), *self._dialled(id))
                for mark, id in zip(marks, body.everyone, strict=True)
            ]
            columns = (self.either("职务", "As"), *self._who())
            yield Part(title, columns, rows, (23, 0, 0, 44), spared=2)

    def people(self) -> Part:
        """Everybody: by the first of their roles, those without any by department and id."""
        rows = [self._person(n, person) for n, person in enumerate(self.ordered(), 1)]
        columns = (
            self.either("序号", "No."),
            self.either("岗位", "Role"),
            self.either("姓名", "Name"),
            self.either("职务、部门", "Title, department"),
            self.either("联系方式", "Ways to reach"),
        )
        return Part(
            self.either("全体人员", "Everybody"), columns, rows, (11, 36, 22, 0, 60), (2, 1), (3, 4)
        )

    def units(self) -> Iterator[Part]:
        """The related units: a table a kind, with the standard's five columns."""
        columns = (
            self.either("单位名称", "Unit"),
            self.either("业务事项", "Business"),
            self.either("联系人", "Contact"),
            self.either("联系方式", "Means"),
            self.either("备注", "Remarks"),
        )
        units = list(self.site.units.values())
        for kind in dict.fromkeys([*UNIT_KIND_NAMES, *(unit.kind for unit in units)]):
            rows = [self._unit(unit) for unit in units if unit.kind == kind]
            if rows:
                title = self._kind(kind)
                yield Part(title, columns, rows, (32, 0, 25, 46, 0), (0,), (1, 2, 3, 4), (1, 2, 4))

    def index(self) -> list[tuple[str, str, str]]:
        """Names in their order: the number in the list of everybody, the first number to dial."""
        places = {person.id: n for n, person in enumerate(self.ordered(), 1)}
        people = sorted(self.site.people.values(), key=lambda one: one.id)
        return [(self._named(p), str(places[p.id]), self._numbers(p)[0]) for p in people]

    def ordered(self) -> list[Person]:
        """Everybody in the order of the list of people."""
        held = [id for role in self.site.roles.values() for id in self._holding(role)]
        places = {id: n for n, id in enumerate(dict.fromkeys(held))}
        people = self.site.people.values()
        return sorted(people, key=lambda p: (places.get(p.id, len(held)), p.department, p.id))

    def _kind(self, kind: str) -> str:
        known = UNIT_KIND_NAMES.get(kind)
        name = self.said(known) if known else kind or NOBODY
        return name[:1].upper() + name[1:]

    # Words

    @property
    def site(self) -> Site:
        """The site it is made from."""
        return self.manual.site

    def said(self, words: Words) -> str:
        """Words in the manual's language."""
        return words.said(self.language)

    def either(self, zh: str, en: str) -> str:
        """One of two wordings."""
        return en if self.language == "en" else zh

    def _who(self) -> tuple[str, str, str]:
        return (
            self.either("姓名", "Name"),
            self.either("职务", "Title"),
            self.either("电话", "Telephone"),
        )

    def _dialled(self, id: str) -> tuple[str, str, str]:
        """Name, title and numbers of somebody, known or not."""
        person = self.site.people.get(id)
        if person is None:
            return id, NOBODY, NOBODY
        return self._named(person), self.said(person.title), "\n".join(self._numbers(person))

    def _post(self, role: Role) -> tuple[str, str, str]:
        first, second = list[str](), list[str]()
        for held, people in holders_of(self.site, role):
            (first if held in (PRIMARY, BY_TURNS) else second).extend(people)
        listed = ("\n".join(map(self._called, dict.fromkeys(one))) for one in (first, second))
        name = self.said(role.name) or role.id
        turns = self.either("（轮值）", " (by turns)") * bool(role.rotation)
        primary, backup = (one or NOBODY for one in listed)
        return name + turns, primary, backup

    def _called(self, id: str) -> str:
        person = self.site.people.get(id)
        return f"{self._named(person)}  {self._numbers(person)[0]}" if person else id

    def _holding(self, role: Role) -> list[str]:
        return [id for _, people in holders_of(self.site, role) for id in people]

    def _person(self, number: int, person: Person) -> tuple[str, ...]:
        roles = [
            self.said(role.name) or role.id
            for role in self.site.roles.values()
            if person.id in self._holding(role)
        ]
        department = DEPARTMENTS.get(person.department)
        where = self.said(department) if department else person.department
        return (
            str(number),
            "\n".join(roles) or NOBODY,
            self._named(person),
            self.either("，", ", ").join(filter(None, (self.said(person.title), where))) or NOBODY,
            self._ways(person.reach) or NOBODY,
        )

    def _unit(self, unit: Unit) -> tuple[str, ...]:
        return (
            self.said(unit.name) or unit.id,
            self.said(unit.business) or NOBODY,
            self.said(unit.contact) or NOBODY,
            "\n".join(self._way(way) for way in unit.reach) or NOBODY,
            self.said(unit.remarks) or NOBODY,
        )

    def _ways(self, reach: tuple[Way, ...]) -> str:
        """What is dialled first, then what is written to; accounts in one line."""
        told = sorted(_told_once(reach), key=lambda way: way.via not in ("voice", BY_HAND))
        lines = [self._way(way) for way in told if way.via not in CHAT]
        accounts = self.either("，", ", ").join(self._way(way) for way in told if way.via in CHAT)
        return "\n".join(filter(None, (*lines, accounts)))

    def _way(self, way: Way) -> str:
        known = VIA_NAMES.get(way.via, Words(way.via))
        means = manner(way.how) if way.how else known
        note = self.either(f"（{way.note}）", f" ({way.note})") * bool(way.note)
        return f"{self.said(means)} {self._number(way.to)}{note}"

    def _named(self, person: Person) -> str:
        return self.said(person.name) or person.id

    def _numbers(self, person: Person) -> list[str]:
        return [self._number(number) for number in dialled(person.reach)] or [NOBODY]

    def _number(self, number: str) -> str:
        return number_shown(number, self.language) or NOBODY


def _told_once(reach: tuple[Way, ...]) -> Iterator[Way]:
    """Ways without the SMS to a number that is called as well."""
    called = {way.to for way in reach if way.via == "voice"}
    return (way for way in reach if way.via != "sms" or way.to not in called)
