"""vCards, 4.0 (RFC 6350) and 3.0 (RFC 2426): people, and the numbers that emergency calls use.

Telephones let calls through Do-Not-Disturb that come from a favourite: one card holds every
number that we call from.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from responder.domain.people import Person
from responder.domain.words import Words

VERSIONS = ("4.0", "3.0")
LONGEST_LINE = 75
"""Octets of a line, without its end; a longer one is folded."""
EMERGENCY = Words("应急呼叫 / Emergency call", "应急呼叫 / Emergency call")
FAVOURITE = Words(
    "存入通讯录后，请加入“个人收藏”（苹果）或加星标并允许星标来电（安卓），应急呼叫才能在勿扰、"
    "睡眠模式下响铃。所有号码都是系统外呼号码，请勿回拨；回电请打值守电话。",
    "Once saved, add it to Favourites (iPhone), or star it and let starred contacts through"
    " (Android): then emergency calls ring in Do-Not-Disturb and Sleep. These numbers only call"
    " out; to call back, use the duty phone.",
)
_ESCAPES = str.maketrans({"\\": "\\\\", ",": "\\,", ";": "\\;", "\n": "\\n"})


@dataclass(frozen=True, slots=True)
class VCards:
    """Makes vCards of one version, in one language, for a firm."""

    firm: str
    language: str
    version: str = VERSIONS[0]

    def people(self, people: Iterable[Person]) -> str:
        """A card a person, one after the other."""
        return "".join(self._card(self._person(person)) for person in people)

    def emergency(self, numbers: Iterable[str]) -> str:
        """The card with every number that emergency calls come from."""
        return self._card(self._emergency(tuple(dict.fromkeys(numbers))))

    def _card(self, lines: Iterable[str]) -> str:
        whole = ["BEGIN:VCARD", f"VERSION:{self.version}", *lines, "END:VCARD"]
        return "".join(f"{folded(line)}\r\n" for line in whole)

    def _person(self, person: Person) -> Iterator[str]:
        name = person.name.said(self.language) or person.id
        yield f"FN:{escaped(name)}"
        yield f"N:{escaped(name)};;;;"
        yield f"UID:{self._uid(f'person:{person.id}')}"
        yield f"ORG:{escaped(self.firm)}"
        if title := person.title.said(self.language):
            yield f"TITLE:{escaped(title)}"
        texted = {way.to for way in person.reach if way.via == "sms"}
        called = {way.to: None for way in person.reach if way.via == "voice" and way.to}
        for number in called:
            yield self._number(number, texts=number in texted)
        for number in sorted(texted - set(called) - {""}):
            yield self._number(number, texts=True, calls=False)
        for mail in dict.fromkeys(way.to for way in person.reach if way.via == "email" and way.to):
            yield f"EMAIL:{escaped(mail)}"

    def _emergency(self, numbers: tuple[str, ...]) -> Iterator[str]:
        name = EMERGENCY.said(self.language)
        yield f"FN:{escaped(name)}"
        yield f"N:{escaped(name)};;;;"
        yield f"UID:{self._uid('emergency-call')}"
        yield f"ORG:{escaped(self.firm)}"
        for number in numbers:
            yield self._number(number, texts=True)
        yield f"NOTE:{escaped(FAVOURITE.said(self.language))}"

    def _number(self, number: str, *, texts: bool, calls: bool = True) -> str:
        """A number: as a `tel:` address in 4.0, as it stands in 3.0."""
        kinds = ["voice"] * calls
        if self.version == "4.0":
            kinds += ["text"] * texts
            quoted = f'"{",".join(kinds)}"' if len(kinds) > 1 else kinds[0]
            return f"TEL;VALUE=uri;TYPE={quoted}:tel:{number}"
        kinds += ["msg"] * texts
        return f"TEL;TYPE={','.join(kinds)}:{escaped(number)}"

    def _uid(self, about: str) -> str:
        return escaped(f"urn:responder:{about}") if self.version == "4.0" else escaped(about)


def escaped(text: str) -> str:
    """A value in which nothing is taken for structure; control characters are left out."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in plain if c == "\n" or c.isprintable()).translate(_ESCAPES)


def folded(line: str) -> str:
    """A line in pieces of at most 75 octets, none of which cuts a character in two."""
    pieces, piece, room = list[str](), "", LONGEST_LINE
    for one in line:
        size = len(one.encode())
        if size > room:
            pieces.append(piece)
            piece, room = "", LONGEST_LINE - 1
        piece, room = piece + one, room - size
    return "\r\n ".join([*pieces, piece])
