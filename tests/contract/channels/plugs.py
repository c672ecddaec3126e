"""Every door out, ready to be tried. A new channel joins here, with a fake of its provider."""

from collections.abc import Callable
from functools import cache

from responder.channels.by_hand import ByHand
from responder.channels.sandbox import RINGS_FOR, Sandbox
from responder.ports.channel import Channel
from tests.fakes.http_channel import HttpChannel
from tests.fakes.provider import Provider


@cache
def provider() -> Provider:
    """One provider for all of these tests; its thread ends with the process."""
    return Provider().__enter__()


def http() -> Channel:
    """The channel that the tests of kills send by."""
    return HttpChannel(provider().url, rings_for=RINGS_FOR)


PLUGS: dict[str, Callable[[], Channel]] = {"sandbox": Sandbox, "by_hand": ByHand, "http": http}
"""How each channel is made for these tests: its provider, if any, takes what it is given."""
