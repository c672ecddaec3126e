"""The link of a one-time page in texts: for one pair of eyes, and never at a segment's cost."""

import pytest

from responder.documents import sms
from responder.documents.messages import Messages
from responder.domain.keys import MENUS
from responder.domain.message import Purpose
from tests.unit.documents.samples import LANGUAGES, TEMPLATES, message

ASKING = (
    Purpose.PAGE,
    Purpose.VERIFY_WARNING,
    Purpose.DECISION,
    Purpose.STILL_THERE,
    Purpose.ROLL_CALL,
    Purpose.HANDOVER,
    Purpose.DUE,
    Purpose.INVITATION,
    Purpose.HOT_WASH,
)
LONDON = "+442079460000"


def linked(message):
    return f"https://er.example.com/r/{message.id.replace('.', '')}"


rendering = Messages(TEMPLATES, linked)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("purpose", ASKING)
def test_who_reads_it_gets_the_link(purpose, language):
    """Mail and chat show it, each reader's own."""
    for via in ("email", "slack", "telegram"):
        one, other = message(purpose, via, language), message(purpose, via, language)
        other.id = "another"
        assert linked(one) in rendering.message(one).body
        assert linked(one) not in rendering.message(other).body
        assert linked(other) in rendering.message(other).body
        assert rendering.message(one).reason == ""


@pytest.mark.parametrize("via", ["voice", "by_hand"])
@pytest.mark.parametrize("purpose", list(Purpose))
def test_who_reads_it_out_does_not(purpose, via):
    """Whoever dials by hand, or overhears a call, must not answer in somebody's name."""
    assert "/r/" not in rendering.message(message(purpose, via)).body


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("purpose", list(Purpose))
def test_an_sms_has_it_where_there_is_room(purpose, language):
    """Only where it asks something, at the end, and in as many segments as without."""
    one = message(purpose, "sms", language)
    one.to = LONDON
    without = Messages(TEMPLATES).message(one).body
    body = rendering.message(one).body
    assert body in (without, f"{without} {linked(one)}")
    signed = "【示例证券】" if language == "zh" else ""
    assert sms.segments(signed + body) == sms.segments(signed + without)
    assert purpose in MENUS or body == without


def test_a_short_sms_has_it():
    """There is room in a plain English roll-call; carriers of the mainland would not pass it on."""
    one = message(Purpose.ROLL_CALL, "sms", "en", title="Smoke", system="", deadline="")
    one.to = LONDON
    assert rendering.message(one).body.endswith(linked(one))
    one.to = "+8613800138021"
    assert "/r/" not in rendering.message(one).body
