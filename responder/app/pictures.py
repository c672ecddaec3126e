"""Pictures: what a simulation tells, drawn."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from responder.domain.site import Site


def simulation_drawn(
    site: "Site",
    found: Mapping[str, Any],
    clocks: Sequence[Mapping[str, Any]],
    level: int,
    language: str,
    kind: str,
) -> bytes:
    """What `simulate` found, as a picture: people down, time across. `kind` is svg or png."""
    from responder.documents.simulated import Simulated
    from responder.documents.simulated_picture import picture_of

    picture = picture_of(Simulated(site, found, clocks, level, language))
    if kind == "svg":
        return picture.svg().encode()
    from responder.documents.drawing import png

    return png(picture)
