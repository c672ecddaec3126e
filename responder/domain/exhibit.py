"""Evidence: files kept as they were, and who answered for each of them when (7.2, 7.3)."""

import unicodedata
from dataclasses import dataclass
from datetime import datetime

LONGEST_NAME = 120
INVISIBLE = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
UNSAFE = str.maketrans(dict.fromkeys('<>:"|?*%', "_"))
RESERVED = {"con", "prn", "aux", "nul", *(f"{p}{n}" for p in ("com", "lpt") for n in range(1, 10))}
"""What Windows takes for devices, whatever stands behind the first dot."""
NAMELESS = "file"


@dataclass(slots=True)
class Exhibit:
    """A file kept as evidence: what it is by its hash, and who has custody of it.

    `id` counts within the incident. `media` is what the door said the file is (`text/plain`).
    `offered_to` is asked to take custody, which changes hands when they accept.
    """

    id: str
    incident: str
    name: str
    sha256: str
    size: int
    added_at: datetime
    added_by: str
    door: str
    custodian: str
    media: str = ""
    note: str = ""
    offered_to: str = ""

    @property
    def key(self) -> str:
        """The id under which it is kept."""
        return f"{self.incident}/{self.id}"


def safe_name(given: str) -> str:
    """A name that is harmless on every system, on paper and on a screen.

    What would lead to another folder, cannot be seen, or turns the direction of reading is left
    out; the ending stays.
    """
    last = unicodedata.normalize("NFC", given).replace("\\", "/").rstrip("/").rpartition("/")[2]
    seen = "".join(c for c in last if unicodedata.category(c) not in INVISIBLE)
    bare = seen.translate(UNSAFE).strip(" .")
    stem, dot, ending = bare.rpartition(".")
    if not dot or len(ending) > 10:
        stem, dot, ending = bare, "", ""
    stem = stem[: LONGEST_NAME - len(dot + ending)].rstrip(" .") or NAMELESS
    reserved = stem.partition(".")[0].casefold() in RESERVED
    return f"{'_' * reserved}{stem}{dot}{ending}"
