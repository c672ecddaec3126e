"""`simulate`: who would be called, and when, if a playbook were declared."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click

from responder import app
from responder.cli import show
from responder.cli.acting import say_json, settings_for
from responder.cli.frame import command
from responder.cli.given import Given, argument, option
from responder.cli.papers import put
from responder.cli.values import DURATION, LEVEL, PEOPLE, instant
from responder.commands.obligations.foreseen import clocks_started
from responder.domain.people import BY_HAND, VIAS
from responder.domain.simulation import Scenario
from responder.domain.simulation import simulate as run
from responder.errors import UnknownId

LEAST_ANSWER = timedelta(seconds=1)
PATH: Any = click.Path(path_type=Path)
CHANNELS_KNOWN = tuple(via for via in VIAS if via != BY_HAND)


@command(
    "simulate",
    "推演：此时启动处置方案会呼叫谁、何时、谁来决策",
    "Simulate: who would be called and asked to decide, and when, if this were declared",
)
@argument("playbook")
@option("--at", metavar="TIME", zh="何时启动（默认现在）", en="When it is declared; default now")
@option("--unreachable", type=PEOPLE, default=(), zh="联系不上的人", en="Who cannot be reached")
@option(
    "--failed",
    type=PEOPLE,
    metavar="slack,voice",
    default=(),
    zh="中断的通道",
    en="Channels that refuse every ring",
)
@option("--level", type=LEVEL, zh="响应级别", en="The response level")
@option(
    "--answer-after",
    type=DURATION,
    default="60s",
    zh="其余人多久应答",
    en="How soon the others answer",
)
@option("--until", type=DURATION, default="2h", zh="推演多久", en="How long to look ahead")
@option("--svg", type=PATH, metavar="F.svg", zh="另画成 SVG", en="Draw it as SVG, too")
@option("--png", type=PATH, metavar="F.png", zh="另画成 PNG", en="Draw it as PNG, too")
@option("--files", is_flag=True, zh="按文件，不按数据库", en="By the files, not the database")
def simulate(
    given: Given,
    playbook: str,
    at: str | None,
    unreachable: tuple[str, ...],
    failed: tuple[str, ...],
    level: int | None,
    answer_after: timedelta,
    until: timedelta,
    svg: Path | None,
    png: Path | None,
    files: bool,
) -> None:
    """Run the rules on a virtual clock."""
    roster = app.roster_in_force(settings_for(given), files)
    site = roster.site
    if playbook not in site.playbooks:
        raise UnknownId("处置方案", "playbook", playbook, site.playbooks)
    for person in unreachable:
        if person not in site.people:
            raise UnknownId("人员", "person", person, site.people)
    for via in failed:
        if via not in CHANNELS_KNOWN:
            raise UnknownId("通道", "channel", via, CHANNELS_KNOWN)
    now = app.system_clock().now().replace(microsecond=0)
    plan = site.playbooks[playbook]
    scenario = Scenario(
        at=instant(at, now, site.time_zone) if at else now.astimezone(ZoneInfo(site.time_zone)),
        level=level or plan.level,
        unreachable=frozenset(unreachable),
        answer_after=max(answer_after, LEAST_ANSWER),
        until=until,
        failed=frozenset(failed),
    )
    found = run(roster, plan, scenario)
    clocks = clocks_started(site, plan, scenario.level, scenario.at)
    for kind, path in (("svg", svg), ("png", png)):
        if path is not None:
            drawn = site, found, clocks, scenario.level, given.language, kind
            put(path, app.simulation_drawn(*drawn))
    if given.as_json:
        say_json({**found, "dues": clocks})
        return
    names = show.Names(site, given.language)
    _show(found, clocks, names, scenario)
    for path in filter(None, (svg, png)):
        show.line(names.said(f"已画好 {path}", f"drawn: {path}"))


def _show(
    found: dict[str, Any], clocks: list[dict[str, Any]], names: show.Names, scenario: Scenario
) -> None:
    said = names.said
    plan = names.site.playbooks[found["playbook"]]
    show.table(
        (said("时刻", "time"), "T+", said("轮/步", "round/step"), said("何事", "what")),
        _rows(found, names),
        f"{plan.title.said(names.language)} · {names.level(scenario.level)}"
        f" · {names.clock(scenario.at, full=True)}",
    )
    _outcome(found, names)
    if clocks:
        show.line("")
        _dues(clocks, names)


def _rows(found: dict[str, Any], names: show.Names) -> Iterator[tuple[Any, ...]]:
    start = datetime.fromisoformat(found["at"])
    rung: dict[tuple[Any, ...], list[str]] = {}
    for event in found["events"]:
        key = tuple(event.get(name) for name in ("t", "kind", "round", "step", "person"))
        if event["kind"] == "page":
            refused = names.said("被退回", " refused") if event.get("refused") else ""
            rung.setdefault(key, []).append(event["via"] + refused)
    for event in found["events"]:
        key = tuple(event.get(name) for name in ("t", "kind", "round", "step", "person"))
        if event["kind"] == "page" and not rung.get(key):
            continue
        words, style = _words(event, rung.pop(key, []), names)
        step = f"{event['round']}/{event['step']}" if "step" in event else ""
        at = names.clock(start + timedelta(seconds=event["t"]))
        yield at, _after(event["t"]), step, (style, words)


def _after(t: int) -> str:
    hours, rest = divmod(t, 3600)
    return f"{hours}:{rest // 60:02}:{rest % 60:02}"


def _words(event: dict[str, Any], vias: list[str], names: show.Names) -> tuple[str, str]:
    said, person = names.said, names.person(event.get("person"))
    match event["kind"]:
        case "step":
            return said(f"第{event['step']}步开始", f"step {event['step']} starts"), "bold"
        case "nobody":
            return said(f"{event['target']}：无人", f"{event['target']}: nobody"), "red"
        case "page":
            return said(f"呼叫{person}", f"call {person}") + f" ({', '.join(vias)})", ""
        case "acknowledged":
            return said(f"{person}接手", f"{person} takes it"), "green"
        case "changed":
            role = names.role(event["role"])
            return said(f"{role}换为{person}", f"{role} is now {person}"), "yellow"
        case "widened":
            return said("扩大呼叫范围", "more people are paged"), "red"
        case "asked":
            return _asked(event, person, names), "cyan"
        case _:
            question = names.decision(event["decision"])
            return said(f"{person}决策：{question}", f"{person} decides: {question}"), "green"


def _asked(event: dict[str, Any], person: str, names: show.Names) -> str:
    question, first = names.decision(event["decision"]), event["acting_for"]
    known = names.site.decisions.get(event["decision"])
    acting = names.person(first) if first and known and known.by_succession else ""
    if acting:
        return names.said(
            f"请{person}代{acting}决策：{question}",
            f"ask {person}, acting for {acting}: {question}",
        )
    return names.said(f"请{person}决策：{question}", f"ask {person}: {question}")


def _dues(clocks: list[dict[str, Any]], names: show.Names) -> None:
    """The regulators' clocks that would start, soonest due first; then what is to come."""
    said, language = names.said, names.language
    rows = []
    for one in clocks:
        if one["state"] == "not_demanded":
            continue
        to = names.listed(map(names.unit, one["to"])) if one["to"] else one["addressee"][language]
        late = " " + said("（视定级）", "(by its grade)") if one["state"] == "depends" else ""
        due = names.clock(one["due_at"], full=True) if one["due_at"] else said("未起算", "not yet")
        rows.append((due, f"{one['id']}{late}", to, one["title"][language], one["rule"][language]))
    heads = ("到期", "due"), ("编号", "id"), ("报给", "to"), ("事项", "what"), ("规则", "rule")
    title = said("启动后的报送时限", "What would be owed outside")
    show.table([said(*head) for head in heads], rows, title)


def _outcome(found: dict[str, Any], names: show.Names) -> None:
    outcome, said = found["outcome"], names.said
    t = outcome["acknowledged_t"]
    if t is None:
        show.line(said("无人接手到位。", "Not enough people take it."), "bold red")
    else:
        takers = names.people(outcome["acknowledged_by"])
        leader = names.person(outcome["commander"])
        show.line(
            said(
                f"{_after(t)} 接手：{takers}；现场指挥：{leader}。",
                f"Taken at {_after(t)} by {takers}; commander {leader}.",
            ),
            "bold red" if outcome["short"] else "bold green",
        )
    for id, decided in outcome["decisions"].items():
        by, question = names.person(decided["by"]), names.decision(id)
        after = _after(decided["t"])
        show.line(
            said(f"{after} {by}决策：{question}", f"{after} {by} decides: {question}"), "bold"
        )
