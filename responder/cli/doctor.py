"""`doctor`: everything tried, a line each, with the mend."""

import shutil
import stat
from datetime import timedelta
from pathlib import Path

import click

from responder import app, settings
from responder.app import App
from responder.cli import channels_tried, show
from responder.cli.acting import say_json, settings_for
from responder.cli.examined import FAILED, NOTHING, OK, WARNING, Finding, Findings, tried
from responder.cli.frame import command
from responder.cli.given import Given
from responder.commands.queries import health
from responder.domain.words import Words
from responder.errors import ResponderError
from responder.evidence.audit import Verdict
from responder.settings import Settings

LEAST_FREE = 500_000_000
FUTURE = timedelta(seconds=5)


@command("doctor", "逐项体检：数据库、密钥、时钟、通道、站点", "Try everything, and say the mend")
def doctor(given: Given) -> None:
    """Examine."""
    found = [*_of_surroundings(given), *_of_house(given)]
    if given.as_json:
        say_json({"checks": [one.document(given.language) for one in found]})
    else:
        show.table(("", "", ""), [one.row(given.language) for one in found])
    if any(one.state == FAILED for one in found):
        raise click.exceptions.Exit(1)


def _of_surroundings(given: Given) -> Findings:
    for name, near in settings.unknown_variables(settings.environment()).items():
        yield Finding(
            "settings",
            WARNING,
            Words(f"不认识环境变量{name}。", f"The variable {name} means nothing here."),
            Words(f"您是否指：{near}？", f"Did you mean {near}?") if near else NOTHING,
        )
    yield from tried("site", lambda: _site(given))


def _site(given: Given) -> Findings:
    folder, _ = app.folder_of(given.site)
    findings, _ = app.examined(folder)
    errors = sum(finding.severity == "error" for finding in findings)
    rest = len(findings) - errors
    counted = Words(
        f"{folder}：{errors}个错误，{rest}个提醒。", f"{folder}: {errors} errors, {rest} warnings."
    )
    mend = Words("详见 responder check。", "See `responder check`.") if findings else NOTHING
    yield Finding("site", FAILED if errors else WARNING if rest else OK, counted, mend)


def _of_house(given: Given) -> Findings:
    try:
        found = settings_for(given)
    except ResponderError as error:
        yield Finding("settings", FAILED, Words(error.said("zh"), error.said("en")))
        return
    yield from _disk(found)
    yield from _key(found)
    yield from tried("channels", lambda: channels_tried.channels(found))
    if app.has_database(found):
        yield from tried("database", lambda: _database(found))
    else:
        none = Words("还没有数据库。", "There is no database yet.")
        made = Words("serve 或第一个 declare 会建立。", "`serve` or the first `declare` makes it.")
        yield Finding("database", WARNING, none, made)
    yield from tried("people", lambda: channels_tried.people(found))


def _disk(found: Settings) -> Findings:
    place: Path = found.var
    while not place.exists():
        place = place.parent
    free = shutil.disk_usage(place).free
    said = Words(f"{place}剩余{free // 1_000_000} MB。", f"{free // 1_000_000} MB free at {place}.")
    mend = Words("请尽快腾出空间。", "Free some space soon.")
    yield Finding("disk", WARNING, said, mend) if free < LEAST_FREE else Finding("disk", OK, said)


def _key(found: Settings) -> Findings:
    file = found.site_key_file
    if not file.exists():
        none = Words(f"还没有签名密钥（{file}）。", f"There is no signing key yet ({file}).")
        made = Words("第一次签校验点时生成。", "It is made with the first checkpoint.")
        yield Finding("key", WARNING, none, made)
        return
    yield from tried("key", lambda: _key_file(found, file))


def _key_file(found: Settings, file: Path) -> Findings:
    app.signer_of(found)
    if stat.S_IMODE(file.stat().st_mode) & 0o077:
        open_to_all = Words(f"{file}他人可读。", f"{file} can be read by others.")
        yield Finding(
            "key", FAILED, open_to_all, Words("请执行 chmod 600。", "Run chmod 600 on it.")
        )
    else:
        yield Finding("key", OK, Words(f"{file}可用。", f"{file} is usable."))


def _database(found: Settings) -> Findings:
    with app.opened(found, check=True) as house:
        house.store.run(lambda _uow: None)
        where = house.store.where
        sound = Words(f"{where}完好，可写。", f"{where} is sound and can be written.")
        yield Finding("database", OK, sound)
        verdict = house.verify()
        yield from _ledger(verdict)
        yield from _engine(house)
        yield from _clock(house, verdict.entries)
        yield from channels_tried.accounts(found, house)


def _ledger(verdict: Verdict) -> Findings:
    if verdict.fault:
        said = Words(verdict.fault.said("zh"), verdict.fault.said("en"))
        mend = Words(
            "请另存数据库作为证据，停止使用，并报告负责人。",
            "Keep the database as evidence, stop using it, and tell who is responsible.",
        )
        yield Finding("ledger", FAILED, said, mend)
    else:
        n = verdict.entries
        yield Finding("ledger", OK, Words(f"处置记录{n}条，完整。", f"{n} entries, intact."))


def _engine(house: App) -> Findings:
    figures = house.read(health)
    match figures["sending"]:
        case "running":
            said = Words("服务正在运行。", "An engine is running.")
            yield Finding("engine", OK, said)
        case "halted":
            said = Words("全部外发已被停止。", "Everything outgoing is halted.")
            mend = Words("恢复请执行 responder resume。", "`responder resume` starts it again.")
            yield Finding("engine", FAILED, said, mend)
        case _:
            said = Words("服务没有运行，什么都发不出去。", "No engine is running; nothing is sent.")
            mend = Words("请执行 responder serve。", "Run `responder serve`.")
            yield Finding("engine", WARNING, said, mend)


def _clock(house: App, entries: int) -> Findings:
    """The record's times never decrease: a clock behind its last entry was set back."""
    last = house.read(lambda uow, _now: uow.ledger.all(entries - 1, 1))
    behind = last[0].at - house.clock.now() if last else timedelta(0)
    if behind > FUTURE:
        seconds = int(behind.total_seconds())
        yield Finding(
            "clock",
            FAILED,
            Words(
                f"系统时钟比最后一条记录慢{seconds}秒。",
                f"The clock is {seconds} s behind the record.",
            ),
            Words("请校时（NTP）。", "Set it right (NTP)."),
        )
    else:
        yield Finding(
            "clock", OK, Words("系统时钟不早于记录。", "The clock is not behind the record.")
        )
