"""The record in words: one line an entry, in the reader's language."""

from collections.abc import Callable
from datetime import datetime
from string import Formatter
from typing import Any
from zoneinfo import ZoneInfo

from responder.documents.kinds import KINDS
from responder.domain.incident import PHASE_NAMES, ROMAN, Phase
from responder.domain.record import Entry
from responder.domain.site import Site
from responder.domain.words import Words

VIAS = {
    "slack": Words("Slack", "Slack"),
    "telegram": Words("Telegram", "Telegram"),
    "voice": Words("电话", "phone"),
    "sms": Words("短信", "SMS"),
    "email": Words("邮件", "e-mail"),
    "by_hand": Words("人工", "by hand"),
}
ANSWERS = {True: Words("同意", "approved"), False: Words("不同意", "rejected")}


def line(entry: Entry, site: Site, language: str) -> str:
    """What an entry says, without its time. A payload lawfully removed says so."""
    words = KINDS.get(entry.kind)
    if words is None:
        return entry.kind
    if entry.payload is None:
        return words.said(language).partition("{")[0] + REMOVED.said(language)
    return _Filled(entry, site, language).format(words.said(language))


REMOVED = Words("（内容已依法删除）", "(content lawfully removed)")


def clock(at: datetime, site: Site) -> str:
    """The time of an entry in the site's zone, to the second."""
    return at.astimezone(ZoneInfo(site.time_zone)).strftime("%H:%M:%S")


class _Filled(Formatter):
    """Fills a line's blanks from an entry's payload; ids become names."""

    def __init__(self, entry: Entry, site: Site, language: str) -> None:
        self._entry, self._site, self._language = entry, site, language

    def get_value(self, key: int | str, args: Any, kwargs: Any) -> str:  # noqa: ARG002 - the base's
        """The blank `key` as a person says it."""
        if key == "actor":
            return self._person(self._entry.actor) or self._said(ENGINE)
        payload = self._entry.payload or {}
        value = payload.get(str(key))
        shown = SHOWN.get(str(key))
        return shown(self, value) if shown else self._plain(value)

    def _plain(self, value: Any) -> str:
        return "—" if value in (None, "", []) else str(value)

    def _said(self, words: Words) -> str:
        return words.said(self._language)

    def _person(self, id: Any) -> str:
        known = self._site.people.get(str(id))
        return self._said(known.name) or str(id) if known else str(id or "")

    def named(self, value: Any) -> str:
        """A person, or the whole command body where the order is exhausted."""
        return self._person(value) or self._said(NOBODY)

    def people(self, value: Any) -> str:
        """Several people."""
        return self._listed([self._person(person) for person in value or ()]) or "—"

    def _listed(self, names: list[str]) -> str:
        return ("、" if self._language == "zh" else ", ").join(names)

    def vias(self, value: Any) -> str:
        """The ways used."""
        return self._listed([self._said(VIAS[via]) if via in VIAS else via for via in value or ()])

    def decision(self, value: Any) -> str:
        """A decision by its question."""
        known = self._site.decisions.get(str(value))
        return self._said(known.question) if known else str(value)

    def title(self, value: Any) -> str:
        """A title, in both languages or in the one it was given in."""
        return self._said(Words(**value)) if isinstance(value, dict) else self._plain(value)

    def role(self, value: Any) -> str:
        """A role by its name; a person by theirs."""
        known = self._site.roles.get(str(value).removeprefix("role:"))
        return self._said(known.name) if known else self._person(value)

    def phase(self, value: Any) -> str:
        """Where the incident stands."""
        return self._said(PHASE_NAMES[Phase(value)]) if value in set(Phase) else str(value)

    def level(self, value: Any) -> str:
        """The response level."""
        roman = ROMAN.get(value, str(value))
        return f"{roman}级响应" if self._language == "zh" else f"level {value}"

    def answer(self, value: Any) -> str:
        """Approved or rejected."""
        return self._said(ANSWERS[bool(value)])

    def acting_for(self, value: Any) -> str:
        """Whom the decider acts for."""
        if not value:
            return ""
        who = self._person(value)
        return f"（代{who}决策）" if self._language == "zh" else f" (acting for {who})"

    def short(self, value: Any) -> str:
        """That too few answered."""
        return self._said(SHORT) if value else ""

    def reason(self, value: Any) -> str:
        """The reason given."""
        if not value:
            return ""
        return f"。理由：{value}" if self._language == "zh" else f". Reason: {value}"

    def messages(self, value: Any) -> str:
        """How many messages are in which state."""
        counts: dict[str, int] = {}
        for each in value or ():
            counts[each["state"]] = counts.get(each["state"], 0) + 1
        return self._listed([f"{n} {self._said(STATES[s])}" for s, n in counts.items()])


ENGINE = Words("系统", "the engine")
NOBODY = Words("应急指挥决策机构全体", "the whole command body")
SHORT = Words("（人数不足）", " (short of the need)")
STATES = {
    "ready": Words("条待发", "ready"),
    "sending": Words("条发送中", "being sent"),
    "accepted": Words("条已受理", "accepted"),
    "delivered": Words("条已送达", "delivered"),
    "failed": Words("条失败", "failed"),
    "unknown": Words("条结果不明", "unknown"),
    "skipped": Words("条并入通话", "joined a call"),
    "withdrawn": Words("条撤回", "withdrawn"),
}

SHOWN: dict[str, Callable[[_Filled, Any], str]] = {
    **dict.fromkeys(("person", "to", "giver", "taker", "holder", "commander"), _Filled.named),
    **dict.fromkeys(("witness", "scribe", "owner"), _Filled.named),
    **dict.fromkeys(("people", "acknowledged_by", "who", "reported_to"), _Filled.people),
    "via": _Filled.vias,
    "decision": _Filled.decision,
    "title": _Filled.title,
    "target": _Filled.role,
    "role": _Filled.role,
    "phase": _Filled.phase,
    "level": _Filled.level,
    "approves": _Filled.answer,
    "approved": _Filled.answer,
    "acting_for": _Filled.acting_for,
    "short": _Filled.short,
    "reason": _Filled.reason,
    "messages": _Filled.messages,
}
