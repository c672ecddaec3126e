"""Messages to people: the site's templates and a message's facts become its text.

A template lies at `<folder>/<zh or en>/<purpose>.<form>.j2`. Email falls back to chat and chat to
SMS where the site has no template of their own; the phone falls back to nothing, since a text
written to be read is no text to be heard. `by_hand` is what a human reads out. Where nothing is
left, or the template is broken, a built-in sentence stands in, and the text says why.
"""

import re
from bisect import bisect_left
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from time import monotonic
from typing import Any

from jinja2 import Template, TemplateNotFound

from responder.documents import drill, minimal, plain, sms
from responder.documents.buttons import buttons_of
from responder.documents.cleaning import cut
from responder.documents.facts import facts_for
from responder.documents.template_folder import TemplateFolder
from responder.domain.message import READY_WORDS, Message
from responder.domain.people import BY_HAND
from responder.ports.renderer import Text

LANGUAGES = ("zh", "en")
FORMS = {"voice": "voice", "sms": "sms", "email": "email", BY_HAND: BY_HAND}
ON_ONE_LINE = ("voice", "sms")
"""Forms whose templates may run over several lines, and whose texts do not."""
FALLBACK = {
    "voice": ("voice",),
    "sms": ("sms",),
    "chat": ("chat", "sms"),
    "email": ("email", "chat", "sms"),
    BY_HAND: (BY_HAND, "chat", "sms"),
}
LONGEST: dict[tuple[str, str], tuple[int, ...]] = {
    ("zh", "voice"): (60,),
    ("en", "voice"): (200,),
    ("zh", "sms"): (60, 40, 30, 24, 20, 17, 14, 12, 10, 8, 7, 6, 5, 4),
    ("en", "sms"): (140, 100, 80, 64, 50, 40, 32, 26, 20, 16, 13, 11),
    ("zh", "chat"): (300,),
    ("en", "chat"): (300,),
    ("zh", "email"): (2000,),
    ("en", "email"): (2000,),
    ("zh", BY_HAND): (300,),
    ("en", BY_HAND): (300,),
}
"""How long a fact may be. An SMS is cut step by step until it fits one segment."""
LONGEST_TEXT = {"voice": 900, "sms": 600, "chat": 2900, "email": 20000, BY_HAND: 2000}
LONGEST_SUBJECT = 78
LONGEST_SIGNATURE = 12
LONGEST_REASON = 200
READ_BY_OTHERS = ("voice", BY_HAND)
"""Ways whose text is spoken, or read out by another person: a link is for one pair of eyes."""
MAINLAND = "+86"
LOOK_EVERY = 0.05
"""Seconds until an edited template counts, at the most: to look at its file costs more than the
words, and a thousand messages of one template come at once."""
MOST_KEPT = 1024
"""Texts at hand: many people are told the same, and a text is made once for all of them."""

Facts = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Found:
    """A template, the form it is written for, and the facts that its text depends on.

    `names` is None where other templates come into it.
    """

    template: Template
    form: str
    names: tuple[str, ...] | None
    looked_at: float


class Messages:
    """Renders messages from the templates of a site."""

    def __init__(
        self,
        folder: Path,
        link: Callable[[Message], str] | None = None,
        carries_little: Callable[[str], bool] = lambda _channel: False,
    ) -> None:
        """`link` gives a message's one-time page, where the firm has a public address.

        `carries_little` says of a channel whether no more than a reference may go by it.
        """
        self._link = link
        self._carries_little = carries_little
        self._environments = {
            (language, form): TemplateFolder.at(
                folder / language, language, form not in ON_ONE_LINE
            )
            for language in LANGUAGES
            for form in FALLBACK
        }
        self._kept: dict[tuple[object, ...], str] = {}
        self._found: dict[tuple[str, str, str], _Found] = {}

    def prepare(self) -> None:
        """Compile the templates: the first page of the night waits for none."""
        for (_, form), folder in self._environments.items():
            for name in folder.list_templates():
                if name.endswith(f".{form}.j2"):
                    with suppress(Exception):  # the message that wants it says what is wrong
                        folder.get_template(name)

    def message(self, message: Message, channel: str = "") -> Text:
        """The text of a message, in its language and for its way. It never raises."""
        language = "en" if message.language == "en" else "zh"
        form = FORMS.get(message.via, "chat")
        if message.purpose in READY_WORDS:
            return _as_released(message, language, form)
        message = self._linked(message)
        if self._carries_little(channel):
            body, reason = _reference(message, language, form), ""
        else:
            body, reason = self._whole(message, language, form)
        subject = cut(body.partition("\n")[0], LONGEST_SUBJECT, "…") if form == "email" else ""
        buttons = buttons_of(message, language) if form == "chat" else ()
        return Text(body, subject, reason, buttons)

    def _whole(self, message: Message, language: str, form: str) -> tuple[str, str]:
        """What the site's template says, and why it is not that where it is not."""
        try:
            found = self._template(message.purpose, language, form)
            body, reason = self._body(found, message, language, form), ""
        except Exception as error:  # noqa: BLE001 - whatever a template does, the page goes out
            body, reason = _stand_in(message, language, form), _why(error)
        return (_with_link(body, message, language) if form == "sms" else body), reason

    def _linked(self, message: Message) -> Message:
        """With the link among the facts, unless somebody else hears or reads the text out."""
        if self._link is None or not message.person or message.via in READ_BY_OTHERS:
            return message
        return replace(message, facts=message.facts | {"link": self._link(message)})

    def _body(self, found: _Found, message: Message, language: str, form: str) -> str:
        """What a template says; made anew only where something it names is new."""
        if found.names is None:
            return written_by(found.template, found.form, message, language, form)
        facts = message.facts
        values = tuple([facts.get(name) for name in found.names])
        key = (found.template, form, message.drill, message.code, values)
        try:
            kept = self._kept.get(key)
        except TypeError:  # a fact that is a list or a mapping
            return written_by(found.template, found.form, message, language, form)
        if kept is None:
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            kept = written_by(found.template, found.form, message, language, form)
            self._kept[key] = kept
        return kept

    def _template(self, purpose: str, language: str, form: str) -> _Found:
        """The first template there is for a form, and the form it is written for."""
        key, now = (purpose, language, form), monotonic()
        found = self._found.get(key)
        if found is None or found.looked_at + LOOK_EVERY < now:
            found = self._found[key] = self._look(purpose, language, form, now)
        return found

    def _look(self, purpose: str, language: str, form: str, now: float) -> _Found:
        for written in FALLBACK[form]:
            with suppress(TemplateNotFound):
                environment = self._environments[language, written]
                template = environment.get_template(f"{purpose}.{written}.j2")
                return _Found(template, written, environment.named[template.name], now)
        raise TemplateNotFound(f"{purpose}.{form}.j2")


