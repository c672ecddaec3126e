"""What a proof covers and what it does not, in its own words."""

from dataclasses import dataclass
from datetime import timedelta
from math import comb

from responder.domain.people import VIA_NAMES
from responder.domain.proving import on_call, proved_on
from responder.domain.roster import Roster
from responder.domain.words import Words
from responder.readiness.proof.prove import Proof
from responder.readiness.proof.silence import channel_sets


@dataclass(frozen=True, slots=True)
class Statement:
    """What was looked at, what was taken for granted, what was left out."""

    covered: tuple[Words, ...]
    assumed: tuple[Words, ...]
    not_covered: tuple[Words, ...]
    figures: dict[str, int]


def statement(proof: Proof, roster: Roster) -> Statement:
    """The statement that goes with a proof."""
    figures = _figures(proof, roster)
    return Statement(_covered(proof, figures), _assumed(proof), _not_covered(figures), figures)


def _figures(proof: Proof, roster: Roster) -> dict[str, int]:
    asked, counts = proof.question, proof.counts
    channels = len(channel_sets(roster, asked.channels))
    proved = {person for person, _ in proved_on(roster.site, ())}
    return {
        "people": proof.people,
        "playbooks": len(proof.found),
        "kinds_of_playbook": proof.kinds,
        "roles": proof.roles,
        "levels": 4,
        "sets_of_people": sum(comb(proof.people, size) for size in range(asked.people + 1)),
        "sets_of_channels": channels,
        "intervals": counts.instants,
        "moments": counts.moments,
        "checks": counts.sets,
        "by_argument": counts.argued,
        "by_simulation": counts.runs,
        "unproved_people": sum(person not in proved for person in on_call(roster.site)),
    }


def _covered(proof: Proof, n: dict[str, int]) -> tuple[Words, ...]:
    asked = proof.question
    days, within = asked.horizon // timedelta(days=1), _minutes(asked.within)
    return (
        Words(
            f"{n['playbooks']}份处置方案、{n['roles']}个岗位、{n['people']}名可联系人员，"
            f"Ⅰ至Ⅳ级，今后{days}天内的每一个启动时刻（按变动区间，不抽样）。",
            f"{n['playbooks']} playbooks, {n['roles']} roles, {n['people']} people with a way,"
            f" levels 1 to 4, declared at any instant of {days} days (by intervals, no sampling).",
        ),
        Words(
            f"任意不超过{asked.people}人联系不上（{n['sets_of_people']:,}种）与任意不超过"
            f"{asked.channels}种通道中断（{n['sets_of_channels']}种）同时发生，"
            f"{within}分钟内有人接手且决策有人作出。",
            f"Every set of up to {asked.people} unreachable people ({n['sets_of_people']:,}) with"
            f" every set of up to {asked.channels} failed channels ({n['sets_of_channels']}): taken"
            f" and decided within {within} minutes.",
        ),
        Words(
            f"呼叫和决策相同的方案归为{n['kinds_of_playbook']}类，"
            f"按值班变动分成{n['intervals']:,}段，情形相同的归并为{n['moments']:,}种；"
            f"归并后核对{n['checks']:,}次：{n['by_argument']:,}次按规则直接推定，"
            f"{n['by_simulation']:,}次逐秒推演。归并不遗漏任何一种情形（ADR 0030）。",
            f"{n['kinds_of_playbook']} kinds of playbook; {n['intervals']:,} stretches of their"
            f" rosters folded into {n['moments']:,} that differ; {n['checks']:,} checks,"
            f" {n['by_argument']:,} by argument from the rules, {n['by_simulation']:,} simulated."
            " Folding leaves no case out (ADR 0030).",
        ),
    )


def _assumed(proof: Proof) -> tuple[Words, ...]:
    seconds = int(proof.question.answer_after.total_seconds())
    return (
        Words(
            f"联系得上的人在首次响铃（收到首条消息）后{seconds}秒应答；联系不上的人始终不应答。",
            f"Whoever is reachable answers {seconds} s after the first ring or message that gets"
            " through; whoever is not never does.",
        ),
        Words(
            "中断的通道当场退回每一次呼叫，其余通道正常；供应商既不报错也不送达的，"
            "每换一种方式最多另等30秒。",
            "A failed channel refuses each ring at once and the others work; a provider that says"
            " nothing at all delays each next way by up to 30 s.",
        ),
        Words(
            "各项决策均按启动时提请计算，包括完成某项任务后才提请的。",
            "Every decision is asked at declaration, those that wait for a task too.",
        ),
    )


def _not_covered(n: dict[str, int]) -> tuple[Words, ...]:
    unproved = n["unproved_people"]
    return (
        Words(
            "号码和账号是否真实有效"
            + (f"：{unproved}名值守相关人员还没有核验记录（reach verify）。" if unproved else "。"),
            "Whether numbers and accounts are right"
            + (
                f": {unproved} people on call have no way proved yet (reach verify)."
                if unproved
                else "."
            ),
        ),
        Words(
            "有人转下一位、误答或否决；Ⅳ级的夜间静默；多起事件同时呼叫；被叫限额；服务停机。",
            "Declines, wrong answers, rejections; the quiet hours of level 4; several incidents at"
            " once; providers' limits; downtime of this system.",
        ),
        Words(
            "值班表在此期间的改动：改后须重新运行 prove。",
            "Changes of the rosters from now on: run `prove` again after each.",
        ),
    )


def _minutes(span: timedelta) -> str:
    minutes, seconds = divmod(int(span.total_seconds()), 60)
    return f"{minutes}" if not seconds else f"{minutes}:{seconds:02}"


def channels_named(channels: tuple[str, ...], language: str) -> list[str]:
    """Kinds of way in a language."""
    return [VIA_NAMES[via].said(language) for via in channels]
