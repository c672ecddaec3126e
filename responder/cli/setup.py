"""`init`, `check`, `migrate`: before anything runs."""

from pathlib import Path

import click

from responder import app
from responder.cli.acting import say_json, settings_for
from responder.cli.frame import command
from responder.cli.given import Given, argument


@command(
    "init",
    "写出一份示例站点到新文件夹，日期以今天为准",
    "Write the sample site to a new folder, its dates around today",
)
@argument("folder", metavar="DIR", type=click.Path(path_type=Path))
def init(given: Given, folder: Path) -> None:
    """Write the sample."""
    app.write_sample(folder)
    if given.as_json:
        say_json({"id": str(folder)})
        return
    click.echo(
        given.said(
            f"已写入示例站点：{folder}。下一步：改 {folder}/contacts 中的人员，"
            f"再执行 responder --site {folder} check",
            f"The sample site is in {folder}. Next: put your people into {folder}/contacts, then"
            f" run: responder --site {folder} check",
        )
    )


@command(
    "check",
    "检查站点文件：一行一个问题，写明文件、行、条款、办法；有错误则退出码为 1",
    "Check the site's files: a line a finding (file, line, clause, mend); exit 1 on an error",
)
def check(given: Given) -> None:
    """Say what the site lacks or contradicts."""
    folder, _ = app.folder_of(given.site)
    findings, notes = app.examined(folder)
    errors = sum(finding.severity == "error" for finding in findings)
    if given.as_json:
        say_json(
            {
                "errors": errors,
                "findings": [
                    {
                        "file": f.file,
                        "line": f.line,
                        "severity": f.severity,
                        "clause": f.clause,
                        "what": f.what.said(given.language),
                        "mend": f.mend.said(given.language),
                    }
                    for f in findings
                ],
                "notes": [note.said(given.language) for note in notes],
            }
        )
    else:
        for finding in [*notes, *findings]:
            click.echo(finding.said(given.language))
        rest = len(findings) - errors
        click.echo(
            given.said(
                f"{folder}：{errors}个错误，{rest}个提醒。",
                f"{folder}: {errors} errors, {rest} warnings.",
            ),
            err=True,
        )
    if errors:
        raise click.exceptions.Exit(1)


@command("migrate", "把数据库更新到本版本", "Bring the database up to date with this release")
def migrate(given: Given) -> None:
    """Apply what is lacking."""
    settings = settings_for(given)
    applied = app.migrate(settings)
    if given.as_json:
        say_json({"id": "database", "applied": list(applied)})
        return
    done = given.said(f"已更新：{'、'.join(applied)}。", f"Applied {', '.join(applied)}.")
    click.echo(done if applied else given.said("数据库已是最新。", "The database is up to date."))
