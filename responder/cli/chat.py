"""`chat`: a prompt with the commands of every chat, for the terminal and for pipes."""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from types import ModuleType

import click

from responder import app
from responder.app import App
from responder.cli.acting import house_to_act_in
from responder.cli.failing import failed, one_line
from responder.cli.frame import command
from responder.cli.given import Given
from responder.commands.paging.screen import screen
from responder.domain.record import By
from responder.inbound.language.conversation import Answer, Conversation
from responder.inbound.language.speak import Interpreter
from responder.inbound.language.words import VERBS

DOOR = "chat"
HISTORY = "chat_history"
LONGEST_HISTORY = 500
LEAVE = frozenset({"quit", "exit", "q", "退出"})


@command(
    "chat",
    "对话：用聊天命令处置事件。发送“帮助”看全部命令，q 退出；也可逐行从管道读入",
    "Talk: the chat commands at a prompt. “help” lists them, q quits; lines may come from a pipe",
)
def chat(given: Given) -> None:
    """Answer line by line; from a pipe, fail if anything was refused."""
    with house_to_act_in(given, DOOR) as (house, by):
        talk = Talk(given, house, by)
        if sys.stdin.isatty():
            talk.at_a_prompt()
        elif not talk.through(sys.stdin):
            raise click.exceptions.Exit(1)


class Talk:
    """One person's conversation in a terminal."""

    def __init__(self, given: Given, house: App, by: By) -> None:
        self.given, self.house, self.by = given, house, by
        self.interpreter = Interpreter(house, app.words_for)
        self.conversation = Conversation(language=given.lang, alone=True)
        self.seen: set[str] = set()

    def at_a_prompt(self) -> None:
        """Ask and answer until the person leaves."""
        said = self.given.said
        with line_editing(self.words, self.given.var / HISTORY if self.given.var else None):
            click.echo(said("发送“帮助”看全部命令，q 退出。", "“help” lists everything, q quits."))
            self._news()
            while (line := self._asked()) is not None:
                if line.strip():
                    self.say(line)
                for news in self._news():
                    click.echo(one_line(f"◂ {news}"))

    def through(self, lines: Iterable[str]) -> bool:
        """Answer every line; whether none was refused or still waits for a word."""
        fine = [self.say(line) for line in lines if line.strip()]
        return all(fine) and not self.conversation.waiting

    def say(self, line: str) -> bool:
        """Speak a line and show the answer; whether it was not refused."""
        try:
            answer = self.interpreter.speak(line.rstrip("\n"), self.by, self.conversation)
        except Exception as error:  # noqa: BLE001 - our own fault must not end the conversation
            failed(error, self.given)
            return False
        self._show(answer)
        return not answer.refused

    def _show(self, answer: Answer) -> None:
        for line in answer.numbered.splitlines():
            click.echo(one_line(line))

    def _asked(self) -> str | None:
        try:
            line = input(f"{self._prompt()}> ")
        except (EOFError, KeyboardInterrupt):
            click.echo()
            return None
        return None if line.strip().casefold() in LEAVE else line

    def _prompt(self) -> str:
        return self.conversation.incident or self.by.person

    def _news(self) -> list[str]:
        """What came to the person's sandbox phone since last looked at."""
        found = self.house.read(partial(screen, person=self.by.person)).messages
        fresh = [m for m in found if m.id not in self.seen]
        self.seen.update(m.id for m in fresh)
        return [" ".join(m.text.split()) for m in fresh if m.text]

    def words(self) -> list[str]:
        """Verbs, ids and people, as they may be typed now."""
        site = self.house.roster().site
        found = self.house.read(lambda uow, _now: [*uow.incidents.open(), *uow.warnings.open()])
        verbs = [word for verb in VERBS for phrase in verb.phrases for word in phrase.split()]
        names = [person.name.said(self.given.language) for person in site.people.values()]
        return [*verbs, *found, *site.people, *names, *site.playbooks, *site.systems]


@contextmanager
def line_editing(words: Callable[[], Iterable[str]], history: Path | None) -> Iterator[None]:
    """Completion by Tab, and a history for its owner alone; neither where there is no readline."""
    try:
        import readline  # noqa: PLC0415 - not on every system, and for a terminal only
    except ImportError:
        yield
        return
    found: list[str] = []

    def complete(text: str, place: int) -> str | None:
        if place == 0:
            found[:] = completions(text, words())
        return found[place] if place < len(found) else None

    readline.set_completer(complete)
    readline.set_completer_delims(" \t\n=")
    libedit = "libedit" in (readline.__doc__ or "")
    readline.parse_and_bind("bind ^I rl_complete" if libedit else "tab: complete")
    with suppress(OSError):
        if history is not None and history.exists():
            readline.read_history_file(history)
    try:
        yield
    finally:
        readline.set_completer(None)
        with suppress(OSError):
            _keep(readline, history)


def _keep(readline: ModuleType, history: Path | None) -> None:
    if history is not None:
        history.touch(mode=0o600)
        readline.set_history_length(LONGEST_HISTORY)
        readline.write_history_file(history)


def completions(text: str, words: Iterable[str]) -> list[str]:
    """The words that begin with what is typed; a person may be written with an @."""
    at = "@" if text.startswith("@") else ""
    begun = text.removeprefix("@").casefold()
    return sorted({f"{at}{word} " for word in words if word.casefold().startswith(begun)})
