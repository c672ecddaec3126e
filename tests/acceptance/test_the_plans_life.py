"""The plan's life: changed, adopted by two, read, filed, reviewed, reminded of; on record."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from responder.commands import daily
from responder.commands.consent import Confirm
from responder.commands.daily import StartRounds
from responder.commands.firm import AcceptSite
from responder.commands.planning.adopting import AdoptPlan
from responder.commands.planning.documents import plan_document
from responder.commands.planning.filing import FilePlan, filings, proofs
from responder.commands.planning.knowing import AnswerQuestion, ReadPlan, quiz_of, receipts
from responder.commands.planning.reviewing import ReviewPlan
from responder.commands.planning.versions import differences, versions
from responder.commands.pursuit import roster_in_force
from responder.domain.organisation import Body, Command, Role
from responder.domain.plan_life import Question
from responder.domain.record import THE_FIRM
from responder.domain.register import Filing, Plan, Section, Unit
from responder.domain.site import Firm
from responder.domain.words import Words
from responder.errors import BadInput, NotAllowed, UnknownId
from tests.stage.firm import small_firm
from tests.stage.play import Play, by
from tests.stage.talk import Talk

START = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
"""09:00 in Shanghai, after that day's rounds."""
DAY = timedelta(days=1)
SHA = "a" * 64
QUIZ = tuple(
    Question(
        f"q{n}",
        Words(f"第{n}题", f"Question {n}"),
        (Words("对", "right"), Words("错", "wrong")),
        1 + n % 2,
        "h",
    )
    for n in range(8)
)


def firm(**changes):
    """The small firm with a plan in force, filed and reviewed; the clerk keeps it."""
    written = Section(Words("职责", "Duties"), Words("决策人五分钟内答复。", "Answer in five."))
    plan = Plan(
        version="1.0",
        number="YA-1",
        keeper="clerk",
        approver="boss",
        sensitivity="internal",
        published_on=date(2026, 3, 1),
        reviewed_on=date(2026, 3, 1),
        sections={"c": written, "h": Section(body=Words("以人为本。", "People first."))},
        filed=(Filing(date(2026, 3, 2), "bureau", "clerk", "R-1"),),
    )
    site = small_firm(
        firm=Firm(Words("示例证券", "Example Securities"), "operating", "bureau"),
        units={"bureau": Unit("bureau", "regulator", Words("示例监管局", "Example Bureau"))},
        plan=plan,
        quiz=QUIZ,
    )
    posts = {"security_admin": Role("security_admin", primary="admin", backup="clerk")}
    return replace(site, roles={**site.roles, **posts}, **changes)


@pytest.fixture
def store(opened):
    """On either database."""
    return opened()


@pytest.fixture
def play(store):
    play = Play.of(store, firm(), START)
    yield play
    assert heard(play) == []


MATTERS = ("应急预案", "预案", "of the plan", "The plan", "训", "raining")


def heard(play: Play) -> list[str]:
    """Who was told of the plan or of training since last asked, each once; the rest is dropped."""
    told = [m.person for _, m in play.outgoing if any(w in str(m.facts) for w in MATTERS)]
    play.outgoing.clear()
    return sorted(set(told))


@pytest.fixture(autouse=True)
def _rounds_of_our_own(monkeypatch):
    """Other subjects' rounds are told in their own stories."""
    ours = {name: when for name, when in daily.ROUNDS.items() if name in OURS}
    monkeypatch.setattr(daily, "ROUNDS", ours)


OURS = ("plan_is_looked_after", "training_is_announced")


def ask(play: Play, query, *values):
    return play.store.read(lambda uow: query(uow, *values, play.now))


def in_force(play: Play) -> Any:
    """The site in force."""
    return play.store.read(lambda uow: roster_in_force(uow).site)


def changed(play: Play, **fields) -> None:
    """The site's files say something else from now on."""
    site = in_force(play)
    play.do(AcceptSite(site=replace(site, **fields)))


def new_head(play: Play) -> None:
    """Another head of the command body: major."""
    changed(play, command=Command(Body("second", ("boss", "second", "head")), ("boss", "second")))


def new_words(play: Play, letter: str, zh: str) -> None:
    """Section `letter` says something else."""
    site = in_force(play)
    was = site.plan.sections[letter]
    sections = {**site.plan.sections, letter: replace(was, body=replace(was.body, zh=zh))}
    changed(play, plan=replace(site.plan, sections=sections))


