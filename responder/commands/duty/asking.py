"""Asking somebody to agree to something of duty: quietly, with the answers under it."""

from collections.abc import Iterable

from responder.commands.matter import FirmMatter
from responder.commands.telling import QUIETLY, Subject, Teller
from responder.domain.message import Purpose
from responder.domain.people import BY_HAND, WRITTEN, Person
from responder.domain.words import Words

NO_WORDS = Words()


def ask(
    firm: FirmMatter,
    people: Iterable[str],
    about: str,
    what: Words,
    otherwise: Words,
    *,
    work: Words = NO_WORDS,
    loudly: bool = False,
    consent: str = "",
) -> None:
    """Ask people to agree to what has an id; `otherwise` is what holds until they do.

    By chat and SMS, by every way they have if `loudly`. `consent` is the consent that is given.
    """
    teller = _teller(firm, about, what)
    for person in (firm.site.people[p] for p in people if firm.roster.known(p)):
        language = person.language
        facts = {
            "what": what.said(language),
            "otherwise": otherwise.said(language),
            "work": work.said(language),
            "consent": consent,
        }
        teller.tell(person, Purpose.ASSENT, _vias(person, loudly), facts)


def check_in_asked(firm: FirmMatter, person: str, shift: str, post: Words, deadline: str) -> bool:
    """Ask quietly whether somebody is at the post; whether there was a way to."""
    one = firm.site.people.get(person)
    if one is None or not firm.roster.known(person):
        return False
    return _check_in(firm, one, shift, post, deadline, _vias(one, loudly=False))


def check_in_called(firm: FirmMatter, person: str, shift: str, post: Words, deadline: str) -> bool:
    """Call the person at the post; whether there is a telephone to ring."""
    one = firm.site.people.get(person)
    if one is None or not firm.roster.known(person):
        return False
    return _check_in(firm, one, shift, post, deadline, ["voice"])


def _check_in(
    firm: FirmMatter, one: Person, shift: str, post: Words, deadline: str, vias: Iterable[str]
) -> bool:
    facts = {"post": post.said(one.language), "deadline": deadline}
    return bool(_teller(firm, shift, post).tell(one, Purpose.CHECK_IN, vias, facts))


def sound(firm: FirmMatter, people: Iterable[str], about: str, what: Words, mend: Words) -> None:
    """Alarm people by every way they have."""
    teller = _teller(firm, about, what)
    for person in (firm.site.people[p] for p in dict.fromkeys(people) if firm.roster.known(p)):
        facts = {"what": what.said(person.language), "mend": mend.said(person.language)}
        teller.tell(person, Purpose.ALARM, person.vias, facts)


def _teller(firm: FirmMatter, about: str, title: Words) -> Teller:
    subject = Subject(about, title.said(firm.site.language), None, (), 4, firm.now, "")
    return Teller(firm.uow, firm.site, subject, firm.now)


def _vias(person: Person, loudly: bool) -> list[str]:
    dialled = [via for via in person.vias if via != BY_HAND]
    if loudly:
        return dialled
    quiet = [via for via in dialled if via in QUIETLY]
    return quiet or [via for via in dialled if via in WRITTEN] or dialled
