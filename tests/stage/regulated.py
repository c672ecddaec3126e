"""The small firm under two regimes of its own, which no change of a shipped pack moves."""

from dataclasses import replace
from datetime import timedelta

from responder.domain.organisation import Liaison
from responder.domain.people import Way
from responder.domain.regime import Duty, Limit, Milestone, Regime, Span, Unit
from responder.domain.register import Unit as Related
from responder.domain.site import Site
from responder.domain.words import Words
from tests.stage.firm import LEAK, OUTAGE, person, small_firm

MINUTE = timedelta(minutes=1)
HALF_HOUR = Span(30, Unit.MINUTES)

LOCAL = Regime(
    "local",
    Words("本地监管", "local rules"),
    duties=(
        Duty(
            "first",
            Words("应急报告", "emergency report"),
            limits=(Limit(Milestone.AWARE, HALF_HOUR),),
            steps=("phone", "written"),
            to=("bureau",),
        ),
        Duty(
            "continuing",
            Words("续报", "continuing report"),
            stage="intermediate",
            limits=(Limit("first", HALF_HOUR),),
            every=HALF_HOUR,
            ends_with=Milestone.RESTORED,
            to=("bureau",),
        ),
        Duty(
            "summary",
            Words("总结报告", "summary report"),
            stage="final",
            limits=(Limit(Milestone.STOOD_DOWN, Span(5, Unit.DAYS)),),
            opens="supplement",
            to=("bureau",),
        ),
        Duty(
            "supplement",
            Words("补充报告", "supplement"),
            stage="final",
            limits=(Limit("summary", Span(30, Unit.DAYS)),),
            to=("bureau",),
        ),
    ),
)
GRADED = Regime(
    "graded",
    Words("分级制度", "graded rules"),
    duties=(
        Duty(
            "initial",
            Words("重大事件首报", "major incident, initial"),
            limits=(Limit(Milestone.AWARE, Span(24, Unit.HOURS)),),
            grades=("extraordinary", "major"),
            addressee=Words("主管机关", "the authority"),
        ),
    ),
)
BUREAU = Related(
    "bureau",
    "regulator",
    Words("证监局", "The bureau"),
    reach=(Way("by_hand", "12386", "phone"),),
)
OFFICERS = ("head", "deputy")


def regulated_firm(*regimes: Regime, **changes: object) -> Site:
    """Liaison officers head and deputy, then the succession boss and second; law is compliance."""
    packs = regimes or (LOCAL,)
    usual = small_firm()
    people = usual.people | {"law": person("law", "slack"), "chief": person("chief", "slack")}
    quiet = {id: replace(one, decisions=(), tasks=()) for id, one in usual.playbooks.items()}
    return replace(
        usual,
        people=people,
        liaisons=tuple(Liaison(one) for one in OFFICERS),
        grants=usual.grants | {"compliance": ("law",), "approver": ("chief",)},
        units={"bureau": BUREAU},
        regimes={pack.id: pack for pack in packs},
        applies=tuple(pack.id for pack in packs),
        playbooks={"outage": quiet["outage"], "leak": quiet["leak"]},
        **changes,  # type: ignore[arg-type]
    )


__all__ = ["BUREAU", "GRADED", "LEAK", "LOCAL", "OFFICERS", "OUTAGE", "regulated_firm"]
