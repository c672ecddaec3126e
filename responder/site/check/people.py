"""People and their numbers: everybody who is paged can be rung (7.1 n and o)."""

from collections.abc import Iterator
from dataclasses import dataclass

import phonenumbers

from responder.domain.people import BY_HAND, CHAT, RINGING, VIAS, WRITTEN
from responder.domain.words import Words
from responder.site.check.view import View
from responder.site.finding import Finding, did_you_mean
from responder.site.firm import LANGUAGES
from responder.site.places import Path

NUMBERED = ("voice", "sms")


def paged_people_can_be_rung(view: View) -> Iterator[Finding]:
    """Whoever may be paged has a phone that rings, and a second kind of way."""
    for person in view.site.people.values():
        if person.id not in view.paged:
            continue
        who = view.person(person.id)
        kinds = [via for via in person.vias if via in (*WRITTEN, *RINGING)]
        path = ("people", person.id, "reach")
        if not set(kinds) & set(RINGING):
            yield view.error(
                path,
                "7.1-n",
                Words(
                    f"{who.zh}会被呼叫，但没有电话", f"{who.en} is paged and has no way that rings"
                ),
                Words("请加一条 via: voice。", "Add a line with via: voice."),
            )
        elif len(kinds) == 1:
            yield view.warning(
                path,
                "7.1-n",
                Words(f"{who.zh}只有一种联络方式", f"{who.en} has a single kind of way"),
                Words(
                    "请再加一种，如即时消息或短信。", "Add another, such as chat or text messages."
                ),
            )


def ways_are_known(view: View) -> Iterator[Finding]:
    """Each line says by what way it goes, and where to."""
    for path, via, to in _lines(view):
        if via not in VIAS:
            yield view.error(
                path,
                "7.1-n",
                Words(f"没有“{via}”这种联络方式", f"There is no way “{via}”"),
                did_you_mean(
                    via,
                    VIAS,
                    Words(f"可用：{'、'.join(VIAS)}。", f"The ways are {', '.join(VIAS)}."),
                ),
            )
        elif not to and via != BY_HAND and (via not in CHAT or path[0] != "people"):
            yield view.error(
                path,
                "7.1-n",
                Words("联络方式没有号码或账号", "This way has no number or account"),
                Words("请填写 to。", "Add “to”."),
            )


def _lines(view: View) -> Iterator[tuple[Path, str, str]]:
    people = {("people", id): person.reach for id, person in view.site.people.items()}
    units = {("units", id): unit.reach for id, unit in view.site.units.items()}
    for path, reach in (people | units).items():
        for number, way in enumerate(reach):
            yield (*path, "reach", number), way.via, way.to


@dataclass(frozen=True, slots=True)
class _Number:
    """A telephone number as written, whose it is and where it stands."""

    path: Path
    owner: str
    written: str


def _numbers(view: View) -> Iterator[_Number]:
    for path, via, to in _lines(view):
        if via in NUMBERED and to:
            yield _Number(path, f"{path[0]} {path[1]}", to)
    for number, liaison in enumerate(view.site.liaisons):
        for key, written in (("duty_phone", liaison.duty_phone), ("fax", liaison.fax)):
            if written:
                yield _Number(("liaisons", number, key), f"people {liaison.person}", written)


def numbers_exist(view: View) -> Iterator[Finding]:
    """Telephone numbers can be dialled, and are written the international way."""
    for number in _numbers(view):
        dialled = _e164(number.written)
        if not dialled:
            yield view.error(
                number.path,
                "7.1-o.1",
                Words(
                    f"“{number.written}”不是有效的电话号码",
                    f"“{number.written}” is no telephone number",
                ),
                Words(
                    "请用国际格式，如 +8613800138000；短号、分机请用 by_hand。",
                    "Write it as +8613800138000; short numbers and extensions go by_hand.",
                ),
            )
        elif dialled != number.written:
            yield view.warning(
                number.path,
                "7.1-o.1",
                Words(
                    f"电话号码“{number.written}”不是标准写法",
                    f"“{number.written}” is not the standard way to write it",
                ),
                Words(f"请写成 {dialled}。", f"Write {dialled}."),
            )


def _e164(written: str) -> str:
    """The number in its standard form, `""` if there cannot be such a number."""
    try:
        number = phonenumbers.parse(written)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_valid_number(number):
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def numbers_are_ones_own(view: View) -> Iterator[Finding]:
    """Two people do not share a telephone number: whoever answers would be the other."""
    owners: dict[str, str] = {}
    for path, via, to in _lines(view):
        if path[0] != "people" or via not in NUMBERED or not to:
            continue
        person = str(path[1])
        other = owners.setdefault(_e164(to) or to, person)
        if other != person:
            one, two = view.person(other), view.person(person)
            yield view.warning(
                path,
                "7.1-o.1",
                Words(f"{one.zh}与{two.zh}号码相同：{to}", f"{one.en} and {two.en} share {to}"),
                Words("请核对号码。", "Check the numbers."),
            )


def accounts_are_ones_own(view: View) -> Iterator[Finding]:
    """A chat account is one person's: what is said there is that person's word."""
    owners: dict[tuple[str, str], str] = {}
    for path, via, to in _lines(view):
        if path[0] != "people" or via not in CHAT or not to:
            continue
        person = str(path[1])
        other = owners.setdefault((via, to), person)
        if other != person:
            one, two = view.person(other), view.person(person)
            yield view.error(
                path,
                "7.1-o.1",
                Words(
                    f"{one.zh}与{two.zh}的 {via} 账号相同：{to}",
                    f"{one.en} and {two.en} have the same {via} account, {to}",
                ),
                Words("请核对账号。", "Check the accounts."),
            )


def languages_are_spoken(view: View) -> Iterator[Finding]:
    """People and papers are addressed in Chinese or English."""
    mend = Words("请写 zh 或 en。", "Write zh or en.")
    for language in view.site.languages:
        if language not in LANGUAGES:
            what = Words(f"没有“{language}”的文本", f"There are no texts in “{language}”")
            yield view.error(("languages",), "site", what, mend)
    for person in view.site.people.values():
        if person.language not in LANGUAGES:
            who = view.person(person.id)
            what = Words(
                f"没有“{person.language}”的文本可发给{who.zh}",
                f"There are no texts in “{person.language}” for {who.en}",
            )
            yield view.error(("people", person.id, "language"), "site", what, mend)


def names_are_given_in_both_languages(view: View) -> Iterator[Finding]:
    """What people read by name has a name in every language of the site."""
    site = view.site
    kinds = {
        "people": {id: person.name for id, person in site.people.items()},
        "roles": {id: role.name for id, role in site.roles.items()},
        "units": {id: unit.name for id, unit in site.units.items()},
        "systems": {id: system.name for id, system in site.systems.items()},
        "playbooks": {id: playbook.title for id, playbook in site.playbooks.items()},
    }
    for kind, names in kinds.items():
        for id, name in names.items():
            missing = [said for said in ("zh", "en") if not getattr(name, said)]
            if missing:
                key = "title" if kind == "playbooks" else "name"
                which = {"zh": Words("中文", "Chinese"), "en": Words("英文", "English")}[missing[0]]
                yield view.warning(
                    (kind, id, key),
                    "7.1-o.1",
                    Words(f"“{id}”没有{which.zh}名称", f"“{id}” has no {which.en} name"),
                    Words(f"请补上 {key}。", f"Add it under “{key}”."),
                )
