"""Chat accounts: which person an account is, bound by a one-time code (P7).

A chat name proves nothing. A platform vouches for its account id; that the account is a person's
shows by a code that an administrator, or the person through a door already known, was given.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from responder.commands.command import Command, Reply, handles
from responder.commands.firm import note_fact, require_act
from responder.commands.linked import account_of, bot_name, by_account, by_person, first_talk
from responder.commands.pursuit import roster_in_force, roster_of
from responder.domain.people import CHAT
from responder.domain.record import By
from responder.domain.words import Words
from responder.errors import BadInput, Refused, UnknownId
from responder.ports.unit_of_work import UnitOfWork

CODE_LETTERS = 12
CODE_HOLDS = timedelta(minutes=15)
TRIES = 5
"""Wrong codes from one account within `CODE_HOLDS` before it has to wait."""


@dataclass(frozen=True)
class MakeLinkCode(Command):
    """A one-time code by which a person binds a chat account."""

    person: str


@dataclass(frozen=True)
class LinkAccount(Command):
    """An account shows the code: from now on it is that person."""

    platform: str
    account: str
    code: str


@dataclass(frozen=True)
class UnlinkAccount(Command):
    """An account is nobody's any more."""

    platform: str
    person: str


@dataclass(frozen=True)
class NameBot(Command):
    """What our bot is called on a platform: people find it by that name."""

    platform: str
    name: str


def person_of(uow: UnitOfWork, platform: str, account: str) -> str:
    """The person an account is bound to, if still in the contact manual; else `""`."""
    bound = uow.notes.get(by_account(platform, account))
    version = uow.sites.accepted()
    if not bound or version is None:
        return ""
    return bound if roster_of(uow, version).known(bound) else ""


def language_of(uow: UnitOfWork, platform: str, account: str) -> str:
    """The language of the person an account is bound to; `""` where it is nobody's."""
    person = person_of(uow, platform, account)
    return roster_in_force(uow).site.people[person].language if person else ""


def _code(code: str) -> str:
    """Codes are kept as their hashes: who reads the database can bind nothing."""
    return f"link_code.{sha256(code.encode()).hexdigest()}"


def _tries(platform: str, account: str) -> str:
    return f"link_tries.{platform}.{account}"


@handles(MakeLinkCode)
def make_link_code(command: MakeLinkCode, uow: UnitOfWork, now: datetime) -> Reply:
    """A code for oneself, or by an administrator for anyone. The record never holds it."""
    roster = roster_in_force(uow)
    if not roster.known(command.person):
        raise UnknownId("人员", "person", command.person, roster.site.people)
    own = command.by.person == command.person
    require_act("own_ways" if own else "administer", command.by, uow, now)
    code = uow.token()[:CODE_LETTERS]
    until = now + CODE_HOLDS
    uow.notes.put(_code(code), {"person": command.person, "until": until.isoformat()})
    note_fact(uow, "LinkCodeMade", command.by, now, person=command.person)
    minutes, link = int(CODE_HOLDS.total_seconds()) // 60, first_talk(uow, code)
    said = Words(
        f"绑定码：{code}，{minutes}分钟内有效，只能用一次。在聊天中发送：绑定 {code}"
        + f"；Telegram可直接打开：{link}" * bool(link),
        f"Code: {code}, good once within {minutes} minutes. In the chat, send: link {code}"
        + f"; for Telegram, open {link}" * bool(link),
    )
    facts = {"code": code, "until": until.isoformat(), "telegram": link}
    return Reply(command.person, said, facts)


@handles(NameBot)
def name_bot(command: NameBot, uow: UnitOfWork, _now: datetime) -> None:
    """Keep it for the links by which accounts are bound."""
    if uow.notes.get(bot_name(command.platform)) != command.name:
        uow.notes.put(bot_name(command.platform), command.name)


