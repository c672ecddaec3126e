"""One-time pages: whoever got the link answers by two taps; whoever else has it changes nothing."""

from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import quote, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from responder.commands.firm import RemovePerson
from responder.commands.incidents.incident import Declare
from responder.commands.incidents.roll_call import CallRoll
from responder.commands.paging.answering import Acknowledge
from responder.documents.paper.press import Press
from responder.domain.message import Message, Purpose
from responder.domain.task import Progress
from responder.inbound.link_address import LINK_HOLDS, address
from responder.inbound.links import SEAL_HOLDS, Links
from responder.inbound.refusals import EVERY
from responder.store.tokens import KeyedTokens
from tests.fakes.browser import Browser
from tests.fakes.web import serving
from tests.stage.play import Play, by
from tests.stage.talk import Talk

MINUTE = timedelta(minutes=1)
SECRET = b"a secret of this firm alone....."
TOKENS = KeyedTokens(SECRET)
BASE = "https://er.example.com/"


@pytest.fixture
def phone(play: Play) -> Iterator[Browser]:
    """A phone, and the firm's pages behind it."""
    with serving(Links(Talk(play), TOKENS, Press(apart=False)).routes) as port:
        yield Browser(port)


def declared(play: Play, **more) -> str:
    command = Declare(by=by("clerk"), playbook="outage", title="交易中断 <b>&", **more)
    return str(play.do(command).id)


def link(play: Play, person: str, purpose: Purpose = Purpose.PAGE) -> str:
    """The link in the latest message of a purpose to somebody."""
    return address(BASE, TOKENS, message(play, person, purpose))


def message(play: Play, person: str, purpose: Purpose = Purpose.PAGE) -> Message:
    sent = play.store.read(lambda uow: uow.outbox.to(person))
    return [one for one in sent if one.purpose is purpose][-1]


def everything(play: Play) -> list[str]:
    """All that is on the record, the incident's and the firm's."""
    return [entry.kind for entry in play.store.read(lambda uow: uow.ledger.all(0, 5000))]


@pytest.fixture(autouse=True)
def unheard(play: Play) -> Iterator[None]:
    """What rings is other stories' affair."""
    yield
    play.rings(), play.tells()


def test_a_page_is_taken_by_two_taps(play: Play, phone: Browser) -> None:
    """Open, take, confirm: on the record with the door `link`, and everybody else is told."""
    id = declared(play)
    page = phone.open(link(play, "duty"))
    assert page.status == 200
    assert "Ⅱ级响应 · 交易中断 <b>&" in page.text
    assert "20:18前未答复，将联系head。" in page.text
    assert page.buttons[:2] == ["接手", "不能接手，转下一位"]
    before = everything(play)
    assert phone.press("接手").buttons == ["确认：接手"]
    assert everything(play) == before, "the first tap changes nothing"
    done = phone.press("确认")
    assert done.status == 200
    assert "已登记，20:15由您接手，编号0001" in done.text
    assert play.incident(id).commander == "duty"
    taken = [entry for entry in play.timeline(id) if entry.kind == "Acknowledged"]
    assert [(entry.actor, entry.door) for entry in taken] == [("duty", "link")]


def test_whoever_only_looks_changes_nothing(play: Play, phone: Browser) -> None:
    """A mail scanner fetches the page again and again, and asks for its headers alone."""
    declared(play)
    url, before = link(play, "duty"), everything(play)
    for _ in range(3):
        phone.open(url)
    assert phone.ask("HEAD", url.removeprefix(BASE.rstrip("/"))).status == 200
    assert everything(play) == before


def test_what_is_kept_from_others(play: Play, phone: Browser) -> None:
    """No cache, no referrer, no index, no frame, no script; every word escaped."""
    declared(play)
    page = phone.open(link(play, "duty"))
    assert page.headers["cache-control"] == "no-store"
    assert page.headers["referrer-policy"] == "no-referrer"
    assert "noindex" in page.headers["x-robots-tag"]
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "<b>" not in page.html
    assert "duty:" not in page.html, "no number of anybody"


def test_a_stale_question_says_who_took_it(play: Play, phone: Browser) -> None:
    """Too late is no error: who, when, and that nothing is to be done."""
    id = declared(play)
    play.do(Acknowledge(by=by("duty"), incident=id))
    play.wait(MINUTE)
    page = phone.open(link(play, "admin"))
    assert "duty已于20:15接手，您不用再处理。" in page.text
    assert "接手" not in page.buttons
    phone.open(link(play, "admin") + "?lang=en")
    assert phone.shown is not None
    assert "Duty took it at 20:15; you need do nothing." in phone.shown.text


def test_taken_between_the_taps(play: Play, phone: Browser) -> None:
    """Somebody was faster: the second tap hears it, and is recorded as seen."""
    id = declared(play)
    phone.open(link(play, "admin"))
    phone.press("接手")
    play.do(Acknowledge(by=by("duty"), incident=id))
    assert "duty已于20:15接手" in phone.press("确认").text
    assert play.kinds(id)[-1] == "Seen"


