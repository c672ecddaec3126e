"""The picture of a simulation: everybody in it, in black, white and grey, as SVG and PNG."""

import re
from datetime import datetime, timedelta
from io import BytesIO
from xml.etree import ElementTree as ET

import pytest
from PIL import Image

from responder.commands.obligations.foreseen import clocks_started
from responder.documents.drawing import FINE, png
from responder.documents.simulated import Simulated
from responder.documents.simulated_picture import picture_of
from responder.domain.roster import Roster
from responder.domain.simulation import Scenario, simulate
from responder.site.loader import load
from responder.site.sample import sample_folder

AT = datetime.fromisoformat("2026-09-28T10:00:00+08:00")
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def site():
    return load(sample_folder()).site


def shown(site, language="zh", playbook="trading-outage", **more) -> Simulated:
    found = simulate(Roster(site), site.playbooks[playbook], Scenario(AT, 2, **more))
    clocks = clocks_started(site, site.playbooks[playbook], 2, AT)
    return Simulated(site, found, clocks, 2, language)


def words(svg: str) -> list[str]:
    return [one.text or "" for one in ET.fromstring(svg).iter(f"{SVG}text")]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_everybody_rung_or_asked_has_a_row(site, language):
    """With their name, and what came of it at the head."""
    told = shown(site, language, unreachable=frozenset({"chen.guo", "sun.qiang"}))
    written = words(picture_of(told).svg())
    for person in told.people:
        assert site.people[person].name.said(language) in written
    assert sum(one in ("联系不上", "unreachable") for one in written) == 2
    leader = site.people["zhang.wei"].name.said(language)
    assert any("4:00" in one and leader in one for one in written)


def test_the_clocks_stand_beneath(site):
    """With recipient, instant and rule."""
    written = words(picture_of(shown(site, "en")).svg())
    assert "Emergency report" in written
    assert "09-28 14:00" in written
    assert "within 4 hours of becoming aware" in written


def test_no_colour_at_all(site):
    """It has to survive a fax: every shade is a grey."""
    svg = picture_of(shown(site, failed=frozenset({"slack"}))).svg()
    shades = set(re.findall(r"#([0-9a-f]{6}|[0-9a-f]{3})\b", svg))
    assert shades
    assert all(len(set(re.findall("..", s) if len(s) == 6 else s)) == 1 for s in shades)


def test_a_refused_ring_is_hollow(site):
    """Beside one that got through, which is filled."""
    svg = picture_of(shown(site, "en", failed=frozenset({"voice"}))).svg()
    assert "hollow: refused" in words(svg)
    fills = {one.get("fill") for one in ET.fromstring(svg).iter(f"{SVG}circle")}
    assert "#ffffff" in fills


def test_forty_people_fit(site):
    """Each row keeps its height; nothing is drawn outside."""
    reach = frozenset({"tao.jing"})
    told = shown(
        site,
        playbook="key-people-unavailable",
        unreachable=frozenset(site.people) - reach,
        until=timedelta(minutes=90),
    )
    picture = picture_of(told)
    assert len(told.people) > 12
    for one in ET.fromstring(picture.svg()).iter(f"{SVG}text"):
        assert 0 <= float(one.get("x", "0")) <= picture.width
        assert 0 <= float(one.get("y", "0")) <= picture.height


def test_the_png_is_the_same_picture(site):
    """In grey, at twice the pixels."""
    picture = picture_of(shown(site))
    with Image.open(BytesIO(png(picture))) as image:
        assert image.mode == "L"
        assert image.size == (picture.width * FINE, picture.height * FINE)
        darkest, lightest = image.getextrema()
        assert (darkest, lightest) == (0, 255)


def test_words_are_escaped(site):
    """A name with marks of its own stays a name."""
    from dataclasses import replace

    from responder.domain.words import Words

    odd = replace(site.people["pan.wen"], name=Words("<潘>&文", "<Pan> & Wen"))
    strange = replace(site, people={**site.people, "pan.wen": odd})
    assert "<潘>&文" in words(picture_of(shown(strange)).svg())
