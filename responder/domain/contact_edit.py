"""One field of one person or related unit changed, as people ask for it in chat (7.1 o)."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from responder.domain.organisation import Liaison
from responder.domain.people import BY_HAND, Person, Way
from responder.domain.register import Unit
from responder.domain.site import Site
from responder.domain.words import Words
from responder.errors import BadInput, UnknownId

FIELDS: dict[str, tuple[str, ...]] = {
    "phone": ("电话", "号码", "手机", "手机号", "number", "mobile", "voice"),
    "sms": ("短信",),
    "email": ("邮箱", "邮件", "e-mail", "mail"),
    "slack": (),
    "telegram": (),
    "fax": ("传真",),
    "duty_phone": ("值守电话", "值班电话", "duty-phone"),
    "title": ("职务", "岗位名称"),
    "name": ("姓名", "名称"),
    "department": ("部门",),
    "language": ("语言",),
    "contact": ("联系人",),
    "business": ("业务事项", "业务"),
    "remarks": ("备注", "remark"),
}
"""What can be changed by a word, with the words people use for it."""
OWN = ("phone", "sms", "email", "slack", "telegram", "language")
"""What people see to themselves; the rest is others' to propose."""
OF_LIAISONS = ("duty_phone", "fax")
OF_UNITS = ("phone", "email", "fax", "name", "contact", "business", "remarks")
WORDED = ("title", "name", "contact", "business", "remarks")
LONGEST = 200
_MOBILE = re.compile(r"(?:\+|00)?(?:86)?(1[3-9]\d{9})")
_DIALLED = re.compile(r"\+[1-9]\d{5,14}")
_SHORT = re.compile(r"\d{3,8}")
_ADDRESS = re.compile(r"[^\s@<>\"]{1,64}@[^\s@<>\"]+\.[^\s@<>\".]{2,}")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")


def field_of(word: str) -> str:
    """The field that a word stands for. Raises UnknownId."""
    plain = word.strip().casefold()
    for field, words in FIELDS.items():
        if plain == field or plain in words:
            return field
    known = [name for field, words in FIELDS.items() for name in (field, *words)]
    raise UnknownId("栏目", "field", word, known)


def edited(site: Site, whom: str, field: str, value: str) -> Site:
    """The site with one field changed; `whom` is a person's id or `unit:U`.

    Raises BadInput for a value that cannot be used, or a field that they do not have.
    """
    value = unicodedata.normalize("NFKC", value).strip()
    if not value or len(value) > LONGEST:
        raise BadInput(
            "新的内容为空或过长。",
            "The new value is empty or too long.",
            f"请写明新的内容，不超过{LONGEST}字。",
            f"Say the new value, in {LONGEST} characters at the most.",
        )
    if whom.startswith("unit:"):
        return _unit_edited(site, whom.removeprefix("unit:"), field, value)
    if field in OF_LIAISONS:
        return _liaison_edited(site, whom, field, value)
    person = site.people[whom]
    return replace(site, people={**site.people, whom: _person_edited(person, field, value)})


def _person_edited(person: Person, field: str, value: str) -> Person:
    if field == "phone":
        return replace(person, reach=_rung_at(person.reach, dialled(value)))
    if field in ("sms", "email", "slack", "telegram"):
        to = {"sms": dialled, "email": address}.get(field, str)(value)
        return replace(person, reach=_put(person.reach, Way(field, to)))
    if field in WORDED and field in ("title", "name"):
        return replace(person, **_worded(person, field, value))
    if field == "language" and value in ("zh", "en"):
        return replace(person, language=value)
    if field == "department":
        return replace(person, department=value)
    raise _not_here(field)


def _unit_edited(site: Site, id: str, field: str, value: str) -> Site:
    unit = site.units[id]
    if field not in OF_UNITS:
        raise _not_here(field)
    if field in WORDED:
        unit = replace(unit, **_worded(unit, field, value))
    elif field == "email":
        unit = replace(unit, reach=_put(unit.reach, Way("email", address(value))))
    else:
        to = dialled(value, short=True)
        unit = replace(unit, reach=_put(unit.reach, Way(BY_HAND, to, field)))
    return replace(site, units={**site.units, id: unit})


def _liaison_edited(site: Site, whom: str, field: str, value: str) -> Site:
    if whom not in {one.person for one in site.liaisons}:
        raise BadInput(
            "此人不是通报联络人，没有值守电话和传真栏目。",
            "Only liaison officers have a duty phone and a fax on file.",
            "本人号码请改“电话”；联络人在 contacts/command.yaml 的 liaisons 中指定。",
            "Change “phone” for their own number; liaisons are named in contacts/command.yaml.",
        )
    changed: Mapping[str, Any] = {field: dialled(value)}

    def made(one: Liaison) -> Liaison:
        return replace(one, **changed) if one.person == whom else one

    return replace(site, liaisons=tuple(map(made, site.liaisons)))


def _worded(thing: Person | Unit, field: str, value: str) -> dict[str, Any]:
    """`甲 | B` says both languages; a text in one stands for both until the other is said."""
    zh, bar, en = (part.strip() for part in value.partition("|"))
    if bar:
        return {field: Words(zh, en)}
    old: Words = getattr(thing, field)
    if field == "name":
        return {field: Words(value, old.en) if _CHINESE.search(value) else Words(old.zh, value)}
    return {field: Words(value, value)}


def _rung_at(reach: tuple[Way, ...], to: str) -> tuple[Way, ...]:
    """The first number to ring, and the texts that went to that same number."""
    first = next((way for way in reach if way.via == "voice"), None)
    if first is None:
        return (Way("voice", to), *reach)
    also = {way for way in reach if way.via == "sms" and way.to == first.to}
    return tuple(replace(way, to=to) if way == first or way in also else way for way in reach)


def _put(reach: tuple[Way, ...], new: Way) -> tuple[Way, ...]:
    """The first line of that kind replaced, or added at the end."""
    for place, way in enumerate(reach):
        if (way.via, way.how) == (new.via, new.how):
            return (*reach[:place], replace(way, to=new.to), *reach[place + 1 :])
    return (*reach, new)


def dialled(text: str, *, short: bool = False) -> str:
    """A number in E.164, however it was typed; `short` admits what is dialled within the land.

    Raises BadInput.
    """
    plain = re.sub(r"[\s()\-.·]", "", text)
    if mobile := _MOBILE.fullmatch(plain):
        return f"+86{mobile[1]}"
    plain = f"+{plain[2:]}" if plain.startswith("00") else plain
    if re.fullmatch(r"0[1-9]\d{8,10}", plain):
        plain = f"+86{plain[1:]}"
    if _DIALLED.fullmatch(plain) or (short and _SHORT.fullmatch(plain)):
        return plain
    raise BadInput(
        "号码不完整或有误。",
        "That is no complete number.",
        "请写国际格式，如 +8613800138000、+862150001111；分机请写在 contacts/people.yaml。",
        "Write it in full, such as +8613800138000 or +862150001111.",
    )


def address(text: str) -> str:
    """An e-mail address. Raises BadInput."""
    if _ADDRESS.fullmatch(text):
        return text
    raise BadInput(
        "邮箱地址有误。",
        "That is no e-mail address.",
        "请写完整地址，如 name@example.com。",
        "Write it in full, such as name@example.com.",
    )


def _not_here(field: str) -> BadInput:
    return BadInput(
        f"此处不能改“{field}”，或内容不可用。",
        f"“{field}” cannot be changed so, or not to that.",
        "请在 contacts/ 的文件中修改，再用 contacts apply 采用。",
        "Change it in the files under contacts/, then run `contacts apply`.",
    )