def adopted(play: Play, version: str = "1.1", who: str = "boss", **fields):
    """A version asked for by the keeper and approved."""
    asked = play.do(AdoptPlan(by=by("clerk"), version=version, **fields))
    heard(play)
    return play.do(Confirm(by=by(who), request=asked.id))


def one(play: Play, version: str):
    return next(v for v in ask(play, versions) if v["version"] == version)


# Departing


def test_a_duty_changed_marks_the_plan(play):
    """7.1-P.c, R.f: a new head marks it as changed since filing, majorly, with a day to file by."""
    new_head(play)
    assert heard(play) == ["clerk"]
    found = one(play, "1.0")
    assert [c["section"] for c in found["changed"]] == ["c", "c"]
    assert all(c["major"] for c in found["changed"])
    assert found["refile_by"] == "2026-12-23"
    assert ask(play, filings)["refile_by"] == "2026-12-23"
    assert [c.kind for c in ask(play, differences, "", "")] == ["organisation", "succession"]
    assert "PlanDeparted" in play.kinds(THE_FIRM)


def test_a_slip_is_minor_and_owes_nothing(play):
    """A stroke of the pen marks the plan, and nothing has to be filed for it."""
    new_words(play, "c", "决策人五分钟内回答。")
    assert heard(play) == ["clerk"]
    found = one(play, "1.0")
    assert [c["major"] for c in found["changed"]] == [False]
    assert found["refile_by"] is None
    assert not ask(play, filings)["overdue"]


def test_what_is_no_part_of_the_plan_leaves_it_alone(play):
    """Quiet hours, a wording, somebody's phone: nothing departs and nobody is told."""
    changed(play, languages=("en", "zh"))
    assert one(play, "1.0")["changed"] == []
    assert "PlanDeparted" not in play.kinds(THE_FIRM)


def test_a_change_taken_back_is_no_departure(play):
    """The mark goes when the register is again what was adopted; and what was owed with it."""
    before = firm().command
    new_head(play)
    changed(play, command=before)
    heard(play)
    found = one(play, "1.0")
    assert found["changed"] == []
    assert found["refile_by"] is None


# Adopting


def test_two_adopt_a_version(play):
    """4.4: an author and an approver; the old one is withdrawn, readers are asked, it is filed."""
    new_head(play)
    heard(play)
    asked = play.do(AdoptPlan(by=by("clerk"), version="1.1", references=("DRL-1",)))
    assert heard(play) == [], "the boss is reached by voice alone"
    assert "重大变化" in asked.said.zh
    assert one(play, "1.0")["withdrawn"] is False
    with pytest.raises(BadInput, match="cannot also confirm"):
        play.do(Confirm(by=by("clerk"), request=asked.id))
    reply = play.do(Confirm(by=by("boss"), request=asked.id))
    assert reply.facts == {"version": "1.1", "major": True, "withdrawn": "1.0"}
    assert heard(play) == ["admin", "clerk", "deputy", "duty", "head"]
    found, old = one(play, "1.1"), one(play, "1.0")
    assert (found["author"], found["approver"], found["major"]) == ("clerk", "boss", True)
    assert found["references"] == ["DRL-1"]
    assert found["reasons"][0]["en"] == "organisation and posts"
    assert found["refile_by"] == "2026-12-23"
    assert old["withdrawn"]
    assert old["changed"] == []
    assert ask(play, filings)["filed"] is False
    assert ask(play, plan_document, "1.0").superseded_by == "1.1"
    assert ask(play, plan_document, "").changes[0].kind == "organisation"
    assert ask(play, differences, "1.0", "1.1") != ()
    assert ask(play, differences, "", "") == ()


def test_a_person_overrules_the_table(play):
    """Upwards with a reason; downwards too, and then two have agreed to it."""
    new_words(play, "h", "以人为本，先救人。")
    heard(play)
    with pytest.raises(BadInput, match="reason is empty"):
        play.do(AdoptPlan(by=by("clerk"), version="1.1", major=True))
    assert adopted(play, major=True, reason="涉及人身安全").facts["major"]
    heard(play)
    new_head(play)
    heard(play)
    assert not adopted(play, "1.2", major=False, reason="临时代理").facts["major"]
    heard(play)
    assert one(play, "1.2")["reasons"][0]["zh"] == "临时代理"
    assert one(play, "1.2")["refile_by"] == "2026-12-23", "what was owed already stays owed"


