"""The contact manual: everybody and every unit, on A4, on A6 and on a page; fit for a fax."""

import re
import zlib
from base64 import b64encode
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from responder.documents.manual_page import manual_page
from responder.documents.paper.contact_manual import contact_manual
from responder.domain.contact_manual import SIZES, ContactManual
from responder.domain.numbers import number_shown
from responder.domain.organisation import Body, Command, Liaison, Role
from responder.domain.people import Person, Way
from responder.domain.register import UNIT_KINDS, Unit
from responder.domain.site import Firm, Site
from responder.domain.words import Words
from responder.site.loader import load
from responder.site.sample import sample_folder
from tests.fakes.pdf import read

ALLOWED = {
    *("html", "head", "meta", "title", "style", "script", "body", "header", "main", "section"),
    *("h1", "h2", "p", "div", "input", "ol", "li", "a"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}
AT = datetime.fromisoformat("2026-11-23T15:00+08:00")
NAMES = (
    st.text("张王李赵陈国伟敏静网络应急0123456789abcXYZ-（）<&\"'", min_size=1, max_size=12)
    .map(str.strip)
    .filter(bool)
)
WORDS = st.builds(Words, NAMES, NAMES)
REACH = st.lists(
    st.builds(
        Way,
        st.sampled_from(["voice", "sms", "email", "slack", "by_hand"]),
        NAMES,
        st.sampled_from(["", "phone", "fax", "内线"]),
    ),
    max_size=4,
).map(tuple)


@st.composite
def sites(draw):
    """Random firms: people with or without posts, units of any kind, bodies with strangers."""
    ids = draw(
        st.lists(st.from_regex(r"[a-z]{2,6}\.[a-z]{2,6}", fullmatch=True), max_size=12, unique=True)
    )
    people = {
        id: draw(
            st.builds(
                Person,
                st.just(id),
                WORDS,
                st.sampled_from(["", "technology", "x"]),
                title=WORDS,
                reach=REACH,
            )
        )
        for id in ids
    }
    some = st.sampled_from([*ids, "", "gone.one"])
    roles = {
        f"r{n}": draw(st.builds(Role, st.just(f"r{n}"), WORDS, primary=some, backup=some))
        for n in range(draw(st.integers(0, 3)))
    }
    units = {
        f"u{n}": draw(
            st.builds(
                Unit,
                st.just(f"u{n}"),
                st.sampled_from([*UNIT_KINDS, "odd"]),
                WORDS,
                WORDS,
                WORDS,
                REACH,
                WORDS,
            )
        )
        for n in range(draw(st.integers(0, 6)))
    }
    listed = st.lists(some, max_size=4).map(tuple)
    return Site(
        firm=Firm(Words("示例证券", "Example Securities")),
        people=people,
        roles=roles,
        units=units,
        command=Command(draw(st.builds(Body, some, listed)), draw(listed)),
        execution_body=draw(st.builds(Body, some, listed)),
        liaisons=tuple(draw(st.lists(st.builds(Liaison, some, NAMES, NAMES), max_size=2))),
    )


def bare(text):
    """A text without white space: a line may break anywhere."""
    return "".join(text.split())


def wanted(site, language):
    """Every name and every line to dial or write to that the manual has to hold."""
    for person in site.people.values():
        yield person.name.said(language)
        yield from (number_shown(way.to, language) for way in person.reach)
    for unit in site.units.values():
        yield from (
            one.said(language) for one in (unit.name, unit.business, unit.contact, unit.remarks)
        )
        yield from (number_shown(way.to, language) for way in unit.reach)
    for one in site.liaisons:
        yield from (number_shown(one.duty_phone, language), number_shown(one.fax, language))
    yield from (
        p for p in (*site.command.succession, *site.command.body.everyone) if p == "gone.one"
    )


@settings(max_examples=25, deadline=None)
@given(sites(), st.sampled_from(SIZES), st.sampled_from(["zh", "en"]))
def test_it_holds_everybody_and_every_unit(site, size, language):
    """Whoever is in the register is in the manual, with every way; nothing is left out for room."""
    manual = ContactManual(site, "3f9a1c2b", AT, size)
    said = read(contact_manual(manual, language).bytes()).flat
    missing = [one for one in wanted(site, language) if bare(one) not in said]
    assert missing == []


@settings(max_examples=25, deadline=None)
@given(sites(), st.sampled_from(["zh", "en"]))
def test_so_does_the_page(site, language):
    """The page holds the same, and every word of it as a word, never as markup."""
    reader = Reader()
    reader.feed(manual_page(ContactManual(site, "3f9a1c2b", AT), language))
    said = bare("".join(reader.words))
    assert [one for one in wanted(site, language) if bare(one) not in said] == []
    assert reader.tags <= ALLOWED


class Reader(HTMLParser):
    """The words, the tags and what they would fetch or run."""

    def __init__(self):
        super().__init__()
        self.words, self.tags, self.addresses, self.policy = [], set(), [], ""
        self.inside, self.inline = [], {"style": "", "script": ""}

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.tags.add(tag)
        assert not [name for name in given if name.startswith("on") or name == "style"]
        self.addresses += [given[name] for name in ("src", "href", "action") if name in given]
        if given.get("http-equiv") == "Content-Security-Policy":
            self.policy = given["content"]
        if tag not in ("meta", "input"):
            self.inside.append(tag)

    def handle_endtag(self, tag):
        assert self.inside.pop() == tag

    def handle_data(self, data):
        if self.inside and self.inside[-1] in self.inline:
            self.inline[self.inside[-1]] += data
        else:
            self.words.append(data)


@pytest.fixture(scope="module")
def sample():
    return load(sample_folder()).site


def test_the_page_fetches_nothing_and_runs_its_own_script_alone(sample):
    """No address but `tel:`; the policy names this style and this script by hash, nothing else."""
    reader = Reader()
    reader.feed(manual_page(ContactManual(sample, "3f9a1c2b", AT), "zh"))
    assert all(re.fullmatch(r"tel:\+?\d+", one) for one in reader.addresses)
    assert reader.addresses
    hashes = {
        kind: b64encode(sha256(text.encode()).digest()).decode()
        for kind, text in reader.inline.items()
    }
    assert reader.policy == (
        f"default-src 'none'; style-src 'sha256-{hashes['style']}'; script-src"
        f" 'sha256-{hashes['script']}'; base-uri 'none'; form-action 'none'"
    )
    assert "http" not in "".join(reader.inline.values())


def drawn(pdf):
    """The drawing of every page, as operators."""
    for stream in re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL):
        try:
            yield zlib.decompress(stream)
        except zlib.error:
            continue


