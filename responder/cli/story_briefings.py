"""The demo's briefings: who tells whom how things stand, and the calls to units outside."""

from collections.abc import Callable, Iterator
from datetime import timedelta

from responder.commands.briefings.briefing import Brief
from responder.commands.command import Command
from responder.commands.paging.call_task import RecordCall
from responder.domain.call_task import Result
from responder.domain.record import By
from responder.domain.words import Words

Told = tuple[timedelta, str, Callable[[By, str], Command]]
KEEPERS = {
    "branches": "role:business_lead",
    "hotline": "role:customer_service_lead",
    "exchange": "role:it_lead",
    "banks": "role:settlement_lead",
    "suppliers": "role:app_admin",
}
CALLS = {"exchange": 3, "banks": 2, "suppliers": 2}
"""How many units each has to be called by hand."""
DOWN = Words(
    "集中交易系统20:15中断，正在切换备用系统；电话委托可用，请勿重复委托。",
    "Core trading has been down since 20:15 and is being switched over; orders by phone work.",
)
COMING_BACK = Words(
    "已切换至备用系统，业务部门正在复测核对，恢复时间另行通报。",
    "Running on the backup; business is retesting. When it is back is told separately.",
)
BACK = Words(
    "交易业务已验证恢复，请核对委托和成交。", "Trading is verified and back; reconcile your orders."
)


def briefings(language: str) -> Iterator[Told]:
    """Told in time at each turn, and at each interval's end."""
    number = 0
    for minute, text, audiences in (
        (12, DOWN, tuple(KEEPERS)),
        (39, COMING_BACK, ("branches", "hotline")),
        (50, BACK, tuple(KEEPERS)),
    ):
        for place, audience in enumerate(audiences):
            after = timedelta(minutes=minute, seconds=10 * place)
            yield after, KEEPERS[audience], _telling(audience, text.said(language))
            for _ in range(CALLS.get(audience, 0)):
                number += 1
                called = after + timedelta(seconds=60 + 5 * number)
                yield called, KEEPERS[audience], _calling(str(number))


def _telling(audience: str, text: str) -> Callable[[By, str], Command]:
    return lambda by, id: Brief(by=by, incident=id, audience=audience, text=text)


def _calling(call: str) -> Callable[[By, str], Command]:
    return lambda by, id: RecordCall(by=by, incident=id, call=call, result=Result.REACHED)
