"""One's own chat accounts, in words. A code is never shown: others may read the same place."""

from collections.abc import Iterator, Mapping

from responder.commands.account import CODE_HOLDS
from responder.commands.linked import account_of
from responder.domain.masking import masked
from responder.domain.people import CHAT, VIA_NAMES
from responder.inbound.language.world import World

MINUTES = int(CODE_HOLDS.total_seconds()) // 60


def account_lines(values: Mapping[str, str], world: World) -> Iterator[str]:
    """Which accounts are linked, and how to link another."""
    if "code" in values:
        yield world.said(
            "没有绑定：绑定码须在要绑定的聊天账号里，私下发送“绑定 绑定码”。",
            "Nothing was linked: send “link CODE” from the account to be linked, in private.",
        )
    accounts = {platform: account_of(world.uow, platform, world.person) for platform in CHAT}
    yield from (_state(platform, account, world) for platform, account in accounts.items())
    yield world.said(
        f"再绑定一个：请系统管理授权人员（{_administrators(world)}）执行 responder link"
        f" {world.person}，或您本人在终端执行 responder link，取得绑定码；{MINUTES}分钟内在要绑定的"
        "账号里私下发送：绑定 绑定码。不要把绑定码发到他人可见的群里。",
        f"To link another: an administrator ({_administrators(world)}) runs responder link"
        f" {world.person}, or you run responder link at a terminal, for a code; within {MINUTES}"
        " minutes send from that account, in private: link CODE. Never where others can read it.",
    )
    if any(accounts.values()):
        yield world.said("解除本平台的绑定：解绑。", "To let the account here go: unlink.")


def _state(platform: str, account: str, world: World) -> str:
    named = world.words(VIA_NAMES[platform])
    if not account:
        return world.said(f"{named}：未绑定", f"{named}: not linked")
    return world.said(
        f"{named}：已绑定（{masked(account)}）", f"{named}: linked ({masked(account)})"
    )


def _administrators(world: World) -> str:
    return world.people(filter(world.roster.known, world.site.grants.get("administrator", ())))
