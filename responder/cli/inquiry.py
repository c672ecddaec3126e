"""`inquiry`: what the media, the hotline, the public and regulators ask, and what they are told."""

from typing import Any

import click

from responder.cli import show
from responder.cli.acting import act, looking, say_json
from responder.cli.frame import command, group
from responder.cli.given import Given, argument, option
from responder.commands.notices.inquiry import AnswerInquiry, AssignInquiry, LogInquiry, inquiries
from responder.domain.inquiry import CHANNEL_NAMES, Channel


@command("list", "外部问询与舆情", "Questions from outside, and public opinion")
@argument("incident")
def inquiries_listed(given: Given, incident: str) -> None:
    """List them."""
    with looking(given) as house:
        found = house.read(lambda uow, _now: inquiries(uow, incident))
        site = house.roster().site
    if given.as_json:
        say_json({"id": incident, "inquiries": found})
        return
    names = show.Names(site, given.language)
    if not found:
        show.line(names.said("还没有问询。", "Nothing was asked yet."))
        return
    said = names.said
    headings = (
        "",
        said("来源", "who"),
        said("负责人", "owner"),
        said("问", "asked"),
        said("答", "answer"),
    )
    show.table(headings, [_inquiry_row(one, names) for one in found])


def _inquiry_row(one: dict[str, Any], names: show.Names) -> tuple[Any, ...]:
    channel = CHANNEL_NAMES[Channel(one["channel"])].said(names.language)
    times = f" ×{one['count']}" if one["count"] > 1 else ""
    waits = names.said(f"待答，{names.clock(one['due_at'])}前", f"due {names.clock(one['due_at'])}")
    answer = one["answer"] or waits
    return one["id"], channel, names.person(one["owner"]), one["said"] + times, answer


@command("log", "登记媒体、热线、舆情、监管问询", "Log what somebody outside asks")
@argument("incident")
@argument("channel", type=click.Choice([one.value for one in Channel]))
@argument("text")
@option("--from", "asked_by", default="", metavar="WHO", zh="谁在问", en="Who asks")
@option("--owner", default="", metavar="PERSON", zh="谁答复", en="Who answers")
@option("--count", type=click.IntRange(1), default=1, zh="同类几条", en="How many said the same")
def inquiry_logged(
    given: Given, incident: str, channel: str, text: str, asked_by: str, owner: str, count: int
) -> None:
    """Log it."""
    fields: dict[str, Any] = {"asked_by": asked_by, "owner": owner, "count": count}
    said = {"incident": incident, "channel": Channel(channel), "said": text}
    act(given, LogInquiry, pages=True, **said, **fields)


@command("assign", "改由某人答复", "Give it to somebody else")
@argument("incident")
@argument("inquiry")
@argument("person")
def inquiry_assigned(given: Given, incident: str, inquiry: str, person: str) -> None:
    """Assign it."""
    act(given, AssignInquiry, pages=True, incident=incident, inquiry=inquiry, to=person)


@command("answer", "登记按口径的答复", "Record the answer, given from the line")
@argument("incident")
@argument("inquiry")
@argument("text")
def inquiry_answered(given: Given, incident: str, inquiry: str, text: str) -> None:
    """Record it."""
    act(given, AnswerInquiry, incident=incident, inquiry=inquiry, answer=text)


inquiry = group(
    "inquiry",
    "外部问询与舆情",
    "Questions from outside, and public opinion",
    inquiries_listed,
    inquiry_logged,
    inquiry_assigned,
    inquiry_answered,
)
