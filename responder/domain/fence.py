"""The fence around a drill (P5): whether a message may leave, judged below every channel.

Whoever wrote the message, and whatever it is about: what belongs to a drill is marked first, and
goes to a person on the drill's list or into the drill's own room; never to an outlet or a unit.
"""

from collections.abc import Collection

from responder.domain.message import FOR_ROOMS, Message

SERIES = "DRL-"
FIRST_WORDS = ("【演练】", "演练：", "演练，演练。", "演练。", "DRILL", "This is a drill.")
"""How every text and call of a drill begins, in one language or the other."""


def is_of_a_drill(message: Message) -> bool:
    """Whether a message belongs to a drill, by its subject or by its mark."""
    return message.drill or message.incident.startswith(SERIES)


def breach(message: Message, words: str, recipients: Collection[str]) -> str:
    """Why a drill's message must not leave; `""` where it may, and for what is of no drill.

    `words` are what would be said; `recipients` the drill's list, empty where a drill was declared
    without one: then everybody in the contacts takes part, and nobody else.
    """
    if not is_of_a_drill(message):
        return ""
    if not message.drill:
        return "a drill's message without its mark"
    if not words.startswith(FIRST_WORDS):
        return "a drill's words without their mark"
    if not message.person:
        return "" if message.purpose in FOR_ROOMS else "a drill speaks to nobody outside"
    if recipients and message.person not in recipients:
        return "not on the drill's list"
    return ""
