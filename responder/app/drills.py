"""A drill's archive as text, one file, exact in both directions."""

from hashlib import sha256
from typing import TYPE_CHECKING

from responder.errors import BadInput

if TYPE_CHECKING:
    from responder.domain.drill_archive import DrillArchive, TakenIn

HEAD = "responder-drill 1"


def archive_text(archive: "DrillArchive | TakenIn") -> str:
    """Two lines: what it is, with the hash of the second; and the drill as JSON.

    One taken in leaves as it came, byte for byte.
    """
    from responder.domain.drill_archive import TakenIn
    from responder.store.codec import encode

    body = archive.text if isinstance(archive, TakenIn) else encode(archive)
    return f"{HEAD} {_hash(body)}\n{body}\n"


def archive_from(text: str) -> "TakenIn":
    """What a file says. Raises BadInput for any other file, or one that was altered."""
    import msgspec

    from responder.domain.drill_archive import DrillArchive, TakenIn
    from responder.store.codec import decoder

    head, _, body = text.partition("\n")
    body = body.rstrip("\n")
    if not head.startswith(f"{HEAD} "):
        raise BadInput("这不是演练档案文件。", "This is no archive of a drill.")
    found = _hash(body)
    if head.removeprefix(f"{HEAD} ").strip() != found:
        raise BadInput(
            "演练档案已被改动，摘要值不符。",
            "The archive was altered: its hash does not fit.",
            "请向来源方重新索取。",
            "Ask whoever sent it for another copy.",
        )
    try:
        one = decoder(DrillArchive).decode(body)
    except msgspec.DecodeError as error:
        raise BadInput("演练档案读不出来。", "The archive cannot be read.") from error
    hashes = tuple(entry.hash for entry in one.entries)
    if not hashes:
        raise BadInput("演练档案没有记录。", "The archive holds no record of a drill.")
    return TakenIn(one.id, one.firm, one.record, one.names, one.units, hashes, body, found)


def _hash(body: str) -> str:
    return sha256(body.encode()).hexdigest()
