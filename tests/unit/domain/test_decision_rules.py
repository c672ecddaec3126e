"""The numbered rules of semantics.md, "Decisions and succession", one by one."""

import pytest

from responder.domain.events import HandedDown, Hunted, TakenBack
from responder.domain.organisation import Decision
from responder.domain.rota import Absence
from tests.oracle.stories import at, by_succession, decided, mute, role, site

HUNTING = ""


def absent(who: str, start: int, end: int) -> Absence:
    return Absence(who, at(start), at(end))


def firm(*people, **more):
    """A firm in which d1, d2 and d3 succeed each other each minute, and make the command body."""
    setting = {
        "succession": ["d1", "d2", "d3"],
        "body": ["d1", "d2", "d3"],
        "hand_down_after": 60,
        "decisions": [by_succession("a"), by_succession("b"), by_succession("both", need=2)],
    }
    return site("d1", "d2", "d3", *people, **(setting | more))


def by_roles(*roles: str, need: int = 1) -> Decision:
    return Decision("halt", who=tuple(f"role:{role}" for role in roles), need=need)


class TestHolder:
    """1: authority belongs to the incident."""

    @pytest.mark.parametrize(
        ("people", "away", "holder"),
        [
            ((), (), "d1"),
            ((), ("d1",), "d2"),
            ((mute("d1"),), (), "d2"),
            ((mute("d2"),), ("d1",), "d3"),
            ((), ("d1", "d2", "d3"), HUNTING),
        ],
    )
    def test_it_starts_with_the_first_present_with_a_way(self, people, away, holder):
        absences = tuple(absent(who, -1, 900) for who in away)
        assert decided(firm(*people, absences=absences), "a").holder == holder

    def test_no_answer_hands_it_down_and_those_before_ring_on(self):
        decider = decided(firm(), "a").run_to(60)
        assert decider.asked("a") == [(0, "d1"), (60, "d2")]
        assert decider.holder == "d2"
        assert set(decider.state.requests["a"].runs) == {"d1", "d2"}

    @pytest.mark.parametrize("hand_down_after", [0, 59, 60])
    def test_never_sooner_than_a_minute(self, hand_down_after):
        decider = decided(firm(hand_down_after=hand_down_after), "a").run_to(119)
        assert decider.asked("a") == [(0, "d1"), (60, "d2")]

    def test_who_is_away_then_or_without_a_way_is_passed_over(self):
        decider = decided(firm(mute("d2"), absences=(absent("d1", 30, 900),)), "a").run_to(60)
        assert decider.asked("a") == [(0, "d1"), (60, "d3")]

    def test_a_decline_hands_it_down_at_once(self):
        decider = decided(firm(), "a").pass_on(20, "a", "d1").run_to(80)
        assert decider.asked("a") == [(0, "d1"), (20, "d2"), (80, "d3")]

    def test_once_handed_down_it_stays_down(self):
        """A request made later goes to the present holder, not to the first again."""
        decider = decided(firm(), "a").run_to(60).request(70, "b")
        assert decider.asked("b") == [(70, "d2")]

    def test_it_moves_for_all_requests_and_restarts_their_clocks(self):
        decider = decided(firm(), "a").request(50, "b").run_to(119)
        assert decider.asked("a") == [(0, "d1"), (60, "d2")]
        assert decider.asked("b") == [(50, "d1"), (60, "d2")]
        assert decider.run_to(120).asked("b")[-1] == (120, "d3")

    def test_of_two_requests_due_at_one_instant_one_person_is_passed(self):
        assert decided(firm(), "a", "b").run_to(60).holder == "d2"

    def test_everyone_but_the_first_acts_for_the_first(self):
        decider = decided(firm(), "a").run_to(120)
        assert decider.of("asked", "person", "acting_for") == [
            (0, "d1", None),
            (60, "d2", "d1"),
            (120, "d3", "d1"),
        ]

    def test_nobody_acts_for_a_stranger(self):
        decider = decided(firm(succession=["ghost", "d2", "d3"]), "a").run_to(60)
        assert decider.of("asked", "acting_for") == [(0, None), (60, "d2")]

    def test_who_loses_the_last_way_hands_it_down_at_once(self):
        decider = decided(firm(), "a").fail(20, "d1", "voice", for_good=True)
        assert decider.asked("a") == [(0, "d1"), (20, "d2")]

    def test_so_does_who_is_removed(self):
        decider = decided(firm(), "a").remove(20, "d1")
        assert decider.asked("a") == [(0, "d1"), (20, "d2")]
        assert not decider.entitled(30, "a", "d1")


