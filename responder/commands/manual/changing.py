"""A change of the register proposed by one, approved by another; taken back; looked up (7.1 o)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from responder.commands.clean import clean_reason
from responder.commands.command import Command, Reply, handles
from responder.commands.consent import ask_consent, takes_effect, takes_objection
from responder.commands.firm import note_fact, require_act
from responder.commands.manual.contact import meant
from responder.commands.manual.register_files import in_force
from responder.commands.matter import FirmMatter
from responder.commands.numbering import number
from responder.commands.pursuit import roster_in_force
from responder.commands.revising import SERIES, UNEXPORTED, put_in_force, revise
from responder.commands.telling import name
from responder.domain.change_words import described, headed
from responder.domain.consent import Consent
from responder.domain.contact_edit import OF_LIAISONS, OWN, edited, field_of
from responder.domain.contact_search import UNIT
from responder.domain.record import By
from responder.domain.register import Unit
from responder.domain.revision import Revision, Stage
from responder.domain.roster import Roster
from responder.domain.site import Site
from responder.domain.site_changes import changes, merged
from responder.domain.words import Words
from responder.errors import BadInput, UnknownId
from responder.ports.unit_of_work import UnitOfWork

EDIT = "edit"
PURPOSE = "change_contact"


@dataclass(frozen=True)
class ProposeChange(Command):
    """One field of a person (an id or a name) or of `unit:U` is to be otherwise."""

    whom: str
    field: str
    value: str


@dataclass(frozen=True)
class UndoRevision(Command):
    """Take back what one change did; what was changed since stays."""

    revision: str
    reason: str = ""


@handles(ProposeChange)
def propose_change(command: ProposeChange, uow: UnitOfWork, now: datetime) -> Reply:
    """Keep the change as it would be, and ask a second person; nothing else changes."""
    matter, field = FirmMatter.load(uow, now), field_of(command.field)
    whom = _whom(matter.roster, command.whom, now)
    also = _capacities(matter.site, command.by, whom, field)
    _require(matter, command.by, also, whom, field)
    after = edited(matter.site, whom, field, command.value)
    found = changes(matter.site, after)
    if not found:
        raise BadInput("没有改动：原来就是这样。", "That changes nothing: it is so already.")
    who = approvers(matter.site, command.by, whom)
    one = Revision(
        id=number(uow, SERIES, matter.site, now),
        kind=EDIT,
        summary=headed(found[0], matter.site, after),
        before=str(uow.sites.accepted()),
        after=uow.sites.add(after),
        by=command.by.person,
        at=now,
        stage=Stage.PROPOSED,
        touched=[whom],
    )
    uow.revisions.put(one.id, one)
    asked = ask_consent(matter, PURPOSE, command.by, {"revision": one.id}, who)
    what = _proposed(matter.site, command.by, described(found[0], matter.site, after, hide=True))
    matter.ask(who, what, _how(asked.id, one.id))
    zh, en = ([name(matter.site, person, lang) for person in who] for lang in ("zh", "en"))
    said = Words(
        f"已提出（{one.id}），{'或'.join(zh)}同意后生效。",
        f"Proposed ({one.id}); it takes effect when {' or '.join(en)} agrees.",
    )
    facts = {"revision": one.id, "consent": asked.id, "waits_for": list(who)}
    return Reply(one.id, said, facts)


def approvers(site: Site, by: By, whom: str) -> tuple[str, ...]:
    """Who may agree to a change: administrators, the head of the department, liaison officers.

    Raises BadInput where there is nobody but the one who asks.
    """
    person = site.people.get(whom)
    heads = _heads(site, person.department) if person else (o.person for o in site.liaisons)
    found = dict.fromkeys([*heads, *site.grants.get("administrator", ())])
    who = tuple(p for p in found if p in site.people and p != by.person)
    if not who:
        raise BadInput(
            "没有第二人可以同意这项修改。",
            "Nobody else could agree to this change.",
            "请在 contacts/roles.yaml 的 grants.administrator 中补充人员。",
            "Add somebody to grants.administrator in contacts/roles.yaml.",
        )
    return who


@takes_effect(PURPOSE)
def _approved(matter: FirmMatter, consent: Consent, by: By) -> Reply:
    """Carried over onto what is in force now; where that was changed otherwise, refused."""
    uow, one = matter.uow, matter.uow.revisions.get(str(consent.facts["revision"]))
    assert one is not None
    found = merged(uow.sites.get(one.before), matter.site, uow.sites.get(one.after))
    if found.conflicts or not changes(matter.site, found.site):
        return _refused(matter, one, by, SINCE)
    one.before, one.after = str(uow.sites.accepted()), uow.sites.add(found.site)
    one.stage, one.approved_by, one.approved_at = Stage.APPLIED, by.person, matter.now
    put_in_force(uow, one, By(one.by, by.door, by.detail), matter.now)
    uow.notes.put(UNEXPORTED, True)
    matter.tell([one.by], _told(one, "已同意并生效", "was agreed to and is in force"))
    said = Words(f"{one.id}已生效。", f"{one.id} is in force.")
    return Reply(one.id, said, {"revision": one.id, "version": one.after})


@takes_objection(PURPOSE)
def _objected(matter: FirmMatter, consent: Consent, by: By) -> Reply:
    one = matter.uow.revisions.get(str(consent.facts["revision"]))
    assert one is not None
    return _refused(matter, one, by, NOT_AGREED)


def _refused(matter: FirmMatter, one: Revision, by: By, why: Words) -> Reply:
    one.stage, one.approved_by, one.approved_at = Stage.REFUSED, by.person, matter.now
    matter.uow.revisions.put(one.id, one)
    matter.record("ChangeRefused", by, revision=one.id, reason=why.zh)
    matter.tell([one.by], _told(one, f"未生效：{why.zh}", f"is not in force: {why.en}"))
    said = Words(f"{one.id}未生效：{why.zh}", f"{one.id} is not in force: {why.en}")
    return Reply(one.id, said, {"revision": one.id, "stage": one.stage.value})


@handles(UndoRevision)
def undo_revision(command: UndoRevision, uow: UnitOfWork, now: datetime) -> Reply:
    """Put back what one change did, unless it was changed otherwise since."""
    require_act("administer", command.by, uow, now)
    clean_reason(command.reason, needed=False)
    one = uow.revisions.get(command.revision)
    if one is None:
        raise UnknownId("变更", "change", command.revision, uow.revisions.all())
    if one.stage is not Stage.APPLIED:
        raise BadInput(
            f"{one.id}没有生效，或已撤销。", f"{one.id} never took effect, or is undone already."
        )
    site = undone(in_force(uow), uow.sites.get(one.before), uow.sites.get(one.after))
    summary = Words(f"撤销{one.id}：{one.summary.zh}", f"{one.id} undone: {one.summary.en}")
    back = revise(uow, site, command.by, now, "undo", summary)
    one.stage, one.undone_by, one.undone_at = Stage.UNDONE, command.by.person, now
    uow.revisions.put(one.id, one)
    note_fact(
        uow, "RevisionUndone", command.by, now, revision=one.id, back=back.id, reason=command.reason
    )
    said = Words(f"已撤销{one.id}（{back.id}）。", f"{one.id} is undone ({back.id}).")
    return Reply(back.id, said, {"revision": back.id, "undone": one.id})


def undone(now: Site, before: Site, after: Site) -> Site:
    """The site without one change. Raises BadInput where the same was changed again since."""
    found = merged(after, now, before)
    if found.conflicts:
        one = found.conflicts[0]
        place = ".".join(part for part in (one.section, one.thing, one.field) if part)
        raise BadInput(
            f"此后又有改动（{place}等{len(found.conflicts)}处），不能整体撤销。",
            f"Things were changed again since ({len(found.conflicts)}: {place}…).",
            "请先撤销其后的变更，或另提修改；用 contacts history 查看。",
            "Undo the later change first, or propose another; see `contacts history`.",
        )
    return found.site


# What happened


def history(uow: UnitOfWork, whom: str, now: datetime) -> list[Revision]:
    """The changes, the latest first; of a person or `unit:U` alone, or the one of that id.

    Whoever has left is found by the id.
    """
    every = list(reversed(uow.revisions.all().values()))
    if not whom:
        return every
    roster = roster_in_force(uow)
    if one := uow.revisions.get(whom):
        return [one]
    gone = any(whom in one.touched for one in every)
    wanted = whom if gone else _whom(roster, whom, now)
    return [one for one in every if wanted in one.touched]


def details(uow: UnitOfWork, one: Revision, viewer: str) -> Iterator[Words]:
    """What one change changed; numbers in full for who asked for it, may approve, or oneself."""
    before, after = uow.sites.get(one.before), uow.sites.get(one.after)
    roster = roster_in_force(uow)
    whom = one.touched[0] if len(one.touched) == 1 else ""
    entitled = {one.by, one.approved_by, whom, *roster.site.grants.get("administrator", ())}
    if whom and one.stage is Stage.PROPOSED:
        entitled |= {*approvers(roster.site, By(one.by, ""), whom)}
    for change in changes(before, after):
        yield described(change, before, after, hide=viewer not in entitled - {""})


SINCE = Words(
    "提出之后此处又有改动，请按现状重新提出。",
    "The same was changed otherwise meanwhile; propose it anew.",
)
NOT_AGREED = Words("未获同意。", "it was not agreed to.")


def _whom(roster: Roster, whom: str, at: datetime) -> str:
    found = meant(roster, whom, at)
    return f"{UNIT}{found.id}" if isinstance(found, Unit) else found


def _capacities(site: Site, by: By, whom: str, field: str) -> set[str]:
    person = site.people.get(whom)
    if person is None:
        return set()
    also = {"oneself"} if whom == by.person and field in OWN else set()
    return also | ({"department_head"} if by.person in _heads(site, person.department) else set())


def _require(matter: FirmMatter, by: By, also: set[str], whom: str, field: str) -> None:
    """A liaison officer may propose for units and liaisons, not for other people."""
    outward = whom.startswith(UNIT) or field in OF_LIAISONS
    matter.may(PURPOSE if also or outward else "administer", by, *also)


def _heads(site: Site, department: str) -> Iterator[str]:
    return (one.id for one in site.people.values() if department and one.head_of == department)


def _proposed(site: Site, by: By, what: Words) -> Words:
    zh, en = (name(site, by.person, language) for language in ("zh", "en"))
    return Words(f"{zh}提出修改：{what.zh}", f"{en} proposes a change: {what.en}")


def _how(consent: str, revision: str) -> Words:
    return Words(
        f"同意请发：确认 {consent}；完整号码见 contacts history {revision}",
        f"To agree: confirm {consent}; in full: contacts history {revision}",
    )


def _told(one: Revision, zh: str, en: str) -> Words:
    return Words(f"您提出的修改（{one.id}，{one.summary.zh}）{zh}", f"Your change {one.id} {en}")


def revision_facts(one: Revision) -> dict[str, Any]:
    """A change as scripts read it."""
    return {
        "id": one.id,
        "kind": one.kind,
        "stage": one.stage.value,
        "summary": {"zh": one.summary.zh, "en": one.summary.en},
        "by": one.by,
        "at": one.at.isoformat(),
        "approved_by": one.approved_by or None,
        "undone_by": one.undone_by or None,
        "touched": one.touched[:100],
    }
