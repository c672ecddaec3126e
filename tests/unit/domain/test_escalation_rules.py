"""The numbered rules of semantics.md, "Escalation", "Downtime" and "Ways that fail", one by one."""

from datetime import timedelta

import pytest

from responder.domain.events import Late, NobodyLeft, UnitNamed, Unreachable
from responder.domain.organisation import Body
from responder.domain.playbook import Entry
from responder.domain.register import Unit
from responder.domain.rota import Absence, Override, Rotation
from tests.oracle.stories import URGENT, at, mute, paged, person, role, site, step

SECOND = timedelta(seconds=1)


def entry(*via: str, after: int = 0, every: int | None = None) -> Entry:
    return Entry(via, after * SECOND, None if every is None else every * SECOND)


def absent(who: str, start: int, end: int) -> Absence:
    return Absence(who, at(start), at(end))


def test_the_worked_example():
    """The story told at the end of the section, to the second."""
    where = site(
        person("lead", "slack", "sms", "voice"),
        person("admin", "slack", "sms", "voice"),
        person("head", "slack", "sms", "voice"),
        roles=[role("duty_lead", "lead"), role("system_admin", "admin"), role("it_lead", "head")],
        profile=URGENT,
    )
    pager = paged(
        where,
        step("role:duty_lead", "role:system_admin"),
        step("role:it_lead"),
        step("succession"),
        command=(),
    )
    pager.decline(40, "admin").acknowledge(240, "head").run_to(3600)

    def every_way(t: int) -> list[tuple[int, str]]:
        return [(t, "slack"), (t, "sms"), (t, "voice")]

    assert pager.rings("lead") == [*every_way(0), (60, "voice"), (120, "voice"), (180, "voice")]
    assert pager.rings("admin") == every_way(0)
    assert pager.rings("head") == every_way(180)
    assert pager.of("step", "round", "step") == [(0, 1, 1), (180, 1, 2)]
    assert pager.state.completed_at == at(240)
    assert pager.state.commander == "head"


class TestSteps:
    """1: a step pages its people; the next starts its wait later; a round follows a round."""

    def test_steps_and_rounds_follow_each_other(self):
        pager = paged(site("ann", "bo"), step("ann", wait=60), step("bo", wait=90)).run_to(299)
        assert pager.of("step", "round", "step") == [
            (0, 1, 1),
            (60, 1, 2),
            (150, 2, 1),
            (210, 2, 2),
        ]
        assert pager.of("page", "person", "round", "step") == [
            (0, "ann", 1, 1),
            (60, "bo", 1, 2),
            (150, "ann", 2, 1),
            (210, "bo", 2, 2),
        ]

    @pytest.mark.parametrize("wait", [0, 1, 59, 60])
    def test_a_step_waits_a_minute_at_least(self, wait):
        pager = paged(site("ann", "bo"), step("ann", wait=wait), step("bo")).run_to(100)
        assert pager.of("step", "step") == [(0, 1), (60, 2)]

    @pytest.mark.parametrize("hand_down_after", [0, 59, 60])
    def test_so_does_a_step_of_the_succession(self, hand_down_after):
        where = site("ann", "bo", succession=["ann", "bo"], hand_down_after=hand_down_after)
        assert paged(where, step("succession")).run_to(100).rings("bo") == [(60, "voice")]

    def test_the_succession_becomes_a_step_a_person_and_one_for_the_body(self):
        """Its own wait is `hand_down_after`; who is away or a stranger is nobody's step."""
        where = site(
            "ann",
            "bo",
            "cy",
            "dee",
            succession=["ann", "bo", "ghost", "cy"],
            body=["dee"],
            hand_down_after=120,
            absences=(absent("bo", 0, 600),),
        )
        pager = paged(where, step("succession", wait=60)).run_to(240)
        assert pager.of("step", "step") == [(0, 1), (120, 2), (120, 3), (120, 4), (240, 5)]
        assert pager.of("nobody", "step", "target") == [
            (120, 2, "succession"),
            (120, 3, "succession"),
        ]
        assert pager.of("page", "person") == [(0, "ann"), (120, "cy"), (240, "dee")]