def _as_released(message: Message, language: str, form: str) -> Text:
    """What people released, letter for letter: it is public wherever it goes."""
    body = str(message.facts.get("text") or "")
    body = drill.mark(body, language, form) if message.drill else body
    return Text(body, cut(body.partition("\n")[0], LONGEST_SUBJECT, "…"))


class SaysNothing(ValueError):
    """A template that leaves no word."""


def written_by(template: Template, written: str, message: Message, language: str, form: str) -> str:
    """A message's text by a template for the form `written`. Raises whatever the template does."""

    def write(facts: Facts) -> str:
        return _tidy(template.render(facts), language, written)

    return _shortest(write, message, language, form)


def _stand_in(message: Message, language: str, form: str) -> str:
    def write(facts: Facts) -> str:
        return plain.sentence(message, language, facts)

    return _shortest(write, message, language, form)


def _reference(message: Message, language: str, form: str) -> str:
    def write(facts: Facts) -> str:
        if form == "sms" and message.to.startswith(MAINLAND):
            facts = facts | {"link": ""}
        return minimal.sentence(message, language, facts, form)

    return _shortest(write, message, language, form)


def _shortest(write: Callable[[Facts], str], message: Message, language: str, form: str) -> str:
    """A text in as few segments as it can be had, its facts cut no shorter than that takes.

    Only SMS have segments; any other text has one length.
    """

    @cache
    def made(longest: int) -> tuple[str, int]:
        facts = facts_for(message, language, form, longest)
        words = write(facts)
        if not words:
            raise SaysNothing("the template says nothing")
        words = _finish(words, message, language, form)
        return words, sms.segments(signature(facts, language) + words) if form == "sms" else 1

    lengths = LONGEST[language, form]
    words, count = made(lengths[0])
    if count > 1:
        fewest = made(lengths[-1])[1]
        enough = bisect_left(lengths, -fewest, key=lambda longest: -made(longest)[1])
        words, count = made(lengths[enough])
    return words


def _with_link(words: str, message: Message, language: str) -> str:
    """An SMS that asks something, with its link where that costs no further segment.

    Carriers of the mainland pass only links registered beforehand, and each of ours is new.
    """
    link = str(message.facts.get("link") or "")
    if not link or message.to.startswith(MAINLAND) or message.purpose not in plain.ANSWERS:
        return words
    before = signature({"firm": str(message.facts.get("firm") or "")}, language)
    linked = f"{words} {link}"
    fits = sms.segments(before + linked) <= sms.segments(before + words)
    return linked if fits and link not in words else words


def _finish(words: str, message: Message, language: str, form: str) -> str:
    """What is done to every text, whatever wrote it: cut, then mark a drill."""
    words = cut(words, LONGEST_TEXT[form], "…")
    return drill.mark(words, language, form) if message.drill else words


def _tidy(words: str, language: str, form: str) -> str:
    """Lines as the form wants them: one for the phone and SMS, no empty runs elsewhere."""
    lines = [line.strip(" \t") for line in words.strip().splitlines()]
    if form in ON_ONE_LINE:
        joined = ("" if language == "zh" else " ").join(line for line in lines if line)
        return re.sub(r" {2,}", " ", joined)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines))


def signature(facts: Facts, language: str) -> str:
    """What a mainland gateway sets before an SMS; it counts."""
    return f"【{facts['firm'][:LONGEST_SIGNATURE]}】" if language == "zh" else ""


def _why(error: Exception) -> str:
    """What is wrong with a template, for the record."""
    place = getattr(error, "name", None) or ""
    line = getattr(error, "lineno", None)
    where = f"{place}:{line}: " if place and line else f"{place}: " if place else ""
    return cut(f"{where}{type(error).__name__}: {error}", LONGEST_REASON, "…")
