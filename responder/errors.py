"""Every error a person can meet, as one tree.

ResponderError                 what happened and the mend, in both languages
├── Refused                    the request is understood and not carried out; nothing changed
│   ├── NotAllowed             the person may not do this
│   ├── UnknownId              no such person, role, playbook, incident, decision …
│   ├── IllegalChange          the state does not allow it; the legal ones are named
│   └── BadInput               a value cannot be used as given
├── SiteDoesNotLoad            a site file cannot be read: file and line
├── StoreError                 the database cannot serve
│   ├── StoreBusy              another engine holds the database
│   ├── StoreFull              the disk is full; the command is not carried out
│   ├── StoreReadOnly          the database cannot be written
│   ├── StoreCorrupt           the database fails its integrity check
│   ├── StoreTooNew            the database was written by a newer release
│   ├── StoreTooOld            the database is to be migrated first
│   └── StoreUnreachable       the database does not answer
├── BeyondCalendar             a day lies past what a calendar knows
│   └── NoCalendar             there is no such calendar at all
├── VaultUnusable              a file of evidence cannot be kept or read
├── PaperFailed                a PDF could not be made
└── SettingError               a setting is missing or wrong

A class carries its texts; an instance fills in the facts. The first sentence says what and
where, `mend` says what to do about it.
"""

from datetime import date
from difflib import get_close_matches
from typing import Any, ClassVar

LONGEST_ID = 80
"""What is echoed of an id that is none."""


class ResponderError(Exception):
    """Something a person has to be told, in their language, with the mend."""

    zh: ClassVar[str] = "{what_zh}"
    en: ClassVar[str] = "{what_en}"
    mend_zh: ClassVar[str] = ""
    mend_en: ClassVar[str] = ""

    def __init__(self, **facts: Any) -> None:
        self.facts = facts
        super().__init__(self.said("en"))

    def said(self, language: str) -> str:
        """What happened and the mend, as one line in `language`."""
        what, mend = (self.en, self.mend_en) if language == "en" else (self.zh, self.mend_zh)
        return " ".join(part.format(**self.facts) for part in (what, mend) if part)


class Refused(ResponderError):
    """The request is understood and not carried out; nothing changed."""


class NotAllowed(Refused):
    """The person may not do this; who may is named."""

    zh = "{person}无权{what_zh}。"
    en = "{person} may not {what_en}."
    mend_zh = "可由{who_zh}办理。"
    mend_en = "It can be done by {who_en}."


class NoSite(Refused):
    """The database holds no site: nobody to call, nothing to call them for."""

    zh = "数据库中还没有站点数据。"
    en = "The database holds no site yet."
    mend_zh = "请先执行 responder serve，由它载入站点文件。"
    mend_en = "Start the service first: responder serve takes the site’s files in."


class UnknownId(Refused):
    """There is no such thing; near misses are offered."""

    zh = "没有编号为“{id}”的{kind_zh}。"
    en = "There is no {kind_en} “{id}”."
    mend_zh = "{near_zh}"
    mend_en = "{near_en}"

    def __init__(self, kind_zh: str, kind_en: str, id: str, known: Any = ()) -> None:
        id = id if len(id) <= LONGEST_ID else f"{id[:LONGEST_ID]}…"
        near = get_close_matches(id, list(known), n=3, cutoff=0.5)
        super().__init__(
            kind_zh=kind_zh,
            kind_en=kind_en,
            id=id,
            near_zh=f"您是否指：{'、'.join(near)}？" if near else "请核对编号。",
            near_en=f"Did you mean {', '.join(near)}?" if near else "Check the id.",
        )


class IllegalChange(Refused):
    """The state does not allow the change; the legal ones are named."""

    zh = "{subject}当前为“{state}”，不能改为“{wanted}”。"
    en = "{subject} is {state} and cannot become {wanted}."
    mend_zh = "可改为：{legal}。"
    mend_en = "It can become: {legal}."


class BadInput(Refused):
    """A value cannot be used as given."""

    zh = "{what_zh}"
    en = "{what_en}"
    mend_zh = "{mend_zh}"
    mend_en = "{mend_en}"

    def __init__(self, what_zh: str, what_en: str, mend_zh: str = "", mend_en: str = "") -> None:
        super().__init__(what_zh=what_zh, what_en=what_en, mend_zh=mend_zh, mend_en=mend_en)


class SiteDoesNotLoad(ResponderError):
    """A site file cannot be read; `file` and `line` say where, and `place` says both."""

    zh = "{place}: {what_zh}"
    en = "{place}: {what_en}"
    mend_zh = "{mend_zh}"
    mend_en = "{mend_en}"


class StoreError(ResponderError):
    """The database cannot serve; nothing of the command was carried out."""


