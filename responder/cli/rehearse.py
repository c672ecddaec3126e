"""`page --dry-run`: who would be called, when and how."""

from datetime import datetime
from typing import Any

from responder.cli import show
from responder.cli.acting import looking, say_json
from responder.cli.given import Given
from responder.commands.paging.dry_run import would_page
from responder.domain.site import Site
from responder.ports.unit_of_work import UnitOfWork


def say_who_would_be_called(given: Given, target: str, incident: str) -> None:
    """Say it, in each person's local time; nobody is called."""

    def find(uow: UnitOfWork, now: datetime) -> tuple[list[dict[str, Any]], Site]:
        found = would_page(uow, incident, target, now)
        held = uow.incidents.get_many([incident])[incident]
        return found, uow.sites.get(held.site_version)

    with looking(given) as house:
        found, site = house.read(find)
    if given.as_json:
        say_json({"id": incident, "dry_run": True, "would_page": found})
        return
    names = show.Names(site, given.language)
    said = names.said
    show.line(
        said("以下只是推演，没有呼叫任何人。", "Nobody is called: this only says who would be.")
    )
    show.table(
        (said("谁", "who"), said("当地时间", "local time"), said("方式", "how")),
        [row for person in found for row in _rows(person, names)],
    )


def _rows(person: dict[str, Any], names: show.Names) -> list[tuple[Any, ...]]:
    name = names.person(person["person"])
    if not person["rings"]:
        return [(name, "", ("red", names.said("没有可用的联络方式", "no working way")))]
    return [
        (
            name if place == 0 else "",
            f"{ring['at'][11:19]} {person['time_zone']}",
            ring["via"] + _again(ring["every"], names),
        )
        for place, ring in enumerate(person["rings"])
    ]


def _again(every: int | None, names: show.Names) -> str:
    return names.said(f"，每{every}秒再呼", f", again each {every} s") if every else ""
