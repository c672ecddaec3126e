"""Units outside the firm in a joint drill: what is wrong with them in its file, what they are told.

A machine tells them nothing: the fence lets nothing of a drill go to a unit. A person reads the
text to them, and it begins with the mark, as everything in a drill does.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from responder.domain.drill import DrillScenario, Partner
from responder.domain.site import Site
from responder.domain.words import Words

Fault = tuple[tuple[str, ...], Words, Words]
"""Where it is in the file, what is wrong, how to mend it."""
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


def partner_faults(scenario: DrillScenario, site: Site) -> Iterator[Fault]:
    """A joint drill names who else takes part: units of the register, each once, with its part."""
    if scenario.joint and not scenario.partners:
        yield (
            ("joint",),
            Words("联合演练没有写明外部参演单位", "A joint drill names nobody outside the firm"),
            Words("请在 with 写明单位和任务。", "Name units and their parts under “with”."),
        )
    if scenario.partners and not scenario.joint:
        yield (
            ("with",),
            Words("有外部参演单位，却没有写 joint", "Units take part, but it is not “joint”"),
            Words("请写 joint: true。", "Write “joint: true”."),
        )
    seen: set[str] = set()
    for one in scenario.partners:
        yield from _faults_of(one, site, seen)
        seen.add(one.unit)


def _faults_of(one: Partner, site: Site, seen: set[str]) -> Iterator[Fault]:
    if one.unit not in site.units:
        yield (
            ("with", one.unit),
            Words(f"没有“{one.unit}”这个关联单位", f"There is no related unit {one.unit}"),
            Words("请核对 contacts/units.yaml。", "Check contacts/units.yaml."),
        )
    elif one.unit in seen:
        yield (
            ("with", one.unit),
            Words(f"单位{one.unit}写了两次", f"The unit {one.unit} stands twice"),
            Words("请合并为一条。", "Make one of them."),
        )
    elif not one.part.said(site.language).strip():
        yield (
            ("with", one.unit, "part"),
            Words(f"没有写明{one.unit}做什么", f"Nothing says what {one.unit} does in it"),
            Words("请填写 part。", "Fill in “part”."),
        )


def unit_name(site: Site, id: str) -> Words:
    """A related unit by name; its id where the register holds none of it."""
    known = site.units.get(id)
    return known.name if known and (known.name.zh or known.name.en) else Words(id, id)


def read_out(
    scenario: DrillScenario, site: Site, one: Partner, at: datetime | None = None
) -> Words:
    """What a person reads to a unit beforehand; `at` is when the drill is held, if that is known.

    The mark comes first, then who speaks, when it is, the unit's part, and how it ends.
    """
    when, firm = _when(scenario, site, at), site.firm.name
    title, owner = scenario.title, site.people.get(scenario.owner)
    asks = Words()
    if owner is not None:
        asks = Words(f"联系人：{owner.name.said('zh')}。", f" Contact: {owner.name.said('en')}.")
    zh, en = (one.part.said(language).strip().rstrip("。.") for language in ("zh", "en"))
    return Words(
        f"【演练】{firm.said('zh')}{when.zh}举行联合演练“{title.said('zh')}”，请贵方配合：{zh}。"
        "全程是演练，不涉及真实业务，往来电话和文书请先说“演练”。"
        f"发生真实事件时演练立即中止，以我方电话通知为准。{asks.zh}",
        f"DRILL. {firm.said('en')} holds the joint drill “{title.said('en')}” {when.en}. Your part:"
        f" {en}. All of it is a drill and touches no real business; please say “drill” first in"
        " every call and letter. Should anything real happen, it stops at once, and we call you."
        f"{asks.en}",
    )


def _when(scenario: DrillScenario, site: Site, at: datetime | None) -> Words:
    if at is None:
        begins = f"{scenario.starts // HOUR:02}:{scenario.starts // MINUTE % 60:02}"
        return Words(f"拟于（日期另告）{begins}", f"at {begins} on a day to be told")
    local = at.astimezone(ZoneInfo(site.time_zone))
    return Words(f"定于{local:%Y-%m-%d %H:%M}", f"on {local:%Y-%m-%d at %H:%M}")
