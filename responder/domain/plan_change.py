"""What changed between two sites as the plan sees it, and whether that is major (7.1, rule f).

What counts stands in `COUNTS`: organisation, succession, grading, reporting and scope are major,
the rest is minor. The plan's own words are minor where they only put a slip right.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from responder.domain.plan_lines import Line, plan_lines
from responder.domain.register import PLAN_SECTIONS, Section
from responder.domain.site import Site
from responder.domain.words import Words

COUNTS: dict[str, tuple[Words, bool]] = {
    "organisation": (Words("组织体系、岗位职责", "organisation and posts"), True),
    "succession": (Words("决策权限与递补顺序", "who decides, and the succession"), True),
    "grading": (Words("分级标准", "grading"), True),
    "reporting": (Words("报告对象、流程、时限", "reporting: to whom, how, by when"), True),
    "scope": (Words("适用系统范围", "the systems covered"), True),
    "scheme lost": (Words("取消处置方案", "a scheme is dropped"), True),
    "text": (Words("正文实质内容", "the substance of the text"), True),
    "scheme": (Words("处置方案步骤", "steps of a scheme"), False),
    "roster": (Words("轮值人员", "people on rotations"), False),
    "owner": (Words("系统主管人、运行人", "owners and operators of systems"), False),
    "support": (Words("保障措施", "safeguards"), False),
    "wording": (Words("一般文字", "general wording"), False),
    "slip": (Words("文字订正", "a slip put right"), False),
}
"""By kind of change: its name, and whether it is major by default."""
GRAVE_TEXTS = ("c", "f", "g")
"""The sections whose text is major in itself, unless a slip is put right."""
SLIP = 4
"""So many signs or words may change in a slip."""
_TOKEN = re.compile(r"[A-Za-z]+|\d+|[^\sA-Za-z\d]")
_SIGNS = "零一二三四五六七八九十百千万两半ⅠⅡⅢⅣ不未无非免勿须应可副正主备上下前后内外"
_WORDS = """
    not no never must may shall before after within one two three four five six seven eight nine
    ten fifteen twenty thirty forty fifty sixty hundred hour hours minute minutes day days
"""
_WEIGHTY = frozenset(_SIGNS) | frozenset(_WORDS.split())


@dataclass(frozen=True, slots=True)
class PlanChange:
    """One difference: its section, what it is about, of which kind, before and after in words."""

    section: str
    key: str
    kind: str
    before: Words = Words()
    after: Words = Words()

    @property
    def major(self) -> bool:
        """Whether it is major by the table."""
        return COUNTS[self.kind][1]

    @property
    def reason(self) -> Words:
        """What of the plan it touches, by the name of its kind."""
        return COUNTS[self.kind][0]

    @property
    def said(self) -> Words:
        """What became of what."""
        return Words(
            _said(self.before.said("zh"), self.after.said("zh"), "新增：", "删去：", "，改为："),
            _said(self.before.said("en"), self.after.said("en"), "new: ", "gone: ", "; now: "),
        )


def plan_changes(before: Site, after: Site) -> tuple[PlanChange, ...]:
    """Everything in which the plan of two sites differs, by section."""
    found = [*_texts(before, after), *_lines(plan_lines(before), plan_lines(after))]
    return tuple(sorted(found, key=lambda one: PLAN_SECTIONS.index(one.section)))


def is_major(changes: Iterable[PlanChange]) -> bool:
    """Whether any of them is."""
    return any(one.major for one in changes)


def reasons(changes: Iterable[PlanChange]) -> list[Words]:
    """What the changes touch, the major first, each once."""
    ordered = sorted(changes, key=lambda one: not one.major)
    return list(dict.fromkeys(one.reason for one in ordered))


def _lines(before: Iterable[Line], after: Iterable[Line]) -> Iterator[PlanChange]:
    old, new = {one.key: one for one in before}, {one.key: one for one in after}
    for key in dict.fromkeys([*old, *new]):
        was, now = old.get(key), new.get(key)
        if was and now and was.value == now.value:
            continue
        one = now or was
        if one is None or (one.kind == "owner" and not (was and now)):
            continue
        kind = "scheme lost" if one.kind == "scheme" and now is None else one.kind
        yield PlanChange(one.section, key, kind, _words(was, old), _words(now, new))


def _words(line: Line | None, among: dict[str, Line]) -> Words:
    """What a line says; who owns a system stands in the line of the system itself."""
    if line is not None and line.kind == "owner":
        line = among.get(line.key.replace("owner.", "system."))
    return line.said if line else Words()


def _texts(before: Site, after: Site) -> Iterator[PlanChange]:
    old = (before.plan.sections if before.plan else None) or {}
    new = (after.plan.sections if after.plan else None) or {}
    for letter in PLAN_SECTIONS:
        was, now = old.get(letter, Section()), new.get(letter, Section())
        if was == now:
            continue
        parts = [_differing(was.said(tongue), now.said(tongue)) for tongue in ("zh", "en")]
        kind = _kind(letter, [*_pairs(was, now)])
        words = [Words(*side) for side in zip(*parts, strict=True)]
        yield PlanChange(letter, f"text.{letter}", kind, words[0], words[1])


def _pairs(was: Section, now: Section) -> Iterator[tuple[str, str]]:
    yield from ((was.title.zh, now.title.zh), (was.title.en, now.title.en))
    yield from ((was.body.zh, now.body.zh), (was.body.en, now.body.en))


def _kind(letter: str, texts: Iterable[tuple[str, str]]) -> str:
    if is_slip(texts):
        return "slip"
    return "text" if letter in GRAVE_TEXTS else "wording"


def is_slip(texts: Iterable[tuple[str, str]]) -> bool:
    """Whether pairs of texts differ by no more than a slip: little, and nothing that decides.

    A number, a negation, a span of time or a word like 副 or “before” is never a slip.
    """
    changed = [token for was, now in texts for token in _changed(was, now)]
    return len(changed) <= SLIP and not any(map(_weighs, changed))


def _weighs(token: str) -> bool:
    return token.isdigit() or token.casefold() in _WEIGHTY


def _changed(was: str, now: str) -> list[str]:
    old, new = _TOKEN.findall(was), _TOKEN.findall(now)
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [t for how, a, b, c, d in steps if how != "equal" for t in (*old[a:b], *new[c:d])]


def _differing(was: str, now: str) -> tuple[str, str]:
    """The paragraphs that only one side has."""
    old, new = was.split("\n"), now.split("\n")
    gone = [line for line in old if line.strip() and line not in new]
    come = [line for line in new if line.strip() and line not in old]
    return "\n".join(gone), "\n".join(come)


def _said(before: str, after: str, new: str, gone: str, now: str) -> str:
    if before and after:
        return f"{before}{now}{after}"
    return f"{new}{after}" if after else f"{gone}{before}"
