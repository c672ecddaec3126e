"""What an inspector reads: all of one incident on one page, for any screen and for paper."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from html import escape

from responder.commands.records.inspected import Inspected
from responder.domain.incident import PHASE_NAMES, ROMAN, Phase
from responder.domain.inspection import Inspection
from responder.domain.investigation import PART_NAMES, Part
from responder.domain.measure import STATE_NAMES
from responder.domain.notice import STAGE_NAMES as NOTICE_STAGES
from responder.domain.record import Entry
from responder.domain.report import STAGE_NAMES as REPORT_STAGES
from responder.domain.site import Site
from responder.domain.words import Words
from responder.inbound.inspection_frame import Either, Frame, Html

EntryWords = Callable[[Entry, Site, str], str]
SECTIONS: dict[str, Either] = {
    "facts": ("基本情况", "Facts"),
    "decisions": ("决策", "Decisions"),
    "tasks": ("任务", "Tasks"),
    "owed": ("报送时限", "What was owed"),
    "reports": ("报告", "Reports"),
    "notices": ("公告", "Notices"),
    "evidence": ("存证", "Evidence"),
    "investigation": ("调查与整改", "Investigation and measures"),
    "timeline": ("处置记录", "The record"),
}
ANSWERS: dict[bool | None, Either] = {
    True: ("同意", "approved"),
    False: ("不同意", "rejected"),
    None: ("待决策", "open"),
}
PROGRESS: dict[str, Either] = {
    "open": ("未完成", "open"),
    "prepared": ("已准备", "prepared"),
    "done": ("完成", "done"),
    "not_needed": ("不需要", "not needed"),
}
BARE = (("", ""), ("", ""))
TIME, PERSON = ("时间", "Time"), ("人员", "Person")
DUE, DONE, STATE = ("时限", "Due"), ("完成", "Done"), ("状态", "State")
DECISIONS = (TIME, ("事项", "Question"), ("结果", "Answer"), ("决策人", "By"))
TASKS = (("任务", "Task"), STATE, PERSON, DUE, DONE)
OWED = (("事项", "What"), ("对象", "To"), DUE, DONE, PERSON, ("是否按时", "Punctual"))
EVIDENCE = (
    ("号", "No."),
    ("文件", "File"),
    ("字节", "Bytes"),
    ("SHA-256", "SHA-256"),
    ("收存", "Taken in"),
    ("说明", "Note"),
)
MEASURES = (("编号", "Id"), ("整改措施", "Measure"), ("负责人", "Owner"), DUE, STATE)
ENTRIES = (("条", "No."), TIME, ("内容", "What"))
WELCOME = (
    "打开后可查阅该事件的全部记录。链接只能打开一次，并只在本浏览器中有效；每次查阅都会记录。",
    "It opens the whole record of that incident, once, in this browser; each look is on record.",
)
DRILL = ("【演练】这是应急演练，不是真实事件。", "DRILL · nothing real has happened.")


@dataclass(frozen=True, slots=True)
class Proof:
    """How the incident's own part of the ledger was found when it was just computed anew."""

    entries: int
    removed: int
    hash: str
    broken: Words | None = None


def welcome(frame: Frame, leave: Inspection) -> str:
    """Before the link is used: what it opens, and the one button that opens it."""
    button = f'<button class="good">{frame.either("打开", "Open")}</button>'
    address = escape(f"{frame.address}?lang={frame.language}")
    body = [
        f"<h1>{escape(frame.site.firm.name.said(frame.language))}</h1>",
        f'<p class="asked">{escape(leave.incident)} · {escape(leave.inspector)}</p>',
        f"<p>{escape(frame.either(*WELCOME))}</p>",
        f'<form method="post" action="{address}">{button}</form>',
        frame.tongues(),
    ]
    return frame.page(leave.incident, body)


def record(frame: Frame, found: Inspected, proof: Proof, words: EntryWords) -> str:
    """Everything there is of the incident."""
    return frame.page(found.incident["id"], _Record(frame, found).said(proof, words))


