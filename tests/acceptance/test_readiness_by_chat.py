"""Readiness asked for in chat: the counts, the worst five with the mend, what is up to oneself."""

from dataclasses import replace
from typing import Any

import pytest

from responder.domain.words import Words
from responder.site.loader import load
from responder.site.sample import sample_folder
from tests.acceptance.conftest import EVENING
from tests.stage.play import Play
from tests.stage.talk import Talk


@pytest.fixture
def talk(store: Any) -> Talk:
    """The sample firm, of which one system no longer says what clients can do."""
    site = load(sample_folder()).site
    systems = dict(site.systems)
    systems["website"] = replace(systems["website"], substitutes=Words())
    return Talk(Play.of(store, replace(site, systems=systems), EVENING))


def test_the_worst_five_are_shown_with_their_mend(talk: Talk) -> None:
    """Counts first, then clause, reason, owner and mend; never more than five."""
    said = talk.hears("zhang.wei", "就绪").splitlines()
    assert "不合格" in said[0]
    assert 2 <= len(said) <= 6
    assert all("→" in line for line in said[1:])
    assert any("7.2-6a" in line for line in said)


def test_what_is_mine_is_shown_alone(talk: Talk) -> None:
    """Whoever owns nothing is told so; the owner sees their own."""
    assert "contacts/systems.yaml" in talk.hears("dong.mei", "就绪 我的=是")


def test_the_organisation_is_a_chart(talk: Talk) -> None:
    """Both bodies with their people, who heads what, and the four duties."""
    said = talk.hears("tan.yi", "组织体系")
    assert "陈国 · 总经理" in said
    assert "组长（主要领导）" in said
    assert "结算部门负责人" in said
    assert all(duty in said for duty in ("预防预警", "应急处置", "报告", "调查处理"))
