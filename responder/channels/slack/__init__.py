"""Slack: private messages, channels, cards; what refusals mean; the app tried."""

from responder.channels.slack.channel import Slack

__all__ = ["Slack"]
