"""Slack's way of writing: texts, buttons and forms as blocks, within its limits.

What people wrote is shown as `plain_text`, where nothing formats and nothing mentions. The limits
are those of https://docs.slack.dev/reference/block-kit/blocks and …/reference/views.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from responder.ports.form import Field, Form
from responder.ports.renderer import Button, Look

LONGEST_SECTION = 3000
MOST_BLOCKS = 50
LONGEST_LABEL = 75
MOST_BUTTONS = 25
LONGEST_FALLBACK = 3000
LONGEST_TITLE = 24
LONGEST_INPUT_LABEL = 2000
MOST_OPTIONS = 100
LONGEST_INPUT = 3000
LONGEST_TOPIC = 250
IN_A_ROW = 5
MOST_LINKS = 3
CUT = "…"
NOTHING = "—"
PRESSED = "press"
"""How the action id of every button begins."""
FILLED = "form"
"""How the callback id of every form begins."""
VALUE = "value"
"""The action id of a form's inputs; the block's id is the field's name."""

BROADCAST = re.compile(r"@(?=(?:channel|here|everyone|group)\b)", re.IGNORECASE)
ADDRESS = re.compile(r"https?://[A-Za-z0-9\-._~:/?#@!$&'()*+,;=%]+[A-Za-z0-9/=_\-]")
STYLES = {Look.GOOD: "primary", Look.GRAVE: "danger"}

Block = dict[str, Any]


def escaped(text: str) -> str:
    """A text that Slack takes for nothing but text: no entity, no link, nobody called."""
    safe = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return BROADCAST.sub("@\u200b", safe)


def message(body: str, buttons: Iterable[Button] = (), mark: str = "") -> dict[str, Any]:
    """What `chat.postMessage` and its kin are given; `mark` becomes the first block's id."""
    blocks = _blocks(body, buttons)
    if mark:
        blocks[0]["block_id"] = mark
    fallback = _pieces(body, LONGEST_FALLBACK)
    return {
        "text": next(fallback, NOTHING),
        "blocks": blocks,
        "mrkdwn": False,
        "unfurl_links": False,
        "unfurl_media": False,
    }


def topic(text: str) -> str:
    """A room's topic: one line."""
    line = escaped(" ".join(text.split()))
    return line if len(line) <= LONGEST_TOPIC else _shortened(line, LONGEST_TOPIC)


def notice(title: str, body: str, buttons: Iterable[Button] = (), place: str = "") -> Block:
    """A window that only tells, and asks by buttons; `place` is where it was opened."""
    return {
        "type": "modal",
        "title": _plain(title, LONGEST_TITLE),
        "private_metadata": place,
        "blocks": _blocks(body, buttons),
    }


def form(form: Form, place: str = "") -> Block:
    """A window to fill in."""
    return {
        "type": "modal",
        "callback_id": f"{FILLED}:{form.verb}",
        "title": _plain(form.title, LONGEST_TITLE),
        "submit": _plain(form.submit, LONGEST_TITLE),
        "close": _plain(form.cancel, LONGEST_TITLE),
        "private_metadata": place,
        "blocks": [_input(field) for field in form.fields],
    }


def _blocks(body: str, buttons: Iterable[Button]) -> list[Block]:
    rows = list(_rows(list(buttons)[:MOST_BUTTONS]))
    links = _links(body)
    room = MOST_BLOCKS - len(rows) - len(links)
    pieces = list(_pieces(body, LONGEST_SECTION)) or [NOTHING]
    if len(pieces) > room:
        pieces = [*pieces[: room - 1], _shortened(pieces[room - 1], LONGEST_SECTION)]
    texts = [{"type": "section", "text": _literal(piece)} for piece in pieces]
    return [*texts, *links, *rows]


def _pieces(text: str, longest: int) -> Iterator[str]:
    """The text, escaped, in pieces that break between lines where they can."""
    piece = ""
    for line in text.strip().split("\n"):
        for part in _parts(line, longest):
            joined = f"{piece}\n{part}" if piece else part
            if len(joined) > longest:
                yield piece
                joined = part
            piece = joined
    if piece.strip():
        yield piece


def _parts(line: str, longest: int) -> Iterator[str]:
    """One line, escaped, cut where it is too long, never within an entity."""
    safe = escaped(line)
    while len(safe) > longest:
        end = _end(safe, longest)
        yield safe[:end]
        safe = safe[end:]
    yield safe


def _end(safe: str, longest: int) -> int:
    entity = safe.rfind("&", longest - len("&amp;"), longest)
    return entity if entity > 0 and ";" not in safe[entity:longest] else longest


def _shortened(safe: str, longest: int) -> str:
    return safe[: _end(safe, longest - len(CUT))] + CUT


def _links(body: str) -> list[Block]:
    """Addresses in a text once more, where they can be tapped: plain text links nothing."""
    found = list(dict.fromkeys(ADDRESS.findall(body)))[:MOST_LINKS]
    lines = [f"<{address.replace('&', '&amp;')}>" for address in found]
    texts = [{"type": "mrkdwn", "text": line} for line in lines if len(line) <= LONGEST_SECTION]
    return [{"type": "context", "elements": texts}] if texts else []


def _rows(buttons: list[Button]) -> Iterator[Block]:
    for start in range(0, len(buttons), IN_A_ROW):
        row = enumerate(buttons[start : start + IN_A_ROW], start)
        yield {"type": "actions", "elements": [_button(one, number) for number, one in row]}


def _button(button: Button, number: int) -> Block:
    shown: Block = {
        "type": "button",
        "action_id": f"{PRESSED}:{number}",
        "text": _plain(button.label, LONGEST_LABEL),
        "value": button.data,
    }
    return shown | ({"style": STYLES[button.look]} if button.look in STYLES else {})


def _input(field: Field) -> Block:
    return {
        "type": "input",
        "block_id": field.name,
        "optional": not field.needed,
        "label": _plain(field.label, LONGEST_INPUT_LABEL),
        "element": _select(field) if field.choices else _text(field),
    }


def _text(field: Field) -> Block:
    element: Block = {
        "type": "plain_text_input",
        "action_id": VALUE,
        "multiline": field.lines,
        "max_length": min(field.longest or LONGEST_INPUT, LONGEST_INPUT),
    }
    return element | ({"initial_value": field.value} if field.value else {})


def _select(field: Field) -> Block:
    options = {
        value: {"text": _plain(label, LONGEST_LABEL), "value": value}
        for value, label in field.choices[:MOST_OPTIONS]
    }
    element: Block = {
        "type": "static_select",
        "action_id": VALUE,
        "options": list(options.values()),
    }
    return element | ({"initial_option": options[field.value]} if field.value in options else {})


def _plain(text: str, longest: int) -> Block:
    safe = escaped(" ".join(text.split())) or NOTHING
    return _literal(safe if len(safe) <= longest else _shortened(safe, longest))


def _literal(safe: str) -> Block:
    return {"type": "plain_text", "text": safe, "emoji": False}
