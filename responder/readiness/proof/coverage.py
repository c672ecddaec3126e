"""Every role that playbooks name: a reachable primary and a distinct backup, at every instant.

By intervals: from one handover, override or absence to the next (`domain.coverage`).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from responder.domain.coverage import Holding, Stretch, holdings, stretches
from responder.domain.playbook import Playbook
from responder.domain.roster import DEFAULT_COMMAND, Roster, Target
from responder.domain.rota import Override
from responder.domain.site import Site
from responder.domain.words import Words
from responder.readiness.proof.naming import clock, named, role_named, supposed
from responder.readiness.proof.question import Mend, Question, Span, Uncovered

NO_ROLE, NOBODY, NO_WAY, NO_BACKUP, NO_BACKUP_WAY = (
    "no_role",
    "nobody",
    "no_way",
    "no_backup",
    "no_backup_way",
)
LACKS = {
    NO_ROLE: Words("没有这个岗位", "there is no such role"),
    NOBODY: Words("无人在岗", "nobody holds it"),
    NO_WAY: Words("在岗人员没有联系方式", "whoever holds it has no way to be reached"),
    NO_BACKUP: Words("没有另外一人备岗", "nobody else backs it up"),
    NO_BACKUP_WAY: Words("备岗人员没有联系方式", "the backup has no way to be reached"),
}
ROLES, ROTATIONS, PEOPLE = (
    "contacts/roles.yaml",
    "contacts/rotations.yaml",
    "contacts/people.yaml",
)


def roles_of(site: Site, playbook: Playbook) -> tuple[str, ...]:
    """The roles a playbook names: in its steps, its commanders, its tasks, its decisions."""
    decisions = [site.decisions[p.id] for p in playbook.decisions if p.id in site.decisions]
    targets = [
        *(target for step in playbook.escalation for target in step.page),
        *(playbook.command or DEFAULT_COMMAND),
        *(who for decision in decisions for who in decision.who),
    ]
    parsed = [Target.parse(target) for target in targets]
    named = [one.id for one in parsed if one.kind == "role"]
    bare = [one.id for one in parsed if one.kind == "person" and one.id in site.roles]
    return tuple(dict.fromkeys([*named, *bare, *(t.role for t in playbook.tasks if t.role)]))


def uncovered(
    roster: Roster, playbooks: Iterable[Playbook], question: Question
) -> tuple[Uncovered, ...]:
    """Where a role lacks a primary or a backup within the horizon, earliest first."""
    naming: dict[str, list[str]] = {}
    for playbook in playbooks:
        for role in roles_of(roster.site, playbook):
            naming.setdefault(role, []).append(playbook.id)
    found = [
        Uncovered(role, tuple(by), lacks, span.start, span.end, _mend(roster, role, lacks, span))
        for role, by in naming.items()
        for lacks, span in _stretches(roster, role, question.start, question.end)
    ]
    return tuple(sorted(found, key=lambda one: (one.start, one.role)))


def _stretches(
    roster: Roster, role: str, start: datetime, end: datetime
) -> Iterator[tuple[str, Span]]:
    """What is lacking from when to when; apart where the rosters name others, for its mend does."""
    if role not in roster.site.roles:
        yield NO_ROLE, Span(start, end)
        return
    found: list[tuple[str, tuple[str, str], Span]] = []
    for one in _all_stretches(roster, role, start, end):
        lacks, posted = (
            _lacks(roster, holdings(roster, role, one.start, one.end)[0]),
            (one.first, one.second),
        )
        if found and found[-1][:2] == (lacks, posted):
            found[-1] = lacks, posted, Span(found[-1][2].start, one.end)
        else:
            found.append((lacks, posted, Span(one.start, one.end)))
    yield from ((lacks, span) for lacks, _, span in found if lacks)


def _all_stretches(roster: Roster, role: str, start: datetime, end: datetime) -> Iterator[Stretch]:
    """As `stretches`, which stops after so many: all of them."""
    while start < end:
        for one in stretches(roster, role, start, end):
            yield one
            start = one.end


def _lacks(roster: Roster, held: Holding) -> str:
    if not held.holder:
        return NOBODY
    if not roster.vias(held.holder):
        return NO_WAY
    if not held.backup:
        return NO_BACKUP
    return "" if roster.vias(held.backup) else NO_BACKUP_WAY


# Mends


def _mend(roster: Roster, role: str, lacks: str, span: Span) -> Mend | None:
    """The cheapest change that closes one stretch, shown by walking the stretch again with it."""
    for mend, changed in _changes(roster, role, lacks, span):
        if not list(_stretches(replace(roster, site=changed), role, span.start, span.end)):
            return mend
    return None


def _changes(roster: Roster, role: str, lacks: str, span: Span) -> Iterator[tuple[Mend, Site]]:
    site, post = roster.site, roster.site.roles.get(role)
    if post is None:
        return
    if lacks in (NO_WAY, NO_BACKUP_WAY):
        held = holdings(roster, role, span.start, span.end)[0]
        person = held.holder if lacks == NO_WAY else held.backup
        yield _add_way(site, person)
    vacant = not roster.known(post.primary) or roster.absent(post.primary, span.start)
    for stand_in in _stand_ins(roster, role, span):
        for field, rotation in (("backup", post.backup_rotation), ("primary", post.rotation)):
            if rotation:
                yield _override(site, rotation, stand_in, span)
            elif field == "backup" or vacant:
                as_backup = replace(post, backup=stand_in)
                changed = as_backup if field == "backup" else replace(post, primary=stand_in)
                who, where = named(site, stand_in), role_named(site, role)
                words = Words(
                    f"把{where.zh}的 {field} 设为 {stand_in}（{who.zh}）",
                    f"set {field} of {where.en} to {stand_in} ({who.en})",
                )
                roles = {**site.roles, role: changed}
                yield Mend("role", ROLES, words), replace(site, roles=roles)


def _override(site: Site, rotation: str, person: str, span: Span) -> tuple[Mend, Site]:
    start, end = clock(site, span.start), clock(site, span.end)
    line = f'{{rotation: {rotation}, from: "{start}", to: "{end}", person: {person}}}'
    who = named(site, person)
    words = Words(f"排一条调班给{who.zh}：{line}", f"an override for {who.en}: {line}")
    extra = Override(rotation, span.start, span.end, person)
    return Mend("override", ROTATIONS, words), replace(site, overrides=(*site.overrides, extra))


def _add_way(site: Site, person: str) -> tuple[Mend, Site]:
    with_phone = replace(site.people[person], reach=(supposed("voice"),))
    who = named(site, person)
    words = Words(f"为{who.zh}（{person}）登记电话", f"give {who.en} ({person}) a phone number")
    return Mend("way", PEOPLE, words), replace(site, people={**site.people, person: with_phone})


def _stand_ins(roster: Roster, role: str, span: Span) -> Sequence[str]:
    """Who could stand in: the rotation's own people, then the department's; at hand throughout."""
    site, post = roster.site, roster.site.roles[role]
    turns = [
        site.rotations[r] for r in (post.rotation, post.backup_rotation) if r in site.rotations
    ]
    own = [person for rotation in turns for person in rotation.people]
    known = [site.people[p] for p in (post.primary, post.backup, *own) if p in site.people]
    departments = {person.department for person in known}
    colleagues = [p.id for p in site.people.values() if p.department in departments]
    return [
        person
        for person in dict.fromkeys([*own, *colleagues, *site.execution_body.members])
        if roster.vias(person) and not _away(site, person, span)
    ][:MOST_STAND_INS]


MOST_STAND_INS = 12


def _away(site: Site, person: str, span: Span) -> bool:
    return any(
        a.person == person and a.start < span.end and span.start < a.end for a in site.absences
    )
