"""Stories at Slack: people declare, are reached and answer there, by socket and by request."""

import json
import logging
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from responder import app
from responder.commands.incidents.incident import Declare
from responder.commands.paging.answering import Acknowledge
from responder.domain.record import By, Entry
from responder.domain.site import Site
from responder.inbound.slack import listeners
from tests.fakes.slack import (
    APP_TOKEN,
    BOT_TOKEN,
    HALL,
    SECRET,
    TEAM,
    Answer,
    Channel,
    Person,
    Seen,
)
from tests.fakes.slack import Slack as Workspace
from tests.integration.cli.service import start
from tests.stage.by_slack import Office, environ, firm_at_slack, office
from tests.stage.firm import small_firm
from tests.stage.regulated import GRADED, LOCAL

BOTH = pytest.mark.parametrize("by_socket", [True, False], ids=["socket", "request"])
BY_SOCKET = pytest.mark.parametrize("by_socket", [True], ids=["socket"])
FORM, JSON = "application/x-www-form-urlencoded", "application/json"


@pytest.fixture
def by_socket() -> bool:
    """By request, where a story is not about the way in."""
    return False


@pytest.fixture
def at(tmp_path: Path, by_socket: bool) -> Iterator[Office]:
    """The firm, connected to Slack."""
    with office(tmp_path, by_socket) as found:
        yield found


def declared(at: Office, by: Person, playbook: str = "leak", more: str = "") -> str:
    """An incident by two lines; returns its id."""
    by.types(f"incident new {playbook} “客户数据泄露” separate=故事 {more}")
    seen = by.sees()
    if "将启动" in seen.text:
        by.presses(seen, "确认")
        seen = by.sees("已发起")
    assert "已发起" in seen.text
    return seen.text.split()[0]


def room_of(at: Office, incident: str) -> Channel:
    """Its channel, with its card."""
    kind = "drill" if incident.startswith("DRL") else "inc"
    number = incident.rpartition("-")[2]
    room: Channel = at.slack.until(
        lambda: next(
            (
                room
                for room in at.slack.channels.values()
                if room.name.startswith(kind) and f"-{number}-" in room.name and room.pins
            ),
            None,
        ),
        f"the room of {incident}",
    )
    at.slack.until(
        lambda: at.house.store.read(lambda uow: uow.talks.get(f"slack:{room.id}")), "its talk"
    )
    return room


def notes(at: Office, incident: str, many: int = 1) -> list[str]:
    """The notes on an incident's record, once there are so many."""
    return [one["text"] for one in at.recorded(incident, "Noted", many)]


# Declaring


@BOTH
def test_an_outage(at: Office) -> None:
    """Declared in a window, confirmed, taken by a button in private; the card shows who."""
    clerk, duty = at.person("clerk"), at.person("duty")
    clerk.types("")
    clerk.presses(clerk.sees("请选择"), "发起事件")
    window = clerk.finds("发起事件")
    answer = clerk.submits(window, playbook="outage", title="集中交易系统中断", level="2")
    assert answer["response_action"] == "update"
    clerk.presses(clerk.sees("将启动Ⅱ级响应：集中交易系统中断"), "确认")
    assert clerk.sees("INC-", "已发起").view, "the window itself tells"
    page = duty.sees("集中交易系统中断")
    assert (page.kind, page.channel) == ("message", duty.home)
    duty.presses(page, "我来处置")
    assert duty.sees("由您接手").kind == "in_channel", "nobody else is in that conversation"
    room = at.slack.room("inc-")
    assert room.name.endswith("-0001-outage")
    assert "INC-" in at.slack.card(room, "已接手：duty")
    assert room.topic
    assert {"U0DUTY", "U0CLERK"} <= room.members
    (taken,) = at.record(_only(at), "Acknowledged")
    assert (taken.actor, taken.door) == ("duty", "slack")
    at.slack.over(clerk.id, duty.id)


def _only(at: Office) -> str:
    (id,) = at.house.store.read(lambda uow: uow.incidents.open())
    return str(id)


