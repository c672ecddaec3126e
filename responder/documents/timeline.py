"""The record as people read it: an entry becomes one line in their language."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from responder.documents.kinds import KINDS
from responder.domain.call_task import RESULTS, manner
from responder.domain.incident import PHASE_NAMES, ROMAN, Phase
from responder.domain.inquiry import CHANNEL_NAMES
from responder.domain.investigation import PART_NAMES
from responder.domain.message import State
from responder.domain.notice import POSTED_NAMES
from responder.domain.obligation import ENDINGS, step_name
from responder.domain.people import VIA_NAMES
from responder.domain.problem import STAGE_NAMES as PROBLEM_STAGES
from responder.domain.provision import WHAT_NAMES
from responder.domain.record import Entry
from responder.domain.regime import GRADE_NAMES
from responder.domain.site import Site
from responder.domain.warning import STAGE_NAMES
from responder.domain.words import Words

STATES = {
    State.ACCEPTED: Words("已受理", "accepted"),
    State.DELIVERED: Words("已送达", "delivered"),
    State.FAILED: Words("失败", "failed"),
    State.UNKNOWN: Words("结果不明", "outcome unknown"),
    State.WITHDRAWN: Words("撤回", "withdrawn"),
    State.SKIPPED: Words("并入通话", "joined a call"),
}
STAGES = {stage.value: words for stage, words in STAGE_NAMES.items()}
PURPOSES = {
    "cancel": Words("撤销事件", "to cancel"),
    "lower_level": Words("降低级别", "to lower the level"),
    "dismiss": Words("预警不成立", "to dismiss the warning"),
    "spoken_decision": Words("口头决策", "a spoken decision"),
    "signature": Words("补签", "a signature"),
    "sign_report": Words("签发监管报告", "to sign a report to a regulator"),
    "release_hold": Words("解除保全", "to release a hold"),
    "erase": Words("删除已满年限的记录", "to erase records past their years"),
    "inspect": Words("给检查人员查阅权限", "an inspector's leave to read"),
    "absence": Words("批准请假", "to approve leave"),
}
PROGRESS = {
    "queued": Words("已受理", "taken"),
    "initiated": Words("开始拨号", "dialling"),
    "ringing": Words("振铃", "ringing"),
    "in-progress": Words("已接通（不等于接手）", "picked up, which takes nothing"),
    "answered-by": Words("接听方判断", "who picked up"),
    "completed": Words("通话结束", "the call is over"),
    "busy": Words("占线", "busy"),
    "no-answer": Words("无人接听", "no answer"),
    "canceled": Words("呼叫取消", "cancelled"),
    "failed": Words("未送达", "failed"),
    "sending": Words("发送中", "being sent"),
    "sent": Words("已发出", "sent"),
    "delivered": Words("已送达手机", "on the phone"),
    "undelivered": Words("未送达", "not delivered"),
    "read": Words("已读（不等于接手）", "read, which takes nothing"),
}
"""How a call or an SMS gets on, in the provider's words and ours."""
MEANS = {
    "phone": Words("电话", "by phone"),
    "in-person": Words("当面", "in person"),
    "paper": Words("书面", "on paper"),
}
POSTS = {"command": Words("现场指挥", "command"), "watch": Words("值守", "the watch")}
ENGINE = Words("系统", "the engine")
MACHINES = {"alerts": Words("监控系统", "monitoring")}
"""Doors through which no person comes."""
EVERYBODY = Words("应急指挥决策机构全体", "the whole command body")
REMOVED = Words("（内容已依法删除）", " (payload lawfully removed)")
PERSONS = ("asked_by", "person", "to", "holder", "owner", "scribe", "witness", "substitute")
PEOPLE = ("people", "acknowledged_by", "reported_to", "who", "unreached", "passed_over", "absent")
INSTANTS = ("since", "until", "about_at", "counts_at", "due_at", "sent_at", "was", "acted_at")
PASSED, FAILED = Words("合格", "passed"), Words("不合格", "not passed")
SHORT_HASH = 12

