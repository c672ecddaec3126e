"""Who fills a role in an incident: given by whoever leads, or taken where it is vacant.

Tasks and what people see follow it. Whom the escalation pages, whose answer counts and who
decides stay with the rosters.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from responder.commands.case import Case
from responder.commands.command import Command, Reply, handles
from responder.commands.incidents.role_tasks import open_tasks, role_tasks
from responder.commands.telling import clock_time, name
from responder.domain.record import By
from responder.domain.role import filler, is_vacant
from responder.domain.words import Words
from responder.errors import UnknownId
from responder.ports.unit_of_work import UnitOfWork

ROLE = "role:"


@dataclass(frozen=True)
class GiveRole(Command):
    """Somebody fills a role in this incident from now on."""

    incident: str
    role: str
    to: str


@dataclass(frozen=True)
class TakeRole(Command):
    """I fill the role."""

    incident: str
    role: str


@handles(GiveRole)
def give_role(command: GiveRole, uow: UnitOfWork, now: datetime) -> Reply:
    """Put somebody in a role; they get its open tasks and are told quietly what they are."""
    case, role, person = Case.load(uow, command.incident, now), command.role, command.to
    case.may("role", command.by)
    _check(case, role)
    if not case.roster.known(person):
        raise UnknownId("人员", "person", person, case.site.people)
    if case.incident.roles.get(role) == person:
        return _reply(case, role, person, Words("，无需再做。", "; nothing to do."))
    losing = _fill(case, "RoleGiven", role, person, command.by)
    case.tell([p for p in losing if p != command.by.person], _announced(case, role, person))
    _hand_over_work(case, role, person)
    case.save()
    count = len(open_tasks(case, role))
    handed = Words(
        f"，未完成的{count}项任务已交其办理。", f"; open tasks that go with it: {count}."
    )
    return _reply(case, role, person, handed if count else Words("。", "."))


@handles(TakeRole)
def take_role(command: TakeRole, uow: UnitOfWork, now: datetime) -> Reply:
    """Fill a role oneself: one's own, a vacant one, or any by whoever may give it."""
    case, role, person = Case.load(uow, command.incident, now), command.role, command.by.person
    _check(case, role)
    holds = filler(case.incident, case.roster, role, now) == person
    vacant = is_vacant(case.incident, case.roster, role, now)
    case.may("take_role" if holds or vacant else "role", command.by, *["holder"] * holds)
    if case.incident.roles.get(role) == person:
        return _reply(case, role, person, Words("，无需再做。", "; nothing to do."))
    losing = _fill(case, "RoleTaken", role, person, command.by)
    case.tell([p for p in losing if p != person], _announced(case, role, person))
    case.save()
    zh, en = ("".join(f"\n{line}" for line in role_tasks(case, role, say)) for say in ("zh", "en"))
    return _reply(case, role, person, Words(f"。{zh}", f".{en}"))


def give_back(case: Case, was: dict[str, Any], by: By) -> None:
    """Undo a taking: the role and its tasks return to whoever had them, and those are told."""
    role, person, given = was["role"], by.person, was["given_before"]
    if case.incident.roles.get(role) != person:
        return
    del case.incident.roles[role]
    if given:
        case.incident.roles[role] = given
    tasks = [(case.task(id), owner) for id, owner in was["tasks"].items()]
    returned = [(task, owner) for task, owner in tasks if task.is_open and task.owner == person]
    for task, owner in returned:
        task.owner = owner
        case.uow.tasks.put(task.key, task)
    zh, en = name(case.site, person, "zh"), name(case.site, person, "en")
    role_zh, role_en = _named(case, role, "zh"), _named(case, role, "en")
    told = Words(
        f"{zh}已撤销担任{role_zh}，任务仍由原负责人办理。",
        f"{en} no longer takes the role {role_en}; its tasks are with whoever had them.",
    )
    people = [case.incident.commander, was["before"], *(owner for _, owner in returned)]
    case.tell([p for p in people if p and p != person], told)