class TestPeople:
    """2: steps add people and never silence those already ringing."""

    def test_earlier_people_ring_on(self):
        pager = paged(site("ann", "bo", profile=URGENT), step("ann", wait=90), step("bo"))
        assert pager.run_to(250).rings("ann") == [(t, "voice") for t in (0, 60, 120, 180, 240)]

    def test_a_page_of_somebody_open_keeps_the_running_profile(self):
        """It still has an entry to come: the second page changes nothing."""
        profile = (entry("voice"), entry("voice", after=100))
        pager = paged(site("ann", profile=profile), step("ann", wait=60), step("ann", wait=180))
        assert pager.run_to(239).rings("ann") == [(0, "voice"), (100, "voice")]
        assert {event[1:] for event in pager.of("page", "round", "step")} == {(1, 1)}

    @pytest.mark.parametrize(("after", "second"), [(59, [60]), (60, [60]), (61, [61])])
    def test_it_begins_afresh_only_after_its_last_entry_began(self, after, second):
        """At the very instant of the last entry the old profile goes on: one ring, not two."""
        profile = (entry("voice"), entry("voice", after=after))
        pager = paged(site("ann", profile=profile), step("ann", wait=60), step("ann", wait=180))
        later = [t for t, _ in pager.run_to(61).rings("ann") if t > 59]
        assert later == second
        afresh = (1, 2) if after == 59 else (1, 1)
        assert pager.of("page", "round", "step")[-1][1:] == afresh

    def test_entries_for_ways_the_person_lacks_do_not_count(self):
        profile = (entry("voice"), entry("sms", after=600))
        pager = paged(site("ann", profile=profile), step("ann", wait=60), step("ann"))
        assert pager.run_to(60).rings("ann") == [(0, "voice"), (60, "voice")]

    def test_two_targets_page_a_person_once(self):
        where = site("ann", roles=[role("duty_lead", "ann")])
        pager = paged(where, step("role:duty_lead", "ann", "person:ann"))
        assert pager.rings("ann") == [(0, "voice")]


class TestProfile:
    """3: when each way rings."""

    def rung(self, who, *profile: Entry, until: int = 200):
        return paged(site(who, profile=profile), step(who.id, wait=900)).run_to(until).rings(who.id)

    def test_offsets_are_brought_forward_to_the_earliest_usable_entry(self):
        ann = person("ann", "sms", "voice")
        profile = entry("slack"), entry("sms", after=30), entry("voice", after=90, every=60)
        assert self.rung(ann, *profile) == [
            (0, "sms"),
            (60, "voice"),
            (120, "voice"),
            (180, "voice"),
        ]

    @pytest.mark.parametrize(
        "profile", [(), (entry("slack", "telegram", after=60, every=30),), (entry(),)]
    )
    def test_without_a_usable_entry_all_ways_start_at_once(self, profile):
        ann = person("ann", "sms", "voice")
        assert self.rung(ann, *profile) == [(0, "sms"), (0, "voice")]

    def test_all_lines_of_a_kind_ring_as_one_and_a_way_once_at_an_instant(self):
        ann = person("ann", "voice", "voice", "sms")
        profile = entry("voice", "voice"), entry("voice", "sms"), entry("voice", every=60)
        assert self.rung(ann, *profile, until=60) == [(0, "voice"), (0, "sms"), (60, "voice")]

    @pytest.mark.parametrize("every", [0, 1, 29, 30])
    def test_nothing_repeats_faster_than_each_half_minute(self, every):
        rung = self.rung(person("ann"), entry("voice", every=every), until=100)
        assert rung == [(0, "voice"), (30, "voice"), (60, "voice"), (90, "voice")]

    def test_what_waits_for_a_human_to_dial_is_a_way_too(self):
        assert self.rung(person("ann", "by_hand"), entry("voice")) == [(0, "by_hand")]


