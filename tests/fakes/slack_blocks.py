"""What Slack takes for blocks and windows, and what a person sees of them.

The limits are those of Slack's Block Kit reference; whatever breaks one is a fault by name.
"""

from collections.abc import Iterator
from html import unescape
from typing import Any

Block = dict[str, Any]

TEXTS = {"section": 3000, "button": 75, "title": 24, "label": 2000, "option": 75}
KINDS = frozenset({"section", "actions", "context", "input"})


def faults(blocks: list[Block], most: int = 50) -> Iterator[str]:
    """What is wrong with blocks; nothing for good ones."""
    if not 0 < len(blocks) <= most:
        yield f"{len(blocks)} blocks"
    ids = [block["block_id"] for block in blocks if "block_id" in block]
    if len(ids) != len(set(ids)) or any(len(id) > 255 for id in ids):
        yield "block ids"
    for block in blocks:
        match block.get("type"):
            case "section":
                yield from _text(block["text"], "section")
            case "actions":
                yield from _actions(block["elements"])
            case "context":
                if len(block["elements"]) > 10:
                    yield "context elements"
            case "input":
                yield from _text(block["label"], "label")
                yield from _element(block["element"])
            case other:
                yield f"a block of type {other}"


def window_faults(view: Block) -> Iterator[str]:
    """What is wrong with a window."""
    if view.get("type") != "modal":
        yield "no modal"
    for name in ("title", "submit", "close"):
        if name in view:
            yield from _text(view[name], "title")
    inputs = any(block["type"] == "input" for block in view["blocks"])
    if inputs and "submit" not in view:
        yield "inputs without a submit"
    if len(view.get("private_metadata", "")) > 3000:
        yield "private metadata"
    yield from faults(view["blocks"], 100)


def _text(text: Block, what: str) -> Iterator[str]:
    if text["type"] != "plain_text":
        yield f"{what} in {text['type']}"
    if not 0 < len(text["text"]) <= TEXTS[what]:
        yield f"{what} of {len(text['text'])} characters"


def _actions(elements: list[Block]) -> Iterator[str]:
    if not 0 < len(elements) <= 25:
        yield f"{len(elements)} buttons"
    if len({one["action_id"] for one in elements}) != len(elements):
        yield "action ids"
    for one in elements:
        yield from _text(one["text"], "button")
        if one["type"] != "button" or len(one["value"]) > 2000:
            yield "button"
        if one.get("style", "primary") not in ("primary", "danger"):
            yield "style"


def _element(element: Block) -> Iterator[str]:
    match element["type"]:
        case "plain_text_input":
            if not 0 < element["max_length"] <= 3000:
                yield "max_length"
        case "static_select":
            if not 0 < len(element["options"]) <= 100:
                yield f"{len(element['options'])} options"
            for option in element["options"]:
                yield from _text(option["text"], "option")
                if len(option["value"]) > 75:
                    yield "option value"
        case other:
            yield f"an element of type {other}"


def shown(blocks: list[Block]) -> str:
    """What a person reads."""
    return "\n".join(unescape(b["text"]["text"]) for b in blocks if b["type"] == "section")


def raw(blocks: list[Block]) -> str:
    """The same as it went over the wire."""
    return "\n".join(b["text"]["text"] for b in blocks if b["type"] == "section")


def buttons(blocks: list[Block]) -> dict[str, Block]:
    """The buttons a person can press, by their labels."""
    return {
        unescape(element["text"]["text"]): element
        for block in blocks
        if block["type"] == "actions"
        for element in block["elements"]
    }
