"""Duty (5.1): leave and swaps judged by the roster, shifts handed over and accepted, check-ins."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from responder.commands.consent import Confirm
from responder.commands.daily import StartRounds
from responder.commands.duty.check_in import CheckIn
from responder.commands.duty.handover import AcceptShift, DeclineShift, OfferShift
from responder.commands.duty.on_shift import TickArea
from responder.commands.duty.rota import CancelAbsence, OverrideRotation, RecordAbsence
from responder.commands.duty.shifts import keep_shifts
from responder.commands.duty.swap import AcceptSwap, AskSwap, RefuseSwap
from responder.commands.firm import AcceptSite, RemovePerson
from responder.commands.paging.keypress import command_of
from responder.commands.paging.screen import waits
from responder.commands.pursuit import roster_in_force
from responder.domain.duty import AREAS, DutyRules, Shift, Swap
from responder.domain.keys import Act
from responder.domain.message import Message, Purpose
from responder.domain.organisation import Role
from responder.domain.roster import Roster
from responder.domain.rota import Absence, Rotation
from responder.domain.site import Site
from responder.domain.words import Words
from responder.errors import BadInput, NotAllowed, Refused
from tests.stage.firm import person, small_firm
from tests.stage.play import Play, by
from tests.stage.talk import Talk

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
EVENING = datetime(2026, 11, 23, 12, 15, tzinfo=UTC)
"""Monday, 20:15 in Shanghai: duty leads, deputy backs up, both by the day from 08:30."""
CHANGE = datetime(2026, 11, 24, 0, 30, tzinfo=UTC)
"""Tuesday 08:30: deputy leads, third backs up."""
RULES = DutyRules(
    posts=("duty_lead", "watch"),
    check_in_posts=("watch",),
    check_in_every=2 * HOUR,
    check_in_grace=10 * MINUTE,
    handover_within=30 * MINUTE,
)


def firm() -> Site:
    """The small firm with a lead by the day and a watch of twelve hours, day and night."""
    site = small_firm()
    starts = datetime(2026, 11, 23, 8, 30, tzinfo=UTC).replace(tzinfo=None)
    more = [person(id) for id in ("third", "night", "dawn", "noon")]
    lead = Role("duty_lead", Words("值班负责人", "Duty lead"), "lead", "lead-backup")
    watch = Role("watch", Words("监控岗", "Watch"), "watch", "watch-backup")
    day, half = timedelta(days=1), 12 * HOUR
    crew = ("duty", "deputy", "third")
    turns = ("noon", "night", "dawn")
    return replace(
        site,
        people=site.people | {one.id: one for one in more},
        roles=site.roles | {"duty_lead": lead, "watch": watch},
        rotations={
            "lead": Rotation("lead", starts, shift=day, people=crew),
            "lead-backup": Rotation("lead-backup", starts, shift=day, people=(*crew[1:], crew[0])),
            "watch": Rotation("watch", starts, shift=half, people=turns),
            "watch-backup": Rotation(
                "watch-backup", starts, shift=half, people=(*turns[1:], turns[0])
            ),
        },
        duty_rules=RULES,
    )


@pytest.fixture
def duty(opened: Callable[..., Any]) -> Iterator[Play]:
    """The firm on each database; at the end no message may be left unexpected."""
    play = Play.of(opened(), firm(), EVENING)
    yield play
    play.over()


def start(play: Play) -> None:
    """Shifts are kept from now on, without the firm's other daily rounds."""
    play.store.run(lambda uow: keep_shifts(uow, play.now))


def roster(play: Play) -> Roster:
    return play.store.read(roster_in_force)


def holder(play: Play, role: str = "duty_lead") -> str:
    return roster(play).holder(role, play.now)


def shift(play: Play, id: str) -> Shift:
    found = play.store.read(lambda uow: uow.shifts.get(id))
    assert found is not None
    return found


def swap(play: Play, id: str) -> Swap:
    found = play.store.read(lambda uow: uow.swaps.get(id))
    assert found is not None
    return found


def kinds(play: Play, *hidden: str) -> list[str]:
    quiet = {"SiteAccepted", "RegisterRevised", "ShiftBegan", "MessagesSettled", "Refused", *hidden}
    return [e.kind for e in play.timeline("FIRM") if e.kind not in quiet]


