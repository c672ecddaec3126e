"""Playbooks in words: what a person at 3 am needs of one, whole or cut to fit a chat."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from responder.commands.incidents.role_tasks import mark
from responder.commands.planning.playbooks import Scheme, plans
from responder.commands.telling import clock_time, name
from responder.domain.incident import ROMAN
from responder.domain.organisation import SUCCESSION
from responder.domain.playbook import DecisionPoint, Task
from responder.domain.role import filler
from responder.domain.roster import Target
from responder.domain.site import Site
from responder.domain.words import Words

FITS_A_CHAT = 2900
"""Characters that every chat platform takes in one message."""
FIRST_STEPS = 3
LONGEST_PARTS = (500, 300, 200, 150, 120, 100, 80)
"""How long each text of a scheme may be: as long as lets every task be shown. How to roll back is
never shortened."""
HOUR, MINUTE = 3600, 60


def scheme_lines(scheme: Scheme, now: datetime, language: str, longest: int = 0) -> list[str]:
    """What it looks like, what to do first, what then, who decides, how to know it is over.

    Within `longest` characters where that is given; what is left out is said.
    """
    said, about = _Said(language), scheme.incident.id if scheme.incident else scheme.playbook.id

    def more(left: int) -> str:
        return _more(said, left, f"show {about}")

    for longest_part in (0, *LONGEST_PARTS):
        written = _Written(scheme, now, said, longest_part)
        lines = [line for part in written.parts() for line in part]
        lines += [more(0)] if written.cut else []
        if not longest or _length(lines) <= longest:
            return lines
    shortest = _Written(scheme, now, said, LONGEST_PARTS[-1])
    return _fitted(*shortest.parts(), longest, more, shortest.cut)


def plan_lines(site: Site, language: str, longest: int = 0) -> list[str]:
    """The list in words, within `longest` characters where that is given."""
    found, said = plans(site), _Said(language)
    count, version = len(found["playbooks"]), found["version"]
    reviewed = found["reviewed_on"] or said("没有记录", "not on record")
    head = said(f"处置方案{count}个", f"{count} playbooks")
    head += said(f"，随应急预案{version}版", f", with version {version} of the plan") * bool(
        version
    )
    head += said(f"；最近一次评估：{reviewed}。", f"; last reviewed: {reviewed}.")
    rest = [_brief(book, site, said) for book in found["playbooks"]]
    return _fitted([head], rest, [], longest, lambda left: _more(said, left, "list"))


def _brief(book: dict[str, Any], site: Site, said: "_Said") -> str:
    owner = said("维护：", "owner: ") + name(site, book["owner"] or "—", said.language)
    level = said(f"{ROMAN[book['level']]}级响应", f"level {book['level']}")
    title = Words(**book["title"]).said(said.language)
    fault = f" · {book['fault']}" if book["fault"] else ""
    return f"{title} ({book['id']}){fault} · {level} · {owner}"


@dataclass(frozen=True, slots=True)
class _Said:
    language: str

    def __call__(self, zh: str, en: str) -> str:
        return en if self.language == "en" else zh


@dataclass
class _Written:
    """A scheme being put into words; `cut` where a part had to be shortened."""

    scheme: Scheme
    now: datetime
    said: _Said
    longest: int = 0
    cut: bool = False

    @property
    def site(self) -> Site:
        return self.scheme.roster.site

    def parts(self) -> tuple[list[str], list[str], list[str]]:
        """What comes first, the other tasks, and how it is decided and ends."""
        book, said = self.scheme.playbook, self.said
        numbered = list(enumerate(book.tasks, 1))
        first = sorted(numbered, key=lambda one: _promptness(one[1]))[:FIRST_STEPS]
        head = [self._title(), *self._headed(said("现象：", "Symptoms: "), book.symptoms)]
        if first:
            head.append(said("先做：", "First:"))
        head += [self._task(number, task, in_full=True) for number, task in first]
        rest = [self._task(*one) for one in numbered if one not in first]
        if rest:
            head.append(said("再做：", "Then:"))
        tail = [self._point(point) for point in book.decisions]
        tail += self._headed(said("何时算结束：", "Over when: "), book.over_when)
        return head, rest, tail

    def _title(self) -> str:
        book, incident, said = self.scheme.playbook, self.scheme.incident, self.said
        level = incident.level if incident else book.level
        parts = [
            f"{book.title.said(said.language)} ({book.id})",
            said(f"{ROMAN[level]}级响应", f"level {level}"),
        ]
        if book.owner:
            owner = name(self.site, book.owner, said.language)
            parts.append(said(f"维护：{owner}", f"owner: {owner}"))
        if incident:
            copy = f"{incident.id}所用的版本", f"the copy {incident.id} runs by"
            parts.append(said(*copy))
        return " · ".join(parts)

    def _headed(self, heading: str, words: Words) -> Iterator[str]:
        text = self._part(words)
        if text:
            yield heading + text

    def _part(self, words: Words) -> str:
        """A text on one line, shortened to what is allowed."""
        text = " ".join(words.said(self.said.language).split())
        if not self.longest or len(text) <= self.longest:
            return text
        self.cut = True
        return text[: self.longest - 1] + "…"

    def _task(self, number: int, task: Task, in_full: bool = False) -> str:
        said = self.said
        done = said("（已办）", " (done)") * (task.id in self.scheme.settled)
        title = task.title.said(said.language) or task.id
        line = f"{number} {mark(task, said.language)}{title}{done}{self._whose(task)}"
        rollback = " ".join(task.rollback.said(said.language).split()) * task.danger
        if rollback:
            line += said(f"；回退：{rollback}", f"; to roll back: {rollback}")
        detail = self._part(task.detail) if in_full else ""
        return line + (said(f"：{detail}", f": {detail}") if detail else "")

    def _whose(self, task: Task) -> str:
        """Whose it is and by when, in brackets."""
        parts = [part for part in (self._role(task.role), self._due(task.due)) if part]
        return self.said(f"（{'，'.join(parts)}）", f" ({', '.join(parts)})") if parts else ""

    def _role(self, id: str) -> str:
        role, incident = self.site.roles.get(id), self.scheme.incident
        named = (role.name.said(self.said.language) or id) if role else id
        person = filler(incident, self.scheme.roster, id, self.now) if incident else ""
        return f"{named} {name(self.site, person, self.said.language)}" if person else named

    def _due(self, due: timedelta | None) -> str:
        if due is None:
            return ""
        if incident := self.scheme.incident:
            at = clock_time(incident.declared_at + due, self.site)
            return self.said(f"{at}前", f"by {at}")
        zh, en = _span(due)
        return self.said(f"{zh}内", f"within {en}")

    def _point(self, point: DecisionPoint) -> str:
        said, known = self.said, self.site.decisions.get(point.id)
        question = (self._part(known.question) if known else "") or point.id
        who = said("、", ", ").join(self._decider(one) for one in known.who) if known else ""
        parts = [part for part in (who, self._due(point.within), self._after(point)) if part]
        line = said("决策：", "To be decided: ") + question
        line += said(f"（{'，'.join(parts)}）", f" ({', '.join(parts)})") if parts else ""
        blocked = said("、", ", ").join(self._title_of(id) for id in point.blocks)
        return line + (
            said(f"；未决不得：{blocked}", f"; before it, not: {blocked}") * bool(blocked)
        )

    def _decider(self, target: str) -> str:
        if target == SUCCESSION:
            return self.said("按决策递补顺序", "by succession")
        meant = Target.parse(target)
        return self._role(meant.id) if meant.kind == "role" else target

    def _after(self, point: DecisionPoint) -> str:
        title = self._title_of(point.after) if point.after else ""
        return self.said(f"“{title}”完成后", f"after “{title}”") if title else ""

    def _title_of(self, id: str) -> str:
        found = (
            task.title.said(self.said.language)
            for task in self.scheme.playbook.tasks
            if task.id == id
        )
        return next(found, "") or id


def _promptness(task: Task) -> tuple[bool, float]:
    """People's safety before anything, then what is due first."""
    return not task.safety, task.due.total_seconds() if task.due is not None else float("inf")


