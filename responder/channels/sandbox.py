"""The sandbox: every way, nothing leaves the machine, and nobody's phone rings."""

from datetime import timedelta

from responder.domain.message import Message
from responder.domain.outlet import OUTLET_VIAS
from responder.domain.people import CHAT, RINGING, WRITTEN
from responder.ports.channel import Fate, Receipt
from responder.ports.renderer import Text

RINGS_FOR = timedelta(seconds=25)
"""How long a call rings before it is given up."""


class Sandbox:
    """Takes everything at once. What was sent is in the outbox, where the handsets show it."""

    name = "sandbox"
    vias = frozenset((*CHAT, *WRITTEN, *RINGING, *OUTLET_VIAS))
    real = False

    async def send(self, message: Message, text: Text) -> Receipt:  # noqa: ARG002 - the outbox has it
        """Delivered. A call occupies its line while it rings, and is never dialled."""
        rings_for = RINGS_FOR if message.via in RINGING else None
        return Receipt(Fate.DELIVERED, message.id, rings_for=rings_for)

    async def look_up(self, message: Message) -> Receipt | None:  # noqa: ARG002 - nothing is kept
        """Nothing it takes gets lost on the way: what is in doubt was not taken."""
        return None

    async def close(self) -> None:
        """Nothing is kept open."""
