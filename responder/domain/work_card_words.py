"""The words of a person's emergency work card, for the paper, the page and the chat alike."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from responder.domain.numbers import number_shown
from responder.domain.people import VIA_NAMES
from responder.domain.words import Words
from responder.domain.work_card import HELD_AS, CardTask, Contact, Post, WorkCard

KEY_TASKS = 5
TITLE = Words("应急工作卡片", "Emergency work card")
DESTROY = Words("旧版作废销毁", "destroy older copies")
NO_QR = Words(
    "本卡没有二维码：系统未设外部访问地址。最新内容请在聊天中发送“工作卡”。",
    "No QR code: Responder has no public address. For the live version send “card” in chat.",
)
SCAN = Words("扫码看最新版", "live version")
HEADINGS = {
    "called": Words("接到呼叫", "When you are called"),
    "tasks": Words("关键任务", "Key tasks"),
    "call": Words("找谁", "Whom to call"),
    "rights": Words("您有权", "You may decide"),
    "schemes": Words("各处置方案中的任务", "Your tasks, by playbook"),
    "own": Words("系统这样呼叫您（有变请即告知维护人员）", "How we call you; report any change"),
}
CALLED = (
    Words("按1接手；不能处理按2，转下一位。", "Press 1 to take it; if you cannot, 2 passes it on."),
    Words("先确认现场人员安全，再动系统。", "People's safety first, then the systems."),
    Words(
        "统一指挥：听现场指挥安排，重要情况立即报告，不对外发言。",
        "One commander: follow, report at once, and do not speak to the outside.",
    ),
)
TO_DECIDE = Words(
    "接到决策请示：按1同意、按2不同意；逾时由下一顺位代行。",
    "Asked to decide: 1 approves, 2 rejects; if you are silent the next in line decides.",
)


@dataclass(frozen=True, slots=True)
class CardWords:
    """A card in one language."""

    card: WorkCard
    language: str

    def said(self, words: Words) -> str:
        """Words in the card's language."""
        return words.said(self.language)

    def either(self, zh: str, en: str) -> str:
        """One of two wordings."""
        return en if self.language == "en" else zh

    @property
    def headline(self) -> str:
        """Whose it is."""
        card = self.card
        return self.either("　", "  ").join(
            filter(None, (self.said(card.name) or card.person, self.said(card.title)))
        )

    def held(self) -> Iterator[str]:
        """Each post, then the bodies, then the place in the succession."""
        yield from (self._post(post) for post in self.card.posts)
        yield from (self.said(body) for body in self.card.bodies)
        if self.card.place:
            place = self.card.place
            yield self.either(f"决策递补第{place}顺位", f"no. {place} in the succession")

    def called(self) -> Iterator[str]:
        """What to do when a call comes."""
        yield from (self.said(line) for line in CALLED)
        if self.card.place:
            yield self.said(TO_DECIDE)

    def tasks(self, most: int = KEY_TASKS) -> Iterator[str]:
        """The tasks that matter most."""
        yield from (self._task(task) for task in self.card.tasks[:most])

    def contacts(self) -> Iterator[tuple[str, str, str]]:
        """Why, who, numbers: the duty phones first."""
        for name, phone, fax in self.card.duty_phones:
            why = self.either("值守电话", "duty phone")
            numbers = [self.number(phone)] if phone else []
            if fax:
                numbers.append(self.either("传真 ", "fax ") + self.number(fax))
            yield why, self.said(name), "\n".join(numbers)
        yield from (self._contact(one) for one in self.card.contacts)

    def rights(self) -> Iterator[str]:
        """What the person may decide."""
        yield from (self.said(one) for one in self.card.rights)

    def schemes(self) -> Iterator[tuple[str, str]]:
        """Each playbook with all one's tasks in it."""
        for scheme in self.card.schemes:
            tasks = (self._timed(title, due) for title, due in scheme.tasks)
            yield self.said(scheme.title), self.either("；", "; ").join(tasks)

    def own_ways(self) -> str:
        """How the person is called."""
        ways = (
            f"{self.said(VIA_NAMES[via]) if via in VIA_NAMES else via} {self.number(to)}".strip()
            for via, to in self.card.own_ways
            if via not in ("slack", "telegram")
        )
        return self.listed(dict.fromkeys(ways))

    def number(self, number: str) -> str:
        """A number as it is dialled."""
        return number_shown(number, self.language)

    def listed(self, parts: "dict[str, None] | list[str] | tuple[str, ...]") -> str:
        """Texts with the language's comma between them."""
        return self.either("、", ", ").join(parts)

    def _post(self, post: Post) -> str:
        held = self.either("、", ", ").join(self.said(HELD_AS[way]) for way in post.held)
        return self.either(f"{post.name.zh}（{held}）", f"{self.said(post.name)} ({held})")

    def _task(self, task: CardTask) -> str:
        mark = self.either("【人身安全】", "[SAFETY] ") * task.safety
        mark += self.either("【危险】", "[DANGEROUS] ") * task.danger
        count = len(task.playbooks)
        several = self.either(f"，{count}个方案", f", {count} playbooks") * (count > 1)
        due = self._due(task.due)
        beside = self.either("，", ", ").join(filter(None, (due, several.lstrip("，, "))))
        title = self.said(task.title) or task.id
        return mark + title + (self.either(f"（{beside}）", f" ({beside})") if beside else "")

    def _timed(self, title: Words, due: timedelta | None) -> str:
        when = self._due(due)
        return self.said(title) + (self.either(f"（{when}）", f" ({when})") if when else "")

    def _due(self, due: timedelta | None) -> str:
        if due is None:
            return ""
        minutes = int(due.total_seconds()) // 60
        if minutes >= 48 * 60:
            return self.either(f"{minutes // 1440}天内", f"{minutes // 1440} days")
        if minutes >= 60 and minutes % 60 == 0:
            return self.either(f"{minutes // 60}小时内", f"{minutes // 60} h")
        return self.either(f"{minutes}分钟内", f"{minutes} min")

    def _contact(self, one: Contact) -> tuple[str, str, str]:
        numbers = [self.number(number) for number in one.numbers]
        none = self.either("由系统呼叫", "through the system")
        return self.said(one.why), self.said(one.name) or one.person, "\n".join(numbers) or none


def card_lines(card: WorkCard, version: int, language: str) -> Iterator[str]:
    """The card as lines of text; `version` 0 is one that was not issued yet."""
    words = CardWords(card, language)
    number = words.either(f"第{version}版", f"version {version}") if version else ""
    not_issued = words.either("尚未正式发卡", "not issued yet")
    yield f"{words.said(TITLE)} · {words.headline}（{number or not_issued}）"
    yield words.listed(list(words.held()))
    for key, rows in (("tasks", words.tasks()), ("rights", words.rights())):
        lines = list(rows)
        if lines:
            yield words.said(HEADINGS[key]) + words.either("：", ":")
            yield from (f"{number}. {line}" for number, line in enumerate(lines, 1))
