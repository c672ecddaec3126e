"""The channel to Slack against a workspace: what refusals come to, what a look-up finds."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from ruamel.yaml import YAML

from responder.channels.slack.channel import Slack, names
from responder.channels.slack.probing import SCOPES
from responder.documents import slack as layout
from responder.domain.message import Message, Purpose
from responder.ports.channel import Fate
from responder.ports.probe import Probe
from responder.ports.renderer import Button, Look, Text
from tests.architecture.tree import ROOT
from tests.fakes.slack import APP_TOKEN, BOT_TOKEN, Answer, Channel
from tests.fakes.slack import Slack as Workspace

TEXT = Text("应急：集中交易系统中断", buttons=(Button("我来处置", "k:m1:1", Look.GOOD),))


@pytest.fixture
def workspace():
    with Workspace() as running:
        yield running
        assert running.unexpected == []


def message(id="m1", to="U0DUTY", purpose=Purpose.PAGE, **facts):
    now = datetime.now(UTC)
    return Message(id, "INC-2026-0017", "duty", "slack", to, purpose, now, facts, fence=1)


def on(workspace, *acts, token=BOT_TOKEN, home="", url="", app_token=""):
    """What a channel does, one act after the other."""

    async def story():
        channel = Slack(token, layout, url or f"{workspace.url}/api", home, app_token)
        try:
            return [await act(channel) for act in acts]
        finally:
            await channel.close()

    return asyncio.run(story())


def sent(workspace, *messages, text=TEXT, **more):
    return on(workspace, *(lambda c, m=m: c.send(m, text) for m in messages), **more)


def test_a_page_arrives_with_its_buttons(workspace):
    """In the person's own conversation with the app, whose id is kept."""
    (receipt,) = sent(workspace, message())
    (seen,) = workspace.inboxes["U0DUTY"]
    assert receipt.fate is Fate.ACCEPTED
    assert receipt.provider_id == f"{seen.channel}:{seen.ts}"
    assert seen.text == TEXT.body
    button = seen.buttons["我来处置"]
    assert (button["value"], button["style"]) == ("k:m1:1", "primary")


def test_nobody_has_linked_an_account(workspace):
    (receipt,) = sent(workspace, message(to=""))
    assert (receipt.fate, receipt.reason) == (Fate.NEVER, "no account is linked")
    assert workspace.calls == []


@pytest.mark.parametrize(
    ("answer", "fate", "reason"),
    [
        (Answer("ratelimited", 429, retry_after="7"), Fate.RETRY_AFTER, "ratelimited"),
        (Answer("", 429, body="slow down", retry_after="7"), Fate.RETRY_AFTER, "ratelimited"),
        (Answer("user_not_found"), Fate.NEVER, "user_not_found"),
        (Answer("channel_not_found"), Fate.NEVER, "channel_not_found"),
        (Answer("token_revoked"), Fate.REFUSED, "the app's token: token_revoked"),
        (Answer("invalid_auth"), Fate.REFUSED, "invalid_auth"),
        (Answer("account_inactive"), Fate.REFUSED, "account_inactive"),
        (Answer("missing_scope"), Fate.REFUSED, "missing_scope"),
        (Answer("is_archived"), Fate.REFUSED, "is_archived"),
        (Answer("restricted_action"), Fate.REFUSED, "restricted_action"),
        (Answer("internal_error", takes=True), Fate.UNKNOWN, "internal_error"),
        (Answer("fatal_error"), Fate.UNKNOWN, "fatal_error"),
        (Answer(status=503, body="<html>", takes=True), Fate.UNKNOWN, "503"),
        (Answer(status=200, body="<html>", takes=True), Fate.UNKNOWN, "200"),
    ],
)
def test_what_a_refusal_comes_to(workspace, answer, fate, reason):
    """A person who is gone is gone for good; what is wrong with the app is no line's fault."""
    workspace.says["chat.postMessage"].append(answer)
    refused, taken = sent(workspace, message("a"), message("b"))
    assert refused.fate is fate
    assert reason in refused.reason
    assert "U0DUTY" not in refused.reason
    assert (refused.after == timedelta(seconds=7)) == (fate is Fate.RETRY_AFTER)
    assert taken.fate is Fate.ACCEPTED
    assert workspace.calls.count("chat.postMessage") == 2, "nothing is tried twice"


def test_another_token(workspace):
    (receipt,) = sent(workspace, message(), token="xoxb-old")
    assert receipt.fate is Fate.REFUSED
    assert "xoxb" not in receipt.reason


def test_nobody_there():
    """No connection: surely not sent."""
    (receipt,) = sent(None, message(), url="http://127.0.0.1:9/api")
    assert receipt.fate is Fate.REFUSED


def test_silence_ends_in_time(workspace, monkeypatch):
    """Nobody knows whether it was sent; the look-up finds it in that conversation."""
    monkeypatch.setattr("responder.channels.slack.channel.TIMEOUT", 0.3)
    workspace.says["chat.postMessage"].append(Answer("x", takes=True, delay=2))
    one = message()
    receipt, found, other = on(
        workspace,
        lambda c: c.send(one, TEXT),
        lambda c: c.look_up(one),
        lambda c: c.look_up(message("m2")),
    )
    assert receipt.fate is Fate.UNKNOWN
    assert found.fate is Fate.ACCEPTED
    assert found.provider_id == "{0.channel}:{0.ts}".format(workspace.inboxes["U0DUTY"][0])
    assert other is None


