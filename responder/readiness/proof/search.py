"""Every smallest set of people and channels that breaks a playbook, and no other.

The sets are walked as a tree of hitting sets: where a set does not break, somebody of those who
saved it has to be unreachable too before anything can change, so that only these are tried next.
No order or symmetry of the rules is assumed by it (ADR 0030).
"""

from collections.abc import Iterator, Sequence

from responder.domain.playbook import LEVELS, Playbook
from responder.domain.roster import Roster
from responder.readiness.proof.mends import Mender
from responder.readiness.proof.moments import Moment, Named, Timeline, grain_of, moments
from responder.readiness.proof.question import Breach, Counts, Found, Question, Span
from responder.readiness.proof.silence import People, Silence, silences
from responder.readiness.proof.trial import Trial, by_succession


def smallest(trial: Trial, moment: Moment, silence: Silence, most: int) -> list[People]:
    """The smallest sets of at most `most` people that break it, beside those silent already."""
    if trial.never_breaks(moment, silence, most):
        return []
    found: list[People] = []
    level: set[People] = {frozenset()}
    for size in range(most + 1):
        following: set[People] = set()
        for people in sorted(level, key=sorted):
            if any(broken <= people for broken in found):
                continue
            saved = trial.saved_by(moment, people, silence)
            if saved is None:
                found.append(people)
            elif size < most:
                following.update(people | {person} for person in saved)
        level = following
    return found


def breaking(
    trial: Trial, moment: Moment, sets: Sequence[Silence]
) -> Iterator[tuple[People, Silence]]:
    """The smallest sets of a moment; channels count as smaller where fewer of them do it."""
    found: list[tuple[People, Silence]] = []
    for silence in sets:
        for people in smallest(trial, moment, silence, trial.question.people):
            less = any(
                other <= people and {*fewer.channels} <= {*silence.channels}
                for other, fewer in found
            )
            if not less:
                found.append((people, silence))
    yield from found


def trials(roster: Roster, playbook: Playbook, question: Question, level: int = 0) -> list[Trial]:
    """What is to be proved of a playbook: that it is taken, and each of its decisions made.

    Those of the succession that take one approval each are asked of the same people at the same
    instants, and made by the same answer: one trial shows them all.
    """
    catalogue = roster.site.decisions
    asked = dict.fromkeys(p.id for p in playbook.decisions if p.id in catalogue)
    heirs = by_succession(roster, playbook)
    together = heirs if all(catalogue[id].need <= 1 for id in heirs) else ()
    alone = [(id,) for id in asked if id not in together]
    parts = [(), *alone, *([together] if together else [])]
    return [Trial(roster, playbook, decisions, question, level) for decisions in parts]


def levels_apart(roster: Roster, playbook: Playbook, question: Question) -> Iterator[int]:
    """Its own level, and of the others those that differ in whom failed channels delay.

    A level picks the profile, and a profile says when each way rings, not whom a step pages.
    """
    seen: list[list[Silence]] = []
    for level in dict.fromkeys((playbook.level, *LEVELS)):
        profile = roster.site.profiles.get(playbook.profile_at(level), ())
        apart = silences(roster, profile, question.channels)
        if apart not in seen:
            seen.append(apart)
            yield level


def moments_of(trial: Trial) -> tuple[list[Moment], int]:
    """The moments of a trial's declarations, and at how many instants the horizon was cut."""
    question, court = trial.question, trial.court
    until = question.end + question.within
    named = Named.by(trial.roster, trial.targets)
    timeline = Timeline.of(trial.roster, named, question.start, until)
    return moments(timeline, grain_of(trial.policy, court.hand_down_after, question), question)


def search(roster: Roster, playbook: Playbook, question: Question) -> Found:
    """Every smallest set that breaks one playbook in the horizon, with the spans in which it does.

    Smallest first, then the one that stands open longest.
    """
    counts = Counts()
    found: list[Breach] = []
    for level in levels_apart(roster, playbook, question):
        for trial in trials(roster, playbook, question, level):
            sets = silences(roster, trial.policy.profile, question.channels)
            alike, cuts = moments_of(trial)
            found += [one for one in _breaches(trial, alike, sets) if not _told(one, found)]
            counts.add(trial.counts)
            counts.add(Counts(instants=cuts, moments=len(alike)))
    found.sort(key=lambda one: (len(one.people) + len(one.channels), -one.lasts, one.first))
    return Found(playbook.id, tuple(found), counts)


def _told(one: Breach, found: Sequence[Breach]) -> bool:
    """Whether another level showed the same gap already, whenever this one shows it."""
    return any(
        (other.decisions, other.people, other.channels) == (one.decisions, one.people, one.channels)
        and all(any(o.start <= s.start and s.end <= o.end for o in other.spans) for s in one.spans)
        for other in found
    )


def _breaches(trial: Trial, alike: Sequence[Moment], sets: Sequence[Silence]) -> Iterator[Breach]:
    when: dict[tuple[People, Silence], list[Moment]] = {}
    for moment in alike:
        for broken in breaking(trial, moment, sets):
            when.setdefault(broken, []).append(moment)
    mender = Mender(trial, lambda changed: moments_of(changed)[0])
    for (people, silence), at in when.items():
        first = min(at, key=lambda moment: moment.spans[0].start)
        after = trial.reached_after(first, people, silence)
        late = after - trial.question.within if after else None
        yield Breach(
            trial.playbook.id,
            trial.decisions,
            tuple(sorted(people)),
            silence.channels,
            first.at,
            joined([span for moment in at for span in moment.spans]),
            after,
            mender.mend([first, *at], people, silence, late),
        )


def joined(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Spans that touch, as one."""
    found: list[Span] = []
    for span in sorted(spans, key=lambda one: (one.start, one.end)):
        if found and span.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return tuple(found)
