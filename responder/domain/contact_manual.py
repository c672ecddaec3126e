"""The contact manual (应急处置联络手册, JR/T 0099 7.1 o) as it is printed."""

from dataclasses import dataclass
from datetime import datetime

from responder.domain.site import Site

SIZES = ("a4", "a6")


@dataclass(frozen=True, slots=True)
class ContactManual:
    """A manual: all of a site's people and units, as of a version of it; `made_at` in its zone."""

    site: Site
    version: str
    made_at: datetime
    size: str = "a4"
