"""One way to reach somebody as the text of a cell: `电话 +8613800138000`, `人工（传真） 8023`."""

import re

from responder.domain.call_task import MANNERS
from responder.domain.people import BY_HAND, VIA_NAMES, VIAS, Way

NOTE = " # "
_BRACKETED = re.compile(r"\s?[（(]([^（()）]*)[)）]")
_BY_NAME = {
    name.casefold(): via for via in VIAS for name in (via, VIA_NAMES[via].zh, VIA_NAMES[via].en)
} | {"邮箱": "email", "手机": "voice", "手工": BY_HAND}
_NAMES = sorted(_BY_NAME, key=len, reverse=True)
_HOW_BY_NAME = {"电话": "phone", "传真": "fax", "短信": "sms", "当面": "in person"} | {
    "报送平台": "platform",
    "邮件": "mail",
}


def way_said(way: Way, language: str) -> str:
    """The text of a way, in the reader's words; `way_of` reads the same way from it."""
    via = VIA_NAMES[way.via].said(language) if way.via in VIA_NAMES else way.via
    left, right = ("（", "）") if language == "zh" else (" (", ")")
    how = f"{left}{_how_said(way.how, language)}{right}" if way.how else ""
    return f"{via}{how} {way.to}{NOTE if way.note else ''}{way.note}".strip()


def way_of(text: str) -> Way | None:
    """The way that a cell names; None where it begins with no kind of way."""
    text = text.strip()
    plain = text.casefold()
    name = next((one for one in _NAMES if plain.startswith(one)), "")
    rest = text[len(name) :]
    if not name or (rest and not rest[0].isspace() and rest[0] not in "（("):
        return None
    how = ""
    if found := _BRACKETED.match(rest):
        how, rest = found[1].strip(), rest[found.end() :]
    to, _, note = f"{rest} ".partition(NOTE)
    return Way(_BY_NAME[name], to.strip(), _HOW_BY_NAME.get(how, how), note.strip())


def _how_said(how: str, language: str) -> str:
    """A manner's word, where that word means this manner and no other."""
    said = MANNERS[how].said(language) if how in MANNERS else how
    return said if _HOW_BY_NAME.get(said, said) == how else how