def asked(play: Play, purpose: Purpose, whom: str) -> Message:
    """The last such message to somebody; it waits for an answer."""
    found = [m for _, m in play.outgoing if m.purpose is purpose and m.person == whom][-1]
    assert play.store.read(lambda uow: waits(uow, found))
    return found


def answer(play: Play, message: Message, act: Act) -> Any:
    """Press a key under a message."""
    command = command_of(act, message, by(message.person))
    assert command is not None
    return play.do(command)


# Leave and overrides


def test_lead_and_backup_are_never_away_together(duty: Play) -> None:
    """One minute of overlap is refused, with who, which role, from when to when."""
    duty.do(RecordAbsence(by=by("root"), person="duty", start=EVENING + HOUR,
                          end=EVENING + 2 * HOUR, reason="看病"))  # fmt: skip
    wanted = RecordAbsence(
        by=by("root"),
        person="deputy",
        start=EVENING + 2 * HOUR - MINUTE,
        end=EVENING + 4 * HOUR,
        reason="培训",
    )
    with pytest.raises(BadInput) as refused:
        duty.do(wanted)
    for part in ("值班负责人", "duty", "deputy", "2026-11-23 22:14 至 2026-11-23 22:15"):
        assert part in refused.value.said("zh")
    reply = duty.do(replace(wanted, start=EVENING + 2 * HOUR))
    assert "stand_ins" in reply.facts
    assert roster(duty).absent("deputy", EVENING + 3 * HOUR)
    told = duty.tells()
    assert "duty slack told" in told
    assert "deputy sms told" in told


def test_leave_that_ends_before_it_begins_is_refused(duty: Play) -> None:
    """The wrong way round, and over already: nothing is written."""
    for start, end in ((HOUR, timedelta(0)), (-2 * HOUR, -HOUR)):
        with pytest.raises(BadInput):
            duty.do(RecordAbsence(by=by("root"), person="duty", start=EVENING + start,
                                  end=EVENING + end, reason="x"))  # fmt: skip
    assert roster(duty).site.absences == ()


def test_ones_own_leave_waits_for_the_lead(duty: Play) -> None:
    """Asked for, agreed to by a button, on the register; the stand-in is shown."""
    wanted = RecordAbsence(by=by("night"), person="night", start=EVENING + 10 * HOUR,
                           end=EVENING + 40 * HOUR, reason="探亲")  # fmt: skip
    reply = duty.do(wanted)
    assert "批准前仍在岗" in reply.said.zh
    assert roster(duty).site.absences == ()
    message = asked(duty, Purpose.ASSENT, "duty")
    assert "探亲" in message.facts["what"]
    answer(duty, message, Act.AGREE)
    assert roster(duty).absent("night", EVENING + 20 * HOUR)
    assert not duty.store.read(lambda uow: waits(uow, message))
    duty.do(CancelAbsence(by=by("night"), person="night"))
    assert roster(duty).site.absences == ()
    assert kinds(duty) == ["ConsentAsked", "ConsentGiven", "AbsenceRecorded", "AbsenceCancelled"]
    duty.tells()


def test_the_lead_does_not_approve_their_own_leave(duty: Play) -> None:
    """The head of IT is asked instead; nobody else's word counts."""
    reply = duty.do(RecordAbsence(by=by("duty"), person="duty", start=EVENING + HOUR,
                                  end=EVENING + 2 * HOUR, reason="x"))  # fmt: skip
    assert duty.tells() == ["head slack assent", "head sms assent"]
    for nobody in ("duty", "deputy"):
        with pytest.raises(Refused):
            duty.do(Confirm(by=by(nobody), request=reply.id))
    duty.do(Confirm(by=by("head"), request=reply.id))
    assert roster(duty).holder("duty_lead", EVENING + HOUR) == "deputy"
    duty.tells()


