"""Whatever is posted to the phone's doors: 2xx or 4xx, and nothing changes but the record."""

import random
from pathlib import Path

import pytest

from responder.commands.incidents.incident import Declare
from responder.domain.record import By
from tests.stage.by_phone import NUMBERS, PUBLIC, Scene, played

DOORS = ("voice", "gather", "status", "sms", "recorded", "dialled")
FIELDS = [
    "CallSid",
    "MessageSid",
    "CallStatus",
    "MessageStatus",
    "Digits",
    "From",
    "To",
    "Body",
    "SequenceNumber",
    "AnsweredBy",
    "ErrorCode",
    "RecordingSid",
    "RecordingDuration",
    "DialCallStatus",
    "Unknown",
]
VALUES = [
    *("", "0", "1", "9" * 400, "-1", "１", "*", "#", "\x00", "\u202e", "<Say>", "&amp;", "é" * 50),
    *("completed", "no-answer", "dreaming", "CA1", "SM1", "1 0001", "0001 1", "状态", "启动"),
    *("{secret.TOKEN}", "' OR 1=1 --", "接手", "²", "٣", "🔥", NUMBERS["clerk"], NUMBERS["head"]),
]
QUERIES = (
    "",
    "?m=",
    "?m=nobody",
    "?m={id}",
    "?m={id}&s=x&t=99999&n=-1&a=dream",
    "?m={id}&a=decline",
)


@pytest.mark.parametrize("seed", range(4))
def test_garbage_signed_or_not(tmp_path: Path, seed: int) -> None:
    """No door breaks, and nobody takes anything who did not press a key for it."""
    dice = random.Random(seed)

    async def story(scene: Scene) -> None:
        await scene.do(Declare(by=By("clerk", "cli"), playbook="outage", title="交易中断"))
        sent = scene.house.store.read(lambda uow: uow.outbox.of("INC-2026-0001"))
        for _ in range(150):
            id = dice.choice(sent).id
            url = f"{PUBLIC}/phone/twilio/{dice.choice(DOORS)}{dice.choice(QUERIES)}"
            fields = {name: dice.choice(VALUES) for name in dice.sample(FIELDS, 6)}
            fields.pop("Digits" if dice.random() < 0.8 else "Unknown", None)
            signature = None if dice.random() < 0.8 else dice.choice(VALUES).encode().hex()
            status, said = await scene.twilio.posts(url.replace("{id}", id), fields, signature)
            assert status in (200, 204, 400, 403, 404), (url, fields, status, said)
            assert "错误编号" not in said, (url, fields, said)

    played(tmp_path, story)