@pytest.mark.parametrize(("size", "least"), [("a4", 9.0), ("a6", 8.0)])
def test_it_goes_through_a_fax(sample, size, least):
    """Black and white alone, and no letter smaller than a fax resolves."""
    pdf = contact_manual(ContactManual(sample, "3f9a1c2b", AT, size), "zh").bytes()
    pages = [one for one in drawn(pdf) if b" Tf" in one]
    assert len(pages) >= 10
    shades = {float(g) for page in pages for g in re.findall(rb"([\d.]+) [gG]\b", page)}
    assert shades <= {0.0, 1.0}
    assert not any(
        re.search(rb"\b(rg|RG|k|K)\b", re.sub(rb"\((\\.|[^\\)])*\)", b"", page)) for page in pages
    )
    sizes = {float(s) for page in pages for s in re.findall(rb"/F\d\+\d+ ([\d.]+) ", page)}
    assert sizes
    assert min(sizes) >= least


@pytest.mark.parametrize(("size", "wide", "high"), [("a4", 210, 297), ("a6", 105, 148)])
def test_sheets_have_their_size_and_every_page_its_foot(sample, size, wide, high):
    """A4 or A6; version, date, page of pages, destroy older copies, on each."""
    from io import BytesIO

    made = contact_manual(ContactManual(sample, "3f9a1c2b", AT, size), "zh").made()
    box = PdfReader(BytesIO(made.pdf)).pages[0].mediabox
    assert (round(float(box.width) / 72 * 25.4), round(float(box.height) / 72 * 25.4)) == (
        wide,
        high,
    )
    pages = read(made.pdf).pages
    for number, page in enumerate(pages, 1):
        for said in (
            "旧版作废销毁",
            "版本 3f9a1c2b",
            "日期 2026-11-23 15:00",
            f"第 {number} 页 共 {len(pages)} 页",
        ):
            assert said in page


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_page_one_is_enough_when_nothing_works(sample, size, language):
    """The succession with numbers, the duty phones with fax, what to do."""
    first = bare(
        read(contact_manual(ContactManual(sample, "1", AT, size), language).bytes()).pages[0]
    )
    for id in sample.command.succession:
        person = sample.people[id]
        assert person.name.said(language).replace(" ", "") in first
        assert (
            bare(number_shown(next(w.to for w in person.reach if w.via == "voice"), language))
            in first
        )
    for one in sample.liaisons:
        assert bare(number_shown(one.duty_phone, language)) in first
        assert bare(number_shown(one.fax, language)) in first
    assert ("网络恢复后" if language == "zh" else "Networkback") in first


def test_units_are_under_their_kinds_with_the_standards_five_columns(sample):
    """The eleven kinds as headings; the five columns of 4.7 over each."""
    found = read(contact_manual(ContactManual(sample, "1", AT), "zh").bytes())
    titles = [title for title, _ in found.outline]
    start = titles.index("关联单位联系表")
    assert len(titles[start + 1 :]) == len(UNIT_KINDS) + 1, "and the index by name"
    assert titles[-1] == "姓名索引"
    assert found.flat.count("单位名称业务事项联系人联系方式备注") >= len(UNIT_KINDS)


@pytest.mark.parametrize("size", SIZES)
def test_the_same_register_gives_the_same_bytes(sample, size):
    """Made twice it is the same file."""
    manual = ContactManual(sample, "1", AT, size)
    assert contact_manual(manual, "zh").bytes() == contact_manual(manual, "zh").bytes()


def test_an_empty_register_makes_a_manual():
    """Nobody and nothing: the pages say so."""
    for size in SIZES:
        assert (
            "无"
            in read(
                contact_manual(ContactManual(replace(Site()), "1", AT, size), "zh").bytes()
            ).text
        )
