"""Ids made from names: `zhang.wei` for 张伟, surname first, as the site's files have them."""

import re
import unicodedata
from functools import cache, lru_cache

from pypinyin import Style, lazy_pinyin

COMPOUND = re.compile(
    "欧阳|司马|诸葛|上官|夏侯|皇甫|尉迟|公孙|慕容|令狐|东方|南宫|独孤|司徒|长孙|宇文|端木|呼延|轩辕|闻人"
    "|万俟|申屠|太史|澹台|公冶|宗政|濮阳|淳于|单于|太叔|公羊|赫连|钟离|鲜于|闾丘|百里"
)
"""Surnames of two characters."""
AS_SURNAME = {
    "单": "shan",
    "曾": "zeng",
    "仇": "qiu",
    "解": "xie",
    "任": "ren",
    "盖": "ge",
    "查": "zha",
    "朴": "piao",
    "区": "ou",
    "翟": "zhai",
    "员": "yun",
    "秘": "bi",
    "冼": "xian",
    "洗": "xian",
    "尉迟": "yuchi",
    "万俟": "moqi",
    "长孙": "zhangsun",
    "单于": "chanyu",
    "澹台": "tantai",
    "覃": "qin",
    "黑": "he",
    "折": "she",
    "召": "shao",
    "乐": "yue",
    "缪": "miao",
    "宓": "mi",
    "纪": "ji",
    "华": "hua",
    "逄": "pang",
    "繁": "po",
    "种": "chong",
    "重": "chong",
    "曲": "qu",
}
"""Characters that are read in another way as a surname."""
LONGEST = 60
_CHINESE = re.compile(r"[\u3400-\u9fff\U00020000-\U000323af]+")
_LATIN = re.compile(r"[a-z0-9]+")


@lru_cache(maxsize=65536)
def person_id(zh: str, en: str, email: str = "") -> str:
    """`ouyang.xiu`; from the English name or the mail's name where no other is given."""
    name = "".join(_CHINESE.findall(zh))
    if name:
        length = 2 if len(name) > 2 and COMPOUND.match(name) else 1
        surname, rest = name[:length], name[length:]
        said = AS_SURNAME.get(surname) or "".join(_pinyin(surname))
        return ".".join(part for part in (said, "".join(_pinyin(rest))) if part)[:LONGEST]
    return _slug(zh or en, ".") or _slug(email.partition("@")[0], ".")


@lru_cache(maxsize=4096)
def thing_id(zh: str, en: str) -> str:
    """`head-of-it`: for a role or a unit, from its English name, else by the sound."""
    return _slug(en, "-") or "-".join(_pinyin(zh))[:LONGEST].strip("-")


def _slug(text: str, between: str) -> str:
    plain = unicodedata.normalize("NFKD", text).casefold()
    return between.join(_LATIN.findall(plain.replace("'", "").replace("’", "")))[:LONGEST]


def _pinyin(text: str) -> list[str]:
    """The syllables, character by character: names are no words. Letters and figures stay."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return [word for sign in plain for word in _syllable(sign)]


@cache
def _syllable(sign: str) -> tuple[str, ...]:
    return tuple(_LATIN.findall("".join(lazy_pinyin(sign, style=Style.NORMAL))))
