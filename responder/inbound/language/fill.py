"""A verb's slots filled from the words after it and from what the conversation is about."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from responder.domain.fence import SERIES
from responder.domain.record import THE_FIRM
from responder.errors import BadInput, UnknownId
from responder.inbound.language.grades_answered import asking_grade
from responder.inbound.language.grades_meant import is_changed
from responder.inbound.language.nameable import known
from responder.inbound.language.naming import Known
from responder.inbound.language.nearest import near
from responder.inbound.language.parse import Said
from responder.inbound.language.planning_acts import asking
from responder.inbound.language.reading import looks_like_incident, read, wrong_reference
from responder.inbound.language.text import Token, shown
from responder.inbound.language.unsaid import likely, unsaid
from responder.inbound.language.verb import ABOUT, REFERRED, Kind, Slot
from responder.inbound.language.world import DRILLS, World

LONGEST_NAME = 3
"""Words that a name of something may have."""
OFFERED = 5
GUESSED = (Kind.DECISION, Kind.PLAYBOOK, Kind.PLANNED, Kind.REGIME)
"""What may go without saying, so that a text may come first."""
OF_CALLS = ("call list", "call take", "call done")
"""Verbs about calls, which may be the firm's own where no incident is handled."""


class Lacking(Exception):
    """One thing is still to be said; `choices` are what it may be, where that can be listed.

    `so_far` is what was said with everything else settled.
    """

    so_far: Said

    def __init__(self, slot: Slot, choices: Sequence[Known] = ()) -> None:
        super().__init__(slot.name)
        self.slot, self.choices = slot, tuple(choices)


def fill(said: Said, world: World) -> dict[str, str]:
    """Every slot that is given or known. Raises Lacking, or Refused for what fits nowhere."""
    filling = _Filling(said, world, dict(said.given))
    try:
        return filling.filled()
    except Lacking as lacking:
        rest = tuple(filling.rest)
        lacking.so_far = replace(said, given=dict(filling.values), tokens=rest)
        raise


