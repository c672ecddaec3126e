"""Slack comes in: by Socket Mode where there is an app token, else by signed requests."""

from responder.inbound.slack.door import SlackDoor

__all__ = ["SlackDoor"]
