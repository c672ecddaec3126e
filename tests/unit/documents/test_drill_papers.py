"""The papers of a drill say what its file and its record say, in both languages, byte for byte."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from responder.documents.paper.press import made
from responder.domain.drill import Result
from responder.domain.drill_record import PLAN_HEADINGS
from responder.domain.drill_run import DrillApproval, DrillRun, Ended, Feedback, Observation
from responder.domain.measure import Measure, Origin
from responder.domain.recurrence import Recurrence
from responder.domain.warning import Stage
from responder.domain.words import Words
from responder.drills.after_action import AfterAction, Earlier, middle
from responder.drills.approval import fingerprint, is_approved
from responder.drills.by_hand import ByHand
from responder.drills.plan_sheet import PlanSheet
from responder.drills.scoring import Rating, Score
from responder.drills.warned import DrilledWarning, Step
from responder.site.loader import load
from responder.site.sample import sample_folder
from tests.fakes.pdf import read

AT = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
SITE = load(sample_folder()).site
SCENARIO = SITE.scenarios["slow-matching-listing"]
LANGUAGES = ("zh", "en")


def after(**fields) -> AfterAction:
    run = DrillRun(
        "DRL-2026-0007",
        SCENARIO.id,
        AT,
        "song.qing",
        took_part=["zhang.wei", "li.na"],
        sent={"surge": AT},
        observations=[
            Observation("feng.lan", AT, "口令清楚 clear words", strength=True),
            Observation("feng.lan", AT, "<b>无人通报</b> & nobody told", late=True),
        ],
        ended=Ended.LEFT,
        ended_at=AT + timedelta(hours=2),
        plan_change="none",
    )
    due = AT + timedelta(minutes=5)
    scores = {
        "taken": Score("taken", "reach", Result.LATE, due, due + timedelta(minutes=3), "li.na", 48),
        "safety-first": Score("safety-first", "handle", Result.NOT_DONE, due),
    }
    measure = Measure(
        "M-2026-0001", run.id, Origin.DRILL, "补充口径", "wu.ting", date(2026, 12, 20), AT, "a"
    )
    earlier = Earlier("DRL-2026-0001", AT, dict.fromkeys(Result, 1), {"reach": Rating.UNABLE})
    usual = AfterAction(
        SITE,
        SCENARIO,
        run,
        scores,
        (measure,),
        (earlier,),
        {"li.na": timedelta(minutes=8)},
        ("zhang.wei",),
        AT + timedelta(hours=3),
        "ab" * 32,
    )
    return replace(usual, **fields)


def sheet(approval: DrillApproval | None = None) -> PlanSheet:
    return PlanSheet(SITE, SCENARIO, approval, fingerprint(SCENARIO), AT)


def bare(words: str) -> str:
    """Without white space, and without apostrophes, which a reader may get back as another sign."""
    return "".join(words.split()).translate(dict.fromkeys(map(ord, "’'")))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_report_after_a_drill(language):
    """Counts, ratings, who was late by how much, what is to be put right, and the proof."""
    paper = read(made("after-action", after(), language).pdf)
    lines = [
        "0/2",
        "DRL-2026-0007",
        "DRL-2026-0001",
        "M-2026-0001",
        "口令清楚",
        "<b>无人通报</b>&nobodytold",
        "#48",
        "16:05:00",
        "16:08:00",
        "ab" * 32,
    ]
    assert [line for line in lines if line not in paper.flat] == []
    title = {"zh": "应急演练评估报告", "en": "After-actionreport"}[language]
    assert title in paper.flat
    assert all(paper.embedded.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_what_became_of_an_early_warning(language):
    """Under the row that raised it: each step, when, by whom."""
    steps = (
        Step(AT, Words("发起预警", "raised"), ""),
        Step(AT + timedelta(minutes=4), Words("已解除", "lifted"), "li.na"),
    )
    one = DrilledWarning("DRL-WRN-2026-0003", "surge", "征兆", Stage.LIFTED, steps)
    paper = read(made("after-action", after(warnings=(one,)), language).pdf)
    said = {"zh": "DRL-WRN-2026-0003已解除", "en": "DRL-WRN-2026-0003lifted"}[language]
    assert said in paper.flat
    assert "16:04:00" in paper.flat


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_why_it_fell_short_and_what_was_entered_by_hand(language):
    """Elements left open, times that passed, and by whose hand; the counts say how many by hand."""
    due, at = AT + timedelta(minutes=5), AT + timedelta(minutes=3)
    hand = ByHand("taken", "li.na", at, "feng.lan", AT + timedelta(minutes=70), "私人电话接手", 60)
    scores = {
        "taken": Score("taken", "reach", Result.DONE, due, at, "li.na", 60, by_hand=hand),
        "first-report": Score(
            "first-report",
            "report",
            Result.PARTIAL,
            due,
            due,
            "zhang.wei",
            52,
            lacking=(Words("原因初步判断", "Cause, as it seems"),),
            late_by_rule=timedelta(seconds=61),
        ),
        "branches-kept": Score(
            "branches-kept", "tell", Result.PARTIAL, due, due, "wu.ting", 53, missed=(due,)
        ),
    }
    run = replace(after().run, sent={"surge": AT, "exchange-says": AT})
    earlier = Earlier("DRL-2026-0001", AT, dict.fromkeys(Result, 1), {}, 2)
    found = after(scores=scores, run=run, earlier=(earlier,))
    paper = bare(read(made("after-action", found, language).pdf).flat)
    lines = {
        "zh": (
            "人工补登（冯岚17:10登记）：私人电话接手",
            "人工补登1项",
            "要件不全：原因初步判断",
            "超过规定时限1分1秒",
            "16:05到点未报",
            "做到（补登）#60",
            "1/1/1/1（补登2）",
        ),
        "en": (
            "entered by hand (Feng Lan, 17:10): 私人电话接手",
            "entered by hand 1 of them",
            "left open: Cause, as it seems",
            "1 min 1 s after the limit of its rule",
            "nobody was told by 16:05",
            "1/1/1/1 (2 by hand)",
        ),
    }
    assert [line for line in lines[language] if bare(line) not in paper] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_plan_of_a_drill(language):
    """All nine headings and every row, and whether it is approved as it stands."""
    approval = DrillApproval(SCENARIO.id, fingerprint(SCENARIO), "chen.guo", AT)
    paper = read(made("drill-plan", sheet(approval), language).pdf)
    said = [SCENARIO.plan[heading].said(language) for heading in PLAN_HEADINGS]
    said += [row.text.said(language) for row in SCENARIO.rows.values()]
    said += [SITE.people["chen.guo"].name.said(language)]
    assert [words for words in said if bare(words) not in bare(paper.flat)] == []
    unapproved = read(made("drill-plan", sheet(), language).pdf)
    assert {"zh": "未批准", "en": "nobodyyet"}[language] in unapproved.flat


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_plan_says_when_it_recurs(language):
    """In words that whoever approves it can check against a calendar."""
    rule = Recurrence(month="5,11", day="2nd sat", at=timedelta(hours=9), by_itself=True)
    one = replace(sheet(), scenario=replace(SCENARIO, recurs=rule))
    flat = read(made("drill-plan", one, language).pdf).flat
    by_itself = {"zh": "到时由系统开始", "en": "begunbytheengine"}[language]
    days = {
        "zh": "每年5月、11月，第二个星期六，09:00，",
        "en": "thesecondSaturdayofMayandNovember;09:00;",
    }
    assert days[language] + by_itself in flat
    never = replace(one, scenario=replace(SCENARIO, recurs=None))
    assert {"zh": "定期否", "en": "Recursno"}[language] in read(
        made("drill-plan", never, language).pdf
    ).flat


@pytest.mark.parametrize("kind", ["after-action", "drill-plan"])
def test_the_same_facts_give_the_same_bytes(kind):
    facts = after() if kind == "after-action" else sheet()
    assert made(kind, facts, "zh").pdf == made(kind, facts, "zh").pdf


def test_a_drill_of_which_nothing_came():
    """No score, nobody rung, nothing seen: the paper says so and does not break."""
    empty = after(scores={}, measures=(), earlier=(), acknowledged={}, silent=())
    run = replace(empty.run, observations=[], sent={}, plan_change="", ended=Ended.ABORTED)
    text = read(made("after-action", replace(empty, run=run), "en").pdf).flat
    assert "0/0" in text
    assert "notansweredyet" in text


def test_a_median_wants_three():
    """Of two values a median says nothing that they do not."""
    seconds = [timedelta(seconds=n) for n in (30, 50, 130)]
    assert middle(seconds[:2]) is None
    assert middle(seconds) == timedelta(seconds=50)


def test_an_approval_is_of_one_wording():
    """The least change of the file wants another approval."""
    approval = DrillApproval(SCENARIO.id, fingerprint(SCENARIO), "chen.guo", AT)
    assert is_approved(SCENARIO, approval)
    row = SCENARIO.rows["surge"]
    edited = replace(SCENARIO, rows={**SCENARIO.rows, "surge": replace(row, at=timedelta(1))})
    assert not is_approved(edited, approval)
    assert not is_approved(SCENARIO, None)


def answered(**fields) -> AfterAction:
    """The same with two of its people's feedback, and a finding that came back."""
    found = after(**fields)
    found.run.feedback = {
        "li.na": Feedback(AT, 4, "接手快 fast", "通报晚 late"),
        "zhang.wei": Feedback(AT, 2, "口令清楚 clear", "<i>电话太多</i> & calls"),
        "wang.fang": Feedback(AT, 5),
    }
    return replace(found, repeats={"M-2026-0001": ("M-2025-0009",)})


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_report_counts_feedback_and_marks_what_came_back(language):
    """Scores as counts, never a mean; texts as they were written; the earlier finding's id."""
    words = bare(read(made("after-action", answered(), language).pdf).text)
    counts = "0人1人0人1人1人" if language == "zh" else "1234501011"
    assert counts in words
    assert bare("<i>电话太多</i> & calls") in words
    assert "M-2025-0009" in words


@pytest.mark.parametrize("language", LANGUAGES)
def test_anonymous_it_says_what_and_not_who(language):
    """The order of the texts tells nothing either."""
    named = SITE.people["zhang.wei"].name.said(language)
    open_, hidden = (
        bare(read(made("after-action", answered(anonymous=one), language).pdf).text)
        for one in (False, True)
    )
    quoted = bare(f"& calls（{named}）")
    assert quoted in open_
    assert quoted not in hidden
    assert bare("通报晚 late") in hidden
    assert hidden.index(bare("<i>电话太多")) < hidden.index(bare("通报晚 late"))
