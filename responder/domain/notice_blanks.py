"""The blanks of notices: what each is, which may stay empty, and how times are written in them."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from zoneinfo import ZoneInfo

from responder.domain.words import Words

BLANKS: Mapping[str, Words] = MappingProxyType(
    {
        "no": Words("编号", "number"),
        "firm_full": Words("机构全称", "the firm's full name"),
        "self_name": Words("自称", "how the firm calls itself"),
        "publish_date": Words("发布日期", "day of publication"),
        "publish_time": Words("发布时刻", "time of publication"),
        "zone": Words("时区", "the zone of all times"),
        "date": Words("开始日期", "the day it began"),
        "time": Words("开始时刻；进展公告为截至时刻", "when it began; in updates, as of when"),
        "system_public": Words("系统对外名称", "the system, as the public knows it"),
        "system_short": Words("系统简称（短信）", "the system, in short"),
        "symptom_public": Words("现象", "what customers see"),
        "scope": Words("影响范围", "who and what is affected"),
        "unaffected": Words("仍可用的功能", "what still works"),
        "alternatives": Words("替代渠道", "the ways that work meanwhile"),
        "ways_short": Words("替代渠道简称（短信）", "the ways that work, in short"),
        "official_channels": Words("官方渠道", "the official channels"),
        "hotline": Words("咨询电话", "the hotline"),
        "next_update": Words("下次公告时间", "when the next notice comes"),
        "next_short": Words("下次公告时间（短信）", "when the next notice comes, in short"),
        "restored_short": Words("恢复时刻（短信）", "when it was restored, in short"),
        "status_public": Words("目前状态", "how it stands"),
        "restored_part": Words("已恢复的部分", "what is back"),
        "remaining_part": Words("仍在处置的部分", "what is still being worked on"),
        "restored_time": Words("恢复时刻", "when it was restored"),
        "verified_functions": Words("经验证可用的功能", "what was verified to work"),
        "objection_until": Words("异议期限", "until when to object"),
        "occurred_time": Words("发生时刻", "when it began"),
        "duration": Words("持续时间", "how long it lasted"),
        "cause_public": Words("查实的原因", "the cause that was established"),
        "remedy_public": Words("整改措施", "what is being done about it"),
        "compensation": Words("客户损失如何处理", "how losses are dealt with"),
        "spokesperson": Words("新闻发言人", "the spokesperson"),
        "line": Words("统一解释口径", "the agreed line"),
        "line_ref": Words("口径编号", "the line's reference"),
        "corrects": Words("所更正公告的编号", "the number of the notice it corrects"),
        "reason": Words("更正事由", "why it is corrected"),
    }
)
OPTIONAL = frozenset({"restored_part", "corrects", "reason", "compensation"})
"""What may stay empty: the template goes without it."""
LISTS = ("questions", "never_say")
"""What a template may go through one by one: answers, and what is not said."""
OPEN, CLOSE = "⟦", "⟧"
"""What stands around the name of a blank that nobody filled; nobody may write them."""

ZONE_WORDS: Mapping[str, Words] = MappingProxyType(
    {
        "Asia/Shanghai": Words("北京时间", "Beijing time"),
        "Asia/Hong_Kong": Words("香港时间", "Hong Kong time"),
        "Asia/Singapore": Words("新加坡时间", "Singapore time"),
        "Asia/Tokyo": Words("东京时间", "Tokyo time"),
    }
)
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def zone_words(zone: str) -> Words:
    """What the public calls a zone; its own name where there is no other."""
    return ZONE_WORDS.get(zone, Words(f"{zone}时区时间", f"{zone} time"))


def day_in(at: datetime, zone: str, language: str) -> str:
    """2026年11月23日, 23 November 2026."""
    local = at.astimezone(ZoneInfo(zone))
    if language == "zh":
        return f"{local.year}年{local.month}月{local.day}日"
    return f"{local.day} {MONTHS[local.month - 1]} {local.year}"


def clock_in(at: datetime, zone: str, language: str) -> str:
    """20时15分 as papers write it, 20:15 in English."""
    local = at.astimezone(ZoneInfo(zone))
    return f"{local.hour}时{local.minute:02d}分" if language == "zh" else f"{local:%H:%M}"


def moment_in(at: datetime, zone: str, language: str, today: datetime) -> str:
    """The time of day, with its day where that is not the same."""
    here = ZoneInfo(zone)
    clock = clock_in(at, zone, language)
    if at.astimezone(here).date() == today.astimezone(here).date():
        return clock
    day = day_in(at, zone, language)
    return f"{day}{clock}" if language == "zh" else f"{clock} on {day}"


def span_in(span: timedelta, language: str) -> str:
    """1小时5分钟, 1 h 5 min; less than a minute in seconds."""
    seconds = max(int(span.total_seconds()), 0)
    hours, minutes = seconds // 3600, seconds // 60 % 60
    if language == "zh":
        parts = [f"{hours}小时"] * bool(hours) + [f"{minutes}分钟"] * bool(minutes)
        return "".join(parts) or f"{seconds}秒"
    parts = [f"{hours} h"] * bool(hours) + [f"{minutes} min"] * bool(minutes)
    return " ".join(parts) or f"{seconds} s"