class TestCompletion:
    """4: enough people, one of whom may command."""

    def test_one_who_may_command_is_enough(self):
        pager = paged(site("ann", "bo"), step("ann", "bo"), command=("ann",))
        assert pager.acknowledge(60, "ann").state.completed_at == at(60)
        assert pager.state.commander == "ann"

    def test_nobody_who_may_command_is_not_enough(self):
        pager = paged(site("ann", "bo", profile=URGENT), step("ann", "bo"), command=("ann",))
        pager.acknowledge(30, "bo").run_to(120)
        assert pager.state.is_open
        assert pager.rings("bo") == [(0, "voice")]
        assert pager.rings("ann") == [(0, "voice"), (60, "voice"), (120, "voice")]

    @pytest.mark.parametrize(("need", "complete"), [(0, 30), (1, 30), (2, 60), (3, None)])
    def test_need_people_must_have_acknowledged(self, need, complete):
        pager = paged(site("ann", "bo", "cy"), step("ann", "bo", "cy"), need=need)
        pager.acknowledge(30, "bo").acknowledge(60, "ann")
        assert pager.state.completed_at == (None if complete is None else at(complete))

    def test_who_acknowledged_is_not_paged_again(self):
        pager = paged(site("ann", "bo", body=["ann"]), step("ann", "bo"), need=3)
        pager.acknowledge(30, "ann").run_to(3600)
        assert pager.rings("ann") == [(0, "voice")]

    def test_the_right_to_command_is_judged_when_paged(self):
        """Who was duty lead when paged may command, though the shift has ended since."""
        where = site(
            "ann",
            "bo",
            roles=[role("duty_lead", rotation="first")],
            overrides=(
                Override("first", at(-60), at(60), "ann"),
                Override("first", at(60), at(900), "bo"),
            ),
        )
        pager = paged(where, step("role:duty_lead"), command=("role:duty_lead",))
        assert pager.acknowledge(90, "ann").state.commander == "ann"

    def test_or_when_acknowledging(self):
        where = site(
            "ann",
            "bo",
            roles=[role("duty_lead", rotation="first")],
            overrides=(
                Override("first", at(-60), at(60), "bo"),
                Override("first", at(60), at(900), "ann"),
            ),
        )
        pager = paged(where, step("ann"), command=("role:duty_lead",))
        assert pager.acknowledge(30, "ann").state.is_open
        later = paged(where, step("ann"), command=("role:duty_lead",)).acknowledge(60, "ann")
        assert later.state.commander == "ann"

    def test_a_role_in_the_command_list_means_holder_and_backup_even_away(self):
        where = site(
            "ann",
            "bo",
            roles=[role("it_lead", "ann", "bo")],
            absences=(absent("ann", -60, 900), absent("bo", -60, 900)),
        )
        for who in ("ann", "bo"):
            pager = paged(where, step("ann", "bo"), command=("role:it_lead",))
            assert pager.acknowledge(1, who).state.commander == who

    def test_by_default_duty_lead_head_of_it_and_the_succession_command(self):
        where = site(
            "ann",
            "bo",
            "cy",
            "dee",
            roles=[role("duty_lead", "ann"), role("it_lead", "bo")],
            succession=["cy"],
        )
        for who, commander in (("ann", "ann"), ("bo", "bo"), ("cy", "cy"), ("dee", "")):
            pager = paged(where, step("ann", "bo", "cy", "dee"), command=())
            assert pager.acknowledge(1, who).state.commander == commander


