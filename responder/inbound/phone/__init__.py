"""The telephone as a door: keys pressed in calls, what a provider reports, SMS, calls in."""

from responder.inbound.phone.door import PhoneDoor

__all__ = ["PhoneDoor"]
