"""P5: every text of a drill says so first."""

import string
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from responder.documents.messages import Messages
from responder.domain.fence import FIRST_WORDS
from responder.domain.message import Purpose
from tests.unit.documents.samples import LANGUAGES, OWN, TEMPLATES, VIAS, message

FIRST = {
    ("zh", "voice"): "演练，演练。",
    ("zh", "sms"): "演练：",
    ("zh", "slack"): "【演练】",
    ("zh", "telegram"): "【演练】",
    ("zh", "email"): "【演练】",
    ("zh", "by_hand"): "演练，演练。",
    ("en", "voice"): "This is a drill. ",
    ("en", "sms"): "DRILL: ",
    ("en", "slack"): "DRILL · ",
    ("en", "telegram"): "DRILL · ",
    ("en", "email"): "DRILL · ",
    ("en", "by_hand"): "This is a drill. ",
}
ABOUT_DRILLS = frozenset({Purpose.INVITATION, Purpose.HOT_WASH})
"""What names a drill by its nature, marked or not."""
LAST = {"zh": "演练。", "en": "This is a drill."}
NAMES = sorted(
    {name for facts in OWN["zh"].values() for name in facts}
    | {"firm", "title", "system", "playbook", "role", "person", "declared_by", "at", "link"}
)
ANYTHING = st.dictionaries(
    st.sampled_from(NAMES), st.text(max_size=60) | st.just("x" * 10_000) | st.none(), max_size=6
)

rendering = Messages(TEMPLATES)
without_templates = Messages(Path("nowhere"))


@given(
    st.sampled_from(list(Purpose)),
    st.sampled_from(VIAS),
    st.sampled_from(LANGUAGES),
    st.sampled_from([rendering, without_templates]),
    ANYTHING,
)
@settings(max_examples=600, suppress_health_check=[HealthCheck.too_slow])
def test_the_mark_is_first(purpose, via, language, renderer, facts):
    """On every text of every purpose, way and language, whatever the facts, template or none."""
    text = renderer.message(message(purpose, via, language, drill=True, **facts))
    assert text.body.startswith(FIRST[language, via])
    if via == "email":
        assert text.subject.startswith(FIRST[language, via])
    if via == "voice":
        assert text.body.endswith(LAST[language])


@pytest.mark.parametrize("via", VIAS)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("purpose", sorted(set(Purpose) - ABOUT_DRILLS))
def test_nothing_real_is_marked(purpose, language, via):
    """A real message does not look like a drill."""
    text = rendering.message(message(purpose, via, language))
    assert "演练" not in text.body + text.subject
    assert "drill" not in (text.body + text.subject).lower()


@pytest.mark.parametrize("via", VIAS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_an_invitation_is_no_drill_yet(language, via):
    """It names the drill to come, and bears no mark that a running one bears."""
    text = rendering.message(message(Purpose.INVITATION, via, language))
    assert not text.body.startswith(FIRST_WORDS)
    assert "drill" in text.body.lower() or "演练" in text.body


@pytest.mark.parametrize("purpose", list(Purpose))
def test_a_mainland_sms_has_no_brackets_but_the_gateways(purpose):
    """A mainland gateway's own signature is the only thing in 【】."""
    for drill in (True, False):
        body = rendering.message(message(purpose, "sms", drill=drill, title="【演练】测试")).body
        assert "【" not in body
        assert "】" not in body


def test_templates_do_not_mark_drills_themselves():
    """The mark has one home: no template writes it."""
    for template in TEMPLATES.rglob("*.j2"):
        text = template.read_text(encoding="utf-8")
        assert "【演练】" not in text
        assert "演练，演练" not in text
        assert "DRILL" not in text
        assert set(text) - set(string.printable) or template.parent.name == "en"
