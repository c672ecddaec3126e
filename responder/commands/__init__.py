"""Use cases, in rooms by subject: each a plain function of command, unit of work and now.

What lies flat here is the kernel that the rooms stand on; `engine_work` and `subjects` alone stand
above them. The order of the rooms is the contract "subjects" in `pyproject.toml`.

Who only asks imports the query alone. Who carries out commands takes `handle` from
`responder.commands.subjects`, which imports every subject, or from here, which does so in time.
"""

from datetime import datetime
from typing import Any

from responder.commands.command import Command, Reply
from responder.ports.unit_of_work import UnitOfWork

__all__ = ["Command", "Reply", "handle"]


def handle(command: Command, uow: UnitOfWork, now: datetime) -> Any:
    """Carry out a command, once every subject is there. Raises Refused."""
    from responder.commands import subjects  # noqa: PLC0415 - a question needs none of them

    return subjects.handle(command, uow, now)
