"""The settings of a site, from the environment and from `responder.toml`."""

import re
from pathlib import Path

from responder.errors import SettingError
from responder.settings.keys import BY_NAME, GATEWAY, RATES, variable
from responder.settings.source import Source, secret_in, toml
from responder.settings.surroundings import Environment
from responder.settings.values import Publishing, Settings, Slack, Telegram, Twilio


def read(folder: Path, is_sample: bool, environ: Environment, here: Path) -> Settings:
    """The settings of a site. Raises SettingError, naming the key and the mend."""
    source = Source(environ, toml(folder), folder, here)
    var = source.path("var") or (here / "responder-var" if is_sample else folder / "var")
    database = source.text("database_url") or f"sqlite:///{var / 'responder.db'}"
    host, port = _address(source.text("listen"))
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
        public_url=_public(source.text("public_url")),
        mode=source.text("mode"),
        slack=Slack(**source.texts(Slack, "slack")),
        telegram=Telegram(**source.texts(Telegram, "telegram")),
        twilio=Twilio(**source.texts(Twilio, "twilio")),
        smtp_url=source.text("smtp.url"),
        smtp_sender=source.text("smtp.sender"),
        alerts_token=source.text("alerts.token"),
        gateway_secrets=_gateway_secrets(environ, here),
        rates=_rates(source),
        evidence_largest=_megabytes("evidence.largest_mb", source),
        tsa_url=source.text("evidence.tsa_url"),
        publishing=Publishing(
            folder=source.path("publishing.folder") or var / "published",
            webhook_secret=source.text("publishing.webhook_secret"),
            allowed_hosts=tuple(
                host
                for said in source.text("publishing.allowed_hosts").split(",")
                if (host := said.strip().casefold())
            ),
        ),
    )


def _gateway_secrets(environ: Environment, here: Path) -> dict[str, str]:
    """The secrets that `contacts/gateways.yaml` names: `TOKEN` is `RESPONDER_GATEWAY__TOKEN`."""
    found = {}
    for said, value in environ.items():
        name = said.removeprefix(GATEWAY)
        if said.startswith(GATEWAY) and value.strip():
            of_file = name.endswith("_FILE")
            found[name.removesuffix("_FILE")] = (
                secret_in(said, here / value) if of_file else value.strip()
            )
    return found


def _rates(source: Source) -> dict[str, float]:
    """Messages a second for the channels that the site sets it for."""
    said = {channel: source.text(key) for channel, key in RATES.items()}
    return {channel: _rate(RATES[channel], rate) for channel, rate in said.items() if rate}


def _rate(key: str, said: str) -> float:
    if re.fullmatch(r"\d{1,4}(\.\d{1,3})?", said) and float(said) > 0:
        return float(said)
    raise SettingError(
        key=variable(key),
        why_zh=f"“{said}”不是每秒条数",
        why_en=f"“{said}” is no number of messages a second",
        mend_zh="例如 1，或 0.5。",
        mend_en="For example 1, or 0.5.",
    )


def _megabytes(key: str, source: Source) -> int:
    """A size in bytes, from millions of them."""
    said = source.text(key)
    if re.fullmatch(r"[1-9]\d{0,8}", said):
        return int(said) * 1_000_000
    raise SettingError(
        key=variable(key),
        why_zh=f"“{said}”不是 MB 数",
        why_en=f"“{said}” is no number of megabytes",
        mend_zh="请写整数，例如 2048。",
        mend_en="Write a whole number, for example 2048.",
    )


def _public(url: str) -> str:
    """Where people reach us from outside; empty for nowhere."""
    if not url or re.fullmatch(r"https?://[^\s/?#@]+(/[^\s?#]*)?", url):
        return url.rstrip("/")
    raise SettingError(
        key=variable("public_url"),
        why_zh=f"“{url}”不是网址",
        why_en=f"“{url}” is no web address",
        mend_zh="例如 https://er.example.com。",
        mend_en="For example https://er.example.com.",
    )


def _address(listen: str) -> tuple[str, int]:
    host, _, port = listen.rpartition(":")
    if not port.isdecimal() or int(port) > 65535:
        raise SettingError(
            key=variable("listen"),
            why_zh=f"“{listen}”不是 主机:端口",
            why_en=f"“{listen}” is no HOST:PORT",
            mend_zh=f"例如 {BY_NAME['listen'].default}。",
            mend_en=f"For example {BY_NAME['listen'].default}.",
        )
    return host.strip("[]") or "127.0.0.1", int(port)
