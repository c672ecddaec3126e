"""The telephone by Twilio: calls and SMS; its requests; the account tried."""

from responder.channels.phone.channel import Account, Twilio

__all__ = ["Account", "Twilio"]
