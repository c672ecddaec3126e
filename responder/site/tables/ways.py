"""Ways to reach somebody out of one cell: numbers, addresses, accounts, two of them in a cell."""

import re
import unicodedata
from collections.abc import Callable

from responder.domain.people import BY_HAND, Way
from responder.domain.tables.sheet import shown
from responder.domain.tables.way_cell import way_of
from responder.domain.words import Words
from responder.site.tables.numbers import (
    BETWEEN,
    Unusable,
    by_hand,
    numbers_in,
    ways_by_phone,
)

_MAIL = re.compile(r"[^\s@<>()]+@[^\s@<>()]+\.[^\s@<>().]+")
_FAX = re.compile(r"(?:传真|fax)\s*[:.]?\s*", re.IGNORECASE)
_SLACK = re.compile(r"[UW][A-Z0-9]{6,}")
_TELEGRAM = re.compile(r"\d{5,15}")
E164 = re.compile(r"\+\d{7,15}")
_NUMBER = re.compile(r"[\d+(][\d\s()+\-.·]*\d")


def mobile(text: str, region: str) -> tuple[Way, ...]:
    """Called, and texted where the number is a mobile one."""
    return ways_by_phone(numbers_in(text, region), texts=True)


def landline(text: str, region: str) -> tuple[Way, ...]:
    """Called; an extension or a number within the house by hand."""
    return ways_by_phone(numbers_in(text, region), texts=False)


def fax(text: str, region: str) -> tuple[Way, ...]:
    """By hand: no machine sends a fax."""
    plain = _FAX.sub("", unicodedata.normalize("NFKC", text))
    return tuple(by_hand(one, "fax") for one in numbers_in(plain, region))


def email(text: str, _region: str) -> tuple[Way, ...]:
    """Addresses."""
    return tuple(Way("email", _address(one)) for one in _apart(text))


def slack(text: str, _region: str) -> tuple[Way, ...]:
    """Member ids, not the names that are shown."""
    return tuple(Way("slack", _account(one, _SLACK, "U012AB3CD")) for one in _apart(text))


def telegram(text: str, _region: str) -> tuple[Way, ...]:
    """Numeric ids."""
    return tuple(Way("telegram", _account(one, _TELEGRAM, "100200300")) for one in _apart(text))


def way(text: str, region: str) -> tuple[Way, ...]:
    """A cell of our own tables, which names its kind of way; else whatever is found in it."""
    found = way_of(text)
    if found is not None and (found.via not in ("voice", "sms") or not BETWEEN.search(found.to)):
        return (_dialled(found, region),)
    ways: list[Way] = []
    for piece in _apart(unicodedata.normalize("NFKC", text)):
        if "@" in piece:
            ways.append(Way("email", _address(piece)))
        elif named := _FAX.match(piece):
            ways += fax(piece[named.end() :], region)
        else:
            ways += mobile(piece, region)
    return tuple(dict.fromkeys(ways))


def unit_way(text: str, region: str) -> tuple[Way, ...]:
    """A way to a related unit: nobody is rung there by a machine, a human calls."""
    found = way_of(text)
    if found is not None and (found.via not in ("voice", "sms") or E164.fullmatch(found.to)):
        return (found,)
    lines = (
        Way(BY_HAND, one.to, "phone", one.note) if one.via == "voice" else one
        for one in way(text, region)
        if one.via != "sms"
    )
    return tuple(dict.fromkeys(lines))


def numbers_to_dial(text: str, region: str) -> str:
    """The one number of a cell. Raises Unusable for several, or for an extension."""
    numbers = numbers_in(text, region)
    if len(numbers) != 1 or numbers[0].extension:
        raise Unusable(
            Words(
                f"“{shown(text)}”不是一个直拨号码。", f"“{shown(text)}” is not one direct number."
            ),
            Words("请只写一个能直接拨通的号码。", "Write one number that can be dialled."),
        )
    return numbers[0].to


def _dialled(found: Way, region: str) -> Way:
    """A number named as our tables name it; one that cannot be is left for `check` to find."""
    if found.via not in ("voice", "sms") or not _NUMBER.fullmatch(found.to):
        return found
    try:
        numbers = numbers_in(found.to, region)
    except Unusable:
        return found
    alone = len(numbers) == 1 and not numbers[0].by_hand
    return Way(found.via, numbers[0].to, found.how, found.note) if alone else found


def _apart(text: str) -> list[str]:
    return [one for part in BETWEEN.split(text) if (one := part.strip())]


def _address(piece: str) -> str:
    found = _MAIL.search(unicodedata.normalize("NFKC", piece))
    if found is None:
        raise Unusable(
            Words(f"“{shown(piece)}”不是邮箱地址。", f"“{shown(piece)}” is no e-mail address."),
            Words("请核对后重填。", "Check it and enter it again."),
        )
    return found[0]


def _account(piece: str, form: re.Pattern[str], like: str) -> str:
    if not form.fullmatch(piece):
        raise Unusable(
            Words(f"“{shown(piece)}”不是账号编号。", f"“{shown(piece)}” is no account’s id."),
            Words(
                f"请写 {like} 这样的编号；也可留空，由本人用 link 绑定。",
                f"Write an id like {like}; or leave it empty, and let the person link it.",
            ),
        )
    return piece


WAYS: dict[str, Callable[[str, str], tuple[Way, ...]]] = {
    "mobile": mobile,
    "landline": landline,
    "fax": fax,
    "email": email,
    "slack": slack,
    "telegram": telegram,
    "way": way,
    "unit_way": unit_way,
}
