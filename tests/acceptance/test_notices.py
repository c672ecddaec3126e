"""Words for the public: one line, two people, all outlets together, nothing sent twice."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from responder.channels.outlets import FileOutlet, WebhookOutlet
from responder.commands.incidents.incident import Declare
from responder.commands.notices.agreed_line import ApproveLine, ProposeLine, shown
from responder.commands.notices.inquiry import AnswerInquiry, LogInquiry, inquiries
from responder.commands.notices.notice import DraftNotice, ReleaseNotice, WithdrawNotice
from responder.commands.notices.posting import RecordPosting
from responder.commands.notices.publishing import PublishNotice
from responder.commands.paging.answering import Acknowledge
from responder.commands.paging.outcomes import ClaimMessages
from responder.domain.dossier import Dossier, Value
from responder.domain.inquiry import Channel
from responder.domain.notice import Posted, Stage
from responder.domain.obligation import Kind
from responder.domain.report import Report
from responder.domain.report import Stage as ReportStage
from responder.domain.words import Words
from responder.errors import BadInput, NotAllowed, UnknownId
from responder.store.opening import open_store
from tests.acceptance.conftest import EVENING
from tests.fakes.newsdesk import SECRET, NewsDesk
from tests.stage.newsroom import BLANKS, OUTLETS, Newsroom, public_firm
from tests.stage.play import by
from tests.stage.talk import Talk

INC = "INC-2026-0001"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def store(opened: Any) -> Any:
    """Both kinds of database."""
    return opened()


@pytest.fixture
def desk() -> Iterator[NewsDesk]:
    """The web hook of the official account."""
    with NewsDesk() as desk:
        yield desk


@pytest.fixture
def room(store: Any, desk: NewsDesk, tmp_path: Path) -> Newsroom:
    """An outage that the duty lead has in hand."""
    outlets = OUTLETS | {"social": replace(OUTLETS["social"], to=desk.url)}
    room = Newsroom.of(store, public_firm(outlets=outlets), EVENING)
    assert isinstance(room, Newsroom)
    room.channels = {
        "file": FileOutlet(tmp_path / "published"),
        "webhook": WebhookOutlet(SECRET, ["127.0.0.1"]),
    }
    room.do(Declare(by=by("clerk"), playbook="outage", title="无法登录"))
    room.do(Acknowledge(by=by("duty"), incident=INC))
    return room


def draft(room: Newsroom, template: str = "first", **more: Any) -> str:
    reply = room.do(
        DraftNotice(by=by("duty"), incident=INC, template=template, blanks=BLANKS, **more)
    )
    return str(reply.id)


def released(room: Newsroom, **more: Any) -> str:
    id = draft(room, **more)
    room.do(ApproveLine(by=by("boss"), incident=INC))
    room.do(ReleaseNotice(by=by("boss"), incident=INC, notice=id))
    return id


def publish(room: Newsroom, id: str, **more: Any) -> Any:
    return room.do(PublishNotice(by=by("duty"), incident=INC, notice=id, **more))


def states(room: Newsroom, id: str) -> dict[str, Posted]:
    return {outlet: one.state for outlet, one in room.notice(INC, id).postings.items()}


def test_from_the_draft_to_the_outlets(room, desk, tmp_path):
    """Drafted by one, released by another, at every outlet with the same words and hash."""
    id = draft(room)
    with pytest.raises(BadInput, match="is not approved yet"):
        room.do(ReleaseNotice(by=by("boss"), incident=INC, notice=id))
    room.do(ApproveLine(by=by("boss"), incident=INC))
    room.do(ReleaseNotice(by=by("boss"), incident=INC, notice=id))
    publish(room, id)
    assert states(room, id) == {
        "website": Posted.POSTED,
        "app": Posted.BY_HAND,
        "social": Posted.POSTED,
    }
    notice = room.notice(INC, id)
    (taken,) = desk.taken
    assert taken["line_sha256"] == notice.line_sha256 == shown_line(room)["sha256"]
    assert taken["text"] == notice.postings["app"].text
    assert notice.postings["app"].sha256 == notice.postings["social"].sha256 == taken["text_sha256"]
    assert "2026年11月23日20时15分" in taken["text"]
    assert "2026年第" not in taken["text"]
    assert "⟦" not in taken["text"]
    page = (tmp_path / "published" / "website" / "2026-001.txt").read_text(encoding="utf-8")
    assert "口径编号：1-" in page
    room.wait(2 * MINUTE)
    room.do(RecordPosting(by=by("duty"), incident=INC, notice=id, outlet="app"))
    assert room.notice(INC, id).spread == 2 * MINUTE
    kinds = room.kinds(INC)
    assert (
        kinds.index("NoticeDrafted") < kinds.index("LineApproved") < kinds.index("NoticeReleased")
    )
    assert kinds.index("NoticePublished") < kinds.index("NoticeSpread")


def shown_line(room: Newsroom) -> dict[str, Any]:
    found = room.store.read(lambda uow: shown(uow, INC))
    return dict(found["versions"][found["in_force"] - 1])


def test_nobody_releases_alone(room):
    """Not the author of a notice, and not the author of the line, whoever they are."""
    id = str(
        room.do(DraftNotice(by=by("second"), incident=INC, template="first", blanks=BLANKS)).id
    )
    with pytest.raises(BadInput, match="cannot approve it yourself"):
        room.do(ApproveLine(by=by("second"), incident=INC))
    room.do(ApproveLine(by=by("boss"), incident=INC))
    with pytest.raises(BadInput, match="cannot release it alone"):
        room.do(ReleaseNotice(by=by("second"), incident=INC, notice=id))
    with pytest.raises(NotAllowed):
        room.do(ReleaseNotice(by=by("clerk"), incident=INC, notice=id))
    with pytest.raises(BadInput, match="cannot be done now"):
        publish(room, id)
    assert room.notice(INC, id).stage is Stage.DRAFT


def test_a_new_line_makes_drafts_stale(room, desk):
    """What follows the old line is neither released nor published any more."""
    id = released(room)
    room.do(ProposeLine(by=by("duty"), incident=INC, line=Words("新的口径。")))
    publish_later = draft(room, template="progress", next_at=room.now + 30 * MINUTE)
    room.do(ApproveLine(by=by("second"), incident=INC))
    assert room.notice(INC, id).stage is Stage.STALE
    assert room.notice(INC, publish_later).stage is Stage.STALE
    with pytest.raises(BadInput, match="the new line"):
        publish(room, id)
    with pytest.raises(BadInput, match="the new line"):
        room.do(ReleaseNotice(by=by("boss"), incident=INC, notice=publish_later))
    assert not desk.taken
    anew = draft(room)
    room.do(ReleaseNotice(by=by("boss"), incident=INC, notice=anew))
    publish(room, anew)
    assert len(desk.taken) == 1


def test_the_rules_are_asked_again_at_publication(room, desk):
    """A promised time that has passed since the release would be a false promise."""
    id = released(room, next_at=room.now + 10 * MINUTE)
    room.wait(11 * MINUTE)
    with pytest.raises(BadInput, match="time has passed"):
        publish(room, id)
    assert not desk.taken


def test_a_doubt_is_never_sent_again(room, desk):
    """A 500 may have been taken: a human is rung, looks, and only then may it go once more."""
    id = released(room)
    desk.answers.append((500, {}))
    room.outgoing.clear()
    publish(room, id)
    room.wait(3 * MINUTE)
    assert states(room, id)["social"] is Posted.UNKNOWN
    assert len(desk.deliveries) == 1
    assert "duty voice alarm" in room.tells()
    with pytest.raises(BadInput, match="is not sent again"):
        publish(room, id, outlets=("social",))
    posted: dict[str, Any] = {"by": by("duty"), "incident": INC, "notice": id, "outlet": "social"}
    room.do(RecordPosting(**posted, appeared=False))
    publish(room, id, outlets=("social",))
    assert states(room, id)["social"] is Posted.POSTED
    assert len(desk.deliveries) == 2


def test_a_lost_engine_leaves_a_doubt(room, desk):
    """The process that had claimed it died: nobody knows, so nobody sends it again."""
    id = released(room)
    room._send = lambda: None
    publish(room, id)
    claim = ClaimMessages(limit=50, until=room.now + MINUTE)
    messages = room._run(claim)
    assert {m.via for m in messages} >= {"file", "webhook"}
    from responder.commands.paging.outcomes import RecordOutcomes
    from responder.engine.outcomes import lease_ran_out

    room.now += 2 * MINUTE
    lost = tuple(lease_ran_out(m, room.now) for m in messages if m.via == "webhook")
    room._run(RecordOutcomes(outcomes=lost))
    assert states(room, id)["social"] is Posted.UNKNOWN
    assert not room._run(ClaimMessages(limit=50, until=room.now + MINUTE)) or not desk.taken


def test_a_redirect_is_followed_nowhere(room, desk):
    """The notice goes where the firm said; it is tried again, and in the end a human is asked."""
    id = released(room)
    for _ in range(5):
        desk.answers.append((302, {"Location": "http://127.0.0.1:9/else"}))
    publish(room, id)
    room.wait(10 * MINUTE)
    assert states(room, id)["social"] is Posted.FAILED
    assert not desk.taken


def test_a_correction_goes_to_the_same_outlets(room, desk):
    """A published notice never changes; what mends it reaches all who carried it."""
    id = released(room)
    publish(room, id, outlets=("social", "app"))
    before = room.notice(INC, id).texts
    with pytest.raises(BadInput, match="reason is empty"):
        room.do(DraftNotice(by=by("duty"), incident=INC, corrects=id))
    mended = str(
        room.do(
            DraftNotice(
                by=by("duty"),
                incident=INC,
                corrects=id,
                reason="影响范围有误",
                blanks={"scope": "部分客户的委托"},
            )
        ).id
    )
    room.do(ReleaseNotice(by=by("boss"), incident=INC, notice=mended))
    publish(room, mended, outlets=("website",))
    assert set(states(room, mended)) == {"social", "app"}
    assert "更正：影响范围有误。此前发布的2026-001公告" in desk.taken[-1]["text"]
    assert room.notice(INC, id).texts == before


def test_a_drill_goes_nowhere(store, desk, tmp_path):
    """The same two people and rules; every text is marked first and nothing leaves."""
    room = Newsroom.of(store, public_firm(), EVENING)
    assert isinstance(room, Newsroom)
    room.do(Declare(by=by("clerk"), playbook="outage", title="演练", drill=True))
    room.do(Acknowledge(by=by("duty"), incident="DRL-2026-0001"))
    drill: dict[str, Any] = {"incident": "DRL-2026-0001"}
    id = str(room.do(DraftNotice(by=by("duty"), template="first", blanks=BLANKS, **drill)).id)
    room.do(ApproveLine(by=by("boss"), **drill))
    room.do(ReleaseNotice(by=by("boss"), notice=id, **drill))
    room.outgoing.clear()
    reply = room.do(PublishNotice(by=by("duty"), notice=id, **drill))
    assert reply.said.zh.startswith("演练：")
    notice = room.notice("DRL-2026-0001", id)
    marks = {form: text[:4] for form, text in notice.texts.items()}
    assert {m for f, m in marks.items() if f.endswith("/zh") and "sms" not in f} == {"【演练】"}
    assert marks["sms/zh"].startswith("演练：")
    assert {one.state for one in notice.postings.values()} == {Posted.DRILL}
    assert not any(m.purpose.value == "notice" for _, m in room.outgoing)
    assert not desk.taken


def test_in_a_drill_nothing_incomplete_is_published(store):
    """A required part is missing: no release, no publication, no entry that could be scored."""
    room = Newsroom.of(store, public_firm(), EVENING)
    drill: dict[str, Any] = {"incident": "DRL-2026-0001"}
    room.do(Declare(by=by("clerk"), playbook="outage", title="演练", drill=True))
    room.do(Acknowledge(by=by("duty"), **drill))
    short = {name: said for name, said in BLANKS.items() if not name.startswith("scope")}
    id = str(room.do(DraftNotice(by=by("duty"), template="first", blanks=short, **drill)).id)
    room.do(ApproveLine(by=by("boss"), **drill))
    with pytest.raises(BadInput, match="Blanks are not filled: scope"):
        room.do(ReleaseNotice(by=by("boss"), notice=id, **drill))
    with pytest.raises(BadInput):
        room.do(PublishNotice(by=by("duty"), notice=id, **drill))
    assert "NoticePublished" not in room.kinds("DRL-2026-0001")
    room.outgoing.clear()


def test_promises_are_owed_and_kept(store, desk):
    """The first notice within its limit, then each next one by the time that was promised."""
    firm = public_firm()
    firm = replace(firm, voice=replace(firm.voice, first_within={2: 15 * MINUTE}))
    room = Newsroom.of(store, firm, EVENING)
    assert isinstance(room, Newsroom)
    room.do(Declare(by=by("clerk"), playbook="outage", title="无法登录"))
    room.do(Acknowledge(by=by("duty"), incident=INC))
    owed = notices_owed(room)
    assert [(o.duty, o.due_at) for o in owed] == [("notice/first", EVENING + 15 * MINUTE)]
    room.wait(10 * MINUTE)
    id = released(room, next_at=EVENING + 40 * MINUTE)
    publish(room, id)
    first, following = notices_owed(room)
    assert first.done_at == EVENING + 10 * MINUTE
    assert (following.due_at, following.is_open) == (EVENING + 40 * MINUTE, True)


def notices_owed(room: Newsroom) -> list[Any]:
    found = room.store.read(lambda uow: uow.obligations.of(INC))
    return [one for one in found.values() if one.kind is Kind.NOTICE]


def test_figures_are_those_of_the_report(room):
    """A number that the regulator was not told keeps a notice back."""
    answers = {"customers": "影响客户120000户"}
    report = Report("1", INC, "cn", "cn/first", 1, "form", "zh", EVENING, "duty")
    report.stage, report.answers, report.submitted_at = ReportStage.SUBMITTED, answers, EVENING
    room.store.run(lambda uow: uow.reports.put(report.key, report))
    for scope, fits in (("约12万户客户的委托", True), ("1,000户客户的委托", False)):
        more: dict[str, Any] = {"blanks": BLANKS | {"scope": scope}}
        reply = room.do(DraftNotice(by=by("duty"), incident=INC, template="first", **more))
        assert ("figures" not in reply.facts["objections"]) is fits


def test_a_cause_waits_until_it_is_established(room):
    """The follow-up tells the cause; an estimate is none."""
    told = {"status": "", "cause_public": "主备切换失败"}
    blanks = BLANKS | {"cause_public": told["cause_public"], "remedy_public": "已修订流程"}
    for estimate, held in ((True, True), (False, False)):
        cause = Value("主备切换失败", "duty", EVENING, estimate=estimate)
        room.store.run(lambda uow, it=cause: uow.dossiers.put(INC, Dossier(INC, {"cause": it})))
        more: dict[str, Any] = {"template": "follow-up", "blanks": blanks}
        reply = room.do(DraftNotice(by=by("duty"), incident=INC, **more))
        assert ("cause" in reply.facts["objections"]) is held


def test_bad_blanks_are_refused(room):
    """Unknown names with the nearest; control characters, marks of blanks and megabytes never."""
    hostile = {"scope": "x" * 1_000_000}, {"scope": "a\u202eb"}, {"scope": "⟦no⟧"}
    for blanks in hostile:
        with pytest.raises(BadInput):
            room.do(DraftNotice(by=by("duty"), incident=INC, template="first", blanks=blanks))
    for blanks in ({"scop": "全部"}, {"no": "1"}, {"scope.fr": "tous"}):
        with pytest.raises(UnknownId):
            room.do(DraftNotice(by=by("duty"), incident=INC, template="first", blanks=blanks))
    for template in ("../../etc/passwd", "trading-outage.first/..", "", "x.second"):
        with pytest.raises(UnknownId):
            room.do(DraftNotice(by=by("duty"), incident=INC, template=template))


def test_the_media_hear_one_voice(room):
    """Only the spokesperson answers, only from the line in force, never with a customer's data."""
    asked = LogInquiry(
        by=by("clerk"), incident=INC, channel=Channel.MEDIA, said="何时恢复？", asked_by="某报"
    )
    room.do(asked)
    answer: dict[str, Any] = {"incident": INC, "inquiry": "1", "answer": "以公告约定的时间为准。"}
    with pytest.raises(BadInput, match="nothing is answered"):
        room.do(AnswerInquiry(by=by("second"), **answer))
    room.do(ProposeLine(by=by("duty"), incident=INC))
    room.do(ApproveLine(by=by("boss"), incident=INC))
    with pytest.raises(NotAllowed):
        room.do(AnswerInquiry(by=by("boss"), **answer))
    with pytest.raises(BadInput, match="forbids"):
        room.do(AnswerInquiry(by=by("second"), **answer | {"answer": "影响 很小。"}))
    with pytest.raises(BadInput, match="mobile number"):
        room.do(AnswerInquiry(by=by("second"), **answer | {"answer": "请找13800138000"}))
    room.do(AnswerInquiry(by=by("second"), **answer))
    (one,) = room.store.read(lambda uow: inquiries(uow, INC))
    assert (one["owner"], one["answered_by"]) == ("second", "second")
    assert one["line_sha256"] == shown_line(room)["sha256"]