def test_what_nobody_may(play):
    """No version twice, none without a change, none by just anybody, none after a new change."""
    with pytest.raises(BadInput, match="Nothing differs"):
        play.do(AdoptPlan(by=by("clerk"), version="1.1"))
    new_head(play)
    heard(play)
    with pytest.raises(BadInput, match="was used before"):
        play.do(AdoptPlan(by=by("clerk"), version="1.0"))
    with pytest.raises(BadInput, match="no sensitivity"):
        play.do(AdoptPlan(by=by("clerk"), version="1.1", sensitivity="loud"))
    with pytest.raises(BadInput, match="may not approve"):
        play.do(AdoptPlan(by=by("clerk"), version="1.1", approver="duty"))
    with pytest.raises(NotAllowed):
        play.do(AdoptPlan(by=by("admin"), version="1.1"))
    with pytest.raises(UnknownId):
        ask(play, differences, "0.9", "")
    asked = play.do(AdoptPlan(by=by("clerk"), version="1.1"))
    new_words(play, "h", "另写一段。")
    heard(play)
    with pytest.raises(BadInput, match="changed since this was asked"):
        play.do(Confirm(by=by("boss"), request=asked.id))
    assert one(play, "1.0")["withdrawn"] is False


def test_a_version_may_come_by_the_files(play):
    """Whoever writes the next version into plan.yaml has adopted it; it is judged the same."""
    site = firm()
    plan = replace(site.plan, version="2.0", published_on=date(2026, 11, 20), approver="second")
    changed(play, plan=plan, command=replace(site.command, succession=("second",)))
    heard(play)
    found = one(play, "2.0")
    assert (found["approver"], found["major"], found["refile_by"]) == ("second", True, "2026-12-23")
    assert one(play, "1.0")["withdrawn"]


def test_an_adoption_undone_brings_back_the_version_before(play):
    """It is the same version again, with its filing and its readers; the other is withdrawn."""
    site = firm()
    new_head(play)
    adopted(play)
    changed(play, plan=site.plan, command=site.command)
    heard(play)
    found, undone = one(play, "1.0"), one(play, "1.1")
    assert (found["withdrawn"], undone["withdrawn"]) == (False, True)
    assert found["changed"] == []
    assert len(ask(play, versions)) == 2
    assert ask(play, filings)["filed"]


# Filing


def test_filing_settles_what_was_owed(play):
    """R.e: addressee by the kind of institution, day, channel, receipt, proof; nothing invented."""
    new_head(play)
    heard(play)
    adopted(play)
    heard(play)
    for wrong, why in (
        ({"receipt": ""}, "receipt number is empty"),
        ({"receipt": "R", "channel": "owl"}, "no way of filing"),
        ({"receipt": "R", "on": date(2026, 11, 24)}, "after today"),
        ({"receipt": "R", "on": date(2026, 11, 22)}, "before the plan was published"),
    ):
        with pytest.raises(BadInput, match=why):
            play.do(FilePlan(by=by("clerk"), **wrong))
    with pytest.raises(NotAllowed):
        play.do(FilePlan(by=by("admin"), receipt="R-2"))
    reply = play.do(FilePlan(by=by("clerk"), receipt="R-2", proof=f"回执 sha256:{SHA}"))
    assert "示例监管局" in reply.said.zh
    found = ask(play, filings)
    assert (found["to"], found["filed"], found["refile_by"]) == ("bureau", True, None)
    assert [f["receipt"] for f in found["filings"]] == ["R-1", "R-2"]
    assert play.store.read(proofs) == {SHA}
    assert "PlanFiled" in play.kinds(THE_FIRM)


def test_a_core_institution_files_with_the_csrc(store):
    """R.e: the setting decides."""
    site = firm()
    play = Play.of(store, replace(site, firm=replace(site.firm, institution="core")), START)
    assert ask(play, filings)["to"] == "csrc"
    assert ask(play, filings)["filed"] is False, "what was filed with the bureau does not count"
    play.do(FilePlan(by=by("clerk"), receipt="R-9"))
    assert ask(play, filings)["filed"]


# The clock