def test_an_override_is_for_the_lead_and_judged(duty: Play) -> None:
    """By the lead or an administrator; not onto one's own backup, nor while away."""
    one = OverrideRotation(by=by("clerk"), rotation="lead", start=EVENING + HOUR,
                           end=EVENING + 3 * HOUR, person="third", reason="顶班")  # fmt: skip
    with pytest.raises(NotAllowed):
        duty.do(one)
    with pytest.raises(BadInput, match="Deputy"):
        duty.do(replace(one, by=by("duty"), person="deputy"))
    duty.do(replace(one, by=by("duty")))
    assert roster(duty).holder("duty_lead", EVENING + 2 * HOUR) == "third"
    assert roster(duty).holder("duty_lead", EVENING + 3 * HOUR) == "duty"
    duty.do(RecordAbsence(by=by("root"), person="third", start=EVENING + 30 * HOUR,
                          end=EVENING + 32 * HOUR, reason="x"))  # fmt: skip
    with pytest.raises(BadInput, match="Third"):
        duty.do(replace(one, by=by("duty"), start=EVENING + 31 * HOUR, end=EVENING + 33 * HOUR))
    duty.tells()


# Swaps


def ask(play: Play, **more: Any) -> str:
    fields: dict[str, Any] = {
        "rotation": "lead",
        "start": CHANGE,
        "end": CHANGE + 24 * HOUR,
        "other": "third",
    }
    reply = play.do(AskSwap(by=by("deputy"), **(fields | more)))
    id: str = reply.id
    return id


def test_a_swap_needs_three(duty: Play) -> None:
    """Who asks, who is asked, and the lead on shift; nothing moves before the third."""
    id = ask(duty)
    assert duty.tells() == ["third slack assent", "third sms assent"]
    before = roster(duty).site
    with pytest.raises(NotAllowed):
        duty.do(AcceptSwap(by=by("clerk"), swap=id))
    duty.do(AcceptSwap(by=by("third"), swap=id))
    assert duty.tells() == ["duty slack assent", "duty sms assent"]
    assert roster(duty).site == before
    duty.do(AcceptSwap(by=by("duty"), swap=id))
    at = CHANGE + HOUR
    assert roster(duty).posted(roster(duty).site.roles["duty_lead"], at) == ("third", "deputy")
    settled = swap(duty, id)
    assert settled.settled_at == duty.now
    assert settled.lead == "duty"
    assert kinds(duty) == ["SwapAsked", "SwapAccepted", "SwapAccepted", "SwapSettled"]
    duty.tells()


def test_where_the_lead_swaps_the_head_of_it_approves(duty: Play) -> None:
    """Nobody approves for themselves."""
    start = EVENING + 3 * HOUR
    reply = duty.do(AskSwap(by=by("duty"), rotation="lead", start=start, end=start + 4 * HOUR,
                            other="deputy"))  # fmt: skip
    duty.do(AcceptSwap(by=by("deputy"), swap=reply.id))
    assert asked(duty, Purpose.ASSENT, "head").incident == reply.id
    duty.do(AcceptSwap(by=by("duty"), swap=reply.id))
    assert swap(duty, reply.id).settled_at is None
    answer(duty, asked(duty, Purpose.ASSENT, "head"), Act.AGREE)
    assert roster(duty).holder("duty_lead", start) == "deputy"
    duty.tells()


@pytest.mark.parametrize("who", ["deputy", "third", "duty"])
def test_a_swap_is_refused_or_taken_back(duty: Play, who: str) -> None:
    """By either of the two or the lead: the roster stays, and it cannot be accepted any more."""
    id = ask(duty)
    duty.do(RefuseSwap(by=by(who), swap=id, reason="不便"))
    with pytest.raises(BadInput):
        duty.do(AcceptSwap(by=by("third"), swap=id))
    assert roster(duty).site.overrides == ()
    duty.tells()


def test_a_swap_runs_out_when_it_was_to_start(duty: Play) -> None:
    """Not agreed in time, the roster stands and both are told."""
    id = ask(duty)
    duty.do(AcceptSwap(by=by("third"), swap=id))
    duty.tells()
    duty.wait(CHANGE - EVENING)
    assert not swap(duty, id).is_open
    assert sorted(duty.tells()) == [
        f"{p} {via} told" for p in ("deputy", "third") for via in ("slack", "sms")
    ]
    with pytest.raises(BadInput):
        duty.do(AcceptSwap(by=by("duty"), swap=id))


