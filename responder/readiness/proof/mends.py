"""The cheapest change that closes a gap, shown by running the proof of it again with the change.

Cheapest is what asks least of anybody: a line for somebody who has none that works, then a shorter
wait, then one more name in a list.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

from responder.domain.people import RINGING, WRITTEN
from responder.domain.playbook import Playbook, Step
from responder.domain.roster import DEFAULT_COMMAND, Roster
from responder.domain.site import Site
from responder.domain.words import Words
from responder.readiness.proof.moments import Moment
from responder.readiness.proof.naming import file_of, named, supposed
from responder.readiness.proof.question import MINUTE, Mend
from responder.readiness.proof.silence import People, Silence, silence_of
from responder.readiness.proof.trial import Trial

COMMAND, PEOPLE = "contacts/command.yaml", "contacts/people.yaml"
MOST_NAMES = 8
"""How many people are tried for one list: those who may command first."""
KINDS = (*RINGING, *WRITTEN)

Changed = tuple[Mend, Trial]
MomentsOf = Callable[[Trial], list[Moment]]


@dataclass(slots=True)
class Mender:
    """Finds mends for one trial's gaps; what mended one is tried first for the next."""

    trial: Trial
    moments_of: MomentsOf
    done: list[Changed] = field(default_factory=list)

    def mend(
        self, at: Sequence[Moment], people: People, silence: Silence, late: timedelta | None
    ) -> Mend | None:
        """The first change with which these break it no more.

        Run again at every moment at which they did; a change that is new here at every moment of
        the horizon, as its waits cut it.
        """
        for mend, changed in self.done:
            if _holds(changed, at, people, silence):
                return mend
        for mend, changed in self._changes(at[0], people, silence, late):
            if _holds(changed, at, people, silence) and _holds(
                changed, self.moments_of(changed), people, silence
            ):
                self.done.append((mend, changed))
                return mend
        return None

    # What could be changed, cheapest first

    def _changes(
        self, first: Moment, people: People, silence: Silence, late: timedelta | None
    ) -> Iterator[Changed]:
        gone = people | silence.people
        if silence.channels:
            yield from self._more_ways(silence)
        if self.trial.decisions:
            yield from self._sooner_down(late)
            yield from self._longer_order(gone)
            yield from self._larger_body(gone)
        else:
            yield from self._shorter_waits(late)
            yield from self._more_leaders(first, gone)
            yield from self._more_paged(first, gone)

    def _more_ways(self, silence: Silence) -> Iterator[Changed]:
        """A line of another kind for somebody whom the failed channels leave without one."""
        site = self.trial.roster.site
        meant = [*site.command.succession, *site.command.body.everyone, *silence.people]
        for person in dict.fromkeys(p for p in meant if p in silence.people | silence.late):
            via = next(kind for kind in KINDS if kind not in silence.channels)
            who = named(site, person)
            words = Words(
                f"为{who.zh}（{person}）增加一种联系方式：{via}，并核验",
                f"give {who.en} ({person}) another way, {via}, and have it proved",
            )
            more = replace(site.people[person], reach=(*site.people[person].reach, supposed(via)))
            yield self._on_site(
                Mend("way", PEOPLE, words), replace(site, people={**site.people, person: more})
            )

    def _sooner_down(self, late: timedelta | None) -> Iterator[Changed]:
        """Decisions handed down sooner, by as little as will do."""
        if late is None:
            return
        command = self.trial.roster.site.command
        for wait in _shorter(command.hand_down_after):
            words = Words(
                f"把 hand_down_after 由{_span(command.hand_down_after)}缩短为{_span(wait)}",
                f"shorten hand_down_after from {_span(command.hand_down_after)} to {_span(wait)}",
            )
            changed = replace(command, hand_down_after=wait)
            yield self._on_site(
                Mend("wait", COMMAND, words), replace(self.trial.roster.site, command=changed)
            )

    def _longer_order(self, gone: People) -> Iterator[Changed]:
        """One more in the order of succession: at its end, else further up."""
        site, command = self.trial.roster.site, self.trial.roster.site.command
        if not self.trial.court.decision(self.trial.decision).by_succession:
            return
        order = command.succession
        for place in range(len(order), -1, -1):
            for person in self._others(gone, order):
                who = named(site, person)
                words = Words(
                    f"把{who.zh}（{person}）排进决策递补顺序第{place + 1}位",
                    f"put {who.en} ({person}) into the succession, in place {place + 1}",
                )
                longer = (*order[:place], person, *order[place:])
                changed = replace(site, command=replace(command, succession=longer))
                yield self._on_site(Mend("succession", COMMAND, words), changed)

    def _larger_body(self, gone: People) -> Iterator[Changed]:
        """One more in the command body, which is asked where nobody else answers."""
        site, command = self.trial.roster.site, self.trial.roster.site.command
        for person in self._others(gone, command.body.everyone):
            who = named(site, person)
            words = Words(
                f"把{who.zh}（{person}）列入应急指挥决策机构",
                f"add {who.en} ({person}) to the command body",
            )
            body = replace(command.body, members=(*command.body.members, person))
            changed = replace(site, command=replace(command, body=body))
            yield self._on_site(Mend("body", COMMAND, words), changed)

    def _shorter_waits(self, late: timedelta | None) -> Iterator[Changed]:
        """One shorter wait, by as little as will do."""
        if late is None:
            return
        steps = self.trial.playbook.escalation
        cuts = [
            (step.wait - wait, place, wait)
            for place, step in enumerate(steps)
            for wait in _shorter(step.wait)
            if step.page != ("succession",) and step.wait - wait >= late
        ]
        for _, place, wait in sorted(cuts):
            was = _span(steps[place].wait)
            words = Words(
                f"把第{place + 1}步的 wait 由{was}缩短为{_span(wait)}",
                f"shorten the wait of step {place + 1} from {was} to {_span(wait)}",
            )
            yield self._on_playbook("wait", words, _with_step(steps, place, wait=wait))

    def _more_leaders(self, first: Moment, gone: People) -> Iterator[Changed]:
        """Somebody who is paged in time anyway may command."""
        playbook = self.trial.playbook
        paged = [person for person, leads in self.trial.sure(first) if not leads]
        for person in [one for one in paged if one not in gone][:MOST_NAMES]:
            who = named(self.trial.roster.site, person)
            words = Words(
                f"在 command 中加上 {person}（{who.zh}），由其担任现场指挥",
                f"add {person} ({who.en}) to command, so that they may take it",
            )
            command = (*(playbook.command or DEFAULT_COMMAND), person)
            changed = replace(playbook, command=command)
            yield Mend("command", self._file, words), self._again(self.trial.roster, changed)

    def _more_paged(self, first: Moment, gone: People) -> Iterator[Changed]:
        """Somebody who may command is paged by one more step: the latest that will do."""
        roster, playbook = self.trial.roster, self.trial.playbook
        steps = playbook.escalation or (Step(),)
        leaders = self._leaders(first, gone)
        for place in reversed(range(len(steps))):
            for person in leaders if steps[place].page != ("succession",) else ():
                who = named(roster.site, person)
                words = Words(
                    f"在第{place + 1}步的 page 中加上 {person}（{who.zh}）",
                    f"add {person} ({who.en}) to page of step {place + 1}",
                )
                page = (*steps[place].page, person)
                yield self._on_playbook("step", words, _with_step(steps, place, page=page))

    def _leaders(self, first: Moment, gone: People) -> list[str]:
        """Who may command and is reachable, in the order of the `command` list."""
        roster, command = self.trial.roster, self.trial.policy.command
        ranked = {
            person: rank
            for person in roster.site.people
            if person not in gone
            and roster.vias(person)
            and (rank := roster.command_rank(person, command, first.at)) is not None
        }
        return sorted(ranked, key=ranked.__getitem__)[:MOST_NAMES]

    def _others(self, gone: People, listed: tuple[str, ...]) -> list[str]:
        """Who else could be named: the order, the bodies; reachable, and not in the list yet."""
        site, roster = self.trial.roster.site, self.trial.roster
        every = (
            *site.command.succession,
            *site.command.body.everyone,
            *site.execution_body.everyone,
            *site.people,
        )
        fit = (p for p in dict.fromkeys(every) if p not in gone and p not in listed)
        return [p for p in fit if roster.vias(p)][:MOST_NAMES]

    # Trying it

    @property
    def _file(self) -> str:
        return file_of(self.trial.playbook.id)

    def _on_playbook(self, kind: str, words: Words, steps: tuple[Step, ...]) -> Changed:
        changed = replace(self.trial.playbook, escalation=steps)
        return Mend(kind, self._file, words), self._again(self.trial.roster, changed)

    def _on_site(self, mend: Mend, site: Site) -> Changed:
        return mend, self._again(replace(self.trial.roster, site=site), self.trial.playbook)

    def _again(self, roster: Roster, playbook: Playbook) -> Trial:
        return Trial(roster, playbook, self.trial.decisions, self.trial.question)


def _holds(changed: Trial, at: Iterable[Moment], people: People, silence: Silence) -> bool:
    again = silence_of(changed.roster, changed.policy.profile, silence.channels)
    return all(changed.saved_by(moment, people, again) is not None for moment in at)


def _shorter(wait: timedelta) -> list[timedelta]:
    """Whole minutes less than a wait, longest first; a minute at least."""
    whole = (wait - timedelta(seconds=1)) // MINUTE
    return [count * MINUTE for count in range(whole, 0, -1)]


def _with_step(
    steps: tuple[Step, ...],
    place: int,
    wait: timedelta | None = None,
    page: tuple[str, ...] | None = None,
) -> tuple[Step, ...]:
    step = steps[place]
    changed = Step(page or step.page, step.wait if wait is None else wait)
    return (*steps[:place], changed, *steps[place + 1 :])


def _span(wait: timedelta) -> str:
    minutes, seconds = divmod(int(wait.total_seconds()), 60)
    return f"{minutes}m" if not seconds else f"{60 * minutes + seconds}s"