@handles(LinkAccount)
def link_account(command: LinkAccount, uow: UnitOfWork, now: datetime) -> Reply:
    """Bind the account; one that the person had before on this platform is let go.

    A code that does not hold answers with `linked: False` and counts as a try, on the record.
    """
    platform, account = command.platform, command.account
    if platform not in CHAT or not account:
        raise BadInput("没有这个聊天平台。", "There is no such chat platform.")
    if _tried(uow, platform, account, now) >= TRIES:
        return Reply("", WAIT, {"linked": False})
    key = _code(command.code)
    person = _owner(uow, key, now)
    if not person:
        _count_try(uow, platform, account, now)
        by = By("", command.by.door, account)
        note_fact(uow, "Refused", by, now, attempt="LinkAccount", why="no such code")
        return Reply("", NO_CODE, {"linked": False})
    uow.notes.put(key, None)
    _let_go(uow, platform, person, account)
    uow.notes.put(by_account(platform, account), person)
    uow.notes.put(by_person(platform, person), account)
    by = By(person, command.by.door, command.by.detail)
    note_fact(uow, "AccountLinked", by, now, person=person, platform=platform)
    owner = roster_in_force(uow).site.people[person]
    name = owner.name
    said = Words(
        f"已绑定：{name.zh}。此后您在这里的操作都记在您名下。",
        f"Linked: {name.en}. What you do here from now on is on record as yours.",
    )
    return Reply(person, said, {"linked": True, "language": owner.language})


NO_CODE = Words(
    "绑定码不对或已过期，没有绑定。请向系统管理授权人员要一个新的。",
    "That code is wrong or expired; nothing is linked. Ask an administrator for a new one.",
)
WAIT = Words(
    "错误次数过多，请15分钟后再试。",
    "Too many wrong codes; try again in 15 minutes.",
)


@handles(UnlinkAccount)
def unlink_account(command: UnlinkAccount, uow: UnitOfWork, now: datetime) -> Reply:
    """Let an account go: one's own, or by an administrator anyone's."""
    own = command.by.person == command.person
    require_act("own_ways" if own else "administer", command.by, uow, now)
    account = account_of(uow, command.platform, command.person)
    if not account:
        raise Refused(
            what_zh="没有绑定的账号。",
            what_en="No account is linked.",
        )
    uow.notes.put(by_account(command.platform, account), None)
    uow.notes.put(by_person(command.platform, command.person), None)
    note_fact(
        uow,
        "AccountUnlinked",
        command.by,
        now,
        person=command.person,
        platform=command.platform,
    )
    return Reply(
        command.person, Words("已解除绑定，立即生效。", "Unlinked, with immediate effect.")
    )


def _owner(uow: UnitOfWork, key: str, now: datetime) -> str:
    """Whose code it is, if it still holds and they are still in the contact manual."""
    found = uow.notes.get(key)
    if not found or datetime.fromisoformat(found["until"]) < now:
        return ""
    person: str = found["person"]
    return person if roster_in_force(uow).known(person) else ""


def _let_go(uow: UnitOfWork, platform: str, person: str, account: str) -> None:
    """One account a person and platform, one person an account."""
    if former := account_of(uow, platform, person):
        uow.notes.put(by_account(platform, former), None)
    holder = uow.notes.get(by_account(platform, account))
    if holder and holder != person:
        uow.notes.put(by_person(platform, holder), None)


def _tried(uow: UnitOfWork, platform: str, account: str, now: datetime) -> int:
    found = uow.notes.get(_tries(platform, account))
    if not found or datetime.fromisoformat(found["since"]) + CODE_HOLDS < now:
        return 0
    return int(found["count"])


def _count_try(uow: UnitOfWork, platform: str, account: str, now: datetime) -> None:
    count = _tried(uow, platform, account, now)
    since = uow.notes.get(_tries(platform, account))["since"] if count else now.isoformat()
    uow.notes.put(_tries(platform, account), {"count": count + 1, "since": since})
