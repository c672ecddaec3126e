"""The one-time page as HTML: for a small screen in the dark, without script, without an account."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import escape

from responder.commands.drills.feedback import LONGEST_FEEDBACK
from responder.commands.paging.call_task import LONGEST_NAME
from responder.commands.paging.standing import Standing
from responder.domain.call_task import RESULTS, CallTask, Result
from responder.domain.incident import ROMAN
from responder.domain.keys import NAMES, SCORES, Act
from responder.domain.message import Message, Purpose
from responder.domain.task import Task
from responder.domain.words import Words
from responder.inbound.link_frame import page

LONGEST_NOTE = 1000
DONE = "task"
NOTE = "note"
CALL = "call"
CALLED = "called"
WELL, BETTER = "well", "better"
"""What a form may want beside an answer."""
GRAVE = frozenset({Act.NEED_HELP, Act.REJECT})
GOOD = frozenset(
    {
        Act.TAKE,
        Act.APPROVE,
        Act.SAFE,
        Act.HERE,
        Act.ACCEPT,
        Act.RECEIVED,
        Act.NO_CHANGE,
        Act.AGREE,
        Act.ON_POST,
        Act.COME,
    }
)
DRILL = Words("【演练】这是应急演练，不是真实事件。", "DRILL · nothing real has happened.")
QUESTIONS = {
    Purpose.PAGE: Words("请立即处置。您能接手吗？", "Act now. Can you take it?"),
    Purpose.VERIFY_WARNING: Words("请立即核实预警。您来核实吗？", "Will you verify the warning?"),
    Purpose.STILL_THERE: Words("您仍在现场指挥吗？", "Are you still in command?"),
    Purpose.ROLL_CALL: Words("您平安吗？", "Are you safe?"),
    Purpose.BRIEF_DUE: Words("到点通报进展。确无变化吗？", "A report is due. Has nothing changed?"),
    Purpose.DUE: Words("请您负责报送。由您报送吗？", "Will you see to the report?"),
    Purpose.CHECK_IN: Words("值班签到。您在岗吗？", "A check-in. Are you at your post?"),
    Purpose.INVITATION: Words("演练邀请。您能参加吗？", "A drill is planned. Do you come?"),
    Purpose.HOT_WASH: Words(
        "演练已结束。您是否清楚该做什么？1 完全不清楚，5 始终清楚。",
        "The drill is over. Did you know what to do? 1 not at all, 5 all the time.",
    ),
    Purpose.TEST: Words("这是测试。收到请确认。", "This is a test. Confirm that it reached you."),
}
TO_CALL = Words("由我联络，显示号码", "I make this call: show the number")
REPORT = Words("打开事件处置报告（PDF）", "Open the incident report (PDF)")
CHOSE = Words(
    "您选择：{wanted}。点下面的按钮才登记。",
    "You chose: {wanted}. It counts when you confirm below.",
)


@dataclass(frozen=True, slots=True)
class Wish:
    """What a form asks for: an answer, a task done, a note, a call made or what came of it.

    `detail` is the task, the note or the result.
    """

    act: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One link's page in one language; `address` is where its forms go."""

    language: str
    address: str

    def asking(self, standing: Standing, said: str = "", refused: bool = False) -> str:
        """The question with its answers, or what became of it; then tasks and a note."""
        return self._page(standing.message, self._asking(standing, said, refused))

    def confirming(self, standing: Standing, wish: Wish, seal: str) -> str:
        """The second tap: what was chosen, and the one button that does it."""
        return self._page(standing.message, self._confirming(standing, wish, seal))

    def _asking(self, standing: Standing, said: str, refused: bool) -> Iterator[str]:
        if said:
            yield f'<p class="said{" refused" if refused else ""}" role="status">{escape(said)}</p>'
        if standing.acts:
            yield from self._question(standing.message)
            for act in standing.acts:
                yield self._form(Wish(act.value), NAMES[act], _look(act))
        elif standing.call:
            yield from self._call(standing.call, self.said(standing.became))
        elif not said:
            yield f'<p class="said" role="status">{escape(self.said(standing.became))}</p>'
        if standing.has_report:
            yield self._report()
        if standing.tasks:
            yield f"<h2>{self._either('您的任务', 'Your tasks')}</h2>"
            yield from map(self._task, standing.tasks)
        if standing.takes_notes:
            yield self._note()
        other = "en" if self.language == "zh" else "zh"
        name = "English" if other == "en" else "中文"
        yield f'<p class="dim"><a href="?lang={other}">{name}</a></p>'

    def _question(self, message: Message) -> Iterator[str]:
        facts = {name: str(value or "") for name, value in message.facts.items()}
        yield f'<p class="asked">{escape(self._asked(message.purpose, facts))}</p>'
        if acting_for := facts.get("acting_for"):
            yield self._line(f"您代行{acting_for}的决策。", f"You act for {acting_for}.")
        if unanswered := facts.get("unanswered"):
            yield self._line(f"不决策的后果：{unanswered}", f"Without a decision: {unanswered}")
        deadline, following = facts.get("deadline"), facts.get("next")
        if deadline and following:
            yield self._line(
                f"{deadline}前未答复，将联系{following}。",
                f"No answer by {deadline}: {following} is asked instead.",
            )
        elif deadline:
            yield self._line(
                f"请于{deadline}前答复，否则将再次联系您。",
                f"Answer by {deadline}, or you are called again.",
            )

    def _call(self, call: CallTask, state: str) -> Iterator[str]:
        yield self._line(f"人工联络{call.id}：{state}", f"Call {call.id}: {state}")
        yield self._form(Wish(CALL), TO_CALL, "good")
        for result in Result:
            yield self._form(Wish(CALLED, result.value), RESULTS[result])

    def _asked(self, purpose: Purpose, facts: Mapping[str, str]) -> str:
        if purpose in QUESTIONS:
            return self.said(QUESTIONS[purpose])
        if purpose is Purpose.HANDOVER:
            giver, post = facts.get("giver"), facts.get("post")
            return self._either(
                f"{giver}向您移交{post}。您接班吗？",
                f"{giver} hands {post} to you. Do you take over?",
            )
        if purpose is Purpose.ASSENT:
            what = facts.get("what", "")
            return self._either(f"{what}您同意吗？", f"{what} Do you agree?")
        question = facts.get("question", "")
        return self._either(f"请您决策：{question}", f"Your decision: {question}")

    def _task(self, task: Task) -> str:
        title = escape(self.said(task.title))
        label = Words("完成", "Done")
        return f'<div class="task"><p>{title}</p>{self._form(Wish(DONE, task.id), label)}</div>'

    def _report(self) -> str:
        page, label = self.address.partition("?")[0], self.said(REPORT)
        where = f"{page}/incident.pdf?lang={self.language}"
        return f'<p><a class="back" href="{escape(where)}">{label}</a></p>'

    def _note(self) -> str:
        heading = self._either("写处置记录", "Add to the record")
        field = (
            f'<textarea name="detail" maxlength="{LONGEST_NOTE}" required'
            f' aria-label="{heading}"></textarea>'
        )
        label = Words("写入", "Add")
        return f"<h2>{heading}</h2>{self._form(Wish(NOTE), label, field=field)}"

    def _confirming(self, standing: Standing, wish: Wish, seal: str) -> Iterator[str]:
        wanted, warning, field = self._wanted(standing, wish)
        yield f"<p>{escape(self.said(CHOSE).format(wanted=wanted))}</p>"
        if warning:
            yield f'<p class="said refused">{escape(warning)}</p>'
        label = Words(f"确认：{_short(wanted)}", f"Confirm: {_short(wanted)}")
        look = _look(Act(wish.act)) if wish.act in set(Act) else "good"
        yield self._form(wish, label, look or "good", field=field, seal=seal)
        yield f'<a class="back" href="{escape(self.address)}">{self._either("返回", "Back")}</a>'

    def _wanted(self, standing: Standing, wish: Wish) -> tuple[str, str, str]:
        """What was chosen in words, what is grave about it, and what may still be filled in."""
        if wish.act == NOTE:
            return wish.detail, "", ""
        if wish.act == CALL:
            return self.said(TO_CALL), "", ""
        if wish.act == CALLED:
            return (
                self.said(RESULTS[Result(wish.detail)]),
                "",
                self._fields_of_call(standing.call, wish),
            )
        if wish.act == DONE:
            task = next(one for one in standing.tasks if one.id == wish.detail)
            title = self._either("完成“{}”", "“{}” is done").format(self.said(task.title))
            return title, self._danger(task), ""
        act = Act(wish.act)
        wanted = self.said(NAMES[act])
        if act in SCORES:
            return wanted, "", self._two_points()
        if act not in (Act.APPROVE, Act.REJECT):
            return wanted, "", ""
        asked = str(standing.message.facts.get("question") or "")
        label = self._either("理由（可不填）", "Reason (optional)")
        field = f'<p>{label}</p><textarea name="reason" maxlength="{LONGEST_NOTE}"></textarea>'
        return f"{wanted}（{asked}）" if self.language == "zh" else f"{wanted} ({asked})", "", field

    def _fields_of_call(self, call: CallTask | None, wish: Wish) -> str:
        label = self._either("对方怎么说（可不填）", "What they said (optional)")
        words = f'<p>{label}</p><textarea name="reason" maxlength="{LONGEST_NOTE}"></textarea>'
        paged = call is not None and call.purpose is Purpose.PAGE
        if wish.detail != Result.REACHED or not paged:
            return words
        who = self._either(
            "对方表示接手的，写明何人所说（没有则不填）",
            "If they take it: who said so (else leave empty)",
        )
        return f'{words}<p>{who}</p><textarea name="takes" maxlength="{LONGEST_NAME}"></textarea>'

    def _two_points(self) -> str:
        well = self._either("哪些做得好（可不填）", "What went well (optional)")
        better = self._either("哪些应改进（可不填）", "What should be better (optional)")
        return "".join(
            f'<p>{label}</p><textarea name="{name}" maxlength="{LONGEST_FEEDBACK}"></textarea>'
            for name, label in ((WELL, well), (BETTER, better))
        )

    def _danger(self, task: Task) -> str:
        if not task.danger:
            return ""
        back = self.said(task.rollback) or self._either("无", "none")
        return self._either(f"危险操作。回退办法：{back}", f"Dangerous. To roll back: {back}")

    def _form(
        self, wish: Wish, label: Words, look: str = "", field: str = "", seal: str = ""
    ) -> str:
        hidden = {"act": wish.act, "detail": wish.detail, "seal": seal}
        if 'name="detail"' in field:
            del hidden["detail"]
        inputs = "".join(
            f'<input type="hidden" name="{name}" value="{escape(value)}">'
            for name, value in hidden.items()
            if value
        )
        style = f' class="{look}"' if look else ""
        return (
            f'<form method="post" action="{escape(self.address)}">{inputs}{field}'
            f"<button{style}>{escape(_capital(self.said(label)))}</button></form>"
        )

    def _page(self, message: Message, body: Iterable[str]) -> str:
        return page(self.language, self._headline(message), [*self._head(message), *body])

    def _headline(self, message: Message) -> str:
        facts, level = message.facts, message.facts.get("level")
        what = str(facts.get("title") or facts.get("what") or message.incident)
        mark = self._either("【演练】", "DRILL · ") * message.drill
        if level not in ROMAN:
            return f"{mark}{what}"
        return f"{mark}{self._either(f'{ROMAN[level]}级响应', f'Level {level}')} · {what}"

    def _head(self, message: Message) -> Iterator[str]:
        facts: Mapping[str, object] = message.facts
        if message.drill:
            yield f'<p class="drill">{escape(self.said(DRILL))}</p>'
        yield f"<h1>{escape(self._headline(message))}</h1>"
        about = (message.incident, facts.get("system"), facts.get("at"), facts.get("person"))
        yield f'<p class="dim">{escape(" · ".join(str(one) for one in about if one))}</p>'

    def _line(self, zh: str, en: str) -> str:
        return f'<p class="dim">{escape(self._either(zh, en))}</p>'

    def said(self, words: Words) -> str:
        """Words in the page's language."""
        return words.said(self.language)

    def _either(self, zh: str, en: str) -> str:
        return en if self.language == "en" else zh


def _look(act: Act) -> str:
    return "good" if act in GOOD else "grave" if act in GRAVE else ""


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
