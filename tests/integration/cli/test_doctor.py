"""`doctor` really tries each channel, says what is lacking with its mend, and sends nothing."""

import json
import re

import pytest

from tests.fakes import slack, smtp, telegram
from tests.integration.cli.conftest import Terminal

PASSWORD = "a-password-nobody-may-read"


@pytest.fixture
def providers():
    """Slack, Telegram and a mail server, each with our account."""
    with (
        slack.Slack() as workspace,
        telegram.Telegram() as bots,
        smtp.MailServer(users={"er": PASSWORD}) as mail,
    ):
        yield workspace, bots, mail
        assert workspace.unexpected == bots.unexpected == mail.unexpected == []


def connected(providers, **more):
    """The surroundings in which all three are connected."""
    workspace, bots, mail = providers
    return {
        "RESPONDER_SLACK__BOT_TOKEN": slack.BOT_TOKEN,
        "RESPONDER_SLACK__API_URL": f"{workspace.url}/api",
        "RESPONDER_TELEGRAM__TOKEN": telegram.TOKEN,
        "RESPONDER_TELEGRAM__API_URL": bots.url,
        "RESPONDER_TELEGRAM__GROUP": str(telegram.GROUP),
        "RESPONDER_SMTP__URL": mail.url.replace("//", f"//er:{PASSWORD}@"),
        "RESPONDER_SMTP__SENDER": "er@example.com",
    } | more


def checks(cli, *words, **environ):
    said = cli("doctor", "--json", "--lang", "en", *words, **environ)
    return {one["id"]: one for one in json.loads(said.out)["checks"]}, said.status


def test_each_channel_is_really_tried(cli, providers):
    """Real or not, as whom, how fast; nothing reaches anybody."""
    workspace, bots, mail = providers
    found, status = checks(cli, **connected(providers))
    assert status == 0
    names = {
        "slack": "Slack (real, responder @ Example Securities, ",
        "telegram": f"Telegram (real, @{telegram.NAME}, ",
        "email": f"e-mail (real, er@example.com, 127.0.0.1:{mail.port}, ",
    }
    for name, said in names.items():
        line = found[f"channel {name}"]
        assert line["state"] == "ok"
        assert line["what"].startswith(said)
        assert line["what"].endswith(f"{line['took_ms']} ms).")
        assert line["mend"] is None
    assert found["channel by_hand"]["what"] == "by hand (on this machine only)."
    assert workspace.calls == ["auth.test"]
    assert (bots.posts, mail.mails) == ([], [])
    shown = cli("doctor", "--lang", "zh", **connected(providers)).out
    assert re.search(r"channel telegram +Telegram（真实，@er_example_bot，\d+ ms）。", shown)


def test_what_is_lacking_is_said_with_its_mend(cli, providers):
    """Each fault on its own line, in both languages; one does not hide another; no secret."""
    _, bots, mail = providers
    bots.groups[telegram.GROUP].forum = False
    wrong = connected(
        providers,
        RESPONDER_SLACK__BOT_TOKEN="xoxb-an-old-one",
        RESPONDER_SMTP__URL=mail.url.replace("//", "//er:another-password@"),
    )
    found, status = checks(cli, **wrong)
    assert status == 1
    for name, state, mend in (
        ("slack", "failed", "RESPONDER_SLACK__BOT_TOKEN"),
        ("email", "failed", "RESPONDER_SMTP__URL"),
        ("telegram", "warning", "Turn Topics on"),
    ):
        assert found[f"channel {name}"]["state"] == state
        assert mend in found[f"channel {name}"]["mend"]
    shown = "".join(str(cli("doctor", "--lang", lang, **wrong)) for lang in ("zh", "en"))
    assert "该群没有开启话题。 请在群设置中开启 Topics。" in shown
    for secret in ("xoxb-an-old-one", "another-password", telegram.TOKEN):
        assert secret not in f"{shown}{found}"


def test_a_provider_that_is_down_holds_up_no_other(cli, providers):
    """Nobody at one address: that line fails, and the others are as they are."""
    found, status = checks(
        cli, **connected(providers, RESPONDER_SLACK__API_URL="http://127.0.0.1:9")
    )
    assert status == 1
    assert "does not answer" in found["channel slack"]["what"]
    assert found["channel telegram"]["state"] == found["channel email"]["state"] == "ok"


def test_a_channel_that_cannot_be_made_hides_no_other(cli, providers):
    """What is no token is said of that channel, without it; the others are tried."""
    found, status = checks(cli, **connected(providers, RESPONDER_TELEGRAM__TOKEN="no-token"))
    assert status == 1
    assert "@BotFather" in found["channel telegram"]["what"]
    assert "no-token" not in str(found)
    assert found["channel slack"]["state"] == found["channel email"]["state"] == "ok"


def test_a_gateway_is_tried(tmp_path):
    """Its secret and its address, without a request."""
    folder = tmp_path / "firm"
    here = Terminal(folder / "var", folder)
    here("init", str(folder))
    (folder / "contacts" / "gateways.yaml").write_text(
        'gateways:\n  - {id: mainland, vias: [sms], url: "http://127.0.0.1:9/v1",'
        ' json: {to: "{to}", text: "{text}", key: "{secret.KEY}"}}\n',
        encoding="utf-8",
    )
    found, status = checks(here)
    assert status == 1
    assert found["channel mainland"]["state"] == "failed"
    assert "RESPONDER_GATEWAY__KEY" in found["channel mainland"]["mend"]
    assert "http://127.0.0.1:9 does not answer" in found["channel mainland"]["what"]


def test_who_has_linked_no_account_is_named(tmp_path, providers):
    """Somebody to be reached by Telegram whom Telegram does not know yet; nobody else."""
    folder = tmp_path / "firm"
    here = Terminal(folder / "var", folder)
    here("init", str(folder))
    people = folder / "contacts" / "people.yaml"
    said = people.read_text(encoding="utf-8")
    entry = re.search(
        r"- id: li\.na\n(?:(?!- id).)*?(- \{via: telegram, to: \S+\})", said, re.DOTALL
    )
    assert entry
    people.write_text(said.replace(entry[1], "- {via: telegram}"), encoding="utf-8")
    here("note", "INC-1", "x", "--as", "li.na")
    found, _ = checks(here, **connected(providers))
    named = [id for id in found if id.startswith("account ")]
    assert named == ["account li.na"]
    assert "responder link li.na" in found["account li.na"]["mend"]
    assert not [id for id in checks(here)[0] if id.startswith("account ")], "nothing is connected"


def test_whom_twilio_does_not_call_is_named(cli):
    """As `check` notes it while no telephone is connected; a note is no fault."""
    found, status = checks(cli)
    assert status == 0
    notes = [one["what"] for one in found.values() if one["state"] == "note"]
    assert any("Twilio does not call mainland China" in note for note in notes)
    assert any("Chen Guo" in note for note in notes)