def test_passing_on_and_taking_after_all(play: Play, phone: Browser) -> None:
    """The only holder of a post is asked once more; who passed it on may still take it."""
    id = declared(play)
    phone.open(link(play, "admin"))
    phone.press("不能接手")
    alone = phone.press("确认")
    assert "只有您" in alone.text
    phone.press("只有您能接手；仍转下一位")
    assert "已记录" in phone.press("确认").text
    assert "Declined" in play.kinds(id)
    assert phone.open(link(play, "admin")).buttons[0] == "接手"
    phone.press("接手")
    assert "由您接手" in phone.press("确认").text


def test_a_decision_with_its_reason(play: Play, phone: Browser) -> None:
    """Asked, chosen, confirmed with the reason that was typed."""
    id = declared(play)
    page = phone.open(link(play, "boss", Purpose.DECISION))
    assert "暂停委托？" in page.text
    assert page.buttons[:4] == ["同意", "不同意", "我正在决策", "转下一位"]
    phone.press("同意")
    assert "已决策：同意" in phone.press("确认", reason="止损").text
    answered = [e.payload for e in play.timeline(id) if e.kind == "Answered"]
    assert answered[0]
    assert answered[0]["reason"] == "止损"
    assert "boss已于20:15决策：同意。" in phone.open(link(play, "boss", Purpose.DECISION)).text


def test_a_roll_call(play: Play, phone: Browser) -> None:
    """Safe by two taps."""
    id = declared(play)
    play.do(Acknowledge(by=by("duty"), incident=id))
    play.do(CallRoll(by=by("duty"), incident=id, target="admin"))
    assert "您平安吗？" in phone.open(link(play, "admin", Purpose.ROLL_CALL)).text
    phone.press("平安")
    phone.press("确认")
    assert "已登记您平安。" in phone.open(link(play, "admin", Purpose.ROLL_CALL)).text


def test_ones_own_tasks_and_a_note(play: Play, phone: Browser) -> None:
    """What is theirs to do is there, a dangerous one with the way back; a note as it was typed."""
    id = declared(play)
    page = phone.open(link(play, "admin"))
    assert "重启报盘" in page.text
    assert "确认人员安全" not in page.text, "that is the duty lead's"
    assert "回退办法：切回" in phone.press("完成").text
    phone.press("确认")
    task = play.store.read(lambda uow: uow.tasks.get(f"{id}/restart"))
    assert task is not None
    assert task.progress is Progress.DONE
    typed = '20:15 <script>alert("x")</script>\r\n已重启'
    phone.open(link(play, "admin"))
    phone.press("写入", detail=typed)
    assert "已写入处置记录" in phone.press("确认").text
    noted = [entry.payload for entry in play.timeline(id) if entry.kind == "Noted"]
    assert noted[0]
    assert noted[0]["text"] == typed.replace("\r\n", "\n")


def test_the_same_tap_twice(play: Play, phone: Browser) -> None:
    """A form sent again is not carried out again, and says so."""
    id = declared(play)
    phone.open(link(play, "admin"))
    sure = phone.press("写入", detail="一条记录").forms[0]
    assert phone.post(sure.action, sure.fields).status == 200
    again = phone.post(sure.action, sure.fields)
    assert again.status == 409
    assert "没有重复登记" in again.text
    assert play.kinds(id).count("Noted") == 1
    assert play.kinds(id)[-1] == "Refused"


def test_a_drill_says_so_first(play: Play, phone: Browser) -> None:
    """P5: the first words of title and page."""
    command = Declare(by=by("duty"), playbook="leak", title="泄露", drill=True)
    play.do(command)
    page = phone.open(link(play, "head"))
    assert page.text.startswith("【演练】")
    assert "【演练】这是应急演练，不是真实事件。" in page.text
    english = phone.open(link(play, "head") + "?lang=en")
    assert english.text.startswith("DRILL")


def test_a_link_expires(play: Play, phone: Browser) -> None:
    """After two hours it opens nothing, and says what to do instead, in both languages."""
    declared(play)
    url = link(play, "duty")
    play.now += LINK_HOLDS
    gone = phone.open(url)
    assert gone.status == 410
    assert "链接已过期" in gone.text
    assert "call the duty phone" in gone.text
    assert "交易中断" not in gone.text
    assert everything(play)[-1] == "Refused"


def test_an_altered_link(play: Play, phone: Browser) -> None:
    """Another message's, another firm's, one letter off: none opens anything."""
    declared(play)
    url, one = link(play, "duty"), message(play, "duty")
    token = url.rpartition("/")[2]
    other = message(play, "boss", Purpose.DECISION).id
    forged = [
        address(BASE, KeyedTokens(b"x" * 32), one),
        f"{BASE}r/{other}{token[len(one.id) :]}",
        f"{url[:-1]}{'0' if url[-1] != '0' else '1'}",
        f"{BASE}r/{token.upper()}",
        f"{BASE}r/{token}x",
        f"{BASE}r/x",
    ]
    before = everything(play)
    for url in forged:
        assert phone.open(url).status == 404
        assert phone.shown is not None
        assert "链接无效" in phone.shown.text
    assert everything(play) == [*before, "Refused"], "whoever guesses does not fill the record"
    play.now += EVERY
    phone.open(forged[-1])
    refused = play.timeline("FIRM")[-1]
    assert (refused.actor, refused.door) == ("", "link")
    assert refused.payload
    assert f"{len(forged) - 1} more" in refused.payload["why"]


