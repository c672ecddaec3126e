"""What the house is told from outside, once it is read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from responder.errors import SettingError
from responder.settings.keys import BY_NAME, variable


@dataclass(frozen=True, slots=True)
class Slack:
    """A Slack app's credentials."""

    bot_token: str = field(default="", repr=False)
    app_token: str = field(default="", repr=False)
    signing_secret: str = field(default="", repr=False)
    api_url: str = ""

    @property
    def hears(self) -> bool:
        """Whether people can be heard there, beside being written to."""
        return bool(self.bot_token and (self.app_token or self.signing_secret))


@dataclass(frozen=True, slots=True)
class Telegram:
    """A Telegram bot's credentials, and the id of the group whose topics incidents get."""

    token: str = field(default="", repr=False)
    api_url: str = ""
    webhook_secret: str = field(default="", repr=False)
    group: str = ""


@dataclass(frozen=True, slots=True)
class Twilio:
    """A Twilio account's credentials; each voice with the language it speaks."""

    account_sid: str = ""
    auth_token: str = field(default="", repr=False)
    from_number: str = ""
    api_url: str = ""
    voice_zh: str = BY_NAME["twilio.voice_zh"].default
    voice_en: str = BY_NAME["twilio.voice_en"].default

    @property
    def is_set(self) -> bool:
        """Whether calls and messages can be sent."""
        return bool(self.account_sid and self.auth_token and self.from_number)

    @property
    def voices(self) -> dict[str, str]:
        """The voice for each language, with the language as Twilio names it."""
        return {"zh": self.voice_zh, "en": self.voice_en}


@dataclass(frozen=True, slots=True)
class Publishing:
    """Where notices may go from this machine: a folder, and web hooks on the hosts allowed."""

    folder: Path = Path("published")
    webhook_secret: str = field(default="", repr=False)
    allowed_hosts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything the house is told from outside."""

    site: Path
    is_sample: bool
    var: Path
    database_url: str = field(repr=False)
    files_dir: Path
    site_key_file: Path
    key_is_given: bool
    checkpoint_to: Path | None
    host: str
    port: int
    public_url: str
    mode: str
    slack: Slack
    telegram: Telegram
    twilio: Twilio
    smtp_url: str = field(repr=False)
    smtp_sender: str
    alerts_token: str = field(repr=False)
    gateway_secrets: Mapping[str, str] = field(repr=False)
    rates: Mapping[str, float]
    evidence_largest: int
    tsa_url: str
    publishing: Publishing = Publishing()

    @property
    def on_sqlite(self) -> bool:
        """Whether the database is a file of this machine."""
        return self.database_url.startswith("sqlite:")

    def reachable_at(self, platform: str) -> str:
        """The public address, for a platform that calls us. Raises SettingError."""
        if not self.public_url:
            raise SettingError(
                key=variable("public_url"),
                why_zh=f"使用 {platform} 时必须填写本服务的公网地址",
                why_en=f"with {platform}, the address at which it reaches this service must be set",
                mend_zh="例如 https://er.example.com 。",
                mend_en="For example https://er.example.com.",
            )
        return self.public_url.rstrip("/")