@BOTH
def test_experts_use_one_line(at: Office) -> None:
    """Any command is the root; a line in a channel is answered to whoever typed it alone."""
    clerk = at.person("clerk")
    clerk.types("启动 “无法登录” 级别=2 系统=core", command="/应急")
    asked = clerk.sees("将启动Ⅱ级响应：无法登录")
    assert asked.kind == "ephemeral"
    clerk.presses(asked, "取消")
    assert clerk.sees("没有执行").kind == "ephemeral"
    clerk.types("who", command="/er")
    clerk.sees("决策递补顺序")
    assert not at.house.store.read(lambda uow: uow.incidents.open())
    at.slack.over(clerk.id)


@BOTH
def test_a_window_shows_faults_at_their_fields(at: Office) -> None:
    """What cannot be is told at the field, and nothing is changed; mended, it is carried out."""
    clerk = at.person("clerk")
    clerk.types("declare")
    window = clerk.finds("发起事件")
    answer = clerk.submits(window, playbook="leak", title="中断\u202e")
    assert answer["response_action"] == "errors"
    assert "控制字符" in next(iter(answer["errors"].values()))
    window.view["blocks"][0]["block_id"] = "playbook"
    forged = clerk.submits(window, title="中断")
    assert set(forged["errors"]) == {"playbook"}
    good = clerk.submits(window, playbook="leak", title="中断", drill="yes")
    assert good["response_action"] == "update"
    clerk.sees("DRL-", "已发起")
    at.slack.over(clerk.id)


def test_notes_and_pages_have_windows(at: Office) -> None:
    """The incident of the room is filled in already; what was opened where is kept."""
    clerk = at.person("clerk")
    id = declared(at, clerk)
    room = room_of(at, id)
    clerk.types("note", channel=room.id)
    window = clerk.finds("写记录")
    assert clerk.submits(window, text="已隔离\n服务器")["response_action"] == "update"
    clerk.sees("已写入处置记录")
    assert notes(at, id) == ["已隔离\n服务器"]
    clerk.types("page", channel=room.id)
    window = clerk.finds("呼叫人员")
    refused = clerk.submits(window, target="admin", reason="请到场")
    assert "无权" in refused["errors"]["incident"]
    at.slack.over(clerk.id)


def test_a_window_that_does_not_open(at: Office) -> None:
    """Then the same can be typed, and an example says how."""
    clerk = at.person("clerk")
    at.slack.says["views.open"].append(Answer("expired_trigger_id"))
    clerk.types("note")
    assert "例：" in clerk.sees("窗口没有打开").text
    at.slack.over(clerk.id)


def test_nobody_is_mentioned_and_nothing_formatted(at: Office) -> None:
    """What somebody wrote is shown as it was written, and calls nobody."""
    clerk, head = at.person("clerk"), at.person("head")
    clerk.types("incident new leak “&lt;!channel&gt; *x* &amp; @here `y` <@U0HEAD|h>”")
    page = head.sees("<!channel> *x* & @\u200bhere `y` @head")
    assert "&lt;!channel&gt;" in page.raw
    assert "<" not in page.raw
    clerk.sees("已发起")
    at.slack.over(clerk.id, head.id)


