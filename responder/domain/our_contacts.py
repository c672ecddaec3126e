"""What related units hold of us, and what of it changed: no more than they need (7.1 o, p)."""

from collections.abc import Iterator

from responder.domain.organisation import Liaison
from responder.domain.people import BY_HAND, Person, Way
from responder.domain.register import Unit
from responder.domain.site import Site
from responder.domain.words import Words

ALWAYS_TOLD = ("regulator", "association")
"""The kinds that 7.1 p names: told of every change of liaison officers and their means."""
RINGS = ("voice", "email")


def told_of(before: Site, after: Site) -> tuple[Words, ...]:
    """What units that hold our contacts have to be told, a line a change; nothing for the rest."""
    return (*_liaisons(before, after), *_others(before, after))


def concerns_liaisons(before: Site, after: Site) -> bool:
    """Whether the liaison officers or their means changed (7.1 p)."""
    return next(_liaisons(before, after), None) is not None


def to_tell(before: Site, after: Site) -> tuple[Unit, ...]:
    """The units to tell of what changed."""
    if not told_of(before, after):
        return ()
    always = ALWAYS_TOLD if concerns_liaisons(before, after) else ()
    units = after.units.values()
    return tuple(one for one in units if one.receives_our_contacts or one.kind in always)


def way_to(unit: Unit, besides: tuple[Way, ...] = ()) -> Way | None:
    """How a unit is told: in writing where it can be, else by a human, on its first line."""
    left = [way for way in unit.reach if way not in besides]
    written = next((way for way in left if way.via == "email"), None)
    return written or next((way for way in left if way.via == BY_HAND), None)


def letter(site: Site, unit: Unit, changed: tuple[Words, ...], id: str, again: bool) -> Words:
    """The notice to one unit, to be sent or read out."""
    lines = {
        "zh": "\n".join(f"{n}. {one.said('zh')}" for n, one in enumerate(changed, 1)),
        "en": "\n".join(f"{n}. {one.said('en')}" for n, one in enumerate(changed, 1)),
    }
    first = next(iter(site.liaisons), Liaison(""))
    name = site.people[first.person].name if first.person in site.people else Words()
    phone = first.duty_phone
    firm, whom = site.firm.name, unit.name
    lead = Words("（再次提醒）", "(Reminder) ") if again else Words()
    return Words(
        f"{lead.zh}{firm.said('zh')}应急通报联络信息变更通知（{id}）\n"
        f"{whom.said('zh')}：\n"
        f"我单位应急通报联络信息变更如下，请更新贵单位记录：\n{lines['zh']}\n"
        f"收到请回复确认，并注明编号{id}。联系人：{name.said('zh')}，值守电话{phone}。",
        f"{lead.en}{firm.said('en')}: change of our emergency contacts ({id})\n"
        f"To {whom.said('en')}:\n"
        f"Our emergency contacts have changed. Please update your records:\n{lines['en']}\n"
        f"Please confirm receipt, quoting {id}. Contact: {name.said('en')}, duty phone {phone}.",
    )


def _liaisons(before: Site, after: Site) -> Iterator[Words]:
    old = {one.person: one for one in before.liaisons}
    new = {one.person: one for one in after.liaisons}
    for person, one in new.items():
        zh, en = (_of(after, person, language) for language in ("zh", "en"))
        if person not in old:
            yield Words(
                f"新任通报联络人：{zh}，值守电话{one.duty_phone}，传真{one.fax}",
                f"New liaison officer: {en}, duty phone {one.duty_phone}, fax {one.fax}",
            )
            continue
        if one.duty_phone != old[person].duty_phone:
            yield Words(
                f"通报联络人{zh}的值守电话改为{one.duty_phone}",
                f"Duty phone of liaison officer {en}: now {one.duty_phone}",
            )
        if one.fax != old[person].fax:
            yield Words(
                f"通报联络人{zh}的传真改为{one.fax}",
                f"Fax of liaison officer {en}: now {one.fax}",
            )
        yield from _own_lines(before.people.get(person), after.people.get(person))
    for person in old:
        if person not in new:
            yield Words(
                f"{_of(before, person, 'zh')}不再担任通报联络人",
                f"{_of(before, person, 'en')} is no longer a liaison officer",
            )


def _own_lines(old: Person | None, new: Person | None) -> Iterator[Words]:
    if old is None or new is None or old == new:
        return
    name = new.name
    if (old.name, old.title) != (new.name, new.title):
        yield Words(
            f"通报联络人现为{name.said('zh')}（{new.title.said('zh')}）",
            f"The liaison officer is now {name.said('en')} ({new.title.said('en')})",
        )
    for via in RINGS:
        if old.lines(via)[:1] != new.lines(via)[:1]:
            to = new.lines(via)[0].to if new.lines(via) else ""
            kind = Words("邮箱", "E-mail") if via == "email" else Words("电话", "Phone")
            yield Words(
                f"通报联络人{name.said('zh')}的{kind.zh}改为{to or '（无）'}",
                f"{kind.en} of liaison officer {name.said('en')}: now {to or '(none)'}",
            )


def _others(before: Site, after: Site) -> Iterator[Words]:
    if before.firm.name != after.firm.name:
        yield Words(
            f"我单位名称变更为{after.firm.name.said('zh')}",
            f"Our name is now {after.firm.name.said('en')}",
        )
    old, new = before.command.body, after.command.body
    if old.head != new.head:
        yield Words(
            f"应急指挥决策机构组长变更为{_of(after, new.head, 'zh')}",
            f"The command body is now headed by {_of(after, new.head, 'en')}",
        )
    came = [p for p in new.everyone if p not in old.everyone]
    went = [p for p in old.everyone if p not in new.everyone]
    if came:
        yield Words(
            f"应急指挥决策机构新增成员：{'、'.join(_of(after, p, 'zh') for p in came)}",
            f"New in the command body: {', '.join(_of(after, p, 'en') for p in came)}",
        )
    if went:
        yield Words(
            f"应急指挥决策机构不再包括：{'、'.join(_of(before, p, 'zh') for p in went)}",
            f"No longer in the command body: {', '.join(_of(before, p, 'en') for p in went)}",
        )


def _of(site: Site, person: str, language: str) -> str:
    known = site.people.get(person)
    if known is None:
        return person
    name = known.name.said(language) or person
    title = known.title.said(language).partition("（")[0]
    return f"{name}（{title}）" if language == "zh" and title else name
