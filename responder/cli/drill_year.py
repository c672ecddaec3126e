"""`drill programme` and `drill annual`: drills over the half-years, and the year's report."""

from datetime import date
from pathlib import Path
from typing import Any

from responder import app
from responder.cli import show
from responder.cli.acting import act, looking, say_json
from responder.cli.frame import command
from responder.cli.given import Given, argument, option
from responder.cli.papers import PATH, put, written
from responder.cli.values import DAY
from responder.commands.drills.archiving import KeepArchive, archive_of, archives
from responder.commands.drills.records import FileYear, drill_programme, year_of_drills
from responder.domain.words import Words
from responder.drills.annual import Annual
from responder.drills.programme import Programme, label
from responder.errors import BadInput


@command(
    "programme",
    "演练规划：各方案何时练过，下一次练什么，谁没练过",
    "What was drilled when, what is next, who never was",
)
def programmed(given: Given) -> None:
    """Show it."""
    with looking(given) as house:
        found = house.read(drill_programme)
        site = house.roster().site
    if given.as_json:
        say_json(programme_shown(found))
        return
    say_programme(found, show.Names(site, given.language))


@command(
    "annual",
    "年度演练情况报告（PDF）；--receipt 登记已报送",
    "The year's report on drills; --receipt records that it was filed",
)
@argument("year", type=int)
@option("--out", type=PATH, default=None, metavar="FILE.pdf", zh="写到哪里", en="Where to")
@option("--receipt", default="", zh="回执编号：登记已报送", en="The receipt: it was filed")
@option("--on", type=DAY, default=None, zh="报送日期（默认今天）", en="The day; default today")
def yearly(given: Given, year: int, out: Path | None, receipt: str, on: date | None) -> None:
    """Write it, or record its filing."""
    if receipt:
        act(given, FileYear, year=year, receipt=receipt, on=on)
        return
    with looking(given) as house:
        found = house.read(lambda uow, now: year_of_drills(uow, now, year))
    if out is not None:
        written(given, out, app.papers_of().make("drill-year", found, given.language), str(year))
        return
    say_json(annual_shown(found))


@command(
    "archive", "演练档案：一个文件，含脚本、记录、评定与整改", "A drill as one file, to be kept"
)
@argument("id")
@option("--out", required=True, type=PATH, metavar="FILE", zh="写到哪里", en="Where to")
def archived(given: Given, id: str, out: Path) -> None:
    """Write it."""
    with looking(given) as house:
        one = house.read(lambda uow, now: archive_of(uow, id, now))
    put(out, app.archive_text(one).encode())
    if given.as_json:
        say_json({"id": id, "file": str(out)})
        return
    show.line(given.said(f"已写好 {out}。", f"{out} is written."))


@command("import", "收入别处的演练档案", "Take a drill held elsewhere into the register")
@argument("file", type=PATH)
@option(
    "--held-at",
    default="",
    metavar="NAME",
    zh="在哪里举行，例如 上海分公司（默认按档案中的单位名称）",
    en="Where it was held; default the firm that the file names",
)
def taken_in(given: Given, file: Path, held_at: str) -> None:
    """Take it in."""
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"{file}读不出来。", f"{file} cannot be read.") from error
    act(given, KeepArchive, archive=app.archive_from(text), held_at=held_at)


@command("archives", "收入的演练档案：本系统编号、原编号、何处举行", "The drills taken in")
def archives_listed(given: Given) -> None:
    """List them."""
    with looking(given) as house:
        found = house.read(lambda uow, _now: archives(uow))
    if given.as_json:
        say_json({"archives": found})
        return
    said, language = given.said, given.language
    show.table(
        (said("编号", "id"), said("举行", "held"), said("日期", "day"), said("演练", "drill")),
        [
            (
                one["id"],
                one["held_at"][language],
                one["on"] or "—",
                one["title"][language] if one["title"] else said("不计次", "does not count"),
            )
            for one in found
        ],
    )


def programme_shown(found: Programme) -> dict[str, Any]:
    """The programme for scripts."""
    return {
        "halves": [label(half) for half in found.halves],
        "grid": {name: list(counts) for name, counts in found.grid.items()},
        "latest": {name: day.isoformat() for name, day in found.latest.items()},
        "next": list(found.next),
        "never": list(found.never),
        "recurring": list(found.recurring),
        "posts": {role: {"drilled": n, "of": of} for role, (n, of) in found.posts.items()},
    }


def say_programme(found: Programme, names: show.Names) -> None:
    """What was tried when, what is to be tried next, who never took part."""
    said = names.said
    playbooks = names.site.playbooks
    titles = {id: playbooks[id].title.said(names.language) for id in found.grid if id in playbooks}
    never = ("bold red", said("未练过", "never"))
    halves = (label(half) for half in found.halves)
    show.table(
        (said("处置方案", "playbook"), *halves, said("最近", "latest"), said("定期", "recurs")),
        [
            (
                titles.get(name, name),
                *(str(n) if n else "·" for n in counts),
                found.latest[name].isoformat() if name in found.latest else never,
                said("是", "yes") if name in found.recurring else "·",
            )
            for name, counts in found.grid.items()
        ],
    )
    if found.next:
        first = titles.get(found.next[0], found.next[0])
        show.line(said(f"下一次建议：{first}。", f"Next: {first}."), "bold")
    if found.never:
        people = names.people(found.never)
        show.line(said(f"从未参演：{people}。", f"Never took part: {people}."))


def annual_shown(found: Annual) -> dict[str, Any]:
    """The year's totals for scripts."""
    first, second = found.by_half
    return {
        "year": found.year,
        "to": found.to,
        "drills": [one.id for one in found.drills],
        "held_at": {
            one.id: {"zh": one.held_at.said("zh"), "en": one.held_at.said("en")}
            for one in found.drills
            if one.held_at != Words()
        },
        "first_half": first,
        "second_half": second,
        "joint": found.joint,
        "people": found.people,
        "attendances": found.attendances,
        "findings": len(found.chains),
        "put_right": found.put_right,
    }