def test_a_house_that_is_slow(at: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """The window says so in time, and what became of it later."""
    monkeypatch.setattr(listeners, "PATIENCE", 0.0)
    clerk = at.person("clerk")
    clerk.types("declare")
    window = clerk.finds("发起事件")
    answer = clerk.submits(window, playbook="leak", title="中断")
    assert answer["response_action"] == "update"
    clerk.sees("正在办理")
    assert clerk.sees("已发起").view["id"] == window.view["id"]
    at.slack.over(clerk.id)


# Who may


def test_strangers_change_nothing(at: Office) -> None:
    """Told politely whichever way they come; on the record once in ten minutes."""
    stranger = at.slack.person("U0STRANGER")
    stranger.types("启动 leak")
    stranger.sees("尚未绑定")
    stranger.types("")
    stranger.sees("尚未绑定")
    stranger.writes("启动 leak")
    assert stranger.sees("尚未绑定").kind == "message"
    assert not at.house.store.read(lambda uow: uow.incidents.open())
    assert len(at.recorded("FIRM", "Refused")) == 1
    at.slack.over(stranger.id)


def test_the_person_paged_answers_without_having_linked(at: Office) -> None:
    """Slack vouches for the account the page was sent to (P7); nobody else can press for them."""
    clerk, head = at.person("clerk"), at.unlinked("head")
    id = declared(at, clerk)
    page = head.sees("客户数据泄露")
    thief = at.slack.person("U0THIEF")
    thief.presses(page, "我来处置")
    thief.sees("尚未绑定")
    head.presses(page, "我来处置")
    head.sees("由您接手")
    assert [one.actor for one in at.record(id, "Acknowledged")] == ["head"]
    at.slack.over(clerk.id, head.id, thief.id)


# Buttons


@BOTH
def test_one_button_pressed_twice_by_two_and_after_the_end(at: Office) -> None:
    """One act, whoever presses how often; each hears what became of it."""
    clerk, duty, admin = (at.person(id) for id in ("clerk", "duty", "admin"))
    id = declared(at, clerk, "outage", "level=2")
    first, second = duty.sees("客户数据泄露"), admin.sees("客户数据泄露")
    duty.presses(first, "我来处置")
    duty.sees("由您接手")
    duty.presses(first, "我来处置")
    duty.sees("已")
    admin.sees("duty")
    admin.presses(second, "我来处置")
    admin.sees("duty")
    assert [one.actor for one in at.record(id, "Acknowledged")] == ["duty"]
    duty.types(f"撤销事件 {id} 误报")
    at.slack.until(lambda: at.slack.inboxes[duty.id], "an answer")
    before = len(at.record(id))
    admin.presses(second, "我来处置")
    at.slack.until(lambda: at.slack.inboxes[admin.id], "an answer after the end")
    assert len(at.record(id, "Acknowledged")) == 1
    assert len(at.record(id)) >= before


@BOTH
def test_what_is_told_twice_is_heard_once(at: Office) -> None:
    """Slack repeats what it thinks was not heard; commands, presses and messages act once."""
    clerk, duty = at.person("clerk"), at.person("duty")
    id = declared(at, clerk, "outage", "level=2")
    page = duty.sees("客户数据泄露")
    stamp = at.slack.stamp()
    duty.presses(page, "我来处置", at=stamp)
    duty.sees("由您接手")
    duty.presses(page, "我来处置", at=stamp)
    clerk.writes(f"记录 {id} 一", "EvSame")
    clerk.sees("已写入处置记录")
    clerk.writes(f"记录 {id} 一", "EvSame")
    trigger = at.slack.trigger(clerk.id)
    clerk.types(f"记录 {id} 二", trigger_id=trigger)
    clerk.sees("已写入处置记录")
    clerk.types(f"记录 {id} 二", trigger_id=trigger)
    clerk.writes("谁在值班")
    clerk.sees("决策递补顺序")
    assert notes(at, id, 2) == ["一", "二"]
    at.slack.over(clerk.id, duty.id)


def test_an_answer_that_no_response_url_takes(at: Office) -> None:
    """Then it comes by the conversation."""
    clerk = at.person("clerk")
    clerk.types("who", response_url=f"{at.slack.url}/respond/gone")
    assert clerk.sees("决策递补顺序").kind == "ephemeral"
    at.slack.channels[HALL].archived = True
    clerk.types("who", response_url=f"{at.slack.url}/respond/gone")
    assert clerk.sees("决策递补顺序").channel == clerk.home
    at.slack.over(clerk.id)


# Rooms


@BOTH
def test_what_is_pinned_is_on_the_record_once(at: Office) -> None:
    """A pin and the shortcut keep a message at its own time, with its author; files by name."""
    clerk, head = at.person("clerk"), at.person("head")
    id = declared(at, clerk)
    room = room_of(at, id)
    head.sees("客户数据泄露")
    ts = head.posts("报盘 &lt;已重启&gt; <@U0CLERK>\u200d\u202e", room)
    clerk.pins(ts, room)
    assert clerk.sees("已写入处置记录").kind == "ephemeral"
    head.pins(ts, room)
    clerk.pins(ts, room, reaction="eyes")
    clerk.adds(ts, room)
    clerk.sees("已在处置记录中")
    (kept,) = at.recorded(id, "Noted")
    assert kept["text"] == "head：报盘 <已重启> @clerk"
    assert abs(time.time() - _seconds(kept["about_at"])) < 60
    other = head.posts("快照已保存", room, subtype="file_share", files=[_file("日志.txt")])
    head.sees("已写入处置记录")
    assert notes(at, id, 2)[1] == "快照已保存\n共享文件：日志.txt (F0LOG)"
    assert other in room.messages
    clerk.pins(head.posts("长" * 9000, room), room)
    clerk.sees("已写入处置记录")
    assert notes(at, id, 3)[2].endswith("长…")
    at.slack.over(clerk.id, head.id)


@BOTH
def test_files_shared_in_a_room_are_evidence(at: Office) -> None:
    """Fetched with the bot's token from Slack alone; who shared it hears what became of it."""
    clerk, head = at.person("clerk"), at.person("head")
    id = declared(at, clerk)
    room = room_of(at, id)
    head.sees("客户数据泄露")
    head.shares("导出\u202e清单.csv", b"a,b\n" * 100_000, room)
    head.sees("已写入处置记录")
    head.sees("已收存1号存证：导出清单.csv")
    (kept,) = at.recorded(id, "EvidenceAdded")
    assert (kept["size"], kept["media"]) == (400_000, "text/plain")
    vault = app.vault_of(at.house.settings)
    assert vault.measure(kept["sha256"]) == (kept["sha256"], 400_000)
    for name, more in (
        ("elsewhere.txt", {}),
        ("drive.txt", {"url_private_download": "https://drive.example/x"}),
        ("host.txt", {"url_private_download": "https://files.slack.com.example/x"}),
    ):
        head.shares(name, None, room, **more)
        head.sees("已写入处置记录")
        assert f"“{name}”没有收为存证" in head.sees("没有收为存证").text
    head.shares("half.txt", b"half", room, size=5)
    head.sees("已写入处置记录")
    assert "大小不符" in head.sees("没有收为存证").text
    assert len(at.record(id, "EvidenceAdded")) == 1
    at.slack.over(clerk.id, head.id)


def _file(name: str) -> dict[str, str]:
    return {"id": "F0LOG", "name": name}


def _seconds(at: str) -> float:
    return datetime.fromisoformat(at).timestamp()


def test_pins_elsewhere_and_of_strangers(at: Office) -> None:
    """Nobody's business outside a room; a stranger's pin is refused and uses nothing up."""
    clerk = at.person("clerk")
    hall = at.slack.channels[HALL]
    said = clerk.posts("无关", hall)
    clerk.pins(said, hall)
    id = declared(at, clerk)
    room = room_of(at, id)
    ts = clerk.posts("已切换", room)
    stranger = at.slack.person("U0STRANGER")
    stranger.pins(ts, room)
    stranger.sees("尚未绑定")
    clerk.pins(ts, room)
    clerk.sees("已写入处置记录")
    assert notes(at, id) == ["已切换"]
    clerk.pins("1.2", room)
    clerk.sees("看不到那条消息")
    at.slack.over(clerk.id, stranger.id)


@BOTH
def test_lines_to_the_app(at: Office) -> None:
    """A mention in a room is about its incident and answered in private; chatter is left alone."""
    clerk = at.person("clerk")
    id = declared(at, clerk)
    room = room_of(at, id)
    clerk.mentions("状态", room.id)
    seen = clerk.sees(id, "客户数据泄露")
    assert (seen.kind, seen.channel) == ("ephemeral", room.id)
    clerk.posts("大家好，启动 leak", room)
    clerk.mentions("", room.id)
    clerk.sees("请选择")
    card = Seen("message", room.messages[room.pins[0]]["blocks"], room.id)
    clerk.presses(card, "看进展")
    assert clerk.sees(id, "现场指挥").kind == "ephemeral"
    clerk.writes("事件")
    assert clerk.sees(id).kind == "message"
    clerk.writes("事件", bot_id="B0OTHER")
    assert _only(at) == id
    at.slack.over(clerk.id)


def test_a_grade_is_confirmed_by_two_taps(tmp_path: Path) -> None:
    """Which rule is a button; what starts is read before the yes that starts it."""
    with office(tmp_path, False, graded_firm_at_slack()) as at:
        clerk = at.person("clerk")
        id = declared(at, clerk)
        clerk.types(f"定级 {id} 重大 客户影响扩大")
        clerk.presses(clerk.sees("请指明按哪一项报告规则"), "分级制度 (graded)")
        asked = clerk.sees("将起算：重大事件首报（时限")
        assert not at.record(id, "GradeConfirmed")
        clerk.presses(asked, "确认")
        clerk.sees("已确认：分级制度事件等级为重大")
        (payload,) = at.recorded(id, "GradeConfirmed")
        assert (payload["regime"], payload["reason"]) == ("graded", "客户影响扩大")


def graded_firm_at_slack() -> Site:
    """The firm at Slack under two rules; the clerk may confirm grades."""
    packs = {pack.id: pack for pack in (LOCAL, GRADED)}
    grants = small_firm().grants | {"approver": ("clerk",)}
    return firm_at_slack(regimes=packs, applies=tuple(packs), grants=grants)


def test_the_card_outlives_what_happens_to_it(at: Office) -> None:
    """A card deleted is posted anew; a room archived gets a successor; ids are kept, not names."""
    clerk, head = at.person("clerk"), at.person("head")
    id = declared(at, clerk)
    room = room_of(at, id)
    room.name = "renamed"
    (card,) = room.pins
    del room.messages[card]
    head.presses(head.sees("客户数据泄露"), "我来处置")
    head.sees("由您接手")
    at.slack.until(lambda: len(room.pins) == 2, "a new card")
    room.archived = True
    clerk.types(f"记录 {id} 一")
    clerk.sees("已写入")
    head.types(f"定级 {id} 2 影响扩大")
    head.presses(head.sees("将启动"), "确认")
    at.recorded(id, "RoomLost")
    successor = room_of(at, id)
    assert successor is not room
    at.slack.card(successor, "Ⅱ级响应")
    assert "conversations.list" not in at.slack.calls


def test_a_drill_and_the_real_thing(at: Office) -> None:
    """Each has its room; the drill's texts say so first, and the real one freezes it."""
    clerk, head = at.person("clerk"), at.person("head")
    drill = declared(at, clerk, more="drill=yes")
    room = room_of(at, drill)
    assert room.name.startswith("drill-")
    assert head.sees("客户数据泄露").text.startswith("【演练】")
    real = declared(at, clerk)
    page = head.sees("客户数据泄露")
    assert not page.text.startswith("【演练】")
    assert room_of(at, real).name.startswith("inc-")
    at.slack.card(room, "【演练】", "演练已冻结")
    assert room.edits, "the card is edited in place"
    assert len(room.pins) == 1


# When Slack does not do its part


def test_slack_dies_in_mid_incident(at: Office) -> None:
    """Everybody is reached by the next way at once; nobody's way is dead once Slack is back."""
    admin = at.person("admin")
    at.slack.down = "token_revoked"
    at.house.execute(_declare("outage"))
    id = _only(at)
    sent = at.slack.until(lambda: _sent(at, id, "sms"), "an SMS")
    assert {one.person for one in sent} >= {"duty", "admin"}
    at.slack.until(lambda: _failed(at, id), "a failure of Slack")
    assert any("token_revoked" in one.reason for one in _failed(at, id))
    at.slack.down = ""
    at.house.execute(Acknowledge(by=By("duty", "handset"), incident=id))
    admin.sees("已由duty")
    failed = at.recorded(id, "WayFailed")
    assert not [one for one in failed if one["via"] == "slack" and one["for_good"]]


def _declare(playbook: str) -> Declare:
    return Declare(by=By("clerk", "handset"), playbook=playbook, title="集中交易系统中断")


def _sent(at: Office, id: str, via: str) -> list:
    found = at.house.store.read(lambda uow: uow.outbox.of(id))
    return [one for one in found if one.via == via and one.state.value == "delivered"]


def _failed(at: Office, id: str) -> list:
    found = at.house.store.read(lambda uow: uow.outbox.of(id))
    return [one for one in found if one.via == "slack" and one.reason]


@BY_SOCKET
def test_a_socket_that_is_cut(at: Office) -> None:
    """A new one is opened by itself, and what is said afterwards is heard."""
    clerk = at.person("clerk")
    at.slack.cut()
    clerk.writes("谁在值班")
    clerk.sees("决策递补顺序")
    (socket,) = at.slack.sockets
    at.slack.do(socket.send_json({"type": "disconnect", "reason": "refresh_requested"}))
    at.slack.until(lambda: socket not in at.slack.sockets and at.slack.sockets, "a third socket")
    clerk.types("who")
    clerk.sees("决策递补顺序")
    at.slack.over(clerk.id)


@BY_SOCKET
def test_a_socket_that_did_not_come_about(at: Office) -> None:
    """Its address was good once: a new one is asked for, and the line comes up by itself."""
    at.slack.until(lambda: at.slack.sockets, "a socket")
    at.slack.no_sockets = True
    at.slack.cut()
    at.slack.until(lambda: at.slack.calls.count("apps.connections.open") >= 3, "two more tries")
    at.slack.no_sockets = False
    at.slack.until(lambda: at.slack.sockets, "a socket again")
    at.person("clerk").types("who")


# Requests that are not Slack's


def sends(at: Office, body: bytes, media: str = FORM, **more: object) -> int:
    status, _ = at.slack.do(at.slack.send(body, media, **more))  # type: ignore[arg-type]
    return int(status)


def command(**more: str) -> bytes:
    fields = {"command": "/incident", "text": "启动 leak", "user_id": "U0CLERK", "team_id": TEAM}
    fields |= {"channel_id": HALL, "trigger_id": "t", "response_url": "http://127.0.0.1:9/x"}
    return urlencode(fields | more).encode()


def test_requests_that_are_refused(at: Office) -> None:
    """Each with its status and a note on the record; nothing else changes."""
    at.person("clerk")
    before = len(at.house.store.read(lambda uow: uow.ledger.all()))
    assert sends(at, command(), secret="another") == 401
    assert sends(at, command(), age=301) == 401
    assert sends(at, command(), age=-301) == 401
    assert sends(at, command(), X_Slack_Signature="") == 401
    assert sends(at, command(), X_Slack_Request_Timestamp="soon") == 401
    assert sends(at, b"\xff\xfe") == 400
    assert sends(at, b"{broken", JSON) == 400
    assert sends(at, b"[" * 100_000, JSON) == 400
    assert sends(at, b"payload=%7Bbroken") == 400
    assert sends(at, b"{}", "text/plain") == 415
    assert sends(at, b"a=" + b"x" * 1_000_000) == 413
    told = [one.payload or {} for one in at.record("FIRM", "Refused")]
    assert {one["why"] for one in told} == {
        "bad signature",
        "stale timestamp",
        "not signed",
        "a body that cannot be read",
        "wrong media type",
        "too long",
    }
    after = at.house.store.read(lambda uow: uow.ledger.all())
    assert len(after) - before == len(told), "one note a reason, however many come"


def test_a_replay(at: Office) -> None:
    """The very same request once more is somebody else's."""
    clerk = at.person("clerk")
    body = command(text="who", response_url=f"{at.slack.url}/respond/gone")
    instant = time.time()
    assert sends(at, body, signed_at=instant) == 200
    clerk.sees("决策递补顺序")
    assert sends(at, body, signed_at=instant) == 401
    assert "'why': 'replay'" in str(at.record("FIRM", "Refused")[-1].payload)
    assert sends(at, body, signed_at=instant + 1) == 200, (
        "Slack's own repeat is signed anew, heard once"
    )
    at.slack.over(clerk.id)


def test_64_kilobytes(at: Office) -> None:
    """A text nobody types is refused in words."""
    clerk = at.person("clerk")
    clerk.types("记录 " + "长" * 65_536)
    clerk.sees("6000")
    clerk.writes("x" * 65_536)
    clerk.sees("6000")
    at.slack.over(clerk.id)


def test_slack_asks_whether_it_is_us(at: Office) -> None:
    """The address is confirmed as Slack wants it."""
    asked = {"type": "url_verification", "challenge": "abc", "token": "x"}
    status, said = at.slack.do(at.slack.send(json.dumps(asked).encode(), JSON))
    assert (status, said) == (200, {"challenge": "abc"})


JSONS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["type", "event", "user", "actions", "view", "channel", "item", "message"]
            )
            | st.text(max_size=8),
            inner,
            max_size=5,
        )
    ),
    max_leaves=12,
)


