"""One field changed as people ask for it, and somebody found by what one remembers of them."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from responder.domain.contact_edit import address, dialled, edited, field_of
from responder.domain.contact_search import found
from responder.domain.organisation import Liaison, Role
from responder.domain.people import Person, Way
from responder.domain.register import Unit
from responder.domain.roster import Roster
from responder.domain.site import Site
from responder.domain.words import Words
from responder.errors import BadInput, UnknownId

NOW = datetime(2026, 11, 23, tzinfo=UTC)
SITE = Site(
    people={
        "zhang.wei": Person(
            "zhang.wei",
            Words("张伟", "Zhang Wei"),
            "technology",
            "",
            Words("信息技术部总经理", "Head of IT"),
            reach=(
                Way("slack", "U1"),
                Way("voice", "+8613800138000"),
                Way("voice", "+862150003001"),
                Way("sms", "+8613800138000"),
                Way("sms", "+8613800138001"),
            ),
        ),
        "zhang.min": Person("zhang.min", Words("张敏", "Zhang Min"), "risk", "", Words("经理")),
        "li.na": Person("li.na", Words("李娜", "Li Na"), "technology"),
    },
    roles={"it_lead": Role("it_lead", Words("信息技术负责人", "Head of IT"), primary="zhang.wei")},
    liaisons=(Liaison("zhang.wei", "+862150001111", "+862150002222"),),
    units={
        "grid": Unit(
            "grid",
            "power_telecom",
            Words("示例供电公司", "Example Power"),
            Words("市电抢修", "Mains"),
            Words("值班", "Desk"),
            (Way("by_hand", "95598", "phone", "报户号"),),
        )
    },
)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("13900139000", "+8613900139000"),
        ("139 0013-9000", "+8613900139000"),
        ("+86 139 0013 9000", "+8613900139000"),
        ("0086 13900139000", "+8613900139000"),
        ("021-50001111", "+862150001111"),
        ("(021) 5000 1111", "+862150001111"),
        ("+44 20 7946 0000", "+442079460000"),
    ],
)
def test_numbers_however_typed(typed, number):
    """Brought to E.164, the form in which everything else compares them."""
    assert dialled(typed) == number


@pytest.mark.parametrize(
    "typed", ["", "12", "110", "1390013900", "abc", "+0123456", "138001380001"]
)
def test_no_number(typed):
    """Half of one is refused before anybody is asked to agree."""
    with pytest.raises(BadInput):
        dialled(typed)
    with pytest.raises(BadInput):
        address(typed)


def reach(site, person="zhang.wei"):
    return [f"{way.via} {way.to}" for way in site.people[person].reach]


def test_a_mobile_takes_its_texts_along():
    """The first number rung changes, and the texts that went to that very number."""
    assert reach(edited(SITE, "zhang.wei", "phone", "１３９００１３９０００")) == [
        "slack U1",
        "voice +8613900139000",
        "voice +862150003001",
        "sms +8613900139000",
        "sms +8613800138001",
    ]
    assert reach(edited(SITE, "li.na", "phone", "13900139000"), "li.na") == ["voice +8613900139000"]


def test_what_a_unit_has_and_a_person_has_not():
    """A unit's telephone is dialled by hand, its note kept; a person's fax is a liaison's."""
    site = edited(SITE, "unit:grid", "phone", "95599")
    assert site.units["grid"].reach == (Way("by_hand", "95599", "phone", "报户号"),)
    site = edited(SITE, "unit:grid", "email", "duty@example.com")
    assert site.units["grid"].reach[-1] == Way("email", "duty@example.com")
    site = edited(SITE, "zhang.wei", "fax", "021-50009999")
    assert site.liaisons == (Liaison("zhang.wei", "+862150001111", "+862150009999"),)
    for whom, field in (("li.na", "fax"), ("unit:grid", "title"), ("li.na", "contact")):
        with pytest.raises(BadInput):
            edited(SITE, whom, field, "021-50009999")


def test_texts_in_one_language_or_two():
    """`中文 | English` says both; a name in one language leaves the other as it was."""
    two = edited(SITE, "zhang.wei", "title", "首席信息官 | CIO").people["zhang.wei"].title
    assert two == Words("首席信息官", "CIO")
    assert edited(SITE, "zhang.wei", "name", "张维").people["zhang.wei"].name == Words(
        "张维", "Zhang Wei"
    )


def test_fields_by_the_words_people_use():
    """号码, mobile, phone are one field; what is none is refused with near misses."""
    assert {field_of(word) for word in ("号码", "Mobile", "phone", " 电话 ")} == {"phone"}
    with pytest.raises(UnknownId, match="email"):
        field_of("emial")


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("zhang.wei", ("zhang.wei",)),
        ("@zhang.wei", ("zhang.wei",)),
        ("zhangwei", ("zhang.wei",)),
        ("张伟", ("zhang.wei",)),
        ("Zhang Wei", ("zhang.wei",)),
        ("张", ("zhang.wei", "zhang.min")),
        ("zhang", ("zhang.wei", "zhang.min")),
        ("娜", ("li.na",)),
        ("技术", ("zhang.wei", "li.na")),
        ("technology", ("zhang.wei", "li.na")),
        ("信息技术负责人", ("zhang.wei",)),
        ("供电", ("unit:grid",)),
        ("unit:grid", ("unit:grid",)),
        ("power_telecom", ("unit:grid",)),
        ("抢修", ("unit:grid",)),
        ("王五", ()),
        ("z", ()),
        ("", ()),
    ],
)
def test_somebody_is_found(said, meant):
    """By a name or a part, the letters of an id, a department, a post; the likeliest first."""
    assert found(Roster(SITE), said, NOW) == meant


def test_who_is_gone_is_not_found():
    """Somebody removed is nobody."""
    assert found(Roster(SITE, frozenset({"zhang.wei"})), "张", NOW) == ("zhang.min",)


def test_a_few_are_offered():
    """A list to choose from is short."""
    many = {f"p{n:02}": Person(f"p{n:02}", Words(f"人{n}"), "risk") for n in range(30)}
    assert len(found(Roster(replace(SITE, people=many)), "risk", NOW)) == 8
