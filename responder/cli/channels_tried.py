"""`doctor` tries every channel: the provider is really asked, and nothing is sent to anybody."""

import asyncio
from collections.abc import Iterable
from datetime import datetime
from functools import partial
from time import perf_counter

from responder import app
from responder.app import App
from responder.cli.examined import FAILED, NOTE, OK, WARNING, Finding, Findings
from responder.commands.linked import without_account
from responder.domain.people import CHAT, VIA_NAMES, Person
from responder.domain.words import Words
from responder.ports.channel import Channel
from responder.ports.probe import Lack, Probe, Probed
from responder.ports.unit_of_work import UnitOfWork
from responder.settings import Settings

PHONE = frozenset({"voice", "sms"})
REAL = Words("真实", "real")
HERE = Words("不离开本机", "on this machine only")


def channels(found: Settings) -> Findings:
    """A line a channel, and one for each that cannot be made."""
    real, faults = app.real_channels(found)
    for name, fault in faults.items():
        yield Finding(f"channel {name}", FAILED, Words(fault.said("zh"), fault.said("en")))
    yield from asyncio.run(_all(real if faults else app.channels_of(found)))


def people(found: Settings) -> Findings:
    """Those whom no channel reaches; without a real telephone, what `check` notes of that."""
    real, _ = app.real_channels(found)
    if PHONE & _ways(real):
        yield from _out_of_reach(found, real)
    else:
        yield from _notes(found)


def accounts(found: Settings, house: App) -> Findings:
    """Those who are to be reached by chat, and have no account there."""
    real, _ = app.real_channels(found)
    for platform in sorted(_ways(real) & set(CHAT)):
        for person in house.read(partial(_without_account, platform)):
            yield Finding(
                f"account {person.id}",
                WARNING,
                Words(
                    f"{person.name.said('zh')}没有绑定{VIA_NAMES[platform].zh}账号。",
                    f"{person.name.said('en')} has linked no {VIA_NAMES[platform].en} account.",
                ),
                Words(
                    f"请执行 responder link {person.id}，把代码交给本人。",
                    f"Run responder link {person.id} and give them the code.",
                ),
            )


def _without_account(platform: str, uow: UnitOfWork, _now: datetime) -> list[Person]:
    return without_account(uow, platform)


def _ways(channels: Iterable[Channel]) -> set[str]:
    return {via for channel in channels for via in channel.vias}


async def _all(channels: Iterable[Channel]) -> list[Finding]:
    """All at once: none waits for another's time-out."""
    return await asyncio.gather(*(_one(channel) for channel in channels))


async def _one(channel: Channel) -> Finding:
    if not isinstance(channel, Probed):
        return _found(channel, Probe(), None)
    start = perf_counter()
    try:
        probe = await channel.probe()
    except Exception as error:  # noqa: BLE001 - whatever it is, the others are tried
        probe = Probe("", (_broke(error),))
    finally:
        took = perf_counter() - start
        await channel.close()
    return _found(channel, probe, round(took * 1000))


def _found(channel: Channel, probe: Probe, took: int | None) -> Finding:
    real, speed = REAL if channel.real else HERE, "" if took is None else f"{took} ms"
    aside = {
        language: [one for one in (real.said(language), probe.known_as, speed) if one]
        for language in ("zh", "en")
    }
    vias = [VIA_NAMES[via] for via in sorted(channel.vias)]
    zh = f"{'、'.join(via.zh for via in vias)}（{'，'.join(aside['zh'])}）。"
    en = f"{', '.join(via.en for via in vias)} ({', '.join(aside['en'])})."
    return Finding(
        f"channel {channel.name}",
        _state(probe.lacks),
        Words(zh + "".join(one.what.zh for one in probe.lacks), _row(en, probe.lacks)),
        Words(
            "".join(one.mend.zh for one in probe.lacks),
            " ".join(one.mend.en for one in probe.lacks),
        ),
        took,
    )


def _row(said: str, lacks: Iterable[Lack]) -> str:
    return " ".join([said, *(one.what.en for one in lacks)])


def _state(lacks: Iterable[Lack]) -> str:
    grave = [one.is_grave for one in lacks]
    return FAILED if any(grave) else WARNING if grave else OK


def _broke(error: Exception) -> Lack:
    what = type(error).__name__
    return Lack(
        Words(f"试不出结果（{what}）。", f"The trial broke off ({what})."),
        Words(
            "请核对地址：对方可能不是该服务。",
            "Check the address: who answers there may be somebody else.",
        ),
    )


def _out_of_reach(found: Settings, real: Iterable[Channel]) -> Findings:
    """Twilio does not call mainland China: said of each person it touches."""
    for person, via in app.out_of_reach(found, real):
        yield Finding(
            f"reach {person.id}",
            WARNING,
            Words(
                f"没有通道能以{VIA_NAMES[via].zh}联系{person.name.said('zh')}"
                "（Twilio 不呼叫中国大陆号码）。",
                f"No channel reaches {person.name.said('en')} by {VIA_NAMES[via].en}"
                " (Twilio does not call mainland China).",
            ),
            Words(
                "请在 contacts/gateways.yaml 中配置境内网关。",
                "Describe a gateway in contacts/gateways.yaml.",
            ),
        )


def _notes(found: Settings) -> Findings:
    """What `check` notes of the channels and of the people they do not reach."""
    _, notes = app.examined(found.site)
    for note in notes:
        what = Words(f"{note.what.zh}。", f"{note.what.en}.")
        yield Finding(f"{note.file}:{note.line}", NOTE, what, note.mend)
