"""A lane at a pace: the urgent first, nothing too fast, pauses for the account, no churn.

The loop's time stands still unless it is waited for, so that nothing here takes any.
"""

import asyncio
import selectors
from datetime import timedelta
from itertools import pairwise

import pytest

from responder.domain.load import Room
from responder.domain.message import Purpose, State
from responder.engine.backlog import MOST_STOCK, STOCK_FOR
from responder.engine.lane import AT_ONCE, LONGEST_TURN, MOST_SLOW, SLOW, Lane
from responder.engine.pacer import BREATH, STRETCHED, Pacer
from responder.ports.channel import Fate, Pace, Receipt
from tests.unit.engine.stand_ins import START, Wire, World, after, message, until

TENTH = Pace(10, 5)
"""Three at once, then one each tenth of a second: two tokens are kept back."""


class Hasty(asyncio.SelectorEventLoop):
    """A loop whose time jumps to what is due next."""

    def __init__(self):
        self.at = 0.0
        super().__init__(_Hasty(self))

    def time(self):
        return self.at


class _Hasty(selectors.DefaultSelector):
    def __init__(self, loop):
        super().__init__()
        self._loop = loop

    def select(self, timeout=None):
        self._loop.at += max(timeout or 0.0, 0.00001)
        return super().select(0)


def play(story):
    with asyncio.Runner(loop_factory=Hasty) as runner:
        return runner.run(story())


class Sent:
    """Sends that take as long as told; `left` is when each left, `order` which."""

    def __init__(self, takes=lambda _: 0.0):
        self.left: dict[str, float] = {}
        self.takes = takes

    async def __call__(self, message, _lane):
        self.left[message.id] = asyncio.get_running_loop().time()
        await asyncio.sleep(self.takes(message))

    @property
    def order(self):
        return list(self.left)

    def gaps(self):
        at = list(self.left.values())
        return [y - x for x, y in pairwise(at)]


def lane(sent, pace=TENTH, at_once=AT_ONCE):
    pacer = Pacer(pace) if pace else Pacer()
    return Lane(Wire("sms", "sms"), sent, lambda _: None, lambda: START, at_once, pacer)


def messages(count, **more):
    more = {"urgency": 60} | more
    return [message(f"m{n:03}", to=f"+86{n}", **more) for n in range(count)]


async def everything(lane):
    await until(lambda: not lane.waits and lane.is_idle)


def test_messages_leave_at_the_pace():
    sent = Sent()

    async def story():
        one = lane(sent)
        for each in messages(20):
            one.put(each)
        await everything(one)

    play(story)
    gaps = sent.gaps()
    assert gaps[:2] == pytest.approx([BREATH, BREATH], abs=0.001)
    assert gaps[3:] == pytest.approx([0.1] * 16, abs=0.001)


def test_those_alike_leave_in_the_order_they_came():
    """Whatever their ids: else some are overtaken by all that come later."""
    sent = Sent()

    async def story():
        one = lane(sent, Pace(10))
        for each in reversed(messages(20)):
            one.put(each)
        await everything(one)

    play(story)
    assert list(sent.left) == [f"m{n:03}" for n in reversed(range(20))]


def test_a_page_goes_ahead_of_a_roll_call():
    """It takes the very next slot, whatever waits."""
    sent = Sent()

    async def story():
        one = lane(sent, Pace(10))
        for each in messages(20):
            one.put(each)
        await asyncio.sleep(0.55)
        asked = asyncio.get_running_loop().time()
        one.put(message("page", urgency=2))
        await everything(one)
        return asked

    asked = play(story)
    assert sent.left["page"] - asked <= STRETCHED * 0.1 + 0.001
    assert list(sent.left).index("page") < 8


def test_sends_that_hang_give_up_their_places():
    """Time-outs, ten seconds each and more than there are places, do not slow the others down."""
    hangs = {f"m{n:03}" for n in range(0, 150, 2)}
    sent = Sent(lambda m: 10.0 if m.id in hangs else 0.0)

    async def story():
        one = lane(sent, Pace(100, 5))
        for each in messages(400):
            one.put(each)
        await everything(one)

    play(story)
    assert max(sent.left.values()) <= 4.1
    assert len(hangs) > AT_ONCE
    assert len(hangs) * 100 / 400 < MOST_SLOW * AT_ONCE


def test_a_channel_that_takes_few_at_a_time_takes_no_more_for_being_slow():
    sent = Sent(lambda _: 3 * SLOW)

    async def story():
        one = lane(sent, Pace(100, 5), at_once=4)
        most = 0
        for each in messages(12):
            one.put(each)

        def done():
            nonlocal most
            most = max(most, len(one.tasks))
            return not one.waits

        await until(done)
        return most

    assert play(story) == 4


def test_one_place_takes_its_time_and_others_go_past():
    sent = Sent()

    async def story():
        one = lane(sent, Pace(1000, 30, {"": 1.0}))
        for n in range(3):
            one.put(message(f"same {n}", to="C1", urgency=0))
        one.put(message("other", to="C2", urgency=9))
        await everything(one)

    play(story)
    assert sent.order == ["same 0", "other", "same 1", "same 2"]
    assert sent.left["same 2"] - sent.left["same 0"] == pytest.approx(2.0, abs=0.01)


