"""`ledger`: proving the record."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from responder import app
from responder.app import App
from responder.cli.acting import (
    DOOR,
    house_to_act_in,
    looking,
    os_user,
    say_json,
    settings_for,
)
from responder.cli.failing import one_line
from responder.cli.frame import command, group
from responder.cli.given import Given, option
from responder.domain.record import By
from responder.errors import BadInput
from responder.evidence.checkpoint import Checkpoint, parse


@command(
    "verify",
    "核验整条处置记录；有问题则指出第一条并以退出码 1 结束",
    "Verify the whole record; names the first broken entry and exits 1 if there is one",
)
@option(
    "--against",
    type=click.Path(path_type=Path),
    metavar="FILE",
    zh="对照另存的校验点",
    en="Against a checkpoint kept elsewhere too",
)
def verify(given: Given, against: Path | None) -> None:
    """Compute every column of the ledger anew."""
    kept = _kept(against) if against else None
    with looking(given) as house:
        verdict = house.verify(kept)
    fault = verdict.fault
    if given.as_json:
        say_json(
            {
                "ok": verdict.ok,
                "entries": verdict.entries,
                "hash": verdict.hash,
                "removed": list(verdict.removed),
                "checkpoints": verdict.checkpoints,
                "fault": {"seq": fault.seq, "reason": fault.reason.said(given.language)}
                if fault
                else None,
            }
        )
    if fault:
        click.echo(one_line(fault.said(given.language)), err=True)
        raise click.exceptions.Exit(1)
    if not given.as_json:
        n, gone = verdict.entries, len(verdict.removed)
        click.echo(
            given.said(
                f"处置记录完整：{n}条，其中{gone}条正文已依法删除，校验点{verdict.checkpoints}个。"
                f"末条 {verdict.hash}",
                f"The record is intact: {n} entries, {gone} with their payload lawfully removed,"
                f" {verdict.checkpoints} checkpoints. Head {verdict.hash}",
            )
        )


@command(
    "checkpoint",
    "给此刻的处置记录签一个校验点，请存到别处",
    "Sign a checkpoint of the record as it is now; keep it elsewhere",
)
@option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="FILE",
    zh="写入文件",
    en="Write it to a file",
)
def checkpoint(given: Given, out: Path | None) -> None:
    """Sign what the chain is now."""
    with looking(given):
        pass  # a checkpoint of a database that is not there proves nothing
    with _house_to_sign_in(given) as (house, by):
        document = house.checkpoint(by).document()
    if out is None:
        say_json(document)
        return
    try:
        out.write_text(json.dumps(document) + "\n", encoding="utf-8")
    except OSError as error:
        raise _not_written(out, error) from error
    if given.as_json:
        say_json({"id": str(out), **document})
    else:
        click.echo(given.said(f"校验点已写入 {out}。", f"The checkpoint is in {out}."))


@contextmanager
def _house_to_sign_in(given: Given) -> Iterator[tuple[App, By]]:
    """A timer needs no name to take a checkpoint; whoever gives one is who they say."""
    if given.acting:
        with house_to_act_in(given) as found:
            yield found
    else:
        with app.opened(settings_for(given)) as house:
            yield house, By("", DOOR, os_user())


def _kept(file: Path) -> Checkpoint:
    try:
        return parse(file.read_bytes())
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise BadInput(
            f"“{file}”不是校验点：{why}。",
            f"{file} holds no checkpoint: {why}.",
            "请指定 responder ledger checkpoint 写出的文件。",
            "Name a file that `responder ledger checkpoint` wrote.",
        ) from error


def _not_written(file: Path, error: OSError) -> BadInput:
    why = error.strerror or type(error).__name__
    return BadInput(
        f"写不进“{file}”：{why}。",
        f"{file} cannot be written: {why}.",
        "请检查路径和权限。",
        "Check the path and its permissions.",
    )


ledger = group("ledger", "核验处置记录", "Prove the record", verify, checkpoint)
