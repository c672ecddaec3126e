"""Settings: the only reader of the environment, and of the settings part of `responder.toml`.

Every key of `KEYS` may stand in `responder.toml` (`slack.api_url` as `[slack] api_url`) and is
overridden by the environment (`RESPONDER_SLACK__API_URL`); a secret may also come from the file
that its variable with `_FILE` at the end names. An empty variable counts as not set. Relative
paths are meant from where they are written: the current folder, or the site's.
"""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from responder.errors import BadInput, SettingError

FILE = "responder.toml"
PREFIX = "RESPONDER_"
SECRETS = frozenset(
    {
        "database_url",
        "slack.bot_token",
        "slack.app_token",
        "slack.signing_secret",
        "telegram.token",
        "telegram.webhook_secret",
        "twilio.auth_token",
        "smtp.url",
        "alerts.token",
    }
)
KEYS = SECRETS | {
    "var",
    "files_dir",
    "site_key_file",
    "checkpoint_to",
    "listen",
    "public_url",
    "mode",
    "slack.api_url",
    "telegram.api_url",
    "twilio.account_sid",
    "twilio.from_number",
    "twilio.api_url",
    "evidence.tsa_url",
}
OF_THE_SITE = frozenset({"firm", "time_zone", "languages", "quiet_hours", "outlets"})
"""Keys of `responder.toml` that describe the firm; the site's loader reads them."""
ALONE = frozenset({"site", "as"})
"""Variables without a key: the site's folder, and who acts."""
LISTEN = "127.0.0.1:8080"

Environment = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Slack:
    """A Slack app's credentials."""

    bot_token: str = field(default="", repr=False)
    app_token: str = field(default="", repr=False)
    signing_secret: str = field(default="", repr=False)
    api_url: str = ""


@dataclass(frozen=True, slots=True)
class Telegram:
    """A Telegram bot's credentials."""

    token: str = field(default="", repr=False)
    api_url: str = ""
    webhook_secret: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Twilio:
    """A Twilio account's credentials."""

    account_sid: str = ""
    auth_token: str = field(default="", repr=False)
    from_number: str = ""
    api_url: str = ""


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
    alerts_token: str = field(repr=False)
    tsa_url: str

    @property
    def on_sqlite(self) -> bool:
        """Whether the database is a file of this machine."""
        return self.database_url.startswith("sqlite:")


def environment() -> Environment:
    """The process's environment."""
    return os.environ


def acting_person(environ: Environment) -> str:
    """Who acts where the command line does not say: `RESPONDER_AS`."""
    return environ.get(f"{PREFIX}AS", "").strip()


def language(environ: Environment) -> str:
    """The language of the surroundings, `zh` or `en`; `zh` where they do not say."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if said := environ.get(name, ""):
            tongue = said.partition(".")[0].partition("_")[0].casefold()
            return "zh" if tongue in ("zh", "c", "posix") else "en"
    return "zh"


def site_folder(
    given: str, environ: Environment, here: Path, sample: Callable[[], Path]
) -> tuple[Path, bool]:
    """The site's folder, and whether it is the sample in place."""
    named = given or environ.get(f"{PREFIX}SITE", "")
    if named:
        folder = here / Path(named).expanduser()
    elif (here / FILE).is_file():
        folder = here
    else:
        folder = sample()
    folder = folder.resolve()
    try:
        return folder, folder == sample().resolve()
    except BadInput:
        return folder, False  # an installation without a sample can still serve a site


def read(folder: Path, is_sample: bool, environ: Environment, here: Path) -> Settings:
    """The settings of a site. Raises SettingError, naming the key and the mend."""
    source = _Source(environ, _toml(folder), folder, here)
    var = source.path("var") or (here / "responder-var" if is_sample else folder / "var")
    database = source.text("database_url") or f"sqlite:///{var / 'responder.db'}"
    host, port = _address(source.text("listen") or LISTEN)
    key = source.path("site_key_file")
    return Settings(
        site=folder,
        is_sample=is_sample,
        var=var,
        database_url=database,
        files_dir=source.path("files_dir") or var / "files",
        site_key_file=key or var / "site.key",
        key_is_given=key is not None,
        checkpoint_to=source.path("checkpoint_to"),
        host=host,
        port=port,
        public_url=source.text("public_url"),
        mode=source.text("mode") or "live",
        slack=Slack(**source.texts(Slack, "slack")),
        telegram=Telegram(**source.texts(Telegram, "telegram")),
        twilio=Twilio(**source.texts(Twilio, "twilio")),
        smtp_url=source.text("smtp.url"),
        alerts_token=source.text("alerts.token"),
        tsa_url=source.text("evidence.tsa_url"),
    )


