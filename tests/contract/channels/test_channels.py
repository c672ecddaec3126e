"""What every channel promises, whatever its platform."""

import asyncio
from copy import deepcopy
from datetime import UTC, datetime, timedelta

import pytest

from responder.channels.registry import Registry
from responder.channels.sandbox import Sandbox
from responder.domain.message import Message, Purpose
from responder.domain.outlet import OUTLET_VIAS
from responder.domain.people import RINGING, VIAS
from responder.ports.channel import Fate, Receipt
from responder.ports.renderer import Text
from tests.contract.channels.plugs import PLUGS

AT = datetime(2026, 11, 23, 12, 15, tzinfo=UTC)
NUMBER = "+8613800138021"
ADDRESSES = {"email": "wang.fang@example.com", "telegram": "100200300", "slack": "U012AB3CD"}
"""What leads to a person by other ways than a telephone."""
TEXT = Text("应急：集中交易系统中断。回1接手。0017 <!channel> & *_`\u0007", "主题")


@pytest.fixture(params=PLUGS)
def channel(request):
    return PLUGS[request.param]()


class Phone(Sandbox):
    """A real telephone, as far as the registry is concerned."""

    vias = frozenset({"voice"})
    real = True

    def __init__(self, name):
        self.name = name


def message(via, purpose=Purpose.PAGE, id="m1", **more):
    to = ADDRESSES.get(via, NUMBER)
    return Message(
        id, "INC-2026-0017", "wang.fang", via, to, purpose, AT, code="0017", fence=1, **more
    )


def sent(channel, *messages):
    async def story():
        try:
            return await asyncio.gather(*(channel.send(one, TEXT) for one in messages))
        finally:
            await channel.close()

    return asyncio.run(story())


def test_it_says_what_it_is(channel):
    """A channel has a name for the record, and carries ways of people, or to outlets."""
    assert channel.name
    assert channel.vias
    assert channel.vias <= {*VIAS, *OUTLET_VIAS}
    assert isinstance(channel.real, bool)


@pytest.mark.parametrize("purpose", list(Purpose))
def test_it_takes_every_purpose_on_every_way_it_carries(channel, purpose):
    """A good message is taken, drill or not, in either language, with an id to find it by."""
    for via in sorted(channel.vias):
        for language in ("zh", "en"):
            for drill in (False, True):
                one = message(via, purpose, language=language, drill=drill)
                (receipt,) = sent(channel, one)
                assert receipt.fate in (Fate.ACCEPTED, Fate.DELIVERED)
                assert receipt.provider_id


def test_only_a_call_occupies_its_line(channel):
    """A call says how long it may ring; nothing else holds a line."""
    for via in sorted(channel.vias):
        (receipt,) = sent(channel, message(via))
        if via in RINGING:
            assert receipt.rings_for is not None
            assert timedelta(seconds=10) <= receipt.rings_for <= timedelta(seconds=60)
        else:
            assert receipt.rings_for is None


def test_it_decides_nothing_and_changes_nothing(channel):
    """A sender leaves the message as it is: what becomes of it is not its affair."""
    for via in sorted(channel.vias):
        one = message(via, facts={"title": "集中交易系统中断"})
        before = deepcopy(one)
        sent(channel, one)
        assert one == before


def test_many_at_once(channel):
    """Fifty messages under way at once get fifty receipts."""
    via = min(channel.vias)
    receipts = sent(channel, *(message(via, id=f"m{n}") for n in range(50)))
    assert len({receipt.provider_id for receipt in receipts}) == 50


def test_a_look_up_answers_or_says_nothing(channel):
    """After a doubt: what became of it, or that there is no trace; never an error."""

    async def story():
        try:
            return await channel.look_up(message(min(channel.vias), id="never sent"))
        finally:
            await channel.close()

    found = asyncio.run(story())
    assert found is None or isinstance(found, Receipt)


def test_the_record_gets_no_contact_detail(channel):
    """What a channel says for the record holds no number and no address."""
    for via in sorted(channel.vias):
        for receipt in sent(channel, message(via)):
            said = receipt.reason + receipt.provider_id
            assert not [one for one in (NUMBER, *ADDRESSES.values()) if one in said]


def test_the_registry_prefers_the_real_one():
    """A configured channel carries its ways; the sandbox carries the rest, and nobody pigeons."""

    phone, sandbox, by_hand = Phone("phone"), PLUGS["sandbox"](), PLUGS["by_hand"]()
    registry = Registry([phone, by_hand], sandbox)
    assert registry.carrier(message("voice")) is phone
    assert registry.carrier(message("sms")) is sandbox
    assert registry.carrier(message("by_hand")) is by_hand
    assert registry.carrier(message("pigeon")) is None
    assert Registry([phone]).carrier(message("sms")) is None
    assert {way: Registry([by_hand], sandbox).carrier(message(way)) for way in VIAS}.keys() == set(
        VIAS
    )


def test_tries_alternate_between_providers():
    """Where two can reach a phone, the second try goes by the other."""
    one, two = Phone("one"), Phone("two")
    registry = Registry([one, two])
    tries = [registry.carrier(message("voice", attempt=attempt)) for attempt in (1, 2, 3)]
    assert tries == [one, two, one]


def test_nothing_leaves_the_sandbox(monkeypatch):
    """The sandbox opens no connection: a first look at the product rings nobody."""

    def refuse(*_args, **_more):
        raise AssertionError("the sandbox went to the network")

    monkeypatch.setattr("socket.socket.connect", refuse)
    monkeypatch.setattr("socket.getaddrinfo", refuse)
    sandbox = PLUGS["sandbox"]()
    assert not sandbox.real
    sent(sandbox, *(message(via) for via in sorted(sandbox.vias)))