class TestAtOnce:
    """5: nobody paged by the step started last is open, so nothing is left to wait for."""

    def test_after_the_last_decline(self):
        pager = paged(site("ann", "bo", "cy"), step("ann", "bo"), step("cy"))
        pager.decline(20, "ann").decline(40, "bo").run_to(100)
        assert pager.of("step", "step") == [(0, 1), (40, 2)]

    def test_after_acknowledgements_that_do_not_complete(self):
        pager = paged(site("ann", "bo", "cy"), step("ann"), step("cy"), need=2)
        assert pager.acknowledge(20, "ann").of("step", "step") == [(0, 1), (20, 2)]

    def test_without_a_working_way(self):
        pager = paged(site(mute("ann"), "bo"), step("ann"), step("bo"))
        assert pager.of("step", "step") == [(0, 1), (0, 2)]
        assert [event.person for event in pager.happened if isinstance(event, Unreachable)] == [
            "ann"
        ]

    def test_without_anybody(self):
        pager = paged(site("bo"), step("ghost", "role:ghost"), step(), step("bo"))
        assert pager.of("step", "step") == [(0, 1), (0, 2), (0, 3)]
        assert pager.of("nobody", "step", "target") == [(0, 1, "ghost"), (0, 1, "role:ghost")]

    def test_earlier_people_still_open_do_not_hold_it_up(self):
        pager = paged(site("ann", "bo", "cy"), step("ann", wait=60), step("bo"), step("cy"))
        assert pager.decline(70, "bo").of("step", "step") == [(0, 1), (60, 2), (70, 3)]

    def test_at_the_last_step_the_round_ends_at_once(self):
        pager = paged(site("ann", "bo"), step("ann", wait=60), step("bo"))
        assert pager.decline(70, "bo").of("step", "round", "step")[2:] == [(70, 2, 1)]

    def test_the_round_may_start_again_at_that_instant_but_not_twice(self):
        """The last step means nobody; the next round waits out its first step."""
        pager = paged(site("ann"), step("ann", wait=60), step("ghost")).run_to(119)
        assert pager.of("step", "round", "step") == [(0, 1, 1), (60, 1, 2), (60, 2, 1)]


class TestWidening:
    """6: never silent."""

    def test_a_round_in_which_nobody_was_reached_widens_to_the_command_body(self):
        where = site(mute("ann"), "bo", "cy", body=["bo"])
        pager = paged(where, step("ann"), widen_after=9).run_to(59)
        assert pager.of("widened", "round") == [(0, 1)]
        assert pager.of("page", "person", "round", "step") == [(0, "bo", 1, 0)]

    def test_absent_members_are_paged_too(self):
        where = site("bo", "cy", body=["bo"], absences=(absent("bo", -60, 900),))
        assert paged(where, step("ghost")).rings("bo") == [(0, "voice")]

    def test_the_next_round_starts_a_minute_later(self):
        pager = paged(site("bo", body=["bo"]), step("ghost")).run_to(120)
        assert pager.of("step", "round") == [(0, 1), (60, 2), (120, 3)]
        assert pager.of("widened", "round") == [(0, 1), (60, 2), (120, 3)]

    def test_answers_to_the_widening_do_not_bring_it_forward(self):
        pager = paged(site("bo", "cy", body=["bo"]), step("ghost"), need=2)
        assert pager.acknowledge(10, "bo").run_to(60).of("step", "round") == [(0, 1), (60, 2)]

    @pytest.mark.parametrize("widen_after", [1, 2, 3])
    def test_from_the_end_of_round_widen_after_the_body_is_paged_though_others_ring(
        self, widen_after
    ):
        where = site("ann", "bo", body=["bo"])
        pager = paged(where, step("ann", wait=60), widen_after=widen_after).run_to(600)
        first = widen_after * 60
        assert pager.of("widened", "round")[:2] == [
            (first, widen_after),
            (first + 120, widen_after + 1),
        ]

    def test_by_default_that_is_the_second_round(self):
        pager = paged(site("ann", "bo", body=["bo"]), step("ann", wait=60)).run_to(240)
        assert pager.of("widened", "round") == [(120, 2), (240, 3)]

    @pytest.mark.parametrize("body", [[], ["ghost"], ["mum"], ["ann"]])
    def test_without_anybody_left_of_the_body_everyone_is_paged(self, body):
        """Nobody, a stranger, somebody without a way, somebody who has acknowledged."""
        where = site("ann", mute("mum"), "bo", "cy", body=body)
        pager = paged(where, step("ann"), need=3).acknowledge(30, "ann")
        assert pager.of("page", "person")[1:] == [(30, "bo"), (30, "cy")]

    def test_nobody_left_ends_it_short_where_somebody_took_it(self):
        pager = paged(site("ann", mute("mum"), body=["ann"]), step("ann"), need=2)
        pager.acknowledge(30, "ann").run_to(3600)
        assert pager.state.completed_at == at(30)
        assert pager.state.short
        assert pager.of("widened") == []

    def test_where_nobody_took_it_rounds_go_on(self):
        pager = paged(site(mute("mum"), body=["mum"]), step("mum")).run_to(180)
        assert pager.of("step", "round") == [(0, 1), (60, 2), (120, 3), (180, 4)]
        assert sum(isinstance(event, NobodyLeft) for event in pager.happened) == 4
        assert pager.of("widened") == []
        assert pager.state.is_open

    def test_a_playbook_without_steps_widens_each_minute(self):
        pager = paged(site("ann")).run_to(120)
        assert pager.of("widened", "round") == [(0, 1), (60, 2), (120, 3)]
        assert pager.of("step") == []


