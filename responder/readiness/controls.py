"""Every control, in the order of the standard. Importing a subject's file registers its judges."""

from responder.readiness import organisation
from responder.readiness.control import CONTROLS, Control

__all__ = ["every_control", "organisation"]


def every_control() -> tuple[Control, ...]:
    """All controls, in the order of their files and, within one, of its lines."""
    return tuple(CONTROLS.values())
