"""A digest is several lines: it goes by chat or e-mail, and by SMS to whom nothing else reaches."""

from collections.abc import Iterable

from responder.commands.matter import FirmMatter
from responder.commands.telling import Teller
from responder.domain.message import Purpose
from responder.domain.people import CHAT, Person
from responder.domain.words import Words
from responder.readiness.control import LIGHT_NAMES, Light

FOR_READING = (CHAT, ("email",), ("sms",))


def write_to(matter: FirmMatter, people: Iterable[str], what: Words) -> None:
    """Tell people by the first kind of way that they have, without ringing them."""
    teller = Teller(matter.uow, matter.site, matter.subject, matter.now)
    for person in (matter.site.people[id] for id in people if matter.roster.known(id)):
        teller.tell(person, Purpose.TOLD, _vias(person), {"what": what.said(person.language)})


def in_line(clause: str, light: Light, what: Words, mend: Words) -> Words:
    """One gap on a line of a digest: clause, state in words, what is lacking, the mend."""
    name = LIGHT_NAMES[light]
    return Words(
        f"{clause} {name.zh}：{what.zh.rstrip('。')}。{mend.zh}",
        f"{clause} {name.en}: {what.en.rstrip('.')}. {mend.en}",
    )


def _vias(person: Person) -> list[str]:
    having = ([via for via in person.vias if via in kinds] for kinds in FOR_READING)
    return next((found for found in having if found), [])