class TestDecline:
    """7: a decline holds to the round's end, or to the next widening."""

    def test_later_steps_of_the_round_leave_the_person_alone(self):
        pager = paged(site("ann", "bo"), step("ann", "bo", wait=60), step("ann", "bo", wait=60))
        pager.decline(10, "ann").run_to(119)
        assert pager.rings("ann") == [(0, "voice")]
        assert pager.rings("bo") == [(0, "voice"), (60, "voice")]

    def test_the_next_round_pages_them_again(self):
        pager = paged(site("ann", "bo"), step("ann", "bo", wait=60), step("bo", wait=60))
        assert pager.decline(10, "ann").run_to(120).rings("ann") == [(0, "voice"), (120, "voice")]

    def test_so_does_the_widening(self):
        pager = paged(site("ann", body=["ann"]), step("ann"))
        assert pager.decline(10, "ann").rings("ann") == [(0, "voice"), (10, "voice")]
        assert pager.of("widened", "round") == [(10, 1)]

    def test_a_decline_between_rounds_ends_with_the_round_that_ended(self):
        pager = paged(site("ann", "bo", body=["ann"]), step("ghost"), step("ann"))
        pager.decline(10, "ann").decline(30, "ann").run_to(70)
        assert pager.of("page", "round", "step") == [(0, 1, 2), (10, 1, 0), (70, 2, 2)]

    def test_an_acknowledgement_after_a_decline_counts(self):
        pager = paged(site("ann", "bo"), step("ann", "bo"))
        assert pager.decline(10, "ann").acknowledge(20, "ann").state.commander == "ann"