class StoreBusy(StoreError):
    """Another engine holds the database."""

    zh = "数据库{where}正由另一个服务进程使用。"
    en = "The database {where} is held by another engine."
    mend_zh = "请先停掉那个 `responder serve`，再重试。"
    mend_en = "Stop the other `responder serve` first, then try again."


class StoreFull(StoreError):
    """The disk is full."""

    zh = "数据库{where}所在磁盘已满，本次操作没有执行。"
    en = "The disk of the database {where} is full; this was not carried out."
    mend_zh = "请腾出空间后重试；紧急时按应急处置联络手册人工联络。"
    mend_en = "Free some space and try again; meanwhile work by hand from the contact manual."


class StoreReadOnly(StoreError):
    """The database cannot be written."""

    zh = "数据库{where}只读，本次操作没有执行。"
    en = "The database {where} is read-only; this was not carried out."
    mend_zh = "请检查文件与目录的写权限后重试。"
    mend_en = "Check that the file and its folder can be written, then try again."


class StoreCorrupt(StoreError):
    """The database fails its integrity check."""

    zh = "数据库{where}已损坏：{why}。"
    en = "The database {where} is damaged: {why}."
    mend_zh = "请另存该文件作为证据，再从备份恢复；不要在其上继续运行。"
    mend_en = "Keep the file as evidence and restore a backup; do not run on it."


class StoreTooNew(StoreError):
    """The database was written by a newer release."""

    zh = "数据库{where}由更新的版本写成（{found}），本版本只认识到{known}。"
    en = "The database {where} was written by a newer release ({found}); this one knows {known}."
    mend_zh = "请使用更新的版本运行。"
    mend_en = "Run the newer release."


class StoreTooOld(StoreError):
    """The database lacks migrations of this release."""

    zh = "数据库{where}尚未升级到本版本（缺少{lacking}）。"
    en = "The database {where} is not yet up to date with this release (it lacks {lacking})."
    mend_zh = "请先运行 `responder migrate`。"
    mend_en = "Run `responder migrate` first."


class StoreUnreachable(StoreError):
    """The database does not answer."""

    zh = "连接不上数据库{where}：{why}。"
    en = "The database {where} cannot be reached: {why}."
    mend_zh = "请检查地址、网络与数据库服务。"
    mend_en = "Check its address, the network and the database service."


class BeyondCalendar(ResponderError):
    """A day lies past what a calendar knows. Nothing is guessed in its place."""

    zh = "日历“{calendar}”只收录{since}至{until}，{day}是否工作日或交易日无从得知。"
    en = (
        "The calendar {calendar} is known from {since} to {until} only; whether {day} is a day of"
        " work or trading cannot be told."
    )
    mend_zh = "请按国务院办公厅或交易所的通知补入 playbooks/calendars/{calendar}.yaml。"
    mend_en = "Put the authority's or exchange's notice into playbooks/calendars/{calendar}.yaml."

    def __init__(self, calendar: str, day: date, since: date, until: date) -> None:
        super().__init__(calendar=calendar, day=day, since=since, until=until)


class NoCalendar(BeyondCalendar):
    """There is no such calendar."""

    zh = "没有日历“{calendar}”，无法计算工作日或交易日。"
    en = "There is no calendar “{calendar}” to count days of work or trading by."

    def __init__(self, calendar: str) -> None:
        ResponderError.__init__(self, calendar=calendar)


class VaultUnusable(ResponderError):
    """A file of evidence cannot be kept or read; nothing about it was put on record."""

    zh = "存证文件{where}不可用：{why_zh}。"
    en = "The file of evidence {where} cannot be used: {why_en}."
    mend_zh = "请检查 RESPONDER_FILES_DIR 所指的文件夹、磁盘空间与权限；文件缺失时从备份恢复。"
    mend_en = "Check the folder of RESPONDER_FILES_DIR, its space, its rights; restore a lost file."


class PaperFailed(ResponderError):
    """A paper could not be made; nothing else is touched by that."""

    zh = "文件（{kind}）未能生成：{why}。"
    en = "The paper ({kind}) could not be made: {why}."
    mend_zh = "请重试一次；仍不成功的，请连同本行报给维护人员，处置记录不受影响。"
    mend_en = "Try once more; if it fails again, report this line. The record is untouched."


class NotStamped(ResponderError):
    """A time-stamping authority gave no time stamp; the bundle can do without."""

    zh = "时间戳服务{where}没有给出时间戳：{why_zh}。"
    en = "The time-stamping service {where} gave no time stamp: {why_en}."
    mend_zh = "存证包照常有效。请检查 evidence.tsa_url 与网络，需要时间戳的重新导出一次。"
    mend_en = "The bundle is as good without. Check evidence.tsa_url, then export it once more."


class SettingError(ResponderError):
    """A setting is missing or wrong."""

    zh = "设置项{key}有误：{why_zh}。"
    en = "The setting {key} is wrong: {why_en}."
    mend_zh = "{mend_zh}"
    mend_en = "{mend_en}"
