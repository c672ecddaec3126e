"""Who fills a role in an incident: given, taken, undone; tasks follow, paging does not."""

from dataclasses import replace
from datetime import timedelta

import pytest

from responder.commands.case import Case
from responder.commands.firm import AcceptSite, RemovePerson
from responder.commands.incidents.card import card_of
from responder.commands.incidents.role import GiveRole, TakeRole
from responder.commands.incidents.task import AssignTask, DoTask
from responder.commands.paging.answering import Acknowledge
from responder.documents.messages import Messages
from responder.domain.message import Message, Purpose
from responder.domain.organisation import Role
from responder.domain.rota import Absence
from responder.domain.task import Task
from responder.domain.words import Words
from responder.errors import NotAllowed, UnknownId
from tests.stage.firm import small_firm
from tests.stage.play import Play, by, everybody
from tests.stage.talk import Talk
from tests.unit.documents.samples import TEMPLATES

MINUTE = timedelta(minutes=1)
EVERY_WAY = ("slack", "sms", "voice")
QUIETLY = ("slack told", "sms told")
INC = "INC-2026-0001"


@pytest.fixture
def talk(play: Play) -> Talk:
    """An outage that the duty lead commands."""
    talk = Talk(play)
    talk.hears("clerk", "启动 “无法登录” plan=outage")
    talk.hears("clerk", "是")
    talk.hears("duty", "收到")
    play.outgoing.clear()
    return talk


def owners(play: Play) -> dict[str, str]:
    tasks: dict[str, Task] = play.store.read(lambda uow: uow.tasks.of(INC))
    return {task.id: task.owner for task in tasks.values()}


def sent(play: Play, person: str, via: str) -> Message:
    return next(m for _, m in play.outgoing if (m.person, m.via) == (person, via))


def test_a_role_is_given_and_its_work_goes_along(play: Play, talk: Talk) -> None:
    """On the record, announced; the person gets a card, the tasks change hands, people see it."""
    said = talk.hears("duty", "角色 信息技术负责人 @deputy")
    assert "本事件的信息技术负责人由deputy担任，未完成的2项任务已交其办理。" in said
    assert owners(play) == {
        "safety": "duty",
        "halt": "deputy",
        "restart": "admin",
        "verify": "deputy",
    }
    words = Messages(TEMPLATES)
    chat = words.message(sent(play, "deputy", "slack")).body
    assert "请您担任信息技术负责人，2项任务，先办：暂停委托（20:35前）。" in chat
    assert "\n2 暂停委托，20:35前\n4 业务验证\n做完请发送：完成 编号\n" in chat
    sms = words.message(sent(play, "deputy", "sms")).body
    assert "请您担任信息技术负责人" in sms
    assert "\n" not in sms
    assert sorted(play.tells()) == everybody(["deputy", "head"], *QUIETLY), "who gave it knows"
    given = next(e for e in play.timeline(INC) if e.kind == "RoleGiven")
    assert given.actor == "duty"
    assert (given.payload or {})["before"] == "head"
    assert "duty指定deputy担任信息技术负责人（原head）" in talk.hears("clerk", "时间线")
    assert "本事件岗位：信息技术负责人deputy" in talk.hears("clerk", "状态")
    card = play.store.read(lambda uow: card_of(Case.load(uow, INC, play.now)))
    assert card["roles"] == "信息技术负责人deputy"
    roles = talk.hears("clerk", "角色")
    assert "信息技术负责人 (it_lead)：deputy（本事件指定） · 未完成任务2项" in roles
    assert "由deputy担任，无需再做" in talk.hears("duty", "role it_lead @deputy")
    assert play.tells() == []


def test_the_card_puts_safety_and_danger_first(play: Play, talk: Talk) -> None:
    """People before machines, what can do harm before what is merely due, with the way back."""
    site = small_firm()
    tasks = tuple(replace(task, role="it_lead") for task in site.playbooks["outage"].tasks)
    outage = replace(site.playbooks["outage"], id="other", systems=("crm",), tasks=tasks)
    play.do(AcceptSite(site=replace(site, playbooks={**site.playbooks, "other": outage})))
    talk.hears("clerk", "启动 “又一件” plan=other level=3")
    lines = talk.hears("head", "角色 0002 it_lead").splitlines()
    assert lines[0] == "本事件的信息技术负责人由head担任。"
    assert lines[1:6] == [
        "1 【人身安全】确认人员安全，20:20前",
        "3 【危险】重启报盘；回退：切回",
        "2 暂停委托，20:35前",
        "4 业务验证",
        "做完请发送：完成 编号",
    ]
    play.outgoing.clear()


def test_whoever_is_paged_and_commands_stays_the_same(play: Play) -> None:
    """A role given here changes no step of the escalation and nobody's right to command."""
    talk = Talk(play)
    talk.hears("clerk", "启动 “无法登录” plan=outage")
    talk.hears("clerk", "是")
    play.do(GiveRole(by=by("duty"), incident=INC, role="it_lead", to="clerk"))
    play.outgoing.clear()
    play.wait(3 * MINUTE)
    rung = {m.person for _, m in play.outgoing if m.purpose is Purpose.PAGE}
    assert rung == {"duty", "admin", "head"}, "the rosters say who is paged"
    with pytest.raises(NotAllowed):
        play.do(GiveRole(by=by("clerk"), incident=INC, role="system_admin", to="clerk"))
    assert not play.do(Acknowledge(by=by("clerk"), incident=INC)).facts["counted"]
    assert play.incident(INC).commander == ""
    play.do(Acknowledge(by=by("head"), incident=INC))
    assert play.incident(INC).commander == "head", (
        "by the rosters head of IT, whoever fills it here"
    )
    play.outgoing.clear()


