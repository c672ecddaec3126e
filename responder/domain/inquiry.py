"""Questions from outside: media, hotline, public opinion, regulators; each owned and answered."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from responder.domain.words import Words


class Channel(StrEnum):
    """Who asks."""

    MEDIA = "media"
    HOTLINE = "hotline"
    OPINION = "opinion"
    REGULATOR = "regulator"


CHANNEL_NAMES = {
    Channel.MEDIA: Words("媒体", "media"),
    Channel.HOTLINE: Words("客服热线", "hotline"),
    Channel.OPINION: Words("舆情", "public opinion"),
    Channel.REGULATOR: Words("监管问询", "regulator"),
}


@dataclass(slots=True)
class Inquiry:
    """One question or observation, its owner and its answer, with the hash of the agreed line.

    `count` is how many said the same.
    """

    id: str
    incident: str
    channel: Channel
    said: str
    asked_by: str
    at: datetime
    logged_by: str
    owner: str = ""
    due_at: datetime | None = None
    answer: str = ""
    answered_at: datetime | None = None
    answered_by: str = ""
    line_sha256: str = ""
    count: int = 1

    @property
    def key(self) -> str:
        """The id under which it is kept."""
        return f"{self.incident}/{self.id}"

    @property
    def is_open(self) -> bool:
        """Whether it still waits for an answer."""
        return self.answered_at is None
