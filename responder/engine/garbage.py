"""The collector of garbage: it need not walk again and again what is there to stay."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

NEW = 10_000
"""New objects before the collector looks at them. A message in flight is some ten, and soon gone
of itself: at Python's default of 700, the collector walks again and again through those."""


@contextmanager
def spared() -> Iterator[None]:
    """Whatever is loaded by now is taken to stay.

    Going through all modules, sites and statements holds up every thread for some 50 ms, and
    happens each time that enough messages have passed by.
    """
    before = gc.get_threshold()
    gc.collect()
    gc.freeze()
    gc.set_threshold(NEW, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()
