"""What those in a drill said of it, in the paper after it: counts, then their own words."""

from responder.documents.paper.lines import Tone
from responder.documents.paper.naming import Naming
from responder.documents.paper.paper import Paper
from responder.documents.paper.table import Column
from responder.domain.drill_run import DrillRun
from responder.drills.feedback import scale_of


def feedback_section(paper: Paper, run: DrillRun, naming: Naming, *, anonymous: bool) -> None:
    """How many gave each score, and what went well and what should be better."""
    said = naming.said
    paper.heading(said("九、参演人员反馈", "9. What those in it said"))
    if not run.feedback:
        paper.text(said("没有收到反馈。", "Nobody answered."), Tone.QUIET)
        return
    asked, came = len(run.asked), len(run.feedback)
    paper.text(
        said(
            f"征求{asked}人，答复{came}人。“我清楚该做什么”：1完全不清楚，5始终清楚。",
            f"{came} of {asked} answered. “I knew what to do”: 1 not at all, 5 all the time.",
        )
    )
    scale = scale_of(run)
    paper.table(
        tuple(Column(str(score), 24, "right") for score in scale),
        [tuple(said(f"{n}人", str(n)) for n in scale.values())],
    )
    wells = {person: one.well for person, one in run.feedback.items() if one.well}
    betters = {person: one.better for person, one in run.feedback.items() if one.better}
    for title, texts in (
        (said("做得好的", "What went well"), wells),
        (said("应改进的", "What should be better"), betters),
    ):
        paper.heading(title, 2)
        if anonymous:
            paper.bullets(sorted(texts.values()))
        else:
            paper.bullets(f"{text}（{naming.person(person)}）" for person, text in texts.items())