@pytest.mark.parametrize("pace", [None, TENTH])
def test_a_pause_holds_everything_of_the_account(pace):
    """Whoever is next: nothing leaves before it is over."""
    sent = Sent()

    async def story():
        one = lane(sent, pace)
        one.pause(timedelta(seconds=3))
        for each in messages(3, urgency=0):
            one.put(each)
        await everything(one)

    play(story)
    assert min(sent.left.values()) == pytest.approx(3.0, abs=0.01)


def test_a_long_pause_lets_what_waits_fail_at_once():
    """Over ten seconds the other ways start: nothing is kept waiting for its turn."""
    sent = Sent()

    async def story():
        one = lane(sent, Pace(1))
        for each in messages(10):
            one.put(each)
        one.pause(timedelta(seconds=30))
        one.put(message("page", urgency=0))
        assert one.breaker.refuses(START) == after(30)
        await everything(one)

    play(story)
    assert max(sent.left.values()) < 0.1


def test_a_full_lane_has_room_for_what_is_more_urgent_alone():
    """Half its stock used up, it wants the rest."""

    async def story():
        one, rooms = lane(Sent(), Pace(10)), []
        rooms.append(one.room)
        for each in messages(20):
            one.put(each)
        rooms.append(one.room)
        await until(lambda: one.room.before is None)
        return [*rooms, one.room]

    stock = int(STOCK_FOR * 10)
    empty, full, half = play(story)
    assert empty == Room(stock)
    assert full == Room(stock, before=60)
    assert half == Room(stock - stock // 2)
    assert Room(MOST_STOCK) == play(lambda: _room(Pace(100_000, 5)))
    assert play(lambda: _room(None)) is None


async def _room(pace):
    return lane(Sent(), pace).room


def test_what_is_handed_back_comes_at_its_turn():
    """Not all at once: each gets the slot that will be free for it, behind those before."""

    async def story():
        one = lane(Sent(), Pace(1, 3))
        for each in messages(60):
            one.put(each)
        first = one.overflow()
        for each in messages(60, urgency=70):
            one.put(each)
        return first, one.overflow()

    first, second = play(story)
    assert all(delay > LONGEST_TURN for _, delay in first)
    turns = sorted(delay for _, delay in (*first, *second))
    assert all(later - sooner >= 0.99 for sooner, later in pairwise(turns[len(first) :]))


# In the engine


class Paced(Wire):
    """A wire that says its pace."""

    pace = Pace(1000, 30)


def serve(world, story):
    asyncio.run(asyncio.wait_for(story(), 20))


def test_a_backlog_stays_in_the_outbox_and_a_page_does_not():
    """Ten thousand at a slow pace are claimed as they are needed, and none is handed back."""
    sms, voice = Paced("sms", "sms"), Wire("phone", "voice")
    sms.pace = Pace(20, 1)
    world = World(sms, voice, settle=False)
    roll = {"purpose": Purpose.ROLL_CALL, "urgency": 62}
    world.add(*(f"roll {n:05}" for n in range(500)), **roll)
    for n in range(5):
        world.add(f"call {n}", via="voice", to=f"+86{n}", urgency=63)

    async def story():
        await world.engine.cycle(world.clock.now())
        await until(lambda: len(voice.sent) == 5)
        claimed = sum(m.attempt for m in world.store.outbox.rows.values() if m.via == "sms")
        world.add("page", urgency=2)
        await world.engine.cycle(world.clock.now())
        await until(lambda: "page" in sms.sent)
        return claimed

    claimed = asyncio.run(asyncio.wait_for(story(), 20))
    assert claimed <= STOCK_FOR * 20
    assert len(sms.sent) < 10
    assert not [o for o in world.store.settled if o.state is State.READY]


def test_a_rate_limit_pauses_all_and_the_retry_keeps_the_pace():
    """A 429 pauses the account; the refused one is sent again after that like any other."""
    answers = iter([Receipt(Fate.RETRY_AFTER, after=timedelta(seconds=0.2), for_all=True)])
    sms = Paced("sms", "sms", behave=lambda _: next(answers, Receipt(Fate.ACCEPTED)))
    sms.pace = Pace(20, 1)
    world = World(sms, settle=False)
    world.add("a", "b", "c")

    async def story():
        await world.engine.cycle(START)
        await until(lambda: len(sms.sent) == 1)
        began = asyncio.get_running_loop().time()
        await until(lambda: len(sms.sent) == 2)
        paused = asyncio.get_running_loop().time() - began
        world.clock.pass_by(timedelta(seconds=1))
        await world.engine.cycle(world.clock.now())
        await world.engine.drain()
        return paused

    assert asyncio.run(asyncio.wait_for(story(), 20)) >= 0.19
    assert set(world.states().values()) == {State.ACCEPTED}
    assert len(sms.sent) == 4


def test_a_clock_moved_by_hand_waits_for_no_pace():
    sms = Paced("sms", "sms")
    sms.pace = Pace(0.01)
    world = World(sms)
    world.add("a", "b", "c")

    async def story():
        await world.engine.cycle(START)

    asyncio.run(asyncio.wait_for(story(), 5))
    assert set(world.states().values()) == {State.ACCEPTED}