def _span(due: timedelta) -> tuple[str, str]:
    seconds = int(due.total_seconds())
    if seconds and seconds % HOUR == 0:
        return f"{seconds // HOUR}小时", f"{seconds // HOUR} h"
    if seconds % MINUTE == 0:
        return f"{seconds // MINUTE}分钟", f"{seconds // MINUTE} min"
    return f"{seconds}秒", f"{seconds} s"


def _fitted(
    head: Sequence[str],
    middle: Sequence[str],
    tail: Sequence[str],
    longest: int,
    more: Callable[[int], str],
    cut: bool = False,
) -> list[str]:
    """All the lines, or as many of the middle ones as fit; the last then says what is left."""
    kept = list(middle)
    if not longest or (not cut and _length([*head, *kept, *tail]) <= longest):
        return [*head, *kept, *tail]
    room = longest - 1 - max(len(more(0)), len(more(len(middle))))
    while kept and _length([*head, *kept, *tail]) > room:
        kept.pop()
    shown = "\n".join([*head, *kept, *tail])[:room]
    return [*shown.split("\n"), more(len(middle) - len(kept))]


def _length(lines: Sequence[str]) -> int:
    return sum(map(len, lines)) + len(lines)


def _more(said: _Said, left: int, command: str) -> str:
    """What a text left out, and where the whole of it is."""
    what = (
        said(f"还有{left}项未列出", f"{left} more are not shown")
        if left
        else said("部分内容已缩短", "some of it is shortened")
    )
    return said(
        f"（{what}；全文：responder plan {command}）", f"({what}: responder plan {command})"
    )