class TestChanges:
    """8: a role named in this round changes hands."""

    def where(self, *overrides: Override, **more):
        return site(
            "ann",
            "bo",
            "cy",
            roles=[role("duty_lead", "ann", rotation="first")],
            overrides=overrides,
            **more,
        )

    def test_the_new_holder_is_paged_at_that_instant_beside_the_old(self):
        where = self.where(Override("first", at(70), at(900), "bo"), profile=URGENT)
        pager = paged(where, step("role:duty_lead")).run_to(130)
        assert pager.of("changed", "role", "person") == [(70, "duty_lead", "bo")]
        assert pager.rings("ann") == [(0, "voice"), (60, "voice"), (120, "voice")]
        assert pager.rings("bo") == [(70, "voice"), (130, "voice")]

    def test_also_where_the_role_was_nobody(self):
        where = self.where(absences=(absent("ann", -60, 45),))
        pager = paged(where, step("role:duty_lead", "bo")).run_to(60)
        assert pager.of("nobody", "target") == [(0, "role:duty_lead")]
        assert pager.of("changed", "role", "person") == [(45, "duty_lead", "ann")]
        assert pager.rings("ann") == [(45, "voice")]

    def test_nobody_is_no_new_holder(self):
        where = self.where(absences=(absent("ann", 30, 45),))
        pager = paged(where, step("role:duty_lead")).run_to(60)
        assert pager.of("changed", "person") == [(45, "ann")]

    def test_a_shift_changes_it(self):
        local = (at(90) + timedelta(hours=8)).replace(tzinfo=None)
        rota = Rotation("first", local - timedelta(days=3), people=("ann", "bo"))
        pager = paged(self.where(rotations={"first": rota}), step("role:duty_lead")).run_to(120)
        assert pager.of("changed", "person") == [(90, "bo")]

    def test_the_page_goes_under_the_step_that_named_the_role_last(self):
        where = self.where(Override("first", at(130), at(900), "bo"))
        pager = paged(
            where,
            step("role:duty_lead", wait=60),
            step("role:duty_lead", wait=60),
            step("cy", wait=60),
        ).run_to(130)
        assert pager.of("page", "person", "round", "step")[-1] == (130, "bo", 1, 2)

    def test_a_role_no_step_of_this_round_has_named_is_not_watched(self):
        where = self.where(Override("first", at(90), at(300), "bo"))
        pager = paged(where, step("cy", wait=120), step("role:duty_lead")).run_to(119)
        assert pager.of("changed") == []

    def test_between_rounds_it_goes_under_the_round_that_ended(self):
        where = self.where(Override("first", at(20), at(300), "bo"), body=["cy"])
        pager = paged(where, step("role:duty_lead")).decline(10, "ann").run_to(40)
        assert pager.of("widened", "round") == [(10, 1)]
        assert pager.of("page", "person", "round", "step")[-1] == (20, "bo", 1, 1)

    def test_it_is_shown_though_the_person_has_acknowledged(self):
        where = self.where(Override("first", at(70), at(300), "bo"))
        pager = paged(where, step("role:duty_lead", "bo"), need=2).acknowledge(30, "bo").run_to(70)
        assert pager.of("changed", "person") == [(70, "bo")]
        assert pager.rings("bo") == [(0, "voice")]

    def test_the_new_holder_keeps_the_step_open(self):
        """Paged by the step started last, the new holder is waited for."""
        where = self.where(Override("first", at(20), at(300), "bo"))
        pager = paged(where, step("role:duty_lead"), step("cy")).run_to(20).decline(30, "ann")
        assert pager.run_to(100).of("step", "step") == [(0, 1)]


class TestOneInstant:
    """9: answers, completion, changes of holder, steps, rings."""

    def test_an_acknowledgement_stops_a_ring_and_a_step_due_then(self):
        where = site("ann", "bo", "cy", profile=URGENT)
        pager = paged(where, step("ann", "cy", wait=60), step("bo"))
        pager.acknowledge(60, "ann").run_to(600)
        assert max(t for t, _ in pager.rings("cy")) == 0
        assert pager.of("step", "step") == [(0, 1)]

    def test_all_answers_of_an_instant_count(self):
        pager = paged(site("ann", "bo"), step("ann", "bo")).acknowledge(60, "ann", "bo")
        assert list(pager.state.acknowledged) == ["ann", "bo"]

    def test_a_change_comes_before_a_step(self):
        where = TestChanges().where(Override("first", at(60), at(900), "bo"))
        pager = paged(where, step("role:duty_lead", wait=60), step("cy")).run_to(60)
        kinds = [event["kind"] for event in pager.told if event["t"] == 60]
        assert kinds == ["changed", "step", "page", "page"]