def test_nobody_is_booked_twice(duty: Play) -> None:
    """Two requests over one time, a swap onto leave, one between people not on shift."""
    ask(duty)
    with pytest.raises(BadInput, match="SWP-2026-0001"):
        ask(duty, start=CHANGE + 23 * HOUR, end=CHANGE + 30 * HOUR)
    leave = Absence("third", CHANGE + 50 * HOUR, CHANGE + 60 * HOUR)
    with pytest.raises(BadInput):
        ask(duty, start=CHANGE + 30 * HOUR, end=CHANGE + 31 * HOUR, other="clerk")
    duty.do(RecordAbsence(by=by("root"), person="third", start=leave.start, end=leave.end,
                          reason="x"))  # fmt: skip
    with pytest.raises(BadInput, match="Third"):
        ask(duty, start=CHANGE + 48 * HOUR, end=CHANGE + 96 * HOUR)
    duty.tells()


def test_the_roster_is_judged_again_when_the_last_agrees(duty: Play) -> None:
    """What changed since it was asked counts."""
    id = ask(duty)
    duty.do(AcceptSwap(by=by("third"), swap=id))
    duty.do(RecordAbsence(by=by("root"), person="third", start=CHANGE, end=CHANGE + 2 * HOUR,
                          reason="x"))  # fmt: skip
    with pytest.raises(BadInput, match="Third"):
        duty.do(AcceptSwap(by=by("duty"), swap=id))
    assert swap(duty, id).is_open
    assert roster(duty).site.overrides == ()
    duty.tells()


# Handover


def ticked(play: Play, who: str) -> None:
    for area in AREAS:
        play.do(TickArea(by=by(who), area=area))


def test_a_shift_is_handed_over_in_time(duty: Play) -> None:
    """Ticked, offered, accepted: the record is complete, and stays as it is."""
    start(duty)
    duty.wait(CHANGE - EVENING - 10 * MINUTE)
    duty.tells()
    with pytest.raises(BadInput, match="8 areas are not ticked"):
        duty.do(OfferShift(by=by("duty")))
    ticked(duty, "duty")
    id = duty.do(OfferShift(by=by("duty"), note="核心交易今晚有变更")).id
    message = asked(duty, Purpose.ASSENT, "deputy")
    assert "核心交易今晚有变更" in message.facts["work"]
    with pytest.raises(NotAllowed):
        duty.do(AcceptShift(by=by("third"), shift=id))
    answer(duty, message, Act.AGREE)
    duty.tells()
    assert holder(duty) == "duty"
    duty.wait(10 * MINUTE)
    assert holder(duty) == "deputy"
    assert roster(duty).site.overrides == ()
    done = shift(duty, id)
    assert (done.relieved_by, done.note) == ("deputy", "核心交易今晚有变更")
    for late in (AcceptShift(by=by("deputy"), shift=id), TickArea(by=by("duty"), area="security")):
        with pytest.raises(Refused):
            duty.do(late)
    handed = [e for e in duty.timeline("FIRM") if e.kind == "ShiftHandedOver"]
    assert handed[0].payload is not None
    assert handed[0].payload["unticked"] == []
    duty.tells()


def test_not_accepted_the_old_one_stays(duty: Play) -> None:
    """On duty and on the roster, the next as backup; a reminder, then the lead; then relieved."""
    start(duty)
    duty.wait(CHANGE - EVENING - 5 * MINUTE)
    id = duty.do(OfferShift(by=by("duty"), note="未打勾：交易时段未到")).id
    duty.wait(6 * MINUTE)
    post = roster(duty).site.roles["duty_lead"]
    assert roster(duty).posted(post, duty.now) == ("duty", "deputy")
    duty.tells()
    duty.wait(30 * MINUTE)
    assert [t for t in duty.tells() if t.startswith("deputy")] == [
        f"deputy {via} assent" for via in ("slack", "sms", "voice")
    ]
    duty.wait(30 * MINUTE)
    assert [t for t in duty.tells() if t.startswith("head")] == [
        f"head {via} alarm" for via in ("slack", "sms", "voice")
    ]
    assert holder(duty) == "duty"
    duty.do(AcceptShift(by=by("deputy"), shift=id))
    assert roster(duty).posted(post, duty.now) == ("deputy", "third")
    done = shift(duty, id)
    assert done.end == duty.now
    assert {"ShiftStays", "HandoverReminded", "HandoverOverdue"} <= set(kinds(duty))
    duty.tells()


