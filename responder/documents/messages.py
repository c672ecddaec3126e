"""Messages to people: the site's templates and a message's facts become its text.

A template lies at `<folder>/<zh or en>/<purpose>.<form>.j2`. Email falls back to chat and chat to
SMS where the site has no template of their own; the phone falls back to nothing, since a text
written to be read is no text to be heard. Where nothing is left, or the template is broken, a
built-in sentence stands in, and the text says why.
"""

import re
from bisect import bisect_left
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined, Template
from jinja2.exceptions import SecurityError, TemplateNotFound
from jinja2.sandbox import ImmutableSandboxedEnvironment

from responder.documents import drill, plain, sms
from responder.documents.cleaning import cut
from responder.documents.facts import facts_for
from responder.documents.words import filters
from responder.domain.message import Message
from responder.ports.renderer import Text

LANGUAGES = ("zh", "en")
FORMS = {"voice": "voice", "sms": "sms", "email": "email"}
ON_ONE_LINE = ("voice", "sms")
"""Forms whose templates may run over several lines, and whose texts do not."""
FALLBACK = {
    "voice": ("voice",),
    "sms": ("sms",),
    "chat": ("chat", "sms"),
    "email": ("email", "chat", "sms"),
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
}
"""How long a fact may be. An SMS is cut step by step until it fits one segment."""
LONGEST_TEXT = {"voice": 900, "sms": 600, "chat": 2900, "email": 20000}
LONGEST_SUBJECT = 78
LONGEST_SIGNATURE = 12
LONGEST_REASON = 200

Facts = dict[str, Any]


class Messages:
    """Renders messages from the templates of a site."""

    def __init__(self, folder: Path) -> None:
        self._environments = {
            (language, form): _Environment.at(folder / language, language, form not in ON_ONE_LINE)
            for language in LANGUAGES
            for form in FALLBACK
        }

    def message(self, message: Message) -> Text:
        """The text of a message, in its language and for its way. It never raises."""
        language = "en" if message.language == "en" else "zh"
        form = FORMS.get(message.via, "chat")
        try:
            template, written = self._template(message.purpose, language, form)

            def write(facts: Facts) -> str:
                return _tidy(template.render(facts), language, written)

            body, reason = _shortest(write, message, language, form), ""
        except Exception as error:  # noqa: BLE001 - whatever a template does, the page goes out
            body, reason = _stand_in(message, language, form), _why(error)
        subject = cut(body.partition("\n")[0], LONGEST_SUBJECT, "…") if form == "email" else ""
        return Text(body, subject, reason)

    def _template(self, purpose: str, language: str, form: str) -> tuple[Template, str]:
        """The first template there is for a form, and the form it is written for."""
        for written in FALLBACK[form]:
            with suppress(TemplateNotFound):
                environment = self._environments[language, written]
                return environment.get_template(f"{purpose}.{written}.j2"), written
        raise TemplateNotFound(f"{purpose}.{form}.j2")


class _Environment(ImmutableSandboxedEnvironment):
    """Templates are the site's data: they may choose words, not reach, repeat or roll dice.

    Texts are plain, so nothing is escaped here: a platform's own markup is escaped where a text
    becomes that platform's message.
    """

    intercepted_binops = frozenset({"*", "**"})

    @classmethod
    def at(cls, folder: Path, language: str, keeps_lines: bool) -> "_Environment":
        environment = cls(
            loader=FileSystemLoader(folder),
            undefined=StrictUndefined,
            trim_blocks=keeps_lines,
            lstrip_blocks=True,
            autoescape=False,
        )
        environment.globals.clear()
        for name in ("random", "center", "indent", "format", "wordwrap"):
            environment.filters.pop(name)
        environment.filters.update(filters(language))
        return environment

    def call_binop(self, _context: Any, operator: str, _left: Any, _right: Any) -> Any:
        raise SecurityError(f"a template has no use for {operator}")


def _stand_in(message: Message, language: str, form: str) -> str:
    def write(facts: Facts) -> str:
        return plain.sentence(message, language, facts)

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
            raise ValueError("the template says nothing")
        words = _finish(words, message, language, form)
        return words, sms.segments(_signature(facts, language) + words) if form == "sms" else 1

    lengths = LONGEST[language, form]
    words, count = made(lengths[0])
    if count > 1:
        fewest = made(lengths[-1])[1]
        enough = bisect_left(lengths, -fewest, key=lambda longest: -made(longest)[1])
        words, count = made(lengths[enough])
    return words


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


def _signature(facts: Facts, language: str) -> str:
    """What a mainland gateway sets before an SMS; it counts."""
    return f"【{facts['firm'][:LONGEST_SIGNATURE]}】" if language == "zh" else ""


def _why(error: Exception) -> str:
    """What is wrong with a template, for the record."""
    place = getattr(error, "name", None) or ""
    line = getattr(error, "lineno", None)
    where = f"{place}:{line}: " if place and line else f"{place}: " if place else ""
    return cut(f"{where}{type(error).__name__}: {error}", LONGEST_REASON, "…")
