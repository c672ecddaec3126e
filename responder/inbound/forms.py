"""Menus and forms for chats: what to do next as buttons, and what a verb lacks asked all at once.

A form filled in is the verb said with everything it needs; nothing else is decided here.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import TypeVar
from unicodedata import category

from responder.commands.account import person_of
from responder.commands.incidents.note import LONGEST_NOTE
from responder.commands.telling import name
from responder.domain.record import By
from responder.domain.words import Words
from responder.inbound.language.consider import world_of
from responder.inbound.language.drills_meant import controls
from responder.inbound.language.kept import conversation_of
from responder.inbound.language.nameable import known
from responder.inbound.language.parse import Said, parse
from responder.inbound.language.reading import read
from responder.inbound.language.verb import ABOUT, Kind, Slot, Verb
from responder.inbound.language.words import BY_NAME
from responder.inbound.language.world import World
from responder.inbound.threshold import Spoken, Threshold, Visitor
from responder.ports.form import Field, Form, Misfilled
from responder.ports.renderer import Button, Look
from responder.ports.unit_of_work import UnitOfWork

T = TypeVar("T")
ASKED = {
    "incident new": ("playbook", "title", "level", "system", "drill"),
    "warn new": ("playbook", "title", "level", "system"),
    "note": ("incident", "text"),
    "page": ("incident", "target", "reason"),
}
"""The verbs that have a form, and what it asks for."""
MENU = (
    ("incident new", Words("发起事件", "Declare"), Look.GRAVE),
    ("warn new", Words("发起预警", "Raise a warning"), Look.PLAIN),
    ("incident list", Words("看事件", "Incidents"), Look.PLAIN),
    ("task list", Words("看任务", "Tasks"), Look.PLAIN),
    ("who", Words("谁在值班", "Who is on duty"), Look.PLAIN),
    ("note", Words("写记录", "Write a note"), Look.PLAIN),
    ("page", Words("呼叫人员", "Page somebody"), Look.PLAIN),
    ("help", Words("全部命令", "All commands"), Look.PLAIN),
)
CONTROLLING = (
    ("drill show", Words("导调", "The drill"), Look.PLAIN),
    ("drill inject", Words("推送", "Send a row"), Look.PLAIN),
    ("drill observe", Words("写观察", "Observe"), Look.PLAIN),
    ("drill pause", Words("暂停演练", "Pause it"), Look.PLAIN),
    ("drill end", Words("结束演练", "End it"), Look.GRAVE),
)
"""What stands first for who conducts a drill that runs."""
CHOOSE = Words("请选择，或直接输入命令。", "Choose, or type a command.")
SUBMIT, CANCEL = Words("提交", "Submit"), Words("取消", "Cancel")
YES = Words("是", "Yes")
MISFIT = Words("此处无法识别。", "This is not understood here.")
LONGEST_TITLE = 200
INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""The categories of characters that a note refuses."""
MOST_CHOICES = 100


