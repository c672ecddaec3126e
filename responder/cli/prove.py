"""`prove`: will somebody always take it, and always decide? If not: who, when, and the mend."""
# ruff: noqa: PLC0415 - the progress bar is loaded where somebody sees it

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import click

from responder import app
from responder.cli.acting import say_json, settings_for
from responder.cli.frame import command
from responder.cli.given import Given, option
from responder.cli.proved import proof_json, show_proof
from responder.cli.values import DURATION, instant
from responder.domain.playbook import Playbook
from responder.domain.site import Site
from responder.errors import UnknownId
from responder.readiness.proof.prove import alike, prove
from responder.readiness.proof.question import Question
from responder.readiness.proof.statement import statement

MINUTE = timedelta(minutes=1)
LEAST_ANSWER = timedelta(seconds=1)


@command(
    "prove",
    "证明：任意若干人联系不上、通道中断，仍有人接手、有人决策；否则给出缺口和办法",
    "Prove that whoever cannot be reached, somebody takes it and somebody decides; or show the gap",
)
@option("--horizon", type=DURATION, default="90d", zh="证明到多久以后", en="How far ahead")
@option(
    "-k",
    "people",
    type=click.IntRange(0, 5),
    default=2,
    metavar="N",
    zh="最多几人联系不上",
    en="Up to how many people are unreachable",
)
@option("--within", type=DURATION, default="15m", zh="多久之内", en="Within what time")
@option(
    "--channels",
    type=click.IntRange(0, 5),
    default=2,
    metavar="N",
    zh="最多几种通道中断",
    en="Up to how many channels fail",
)
@option(
    "--answer-after",
    type=DURATION,
    default="60s",
    zh="联系得上的人多久应答",
    en="How soon those who are reachable answer",
)
@option(
    "--playbook",
    "ids",
    multiple=True,
    metavar="P",
    zh="只证明这些方案（可多次）",
    en="These playbooks alone; may be repeated",
)
@option("--at", metavar="TIME", zh="从何时起（默认现在）", en="From when on; default now")
@option("--files", is_flag=True, zh="按文件，不按数据库", en="By the files, not the database")
def prove_(
    given: Given,
    horizon: timedelta,
    people: int,
    within: timedelta,
    channels: int,
    answer_after: timedelta,
    ids: tuple[str, ...],
    at: str | None,
    files: bool,
) -> None:
    """Prove it, and exit 1 on a gap."""
    roster = app.roster_in_force(settings_for(given), files)
    playbooks = _playbooks(roster.site, ids)
    now = app.system_clock().now()
    question = Question(
        (instant(at, now, roster.site.time_zone) if at else now).replace(microsecond=0),
        max(horizon, MINUTE),
        people,
        channels,
        max(within, LEAST_ANSWER),
        max(answer_after, LEAST_ANSWER),
    )
    with _progress(given, len(alike(playbooks))) as seen:
        proof = prove(roster, playbooks, question, app.shared_out(seen))
    said = statement(proof, roster)
    if given.as_json:
        say_json(proof_json(proof, said, roster, given.language))
    else:
        show_proof(proof, said, roster, given.language)
    if not proof.holds:
        raise click.exceptions.Exit(1)


def _playbooks(site: Site, ids: tuple[str, ...]) -> list[Playbook]:
    for id in ids:
        if id not in site.playbooks:
            raise UnknownId("处置方案", "playbook", id, site.playbooks)
    return [site.playbooks[id] for id in ids] or list(site.playbooks.values())


@contextmanager
def _progress(given: Given, total: int) -> Iterator[Callable[[], None]]:
    """A bar for whoever looks at a terminal; nothing in a pipe."""
    if not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
    from rich.progress import TimeElapsedColumn as Elapsed

    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), Elapsed()
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(given.said("逐个证明处置方案", "Proving the playbooks"), total=total)
        yield lambda: bar.advance(task)
