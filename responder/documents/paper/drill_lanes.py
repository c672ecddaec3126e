"""The picture of a drill: each expected action a lane, its limit a frame, what was taken a bar."""

from datetime import timedelta

from responder.documents.paper.drill_words import scored_words
from responder.documents.paper.lines import Tone
from responder.documents.paper.naming import Naming
from responder.documents.paper.paper import Paper
from responder.documents.paper.pen import Pattern, Pen
from responder.domain.drill import Result
from responder.drills.after_action import AfterAction
from responder.drills.scoring import RESULT_NAMES, Score

LANE = 17.0
NAME_ROOM, RESULT_ROOM = 150.0, 62.0
SIGNS = {Result.DONE: "●", Result.LATE: "◐", Result.PARTIAL: "◑", Result.NOT_DONE: "○"}


def lanes(paper: Paper, found: AfterAction, naming: Naming) -> None:
    """Draw the lanes of every score there is, and say how they are read."""
    scores = list(found.scores.values())
    spans = [span for one in scores for span in (_taken(one, found), _limit(one, found))]
    longest = max(spans).total_seconds() or 1

    def draw(pen: Pen, x: float, top: float) -> None:
        room = paper.room - NAME_ROOM - RESULT_ROOM
        for number, score in enumerate(scores, 1):
            y = top - LANE * number + 4
            what = scored_words(score, found.scenario, naming)
            pen.text(x, y + 1, what, 7.8, room=NAME_ROOM - 6)
            left = x + NAME_ROOM
            _bars(pen, left, y, score, found, room / longest)
            pen.text(left + room + 6, y + 1, _result(score, naming), 7.8, room=RESULT_ROOM - 6)

    paper.picture(LANE * len(scores) + 4, draw)
    paper.text(
        naming.said(
            "空心框为时限，实心条为实际用时；＊为人工补登。",
            "The frame is the limit, the bar what was taken; * is entered by hand.",
        ),
        Tone.QUIET,
    )


def _bars(
    pen: Pen, left: float, y: float, score: Score, found: AfterAction, a_second: float
) -> None:
    limit, taken = _limit(score, found), _taken(score, found)
    pen.box(left, y - 2, max(limit.total_seconds() * a_second, 1), 10, Pattern.EMPTY)
    if score.done_at is not None:
        pattern = Pattern.SOLID if score.result is Result.DONE else Pattern.HATCHED
        pen.box(left, y, max(taken.total_seconds() * a_second, 2), 6, pattern)


def _result(score: Score, naming: Naming) -> str:
    star = naming.said("＊", "*") * bool(score.by_hand)
    return f"{SIGNS[score.result]} {naming.words(RESULT_NAMES[score.result])}{star}"


def _limit(score: Score, found: AfterAction) -> timedelta:
    return (score.due_at or found.earliest(score)) - found.earliest(score)


def _taken(score: Score, found: AfterAction) -> timedelta:
    return (score.done_at or found.earliest(score)) - found.earliest(score)
