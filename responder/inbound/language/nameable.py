"""Everything that can be named in a slot, kind by kind, in the order to offer it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from responder.domain.contact_search import found as search
from responder.domain.incident import ROMAN
from responder.domain.organisation import SUCCESSION
from responder.domain.people import DEPARTMENTS
from responder.domain.playbook import LEVELS
from responder.domain.site import Site
from responder.domain.words import Words
from responder.inbound.language.drills_meant import (
    expectations,
    objectives,
    planned,
    rows,
    scenarios,
)
from responder.inbound.language.duty_acts import rotations, shifts, swaps
from responder.inbound.language.grades_meant import grades, regimes
from responder.inbound.language.incident_meant import calls, inquiries, notices, owed, tasks
from responder.inbound.language.naming import Known
from responder.inbound.language.naming import named as _named
from responder.inbound.language.planning_acts import choices, trainings_running
from responder.inbound.language.report_reading import duties, facts, reports
from responder.inbound.language.text import plain
from responder.inbound.language.verb import Kind, Slot
from responder.inbound.language.world import World

DIGITS = "一二三四"


def known(slot: Slot, world: World, values: Mapping[str, str]) -> Iterable[Known]:
    """Everything that can be named in a slot, in the order to offer it."""
    if slot.kind is Kind.CHOICE:
        return (Known(v, _choice(v, forms, world), (v, *forms)) for v, forms in slot.among.items())
    of = SOURCES.get(slot.kind)
    return of(slot, world, values) if of else ()


def _choice(value: str, forms: tuple[str, ...], world: World) -> str:
    return world.said((*forms, value)[0], value.replace("_", " "))


def _about(slot: Slot, world: World, _values: Mapping[str, str]) -> Iterator[Known]:
    """Open incidents and warnings, the latest first; the codes of those done with still count."""
    offered = dict(world.warned) if slot.kind is Kind.WARNING else world.pool(slot.pool)
    ids = [*reversed(offered), *(id for id in _all(slot, world) if id not in offered)]
    for id in ids:
        code = id.rpartition("-")[2]
        number = code.lstrip("0")
        forms = (id.casefold(), code, f"#{code}", f"#{number}")
        yield Known(id, f"{id} {_title(id, world)}", forms)


def _all(slot: Slot, world: World) -> list[str]:
    incidents = [] if slot.kind is Kind.WARNING else list(world.incidents)
    by_code = slot.kind is Kind.WARNING or slot.pool == "pages"
    return incidents + (list(world.warnings) if by_code else [])


def _title(id: str, world: World) -> str:
    one = world.warnings.get(id) or world.one(id)
    return world.said("【演练】", "DRILL ") * bool(one.drill) + one.title


def _people(_slot: Slot, world: World, _values: Mapping[str, str]) -> Iterator[Known]:
    for person in world.site.people.values():
        if world.roster.known(person.id):
            named = person.name
            mentions = [f"@{form}" for form in (person.id, named.zh, named.en) if form]
            yield _named(person.id, named, world, *mentions)


def _contacts(slot: Slot, world: World, values: Mapping[str, str]) -> Iterator[Known]:
    """People, and related units."""
    yield from _people(slot, world, values)
    for unit in world.site.units.values():
        yield _named(f"unit:{unit.id}", unit.name, world, unit.id)


def sought(slot: Slot, word: str, world: World, values: Mapping[str, str]) -> Iterator[Known]:
    """Whom a part of a name, a department, a post may mean, the likeliest first."""
    every = {one.value: one for one in _contacts(slot, world, values)}
    yield from (every[id] for id in search(world.roster, word, world.now) if id in every)


def _targets(slot: Slot, world: World, values: Mapping[str, str]) -> Iterator[Known]:
    site = world.site
    yield from (
        _named(f"role:{role.id}", role.name, world, role.id, f"@{role.id}")
        for role in site.roles.values()
    )
    yield from _people(slot, world, values)
    teams = [*site.teams, "command_body", "execution_body", *DEPARTMENTS]
    for team in teams:
        bare = () if team in site.people or team in site.roles else (team,)
        yield _named(f"team:{team}", BODIES.get(team, Words()), world, *bare)
    yield _named(SUCCESSION, Words("决策递补顺序", "order of succession"), world, "递补顺序")


BODIES = {
    "command_body": Words("应急指挥决策机构", "command and decision body"),
    "execution_body": Words("执行机构", "executing body"),
}


def _levels(_slot: Slot, _world: World, _values: Mapping[str, str]) -> Iterator[Known]:
    for level in LEVELS:
        digit, roman = DIGITS[level - 1], plain(ROMAN[level])
        stems = (str(level), digit, roman)
        forms = [f"{stem}{tail}" for stem in stems for tail in ("", "级", "级响应")]
        forms += [f"level{level}", f"l{level}", f"level-{level}"]
        yield Known(str(level), f"{ROMAN[level]}级", tuple(forms))


def _playbooks(_slot: Slot, world: World, values: Mapping[str, str]) -> Iterator[Known]:
    """The playbooks, those that fit the title or the system first."""
    wanted = plain(values.get("title", ""))
    system = values.get("system", "")
    books = sorted(
        world.site.playbooks.values(),
        key=lambda book: (
            system not in book.systems,
            -len(_pairs(wanted) & _pairs(plain(f"{book.title.zh} {book.title.en}"))),
        ),
    )
    yield from (_named(book.id, book.title, world) for book in books)


def _pairs(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(len(text) - 1) if text[i : i + 2].isalnum()}


def _plans(slot: Slot, world: World, values: Mapping[str, str]) -> Iterator[Known]:
    """The open incidents, each with its own copy of a playbook; then the playbooks."""
    yield from _about(slot, world, values)
    yield from _playbooks(slot, world, values)


def _roles(_slot: Slot, world: World, values: Mapping[str, str]) -> Iterator[Known]:
    """The roles, those with open tasks in the incident first."""
    tasks = world.uow.tasks.of(values.get("incident", "")).values()
    busy = {task.role for task in tasks if task.is_open}
    for role in sorted(world.site.roles.values(), key=lambda role: role.id not in busy):
        yield _named(role.id, role.name, world)


def _measures(_slot: Slot, world: World, _values: Mapping[str, str]) -> Iterator[Known]:
    """The open measures, one's own first; each has its number."""
    found = world.uow.measures.open().values()
    for one in sorted(found, key=lambda one: one.owner != world.person):
        number = one.id.rpartition("-")[2]
        yield Known(one.id, f"{one.id} {one.title}", (plain(one.id), number, number.lstrip("0")))