@settings(max_examples=60, suppress_health_check=list(HealthCheck), deadline=None)
@given(data=st.data())
def test_anything_signed_does_no_harm(at: Office, data: st.DataObject) -> None:
    """Nothing but 2xx and 4xx, and nothing changed."""
    kinds = ["event_callback", "block_actions", "view_submission", "message_action", "shortcut"]
    said = data.draw(st.dictionaries(st.text(max_size=8), JSONS, max_size=5))
    said |= {"type": data.draw(st.sampled_from(kinds)), "event": data.draw(JSONS)}
    as_form = data.draw(st.booleans())
    body = urlencode({"payload": json.dumps(said)}) if as_form else json.dumps(said)
    status = sends(at, body.encode(), FORM if as_form else JSON)
    assert 200 <= status < 300 or 400 <= status < 500
    entries: list[Entry] = at.house.store.read(lambda uow: uow.ledger.all())
    assert {one.kind for one in entries} <= {"SiteAccepted", "PlatformsConnected", "Refused"}


# Secrets


@BOTH
def test_no_secret_is_written_anywhere(at: Office, tmp_path: Path, caplog) -> None:
    """Neither log nor record nor any file holds a token, whatever goes wrong."""
    caplog.set_level(logging.DEBUG)
    clerk = at.person("clerk")
    at.slack.says["chat.postMessage"].extend([Answer("invalid_auth"), Answer(status=500, body="!")])
    at.slack.says["views.open"].append(Answer("not_authed"))
    clerk.types("note")
    clerk.sees("窗口没有打开")
    declared(at, clerk)
    if at.slack.sockets:
        at.slack.says["apps.connections.open"].append(Answer("invalid_auth"))
        at.slack.cut()
        clerk.types("who")
        clerk.sees("决策递补顺序")
    else:
        sends(at, command(), secret="another")
    written = b"".join(file.read_bytes() for file in tmp_path.glob("responder.db*"))
    record = str([one.payload for one in at.house.store.read(lambda uow: uow.ledger.all())])
    for secret in (BOT_TOKEN, APP_TOKEN, SECRET, "ticket=one-time"):
        assert secret.encode() not in written
        assert secret not in record
        assert secret not in caplog.text
    at.slack.over(clerk.id)


@BOTH
def test_serve_is_connected(tmp_path: Path, by_socket: bool) -> None:
    """With the tokens in its surroundings the service hears and writes; it names none of them."""
    with Workspace() as slack:
        given = environ(tmp_path, slack, by_socket) | {"RESPONDER_LISTEN": "127.0.0.1:0"}
        service = start(given)
        try:
            assert service.ready()["channels"]["slack"] == "real"
            if not by_socket:
                slack.target = f"http://127.0.0.1:{service.port}/slack/events"
            stranger = slack.person("U0STRANGER")
            stranger.types("谁在值班")
            stranger.sees("尚未绑定")
        finally:
            assert service.stop() == 0, service.said
        written = "".join([*service.greeting, service.said])
        for secret in (BOT_TOKEN, APP_TOKEN, SECRET, "one-time"):
            assert secret not in written
        assert not slack.unexpected
