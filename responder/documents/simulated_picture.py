"""What `simulate` tells, as a picture: people down, time across.

Every ring by its way, who answers and decides when, how steps start and authority is handed down,
and which regulators' clocks run.
"""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from responder.documents.paper.fonts import BOLD
from responder.documents.picture import DARK, MIDDLE, Line, Mark, Picture, Text, together
from responder.documents.simulated import EDGE, LINE, WIDTH, Simulated, after, cut
from responder.documents.simulated_chart import Chart
from responder.documents.simulated_signs import legend_of
from responder.domain.incident import ROMAN
from responder.domain.people import VIA_NAMES

MOST_CLOCKS = 8


def picture_of(shown: Simulated) -> Picture:
    """The picture; as high as its people need."""
    chart = Chart.of(shown)
    foot = chart.floor + 16
    legend, below = legend_of(shown, foot)
    clocks, end = _clocks(shown, below + 8)
    marks = together(_head(shown), chart.ground(), chart.steps(), chart.rows(), legend, clocks)
    return Picture(WIDTH, int(end + 12), marks, _title(shown))


def _title(shown: Simulated) -> str:
    playbook = shown.site.playbooks[shown.found["playbook"]].title.said(shown.language)
    level = shown.said(f"{ROMAN[shown.level]}级响应", f"level {shown.level}")
    return shown.said(f"推演：{playbook}（{level}）", f"Simulated: {playbook} ({level})")


def _head(shown: Simulated) -> Iterator[Mark]:
    yield Text(EDGE, 30, _title(shown), 18, bold=True)
    at = shown.start.strftime("%Y-%m-%d %H:%M:%S")
    gone = [shown.person(p) for p in shown.found["unreachable"]]
    failed = [VIA_NAMES[via].said(shown.language) for via in shown.found.get("failed", ())]
    comma = shown.said("、", ", ")
    parts = [shown.said(f"{at} 启动", f"declared {at}")]
    if gone:
        parts.append(shown.said("联系不上：", "unreachable: ") + comma.join(gone))
    if failed:
        parts.append(shown.said("通道中断：", "channels down: ") + comma.join(failed))
    yield Text(EDGE, 52, cut(shown.said("；", "; ").join(parts), WIDTH - 2 * EDGE, 12), 12)
    yield Text(EDGE, 74, cut(_verdict(shown), WIDTH - 2 * EDGE, 13, BOLD), 13, bold=True)


def _verdict(shown: Simulated) -> str:
    outcome = shown.found["outcome"]
    t, said = outcome["acknowledged_t"], shown.said
    parts = []
    if t is None:
        parts.append(said("无人接手到位", "not enough people take it"))
    else:
        leader = shown.person(outcome["commander"] or "—")
        parts.append(
            said(f"{after(t)} 接手，现场指挥{leader}", f"taken at {after(t)}, commander {leader}")
        )
    for id, decided in outcome["decisions"].items():
        known = shown.site.decisions.get(id)
        question = known.question.said(shown.language) if known else id
        who = shown.person(decided["by"])
        at = after(decided["t"])
        parts.append(said(f"{at} {who}决策“{question}”", f'{at} {who} decides "{question}"'))
    return said("；", "; ").join(parts)


def _clocks(shown: Simulated, top: float) -> tuple[list[Mark], float]:
    """The regulators' clocks that the declaration starts, soonest due first."""
    running = [one for one in shown.clocks if one["state"] in ("owed", "depends") and one["due_at"]]
    if not running:
        return [], top
    said, lang = shown.said, "en" if shown.language == "en" else "zh"
    marks: list[Mark] = [
        Line(EDGE, top, WIDTH - EDGE, top, 1, MIDDLE),
        Text(
            EDGE,
            top + 20,
            said("启动即开始计时的报送", "Clocks that the declaration starts"),
            13,
            True,
        ),
    ]
    y = top + 20
    for one in running[:MOST_CLOCKS]:
        y += LINE
        due = datetime.fromisoformat(one["due_at"]).astimezone(ZoneInfo(shown.site.time_zone))
        units = [shown.site.units[u].name.said(lang) for u in one["to"] if u in shown.site.units]
        to = said("、", ", ").join(units) or one["addressee"][lang]
        state = said("（视定级）", " (by its grade)") if one["state"] == "depends" else ""
        marks += [
            Text(EDGE, y, due.strftime("%m-%d %H:%M"), 12, bold=True),
            Text(EDGE + 96, y, cut(f"{one['title'][lang]}{state}", 430, 12), 12),
            Text(EDGE + 540, y, cut(to, 320, 12), 12),
            Text(EDGE + 876, y, cut(one["rule"][lang], WIDTH - 2 * EDGE - 876, 12), 12, shade=DARK),
        ]
    return marks, y
