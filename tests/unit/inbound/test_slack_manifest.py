"""The manifest that people paste subscribes to what the door hears, and asks for no more."""

from pathlib import Path

import pytest
from ruamel.yaml import YAML

from responder.inbound.slack.listeners import TO_TIMELINE

MANIFEST = Path(__file__).parents[3] / "docs/how-to/slack-manifest.yaml"


@pytest.fixture
def manifest():
    return YAML(typ="safe").load(MANIFEST.read_text(encoding="utf-8"))


def test_it_subscribes_to_what_is_heard(manifest):
    """Mentions, private lines, files in rooms, pins; the shortcut; windows and buttons."""
    events = set(manifest["settings"]["event_subscriptions"]["bot_events"])
    assert events == {"app_mention", "message.im", "message.channels", "reaction_added"}
    (shortcut,) = manifest["features"]["shortcuts"]
    assert (shortcut["type"], shortcut["callback_id"]) == ("message", TO_TIMELINE)
    assert len(shortcut["name"]) <= 24
    assert manifest["settings"]["interactivity"]["is_enabled"]
    assert manifest["settings"]["socket_mode_enabled"]
    home = manifest["features"]["app_home"]
    assert home["messages_tab_enabled"]
    assert not home["messages_tab_read_only_enabled"]


def test_it_is_within_the_limits(manifest):
    """Slack refuses a manifest whose texts are too long."""
    about = manifest["display_information"]
    assert len(about["name"]) <= 35
    assert len(about["description"]) <= 140
    (command,) = manifest["features"]["slash_commands"]
    assert command["command"] == "/incident"
    assert command["should_escape"], "mentions come as accounts"
    assert len(command["usage_hint"]) <= 1000