def _logged_events(_slot: Slot, world: World, _values: Mapping[str, str]) -> Iterator[Known]:
    """The open events of the log, one's own first; each has its number."""
    found = world.uow.logged_events.open().values()
    for one in sorted(found, key=lambda one: one.owner != world.person):
        number = one.id.rpartition("-")[2]
        yield Known(one.id, f"{one.id} {one.title}", (plain(one.id), number, number.lstrip("0")))


def _problems(_slot: Slot, world: World, _values: Mapping[str, str]) -> Iterator[Known]:
    """The library, open problems first; each has its number."""
    found = world.uow.problems.all().values()
    for one in sorted(found, key=lambda one: not one.is_open):
        number = one.id.rpartition("-")[2]
        yield Known(one.id, f"{one.id} {one.title}", (plain(one.id), number, number.lstrip("0")))


def _decisions(_slot: Slot, world: World, values: Mapping[str, str]) -> Iterator[Known]:
    """The catalogue, what is asked at present first."""
    authority = world.uow.authorities.get(values.get("incident", ""))
    asked = [r.decision for r in authority.requests.values() if r.is_open] if authority else []
    catalogue = world.site.decisions
    for id in [*dict.fromkeys(asked), *(id for id in catalogue if id not in asked)]:
        if id in catalogue:
            yield _named(id, catalogue[id].question, world)


PURPOSES = {
    "cancel": Words("撤销事件", "cancel the incident"),
    "lower_level": Words("降低响应级别", "lower the level"),
    "dismiss": Words("预警不成立", "dismiss the warning"),
    "spoken_decision": Words("见证口头决策", "witness a spoken decision"),
    "signature": Words("补签决策", "sign a decision"),
    "sign_report": Words("签发监管报告", "sign a report to a regulator"),
    "release_hold": Words("解除保全", "release a hold"),
    "erase": Words("删除已满年限的记录", "erase records past their years"),
    "inspect": Words("给检查人员查阅权限", "an inspector's leave to read"),
    "adopt_plan": Words("批准应急预案新版本", "to approve a version of the plan"),
    "absence": Words("批准请假", "to approve leave"),
}


def _consents(_slot: Slot, world: World, _values: Mapping[str, str]) -> Iterator[Known]:
    for id, one in world.uow.consents.open().items():
        mine = world.person in one.who if one.who else world.person != one.asked_by
        purpose = PURPOSES.get(one.purpose, Words(one.purpose, one.purpose))
        label = f"{world.words(purpose)} · {one.incident} · {world.who(one.asked_by)} ({id})"
        if mine:
            yield Known(id, label, (plain(id),))


Source = Callable[[Slot, World, Mapping[str, str]], Iterable[Known]]


def _each(of: Callable[[Site], Mapping[str, Any]]) -> Source:
    """What the site keeps by id and name."""

    def named(_slot: Slot, world: World, _values: Mapping[str, str]) -> Iterator[Known]:
        yield from (_named(one.id, one.name, world) for one in of(world.site).values())

    return named


SOURCES: dict[Kind, Source] = {
    Kind.INCIDENT: _about,
    Kind.WARNING: _about,
    Kind.SUBJECT: _about,
    Kind.SCENARIO: scenarios,
    Kind.PLANNED: planned,
    Kind.ROW: rows,
    Kind.EXPECTED: expectations,
    Kind.OBJECTIVE: objectives,
    Kind.PERSON: _people,
    Kind.CONTACT: _contacts,
    Kind.TARGET: _targets,
    Kind.LEVEL: _levels,
    Kind.PLAYBOOK: _playbooks,
    Kind.PLAN: _plans,
    Kind.SYSTEM: _each(lambda site: site.systems),
    Kind.ROLE: _roles,
    Kind.TASK: tasks,
    Kind.CALL: calls,
    Kind.MEASURE: _measures,
    Kind.PROVISION: _each(lambda site: site.provisions),
    Kind.LOGGED_EVENT: _logged_events,
    Kind.PROBLEM: _problems,
    Kind.ANSWER: choices,
    Kind.TRAINING: trainings_running,
    Kind.ROTATION: rotations,
    Kind.SWAP: swaps,
    Kind.SHIFT: shifts,
    Kind.AUDIENCE: _each(lambda site: site.audiences),
    Kind.NOTICE: notices,
    Kind.OUTLET: _each(lambda site: site.outlets),
    Kind.INQUIRY: inquiries,
    Kind.OWED: owed,
    Kind.FACT: facts,
    Kind.DUTY: duties,
    Kind.REGIME: regimes,
    Kind.GRADE: grades,
    Kind.REPORT: reports,
    Kind.DECISION: _decisions,
    Kind.CONSENT: _consents,
}
