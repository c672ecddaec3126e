"""Writes `docs/reference/rights.md`: `python -m tests.architecture.rights_page`."""

from collections.abc import Iterable, Iterator

from responder.commands.acts import ACTS
from responder.commands.rights import CAPACITIES, IN_THE_CASE
from responder.commands.rights_of_commands import ACT_OF, BESIDES, CARRIERS, OF_THE_HOUSE
from tests.architecture.tree import ROOT

PAGE = ROOT / "docs" / "reference" / "rights.md"
INTRO = """\
# Who may do what

谁可以做什么。由代码生成：改 `responder/commands/rights.py` 与 `rights_of_commands.py`，再执行
`python -m tests.architecture.rights_page`。

This page is written from the code. Rights follow the register in force: who is removed or unbound
stops counting at once. Every refusal names who may instead, and is on the record.

- Everybody in the contact manual is a reporter (报告人), whatever else they are: that column holds
  for all.
- Whoever was paged may always acknowledge (被呼叫的人员随时可以接手); others are recorded as having
  seen it.
- Decisions are answered by who holds authority over the incident. Without an answer in the site's
  `hand_down_after` it passes down the order of succession by itself, and whoever decides then is
  recorded as acting for the first (代行). Nothing else of today waits for one approver alone.
- A task that waits for a decision can be completed before it by the commander, with a reason.
- ● the capacity suffices; ○ under a condition (closing, breaking the glass, for somebody else).
"""
CONDITIONED = "○"
MAY = "●"


def page() -> str:
    """The whole page."""
    return (
        "\n".join([INTRO, *_capacities(), "", *_table(CAPACITIES), "", *_matters(), "", *_rest()])
        + "\n"
    )


def _capacities() -> Iterator[str]:
    yield "## Capacities"
    yield ""
    yield "| Capacity | zh | en |"
    yield "|---|---|---|"
    for id, words in {**CAPACITIES, **IN_THE_CASE}.items():
        yield f"| `{id}` | {words.zh} | {words.en} |"


def _table(columns: Iterable[str]) -> Iterator[str]:
    columns = list(columns)
    yield "## Commands by what somebody is"
    yield ""
    yield f"| Command | 事项 | Act | {' | '.join(f'`{one}`' for one in columns)} |"
    yield f"|---|---|---|{'---|' * len(columns)}"
    for command, act in ACT_OF.items():
        name, cells = ACTS[act][0], (_cell(command, one) for one in columns)
        yield f"| `{command}` | {name.zh} | {name.en} | {' | '.join(cells)} |"


def _cell(command: str, capacity: str) -> str:
    if capacity in ACTS[ACT_OF[command]][1]:
        return MAY
    besides = (allowed for act in BESIDES.get(command, ()) for allowed in ACTS[act][1])
    return CONDITIONED if capacity in besides else ""


def _matters() -> Iterator[str]:
    """What somebody is in one matter alone."""
    yield "## Commands by what somebody is in the matter"
    yield ""
    yield "| Command | Also, or only |"
    yield "|---|---|"
    for command, act in ACT_OF.items():
        here = [one for one in ACTS[act][1] if one in IN_THE_CASE]
        if here:
            said = "; ".join(f"{IN_THE_CASE[one].zh} / {IN_THE_CASE[one].en}" for one in here)
            yield f"| `{command}` | {said} |"


def _rest() -> Iterator[str]:
    yield "## Commands that nobody gives"
    yield ""
    carried = ", ".join(f"`{one}`" for one in sorted(CARRIERS))
    yield f"{carried} carry another command, which is authorised as it is."
    house = ", ".join(f"`{one}`" for one in sorted(OF_THE_HOUSE))
    yield f"The engine and the doors themselves give {house}."


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