class TestAnswers:
    """2: whose answer decides."""

    def test_the_holder_s(self):
        decider = decided(firm(), "a")
        assert decider.answer(30, "a", "d1")
        assert decider.of("decided", "person") == [(30, "d1")]
        assert decider.run_to(3600).asked("a") == [(0, "d1")]

    def test_those_of_people_earlier_in_the_order_who_take_it_back(self):
        decider = decided(firm(), "a", "b").run_to(120)
        assert decider.answer(130, "a", "d1")
        assert decider.holder == "d1"
        assert [event.taker for event in decider.happened if isinstance(event, TakenBack)] == ["d1"]
        assert decider.run_to(190).asked("b")[-1] == (190, "d2")

    def test_others_are_refused(self):
        decider = decided(firm("ann"), "a")
        assert not decider.answer(10, "a", "d2")
        assert not decider.answer(20, "a", "ann")
        assert not decider.answer(20, "a", "ghost")
        assert decider.of("decided") == []

    def test_the_first_answer_wins(self):
        decider = decided(firm(), "a").run_to(60)
        assert decider.answer(70, "a", "d2", approves=False)
        assert not decider.answer(80, "a", "d1")
        assert decider.state.requests["a"].decided_by == "d2"
        assert not decider.state.requests["a"].approved

    def test_i_am_deciding_extends_once(self):
        decider = decided(firm(), "a").extend(30, "a", "d1").extend(40, "a", "d1").run_to(120)
        assert decider.asked("a") == [(0, "d1"), (120, "d2")]

    def test_an_answer_at_the_instant_of_handing_down_comes_first(self):
        decider = decided(firm(), "a")
        assert decider.answer(60, "a", "d1")
        assert decider.holder == "d1"


class TestHunt:
    """3: the order is exhausted."""

    def test_the_whole_body_is_asked_at_once_and_again(self):
        where = firm("m1", succession=["d1"], body=["d1", "m1"])
        decider = decided(where, "a").run_to(120)
        assert decider.asked("a") == [
            (0, "d1"),
            (60, "d1"),
            (60, "m1"),
            (120, "d1"),
            (120, "m1"),
        ]
        assert decider.holder == HUNTING
        assert sum(isinstance(event, Hunted) for event in decider.happened) == 2

    def test_without_anybody_in_the_order_it_starts_so(self):
        assert decided(firm(succession=["ghost"]), "a").asked("a") == [
            (0, "d1"),
            (0, "d2"),
            (0, "d3"),
        ]

    def test_less_those_away(self):
        where = firm(succession=[], absences=(absent("d1", -1, 30),))
        assert decided(where, "a").run_to(60).asked("a") == [
            (0, "d2"),
            (0, "d3"),
            (60, "d1"),
            (60, "d2"),
            (60, "d3"),
        ]

    def test_all_if_all_are_away(self):
        where = firm(
            mute("d3"), succession=[], absences=(absent("d1", -1, 900), absent("d2", -1, 900))
        )
        assert decided(where, "a").asked("a") == [(0, "d1"), (0, "d2")]

    def test_anyone_s_answer_decides(self):
        where = firm("m1", succession=["d1"], body=["d2", "m1"])
        for who in ("m1", "d2", "d1"):
            assert decided(where, "a").run_to(60).answer(90, "a", who)

    def test_a_member_outside_the_order_decides_without_taking_authority(self):
        decider = decided(firm("m1", succession=[], body=["m1"]), "a").run_to(30)
        decider.answer(30, "a", "m1")
        assert decider.request(40, "b").asked("b") == [(40, "m1")]
        assert decider.holder == HUNTING

    def test_a_blank_line_in_the_order_is_nobody(self):
        """Not even the holder while the order is exhausted: who answers takes authority back."""
        decider = decided(firm(succession=["", "d1"]), "a").run_to(60)
        assert decider.holder == HUNTING
        assert decider.answer(90, "a", "d1")
        assert decider.holder == "d1"

    def test_it_goes_on_until_answered_though_one_of_two_approved(self):
        decider = decided(firm(succession=[]), "both")
        assert decider.answer(10, "both", "d2")
        assert decider.answer(10, "both", "d3")
        assert decider.of("decided", "person") == [(10, "d3")]


