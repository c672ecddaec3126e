"""Units outside in a joint drill: known, each once, with a part, and told by people, marked."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from responder.domain.drill import DrillScenario, Partner
from responder.domain.fence import FIRST_WORDS
from responder.domain.register import Unit
from responder.domain.site import Site
from responder.domain.words import Words
from responder.drills.flaws import flaws
from responder.drills.joint import report_due
from responder.drills.partners import partner_faults, read_out
from responder.site.loader import load
from responder.site.sample import sample_folder
from tests.stage.firm import person, small_firm

PART = Words("核对管沟", "looks up the duct")
CARRIER = Partner("carrier", PART)
SITE = small_firm(units={"carrier": Unit("carrier", name=Words("示例电信", "Example Telecom"))})
AT = datetime(2026, 12, 5, 1, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def sample() -> Site:
    return load(sample_folder()).site


def joint(*partners: Partner, is_joint: bool = True) -> DrillScenario:
    title = Words("断线演练", "The lines are cut")
    return DrillScenario("s", title, owner="clerk", joint=is_joint, partners=partners)


@pytest.mark.parametrize(
    ("scenario", "path", "what"),
    [
        (joint(), ("joint",), "names nobody outside"),
        (joint(CARRIER, is_joint=False), ("with",), "not “joint”"),
        (joint(Partner("carier", PART)), ("with", "carier"), "no related unit carier"),
        (joint(CARRIER, CARRIER), ("with", "carrier"), "stands twice"),
        (joint(Partner("carrier")), ("with", "carrier", "part"), "what carrier does"),
    ],
)
def test_what_is_wrong_is_said_where_it_is(scenario, path, what) -> None:
    """Once each, and `drill check` shows it."""
    [(where, said, mend)] = partner_faults(scenario, SITE)
    assert where == path
    assert what in said.en
    assert mend.zh
    assert path in {flaw.path for flaw in flaws(scenario, SITE)}


def test_one_in_order_and_one_of_our_own_have_none() -> None:
    assert list(partner_faults(joint(CARRIER), SITE)) == []
    assert list(partner_faults(joint(is_joint=False), SITE)) == []


@pytest.mark.parametrize("at", [None, AT])
def test_what_is_read_out_begins_with_the_mark(at) -> None:
    """In both languages, with who speaks, when, and what is asked."""
    said = read_out(joint(CARRIER), SITE, CARRIER, at)
    for text in (said.zh, said.en):
        assert text.startswith(FIRST_WORDS)
    for part in ("示例证券", "断线演练", "核对管沟", "联系人：clerk", "中止"):
        assert part in said.zh
    assert ("2026-12-05 09:00" in said.zh) is (at is not None)
    assert ("日期另告" in said.zh) is (at is None)
    assert person("clerk").name.en in said.en


def test_the_samples_joint_drill(sample: Site) -> None:
    """Both carriers and the exchange; an operating institution owes no report of its own on it."""
    one = sample.scenarios["both-lines-cut"]
    assert one.joint
    assert [partner.unit for partner in one.partners] == ["telecom-a", "telecom-b", "sse"]
    assert list(flaws(one, sample)) == []
    assert report_due(one, sample, AT) is None
    core = replace(sample, firm=replace(sample.firm, institution="core"))
    found = report_due(one, core, AT)
    assert found is not None
    assert found[0] == "cn-order218/drill"
    others = [s for s in sample.scenarios.values() if s.id != one.id]
    assert not any(s.joint or s.partners for s in others)