def test_a_responder_takes_what_is_vacant_only(play: Play, talk: Talk) -> None:
    """A role that somebody fills is given by whoever leads; an absent holder's may be taken."""
    assert "admin无权指定本事件的岗位人员" in talk.hears("admin", "role it_lead")
    assert play.kinds(INC)[-1] == "Refused"
    with pytest.raises(NotAllowed):
        play.do(TakeRole(by=by("clerk"), incident=INC, role="it_lead"))
    site = small_firm()
    away = Absence("head", play.now - MINUTE, play.now + 60 * MINUTE)
    empty = Role("risk_lead", Words("风险控制负责人", "Head of risk"))
    roles = {**site.roles, "risk_lead": empty}
    play.do(AcceptSite(site=replace(site, absences=(away,), roles=roles)))
    second = talk.hears("clerk", "启动 “外泄” plan=leak")[:13]
    talk.hears("duty", f"呼叫 {second} @admin 支援")
    play.outgoing.clear()
    for role in ("it_lead", "risk_lead"):
        play.do(TakeRole(by=by("admin"), incident=second, role=role))
    assert play.incident(second).roles == {"it_lead": "admin", "risk_lead": "admin"}
    play.outgoing.clear()


def test_a_role_taken_can_be_undone(play: Play, talk: Talk) -> None:
    """Role and tasks go back to whoever had them, who are told; what was done stays done."""
    talk.hears("duty", "role it_lead @deputy")
    play.do(AssignTask(by=by("duty"), incident=INC, task="verify", to="admin"))
    play.outgoing.clear()
    assert "由boss担任" in talk.hears("boss", "角色 it_lead")
    assert sorted(play.tells()) == everybody(["admin", "deputy", "duty"], *QUIETLY)
    assert owners(play)["verify"] == "boss"
    play.do(DoTask(by=by("boss"), incident=INC, task="verify"))
    assert talk.hears("boss", "撤销").startswith("已撤销：任务完成。")
    assert talk.hears("boss", "撤销").startswith("已撤销：担任岗位。")
    assert play.incident(INC).roles == {"it_lead": "deputy"}
    assert owners(play) | {"halt": "deputy", "verify": "admin"} == owners(play)
    assert sorted(play.tells()) == everybody(["admin", "deputy", "duty"], *QUIETLY)


def test_a_role_given_on_is_not_undone_by_whoever_had_taken_it(play: Play, talk: Talk) -> None:
    """What somebody else did since is not taken back with it."""
    talk.hears("boss", "角色 it_lead")
    talk.hears("duty", "role it_lead @deputy")
    talk.hears("boss", "undo")
    assert play.incident(INC).roles == {"it_lead": "deputy"}
    assert owners(play)["halt"] == "deputy"
    play.outgoing.clear()


def test_a_task_given_away_since_stays_where_it_is(play: Play, talk: Talk) -> None:
    """Undoing a role returns what its taker still has, and nothing of others'."""
    talk.hears("boss", "角色 it_lead")
    play.do(AssignTask(by=by("duty"), incident=INC, task="verify", to="admin"))
    talk.hears("boss", "撤销")
    assert (owners(play)["halt"], owners(play)["verify"]) == ("head", "admin")
    play.outgoing.clear()


def test_what_is_done_keeps_its_owner(play: Play, talk: Talk) -> None:
    """A task that somebody did meanwhile was the taker's, and is not handed about any more."""
    talk.hears("boss", "角色 it_lead")
    play.do(DoTask(by=by("admin"), incident=INC, task="verify"))
    talk.hears("boss", "撤销")
    assert (owners(play)["halt"], owners(play)["verify"]) == ("head", "boss")
    play.outgoing.clear()


def test_after_ten_minutes_it_stays(play: Play, talk: Talk) -> None:
    """As with every other act."""
    talk.hears("boss", "角色 it_lead")
    play.wait(11 * MINUTE)
    play.outgoing.clear()
    assert "十分钟内没有可以撤销的操作" in talk.hears("boss", "撤销")
    assert "担任岗位" in talk.hears("boss", "撤销")


def test_removed_people_fill_nothing(play: Play, talk: Talk) -> None:
    """Rights are live: the role falls back to the rosters."""
    talk.hears("duty", "role it_lead @deputy")
    play.do(RemovePerson(by=by("root"), person="deputy", reason="离职"))
    assert "信息技术负责人 (it_lead)：head" in talk.hears("duty", "角色")
    assert play.incident(INC).roles == {}
    with pytest.raises(UnknownId):
        play.do(GiveRole(by=by("duty"), incident=INC, role="it_lead", to="deputy"))
    with pytest.raises(UnknownId):
        play.do(GiveRole(by=by("duty"), incident=INC, role="it_leed", to="head"))
    play.outgoing.clear()