TAILS = {
    "reason": Words("：{}", ": {}"),
    "separate": Words("；另一事件：{}", "; another event: {}"),
    "acting_for": Words("（代行{}）", " (acting for {})"),
    "commander": Words("；现场指挥{}", "; {} commands"),
    "before": Words("（原{}）", " (was {})"),
    "who": Words("（{}）", " ({})"),
    "reported_to": Words("；已报告{}", "; reported to {}"),
    "break_glass": Words("（决策之前：{}）", " (before its decision: {})"),
    "answered_by": Words("（{}）", " ({})"),
    "error": Words("（错误{}）", " (error {})"),
    "for_good": Words("，不再使用", ", for good"),
    "short": Words("（人数不足）", " (short of its need)"),
    "about_at": Words("（{}）", " ({})"),
    "note": Words("；{}", "; {}"),
    "told": Words("，已请{}办理", "; {} is asked to"),
    "words": Words("，{}", ": {}"),
    "takes": Words("；{}称由其接手", "; they take it, says {}"),
    "left": Words("；仍有{}条未恢复", "; {} still fire"),
    "last": Words("（此后不再逐条登记）", " (further ones are not put on record)"),
    "said": Words("；{}", "; {}"),
    "called": Words("；人工联络{}", "; to be called by hand: {}"),
    "unreached": Words("；{}没有可用方式", "; no way to reach {}"),
    "withheld": Words("；演练不联络{}", "; not called in a drill: {}"),
    "told_late": Words("；逾期{}秒", "; late by {} s"),
    "skipped": Words("；停机期间另有{}次不补", "; {} more fell into downtime and are not made up"),
    "estimate": Words("（估计）", " (an estimate)"),
    "source": Words("；来源：{}", "; source: {}"),
    "receipt": Words("；回执{}", "; receipt {}"),
    "graded": Words("（原{}）", " (was {})"),
    "ended": Words("：{}", ": {}"),
    "taken_by": Words("，接报人{}", ", taken by {}"),
    "proof": Words("；凭据：{}", "; proof: {}"),
    "was": Words("（原时限{}）", " (was {})"),
    "step": Words("（{}）", " ({})"),
    "late_days": Words("；逾期{}天", "; {} days late"),
    "passed_over": Words("；{}不在岗，跳过", "; away or gone, passed over: {}"),
    "late_s": Words("；超时{}秒", "; late by {} s"),
    "took_s": Words("；用时{}秒", "; took {} s"),
    "evidence": Words("；凭据：{}", "; evidence: {}"),
    "absent": Words("；抽定缺席：{}", "; drawn as away: {}"),
    "occurrence": Words("；应在{}", "; its date is {}"),
    "became": Words("；{}", "; {}"),
    "warning": Words("；发起预警{}", "; raises {}"),
    "detail": Words("；{}", "; {}"),
    "replaces": Words("（取代记录#{}）", " (replaces entry {})"),
    "counts_at": Words("［按{}计］", " [counts at {}]"),
}
"""Facts that bring their own punctuation, and say nothing where there is none to tell."""


def clock(at: datetime, site: Site) -> str:
    """An instant in the site's zone."""
    return at.astimezone(ZoneInfo(site.time_zone)).strftime("%H:%M:%S")


def line(entry: Entry, site: Site, language: str) -> str:
    """What an entry says, and who did it. A kind without words is shown by its name."""
    words = KINDS.get(entry.kind, Words(entry.kind, entry.kind)).said(language)
    facts = _Facts(site, language)
    said = words.format_map(defaultdict(str, facts.worded(entry)))
    if entry.payload is None:
        return said.rstrip("：: ") + REMOVED.said(language)
    return said + facts.tail("counts_at", entry.payload.get("counts_at"))