def test_a_question_nobody_answers_is_rung(room):
    """The owner and the commander are rung once the time is up."""
    said: dict[str, Any] = {"channel": Channel.HOTLINE, "said": "无法撤单", "count": 12}
    room.do(LogInquiry(by=by("clerk"), incident=INC, **said))
    room.outgoing.clear()
    room.wait(61 * MINUTE)
    alarms = [one for one in room.tells() if one.endswith("alarm")]
    assert "clerk slack alarm" in alarms


def test_an_outlet_by_hand_is_not_forgotten(room):
    """Five minutes later whoever published it is rung, until it is on record."""
    id = released(room)
    publish(room, id)
    room.outgoing.clear()
    room.wait(6 * MINUTE)
    assert "duty voice alarm" in room.tells()
    room.do(RecordPosting(by=by("duty"), incident=INC, notice=id, outlet="app"))
    room.wait(6 * MINUTE)
    assert "duty voice alarm" not in room.tells()


def test_the_whole_of_it_by_chat(room, desk):
    """Line, draft, release and publication in the trade's own words, confirmed where it leaves."""
    talk = Talk(room)
    drafted = talk.hears(
        "duty", "拟公告 首次 现象=“委托失败” 范围=“全部客户” 仍可用=行情 替代=电话委托"
    )
    assert drafted.startswith("公告1已拟稿；签发前还需：统一解释口径还没有签发")
    assert "口径第1版" in talk.hears("duty", "口径")
    assert "您提出" in talk.hears("duty", "签发口径") or "无权" in talk.hears("duty", "签发口径")
    assert "已生效" in talk.hears("boss", "签发口径")
    assert "已签发" in talk.hears("boss", "签发公告 1")
    assert "（发布时填入）" in talk.hears("duty", "看公告 1")
    asked = talk.hears("duty", "发布公告 1")
    assert "将把公告1对外发布到3个渠道" in asked
    assert not desk.taken
    assert "已发布" in talk.hears("duty", "是")
    assert len(desk.taken) == 1
    talk.hears("duty", "已贴出 1 手机客户端")
    assert "待人工发布" not in talk.hears("duty", "看公告 1")
    assert "已发布 · " in talk.hears("duty", "公告")


