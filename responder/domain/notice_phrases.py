"""What a text must not say before its time, and what it tells of whom: found by its wording."""

import re

from responder.domain.words import Words

CAUSE_TOLD = re.compile(
    r"原因(?:是|为|系|在于)|归因于|(?:由(?!此)|因(?!此))(?:于)?[^，。；]{1,40}?(?:导致|引起|引发|造成|所致)"
    r"|\b(?:caused by|root cause (?:is|was)|attributable to|resulted from|as a result of)\b",
    re.IGNORECASE,
)
CAUSE_GUESSED = re.compile(
    r"由于|因为|疑[似]|怀疑|可能是|应该是|归咎|\b(?:due to|because|owing to|suspected|probably)\b",
    re.IGNORECASE,
)
WHOLLY = re.compile(
    r"(?:完全|全部|全面|彻底)(?:恢复|修复|解决|正常)|已(?:经)?(?:解决|修复)"
    r"|\b(?:fully|completely|entirely) (?:restored|recovered|resolved|operational|fixed)\b"
    r"|\b(?:has|have) been (?:resolved|fixed)\b",
    re.IGNORECASE,
)
VAGUE = re.compile(
    r"刚才|刚刚|马上|一会儿|稍后|不久|尽快恢复|近期|即将恢复"
    r"|\b(?:shortly|soon|just now|a moment ago|any minute|in a while)\b",
    re.IGNORECASE,
)
PERSONAL: tuple[tuple[Words, re.Pattern[str]], ...] = (
    (Words("手机号码", "a mobile number"), re.compile(r"(?<!\d)(?:\+?86[- ]?)?1[3-9]\d{9}(?!\d)")),
    (
        Words("身份证号", "an identity number"),
        re.compile(r"(?<!\d)\d{6}(?:19|20)\d{2}(?:0\d|1[0-2])[0-3]\d\d{3}[\dXx](?![\dXx])"),
    ),
    (
        Words("银行卡号", "a bank card number"),
        re.compile(r"(?<!\d)\d{4}(?:[ -]?\d{4}){3}\d{0,3}(?!\d)"),
    ),
    (
        Words("客户账号", "an account number"),
        re.compile(
            r"(?:账号|账户|帐号|客户号|股东号|资金号|account(?: number| no\.?)?)"
            r"[：: ]{0,2}[A-Z]?\d{6,}",
            re.IGNORECASE,
        ),
    ),
    (Words("电子邮箱", "an e-mail address"), re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")),
)
FIGURE = re.compile(
    r"(\d[\d,，]*(?:\.\d+)?)\s*(万|亿)?\s*(?:余|多)?\s*"
    r"(?:位|名|户|家|个|笔|人|%|％|customers?|clients?|accounts?|orders?|investors?|percent)",
    re.IGNORECASE,
)
NUMBER = re.compile(r"(\d[\d,，]*(?:\.\d+)?)\s*(万|亿)?")
TIMES = {"万": 10_000, "亿": 100_000_000}


def figures_in(text: str) -> set[str]:
    """The numbers of customers, orders and the like that a text tells, in plain form."""
    return {_plain(number, unit) for number, unit in FIGURE.findall(text)}


def numbers_in(text: str) -> set[str]:
    """Every number of a text in plain form, `12万` as 120000 too."""
    return {_plain(number, unit) for number, unit in NUMBER.findall(text)}


def _plain(number: str, unit: str) -> str:
    value = float(number.replace(",", "").replace("，", "")) * TIMES.get(unit, 1)
    return str(int(value)) if value == int(value) else str(value)
