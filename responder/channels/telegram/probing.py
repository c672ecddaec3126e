"""A bot tried: who it is, and what it may do in the firm's group. Nobody notices."""

import asyncio
from collections.abc import Iterator

from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, TelegramError

from responder.channels.telegram.line import Line
from responder.channels.telegram.wire import TIMEOUT
from responder.domain.words import Words
from responder.ports.probe import Lack, Probe, unreachable

WHERE = "Telegram (api.telegram.org)"
NEEDED = {
    "can_manage_topics": Words("管理话题", "manage topics"),
    "can_pin_messages": Words("置顶消息", "pin messages"),
}
"""What a bot needs in the group, by the Bot API's name for it (ChatMemberAdministrator)."""
WRONG_TOKEN = Lack(
    Words("Telegram 不接受机器人令牌。", "Telegram refuses the bot's token."),
    Words(
        "请从 @BotFather 重新复制 RESPONDER_TELEGRAM__TOKEN。",
        "Copy RESPONDER_TELEGRAM__TOKEN from @BotFather again.",
    ),
)
NOT_THERE = Lack(
    Words(
        "机器人不在 telegram.group 所指的群中。", "The bot is not in the group of telegram.group."
    ),
    Words(
        "请核对群编号，并把机器人加入该群。", "Check the group's id, and add the bot to the group."
    ),
    is_grave=False,
)
NO_TOPICS = Lack(
    Words("该群没有开启话题。", "The group has no topics."),
    Words("请在群设置中开启 Topics。", "Turn Topics on in the group's settings."),
    is_grave=False,
)


async def probe(line: Line, group: str) -> Probe:
    """Ask who the bot is, and what the group lets it do where there is one."""
    try:
        async with asyncio.timeout(TIMEOUT):
            name = await line.user_name()
    except (TelegramError, TimeoutError) as error:
        return Probe("", (_lack(error),))
    try:
        async with asyncio.timeout(TIMEOUT):
            lacks = tuple(await _lacks_in(line, group)) if group else ()
    except (BadRequest, Forbidden):
        lacks = (NOT_THERE,)
    except (TelegramError, TimeoutError) as error:
        lacks = (_lack(error),)
    return Probe(f"@{name}", lacks)


async def _lacks_in(line: Line, group: str) -> list[Lack]:
    has_topics, rights = await line.is_forum(group), await line.rights(group)
    return [*([] if has_topics else [NO_TOPICS]), *_rights_lacking(rights)]


def _rights_lacking(rights: frozenset[str]) -> Iterator[Lack]:
    lacking = [words for right, words in NEEDED.items() if right not in rights]
    if lacking:
        zh, en = "、".join(one.zh for one in lacking), " and ".join(one.en for one in lacking)
        yield Lack(
            Words(f"机器人在群中没有权限：{zh}。", f"The bot may not {en} in the group."),
            Words("请将机器人设为群管理员并勾选这些权限。", "Make it an administrator who may."),
            is_grave=False,
        )


def _lack(error: Exception) -> Lack:
    match error:
        case InvalidToken():
            return WRONG_TOKEN
        case NetworkError() | TimeoutError():
            return unreachable(WHERE)
    return Lack(
        Words("对方的答复不像 Telegram。", "What answers there is not Telegram."),
        Words("请核对 telegram.api_url。", "Check telegram.api_url."),
    )
