"""People and the ways to reach them (JR/T 0099 7.1 o: the contact manual)."""

from dataclasses import dataclass

from responder.domain.words import Words

CHAT = ("slack", "telegram")
WRITTEN = (*CHAT, "sms", "email")
RINGING = ("voice",)
BY_HAND = "by_hand"
VIAS = (*CHAT, "voice", "sms", "email", BY_HAND)
VIA_NAMES = {
    "voice": Words("电话", "phone"),
    "sms": Words("短信", "SMS"),
    "slack": Words("Slack", "Slack"),
    "telegram": Words("Telegram", "Telegram"),
    "email": Words("邮件", "e-mail"),
    "by_hand": Words("人工", "by hand"),
    "file": Words("公告文件", "notice file"),
    "webhook": Words("公告推送", "web hook"),
}

DEPARTMENTS = (
    "business",
    "technology",
    "risk",
    "settlement",
    "finance",
    "customer_service",
    "guarding",
    "general",
)
"""The eight departments the command body must draw on (7.1, second paragraph)."""
DEPARTMENT_NAMES = {
    "business": Words("业务", "business"),
    "technology": Words("技术", "technology"),
    "risk": Words("风险控制", "risk control"),
    "settlement": Words("结算", "settlement"),
    "finance": Words("财务", "finance"),
    "customer_service": Words("客服", "customer service"),
    "guarding": Words("安保", "guarding"),
    "general": Words("综合", "general affairs"),
}


@dataclass(frozen=True, slots=True)
class Way:
    """One line to a person: `to` is an account, a number in E.164, or what a human dials."""

    via: str
    to: str = ""
    how: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in the contact manual; `reach` is in order of preference."""

    id: str
    name: Words = Words()
    department: str = ""
    head_of: str = ""
    title: Words = Words()
    language: str = "zh"
    time_zone: str = "Asia/Shanghai"
    reach: tuple[Way, ...] = ()

    @property
    def vias(self) -> tuple[str, ...]:
        """The kinds of way the person has, each once, in order of preference."""
        return tuple(dict.fromkeys(way.via for way in self.reach))

    def lines(self, via: str) -> tuple[Way, ...]:
        """All lines of one kind; they ring together as one."""
        return tuple(way for way in self.reach if way.via == via)
