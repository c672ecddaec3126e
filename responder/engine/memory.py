"""The engine's way to the store: commands to carry out, questions to ask, both awaited."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, Protocol, TypeVar

from responder.commands.command import Command
from responder.ports.unit_of_work import UnitOfWork

T = TypeVar("T")

Execute = Callable[[Command], "Future[Any]"]
"""Carries out a command in a transaction of its own, in the order given."""
Reached = Callable[[str], None]
"""Called at named points, so that a test can kill the process exactly there."""


class Query(Protocol):
    """Asks on a consistent snapshot."""

    def __call__(self, work: Callable[[UnitOfWork], T], /) -> T: ...


class Memory:
    """What the engine knows of the store: nothing but this."""

    def __init__(self, execute: Execute, query: Query) -> None:
        self._execute = execute
        self._query = query

    def begin(self, command: Command) -> "Future[Any]":
        """Let a command be carried out; from any thread."""
        return self._execute(command)

    async def do(self, command: Command) -> Any:
        """Carry out a command; it is durable once this returns."""
        return await asyncio.wrap_future(self._execute(command))

    async def ask(self, work: Callable[[UnitOfWork], T]) -> T:
        """Ask without keeping the loop: a database may be slow, or gone."""
        return await asyncio.to_thread(self._query, work)
