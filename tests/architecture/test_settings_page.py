"""The page of the settings and the code say the same."""

from dataclasses import fields

from responder.channels import email
from responder.channels.phone import Twilio as Phone
from responder.channels.slack import Slack as Workspace
from responder.channels.telegram.channel import Telegram as Bot
from responder.settings import Slack, Telegram, Twilio
from responder.settings.keys import BY_NAME, OF_THE_SITE, RATES, TABLE
from responder.site.firm import SETTINGS
from tests.architecture.settings_page import PAGE, page


def test_the_page_is_the_code():
    """Somebody who reads the page reads what is in force."""
    assert PAGE.read_text(encoding="utf-8") == page(), (
        "run: python -m tests.architecture.settings_page"
    )


def test_every_key_is_said_once():
    assert len(BY_NAME) == len(TABLE)
    assert all(key.zh and key.en for key in TABLE)


def test_every_field_of_a_section_is_a_key():
    """What the settings hold can be set."""
    for section, kind in (("slack", Slack), ("telegram", Telegram), ("twilio", Twilio)):
        for one in fields(kind):
            assert BY_NAME[f"{section}.{one.name}"].is_secret == (not one.repr)


def test_the_site_knows_the_keys_of_the_settings():
    """Either room passes over what is the other's."""
    ours = {key.name.partition(".")[0] for key in TABLE if not key.of_site}
    assert ours - {"checkpoint_to"} == set(SETTINGS)
    assert not ours & OF_THE_SITE


def test_the_rates_are_the_channels_own():
    own = {
        "slack": Workspace.pace,
        "telegram": Bot.pace,
        "twilio": Phone.pace,
        "email": email.PACE,
    }
    said = {channel: BY_NAME[key].otherwise for channel, key in RATES.items()}
    assert said == {channel: f"{pace.rate:g}" for channel, pace in own.items()}