def test_nobody_stays_longer_than_one_more_shift(duty: Play) -> None:
    """After it the roster is followed again, and that it never was handed over is on record."""
    start(duty)
    duty.wait(CHANGE - EVENING - 5 * MINUTE)
    id = duty.do(OfferShift(by=by("duty"), note="x")).id
    duty.wait(25 * HOUR)
    assert holder(duty) == "third"
    duty.wait(24 * HOUR)
    assert shift(duty, id).lapsed_at is not None
    assert "ShiftLapsed" in kinds(duty)
    duty.tells()


def test_the_next_may_say_no(duty: Play) -> None:
    """The giver stays, and the lead hears of it."""
    start(duty)
    duty.wait(CHANGE - EVENING - 5 * MINUTE)
    id = duty.do(OfferShift(by=by("duty"), note="x")).id
    duty.tells()
    duty.do(DeclineShift(by=by("deputy"), shift=id, reason="路上堵车"))
    assert {t.split()[0] for t in duty.tells()} == {"duty", "head"}
    duty.wait(10 * MINUTE)
    assert holder(duty) == "duty"
    duty.tells()


def test_not_offered_the_roster_is_followed_and_it_is_chased(duty: Play) -> None:
    """Who forgot is asked, then the lead is told; paging goes by the roster."""
    start(duty)
    duty.wait(CHANGE - EVENING + MINUTE)
    assert holder(duty) == "deputy"
    assert "duty slack told" in duty.tells()
    duty.wait(HOUR)
    assert "HandoverOverdue" in kinds(duty)
    first = duty.store.read(lambda uow: list(uow.shifts.all()))[0]
    duty.do(OfferShift(by=by("duty"), note="补交班"))
    duty.do(AcceptShift(by=by("deputy"), shift=first))
    assert shift(duty, first).relieved_by == "deputy"
    duty.tells()


# Check-ins


def about(told: list[str], purpose: str) -> list[str]:
    """Those of one purpose: the watch that was not handed over is chased beside."""
    return [one for one in told if one.endswith(purpose)]


def test_a_missed_check_in_calls_then_tells_the_backup(duty: Play) -> None:
    """Asked quietly, called after the grace, then the backup and the lead; on the record."""
    start(duty)
    duty.wait(16 * MINUTE)
    duty.tells()
    duty.wait(EVENING + 2 * HOUR + 15 * MINUTE - duty.now)
    who = holder(duty, "watch")
    assert about(duty.tells(), "check_in") == [f"{who} slack check_in", f"{who} sms check_in"]
    duty.wait(10 * MINUTE)
    assert duty.tells() == [f"{who} voice check_in"]
    duty.wait(10 * MINUTE)
    backup = roster(duty).posted(roster(duty).site.roles["watch"], duty.now)[1]
    assert about(duty.tells(), "alarm") == [
        f"{p} {via} alarm" for p in (backup, "duty") for via in ("slack", "sms", "voice")
    ]
    (one,) = [s for s in duty.store.read(lambda u: u.shifts.all()).values() if s.person == who]
    assert len(one.missed) == 1
    assert [k for k in kinds(duty) if k.startswith("Check")] == [
        "CheckInAsked",
        "CheckInCalled",
        "CheckInMissed",
    ]


@pytest.mark.parametrize("waited", [0, 10])
def test_a_key_is_a_check_in(duty: Play, waited: int) -> None:
    """By the first text, or by key 1 when called: nobody else is disturbed, the interval runs."""
    start(duty)
    duty.wait(2 * HOUR + 15 * MINUTE + waited * MINUTE)
    who = holder(duty, "watch")
    answer(duty, asked(duty, Purpose.CHECK_IN, who), Act.ON_POST)
    duty.tells()
    duty.wait(2 * HOUR - MINUTE)
    assert duty.tells() == []
    duty.do(CheckIn(by=by(who)))
    with pytest.raises(NotAllowed):
        duty.do(CheckIn(by=by("clerk")))
    assert "CheckInMissed" not in kinds(duty)