def test_who_was_removed_acts_no_more(play: Play, phone: Browser) -> None:
    """The link stops with the person's rights, in mid-answer too."""
    declared(play)
    url = link(play, "admin")
    phone.open(url)
    sure = phone.press("接手").forms[0]
    play.do(RemovePerson(by=by("root"), person="admin", reason="离职"))
    assert phone.post(sure.action, sure.fields).status == 403
    gone = phone.open(url)
    assert gone.status == 403
    assert "交易中断" not in gone.text


def test_a_seal_is_good_for_its_form_alone(play: Play, phone: Browser) -> None:
    """Not for another answer, another text, another link, nor for long."""
    declared(play)
    phone.open(link(play, "duty"))
    sure = phone.press("接手").forms[0]
    before = everything(play)
    wrong = [
        (sure.action, sure.fields | {"act": "decline"}),
        (sure.action, sure.fields | {"act": "note", "detail": "x"}),
        (sure.action, sure.fields | {"seal": ""}),
        (sure.action, sure.fields | {"seal": "0" * 22}),
        (sure.action, {"act": "approve"}),
        (sure.action, {"act": "nothing"}),
        (sure.action, {"act": "task", "detail": "nothing"}),
        (f"/r/{link(play, 'admin').rpartition('/')[2]}", sure.fields),
    ]
    for address_, fields in wrong:
        assert phone.post(address_, fields).status == 400
    play.now += SEAL_HOLDS + timedelta(seconds=1)
    stale = phone.post(sure.action, sure.fields)
    assert stale.status == 400
    assert "请重新选择" in stale.text
    assert everything(play) == [*before, *["Refused"] * (len(wrong) + 1)]


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"act=take", "text/plain", 415),
        (b'{"act": "take"}', "application/json", 415),
        (b"act=take", "", 415),
        (b"x" * 65536, "application/x-www-form-urlencoded", 413),
        (b"act=note&detail=%ff", "application/x-www-form-urlencoded", 400),
        ("act=接手".encode(), "application/x-www-form-urlencoded", 400),
        (b"act=take&act=decline", "application/x-www-form-urlencoded", 400),
        (b"&&&", "application/x-www-form-urlencoded", 400),
        (b"act=note&detail=%00", "application/x-www-form-urlencoded", 400),
        (b"&".join(b"a%d=1" % n for n in range(9)), "application/x-www-form-urlencoded", 400),
        (b"", "application/x-www-form-urlencoded", 400),
    ],
)
def test_a_form_that_is_none(play: Play, phone: Browser, body, kind, status) -> None:
    """Refused with the right status, on the record, and nothing changed."""
    declared(play)
    path = link(play, "duty").removeprefix(BASE.rstrip("/"))
    before = everything(play)
    answered = phone.ask("POST", path, body, {"Content-Type": kind} if kind else {})
    assert answered.status == status
    assert everything(play) == [*before, "Refused"]


def test_other_methods(play: Play, phone: Browser) -> None:
    """Nothing else is understood."""
    declared(play)
    path = link(play, "duty").removeprefix(BASE.rstrip("/"))
    assert [phone.ask(m, path).status for m in ("PUT", "DELETE", "PATCH")] == [405] * 3
    assert phone.open(f"{BASE}r/").status == 404


WORDS = st.text(max_size=40) | st.sampled_from(["take", "note", "task", "decline_surely", "seal"])
BODIES = st.binary(max_size=300) | st.dictionaries(
    st.sampled_from(["act", "detail", "seal", "reason"]) | st.text(max_size=8), WORDS, max_size=6
).map(lambda fields: urlencode(fields).encode())
KINDS = st.sampled_from(
    ["application/x-www-form-urlencoded", "application/json", "text/html; charset=x", ""]
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    method=st.sampled_from(["GET", "POST", "HEAD"]),
    token=st.none() | st.text(max_size=60),
    query=st.text(max_size=20),
    body=BODIES,
    kind=KINDS,
)
def test_whatever_comes_in(play: Play, phone: Browser, method, token, query, body, kind) -> None:
    """Any token, query and form: an answer of the 2xx or 4xx, and nothing but refusals recorded."""
    if not everything(play)[1:]:
        declared(play)
    shown = link(play, "duty").rpartition("/")[2] if token is None else quote(token, safe="")
    before = len(everything(play))
    headers = {"Content-Type": kind} if kind else {}
    path = f"/r/{shown}?{quote(query)}"
    answered = phone.ask(method, path, body if method == "POST" else b"", headers)
    assert answered.status // 100 in (2, 3, 4)
    assert set(everything(play)[before:]) <= {"Refused"}
