"""The app tried: what its token is lacking, and the mend."""

import re
from collections.abc import Iterator

import aiohttp

from responder.channels.slack.refusals import OUR_TOKEN, code_of
from responder.domain.words import Words
from responder.ports.probe import Lack, unreachable

SCOPES = (
    "app_mentions:read",
    "bookmarks:write",
    "channels:history",
    "channels:manage",
    "chat:write",
    "commands",
    "files:read",
    "im:history",
    "im:write",
    "pins:write",
    "reactions:read",
)
"""What the app's manifest asks for (`docs/how-to/slack-manifest.yaml`)."""
SENDING = frozenset({"chat:write", "im:write"})
"""The scopes without which nobody can be written to."""


def scopes_lacking(said: str) -> Iterator[Lack]:
    """The scopes an app lacks, by the header that names those it has; it may not be there."""
    lacking = [one for one in SCOPES if one not in re.split(r"[,\s]+", said)]
    if said and lacking:
        listed = "、".join(lacking), ", ".join(lacking)
        yield Lack(
            Words(f"应用缺少权限：{listed[0]}。", f"The app lacks scopes: {listed[1]}."),
            Words(
                "请按 docs/how-to/slack-manifest.yaml 更新应用清单，并重新安装。",
                "Update the app's manifest as docs/how-to/slack-manifest.yaml has it, and"
                " install it again.",
            ),
            is_grave=not SENDING.isdisjoint(lacking),
        )


def deaf_by(error: Exception) -> Lack:
    """Why no socket would be opened: people are written to, and cannot answer there."""
    code = code_of(error) or "an answer that cannot be read"
    return Lack(
        Words(
            f"收不到 Slack 中的答复（{code}）。", f"What people say in Slack is not heard ({code})."
        ),
        Words(
            "请核对 RESPONDER_SLACK__APP_TOKEN（xapp-），权限须含 connections:write。",
            "Check RESPONDER_SLACK__APP_TOKEN (xapp-…); its scope is connections:write.",
        ),
        is_grave=False,
    )


def lack_of(error: Exception) -> Lack:
    """Why nobody said whose the token is."""
    code = code_of(error) or "an answer that cannot be read"
    if code in OUR_TOKEN:
        return Lack(
            Words(
                f"Slack 不接受机器人令牌（{code}）。", f"Slack refuses the bot's token ({code})."
            ),
            Words(
                "请核对 RESPONDER_SLACK__BOT_TOKEN（xoxb-），必要时重新安装应用。",
                "Check RESPONDER_SLACK__BOT_TOKEN (xoxb-…); install the app again if need be.",
            ),
        )
    if isinstance(error, aiohttp.ClientError | OSError):
        return unreachable("Slack (slack.com)")
    return Lack(
        Words(f"Slack 的答复不正常（{code}）。", f"Slack answers strangely ({code})."),
        Words("请核对 slack.api_url，稍后再试。", "Check slack.api_url, and try again later."),
    )
