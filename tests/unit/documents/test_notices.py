"""Every notice of the sample site in every form and language, and what people type in it."""

from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from responder.documents.notice_faults import forms_missing
from responder.documents.notice_samples import sample_notice
from responder.documents.notices import NoTemplate, NoticeTemplates
from responder.documents.template_faults import faults_of
from responder.domain.notice import NUMBER, OF_INCIDENT, stamped
from responder.domain.notice_blanks import BLANKS
from responder.domain.notice_rules import LONGEST_SMS
from responder.domain.outlet import FORMS

FOLDER = Path(__file__).parents[3] / "templates" / "notices"
FAULTS = sorted({path.name.partition(".")[0] for path in FOLDER.glob("zh/[!_]*.txt.j2")})
TEMPLATES = NoticeTemplates(FOLDER)
TYPED = [name for name in BLANKS if name not in ("no", "publish_date", "publish_time")]


@pytest.mark.parametrize(
    ("fault", "of_incident", "language"), list(product(FAULTS, OF_INCIDENT, ("zh", "en")))
)
def test_every_notice_is_made_in_every_form(fault, of_incident, language):
    """All forms say something, lack nothing, and the SMS is one."""
    written = TEMPLATES.written(f"{fault}.{of_incident}", language, sample_notice(language))
    assert tuple(written.texts) == FORMS
    assert all(written.texts.values())
    assert written.lacking == ()
    signed = len("【示例证券】") * (language == "zh")
    assert len(written.texts["sms"]) + signed <= LONGEST_SMS[language]
    zone = "北京时间" if language == "zh" else "Beijing time"
    assert all(zone in text for form, text in written.texts.items() if form != "sms")


def test_a_drill_is_marked_first():
    """Nothing stands before the mark, in any form."""
    for language, mark in (("zh", "【演练】"), ("en", "DRILL")):
        facts = sample_notice(language)
        for form, text in TEMPLATES.written("fire.first", language, facts, True).texts.items():
            assert text.startswith("演练：" if (language, form) == ("zh", "sms") else mark)


def test_what_is_not_filled_is_named():
    """The blanks that a text needs and nobody filled; those that may stay empty are none."""
    facts = sample_notice("zh", scope="", restored_part="")
    written = TEMPLATES.written("trading-outage.first", "zh", facts)
    assert written.lacking == ("scope",)
    assert "⟦?scope⟧" in written.texts["investors"]


@given(st.sampled_from(TYPED), st.text(min_size=1, max_size=200))
def test_what_people_type_is_data(name, typed):
    """Braces, tags and the rest come out as they went in; nothing is carried out."""
    hostile = typed + "{{ 7 * 7 }}{% for x in y %}<img src=http://a/>"
    texts = TEMPLATES.written("trading-outage.first", "zh", sample_notice("zh", **{name: hostile}))
    for text in texts.texts.values():
        assert "49" not in text.replace(hostile, "")
        assert "{{ 7 * 7 }}" in text or hostile[:5] not in text or name not in text


@given(st.text(max_size=100), st.text(max_size=100))
def test_two_outlets_of_a_form_say_the_same(scope, symptom):
    """The same facts make the same text, every time; the number is put in the same way."""
    facts: dict[str, Any] = sample_notice("zh", scope=scope, symptom_public=symptom)
    one, two = (NoticeTemplates(FOLDER).written("fire.first", "zh", facts) for _ in range(2))
    assert one == two
    sent = [stamped(w.texts["investors"], "2026-001", "今天", "此刻") for w in (one, two)]
    assert sent[0] == sent[1]
    assert NUMBER not in sent[0]


def test_a_notice_without_a_template_is_refused(tmp_path):
    """No text is made up where the site has none."""
    (tmp_path / "zh").mkdir()
    with pytest.raises(NoTemplate):
        NoticeTemplates(tmp_path).written("fire.first", "zh", {})


def test_a_missing_form_is_named(tmp_path):
    """A fault's notice that no file can make is found, once, with the file to write."""
    for language in ("zh", "en"):
        (tmp_path / language).mkdir()
        (tmp_path / language / "fire.first.txt.j2").write_text("x", encoding="utf-8")
    missing = list(forms_missing(tmp_path, ("zh", "en")))
    assert "zh/_follow-up.txt.j2" in missing
    assert "en/_hotline.txt.j2" in missing
    assert "zh/_first.txt.j2" not in missing
    assert len(missing) == len(set(missing))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{% extends 'trading-outage.first.txt.j2' %}{{ sope }}", "没有“sope”这项内容"),
        ("{{ scope.__class__ }}", "不允许的操作"),
        ("{% for x in range(9) %}{% endfor %}", "没有“range”这项内容"),
        ("{{ scope", "语法错误"),
    ],
)
def test_check_finds_what_a_notice_cannot_do(tmp_path, text, said):
    """A name nobody gives, a reach for more than words, a slip of the pen."""
    folder = tmp_path / "templates"
    for source in FOLDER.glob("*/*.j2"):
        target = folder / "notices" / source.parent.name / source.name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(source.read_bytes())
    (folder / "notices/zh/fire.progress.txt.j2").write_text(text, encoding="utf-8")
    found = [one for one in faults_of(folder) if one.file == "notices/zh/fire.progress.txt.j2"]
    assert any(said in one.what.zh for one in found), [one.what.zh for one in found]
