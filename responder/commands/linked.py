"""Where it is kept which account on a platform is whose."""

from responder.domain.people import CHAT, Person, Way
from responder.ports.unit_of_work import UnitOfWork


def by_account(platform: str, account: str) -> str:
    """The note that holds an account's person."""
    return f"account.{platform}.{account}"


def by_person(platform: str, person: str) -> str:
    """The note that holds a person's account."""
    return f"linked.{platform}.{person}"


def account_of(uow: UnitOfWork, platform: str, person: str) -> str:
    """The account a person has bound on a platform, else `""`."""
    return uow.notes.get(by_person(platform, person)) or ""


def address(uow: UnitOfWork, person: Person, way: Way) -> str:
    """Where a way leads: a chat way without an account leads to the one bound."""
    if way.to or way.via not in CHAT:
        return way.to
    return account_of(uow, way.via, person.id)


def without_account(uow: UnitOfWork, platform: str) -> list[Person]:
    """People of the site in force whom a platform is to reach, and who have no account there."""
    version = uow.sites.accepted()
    people = uow.sites.get(version).people.values() if version else ()
    return [
        person
        for person in people
        if (lines := person.lines(platform))
        and not any(address(uow, person, line) for line in lines)
    ]


def bot_name(platform: str) -> str:
    """The note that holds what our bot is called on a platform."""
    return f"bot.{platform}"


def first_talk(uow: UnitOfWork, code: str) -> str:
    """The link that shows a code to our Telegram bot; `""` before the bot has been there.

    https://core.telegram.org/bots/features#deep-linking
    """
    bot = uow.notes.get(bot_name("telegram"))
    return f"https://t.me/{bot}?start={code}" if bot else ""
