"""What leaves the mainland: what the site says, else what is usual with a provider."""

import pytest

from responder.domain.carriage import FULL, MINIMAL, Carriage, carriage


@pytest.mark.parametrize("name", ["slack", "telegram", "twilio", "twilio-voice", "twilio.sms"])
def test_providers_abroad_carry_little_unless_told(name: str) -> None:
    """Slack, Telegram and Twilio are abroad; nothing but a reference goes there by default."""
    assert carriage({}, name) == Carriage(abroad=True, carries=MINIMAL)
    told = {name: Carriage(abroad=True, carries=FULL)}
    assert not carriage(told, name).is_minimal


@pytest.mark.parametrize("name", ["sandbox", "by_hand", "email", "", "our-gateway", "slacker"])
def test_what_nobody_speaks_of_stays_and_carries_everything(name: str) -> None:
    """The sandbox, a human, the firm's own mail."""
    assert carriage({}, name) == Carriage(abroad=False, carries=FULL)


def test_what_cannot_be_understood_carries_little() -> None:
    """A word that is neither counts as the narrower one; a part speaks for what it is part of."""
    assert carriage({"slack": Carriage(carries="ful")}, "slack").is_minimal
    assert not carriage({"twilio": Carriage()}, "twilio-sms").is_minimal
    both = {"twilio": Carriage(), "twilio-sms": Carriage(True, MINIMAL)}
    assert carriage(both, "twilio-sms").is_minimal
