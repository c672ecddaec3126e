"""`serve`: everything, in one process."""

import click

from responder import app
from responder.app import App
from responder.cli.acting import DOOR, os_user, settings_for
from responder.cli.frame import command
from responder.cli.given import Given, option
from responder.cli.greeting import greet
from responder.cli.running import Running, run
from responder.commands.daily import StartRounds
from responder.commands.incidents.room import ConnectPlatforms
from responder.commands.revising import UNEXPORTED
from responder.domain.record import By
from responder.errors import SiteDoesNotLoad
from responder.settings import environment, unknown_variables

ROLES = ("doors", "engine", "desk")
"""The note that says the database holds changes of contacts that no file has yet."""


@command(
    "serve",
    "启动服务：呼叫、收发、网页，全在一个进程里。Ctrl-C 停止",
    "Run everything in one process: paging, doors, web pages. Ctrl-C ends it",
)
@option(
    "--sandbox",
    is_flag=True,
    zh="不用任何真实通道，全部进模拟电话",
    en="Replace every outside channel by sandbox handsets",
)
@option(
    "--roles", default=",".join(ROLES), metavar="R,S", zh="只担任这些角色", en="Only these roles"
)
@option("--no-migrate", is_flag=True, zh="不更新数据库结构", en="Leave the database as it is")
def serve(given: Given, sandbox: bool, roles: str, no_migrate: bool) -> None:
    """Serve until told to stop."""
    playing = _roles(given, roles)
    settings = settings_for(given)
    for name, near in unknown_variables(environment()).items():
        meant = f"（{near}？）", f" ({near}?)"
        _warn(
            given, f"不认识环境变量{name}{meant[0]}", f"The variable {name} means nothing{meant[1]}"
        )
    with app.opened(settings, migrate=not no_migrate, check=True) as house:
        lock = house.store.engine_lock() if "engine" in playing else None
        if lock is not None:
            lock.acquire()
        try:
            _take_files(given, house)
            channels = app.channels_of(settings, sandbox)
            rooms = app.rooms_on(settings, channels)
            house.execute(ConnectPlatforms(by=By("", DOOR, os_user()), platforms=rooms))
            house.execute(StartRounds(by=By("", DOOR, os_user())))
            running = Running.of(house, channels, playing)
            run(running, lambda: greet(given, house, channels, running.address))
        finally:
            if lock is not None:
                lock.release()
    click.echo(given.said("已停止。", "Stopped."))


def _roles(given: Given, roles: str) -> set[str]:
    wanted = {role.strip() for role in roles.split(",") if role.strip()}
    unknown = sorted(wanted - set(ROLES))
    if unknown or not wanted:
        known = ",".join(ROLES)
        said = given.said(f"没有角色“{unknown}”，可用：{known}", f"--roles takes some of {known}")
        raise click.UsageError(said)
    return wanted


def _take_files(given: Given, house: App) -> None:
    """Changed files are taken unless the database holds changes of its own.

    In an emergency the service must come up: files that do not load leave the version in force.
    """
    by = By("", DOOR, os_user())
    version = house.version()
    if version is None:
        house.take_files(by)
        return
    if house.read(lambda uow, _now: bool(uow.notes.get(UNEXPORTED))):
        _warn(
            given,
            "数据库中有未导出的联系人改动，未采用文件；请用 contacts diff 查看、apply 采用。",
            "The database holds contact changes no file has; the files wait for `contacts diff` and"
            " `contacts apply`.",
        )
        return
    try:
        taken = house.take_files(by)
    except SiteDoesNotLoad as error:
        _warn(
            given,
            f"站点文件读不通，仍用数据库中的版本：{error.said('zh')}",
            f"The site's files do not load, so the version in force stays: {error.said('en')}",
        )
        return
    if taken != version:
        _warn(given, "站点文件有改动，已采用。", "The site's files have changed and are in force.")


def _warn(given: Given, zh: str, en: str) -> None:
    click.echo(given.said(zh, en), err=True)
