"""The work card on A6: what to do, whom to call, and a code that leads to the live card."""

import re
import zlib
from dataclasses import replace
from datetime import datetime
from io import BytesIO

import pytest
import segno
from pypdf import PdfReader

from responder.documents.paper.press import made
from responder.documents.paper.qr import QUIET_ZONE
from responder.documents.paper.work_card import QR_SIDE, work_card
from responder.domain.card_making import card_holders, cards_of
from responder.domain.work_card import CardSheet
from responder.site.loader import load
from responder.site.sample import sample_folder
from tests.fakes.pdf import read

AT = datetime.fromisoformat("2026-11-23T15:00+08:00")
LINK = "https://er.example.com/card/card3x7a68616e672e776569abcdef0123456789abc"


@pytest.fixture(scope="module")
def site():
    return load(sample_folder()).site


def sheet(site, person, link=LINK):
    return CardSheet(cards_of(site, (person,))[person], 3, AT, link)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_holder_has_a_card_with_all_its_tasks(site, language):
    """Each task of the plan stands on the card, by name, under its playbook."""
    for person in card_holders(site):
        one = sheet(site, person)
        found = read(work_card(one, language).bytes())
        assert "".join(one.card.name.said(language).split()) in found.flat
        for scheme in one.card.schemes:
            for title, _ in scheme.tasks:
                assert "".join(title.said(language).split()) in found.flat
        for page in found.pages:
            assert ("旧版作废销毁" if language == "zh" else "destroy older copies") in page


def test_the_sheet_is_a6(site):
    """A wallet's size."""
    box = PdfReader(BytesIO(work_card(sheet(site, "hu.bin"), "zh").bytes())).pages[0].mediabox
    assert (round(float(box.width)), round(float(box.height))) == (298, 420)


def modules(pdf):
    """The dark modules of the code, read back from the rectangles on page one."""
    for stream in re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL):
        try:
            page = zlib.decompress(stream)
        except zlib.error:
            continue
        side = len(segno.make_qr(LINK, error="m").matrix)
        module = QR_SIDE / (side + 2 * QUIET_ZONE)
        boxes = [
            tuple(map(float, one))
            for one in re.findall(rb"n ([\d.]+) ([\d.]+) ([\d.]+) ([\d.]+) re f", page)
        ]
        runs = [one for one in boxes if abs(one[3] - module * 1.02) < 0.01]
        if runs:
            return side, module, runs
    return None


def test_the_code_says_the_link(site):
    """What is drawn, module for module, is the code of the link, with its quiet zone."""
    found = modules(work_card(sheet(site, "zhang.wei"), "zh").bytes())
    assert found
    side, module, runs = found
    left, top = min(x for x, *_ in runs), max(y for _, y, *_ in runs) + module
    dark = {
        (round((top - y - module) / module), round((x - left) / module) + n)
        for x, y, wide, _ in runs
        for n in range(round(wide / module))
    }
    matrix = segno.make_qr(LINK, error="m").matrix
    assert dark == {(r, c) for r in range(side) for c in range(side) if matrix[r][c]}


def test_without_an_address_it_bears_no_code_and_says_so(site):
    """No QR code, and the card says where the live version is."""
    pdf = work_card(sheet(site, "zhang.wei", ""), "zh").bytes()
    assert modules(pdf) is None
    assert "本卡没有二维码" in read(pdf).flat


def test_the_press_makes_it_the_same_each_time(site):
    """The kind is known to the press; the same card gives the same bytes."""
    one = made("work-card", sheet(site, "hu.bin"), "zh")
    assert one.pdf == made("work-card", sheet(site, "hu.bin"), "zh").pdf
    other = replace(sheet(site, "hu.bin"), version=4)
    assert made("work-card", other, "zh").pdf != one.pdf


def test_a_person_of_many_posts_loses_none(site):
    """Everybody's every post is named."""
    card = cards_of(site, ("feng.lan",))["feng.lan"]
    said = read(work_card(CardSheet(card, 1, AT), "zh").bytes()).flat
    assert "综合负责人（备岗）" in said
    assert "新闻发言人（备岗）" in said
