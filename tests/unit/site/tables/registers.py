"""Registers of every shape that a table can hold, drawn at random."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st

from responder.domain.organisation import BODY_DUTIES, Body, Command, Liaison, Role
from responder.domain.people import CHAT, DEPARTMENTS, VIAS, Person, Way
from responder.domain.register import UNIT_KINDS, Unit
from responder.domain.rota import Absence, Override, Rotation
from responder.domain.site import Site
from responder.domain.words import Words
from responder.site.tables.cells import EMPTIED

IDS = st.from_regex(r"[a-z]{1,6}(\.[a-z]{1,4})?", fullmatch=True)
SAID = st.text(
    st.sampled_from("张伟应急值守Risk & Co=+-@'\"#(（）)、;,/\n 转12无"), max_size=12
).map(str.strip)
TEXT = SAID.filter(lambda text: text.casefold() not in EMPTIED and text[:1] != "'")
"""No text that stands for nothing at all, and none that begins as a CSV cell kept from harm."""
WORDS = st.builds(Words, TEXT, TEXT)
NUMBERS = st.integers(0, 10**8 - 1).map(lambda n: f"+86138{n:08d}")
SECONDS = st.integers(60, 10**6).map(lambda n: timedelta(seconds=n))
INSTANTS = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
LOCALS = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1))  # noqa: DTZ001
ZONES = st.sampled_from(["Asia/Shanghai", "Asia/Hong_Kong", "Europe/London", "America/New_York"])
PLAIN = st.from_regex(r"[A-Za-z0-9+@.]{0,12}", fullmatch=True)
NOTES = st.from_regex(r"[a-z总机转]{0,8}", fullmatch=True)
OTHERS = [via for via in VIAS if via not in ("voice", "sms")]
WAYS = st.builds(Way, st.sampled_from(OTHERS), PLAIN, st.sampled_from(["", "phone", "fax"]), NOTES)
DIALLED = st.builds(Way, st.sampled_from(["voice", "sms"]), NUMBERS)
REACH = st.lists(WAYS | DIALLED, max_size=4).map(tuple)


def keyed(built, ids=IDS):
    """Things by id."""
    return st.lists(ids, unique=True, max_size=4).flatmap(
        lambda found: st.tuples(*map(built, found)).map(
            lambda them: dict(zip(found, them, strict=True))
        )
    )


def _person(id):
    return st.builds(
        Person,
        st.just(id),
        WORDS,
        st.sampled_from(("", *DEPARTMENTS, "executive")),
        st.sampled_from(("", *DEPARTMENTS)),
        WORDS,
        st.sampled_from(("zh", "en")),
        ZONES,
        REACH,
    ).map(_with_accounts_of_their_own)


def _with_accounts_of_their_own(person):
    """Two people with one chat account are refused, and rightly so."""
    ways = (
        replace(way, to=f"{person.id}:{way.to}") if way.via in CHAT else way for way in person.reach
    )
    return replace(person, reach=tuple(ways))


def _unit(id):
    return st.builds(
        Unit,
        st.just(id),
        st.sampled_from(("", *UNIT_KINDS)),
        *[WORDS] * 3,
        reach=REACH,
        remarks=WORDS,
        receives_our_contacts=st.booleans(),
        verified_on=st.none() | st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    )


@st.composite
def registers(draw):
    """A site whose lists name its people, or somebody that it does not know."""
    people = draw(keyed(_person))
    who = st.sampled_from([*people, "no.body"])
    some = st.lists(who, max_size=3).map(tuple)
    rotations = draw(
        keyed(lambda id: st.builds(Rotation, st.just(id), LOCALS, ZONES, SECONDS, some))
    )
    ends = st.tuples(INSTANTS, SECONDS).map(lambda one: (one[0], one[0] + one[1]))
    spans = st.lists(ends, max_size=3)
    duties = st.dictionaries(st.sampled_from([*BODY_DUTIES]), WORDS, max_size=2)
    body = st.builds(Body, st.just("") | who, some, st.booleans(), duties)
    return Site(
        people=people,
        roles=draw(keyed(lambda id: st.builds(Role, st.just(id), WORDS, IDS, IDS, who, who))),
        rotations=rotations,
        overrides=tuple(
            dict.fromkeys(
                Override(
                    draw(st.sampled_from([*rotations, "x"])), start, end, draw(who), draw(TEXT)
                )
                for start, end in draw(spans)
            )
        ),
        absences=tuple(
            dict.fromkeys(Absence(draw(who), start, end, draw(TEXT)) for start, end in draw(spans))
        ),
        teams=draw(keyed(lambda _: some)),
        command=Command(draw(body), draw(some), draw(SECONDS)),
        execution_body=draw(body),
        liaisons=tuple(
            draw(keyed(lambda id: st.builds(Liaison, st.just(id), NUMBERS, NUMBERS), who)).values()
        ),
        units=draw(keyed(_unit)),
    )
