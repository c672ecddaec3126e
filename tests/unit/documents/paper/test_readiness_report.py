"""The readiness report: one picture, five numbers, the worst five; then every control and gap."""

from datetime import date, datetime, timedelta

import pytest

from responder.documents.paper.press import made
from responder.domain.assessment import Assessment
from responder.domain.people import Person
from responder.domain.site import Firm, Site
from responder.domain.words import Words
from responder.readiness.control import Gap, Light, Standing
from responder.readiness.controls import every_control
from responder.readiness.report_facts import FAMILIES, family_of, readiness_report
from responder.readiness.situation import Situation
from tests.fakes.pdf import read

AT = datetime.fromisoformat("2026-11-23T15:00+08:00")
OWNER = Person("zhang.wei", Words("张伟", "Zhang Wei"))
LIGHTS = {"7.1-1": "red", "7.1-R.e": "red", "7.1-k": "amber", "7.1-y": "green", "5.8-3": "green"}


def standing(id, light, gaps=2):
    found = tuple(
        Gap(
            Words(f"缺{id}之{n}", f"lacks {id} {n}"), Words("mend it"), light, "zhang.wei" * (n % 2)
        )
        for n in range(gaps if light is not Light.GREEN else 0)
    )
    reason = found[0].what if found else Words("都在", "all there")
    mend = found[0].mend if found else Words()
    return Standing(
        id, Words(f"条款{id}", f"clause {id}"), light, reason, mend, found, date(2026, 9, 1)
    )


def facts(lights=LIGHTS, days=0):
    site = Site(firm=Firm(Words("示例证券", "Example Securities")), people={OWNER.id: OWNER})
    history = tuple(
        Assessment(AT.date() - timedelta(days=n), AT, dict.fromkeys(lights, "red"))
        for n in range(1, days + 1)
    )
    standings = [standing(id, Light(light)) for id, light in lights.items()]
    return readiness_report(Situation(site, AT, assessments=history), standings, "3f9a1c")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_page_one_tells_it_and_nothing_is_left_out(language):
    """Numbers and the worst on page one; every control, gap and owner behind it."""
    found = read(made("readiness", facts(), language).pdf)
    first = "".join(found.pages[0].split())
    for said in ("2/5", "7.1-1", "7.1-R.e", "83天" if language == "zh" else "83d"):
        assert said in first
    for id, light in LIGHTS.items():
        assert id in found.text
        sign = {"red": "×", "amber": "△", "green": "○"}[light]
        word = {
            "red": ("不合格", "not met"),
            "amber": ("待办", "to be seen to"),
            "green": ("合格", "in order"),
        }
        assert f"{sign} {word[light][language == 'en']}".replace(" ", "") in found.flat
        for n in range(2 if light != "green" else 0):
            lacking = f"缺{id}之{n}" if language == "zh" else f"lacks{id}{n}"
            assert lacking in found.flat
    assert ("张伟：3处" if language == "zh" else "ZhangWei:3") in found.flat


def test_the_red_stand_before_the_amber_and_five_are_shown():
    """The worst first; more than five are left to the table."""
    worst = facts(
        {f"7.2-{n}": "amber" for n in range(4)} | {"5.8-1": "red", "5.8-2": "red"}
    ).worst()
    assert [one.light for one in worst] == [Light.RED] * 2 + [Light.AMBER] * 3


def test_a_trend_needs_two_days():
    """One day is no trend."""
    assert "走势" not in read(made("readiness", facts(), "zh").pdf).text
    assert "走势" in read(made("readiness", facts(days=3), "zh").pdf).text
    assert [day for day, _ in facts(days=2).trend()] == [
        date(2026, 11, 21),
        date(2026, 11, 22),
        date(2026, 11, 23),
    ]


def test_all_in_order_is_said():
    """Nothing lacking is said in words, not by an empty table."""
    assert "没有缺口" in read(made("readiness", facts({"7.1-1": "green"}), "zh").pdf).text


def test_every_control_has_its_part():
    """No control of the standard falls under 'other'."""
    assert {family_of(one.id) for one in every_control()} <= FAMILIES.keys() - {"other"}
    expected = {
        "7.1-x'": "drills",
        "7.1-aa": "drills",
        "7.1-o.1": "watch",
        "7.1-m.3": "watch",
        "7.1-3a": "organisation",
        "7.1-v": "material",
        "9.9-1": "other",
    }
    assert {id: family_of(id) for id in expected} == expected


def test_the_same_standing_gives_the_same_bytes():
    """No clock in it."""
    assert made("readiness", facts(days=2), "en").pdf == made("readiness", facts(days=2), "en").pdf