def test_questions_by_chat(room):
    """Logged by anyone, answered by the spokesperson, listed for all."""
    talk = Talk(room)
    assert "second" in talk.hears("clerk", "登记问询 媒体 “何时恢复？” 提问方=某报").casefold()
    talk.hears("duty", "提出口径 “原因正在核查。”")
    talk.hears("boss", "签发口径")
    assert "已登记答复" in talk.hears("second", "答复问询 1 “以公告约定的时间为准。”")
    assert "以公告约定的时间为准" in talk.hears("clerk", "问询")


PEOPLE = ("duty", "boss", "second", "clerk")
ACTS = ("propose", "approve_line", "draft", "release", "publish", "posted", "withdraw")


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(PEOPLE), st.sampled_from(ACTS)), min_size=6, max_size=25))
def test_nothing_appears_but_what_two_released_from_the_line_in_force(acts):
    """Whatever people do in whatever order: no notice without two, none from an older line."""
    with TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{folder}/responder.db")
        try:
            room = Newsroom.of(store, public_firm(), EVENING)
            assert isinstance(room, Newsroom)
            room.do(Declare(by=by("clerk"), playbook="outage", title="无法登录"))
            room.do(Acknowledge(by=by("duty"), incident=INC))
            for person, wanted in acts:
                _try(room, person, wanted)
        finally:
            store.close()


def _try(room: Newsroom, person: str, wanted: str) -> None:
    """One act on the latest notice; what was published by it is judged at once."""
    found = room.store.read(lambda uow: uow.notices.of(INC))
    last = str(len(found)) if found else "1"
    on: dict[str, Any] = {"by": by(person), "incident": INC}
    commands = {
        "propose": ProposeLine(**on, line=Words(f"口径{len(found)}。")),
        "approve_line": ApproveLine(**on),
        "draft": DraftNotice(**on, template="first", blanks=BLANKS),
        "release": ReleaseNotice(**on, notice=last),
        "publish": PublishNotice(**on, notice=last),
        "posted": RecordPosting(**on, notice=last, outlet="app"),
        "withdraw": WithdrawNotice(**on, notice=last, reason="不需要"),
    }
    with suppress(BadInput, NotAllowed, UnknownId):
        room.do(commands[wanted])
        if wanted == "publish":
            notice, line = room.notice(INC, last), shown_line(room)
            assert len(set(notice.released_by)) == 2
            assert notice.line_sha256 == line["sha256"]
            assert line["proposed_by"] != line["approved_by"]
            texts = {p.sha256 for id, p in notice.postings.items() if id in ("app", "social")}
            assert len(texts) == 1
