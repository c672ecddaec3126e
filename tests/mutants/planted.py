"""Faults that somebody could make in the rules, each of which the rule tests must notice."""

from typing import NamedTuple


class Mutant(NamedTuple):
    """In `file` of the domain, `old` becomes `new`; `why` says what is then wrong."""

    file: str
    old: str
    new: str
    why: str


MUTANTS = (
    Mutant(
        "rounds.py",
        "    if enough(escalation, policy):\n",
        "    if enough(escalation, policy) and not _step_is_over(escalation, now):\n",
        "an answer counts after a step due at its instant",
    ),
    Mutant(
        "rounds.py",
        "    escalation.by_step.clear()\n    escalation.declined.clear()\n",
        "    escalation.by_step.clear()\n",
        "a decline between rounds survives the round",
    ),
    Mutant(
        "rounds.py",
        "    escalation.declined.clear()\n    escalation.told.clear()\n",
        "    escalation.told.clear()\n",
        "a decline survives the widening",
    ),
    Mutant(
        "rounds.py",
        "    if reached and escalation.round < policy.widen_after:\n",
        "    if reached:\n",
        "no widening while anybody rings",
    ),
    Mutant(
        "rounds.py",
        "escalation.round < policy.widen_after",
        "escalation.round <= policy.widen_after",
        "widening comes a round late",
    ),
    Mutant(
        "rounds.py",
        "    wider = wider or _left(escalation, roster, tuple(roster.site.people))\n",
        "",
        "an exhausted command body is the end of it",
    ),
    Mutant(
        "rounds.py",
        "    return len(acknowledged) >= policy.need and bool(escalation.commander)\n",
        "    return len(acknowledged) >= policy.need\n",
        "completion without anybody who may command",
    ),
    Mutant(
        "rounds.py",
        "            yield from page(escalation, policy, roster, holder, held.step, now)\n",
        "",
        "a new holder of a role is not paged",
    ),
    Mutant(
        "rounds.py",
        "page(escalation, policy, roster, holder, held.step, now)",
        "page(escalation, policy, roster, holder, escalation.step, now)",
        "a new holder is paged under the step started last",
    ),
    Mutant(
        "rounds.py",
        "    return not any(person in escalation.runs for person in escalation.by_step)\n",
        "    return not escalation.runs\n",
        "people of earlier steps hold the next step up",
    ),
    Mutant(
        "escalation.py",
        "    escalation.runs.pop(person, None)\n    if person in escalation.declined:\n",
        "    if person in escalation.declined:\n",
        "who acknowledged is rung on",
    ),
    Mutant(
        "escalation.py",
        "settle(escalation, policy, roster, now if late > LATE else due)",
        "settle(escalation, policy, roster, due)",
        "late handling starts every step it missed",
    ),
    Mutant(
        "escalation.py",
        "    fresh.failed = escalation.failed\n",
        "",
        "a new cycle tries ways that failed for good",
    ),
    Mutant(
        "policy.py",
        "Step(step.page, max(step.wait, LEAST_WAIT))",
        "Step(step.page, step.wait)",
        "a wait of nothing is no wait",
    ),
    Mutant(
        "ringing.py",
        "        first = now + entry.after - sooner\n",
        "        first = now + entry.after\n",
        "offsets are not brought forward",
    ),
    Mutant(
        "ringing.py",
        "line.first_at < now for line",
        "line.first_at <= now for line",
        "a page starts the profile afresh at its last entry's instant",
    ),
    Mutant(
        "ringing.py",
        "max(entry.every, LEAST_EVERY)",
        "entry.every",
        "a way may ring each second",
    ),
    Mutant(
        "roster.py",
        "            return covering[-1].person\n",
        "            return covering[0].person\n",
        "of two overrides the first wins",
    ),
    Mutant(
        "roster.py",
        "            if self.known(person) and not self.absent(person, at):\n",
        "            if self.known(person):\n",
        "a role stays with somebody who is away",
    ),
    Mutant(
        "court.py",
        "order[self.place(after) + 1 :]",
        "order[self.place(after) + 2 :]",
        "handing down leaves one person out",
    ),
    Mutant(
        "court.py",
        "return not self.roster.absent(person, now) and bool(",
        "return bool(",
        "an absent heir is asked",
    ),
    Mutant(
        "court.py",
        "        return tuple(present or members)\n",
        "        return tuple(present)\n",
        "with all of the command body away nobody is asked",
    ),
    Mutant(
        "authority.py",
        "    return person == authority.holder or _earlier(authority, court, person)\n",
        "    return person == authority.holder\n",
        "somebody earlier in the order cannot take it back",
    ),
    Mutant(
        "authority.py",
        "if decision.by_succession and _earlier(authority, court, person):",
        "if decision.by_succession and person != authority.holder:",
        "anybody of the command body takes authority by answering",
    ),
    Mutant(
        "authority.py",
        "len(asked.approvals) >= max(decision.need, 1)",
        "len(asked.approvals) >= 1",
        "one approval is enough where two are needed",
    ),
    Mutant(
        "authority.py",
        "settle(authority, court, now if late > LATE else due)",
        "settle(authority, court, due)",
        "after downtime authority runs through the whole order",
    ),
    Mutant(
        "rota.py",
        "        if self.shift % DAY:\n",
        "        if self.shift:\n",
        "shifts of whole days drift when the clocks change",
    ),
    Mutant(
        "rota.py",
        "    if early <= late:\n        return early\n",
        "    if early <= late:\n        return late\n",
        "a repeated local time means its second coming",
    ),
    Mutant(
        "away.py",
        "    return bool(named) and all(\n",
        "    return bool(named) and any(\n",
        "leave is refused while the backup is there",
    ),
    Mutant(
        "away.py",
        "    yield from _put_on_while_away(after, one)\n",
        "",
        "somebody is put on shift while away",
    ),
    Mutant(
        "away.py",
        "    for id in _paired(site, rotation):\n",
        "    for id in (rotation,):\n",
        "who swaps becomes their own backup",
    ),
    Mutant(
        "away.py",
        "            if roster.holder(role, one.start) != absence.person:\n",
        "            if after.holder(role, one.start) != absence.person:\n",
        "the shift that is left is not shown",
    ),
    Mutant(
        "coverage.py",
        "    if one.second in (NOBODY, one.holder) or not roster.known(one.second):\n",
        "    if one.second == NOBODY or not roster.known(one.second):\n",
        "whoever stands in counts as their own backup",
    ),
    Mutant(
        "provision.py",
        "if r.provision == one.id and not r.drill",
        "if r.provision == one.id",
        "a drill takes from the stock",
    ),
    Mutant(
        "provision.py",
        ".date() >= since",
        ".date() != since",
        "what was drawn before the file was written counts twice",
    ),
    Mutant(
        "provision.py",
        "            quantity -= record.amount\n",
        "            quantity -= 1\n",
        "whatever is drawn, one is gone",
    ),
    Mutant(
        "provision.py",
        "spent=sum(r.amount for r in spent if not r.is_open)",
        "spent=sum(r.amount for r in spent)",
        "what is only asked for is spent",
    ),
    Mutant(
        "provision.py",
        "return self.expires_on is not None and self.expires_on < today",
        "return self.expires_on is not None and self.expires_on <= today",
        "the last day is not in time",
    ),
    Mutant(
        "provision.py",
        " and (every is None or span * 2 <= every)]",
        "]",
        "a check is announced the day after the last",
    ),
    Mutant(
        "provision.py",
        "to_head=weeks > 0",
        "to_head=weeks >= 0",
        "the head hears of it the first day",
    ),
    Mutant(
        "logged_event.py",
        "    return all(tuple(sorted(line)) == tuple(line) for line in (*matrix, *columns))\n",
        "    return bool(list(columns))\n",
        "a graver impact may rank lower",
    ),
    Mutant(
        "logged_event.py",
        "        and other.incident == one.incident\n",
        "",
        "whatever came before is alike",
    ),
    Mutant(
        "logged_event.py",
        "        and (since is None or other.at > since)\n",
        "",
        "what was looked into counts again",
    ),
    Mutant(
        "logged_event.py",
        "        return now >= (self.acted_at or self.at) + rules.may_lie(self.priority)\n",
        "        return now >= self.at + rules.may_lie(self.priority)\n",
        "work on an event does not count",
    ),
    Mutant(
        "problem.py",
        "    Stage.ANALYSED: (Stage.HANDLED, Stage.ESCALATED),\n",
        "    Stage.ANALYSED: (Stage.HANDLED, Stage.ESCALATED, Stage.SOLVED),\n",
        "a problem is solved before it is handled",
    ),
    Mutant(
        "problem.py",
        "if not getattr(self, name).strip()",
        "if not getattr(self, name)",
        "a blank is a verification",
    ),
    Mutant(
        "problem.py",
        "        self.stages.append(StageEntered(wanted, now, by))\n",
        "",
        "a stage leaves no trace",
    ),
    Mutant(
        "problem.py",
        "for p in problems if not p.is_open), default=None)",
        "for p in problems), default=None)",
        "an open problem settles what came before",
    ),
)
