"""Acting and looking from the command line: who acts, with which words the answer is given."""

import os
import pwd
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import click

from responder import app
from responder.app import App
from responder.cli.given import Given
from responder.cli.plainly import say_json, settings_for
from responder.commands.command import Command, Reply
from responder.commands.queries import sending
from responder.domain.record import By
from responder.errors import BadInput, ResponderError, UnknownId
from responder.settings import Settings

__all__ = [
    "DOOR",
    "act",
    "answer",
    "house_to_act_in",
    "looking",
    "os_user",
    "say_json",
    "settings_for",
]
DOOR = "cli"
LONGEST_CLAIM = 80
NOT_SENDING = {
    "stopped": (
        "注意：服务没有运行，现在什么都没有发出去；请立即执行 responder serve。",
        "Warning: no engine is running; nothing is sent until `responder serve` runs.",
    ),
    "halted": (
        "注意：外发已被停止（halt），现在什么都没有发出去；恢复请执行 responder resume。",
        "Warning: everything outgoing is halted; nothing is sent until `responder resume`.",
    ),
}


@contextmanager
def looking(given: Given) -> Iterator[App]:
    """The house to look at; nothing in it is changed."""
    settings = settings_for(given)
    if not app.has_database(settings):
        raise BadInput(
            f"还没有数据库（{settings.database_url}），没有可看的记录。",
            f"There is no database yet ({settings.database_url}), so nothing is on record.",
            "用 responder serve 启动，或用 declare 发起第一个事件。",
            "Start with `responder serve`, or declare the first incident.",
        )
    with app.opened(settings, read_only=True) as house:
        with suppress(ResponderError):
            _speak(given, house)
        yield house


@contextmanager
def house_to_act_in(given: Given, door: str = DOOR) -> Iterator[tuple[App, By]]:
    """The house with its files taken if it is new, and who acts in it."""
    by = By(_claimed(given), door, os_user())
    settings = settings_for(given)
    try:
        with app.opened(settings) as house:
            if house.version() is None:
                house.take_files(By("", door, os_user()))
            _identify(given, house, by)
            yield house, by
    except ResponderError:
        _speak_from_files(given, settings)
        raise


def act(given: Given, kind: type[Command], pages: bool = False, **fields: Any) -> Reply:
    """Carry out a command as the person who acts, and say what became of it.

    One that `pages` warns when no engine is there to send anything.
    """
    with house_to_act_in(given) as (house, by):
        reply: Reply = house.execute(kind(by=by, **fields))
        state = house.read(sending) if pages else "running"
    answer(given, reply)
    if state != "running" and not reply.ask:
        click.echo(given.said(*NOT_SENDING[state]), err=True)
    if reply.ask:
        raise click.exceptions.Exit(1)
    return reply


def answer(given: Given, reply: Reply) -> None:
    """A reply: one object in JSON, else its sentence; a question goes to stderr."""
    said = reply.said.said(given.language)
    if given.as_json:
        asked = {"ask": reply.ask} if reply.ask else {}
        say_json({"id": reply.id, "said": said, **reply.facts, **asked})
    if reply.ask or not given.as_json:
        click.echo(said or reply.id, err=bool(reply.ask))


def os_user() -> str:
    """The operating-system user, from the system and not from what the environment claims."""
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return f"uid {os.getuid()}"


def _claimed(given: Given) -> str:
    if given.acting:
        return given.acting
    raise BadInput(
        "没有说明由谁操作。",
        "Nobody is named as acting.",
        "请加 --as 人员编号，或设置 RESPONDER_AS；编号可用 responder who 查看。",
        "Add --as PERSON, or set RESPONDER_AS; `responder who` shows the ids.",
    )


def _identify(given: Given, house: App, by: By) -> None:
    """Only known people act (P7); an unknown one is refused and the attempt kept."""
    roster = house.roster()
    if roster.known(by.person):
        _speak(given, house)
        return
    refusal = UnknownId("人员", "person", by.person, roster.site.people)
    claim = by.person[:LONGEST_CLAIM]
    house.refused(By("", by.door, by.detail), "", f"act as {claim}", refusal.said("en"))
    raise refusal


def _speak(given: Given, house: App) -> None:
    person = house.roster().site.people.get(given.acting)
    given.speaks = person.language if person else given.speaks


def _speak_from_files(given: Given, settings: Settings) -> None:
    """Where the database failed before it could say who acts, the files may know."""
    if given.speaks or given.lang:
        return
    with suppress(ResponderError):
        person = app.files_of(settings.site).people.get(given.acting)
        given.speaks = person.language if person else ""
