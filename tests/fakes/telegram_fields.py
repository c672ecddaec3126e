"""What a request to the Bot API may hold: the methods we use, their fields, types and limits.

After https://core.telegram.org/bots/api (10.1). `!` marks what is required.
"""

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

FIELDS: dict[str, dict[str, str]] = {
    "getFile": {"file_id": "string!"},
    "getMe": {},
    "getChat": {"chat_id": "chat!"},
    "getChatMember": {"chat_id": "chat!", "user_id": "integer!"},
    "getUpdates": {
        "offset": "integer",
        "limit": "integer",
        "timeout": "integer",
        "allowed_updates": "strings",
    },
    "setWebhook": {
        "url": "string!",
        "max_connections": "integer",
        "allowed_updates": "strings",
        "drop_pending_updates": "boolean",
        "secret_token": "secret",
    },
    "deleteWebhook": {"drop_pending_updates": "boolean"},
    "setMyCommands": {"commands": "commands!", "language_code": "language"},
    "sendMessage": {
        "chat_id": "chat!",
        "message_thread_id": "integer",
        "text": "string!",
        "parse_mode": "mode",
        "link_preview_options": "object",
        "disable_notification": "boolean",
        "reply_parameters": "reply",
        "reply_markup": "keyboard",
    },
    "editMessageText": {
        "chat_id": "chat!",
        "message_id": "integer!",
        "text": "string!",
        "parse_mode": "mode",
        "link_preview_options": "object",
        "reply_markup": "keyboard",
    },
    "answerCallbackQuery": {
        "callback_query_id": "string!",
        "text": "popup",
        "show_alert": "boolean",
    },
    "createForumTopic": {"chat_id": "chat!", "name": "topic!"},
    "pinChatMessage": {
        "chat_id": "chat!",
        "message_id": "integer!",
        "disable_notification": "boolean",
    },
}


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _matching(pattern: str) -> Callable[[str], str]:
    def check(said: str) -> str:
        assert re.fullmatch(pattern, said), f"{said!r} is no {pattern}"
        return said

    return check


def _at_most(units: int) -> Callable[[str], str]:
    def check(said: str) -> str:
        assert 0 < _units(said) <= units, f"{_units(said)} units"
        return said

    return check


def _strings(said: str) -> list[str]:
    found: list[str] = json.loads(said)
    assert isinstance(found, list)
    assert all(isinstance(one, str) for one in found)
    return found


def _object(said: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(said)
    assert isinstance(found, dict)
    return found


def _reply(said: str) -> int:
    found = _object(said)
    assert set(found) <= {"message_id", "allow_sending_without_reply"}
    assert isinstance(found["message_id"], int)
    return int(found["message_id"])


def _commands(said: str) -> list[dict[str, str]]:
    found = json.loads(said)
    assert 0 < len(found) <= 100
    for one in found:
        assert set(one) == {"command", "description"}
        assert re.fullmatch(r"[a-z0-9_]{1,32}", one["command"]), one
        assert 1 <= len(one["description"]) <= 256, one
    return list(found)


def _keyboard(said: str) -> list[list[tuple[str, str]]]:
    rows = _object(said)["inline_keyboard"]
    for button in [button for row in rows for button in row]:
        assert set(button) == {"text", "callback_data"}
        assert button["text"]
        assert 1 <= len(button["callback_data"].encode()) <= 64, button
    assert all(rows), "an empty row"
    return [[(b["text"], b["callback_data"]) for b in row] for row in rows]


TYPES: dict[str, Callable[[str], Any]] = {
    "integer": lambda said: int(_matching(r"-?\d{1,19}")(said)),
    "chat": lambda said: int(_matching(r"-?\d{1,19}")(said)),
    "boolean": lambda said: _matching("true|false")(said) == "true",
    "string": _matching(r"(?s).+"),
    "strings": _strings,
    "secret": _matching(r"[A-Za-z0-9_-]{1,256}"),
    "language": _matching(r"[a-z]{2}"),
    "mode": _matching("HTML"),
    "object": _object,
    "reply": _reply,
    "keyboard": _keyboard,
    "commands": _commands,
    "popup": _at_most(200),
    "topic": _at_most(128),
}


def checked(method: str, form: Mapping[str, str]) -> dict[str, Any]:
    """The values of a request. Raises AssertionError for one that nobody should have made."""
    fields = FIELDS.get(method)
    assert fields is not None, "no such method"
    assert set(form) <= set(fields), f"no such fields: {sorted(set(form) - set(fields))}"
    lacking = [name for name, kind in fields.items() if kind.endswith("!") and name not in form]
    assert not lacking, f"{lacking} are required"
    try:
        return {name: TYPES[fields[name].rstrip("!")](said) for name, said in form.items()}
    except (ValueError, LookupError, TypeError) as error:
        raise AssertionError(f"a value that is none: {error!r}") from error


TAG = re.compile(r"</?(\w+)>")


def shown(markup: str) -> str:
    """HTML as its reader sees it. Raises ValueError as Telegram refuses it."""
    open_tags: list[str] = []
    for piece in re.findall(r"<[^>]*>?", markup):
        tag = TAG.fullmatch(piece)
        if tag is None or tag[1] not in ("b", "i", "u", "s", "code", "pre"):
            raise ValueError(f'Unsupported start tag "{piece[1:9]}" at byte offset 0')
        if not piece.startswith("</"):
            open_tags.append(tag[1])
        elif not open_tags or open_tags.pop() != tag[1]:
            raise ValueError("Unexpected end tag at byte offset 0")
    if open_tags:
        raise ValueError(f"Can't find end tag corresponding to start tag {open_tags[-1]}")
    bare = TAG.sub("", markup)
    for entity, character in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&")):
        bare = bare.replace(entity, character)
    return bare
