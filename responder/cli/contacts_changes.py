"""`contacts change`, `remove`, `history`, `undo`: one change at a time, by two people."""

from responder.cli import show
from responder.cli.acting import act, looking, say_json
from responder.cli.frame import command
from responder.cli.given import Given, argument, option
from responder.commands.manual import changing
from responder.commands.manual.changing import (
    ProposeChange,
    UndoRevision,
    details,
    revision_facts,
)
from responder.commands.manual.leaving import RemoveForGood
from responder.domain.revision import STAGE_NAMES


@command(
    "change",
    "提出修改一项联系信息，另一人同意后生效；FIELD 如 电话、邮箱、职务、传真、值守电话",
    "Propose to change one field (phone, email, title, fax, duty_phone, …); a second person agrees",
)
@argument("whom", metavar="PERSON|unit:U")
@argument("field")
@argument("value")
def change(given: Given, whom: str, field: str, value: str) -> None:
    """Propose it."""
    act(given, ProposeChange, whom=whom, field=field, value=value)


@command(
    "remove",
    "移除人员：权限立即终止，并列出其岗位、班次由谁接替尚待指定",
    "Take somebody out for good, at once; where they have to be replaced is listed",
)
@argument("person")
@option("--reason", required=True, zh="理由", en="Why")
def remove(given: Given, person: str, reason: str) -> None:
    """Remove them."""
    act(given, RemoveForGood, person=person, reason=reason)


@command(
    "undo",
    "撤销一次变更；此后同一处又有改动的，拒绝并说明",
    "Take one change back; refused where the same was changed again since",
)
@argument("revision", metavar="REV-2026-0001")
@option("--reason", default="", zh="理由", en="Why")
def undo(given: Given, revision: str, reason: str) -> None:
    """Take it back."""
    act(given, UndoRevision, revision=revision.upper(), reason=reason)


@command(
    "history",
    "变更记录：全部、某人或某单位的，或一次变更的内容",
    "What was changed: all of it, of one person or unit, or one change in full",
)
@argument("whom", required=False, default="", metavar="[PERSON|unit:U|REV]")
def history(given: Given, whom: str) -> None:
    """List it."""
    with looking(given) as house:
        found = house.read(lambda uow, now: changing.history(uow, whom, now))
        one = found[0] if len(found) == 1 else None
        lines = house.read(lambda uow, _now: list(details(uow, one, given.acting))) if one else []
        names = show.Names(house.roster().site, given.language)
    if given.as_json:
        said = [{"zh": words.zh, "en": words.en} for words in lines]
        say_json({"changes": [revision_facts(r) for r in found], "details": said})
        return
    if not found:
        show.line(names.said("没有变更记录。", "Nothing was changed."))
        return
    headings = ("", *(names.said(*pair) for pair in HEADINGS))
    rows = [
        (
            r.id,
            names.clock(r.at, full=True),
            STAGE_NAMES[r.stage].said(names.language),
            names.person(r.by),
            names.person(r.approved_by),
            r.summary.said(names.language),
        )
        for r in found
    ]
    show.table(headings, rows)
    for words in lines:
        show.line(f"  {words.said(names.language)}")


HEADINGS = (
    ("时间", "when"),
    ("状态", "state"),
    ("提出", "by"),
    ("同意", "agreed"),
    ("内容", "what"),
)