def test_the_year_without_a_review(play):
    """R.c: reminders at 60, 30, 7 and 0 days, then overdue to the leaders, week by week."""
    play.do(StartRounds())
    play.wait(datetime(2027, 3, 1, 0, 0, tzinfo=UTC) - play.now)
    assert heard(play) == ["clerk"]
    play.wait(DAY)
    assert heard(play) == ["clerk"]
    play.wait(DAY)
    assert heard(play) == ["clerk"], "overdue; the head of the firm has a phone alone"
    play.wait(13 * DAY)
    assert heard(play) == ["clerk"]
    said = play.do(ReviewPlan(by=by("clerk"), findings="依据有更新", revises=True))
    assert said.facts["review_by"] == "2028-03-15"
    play.wait(20 * DAY)
    assert heard(play) == []
    play.do(ReviewPlan(by=by("clerk"), findings="再次评估", revises=False))
    with pytest.raises(NotAllowed):
        play.do(ReviewPlan(by=by("admin"), findings="可以", revises=False))


def test_a_standstill_is_made_up_for(play):
    """The engine did not run on the very day: the reminder comes late, and once."""
    play.do(StartRounds())
    play.sleep(datetime(2027, 2, 10, tzinfo=UTC) - play.now)
    play.wait(3 * DAY)
    assert heard(play) == ["clerk"]


def test_filing_again_is_chased(play):
    """R.f: two weeks, one week, three days before and on the day; then the leaders."""
    play.do(StartRounds())
    new_head(play)
    heard(play)
    play.wait(29 * DAY)
    assert heard(play) == ["clerk"]
    play.wait(DAY)
    assert heard(play) == ["clerk"]
    play.wait(2 * DAY)
    assert heard(play) == ["clerk"]
    assert ask(play, filings)["overdue"]


# Knowing


def test_who_has_not_read_is_reminded_and_listed(play):
    """7.1-l: after fourteen days a reminder each, and the list to the duty lead; once."""
    play.do(StartRounds())
    new_words(play, "h", "以人为本，先救人，再抢修。")
    heard(play)
    adopted(play)
    heard(play)
    for person in ("duty", "deputy", "head", "clerk"):
        play.do(ReadPlan(by=by(person)))
    play.wait(14 * DAY)
    assert heard(play) == ["admin", "duty"], "one reminded, one given the list"
    play.wait(3 * DAY)
    assert heard(play) == []
    found = ask(play, receipts)
    read = {one["person"]: one["read_on"] for one in found["people"]}
    assert read["duty"] == "2026-11-23"
    assert read["admin"] is None
    assert found["percent_by_post"]["security_admin"] == 0


def test_a_new_holder_is_asked_too(play):
    """Whoever comes to hold a key post is asked for the version in force; nobody else again."""
    site = firm()
    posts = {"security_admin": Role("security_admin", primary="admin", backup="root")}
    changed(play, roles={**site.roles, **posts})
    assert heard(play) == ["clerk", "root"], "the keeper hears that the plan is to be adopted"
    found = {one["person"]: one for one in ask(play, receipts)["people"]}
    assert found["root"]["read_on"] is None
    play.do(ReadPlan(by=by("root")))
    changed(play, roles=site.roles)
    changed(play, roles={**site.roles, **posts})
    assert "root" not in heard(play), "once read is read"


def in_hand(play: Play) -> Any:
    """The quiz that the admin is at."""
    return play.store.read(lambda uow: quiz_of(uow, "admin"))


def test_the_quiz_in_a_chat(play):
    """By numbers, one after the other; what fails is taken again with other questions."""
    talk = Talk(play)
    assert "已研读应急预案1.0版" in talk.hears("admin", "已读预案")
    first = talk.hears("admin", "预案测验")
    assert first.startswith("1/5 第")
    assert "1. 对" in first
    failed = in_hand(play)
    said = [talk.hears("admin", str(3 - in_hand(play).next.answer)) for _ in range(5)]
    assert all(one.startswith("不对，应为：") for one in said)
    assert ["未通过" in one for one in said] == [False] * 4 + [True]
    again = in_hand(play)
    assert {q.id for q in again.questions} != {q.id for q in failed.questions}, "others"
    talk.hears("admin", "测验")
    said = [talk.hears("admin", str(in_hand(play).next.answer)) for _ in range(5)]
    assert all(one.startswith("正确。") for one in said)
    assert "测验通过，5题答对5题" in said[-1]
    found = {one["person"]: one for one in ask(play, receipts)["people"]}
    assert found["admin"]["passed_on"] == "2026-11-23"
    with pytest.raises(BadInput, match="number from 1 to 2"):
        play.do(AnswerQuestion(by=by("duty"), answer=3))
    assert "与现行预案版本一致" in talk.hears("admin", "预案变化")