class TestTargets:
    """Who is meant."""

    def test_teams_pass_over_who_is_away_and_persons_do_not(self):
        where = site("ann", "bo", teams={"night": ("ann", "bo")}, absences=(absent("ann", -1, 9),))
        assert paged(where, step("team:night")).of("page", "person") == [(0, "bo")]
        assert paged(where, step("ann")).of("page", "person") == [(0, "ann")]

    def test_a_team_is_a_body_else_a_list_else_a_department(self):
        where = site(
            person("ann", department="night"),
            person("bo", department="risk"),
            "cy",
            body=["cy"],
            teams={"night": ("bo",), "command_body": ("ann",)},
            execution_body=Body("ann", ("bo",)),
        )
        means = {"night": "bo", "risk": "bo", "command_body": "cy", "execution_body": "ann bo"}
        for team, people in means.items():
            paged_now = [who for _, who in paged(where, step(f"team:{team}")).of("page", "person")]
            assert paged_now == people.split()

    @pytest.mark.parametrize(
        ("away", "holder"), [((), "ann"), (("ann",), "bo"), (("ann", "bo"), None)]
    )
    def test_a_role_is_its_primary_else_its_backup_else_nobody(self, away, holder):
        where = site(
            "ann",
            "bo",
            "cy",
            roles=[role("it_lead", "ann", "bo")],
            absences=tuple(absent(who, -1, 9) for who in away),
        )
        pager = paged(where, step("role:it_lead", "cy"))
        assert [who for _, who in pager.of("page", "person") if who != "cy"] == (
            [holder] if holder else []
        )
        assert pager.of("nobody") == ([] if holder else [(0,)])

    def test_of_two_overrides_the_last_listed_wins(self):
        first, last = (
            Override("first", at(-9), at(9), "ann"),
            Override("first", at(-1), at(9), "bo"),
        )
        for listed, holder in (((first, last), "bo"), ((last, first), "ann")):
            where = site("ann", "bo", roles=[role("duty_lead", rotation="first")], overrides=listed)
            assert paged(where, step("role:duty_lead")).of("page", "person") == [(0, holder)]

    def test_a_unit_is_for_a_human_to_call(self):
        pager = paged(site("ann", units={"csrc": Unit("csrc")}), step("unit:csrc"), step("ann"))
        assert pager.of("step", "step") == [(0, 1), (0, 2)]
        assert [event.unit for event in pager.happened if isinstance(event, UnitNamed)] == ["csrc"]
        assert pager.of("nobody") == []


class TestWaysThatFail:
    """A way fails: the next one starts at once, and one that failed for good is never tried."""

    def test_the_earliest_entry_not_yet_begun_starts_at_once(self):
        ann = person("ann", "slack", "sms", "voice")
        profile = entry("slack"), entry("sms", after=60), entry("voice", after=120)
        pager = paged(site(ann, profile=profile), step("ann", wait=900)).fail(5, "ann", "slack")
        assert pager.run_to(200).rings("ann") == [(0, "slack"), (5, "sms"), (120, "voice")]

    def test_if_none_is_left_every_other_way_starts(self):
        ann = person("ann", "slack", "voice", "email")
        pager = paged(site(ann, profile=(entry("slack", "voice"),)), step("ann", wait=900))
        pager.fail(5, "ann", "voice")
        assert pager.rings("ann")[2:] == [(5, "slack"), (5, "email")]

    def test_what_failed_for_good_is_not_tried_again(self):
        ann = person("ann", "slack", "voice")
        pager = paged(site(ann, profile=(entry("slack", "voice", every=60),)), step("ann"))
        pager.fail(5, "ann", "voice", for_good=True).run_to(3600)
        assert [t for t, via in pager.rings("ann") if via == "voice"] == [0]

    def test_without_any_way_left_the_next_step_starts_at_once(self):
        pager = paged(site("ann", "bo"), step("ann"), step("bo"))
        pager.fail(5, "ann", "voice", for_good=True)
        assert pager.of("step", "step") == [(0, 1), (5, 2)]

    def test_a_new_cycle_does_not_try_it_either(self):
        pager = paged(site(person("ann", "slack", "voice"), profile=()), step("ann"))
        pager.fail(5, "ann", "voice", for_good=True).acknowledge(10, "ann").restart(60)
        assert pager.rings("ann")[-1] == (60, "slack")


