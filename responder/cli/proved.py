"""What a proof found, for people and for programs."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from responder.cli import show
from responder.domain.roster import Roster
from responder.readiness.proof.coverage import LACKS
from responder.readiness.proof.prove import Proof
from responder.readiness.proof.question import Breach, Mend, Question, Uncovered
from responder.readiness.proof.statement import Statement, channels_named

MINUTE = timedelta(minutes=1)
MOST_SHOWN = 20


def show_proof(proof: Proof, told: Statement, roster: Roster, language: str) -> None:
    names = show.Names(roster.site, language)
    _verdict(proof, names)
    if proof.uncovered:
        show.line("")
        show.table(
            (names.said("岗位", "role"), names.said("何时", "when"), names.said("缺口", "gap")),
            [_uncovered_row(one, names) for one in proof.uncovered[:MOST_SHOWN]],
            names.said("主岗与备岗", "Primary and backup"),
        )
        _more(len(proof.uncovered), names)
    if proof.breaches:
        show.line("")
        show.line(names.said("没有这些人或通道就不行", "What breaks it"), "bold")
    groups = _together(proof.breaches)
    for group in groups[:MOST_SHOWN]:
        _show_breaches(group, proof.question, names)
    _more(len(groups), names)
    _show_statement(told, names)


def _verdict(proof: Proof, names: show.Names) -> None:
    asked, said = proof.question, names.said
    within, days = _minutes(asked.within), asked.horizon // timedelta(days=1)
    limits = said(
        f"{asked.people}人联系不上、{asked.channels}种通道中断",
        f"{asked.people} people unreachable and {asked.channels} channels down",
    )
    if proof.holds:
        show.line(
            said(
                f"✓ 已证明：今后{days}天任何时刻启动，即使任意{limits}，{within}分钟内都有人接手、"
                "有人决策。",
                f"✓ Proved: declared at any time in {days} days, with any {limits}, somebody takes"
                f" it and decides within {within} min.",
            ),
            "bold green",
        )
        return
    count, roles = len(_together(proof.breaches)), len(proof.uncovered)
    show.line(
        said(
            f"✗ 有缺口：接手与决策{count}处，主备岗{roles}处"
            f"（{days}天，至多{limits}，{within}分钟）。",
            f"✗ Not proved: {count} gaps in taking and deciding, {roles} in primaries and backups"
            f" ({days} days, up to {limits}, {within} min).",
        ),
        "bold red",
    )


def _together(breaches: tuple[Breach, ...]) -> list[list[Breach]]:
    """Gaps alike but for their playbook, as one."""
    found: dict[Any, list[Breach]] = {}
    for one in breaches:
        words = one.mend.words if one.mend else None
        whose = bool(one.decisions) or one.playbook
        key = (one.people, one.channels, whose, one.spans, one.reached_after, words)
        found.setdefault(key, []).append(one)
    return list(found.values())


def _show_breaches(group: list[Breach], asked: Question, names: show.Names) -> None:
    one, said = group[0], names.said
    without = names.listed(
        [*map(names.person, one.people), *channels_named(one.channels, names.language)]
    )
    titles = names.listed(
        names.site.playbooks[b.playbook].title.said(names.language) for b in group
    )
    decisions = dict.fromkeys(d for b in group for d in b.decisions)
    what = (
        said("无人决策：", "undecided: ") + names.listed(map(names.decision, decisions))
        if decisions
        else said("无人接手", "nobody takes it")
    )
    show.line("")
    show.line(
        f"✗ {without if without != '—' else said('即使人人可联系', 'Even with everybody')}"
        f" → {what}",
        "red",
    )
    show.pairs(
        [
            (said("  方案", "  playbooks"), titles),
            (said("  何时", "  when"), _when(one, names)),
            (said("  缺口", "  gap"), _gap(one, asked, names)),
            (said("  办法", "  mend"), _mend(one.mend, names)),
        ]
    )


def _when(one: Breach, names: show.Names) -> str:
    first = names.clock(one.spans[0].start, full=True)[:16]
    last = names.clock(one.spans[0].end, full=True)[:16]
    total = _lasting(one.lasts, names)
    more = len(one.spans) - 1
    said = f"{first} – {last}"
    if more:
        said += names.said(f"，及另外{more}段", f" and {more} more")
    return said + names.said(f"；共{total}", f"; {total} in all")


def _gap(one: Breach, asked: Question, names: show.Names) -> str:
    if one.reached_after is None:
        return names.said("两小时内始终无人", "nobody at all within two hours")
    late = _minutes(one.reached_after - asked.within)
    after = _minutes(one.reached_after)
    return names.said(
        f"{late}分钟（启动后{after}分钟才有人）", f"{late} min (only {after} min after declaring)"
    )


def _mend(mend: Mend | None, names: show.Names) -> str:
    if mend is None:
        return names.said(
            "单独一处改动不够：请增加递补人员并缩短等待，再运行 prove",
            "no single change will do: add people and shorten waits, then run prove again",
        )
    checked = names.said("已代入复验", "run again with it: closed")
    return f"{mend.where}: {mend.words.said(names.language)} ({checked})"


def _uncovered_row(one: Uncovered, names: show.Names) -> tuple[Any, ...]:
    when = f"{names.clock(one.start, full=True)[:16]} – {names.clock(one.end, full=True)[:16]}"
    lasting = _lasting(one.end - one.start, names)
    lacks = LACKS[one.lacks].said(names.language)
    mend = _mend(one.mend, names) if one.mend else names.said("请另行指定人员", "name somebody")
    return names.role(one.role), when, f"{lacks} ({lasting}) → {mend}"


def _show_statement(told: Statement, names: show.Names) -> None:
    for title, words in (
        (names.said("证明了什么", "Covered"), told.covered),
        (names.said("前提", "Taken for granted"), told.assumed),
        (names.said("没有证明", "Not covered"), told.not_covered),
    ):
        show.line("")
        show.line(title, "bold")
        for one in words:
            show.line(f"  {one.said(names.language)}")


def _more(count: int, names: show.Names) -> None:
    if count > MOST_SHOWN:
        left = count - MOST_SHOWN
        show.line(names.said(f"……另有{left}处，见 --json。", f"… and {left} more: see --json."))


def _lasting(span: timedelta, names: show.Names) -> str:
    days, rest = divmod(span, timedelta(days=1))
    hours, minutes = divmod(round(rest / MINUTE), 60)
    parts = [(days, "天", " d"), (hours, "小时", " h"), (minutes, "分钟", " min")]
    said = [f"{count}{names.said(zh, en)}" for count, zh, en in parts if count]
    return names.said("", " ").join(said) or names.said("1分钟", "1 min")


def _minutes(span: timedelta) -> str:
    minutes, seconds = divmod(int(span.total_seconds()), 60)
    return f"{minutes}" if not seconds else f"{minutes}:{seconds:02}"


# For programs


def proof_json(proof: Proof, told: Statement, roster: Roster, language: str) -> dict[str, Any]:
    asked, zone = proof.question, show.Names(roster.site, language)
    return {
        "holds": proof.holds,
        "from": _at(asked.start, zone),
        "to": _at(asked.end, zone),
        "people": asked.people,
        "channels": asked.channels,
        "within_seconds": _seconds(asked.within),
        "answer_after_seconds": _seconds(asked.answer_after),
        "playbooks": [one.playbook for one in proof.found],
        "uncovered": [
            {
                "role": one.role,
                "playbooks": list(one.playbooks),
                "lacks": one.lacks,
                "from": _at(one.start, zone),
                "to": _at(one.end, zone),
                "minutes": round((one.end - one.start) / MINUTE),
                "mend": _mend_json(one.mend, language),
            }
            for one in proof.uncovered
        ],
        "gaps": [_breach_json(one, asked, zone, language) for one in proof.breaches],
        "statement": {
            "figures": told.figures,
            "covered": [one.said(language) for one in told.covered],
            "assumed": [one.said(language) for one in told.assumed],
            "not_covered": [one.said(language) for one in told.not_covered],
        },
    }


def _breach_json(one: Breach, asked: Question, names: show.Names, language: str) -> dict[str, Any]:
    after = one.reached_after
    return {
        "playbook": one.playbook,
        "decisions": list(one.decisions),
        "people": list(one.people),
        "channels": list(one.channels),
        "declared": _at(one.first, names),
        "reached_after_seconds": None if after is None else _seconds(after),
        "gap_minutes": None if after is None else round((after - asked.within) / MINUTE, 1),
        "open_minutes": round(one.lasts / MINUTE),
        "spans": [{"from": _at(s.start, names), "to": _at(s.end, names)} for s in one.spans],
        "mend": _mend_json(one.mend, language),
    }


def _mend_json(mend: Mend | None, language: str) -> dict[str, Any] | None:
    if mend is None:
        return None
    words = mend.words.said(language)
    return {"kind": mend.kind, "where": mend.where, "what": words, "verified": True}


def _at(at: datetime, names: show.Names) -> str:
    return at.astimezone(ZoneInfo(names.site.time_zone)).isoformat()


def _seconds(span: timedelta) -> int:
    return int(span.total_seconds())