@dataclass
class _Filling:
    said: Said
    world: World
    values: dict[str, str]
    rest: list[Token] = field(default_factory=list)

    def filled(self) -> dict[str, str]:
        self.rest = list(self.said.tokens)
        self._options_at_the_end()
        self._find_subject()
        self._default_subject()
        while self.rest:
            self._next()
        for slot in self.said.verb.slots:
            self._complete(slot)
        return self.values

    # Options

    def _options_at_the_end(self) -> None:
        while self.rest and (slot := self._option(self.rest[-1])):
            token = self.rest.pop()
            self._keep(slot, token.text if token.key else "")

    def _option(self, token: Token) -> Slot | None:
        if token.key:
            return self.said.verb.slot(token.key)
        slot = self.said.verb.slot(token.flag) if token.flag else None
        return slot if slot and slot.kind is Kind.FLAG else None

    def _keep(self, slot: Slot, word: str) -> None:
        found = read(slot, word, self.world, self.values)
        if len(found) > 1:
            raise Lacking(slot, found)
        if not found:
            raise self._unknown([slot], word)
        self.values.setdefault(slot.name, found[0].value)

    # What it is about

    def _find_subject(self) -> None:
        """The incident among the first words: other words may depend on it."""
        slot = self._subject()
        if slot is None or slot.name in self.values:
            return
        others = [s for s in self._open() if s is not slot and s.kind is not Kind.TEXT]
        reach = len(others) + 1
        for place, token in enumerate(self.rest[:reach]):
            if token.quoted or token.key:
                return
            if read(slot, token.text, self.world, self.values):
                del self.rest[place]
                self._keep(slot, token.text)
                return

    def _default_subject(self) -> None:
        slot = self._subject()
        if slot is None or slot.name in self.values:
            return
        if self._goes_on(slot):
            self.values[slot.name] = self._with_calls(slot) or self.world.about
            return
        meant = [k for k in known(slot, self.world, self.values) if self._offered(slot, k)]
        if not meant and self.said.verb.name in OF_CALLS:
            self.values[slot.name] = THE_FIRM
            return
        if len(meant) != 1 or self._crosses(slot, meant[0]):
            raise Lacking(slot, meant[:OFFERED])
        self.values[slot.name] = meant[0].value

    def _crosses(self, slot: Slot, one: Known) -> bool:
        """Whether words said in a running drill would do something about a real warning (P5)."""
        about = self.world.incidents.get(self.world.about)
        in_drill = about is not None and about.drill and about.is_handled
        return slot.kind is Kind.WARNING and in_drill and not one.value.startswith(SERIES)

    def _with_calls(self, slot: Slot) -> str:
        """In a drill, by words about calls: itself or the early warning of it that has any."""
        run = self.world.drill_runs.get(self.world.about)
        if run is None or self.said.verb.name not in OF_CALLS:
            return ""
        calls = self.world.uow.call_tasks
        held = [id for id in (run.id, *run.warnings.values()) if calls.of(id)]
        waiting = [id for id in held if any(call.is_open for call in calls.of(id).values())]
        if len(waiting) > 1:
            raise Lacking(slot, [Known(id, id, ()) for id in waiting])
        return next(iter([*waiting, *held]), "")

    def _goes_on(self, slot: Slot) -> bool:
        """Whether what the conversation is about is meant: by words about drills, a drill alone."""
        about = self.world.about
        if slot.pool in DRILLS:
            return about.startswith(SERIES)
        return bool(about) and slot.kind is not Kind.WARNING

    def _offered(self, slot: Slot, one: Known) -> bool:
        world = self.world
        return one.value in (world.warned if slot.kind is Kind.WARNING else world.pool(slot.pool))

    def _subject(self) -> Slot | None:
        return next((s for s in self.said.verb.slots if s.kind in ABOUT), None)

    # Words in their order

    def _open(self) -> list[Slot]:
        return [s for s in self.said.verb.slots if not s.named and s.name not in self.values]

    def _next(self) -> None:
        token = self.rest[0]
        if slot := self._option(token):
            del self.rest[0]
            self._keep(slot, token.text if token.key else "")
        elif named := self._named_next(token):
            del self.rest[0]
            self._take_value(named)
        elif not (self._word() or self._text(token)):
            raise self._misfit(token)

    def _named_next(self, token: Token) -> Slot | None:
        return self.said.verb.slot(token.flag) if token.flag else None

    def _take_value(self, slot: Slot) -> None:
        """`--reason …` as on the command line: a text takes the rest, anything else one word."""
        if slot.kind is Kind.TEXT:
            self._take_text(slot)
        elif self.rest:
            self._keep(slot, self.rest.pop(0).text)

    def _word(self) -> bool:
        """Fill a slot with the next word or words; a name may have several."""
        for count in range(min(LONGEST_NAME, len(self.rest)), 0, -1):
            parts = self.rest[:count]
            if any(part.key or (part.quoted and count > 1) for part in parts):
                continue
            word = " ".join(part.text for part in parts)
            for slot in self._open():
                if slot.kind is not Kind.TEXT and read(slot, word, self.world, self.values):
                    del self.rest[:count]
                    self._keep(slot, word)
                    return True
        return False

    def _text(self, token: Token) -> bool:
        slot = self.said.verb.text
        if slot is None or slot.name in self.values:
            return False
        before = [s for s in self._open() if s.needed and s.kind is not Kind.TEXT]
        strict = [s for s in before if s.kind not in GUESSED]
        if strict and not token.quoted:
            raise self._unknown(before, token.text)
        if self._subject() and not token.quoted and wrong_reference(token.text):
            raise self._unknown([], token.text)
        self._take_text(slot)
        return True

    def _take_text(self, slot: Slot) -> None:
        """One quoted text, or everything that is left as it was written."""
        if not self.rest:
            return
        first = self.rest[0]
        alone = len(self.rest) == 1 or bool(self.rest[1].key or self.rest[1].flag)
        if first.quoted and not first.key and alone:
            self.values.setdefault(slot.name, first.text)
            del self.rest[0]
            return
        ends = [n for n, t in enumerate(self.rest) if n and self._named_next(t)]
        count = ends[0] if ends else len(self.rest)
        text = self.said.line[first.start : self.rest[count - 1].end]
        self.values.setdefault(slot.name, text)
        del self.rest[:count]

    # What is missing or fits nowhere

    def _complete(self, slot: Slot) -> None:
        if slot.name in self.values or not self._needs(slot):
            return
        choices = list(known(slot, self.world, self.values))
        if slot.kind in (Kind.DECISION, Kind.REGIME):
            choices = likely(slot, choices, self.world, self.values) or choices
            if len(choices) == 1:
                self.values[slot.name] = choices[0].value
                return
        if slot.kind is Kind.GRADE:
            slot = asking_grade(slot, self.world, self.values)
        if slot.kind is Kind.ANSWER:
            slot = asking(slot, self.world)
        if value := unsaid(slot, self.world, self.values):
            self.values[slot.name] = value
            return
        raise Lacking(slot, list(islice(choices, 2 * OFFERED)))

    def _needs(self, slot: Slot) -> bool:
        """An approval, a rejection, another grade need their reason, who fills a role the role."""
        decides = self.values.get("answer") in ("approve", "reject")
        given = slot.name == "role" and "person" in self.values
        if slot.name == "reason" and self.said.verb.name == "grade":
            return is_changed(self.world, self.values)
        return slot.needed or given or (slot.name == "reason" and decides)

    def _misfit(self, token: Token) -> BadInput | UnknownId:
        """A word too many, or an option that this verb does not have."""
        if not token.key:
            return self._unknown(self._open(), token.text)
        names = [slot.name for slot in self.said.verb.slots]
        meant = "、".join(near(token.key, names) or names) or "—"
        return _refused(f"{token.key}=", f"可用：{meant}。", f"There is: {meant}.")

    def _unknown(self, slots: Sequence[Slot], word: str) -> BadInput | UnknownId:
        """What cannot be used, with what it may have meant to be."""
        if looks_like_incident(word) and any(s.kind in REFERRED for s in self.said.verb.slots):
            zh, en = "事件", "incident"
            return UnknownId(zh, en, shown(word), self.world.incidents)
        close = {form for slot in slots for form in self._near(slot, word)}
        if close:
            meant = sorted(close)[:OFFERED]
            return _refused(
                word, f"您是否指：{'、'.join(meant)}？", f"Did you mean {', '.join(meant)}?"
            )
        slot = next((s for s in slots if s.needed), None) or next(iter(slots), None)
        if slot is None:
            return _refused(word, "", "")
        return _refused(word, f"{slot.asks.zh}。", f"{slot.asks.en}.")

    def _near(self, slot: Slot, word: str) -> list[str]:
        forms: Mapping[str, str] = {
            form: one.value for one in known(slot, self.world, self.values) for form in one.forms
        }
        return list(dict.fromkeys(forms[form] for form in near(word, forms)))


def _refused(word: str, mend_zh: str, mend_en: str) -> BadInput:
    text = shown(word)
    return BadInput(
        f"“{text}”无法识别，没有执行。",
        f"“{text}” is not understood; nothing was done.",
        mend_zh,
        mend_en,
    )
