"""`playbooks/drills/*.yaml`: a drill's plan, its list of rows, the scripts of rehearsals."""

from datetime import time, timedelta

from responder.domain.drill import (
    Absence,
    Condition,
    Cue,
    Danger,
    DrillScenario,
    Expected,
    Kind,
    Objective,
    Partner,
    Result,
    Row,
    RowType,
    Script,
)
from responder.domain.drill_record import PLAN_HEADINGS
from responder.domain.recurrence import Recurrence
from responder.domain.words import Words
from responder.site.fields import Fields
from responder.site.moments import span_of, time_of
from responder.site.nodes import Scalar

FROM_START = "T+"
DAY = timedelta(days=1)


def read_scenario(root: Fields, id: str) -> DrillScenario:
    """One scenario. Times of day in its list count from its `starts`."""
    usual = DrillScenario(id)
    starts = root.time_of_day("starts")
    begins = _since_midnight(starts) if starts else usual.starts
    rows = root.by_id("msel", lambda fields, row: _row(fields, row, begins))
    expected = [one.id for row in rows.values() for one in row.expects]
    scenario = DrillScenario(
        id=id,
        title=root.words("title"),
        kind=root.one_of("kind", Kind, usual.kind),
        playbook=root.text("playbook"),
        level=root.whole("level", usual.level),
        systems=root.texts("systems"),
        owner=root.text("owner"),
        unannounced=root.flag("unannounced"),
        joint=root.flag("joint"),
        starts=begins,
        lasts=root.span("lasts", usual.lasts),
        off_days=root.flag("off_days"),
        in_session=root.text("in_session"),
        plan=_plan(root.inner("plan")),
        recipients=root.texts("recipients"),
        controllers=root.texts("controllers"),
        objectives=root.by_id("objectives", _objective),
        rows=rows,
        absent=_absent(root.inner("absent")),
        scripts=root.by_key(
            "scripts", lambda script, name: _script(script, name, begins, expected)
        ),
        recurs=_recurrence(root.inner("recurs")) if root.node("recurs") else None,
        partners=root.each("with", lambda one: Partner(one.text("unit"), one.words("part"))),
    )
    root.close()
    return scenario


def _plan(fields: Fields) -> dict[str, Words]:
    plan = {heading: fields.words(heading) for heading in PLAN_HEADINGS}
    fields.close()
    return plan


def _absent(fields: Fields) -> Absence:
    absent = Absence(fields.whole("draw", 0), fields.texts("out_of"))
    fields.close()
    return absent


def _recurrence(fields: Fields) -> Recurrence:
    at = fields.time_of_day("at")
    rule = Recurrence(
        fields.text("month"),
        fields.text("day"),
        fields.text("week"),
        fields.text("day_of_week"),
        _since_midnight(at) if at else None,
        fields.flag("by_itself"),
    )
    fields.close()
    return rule


def _objective(fields: Fields, id: str) -> Objective:
    return Objective(id, fields.words("title"), fields.text("clause"))


def _row(fields: Fields, id: str, begins: timedelta) -> Row:
    return Row(
        id=id,
        type=fields.one_of("type", RowType, RowType.INJECT),
        at=_offset(fields, begins),
        sender=fields.words("from"),
        to=fields.texts("to"),
        by=fields.texts("by"),
        text=fields.words("text"),
        expects=tuple(fields.by_id("expects", _expected).values()),
        only_if=fields.each("only_if", _condition),
        raises=_danger(fields.inner("raises")) if fields.node("raises") else None,
    )


def _danger(fields: Fields) -> Danger:
    danger = Danger(
        playbook=fields.text("playbook"),
        system=fields.text("system"),
        level=fields.whole("level", 0),
        title=fields.words("title"),
    )
    fields.close()
    return danger


def _expected(fields: Fields, id: str) -> Expected:
    usual = Expected(id)
    return Expected(
        id=id,
        does=fields.text("does"),
        of=fields.text("of"),
        by=fields.texts("by"),
        within=fields.span("within", usual.within),
        objective=fields.text("objective"),
        evaluator=fields.text("evaluator"),
        words=fields.words("words"),
    )


def _condition(fields: Fields) -> Condition:
    return Condition(fields.text("expected"), fields.one_of("was", Result, Result.DONE))


def _script(fields: Fields, id: str, begins: timedelta, expected: list[str]) -> Script:
    """What is not named ends as `otherwise` says: done."""
    otherwise = fields.one_of("otherwise", Result, Result.DONE)
    cues = fields.each("cues", lambda cue: _cue(cue, begins))
    named = fields.inner("results")
    results = dict.fromkeys(expected, otherwise)
    results |= {one: named.one_of(one, Result, otherwise) for one in named.all()}
    return Script(id, cues, results)


def _cue(fields: Fields, begins: timedelta) -> Cue:
    return Cue(_offset(fields, begins), fields.text("who"), fields.text("says"))


def _offset(fields: Fields, begins: timedelta) -> timedelta:
    """`T+90m`, or a time of day: the first such after the start."""
    node = fields.node("at")
    if node is None:
        return timedelta(0)
    written = node.text if isinstance(node, Scalar) else ""
    clock = time_of(written)
    if clock is not None:
        return (_since_midnight(clock) - begins) % DAY
    span = _spans(written.removeprefix(FROM_START))
    if span is None:
        mend = Words("请写 T+5m、T+1h30m 或 16:05。", "Write T+5m, T+1h30m or 16:05.")
        what = Words(f"时间不能写“{written}”", f"A time cannot be “{written}”")
        fields.reading.refuse(node.where, what, mend)
    return span or timedelta(0)


def _spans(text: str) -> timedelta | None:
    """A duration of one part or of several, the greater first: `1h30m`."""
    total, part = timedelta(0), ""
    for sign in text:
        part += sign
        if sign.isalpha():
            span = span_of(part)
            if span is None:
                return None
            total, part = total + span, ""
    return total if text and not part else None


def _since_midnight(at: time) -> timedelta:
    return timedelta(hours=at.hour, minutes=at.minute)
