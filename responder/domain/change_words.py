"""Changes of the register as people read them: what, of whom, from what to what."""

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from responder.domain.masking import masked
from responder.domain.people import VIA_NAMES, Way
from responder.domain.site import Site
from responder.domain.site_changes import ABSENT, Change
from responder.domain.words import Words

SECTION_NAMES = {
    "people": Words("人员", "person"),
    "roles": Words("岗位", "role"),
    "rotations": Words("轮值", "rotation"),
    "overrides": Words("调班", "override"),
    "absences": Words("缺勤", "absence"),
    "teams": Words("小组", "team"),
    "grants": Words("授权", "grant"),
    "command": Words("应急指挥决策机构", "command body"),
    "execution_body": Words("应急执行机构", "executing body"),
    "liaisons": Words("通报联络人", "liaison officer"),
    "decisions": Words("决策事项", "decision"),
    "still_there": Words("在岗询问", "are-you-there"),
    "units": Words("关联单位", "related unit"),
    "units_told": Words("变更通知记录", "record of telling"),
    "systems": Words("系统", "system"),
    "provisions": Words("保障登记", "provision"),
    "playbooks": Words("处置方案", "playbook"),
    "plan": Words("总体预案", "plan"),
    "firm": Words("机构", "firm"),
}
FIELD_NAMES = {
    "name": Words("名称", "name"),
    "department": Words("部门", "department"),
    "head_of": Words("负责部门", "head of"),
    "title": Words("职务", "title"),
    "language": Words("语言", "language"),
    "time_zone": Words("时区", "time zone"),
    "reach": Words("联系方式", "ways"),
    "kind": Words("类别", "kind"),
    "business": Words("业务事项", "business"),
    "contact": Words("联系人", "contact"),
    "remarks": Words("备注", "remarks"),
    "receives_our_contacts": Words("接收我方联系方式", "receives our contacts"),
    "verified_on": Words("核对日期", "verified on"),
    "person": Words("人员", "person"),
    "duty_phone": Words("值守电话", "duty phone"),
    "fax": Words("传真", "fax"),
    "primary": Words("主岗", "primary"),
    "backup": Words("备岗", "backup"),
    "rotation": Words("轮值表", "rotation"),
    "backup_rotation": Words("备岗轮值表", "backup rotation"),
    "body": Words("组成", "members"),
    "head": Words("组长", "head"),
    "members": Words("成员", "members"),
    "succession": Words("递补顺序", "succession"),
    "hand_down_after": Words("递补时限", "hands down after"),
    "starts": Words("起始", "starts"),
    "shift": Words("班长", "shift"),
    "people": Words("人员", "people"),
}
PHONES = ("duty_phone", "fax")
NOTHING = Words("（无）", "(none)")


def described(change: Change, before: Site, after: Site, *, hide: bool = False) -> Words:
    """One change in a line: `人员 张伟 职务：甲 → 乙`. `hide` shows numbers in part."""
    values = _apart(change.before, change.after)
    old, new = (
        Words(*[masked(value)] * 2)
        if hide and change.field in PHONES and value
        else said(value, hide)
        for value in values
    )
    head = headed(change, before, after)
    return Words(f"{head.zh}：{old.zh} → {new.zh}", f"{head.en}: {old.en} → {new.en}")


def _apart(before: Any, after: Any) -> tuple[Any, Any]:
    """Of two lists only what stands in one of them; where the order alone changed, both."""
    if not (isinstance(before, tuple) and isinstance(after, tuple)):
        return before, after
    gone = tuple(one for one in before if one not in after)
    come = tuple(one for one in after if one not in before)
    return (gone, come) if gone or come else (before, after)


def headed(change: Change, before: Site, after: Site) -> Words:
    """What a change is about: the section, the thing, the field."""
    section = SECTION_NAMES.get(change.section, Words(change.section, change.section))
    field = FIELD_NAMES.get(change.field, Words(change.field, change.field))
    thing = thing_name(change, before, after)
    return Words(
        " ".join(part for part in (section.zh, thing.zh, field.zh) if part),
        " ".join(part for part in (section.en, thing.en, field.en) if part),
    )


def thing_name(change: Change, before: Site, after: Site) -> Words:
    """The name of the thing that changed; a list's item says itself in its values."""
    for site in (after, before):
        held = getattr(site, change.section)
        if isinstance(held, dict) and change.thing in held:
            name = getattr(held[change.thing], "name", None)
            if isinstance(name, Words) and name != Words():
                return name
            return Words(change.thing, change.thing)
        person = site.people.get(change.thing)
        if change.section == "liaisons" and person:
            return person.name
    return Words() if change.thing == "" or "(" in change.thing else Words(*[change.thing] * 2)


def said(value: Any, hide: bool = False) -> Words:
    """A value in words; nothing at all as such."""
    zh, en = _said(value, "zh", hide), _said(value, "en", hide)
    return Words(zh or NOTHING.zh, en or NOTHING.en)


def _said(value: Any, language: str, hide: bool) -> str:
    if value is ABSENT:
        return ""
    if isinstance(value, Words):
        return value.said(language)
    if isinstance(value, Way):
        return _way(value, language, hide)
    if isinstance(value, dict):
        value = tuple(value.values())
    if isinstance(value, (tuple, list)):
        return "、".join(_said(one, language, hide) for one in value)
    return _plain(value, language, hide)


def _plain(value: Any, language: str, hide: bool) -> str:
    if isinstance(value, bool):
        return {"zh": "是", "en": "yes"}[language] if value else {"zh": "否", "en": "no"}[language]
    for kind, show in _SHOWN.items():
        if isinstance(value, kind):
            return show(value)
    if is_dataclass(value):
        inner = ((one.name, getattr(value, one.name)) for one in fields(value))
        return " ".join(
            masked(text) if hide and name in PHONES else text
            for name, one in inner
            if (text := _said(one, language, hide))
        )
    return str(value)


_SHOWN: dict[type, Callable[[Any], str]] = {
    datetime: lambda at: f"{at:%Y-%m-%d %H:%M %Z}".strip(),
    date: lambda day: day.isoformat(),
    time: lambda at: at.isoformat("minutes"),
    timedelta: lambda length: f"{length // timedelta(minutes=1)} min",
}


def _way(way: Way, language: str, hide: bool) -> str:
    kind = VIA_NAMES[way.via].said(language) if way.via in VIA_NAMES else way.via
    to = masked(way.to) if hide else way.to
    return " ".join(part for part in (kind, way.how, to, way.note) if part)
