"""The facts a template may name, made fit for its form."""

import re
from functools import lru_cache
from typing import Any

from responder.documents.cleaning import clean, cut, ellipsis
from responder.domain.message import Message, Purpose

COMMON = (
    "firm",
    "incident",
    "code",
    "title",
    "system",
    "playbook",
    "level",
    "at",
    "declared_by",
    "role",
    "person",
    "link",
)
OF_PURPOSE: dict[Purpose, tuple[str, ...]] = {
    Purpose.PAGE: ("next", "deadline"),
    Purpose.DECISION: ("question", "unanswered", "deadline", "next", "acting_for", "since"),
    Purpose.STILL_THERE: ("deadline", "next"),
    Purpose.VERIFY_WARNING: ("deadline", "next"),
    Purpose.ALARM: ("what", "mend"),
    Purpose.HANDOVER: ("giver", "post"),
    Purpose.TOLD: ("what", "work", "asks"),
    Purpose.CANCELLED: ("by", "reason"),
    Purpose.ROLL_CALL: ("deadline",),
    Purpose.DUE: ("what", "whom", "deadline", "late", "warns", "mine", "next", "number"),
    Purpose.INJECT: ("sender", "text"),
    Purpose.TEST: ("asked_by", "proof", "probe"),
    Purpose.ASSENT: ("what", "otherwise", "work"),
    Purpose.CHECK_IN: ("post", "deadline"),
    Purpose.INVITATION: ("what", "comes"),
    Purpose.CALL_TASK: ("whom", "how", "to", "why", "number", "played"),
    Purpose.BRIEF: (
        "audience",
        "number",
        "what",
        "scope",
        "phase",
        "state",
        "next_step",
        "need",
        "text",
        "due",
        "paper",
    ),
    Purpose.BRIEF_DUE: ("audience", "briefs", "due", "number", "last", "change", "itself"),
    Purpose.CARD: (
        "state",
        "commander",
        "provisional",
        "decider",
        "roles",
        "taken",
        "ringing",
        "failing",
        "decisions",
        "tasks",
        "reports",
        "lessons",
        "safe",
        "in_need",
        "silent",
    ),
}
EXACT = frozenset(
    {"incident", "code", "at", "deadline", "since", "to", "link", "due", "proof", "played"}
)
"""Facts that are worth nothing when cut."""
WHOLE = frozenset({"text"})
"""What somebody wrote to be told as it is: never cut, whatever it costs in segments."""
LONGEST_WHOLE = 600
LONGEST_EXACT = 200
WEIGHTY = frozenset(
    {"question", "what", "whom", "post", "giver", "next", "by", "acting_for", "need", "otherwise"}
)
"""What a message asks, and of whom: cut a third as short as the rest."""
LINES = frozenset({"work"})
"""Facts of several lines, each cleaned and cut by itself."""
LONGEST_PART = 200
SEPARATORS = re.compile(r"[、,]\s*")
TELLING = re.compile(r"\b(?!systems?\b)[a-z0-9]{4,}")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
SHARED_ZH = 2

_clean = lru_cache(maxsize=4096)(clean)


@lru_cache(maxsize=len(Purpose))
def vocabulary(purpose: Purpose) -> tuple[str, ...]:
    """The names a template of a purpose may use; each is `""` where there is no such fact."""
    return (*COMMON, *OF_PURPOSE.get(purpose, ()), "trouble", "drill")


def facts_for(message: Message, language: str, form: str, longest: int) -> dict[str, Any]:
    """Everything a message's template may name, cleaned and cut for a form.

    `trouble` says in one phrase what is the matter with what.
    """
    given = dict.fromkeys(vocabulary(message.purpose), "") | message.facts
    given["code"] = message.code or given["code"]
    facts = {name: _fit(name, value, language, form, longest) for name, value in given.items()}
    facts["drill"] = message.drill
    about = (str(given[name] or "") for name in ("title", "playbook", "system"))
    facts["trouble"] = cut(_trouble(*about, language, form), longest, ellipsis(language, form))
    return facts


def _fit(name: str, value: Any, language: str, form: str, longest: int) -> Any:
    if name == "level":
        return value if isinstance(value, int) else 0
    if value is None:
        return ""
    if name in WHOLE:
        return _clean(str(value), language, form, LONGEST_WHOLE)
    if name in EXACT:
        longest = LONGEST_EXACT
    if name in LINES:
        return "\n".join(_clean(line, language, form, longest) for line in str(value).splitlines())
    return _clean(str(value), language, form, longest * 3 if name in WEIGHTY else longest)


@lru_cache(maxsize=1024)
def _trouble(title: str, playbook: str, system: str, language: str, form: str) -> str:
    """The title, with the system before it unless it is named there already.

    A Chinese title means nothing to who reads English: there the playbook's title leads, and on
    the phone and in SMS, which cannot carry the other, it stands alone.
    """
    title, playbook, system = (
        _clean(part, language, form, LONGEST_PART) for part in (title, playbook, system)
    )
    trouble = title or playbook
    if language == "en" and playbook and CHINESE.search(title):
        trouble = playbook if form in ("voice", "sms") else f"{playbook} ({title})"
    systems = [one for one in SEPARATORS.split(system) if one]
    if not systems or not trouble:
        return trouble or system
    if any(_names(trouble, one) for one in systems):
        return trouble
    if language == "en":
        return f"{systems[0]}{' and others' if len(systems) > 1 else ''}: {trouble}"
    return f"{systems[0]}等：{trouble}" if len(systems) > 1 else f"{systems[0]}{trouble}"


def _names(trouble: str, system: str) -> bool:
    """Whether a phrase names a system already, by the whole name or a telling part of it."""
    if system.casefold() in trouble.casefold():
        return True
    if any(word in trouble.casefold() for word in TELLING.findall(system.casefold())):
        return True
    bare = system.replace("系统", "")
    pairs = (bare[i : i + SHARED_ZH] for i in range(len(bare) - SHARED_ZH + 1))
    return any(pair in trouble for pair in pairs if not pair.isascii())
