"""Who wants to hear of commits."""

import logging
from collections.abc import Callable
from threading import Lock

Wake = Callable[[], None]

_log = logging.getLogger(__name__)


class Subscribers:
    """Callbacks to be called soon after each commit. One that fails does not stop the others."""

    def __init__(self) -> None:
        self._wakes: tuple[Wake, ...] = ()
        self._lock = Lock()

    def __bool__(self) -> bool:
        return bool(self._wakes)

    def add(self, wake: Wake) -> Callable[[], None]:
        """Add one; returns what takes it away again."""

        def called() -> None:
            wake()

        with self._lock:
            self._wakes = (*self._wakes, called)

        def unsubscribe() -> None:
            with self._lock:
                self._wakes = tuple(one for one in self._wakes if one is not called)

        return unsubscribe

    def wake(self) -> None:
        """Call them all."""
        for wake in self._wakes:
            try:
                wake()
            except Exception:  # noqa: BLE001 - its own affair, and the commit stands
                _log.exception("a subscriber to commits failed")
