"""An account tried: what it is lacking, and the mend."""

from collections.abc import Iterator
from typing import Any

import aiohttp
from twilio.base.exceptions import TwilioRestException

from responder.channels.phone.wire import TooManyRequests
from responder.domain.words import Words
from responder.ports.probe import Lack, unreachable

NOT_LET_IN = Lack(
    Words("Twilio 不接受账户编号或令牌。", "Twilio refuses the account or its token."),
    Words(
        "请核对 RESPONDER_TWILIO__ACCOUNT_SID 与 RESPONDER_TWILIO__AUTH_TOKEN。",
        "Check RESPONDER_TWILIO__ACCOUNT_SID and RESPONDER_TWILIO__AUTH_TOKEN.",
    ),
)
NOT_ACTIVE = Lack(
    Words("账户已停用。", "The account is suspended or closed."),
    Words("请登录 Twilio 查看原因。", "See why at Twilio."),
)
ON_TRIAL = Lack(
    Words("试用账户，只能呼叫已验证的号码。", "A trial account: it calls verified numbers only."),
    Words("请在 Twilio 转为正式账户。", "Upgrade it at Twilio."),
    is_grave=False,
)
NO_NUMBER = Lack(
    Words("外呼号码不属于该账户。", "The number that calls is not the account's."),
    Words(
        "请核对 RESPONDER_TWILIO__FROM_NUMBER，格式如 +85230000000。",
        "Check RESPONDER_TWILIO__FROM_NUMBER; it is written as +85230000000.",
    ),
)


def lacks_of(account: Any, numbers: list[Any]) -> Iterator[Lack]:
    """What an account that lets us in is still lacking.

    https://www.twilio.com/docs/iam/api/account, docs/phone-numbers/api/incomingphonenumber-resource
    """
    if account.status != "active":
        yield NOT_ACTIVE
    if account.type == "Trial":
        yield ON_TRIAL
    if not numbers:
        yield NO_NUMBER
        return
    can = numbers[0].capabilities or {}
    for use, words in (("voice", Words("语音", "call")), ("sms", Words("短信", "send SMS"))):
        if not can.get(use):
            yield Lack(
                Words(f"该号码不支持{words.zh}。", f"The number cannot {words.en}."),
                Words("请在 Twilio 换用支持的号码。", "Buy a number of Twilio that can."),
                is_grave=False,
            )


def lack_of(error: Exception) -> Lack:
    """Why an account could not be fetched."""
    match error:
        case TwilioRestException() if error.status in (401, 403, 404):
            return NOT_LET_IN
        case aiohttp.ClientError() | OSError():
            return unreachable("Twilio (api.twilio.com)")
    said = "429" if isinstance(error, TooManyRequests) else type(error).__name__
    return Lack(
        Words(f"Twilio 的答复不正常（{said}）。", f"Twilio answers strangely ({said})."),
        Words("请核对 twilio.api_url，稍后再试。", "Check twilio.api_url, and try again later."),
    )
