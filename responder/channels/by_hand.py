"""By hand: a human dials. The message stands on the list of calls until a human says what came."""

from responder.domain.message import Message
from responder.domain.people import BY_HAND
from responder.ports.channel import Fate, Receipt
from responder.ports.renderer import Text


class ByHand:
    """Ways no machine can take: short numbers, extensions, fax, a platform, in person."""

    name = "by_hand"
    vias = frozenset({BY_HAND})
    real = False

    async def send(self, message: Message, text: Text) -> Receipt:  # noqa: ARG002 - shown from the outbox
        """Accepted: it stands on the list, and nobody was reached yet."""
        return Receipt(Fate.ACCEPTED, message.id)

    async def look_up(self, message: Message) -> Receipt | None:
        """It stands on the list: the outbox is the list."""
        return Receipt(Fate.ACCEPTED, message.id)

    async def close(self) -> None:
        """Nothing is kept open."""
