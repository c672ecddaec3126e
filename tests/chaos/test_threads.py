"""Threads that come upon a store at the same moment, when nothing in it is warm yet."""

import sys
from threading import Barrier, Thread

from responder.domain.site import Site
from responder.store.codec import decoder, encode
from tests.chaos import load
from tests.chaos.scene import NURSERY

THREADS = 6
PROCESSES = 12


def at_once(document: str) -> None:
    """The first reading in a process, by several threads together."""
    sys.setswitchinterval(1e-5)
    start = Barrier(THREADS)

    def read() -> None:
        start.wait()
        assert decoder(Site).decode(document) == load.site()

    threads = [Thread(target=read) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_first_readings_at_once_crash_nothing() -> None:
    """A process that serves from several threads lives through its first moments."""
    document = encode(load.site())
    for _ in range(PROCESSES):
        process = NURSERY.Process(target=at_once, args=(document,))
        process.start()
        process.join()
        assert process.exitcode == 0