class TestUndo:
    """An acknowledgement leaves the count, or a person the contacts."""

    def test_below_the_need_the_next_step_starts_at_once(self):
        pager = paged(site("ann", "bo"), step("ann"), step("bo")).acknowledge(30, "ann")
        assert pager.withdraw(90, "ann")
        assert pager.of("step", "round", "step") == [(0, 1, 1), (90, 1, 2)]

    def test_with_nobody_left_who_may_command_too(self):
        pager = paged(site("ann", "bo", "cy"), step("ann", "bo"), step("cy"), command=("ann",))
        pager.acknowledge(30, "ann", "bo")
        assert pager.withdraw(90, "ann")
        assert pager.rings("cy") == [(90, "voice")]

    def test_above_the_need_nothing_happens(self):
        pager = paged(site("ann", "bo"), step("ann", "bo"), step("bo")).acknowledge(30, "ann", "bo")
        assert not pager.withdraw(90, "ann")
        assert pager.state.completed_at == at(30)

    def test_who_is_removed_stops_ringing_and_counting(self):
        pager = paged(site("ann", "bo", profile=URGENT), step("ann"), step("bo"))
        assert not pager.remove(30, "ann")
        pager.run_to(600)
        assert pager.rings("ann") == [(0, "voice")]
        assert pager.of("step", "step")[:2] == [(0, 1), (30, 2)]

    def test_a_removed_acknowledger_reopens_it(self):
        pager = paged(site("ann", "bo"), step("ann"), step("bo")).acknowledge(30, "ann")
        assert pager.remove(90, "ann")
        assert pager.rings("bo") == [(90, "voice")]

    def test_a_new_cycle_starts_from_the_first_step_with_earlier_answers_forgotten(self):
        pager = paged(site("ann", "bo"), step("ann"), step("bo"), need=2)
        pager.acknowledge(10, "ann").decline(20, "bo").restart(100)
        assert pager.of("step", "round", "step")[-1] == (100, 1, 1)
        assert pager.rings("ann")[-1] == (100, "voice")
        assert pager.state.cycle == 2


class TestDowntime:
    """4: late work."""

    def story(self):
        where = site("ann", "bo", "cy", profile=URGENT)
        return paged(where, step("ann", wait=60), step("bo", wait=60), step("cy"))

    @pytest.mark.parametrize("late", [0, 1, 9, 10])
    def test_up_to_ten_seconds_late_counts_as_at_its_time(self, late):
        pager = self.story()
        pager.tick(60 + late)
        assert pager.of("step", "step") == [(0, 1), (60, 2)]
        assert pager.rings("ann") == [(0, "voice"), (60, "voice")]
        assert not any(isinstance(event, Late) for event in pager.happened)

    @pytest.mark.parametrize("late", [11, 60, 1200])
    def test_later_only_one_step_starts_and_each_way_rings_once(self, late):
        pager = self.story()
        new = pager.tick(60 + late)
        assert pager.of("step", "step") == [(0, 1), (60 + late, 2)]
        assert pager.rings("ann")[1:] == [(60 + late, "voice")]
        assert [event.by for event in new if isinstance(event, Late)][:1] == [
            timedelta(seconds=late)
        ]

    def test_the_late_step_waits_from_now(self):
        pager = self.story()
        pager.tick(1200)
        assert pager.run_to(1300).of("step", "step") == [(0, 1), (1200, 2), (1260, 3)]

    def test_a_missed_ring_is_never_made_up(self):
        """The profile keeps its own rhythm: what was missed stays missed."""
        pager = self.story()
        pager.tick(1210)
        pager.run_to(1259)
        assert [t for t, _ in pager.rings("ann")] == [0, 1210]
        pager.run_to(1260)
        assert [t for t, _ in pager.rings("ann")] == [0, 1210, 1260]

    def test_answers_that_arrived_meanwhile_are_taken_in_first(self):
        pager = self.story()
        pager.take_in(1200, "acknowledge", "ann")
        pager.settle(1200)
        assert pager.of("step", "step") == [(0, 1)]
        assert pager.state.completed_at == at(1200)
