"""Telephone numbers as people write them in cells, brought to E.164; what no machine dials as such.

Which numbers there can be is libphonenumber's to say (https://github.com/google/libphonenumber).
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

import phonenumbers
from phonenumbers import PhoneNumberType

from responder.domain.people import BY_HAND, Way
from responder.domain.tables.sheet import shown
from responder.domain.words import Words

HOME, CODE = "CN", 86
LEAST_FIGURES = 8
"""Of a whole number, in the places where numbers are shortest."""
BETWEEN = re.compile(r"[;；、,，/|\n\r]+")
_EXTENSION = re.compile(
    r"\s*(?:转|转接|分机|分机号|ext\.?|x|#)\s*[:.]?\s*(\d{1,6})$", re.IGNORECASE
)
_DASHED = re.compile(r"((?:\+?86-?)?\(?0\d{2,3}\)?[- ]?\d{7,8})-(\d{1,6})")
_LABEL = re.compile(
    r"^(?:(?:联系|值班|办公)?电话|手机|座机|固话|办公|移动|tel|mobile|phone)\s*[:.]?\s*",
    re.IGNORECASE,
)
_MAINLAND = re.compile(r"(?:\+?86)?(1[3-9]\d{9})")
_SCIENCE = re.compile(r"\d(?:\.\d+)?e\+\d+", re.IGNORECASE)
_SIGNS = re.compile(r"[\s()\-.·]+")
SHORT = re.compile(r"\d{3,6}")
TAIL = re.compile(r"\d{1,4}")
MOBILE = {PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE}


class Unusable(ValueError):
    """What a cell says cannot be used; why, and the mend."""

    def __init__(self, what: Words, mend: Words) -> None:
        super().__init__(what.en)
        self.what, self.mend = what, mend


@dataclass(frozen=True, slots=True)
class Number:
    """One number: what is dialled, an extension behind a switchboard, whether it takes texts."""

    to: str
    extension: str = ""
    is_mobile: bool = False
    is_short: bool = False

    @property
    def by_hand(self) -> bool:
        """Whether only a human gets through: an extension, a number within the house."""
        return bool(self.extension) or self.is_short


def numbers_in(text: str, region: str) -> list[Number]:
    """The numbers of a cell, each once. Raises Unusable for the first that is none."""
    found: list[Number] = []
    for piece in _pieces(unicodedata.normalize("NFKC", text), region):
        if found and TAIL.fullmatch(piece) and not found[-1].is_short:
            raise Unusable(
                Words(
                    f"“{shown(piece)}”只有尾数。",
                    f"“{shown(piece)}” is the end of a number only.",
                ),
                Words("请写完整号码。", "Write the whole number."),
            )
        found.append(number_of(piece, region))
    return list(dict.fromkeys(found))


def number_of(piece: str, region: str) -> Number:
    """One number. Raises Unusable."""
    if _SCIENCE.fullmatch(piece):
        raise Unusable(
            Words(
                f"“{piece}”已被表格软件改成科学计数，尾数丢失。",
                f"“{piece}” was turned into scientific notation and lost its last figures.",
            ),
            Words(
                "请将该列设为文本后重填号码。", "Make the column text and enter the number again."
            ),
        )
    piece = _LABEL.sub("", piece).strip()
    dashed, ended = _DASHED.fullmatch(piece), _EXTENSION.search(piece)
    if dashed:
        return Number(_dialled(dashed[1], region)[0], dashed[2])
    if ended and ended.start():
        return Number(_dialled(piece[: ended.start()], region)[0], ended[1])
    bare = _SIGNS.sub("", piece)
    if SHORT.fullmatch(bare):
        return Number(bare, is_short=True)
    to, is_mobile = _dialled(piece, region)
    return Number(to, is_mobile=is_mobile)


def ways_by_phone(numbers: list[Number], texts: bool) -> tuple[Way, ...]:
    """The lines of numbers: called, and texted where they are mobile and `texts` is meant."""
    ways: list[Way] = []
    for one in numbers:
        if one.by_hand:
            ways.append(by_hand(one, "phone"))
        else:
            ways.append(Way("voice", one.to))
            ways += [Way("sms", one.to)] if texts and one.is_mobile else []
    return tuple(ways)


def by_hand(one: Number, how: str) -> Way:
    """A line that a human works."""
    return Way(BY_HAND, one.to, how, f"转{one.extension}" if one.extension else "")


@cache
def region_of(zone: str) -> str:
    """The region whose numbers are written without a country code, by a time zone."""
    table = resources.files("tzdata").joinpath("zoneinfo", "zone.tab").read_text("utf-8")
    for line in table.splitlines():
        if not line.startswith("#"):
            region, _, name = line.split("\t")[:3]
            if name == zone:
                return region
    return HOME


def _pieces(text: str, region: str) -> list[str]:
    """The numbers of a cell apart; a blank is a separator only between whole numbers."""
    found: list[str] = []
    for part in (one.strip() for one in BETWEEN.split(text)):
        words = part.split()
        alone = len(words) > 1 and all(_is_whole(word, region) for word in words)
        found += words if alone else [part] if part else []
    return found


def _is_whole(word: str, region: str) -> bool:
    if _MAINLAND.fullmatch(word):
        return True
    figures = sum(map(str.isdigit, word))
    return figures >= LEAST_FIGURES and _found(word, region) is not None


@lru_cache(maxsize=65536)
def _dialled(written: str, region: str) -> tuple[str, bool]:
    """A number in E.164, and whether it is a mobile one. Raises Unusable."""
    if region == HOME and (found := _MAINLAND.fullmatch(_SIGNS.sub("", written))):
        return f"+86{found[1]}", True
    number = _found(written, region)
    if number is None:
        raise Unusable(
            Words(
                f"“{shown(written)}”不是有效的电话号码。",
                f"“{shown(written)}” is no telephone number.",
            ),
            Words(
                "请核对位数；境外号码请写成 +852 …，内线号码写 3 至 6 位。",
                "Check its figures; numbers from abroad begin with + and the country’s code.",
            ),
        )
    to = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    if number.country_code == CODE:
        return to, bool(_MAINLAND.fullmatch(to))
    return to, phonenumbers.number_type(number) in MOBILE


def _found(written: str, region: str) -> phonenumbers.PhoneNumber | None:
    """The number there can be; a spreadsheet that takes it for a figure drops its first zero."""
    bare = _SIGNS.sub("", written)
    for one in (written, f"0{bare}"):
        try:
            number = phonenumbers.parse(one, region)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            return number
        if not bare.isdigit():
            return None
    return None