@dataclass(frozen=True, slots=True)
class _Record:
    frame: Frame
    found: Inspected

    def said(self, proof: Proof, words: EntryWords) -> Iterator[str]:
        yield from self._head()
        yield self._contents()
        yield self._proof(proof)
        yield from self._facts()
        yield from self._decisions()
        yield from self._tasks()
        yield from self._owed()
        yield from self._reports()
        yield from self._notices()
        yield from self._evidence()
        yield from self._investigation()
        yield from self._timeline(words)

    def _section(self, id: str) -> str:
        return self.frame.section(id, SECTIONS[id])

    def _head(self) -> Iterator[str]:
        frame, one, leave = self.frame, self.found.incident, self.found.leave
        if one["drill"]:
            yield f'<p class="drill">{frame.either(*DRILL)}</p>'
        mark = frame.either("【演练】", "DRILL · ") * one["drill"]
        yield f"<h1>{escape(mark + one['title'])}</h1>"
        level = frame.either(f"{ROMAN[one['level']]}级响应", f"level {one['level']}")
        phase = PHASE_NAMES[Phase(one["phase"])].said(frame.language)
        firm = frame.site.firm.name.said(frame.language)
        yield f'<p class="dim">{escape(" · ".join((firm, one["id"], level, phase)))}</p>'
        until, zone = frame.time(leave.until), frame.site.time_zone
        said = frame.either(
            f"{leave.inspector}只读查阅，至{until}；每次查阅均记录在案。时间均为{zone}。",
            f"Read by {leave.inspector} until {until}; each look is on record. Times: {zone}.",
        )
        yield f'<p class="dim leave">{escape(said)}</p>'
        yield frame.tongues()

    def _contents(self) -> str:
        links = (
            f'<a href="#{id}">{self.frame.either(*title)}</a>' for id, title in SECTIONS.items()
        )
        return f"<nav>{''.join(links)}</nav>"

    def _proof(self, proof: Proof) -> str:
        if proof.broken is not None:
            said = self.frame.either(
                f"台账核验发现问题：{proof.broken.zh}", f"The ledger is broken: {proof.broken.en}"
            )
            return f'<p class="said refused" role="alert">{escape(said)}</p>'
        gone = self.frame.either(
            f"，其中{proof.removed}条内容已依法删除", f", {proof.removed} lawfully erased"
        )
        gone *= bool(proof.removed)
        said = self.frame.either(
            f"台账刚刚逐条核验：本事件{proof.entries}条{gone}，完好。末条",
            f"The ledger was just verified: {proof.entries} entries{gone}, intact. The last:",
        )
        return f'<p class="said" role="status">{escape(said)} <code>{escape(proof.hash)}</code></p>'

    def _facts(self) -> Iterator[str]:
        frame, one = self.frame, self.found.incident
        known, language = frame.site.systems, frame.language
        systems = [known[s].name.said(language) for s in one["systems"] if s in known]
        taken = (one["paging"] or {}).get("acknowledged", {})
        takers = [f"{frame.who(person)} {frame.time(at)}" for person, at in taken.items()]
        declared = f"{frame.time(one['declared_at'])} {frame.who(one['declared_by'])}"
        rows = [
            (frame.either("发起", "Declared"), declared),
            (frame.either("涉及系统", "Systems"), frame.listed(systems)),
            (frame.either("现场指挥", "Commander"), frame.who(one["commander"])),
            (frame.either("接手", "Taken by"), frame.listed(takers)),
        ]
        yield self._section("facts")
        yield frame.table(BARE, rows)

    def _decisions(self) -> Iterator[str]:
        frame, rows = self.frame, []
        for asked in self.found.incident["decisions"]:
            known = frame.site.decisions.get(asked["decision"])
            question = known.question.said(frame.language) if known else asked["decision"]
            answer = frame.either(*ANSWERS[asked["approved"]])
            who = frame.who(asked["decided_by"])
            rows.append((frame.time(asked["decided_at"]), question, answer, who))
        yield self._section("decisions")
        yield frame.table(DECISIONS, rows)

    def _tasks(self) -> Iterator[str]:
        frame = self.frame
        rows = [
            (
                task["title"][frame.language] or task["title"]["zh"],
                frame.either(*PROGRESS[task["progress"]]),
                frame.who(task["done_by"] or task["owner"]),
                frame.time(task["due_at"]),
                frame.time(task["done_at"]),
            )
            for task in self.found.incident["tasks"]
        ]
        yield self._section("tasks")
        yield frame.table(TASKS, rows)

    def _owed(self) -> Iterator[str]:
        frame = self.frame
        rows = [
            (
                one.title.said(frame.language) or one.duty,
                one.addressee.said(frame.language),
                frame.time(one.due_at),
                frame.time(one.done_at) or one.ended,
                frame.who(one.done_by or one.owner),
                self._punctual(one.due_at, one.done_at),
            )
            for one in self.found.obligations
        ]
        yield self._section("owed")
        yield frame.table(OWED, rows)

    def _punctual(self, due: datetime | None, done: datetime | None) -> str:
        if due is None or done is None:
            return ""
        seconds = int((done - due).total_seconds())
        late = self.frame.either(f"迟{seconds}秒", f"late by {seconds} s")
        return late if seconds > 0 else self.frame.either("按时", "in time")

    def _reports(self) -> Iterator[str]:
        frame = self.frame
        yield self._section("reports")
        for one in self.found.reports:
            stage = REPORT_STAGES[one.stage].said(frame.language)
            head = (one.id, one.duty, stage, frame.time(one.submitted_at))
            yield f"<h3>{escape(' · '.join(filter(None, head)))}</h3>"
            yield f"<p><code>SHA-256 {escape(one.sha256 or '—')}</code></p>"
            yield frame.table(BARE, one.answers.items())
        if not self.found.reports:
            yield frame.none()

    def _notices(self) -> Iterator[str]:
        frame = self.frame
        yield self._section("notices")
        for one in self.found.notices:
            stage = NOTICE_STAGES[one.stage].said(frame.language)
            yield f"<h3>{escape(f'{one.id} · {one.template} · {stage}')}</h3>"
            published = [f"{outlet} {frame.time(at)}" for outlet, at in one.published.items()]
            yield f"<p>{escape(frame.listed(published))}</p>"
            yield frame.table(BARE, one.texts.items())
        if not self.found.notices:
            yield frame.none()

    def _evidence(self) -> Iterator[str]:
        frame = self.frame
        rows = [
            (
                one["id"],
                frame.link(f"/evidence/{one['id']}", one["name"]),
                f"{one['size']:,}",
                Html(f"<code>{escape(one['sha256'])}</code>"),
                f"{frame.time(one['added_at'])} {frame.who(one['added_by'])}",
                one["note"],
            )
            for one in self.found.evidence
        ]
        yield self._section("evidence")
        yield frame.table(EVIDENCE, rows)

    def _investigation(self) -> Iterator[str]:
        frame, one = self.frame, self.found.investigation
        yield self._section("investigation")
        for part in Part if one else ():
            assert one is not None
            yield f"<h3>{escape(PART_NAMES[part].said(frame.language))}</h3>"
            yield f"<pre>{escape(one.said(part) or '—')}</pre>"
        for cause in one.causes if one else ():
            said = frame.either(f"原因{cause.id}：", f"Cause {cause.id}: ") + cause.said
            yield f"<p>{escape(said)}</p>"
        today = frame.day(self.found.leave.last_read_at)
        rows = [
            (
                each.id,
                each.title,
                frame.who(each.owner),
                each.due_on.isoformat(),
                STATE_NAMES[each.state(today)].said(frame.language),
            )
            for each in self.found.measures
        ]
        yield frame.table(MEASURES, rows)

    def _timeline(self, words: EntryWords) -> Iterator[str]:
        frame, found = self.frame, self.found
        rows = [
            (str(one.seq), frame.time(one.at), words(one, frame.site, frame.language))
            for one in found.entries
        ]
        total, here = found.total, len(rows)
        counts = frame.either(f"共{total}条，本页{here}条", f"{total} entries, {here} on this page")
        yield self._section("timeline")
        yield frame.table(ENTRIES, rows, counts)
        if found.earlier:
            first = frame.either("第一页", "First page")
            yield f"<p>{frame.link('#timeline', first)}</p>"
        if found.following:
            following = frame.either("下一页", "Next page")
            yield f"<p>{frame.link(f'?after={found.following}#timeline', following)}</p>"