def roles_in(uow: UnitOfWork, incident: str, now: datetime) -> list[dict[str, Any]]:
    """Who fills the roles that an incident works with. Raises UnknownId, with near misses."""
    case = Case.load(uow, incident, now)
    used = set(_used(case))
    return [_one(case, role) for role in case.site.roles if role in used]


def _used(case: Case) -> Iterator[str]:
    """The roles that its plan pages, that have tasks in it, and those given here."""
    targets = (target for step in case.playbook.escalation for target in step.page)
    yield from (target.removeprefix(ROLE) for target in targets if target.startswith(ROLE))
    yield from (task.role for task in case.uow.tasks.of(case.incident.id).values())
    yield from case.incident.roles


def _one(case: Case, role: str) -> dict[str, Any]:
    person, named = filler(case.incident, case.roster, role, case.now), case.site.roles[role].name
    return {
        "role": role,
        "name": {"zh": named.zh, "en": named.en},
        "person": person or None,
        "absent": bool(person) and case.roster.absent(person, case.now),
        "given": case.incident.roles.get(role) == person and bool(person),
        "open_tasks": len(open_tasks(case, role)),
    }


def _check(case: Case, role: str) -> None:
    if role not in case.site.roles:
        raise UnknownId("岗位", "role", role, case.site.roles)


def _fill(case: Case, kind: str, role: str, person: str, by: By) -> list[str]:
    """Put it on record and move the open tasks; returns who is concerned beside the person."""
    incident, before = case.incident, filler(case.incident, case.roster, role, case.now)
    moved = {task.id: task.owner for task in open_tasks(case, role) if task.owner != person}
    for task in map(case.task, moved):
        task.owner = person
        case.uow.tasks.put(task.key, task)
    former = before if before != person else ""
    given = incident.roles.get(role, "")
    incident.roles[role] = person
    case.record(kind, by, role=role, person=person, before=former, given_before=given, tasks=moved)
    concerned = (incident.commander or incident.provisional, former, *moved.values())
    return [one for one in dict.fromkeys(concerned) if one and one != person]


def _hand_over_work(case: Case, role: str, to: str) -> None:
    """Tell somebody that the role is theirs, with its work: in one line, and as the card."""
    person = case.person(to)
    if person is None:
        return
    language, tasks = person.language, open_tasks(case, role)
    named = _named(case, role, language)
    what = Words(f"请您担任{named}", f"You fill the role {named} from now on")
    if tasks:
        first, at = tasks[0].title.said(language), clock_time(tasks[0].due_at, case.site)
        due = Words(f"（{at}前）", f" (by {at})").said(language) if at else ""
        what = Words(
            f"{what.zh}，{len(tasks)}项任务，先办：{first}{due}",
            f"{what.en}; open tasks: {len(tasks)}, first: {first}{due}",
        )
    work = "\n".join(role_tasks(case, role, language))
    case.teller.quietly(person, {"what": what.said(language), "work": work})


def _announced(case: Case, role: str, person: str) -> Words:
    zh, en = name(case.site, person, "zh"), name(case.site, person, "en")
    return Words(
        f"{_named(case, role, 'zh')}现由{zh}担任，其任务一并交其办理。",
        f"{en} now fills the role {_named(case, role, 'en')} and has its tasks.",
    )


def _named(case: Case, role: str, language: str) -> str:
    return case.site.roles[role].name.said(language) or role


def _reply(case: Case, role: str, person: str, rest: Words) -> Reply:
    zh, en = name(case.site, person, "zh"), name(case.site, person, "en")
    said = Words(
        f"本事件的{_named(case, role, 'zh')}由{zh}担任{rest.zh}",
        f"{en} fills the role {_named(case, role, 'en')} in this incident{rest.en}",
    )
    tasks = [task.id for task in open_tasks(case, role)]
    return Reply(case.incident.id, said, {"role": role, "person": person, "tasks": tasks})