def test_a_look_up_that_cannot_say(workspace):
    """It is said, and nothing else is looked through."""
    workspace.says["conversations.open"].append(Answer("missing_scope"))
    found, room, card = on(
        workspace,
        lambda c: c.look_up(message()),
        lambda c: c.look_up(message(purpose=Purpose.ROOM)),
        lambda c: c.look_up(message(purpose=Purpose.CARD, to="C1", card="C1:1.1")),
    )
    assert {found.fate, room.fate, card.fate} == {Fate.UNKNOWN}
    assert workspace.calls == ["conversations.open"]


def probed(workspace, **more):
    (probe,) = on(workspace, lambda channel: channel.probe(), **more)
    return probe


def test_it_is_tried_without_a_message(workspace):
    """Whose the token is, and that nothing is lacking."""
    assert probed(workspace) == Probe("responder @ Example Securities")
    assert workspace.calls == ["auth.test"]


def test_an_app_that_is_not_let_in(workspace):
    """Slack's own word for it; nobody at the address; somebody else there."""
    (lack,) = probed(workspace, token="xoxb-old").lacks
    assert "invalid_auth" in lack.what.en
    assert "xoxb-old" not in f"{lack}"
    (lack,) = probed(workspace, url="http://127.0.0.1:9/api").lacks
    assert "does not answer" in lack.what.en
    workspace.says["auth.test"].append(Answer(status=200, body="<html>", takes=True))
    (lack,) = probed(workspace).lacks
    assert "strangely" in lack.what.en
    assert lack.is_grave


@pytest.mark.parametrize(("scope", "grave"), [("chat:write", True), ("pins:write", False)])
def test_a_scope_that_is_lacking_is_named(workspace, scope, grave):
    """Without a room's comforts people are still reached."""
    workspace.scopes.remove(scope)
    (lack,) = probed(workspace).lacks
    assert scope in lack.what.zh
    assert "manifest" in lack.mend.en
    assert lack.is_grave == grave


def test_the_socket_is_tried(workspace):
    """Whoever is not heard can still be written to."""
    assert probed(workspace, app_token=APP_TOKEN).lacks == ()
    (lack,) = probed(workspace, app_token="xapp-old").lacks
    assert "APP_TOKEN" in lack.mend.en
    assert not lack.is_grave
    assert set(workspace.calls) == {"auth.test", "apps.connections.open"}


def test_the_scopes_are_the_manifests():
    """Whoever pastes it lacks nothing."""
    manifest = YAML(typ="safe").load(ROOT / "docs" / "how-to" / "slack-manifest.yaml")
    assert tuple(manifest["oauth_config"]["scopes"]["bot"]) == SCOPES


# Rooms


def test_a_room(workspace):
    """Named, with topic and bookmark; where the name is taken, the next."""
    room = message("r1", "", Purpose.ROOM, name="inc-20261123-0017-交易 Outage", attempt=1)
    again = message("r2", "", Purpose.ROOM, name="inc-20261123-0017-交易 Outage", attempt=2)
    first, second = sent(workspace, room, again, home="https://er.example.com/?a=1&b=2")
    one, two = (workspace.channels[receipt.provider_id] for receipt in (first, second))
    assert (one.name, two.name) == ("inc-20261123-0017-outage", "inc-20261123-0017-outage-2")
    assert one.topic == TEXT.body
    assert one.bookmarks == ["https://er.example.com/?a=1&b=2"]


def test_a_room_without_its_comforts_is_a_room(workspace):
    """What the workspace forbids is a reason on the record."""
    workspace.says["conversations.setTopic"].append(Answer("restricted_action"))
    (receipt,) = sent(workspace, message(to="", purpose=Purpose.ROOM, name="inc-1"))
    assert (receipt.fate, receipt.reason) == (Fate.ACCEPTED, "topic: restricted_action")


def test_channels_that_nobody_may_make(workspace):
    workspace.says["conversations.create"].append(Answer("restricted_action"))
    (receipt,) = sent(workspace, message(to="", purpose=Purpose.ROOM, name="inc-1"))
    assert (receipt.fate, receipt.reason) == (Fate.REFUSED, "restricted_action")


def test_a_card_is_edited_in_place(workspace):
    """Posted and pinned once; gone, it is posted anew; the room gone, it is gone for good."""
    room = workspace.channels["C1"] = Channel("C1", "inc-1")
    people = ["U0DUTY", "U0ADMIN"]
    (first,) = sent(workspace, message("c1", "C1", Purpose.CARD, card="", invite=people))
    card = first.provider_id
    second, third = sent(
        workspace,
        message("c2", "C1", Purpose.CARD, card=card),
        message("c3", "C1", Purpose.CARD, card="C1:1.000001"),
        text=Text("新"),
    )
    assert second.provider_id == card
    assert third.provider_id != card
    assert len(room.pins) == 2
    assert room.edits == 1
    assert room.members == set(people)
    room.archived = True
    (lost,) = sent(workspace, message("c4", "C1", Purpose.CARD, card=card))
    (missing,) = sent(workspace, message("c5", "C9", Purpose.CARD, card=""))
    assert (lost.fate, lost.reason) == (Fate.NEVER, "is_archived")
    assert (missing.fate, missing.reason) == (Fate.NEVER, "channel_not_found")


def test_names_are_ones_that_slack_takes():
    found = list(names("INC 2026/" + "x" * 100))
    assert found[0].startswith("inc-2026-x")
    assert found[1].endswith("x-2")
    assert {len(name) for name in found} == {80}
    assert next(iter(names("交易"))) == "incident"
