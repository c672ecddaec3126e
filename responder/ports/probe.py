"""The socket for being tried: what a channel's provider says before anything is sent by it."""

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from responder.domain.words import Words
from responder.ports.channel import Channel


@dataclass(frozen=True, slots=True)
class Lack:
    """What keeps a channel from all or some of its work, and the mend.

    A grave one keeps it from sending at all.
    """

    what: Words
    mend: Words
    is_grave: bool = True


@dataclass(frozen=True, slots=True)
class Probe:
    """What was learnt: the account we have there, as the provider names it, and what is lacking.

    `known_as` holds no secret.
    """

    known_as: str = ""
    lacks: tuple[Lack, ...] = ()


@runtime_checkable
class Probed(Channel, Protocol):
    """A channel that can be tried without anybody noticing."""

    async def probe(self) -> Probe:
        """Try the account: reach the provider, be let in, be allowed what sending takes.

        Nothing is sent to anybody. What goes wrong is a lack and no error; no request takes
        longer than one of a sending.
        """
        ...


def unreachable(where: str) -> Lack:
    """Nobody answers at an address, which holds no secret."""
    return Lack(
        Words(f"连不上{where}。", f"{where} does not answer."),
        Words("请检查网络、防火墙和地址设置。", "Check the network, the firewall and the address."),
    )
