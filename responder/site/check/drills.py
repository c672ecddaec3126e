"""Drills held: their plans are whole, and whoever they name is there (7.1 w to z)."""

from collections.abc import Iterator

from responder.domain.drill_record import PLAN_HEADINGS
from responder.domain.words import Words
from responder.site.check.view import View, listed, named
from responder.site.finding import Finding
from responder.site.places import Path


def drill_plans_are_whole(view: View) -> Iterator[Finding]:
    """The plan of a drill has the nine headings, and somebody approved it."""
    for one in view.site.drills_held:
        path: Path = ("drills", one.id)
        name = named(one.title, one.id)
        lacking = listed(PLAN_HEADINGS[key] for key in PLAN_HEADINGS if key not in one.plan)
        if lacking.zh:
            yield view.warning(
                (*path, "plan"),
                "7.1-w",
                Words(
                    f"演练{name.zh}的计划缺{lacking.zh}",
                    f"The plan of the drill {name.en} lacks {lacking.en}",
                ),
                Words("请在 plan 补写。", "Write it under “plan”."),
            )
        if one.on and one.on <= view.today and not one.approved_by:
            yield view.warning(
                path,
                "7.1-w",
                Words(f"演练{name.zh}的计划未经批准", f"Nobody approved the drill {name.en}"),
                Words("请写明 approved_by。", "Say who did under “approved_by”."),
            )


def drills_name_people_who_are_there(view: View) -> Iterator[Finding]:
    """Who took part, approved, or is to put something right is in the contacts, or was once."""
    for one in view.site.drills_held:
        people = [
            one.approved_by,
            *one.participants,
            *(f.owner for f in one.findings if not f.done_on),
        ]
        for person in dict.fromkeys(people):
            if person and person not in view.site.people:
                yield view.warning(
                    ("drills", one.id, "participants", person),
                    "7.1-y",
                    Words(
                        f"演练{one.id}中的“{person}”不在联系人中",
                        f"{person} of the drill {one.id} is nobody here",
                    ),
                    Words(
                        "请核对编号；已离职的可不改。",
                        "Check the id; who has left may stay.",
                    ),
                )