def test_nothing_is_asked_without_the_rounds(duty: Play) -> None:
    """A database without an engine that keeps shifts disturbs nobody."""
    duty.wait(48 * HOUR)
    assert duty.tells() == []
    assert kinds(duty) == []


def test_an_engine_that_starts_keeps_shifts(duty: Play) -> None:
    """Started twice it is the same: one shift of each post."""
    duty.do(StartRounds())
    duty.do(StartRounds())
    kept = duty.store.read(lambda uow: uow.shifts.all())
    assert sorted(one.role for one in kept.values()) == ["duty_lead", "watch"]


def test_somebody_removed_while_on_shift_is_not_asked(duty: Play) -> None:
    """Their rights end at once: the backup's shift begins, and is the one asked from then on."""
    start(duty)
    duty.wait(HOUR)
    gone = holder(duty, "watch")
    duty.do(RemovePerson(by=by("root"), person=gone, reason="离职"))
    stand_in = holder(duty, "watch")
    assert stand_in not in ("", gone)
    duty.wait(4 * HOUR)
    told = about(duty.tells(), "check_in")
    assert told
    assert all(one.startswith(f"{stand_in} ") for one in told)


# By chat


def test_leave_and_swaps_by_chat(duty: Play) -> None:
    """Whole days include the last; the other and the lead answer in words."""
    talk = Talk(duty)
    talk.hears("night", "请假 从=2026-12-01 到=2026-12-03 “探亲”")
    asked_for = asked(duty, Purpose.ASSENT, "duty")
    assert "12月1日 00:00 至 12月4日 00:00" in asked_for.facts["what"]
    heard = talk.hears("deputy", "换班 值班负责人 @third 从=2026-11-24T08:30 到=2026-11-25T08:30")
    assert "SWP-2026-0001" in heard
    assert "待值班" not in talk.hears("third", "同意换班 1")
    assert "换班生效" in talk.hears("duty", "批准换班 SWP-2026-0001")
    assert "third" in talk.hears("duty", "班表")
    assert "没有这样的" in talk.hears("night", "销假")
    duty.tells()


def test_one_word_for_two_handovers_is_told_apart(duty: Play) -> None:
    """交班 and 接班 mean the shift where nothing else waits; where both do, both are named."""
    talk = Talk(duty)
    start(duty)
    duty.wait(CHANGE - EVENING - 5 * MINUTE)
    assert "8个方面没有打勾" in talk.hears("duty", "交班")
    for area in ("日常操作", "monitoring", "事件处理", "问题处理", "数据和介质管理", "机房管理"):
        talk.hears("duty", f"打勾 {area}")
    talk.hears("duty", "打勾 安全管理 “一切正常”")
    talk.hears("duty", "打勾 应急处置")
    assert "请Deputy接班" in talk.hears("duty", "交班").replace("deputy", "Deputy")
    assert "SHF-" in talk.hears("duty", "班表")
    assert "您已接" in talk.hears("deputy", "接班")
    assert "已签到" in talk.hears(holder(duty, "watch"), "签到")
    duty.tells()


def test_in_command_and_on_shift_both_are_named(duty: Play) -> None:
    """Who leads an incident and a shift is asked which of the two is meant."""
    talk = Talk(duty)
    start(duty)
    for line in ("启动 “交易中断” plan=outage", "是", "接手"):
        talk.hears("duty", line)
    heard = talk.hears("duty", "交班")
    assert "值班交班" in heard
    assert "移交 @" in heard
    assert not [s for s in duty.store.read(lambda u: u.shifts.all()).values() if s.offered_at]
    duty.rings()
    duty.tells()


def test_a_post_that_the_rules_add_is_kept_at_once(duty: Play) -> None:
    """The rules change while the engine runs: no restart is needed."""
    site = firm()
    alone = replace(site, duty_rules=replace(RULES, posts=("watch",)))
    duty.do(AcceptSite(by=by("root"), site=alone))
    duty.do(StartRounds())
    duty.do(AcceptSite(by=by("root"), site=site))
    duty.wait(MINUTE)
    kept = duty.store.read(lambda uow: uow.shifts.all())
    assert sorted(one.role for one in kept.values()) == ["duty_lead", "watch"]
    duty.tells()
