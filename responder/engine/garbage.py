"""The collector of garbage: it need not walk again and again what is there to stay."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def spared() -> Iterator[None]:
    """Whatever is loaded by now is taken to stay.

    Going through all modules, sites and statements holds up every thread for some 50 ms, and
    happens each time that enough messages have passed by.
    """
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
