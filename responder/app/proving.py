"""Sharing a proof out among processors: each takes one playbook after the other."""

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from responder.domain.playbook import Playbook
    from responder.domain.roster import Roster
    from responder.readiness.proof.prove import Searching
    from responder.readiness.proof.question import Found, Question

LEAST_SHARED = 4
"""Fewer playbooks are done sooner than other processes have started."""


def shared_out(seen: Callable[[], None], processors: int | None = None) -> "Searching":
    """A search that uses all processors and says after each playbook that it is done.

    The processes begin afresh, so that nothing open here is theirs too.
    """
    import os

    many = processors or os.cpu_count() or 1

    def searching(
        roster: "Roster", playbooks: "Sequence[Playbook]", question: "Question"
    ) -> "Iterator[Found]":
        if many == 1 or len(playbooks) < LEAST_SHARED:
            yield from _alone(roster, playbooks, question, seen)
        else:
            yield from _together(many, roster, playbooks, question, seen)

    return searching


def _alone(
    roster: "Roster",
    playbooks: "Sequence[Playbook]",
    question: "Question",
    seen: Callable[[], None],
) -> "Iterator[Found]":
    from responder.readiness.proof.prove import one_by_one

    for found in one_by_one(roster, playbooks, question):
        seen()
        yield found


def _together(
    many: int,
    roster: "Roster",
    playbooks: "Sequence[Playbook]",
    question: "Question",
    seen: Callable[[], None],
) -> "Iterator[Found]":
    from concurrent.futures import ProcessPoolExecutor, as_completed
    from multiprocessing import get_context

    from responder.readiness.proof.search import search

    apart = get_context("spawn")
    with ProcessPoolExecutor(many, apart, initializer=_end_with_parent) as pool:
        under_way = [pool.submit(search, roster, playbook, question) for playbook in playbooks]
        try:
            for done in as_completed(under_way):
                seen()
                yield done.result()
        finally:
            pool.shutdown(cancel_futures=True)


def _end_with_parent() -> None:
    """Nobody waits for a process whose parent was killed: it ends with it."""
    import os
    from multiprocessing import parent_process
    from threading import Thread

    def wait() -> None:
        if parent := parent_process():
            parent.join()
        os._exit(1)

    Thread(target=wait, daemon=True).start()