def unknown_variables(environ: Environment) -> dict[str, str]:
    """Variables that look like ours and mean nothing, each with the nearest one that does."""
    known = {variable(key) for key in KEYS | ALONE}
    known |= {f"{variable(key)}_FILE" for key in SECRETS}
    ours = sorted(name for name in environ if name.startswith(PREFIX) and name not in known)
    return {name: next(iter(get_close_matches(name, known, 1)), "") for name in ours}


def variable(key: str) -> str:
    """The environment's name for a key: `slack.api_url` is `RESPONDER_SLACK__API_URL`."""
    return PREFIX + key.upper().replace(".", "__")


@dataclass(frozen=True, slots=True)
class _Source:
    """Looks a key up: environment first, then its file, then `responder.toml`."""

    environ: Environment
    toml: Mapping[str, Any]
    folder: Path
    here: Path

    def text(self, key: str) -> str:
        return self._outside(key) or self._inside(key)

    def texts(self, kind: type, section: str) -> dict[str, str]:
        return {one.name: self.text(f"{section}.{one.name}") for one in fields(kind)}

    def path(self, key: str) -> Path | None:
        if outside := self._outside(key):
            return self.here / Path(outside).expanduser()
        inside = self._inside(key)
        return self.folder / Path(inside).expanduser() if inside else None

    def _outside(self, key: str) -> str:
        name = variable(key)
        if said := self.environ.get(name, "").strip():
            return said
        file = self.environ.get(f"{name}_FILE", "") if key in SECRETS else ""
        return _secret(f"{name}_FILE", self.here / file) if file else ""

    def _inside(self, key: str) -> str:
        section, dot, rest = key.partition(".")
        value = self.toml.get(section, {}).get(rest, "") if dot else self.toml.get(key, "")
        if not isinstance(value, str):
            raise SettingError(
                key=key,
                why_zh=f"应为文字，{FILE}中写的是“{value}”",
                why_en=f"it is to be text, and {FILE} says {value!r}",
                mend_zh="请加上引号。",
                mend_en="Put it in quotes.",
            )
        return value.strip()


def _secret(name: str, file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or type(error).__name__
        raise SettingError(
            key=name,
            why_zh=f"读不出文件“{file}”（{why}）",
            why_en=f"the file {file} cannot be read ({why})",
            mend_zh="请检查路径和权限。",
            mend_en="Check the path and its permissions.",
        ) from error


def _toml(folder: Path) -> dict[str, Any]:
    """What `responder.toml` says to us; nothing where there is none."""
    import tomllib  # noqa: PLC0415 - asking for help needs no settings

    try:
        content = tomllib.loads((folder / FILE).read_text(encoding="utf-8-sig"))
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (OSError, ValueError) as error:
        raise SettingError(
            key=str(folder / FILE),
            why_zh=f"文件读不懂（{error}）",
            why_en=f"the file cannot be read ({error})",
            mend_zh="请用 responder check 查看是哪一行。",
            mend_en="See which line with `responder check`.",
        ) from error
    _refuse_unknown(content)
    return content


def _refuse_unknown(content: Mapping[str, Any]) -> None:
    """A key nobody reads is a mistake: say which, and which was meant."""
    sections = {key.partition(".")[0] for key in KEYS if "." in key}
    for name, value in content.items():
        inner = value if name in sections and isinstance(value, dict) else {}
        for key in [f"{name}.{one}" for one in inner] or [name]:
            if key in KEYS or name in OF_THE_SITE or (key in sections and not inner):
                continue
            near = get_close_matches(key, [*KEYS, *OF_THE_SITE], 1)
            raise SettingError(
                key=key,
                why_zh=f"{FILE}中没有这个键",
                why_en=f"{FILE} has no such key",
                mend_zh=f"您是否指：{near[0]}？" if near else "请删去，或核对拼写。",
                mend_en=f"Did you mean {near[0]}?" if near else "Remove it, or check its spelling.",
            )


def _address(listen: str) -> tuple[str, int]:
    host, _, port = listen.rpartition(":")
    if not port.isdecimal() or int(port) > 65535:
        raise SettingError(
            key=variable("listen"),
            why_zh=f"“{listen}”不是 主机:端口",
            why_en=f"“{listen}” is no HOST:PORT",
            mend_zh=f"例如 {LISTEN}。",
            mend_en=f"For example {LISTEN}.",
        )
    return host.strip("[]") or "127.0.0.1", int(port)
