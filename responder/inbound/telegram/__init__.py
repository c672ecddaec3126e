"""Telegram's door: what people write and press in private chats and in the firm's group."""

from responder.inbound.telegram.door import TelegramDoor

__all__ = ["TelegramDoor"]
