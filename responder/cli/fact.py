"""`fact`: what is known of an incident, entered once; without a field, everything that is known."""

from typing import Any

from responder.cli import show
from responder.cli.acting import act, looking, say_json
from responder.cli.frame import command
from responder.cli.given import Given, argument, option
from responder.commands.reports.dossier import EnterFact, dossier
from responder.commands.reports.hub_value import field_names


@command(
    "fact",
    "登记事件事实：一次填写，报告、公告、快报共用；不写栏目则列出已知事实，值为 ? 表示正在核实",
    "Enter a fact once for every paper; without a field all that is known, ? is not known yet",
)
@argument("incident")
@argument("field", required=False, default="")
@argument("value", required=False, default="")
@option("--estimate", is_flag=True, zh="估计数", en="It is an estimate")
@option("--source", default="", metavar="S", zh="依据、来源", en="What it goes by")
@option("--all", "everything", is_flag=True, zh="连未知的一并列出", en="Unknown ones too")
def fact(
    given: Given,
    incident: str,
    field: str,
    value: str,
    estimate: bool,
    source: str,
    everything: bool,
) -> None:
    """Enter it, or list what is known."""
    if field and value:
        told: dict[str, Any] = {"field": field, "value": value, "source": source}
        act(given, EnterFact, incident=incident, estimate=estimate, **told)
        return
    with looking(given) as house:
        found = house.read(lambda uow, _now: dossier(uow, incident))
        site = house.roster().site
    wanted = [one for one in found if field in ("", one["field"])]
    if given.as_json:
        say_json({"id": incident, "facts": wanted})
        return
    names = show.Names(site, given.language)
    labels = field_names(given.language)
    rows = [_row(one, names, labels) for one in wanted]
    if everything:
        known = {one["field"] for one in found}
        rows += [(id, label, "", "") for id, label in labels.items() if id not in known]
    show.table(("", names.said("项目", "what"), names.said("内容", "value"), ""), rows)


def _row(one: dict[str, Any], names: show.Names, labels: dict[str, str]) -> tuple[Any, ...]:
    said = one["said"][names.language] or one["said"]["zh"]
    if one["estimate"]:
        said += names.said("（估计）", " (estimate)")
    whence = names.person(one["by"]) if one["by"] else names.said("记录", "record")
    if one["source"] and one["by"]:
        whence += f": {one['source']}"
    return one["field"], labels.get(one["field"], ""), said.replace("\n", " "), whence
