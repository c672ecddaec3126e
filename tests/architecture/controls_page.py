"""Writes `docs/reference/controls.md`: `python -m tests.architecture.controls_page`."""

from collections.abc import Iterator
from inspect import getdoc

from responder.readiness.control import LIGHT_NAMES, Control, Light
from responder.readiness.controls import every_control
from responder.readiness.report_facts import FAMILIES, family_of
from tests.architecture.tree import ROOT
from tests.unit.readiness.conftest import removals

PAGE = ROOT / "docs" / "reference" / "controls.md"
MEANS = {
    Light.GREEN: "the proof says what was seen",
    Light.AMBER: "soon due, or done in part",
    Light.RED: "something required is missing or overdue",
}
INTRO = """\
# Controls

准备情况检查的全部条款。由代码生成：改 `responder/readiness/`，再执行
`python -m tests.architecture.controls_page`。

This page is written from the code. `responder readiness` judges every control by the clause of
JR/T 0099 that it serves, from the register in force and from the record; see
[how](../how-to/readiness.md). One thing that is missing turns exactly one control red: the last
column names what the tests take away to see it happen.
"""


def page() -> str:
    """The whole page."""
    return "\n".join([INTRO, *_lights(), *_families()]) + "\n"


def _lights() -> Iterator[str]:
    yield "| State | zh | en | means |"
    yield "|---|---|---|---|"
    for light, name in LIGHT_NAMES.items():
        yield f"| `{light.value}` | {name.zh} | {name.en} | {MEANS[light]} |"


def _families() -> Iterator[str]:
    controls = every_control()
    for id, family in FAMILIES.items():
        theirs = [one for one in controls if family_of(one.id) == id]
        if theirs:
            yield from ("", f"## {family.zh} · {family.en}", "")
            yield "| Clause | 条款 | Control | Judged by | Red without |"
            yield "|---|---|---|---|---|"
            yield from map(_row, theirs)


def _row(one: Control) -> str:
    judged = (getdoc(one.judge) or "").partition("\n")[0]
    taken = "; ".join(row.what for row in removals() if row.control == one.id)
    return f"| {one.id} | {one.title.zh} | {one.title.en} | {judged} | {taken} |"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
