"""`check`: what a site lacks or contradicts, each finding with its file, line, clause and mend.

A rule is a function from the view of a site to findings. To add one, write it in the module of
its subject, with its texts beside it, and name it in `RULES`.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from pathlib import Path

from responder.domain.recurrence import DaysOf
from responder.site.check import (
    alerts,
    briefings,
    calendars,
    cards,
    channels,
    drills,
    duty,
    duty_rules,
    files,
    organisation,
    paging,
    people,
    phone,
    plan_life,
    playbooks,
    public,
    reachability,
    references,
    regimes,
    register,
    registers,
    scenarios,
    values,
)
from responder.site.check.view import View
from responder.site.finding import Finding, finding_of, in_order
from responder.site.loader import LoadedSite, survey
from responder.site.override import Override

Rule = Callable[[View], Iterator[Finding]]

RULES: tuple[Rule, ...] = (
    files.values_stand_as_written,
    files.files_are_read,
    references.references_lead_somewhere,
    values.waits_are_long_enough,
    values.counts_are_at_least_one,
    values.records_are_kept_long_enough,
    values.profiles_use_known_ways,
    values.names_mean_one_thing,
    people.ways_are_known,
    people.paged_people_can_be_rung,
    people.numbers_exist,
    people.numbers_are_ones_own,
    people.accounts_are_ones_own,
    people.languages_are_spoken,
    people.names_are_given_in_both_languages,
    phone.gateways_can_send,
    duty.demanded_roles_exist,
    duty.roles_are_always_held,
    duty.nobody_is_their_own_backup,
    duty.watch_is_not_away_together,
    duty.overrides_fall_on_people_present,
    duty.spans_run_forward,
    duty.rotations_turn,
    duty.key_posts_have_backups,
    duty.key_posts_are_separate,
    duty_rules.areas_are_ruled,
    duty_rules.kept_posts_take_turns,
    duty_rules.check_ins_can_be_answered,
    scenarios.scenarios_are_sound,
    reachability.probed_posts_exist,
    reachability.duty_phones_are_probed,
    reachability.proofs_are_of_people,
    organisation.command_body_is_headed,
    organisation.head_is_the_principal_leader,
    organisation.bodies_have_their_duties,
    organisation.departments_have_their_heads,
    organisation.executing_body_stands,
    organisation.succession_is_long_enough,
    organisation.succession_names_each_once,
    organisation.liaisons_suffice,
    organisation.liaisons_differ,
    organisation.liaisons_have_phone_and_fax,
    organisation.decisions_have_deciders,
    organisation.decisions_can_be_carried,
    organisation.decisions_say_what_they_ask,
    organisation.somebody_is_alarmed,
    register.unit_kinds_are_covered,
    register.units_can_be_reached,
    register.units_were_verified,
    register.units_told_are_known,
    register.systems_are_answered_for,
    register.institution_is_known,
    register.plan_is_complete,
    register.plan_is_controlled,
    register.plan_was_reviewed,
    register.plan_was_filed,
    plan_life.faults_are_met,
    plan_life.playbooks_meet_known_faults,
    plan_life.plan_rests_on_what_is_kept,
    plan_life.scope_names_every_core_system,
    plan_life.questions_can_be_answered,
    plan_life.training_covers_its_subjects,
    paging.playbooks_page_somebody,
    paging.steps_page_somebody,
    paging.somebody_paged_may_command,
    paging.need_can_be_met,
    paging.levels_are_one_to_four,
    paging.profiles_are_named,
    paging.profiles_ring,
    playbooks.playbooks_are_kept,
    playbooks.wordings_stand_ready,
    playbooks.notices_stand_ready,
    playbooks.safety_comes_first,
    playbooks.dangerous_tasks_can_be_undone,
    playbooks.tasks_have_hands,
    playbooks.decisions_get_asked,
    playbooks.restoration_is_verified,
    drills.drill_plans_are_whole,
    drills.drills_name_people_who_are_there,
    registers.registers_are_known,
    registers.provisions_are_kept,
    registers.agreements_say_all,
    registers.documents_lie_at_two_sites,
    registers.provisions_hold_no_secrets,
    registers.event_matrix_is_whole,
    registers.problem_sources_are_known,
    cards.cards_are_of_people,
    cards.manuals_have_a_size,
    alerts.alerts_have_levels,
    alerts.alerts_find_a_rule,
    briefings.leaders_are_told,
    briefings.audiences_can_be_told,
    briefings.audiences_have_sound_clocks,
    briefings.warnings_are_not_forgotten,
    calendars.calendars_are_there,
    calendars.calendars_reach_far_enough,
    calendars.calendars_were_looked_at,
    regimes.regimes_exist,
    regimes.clocks_can_run,
    regimes.forms_can_be_filled,
    regimes.gradings_stand_on_facts,
    regimes.regimes_were_verified,
    public.wordings_forbid_something,
    public.questions_are_answered,
    public.outlets_can_be_published_to,
    public.notices_have_an_outlet,
    channels.channels_are_declared_well,
    channels.full_texts_stay_at_home,
)


def check(loaded: LoadedSite, now: datetime) -> list[Finding]:
    """The findings about a site at an instant, by file and line."""
    return _findings(View(loaded, now))


def _findings(view: View) -> list[Finding]:
    return in_order(finding for rule in RULES for finding in rule(view))


def check_folder(folder: Path, now: datetime, overrides: Iterable[Override] = ()) -> list[Finding]:
    """The findings about a folder; those that keep it from loading come alone."""
    return examined(folder, now, overrides)[0]


def notes_on_folder(
    folder: Path, now: datetime, overrides: Iterable[Override] = ()
) -> list[Finding]:
    """What is worth knowing about a folder and is no fault; nothing where it does not load."""
    return examined(folder, now, overrides)[1]


def examined(
    folder: Path,
    now: datetime,
    overrides: Iterable[Override] = (),
    days_of: DaysOf | None = None,
) -> tuple[list[Finding], list[Finding]]:
    """The findings about a folder and the notes on it, from one reading of its files.

    Without `days_of` recurrences are not looked at.
    """
    loaded, faults = survey(folder, overrides)
    if faults:
        return [finding_of(fault) for fault in faults], []
    view = View(loaded, now, days_of)
    notes = [*channels.what_leaves(view), *phone.mainland_numbers_need_a_gateway(view)]
    return _findings(view), notes