class TestByRoles:
    """5: decisions of roles, and of several people."""

    def where(self, *decisions, **more):
        roles = [role("risk_lead", "r1"), role("it_lead", "r2")]
        return firm("r1", "r2", roles=roles, decisions=[*decisions, by_succession("a")], **more)

    def test_all_holders_are_asked_at_once_then_the_body(self):
        decider = decided(self.where(by_roles("risk_lead", "it_lead")), "halt").run_to(60)
        assert decider.asked("halt") == [
            (0, "r1"),
            (0, "r2"),
            (60, "d1"),
            (60, "d2"),
            (60, "d3"),
        ]

    def test_the_order_does_not_decide_before(self):
        decider = decided(self.where(by_roles("risk_lead")), "halt")
        assert not decider.answer(10, "halt", "d1")
        assert decider.answer(20, "halt", "r1")

    def test_and_a_holder_may_still_after(self):
        decider = decided(self.where(by_roles("risk_lead")), "halt").run_to(60)
        assert decider.answer(70, "halt", "r1")

    def test_authority_does_not_move_for_it(self):
        decider = decided(self.where(by_roles("risk_lead")), "halt").run_to(240)
        assert decider.holder == "d1"
        assert not any(isinstance(event, HandedDown) for event in decider.happened)

    def test_without_a_holder_who_can_be_rung_the_hunt_starts_at_once(self):
        where = self.where(by_roles("risk_lead"), absences=(absent("r1", -1, 900),))
        assert decided(where, "halt").asked("halt") == [(0, "d1"), (0, "d2"), (0, "d3")]

    def test_decided_at_the_nth_approval(self):
        decider = decided(self.where(by_roles("risk_lead", "it_lead", need=2)), "halt")
        decider.answer(10, "halt", "r1")
        decider.answer(15, "halt", "r1")
        assert decider.of("decided") == []
        decider.answer(20, "halt", "r2")
        assert decider.of("decided", "person") == [(20, "r2")]

    def test_or_the_first_rejection(self):
        decider = decided(self.where(by_roles("risk_lead", "it_lead", need=2)), "halt")
        decider.answer(10, "halt", "r2", approves=False)
        assert decider.of("decided", "person") == [(10, "r2")]
        assert not decider.state.requests["halt"].approved

    def test_two_approvals_of_the_order_come_one_after_the_other(self):
        decider = decided(firm(), "both")
        decider.answer(10, "both", "d1")
        assert decider.run_to(60).asked("both") == [(0, "d1"), (60, "d2")]
        decider.answer(70, "both", "d2")
        assert decider.of("decided", "person") == [(70, "d2")]


class TestDowntime:
    """4: authority moves at most one person for each `hand_down_after` actually run."""

    @pytest.mark.parametrize("late", [11, 120, 1200])
    def test_one_person_however_late(self, late):
        decider = decided(firm(), "a", "b")
        decider.tick(60 + late)
        assert decider.holder == "d2"
        assert decider.asked("a") == [(0, "d1"), (60 + late, "d2")]
        assert decider.run_to(60 + late + 60).holder == "d3"

    @pytest.mark.parametrize("late", [1, 10])
    def test_a_little_late_is_on_time(self, late):
        decider = decided(firm(), "a")
        decider.tick(60 + late)
        assert decider.asked("a") == [(0, "d1"), (60, "d2")]