class _Facts:
    """A payload's values as words."""

    def __init__(self, site: Site, language: str) -> None:
        self.site = site
        self.language = language
        self.readers: dict[str, Callable[[Any], str]] = {
            **dict.fromkeys(PERSONS, self._person),
            **dict.fromkeys(("commander", "acting_for"), self._person),
            **dict.fromkeys(PEOPLE, self._people),
            **dict.fromkeys(INSTANTS, self._instant),
            **dict.fromkeys(("approves", "approved"), self._answer),
            "via": self._vias,
            "messages": self._messages,
            "level": self._level,
            "decision": self._decision,
            "waits_for": lambda many: self._list([self._decision(one) for one in many]),
            "role": lambda id: self._named(site.roles.get(id), id),
            "unit": lambda id: self._named(site.units.get(id), id),
            "whom": self._callee,
            "told": self._person,
            "how": lambda how: manner(how).said(language),
            "result": lambda id: self._word(RESULTS, id),
            "phase": lambda id: PHASE_NAMES[Phase(id)].said(language),
            "before": self._before,
            "stage": lambda id: self._word(STAGES, id),
            "purpose": lambda id: self._word(PURPOSES, id),
            "progress": lambda id: self._word(PROGRESS, id),
            "step": lambda id: step_name(id).said(language),
            "ended": lambda id: self._word(ENDINGS, id),
            "grade": lambda id: self._word(GRADE_NAMES, id),
            "graded": lambda id: self._word(GRADE_NAMES, id),
            "regime": lambda id: self._named(site.regimes.get(id), id),
            "part": lambda id: self._word(PART_NAMES, id),
            "did": lambda id: self._word(WHAT_NAMES, id),
            "passed": lambda yes: (PASSED if yes else FAILED).said(language),
            "entered": lambda id: self._word(PROBLEM_STAGES, id),
            "taker": lambda id: self._person(id) if id else EVERYBODY.said(language),
            "giver": lambda id: self._person(id) if id else EVERYBODY.said(language),
            "target": self._target,
            **dict.fromkeys(("title", "against"), self._title),
            "means": lambda id: self._word(MEANS, id),
            **dict.fromkeys(("titles", "problems"), self._list),
            **dict.fromkeys(("units", "called", "withheld"), self._units),
            "outlet": lambda id: self._named(site.outlets.get(id), id),
            "outlets": self._outlets,
            "posted": lambda id: self._word(POSTED_NAMES, id),
            "channel": lambda id: self._word(CHANNEL_NAMES, id),
            "instead": lambda id: self._named(site.units.get(id), id),
            "audience": lambda id: self._named(site.audiences.get(id), id),
            "what": lambda id: self._word(POSTS, id),
            **dict.fromkeys(("version", "sha256"), lambda digest: str(digest)[:SHORT_HASH]),
        }

    def worded(self, entry: Entry) -> dict[str, str]:
        """Every value by its name, and who acted."""
        payload = entry.payload or {}
        said = {name: self._one(name, value) for name, value in payload.items()}
        if entry.kind == "Asked" and self._is_by_role(payload.get("decision", "")):
            said["acting_for"] = ""  # who is asked in their own right acts for nobody
        said["actor"] = self._actor(entry)
        if "task" in payload:
            said.setdefault("title", self._task(payload["task"]))
        return said

    def _actor(self, entry: Entry) -> str:
        """Who did it: a person, or the machine of that door."""
        if entry.actor:
            return self._person(entry.actor)
        return MACHINES.get(entry.door, ENGINE).said(self.language)

    def tail(self, name: str, value: Any) -> str:
        """A fact with its punctuation, nothing where there is none to tell."""
        if not value:
            return ""
        return TAILS[name].said(self.language).format(self._read(name, value))

    def _one(self, name: str, value: Any) -> str:
        return self.tail(name, value) if name in TAILS else self._read(name, value)

    def _read(self, name: str, value: Any) -> str:
        reader = self.readers.get(name)
        return reader(value) if reader else str(value)

    def _person(self, id: str) -> str:
        return self._named(self.site.people.get(id), id or "—")

    def _callee(self, whom: str) -> str:
        """A person, or a related unit."""
        unit = self.site.units.get(whom.removeprefix("unit:"))
        return self._named(unit, whom) if unit else self._person(whom)

    def _people(self, ids: list[str]) -> str:
        return self._list([self._person(id) for id in ids])

    def _units(self, ids: list[str]) -> str:
        return self._list([self._named(self.site.units.get(id), id) for id in ids])

    def _outlets(self, many: list[str] | int) -> str:
        """By name, or how many."""
        if isinstance(many, int):
            return str(many)
        return self._list([self._named(self.site.outlets.get(id), id) for id in many])

    def _list(self, words: list[str]) -> str:
        return ("、" if self.language == "zh" else ", ").join(words) or "—"

    def _instant(self, at: str) -> str:
        local = datetime.fromisoformat(at).astimezone(ZoneInfo(self.site.time_zone))
        return local.strftime("%m-%d %H:%M:%S")

    def _target(self, target: str) -> str:
        """`role:R` by the role's name, a person by theirs; anything else as written."""
        role = self.site.roles.get(target.removeprefix("role:"))
        return self._named(role, target) if role else self._person(target)

    def _title(self, title: str | dict[str, str]) -> str:
        """A title as given, or in both languages."""
        return Words(**title).said(self.language) if isinstance(title, dict) else title

    def _word(self, table: Mapping[Any, Words], id: Any) -> str:
        return table[id].said(self.language) if id in table else str(id)

    def _named(self, known: Any, id: str) -> str:
        return (known.name.said(self.language) or id) if known else id

    def _vias(self, via: str | list[str]) -> str:
        return self._list(
            [self._word(VIA_NAMES, v) for v in (via if isinstance(via, list) else [via])]
        )

    def _level(self, level: int) -> str:
        return Words(f"{ROMAN.get(level, level)}级响应", f"level {level}").said(self.language)

    def _decision(self, id: str) -> str:
        known = self.site.decisions.get(id)
        return (known.question.said(self.language) or id) if known else id

    def _is_by_role(self, id: str) -> bool:
        known = self.site.decisions.get(id)
        return known is not None and not known.by_succession

    def _task(self, id: str) -> str:
        """A task's title, where all playbooks that have it call it the same."""
        found = {
            task.title.said(self.language)
            for playbook in self.site.playbooks.values()
            for task in playbook.tasks
            if task.id == id
        }
        return found.pop() if len(found) == 1 else id

    def _before(self, value: Any) -> str:
        if value in [phase.value for phase in Phase]:
            return PHASE_NAMES[Phase(value)].said(self.language)
        return self._person(value) if isinstance(value, str) else self._level(value)

    def _answer(self, yes: bool) -> str:
        return (Words("同意", "approved") if yes else Words("不同意", "rejected")).said(
            self.language
        )

    def _messages(self, settled: list[dict[str, Any]]) -> str:
        """What did not get through by person and way, the rest by number."""
        counts: dict[str, int] = {}
        trouble = []
        for one in settled:
            if one["state"] in (State.FAILED, State.UNKNOWN):
                trouble.append(self._message(one))
            else:
                counts[one["state"]] = counts.get(one["state"], 0) + 1
        rest = [self._word(STATES, state) + f" {n}" for state, n in counts.items()]
        return self._list([*trouble, *rest])

    def _message(self, one: dict[str, Any]) -> str:
        via, state = self._word(VIA_NAMES, one["via"]), self._word(STATES, one["state"])
        reason = one.get("reason")
        return " ".join(filter(None, (self._person(one["person"]), via, state, reason)))
