"""Outlets: where public notices appear; and how the firm speaks of itself in them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from types import MappingProxyType

from responder.domain.words import Words

HAND, FILE, WEBHOOK = "hand", "file", "webhook"
POSTED_BY = (HAND, FILE, WEBHOOK, "slack", "telegram")
"""How a notice gets to an outlet: a human posts it, or one of our channels does."""
OUTLET_VIAS = (FILE, WEBHOOK)
"""The ways of the outbox that reach outlets and no person."""

INVESTORS = "investors"
FORMS = (INVESTORS, "website", "sms", "hotline", "media", "members", "internal")
"""Whom a rendering is for, and so its form: all outlets of one form carry the same text."""
FORM_NAMES: Mapping[str, Words] = MappingProxyType(
    {
        INVESTORS: Words("致投资者公告", "notice to investors"),
        "website": Words("官网页面", "web page"),
        "sms": Words("客户短信", "SMS to customers"),
        "hotline": Words("客服热线口径", "hotline script"),
        "media": Words("媒体通稿", "statement to the media"),
        "members": Words("致营业网点和会员单位", "to branches and members"),
        "internal": Words("内部通知", "internal notice"),
    }
)
OUTSIDE_FORMS = frozenset(FORMS) - {"internal", "hotline"}
"""What people outside read word for word."""
FIFTEEN_MINUTES = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Outlet:
    """One place where notices appear. `to` is a web address, or a channel's id in a platform."""

    id: str
    name: Words = Words()
    form: str = INVESTORS
    by: str = HAND
    to: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class PublicVoice:
    """How the firm speaks in public. `first_within` is by response level.

    `spokesperson` alone speaks to the media: a person's id or `role:R`.
    """

    self_name: Words = Words("我司", "we")
    hotline: Words = Words()
    official_channels: Words = Words()
    spokesperson: str = ""
    first_within: dict[int, timedelta] = field(
        default_factory=lambda: {1: FIFTEEN_MINUTES, 2: FIFTEEN_MINUTES}
    )
    update_every: timedelta = timedelta(minutes=30)