@dataclass(frozen=True, slots=True)
class Forms:
    """Opens and takes forms. Its methods block on the house: call them from a thread."""

    threshold: Threshold

    def menu(self, visitor: Visitor) -> Spoken | None:
        """What somebody may want who said nothing; a stranger is told how to be known."""
        if not self.threshold.person(visitor):
            return self.threshold.say(visitor, "help")
        language = self._in_world(visitor, lambda world: world.language)
        conducts = self._in_world(visitor, controls)
        entries = (*CONTROLLING, *MENU) if conducts else MENU
        buttons = (Button(label.said(language), f"v:{line}", look) for line, label, look in entries)
        return Spoken(CHOOSE.said(language), tuple(buttons))

    def asked_by(self, visitor: Visitor, line: str) -> Form | None:
        """The form for a line that is a verb and nothing more; None for any other line."""
        said = parse(line)
        if said is None or said.tokens or said.given or said.verb.name not in ASKED:
            return None
        if not self.threshold.person(visitor):
            return None
        verb = said.verb
        return self._in_world(visitor, lambda world: _form(verb, world))

    def take(
        self, visitor: Visitor, verb: str, filled: Mapping[str, str]
    ) -> Spoken | Misfilled | None:
        """What became of a form; what fits nowhere is told by field, and nothing is changed."""
        if verb not in ASKED or not self.threshold.person(visitor):
            return self.threshold.say(visitor, verb)
        meant = BY_NAME[verb]
        given = {key: value for key, value in filled.items() if value.strip()}
        found = self._in_world(visitor, lambda world: _read(meant, given, world))
        if isinstance(found, Misfilled):
            return found
        return self.threshold.say(visitor, Said(verb, meant, (), found))

    def note(self, visitor: Visitor, text: str, at: datetime) -> Spoken | None:
        """Put what was written or shown on the record, at its own time."""
        now = self.threshold.house.read(lambda _uow, now: now)
        given = {"text": fit(text), "at": min(at, now).isoformat()}
        if about := self.threshold.about(visitor):
            given["incident"] = about
        return self.threshold.say(visitor, Said("note", BY_NAME["note"], (), given))

    def named(self, visitor: Visitor, account: str) -> str:
        """The name of whoever an account is bound to, else `""`."""

        def named(world: World) -> str:
            person = person_of(world.uow, visitor.platform, account)
            return name(world.site, person, world.language) if person else ""

        return self._in_world(visitor, named)

    def _in_world(self, visitor: Visitor, look: Callable[[World], T]) -> T:
        def asked(uow: UnitOfWork, now: datetime) -> T:
            talk = uow.talks.get(visitor.talk)
            conversation = conversation_of(talk, visitor.alone)
            person = person_of(uow, visitor.platform, visitor.account)
            return look(world_of(By(person, visitor.platform), conversation, uow, now))

        return self.threshold.house.read(asked)


def fit(text: str) -> str:
    """What others wrote, as a note takes it: nothing invisible; what is cut off leaves a mark."""
    seen = "".join(one for one in text if one in "\n\t" or category(one) not in INVISIBLE)
    return seen if len(seen) <= LONGEST_NOTE else f"{seen[: LONGEST_NOTE - 1]}…"


def _form(verb: Verb, world: World) -> Form:
    title = next(label for line, label, _ in MENU if line == verb.name)
    fields = tuple(_fields(verb, world))
    said = world.words
    return Form(verb.name, said(title), said(SUBMIT), said(CANCEL), fields)


def _fields(verb: Verb, world: World) -> Iterator[Field]:
    for slot in _slots(verb):
        label, lines = world.words(slot.asks), slot.name in ("text", "reason")
        if slot.kind is Kind.TEXT:
            longest = LONGEST_NOTE if lines else LONGEST_TITLE
            yield Field(slot.name, label, slot.needed, longest=longest, lines=lines)
        elif choices := tuple(_choices(slot, world)):
            yield Field(slot.name, label, slot.needed, choices, _first(slot, choices, world))


def _slots(verb: Verb) -> Iterator[Slot]:
    return (slot for name in ASKED[verb.name] if (slot := verb.slot(name)))


def _choices(slot: Slot, world: World) -> Iterator[tuple[str, str]]:
    if slot.kind is Kind.FLAG:
        yield "yes", world.words(YES)
        return
    for one in islice(known(slot, world, {}), MOST_CHOICES):
        yield one.value, one.label


def _first(slot: Slot, choices: tuple[tuple[str, str], ...], world: World) -> str:
    if slot.kind not in ABOUT:
        return ""
    return world.about or (choices[0][0] if len(choices) == 1 else "")


def _read(verb: Verb, given: Mapping[str, str], world: World) -> dict[str, str] | Misfilled:
    """Every field as its slot reads it: what a form sends is believed no more than a line."""
    found: dict[str, str] = {}
    wrong: dict[str, str] = {}
    for slot in _slots(verb):
        if slot.name not in given:
            if slot.needed and slot.kind is not Kind.INCIDENT:
                wrong[slot.name] = world.words(slot.asks)
            continue
        meant = read(slot, given[slot.name], world, found)
        if len(meant) == 1:
            found[slot.name] = meant[0].value
        else:
            wrong[slot.name] = world.words(MISFIT)
    return Misfilled(wrong) if wrong else found
