"""Whatever people do in a drill, and however long, nothing of it leaves the fence (P5).

Every path by which the house writes messages is tried in every order: pages, hunts, decisions,
rows, tasks, roll-calls, briefings, handovers, alarms of what is late, calls by hand, refusals; and
those of an early warning in it: asked, hunted for, forgotten, reported along its path, lifted.
"""

import tempfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from hypothesis import HealthCheck, example, given, settings
from hypothesis import Phase as Generation
from hypothesis import strategies as st

from responder.commands.briefings.briefing import Brief
from responder.commands.consent import Confirm
from responder.commands.decisions.decision import Decide, PassOn
from responder.commands.drills.approving import ApproveDrill
from responder.commands.drills.conducting import PauseDrill, ResumeDrill, SendRow
from responder.commands.drills.starting import StartDrill
from responder.commands.firm import AcceptSite, RemovePerson
from responder.commands.incidents.incident import Declare
from responder.commands.incidents.leading import HandOver, Take
from responder.commands.incidents.note import AddNote
from responder.commands.incidents.phase import Cancel, SetPhase
from responder.commands.incidents.roll_call import AnswerRoll, CallRoll
from responder.commands.incidents.task import AssignTask, DoTask
from responder.commands.paging.answering import Acknowledge, Decline, Page
from responder.commands.paging.call_task import RecordCall
from responder.commands.warnings.moving import ConvertWarning, MoveWarning
from responder.commands.warnings.report import ReportWarning
from responder.documents.messages import Messages
from responder.domain.briefing import Audience
from responder.domain.call_task import Result
from responder.domain.drill import Danger, Row
from responder.domain.fence import FIRST_WORDS, breach
from responder.domain.incident import Phase
from responder.domain.organisation import Liaison
from responder.domain.people import BY_HAND, Way
from responder.domain.register import Unit
from responder.domain.warning import Patience, Stage
from responder.domain.words import Words
from responder.errors import ResponderError
from responder.store.opening import open_store
from tests.acceptance.conftest import EVENING
from tests.acceptance.test_drills import DRILL, firm, scenario
from tests.stage.firm import OUTAGE
from tests.stage.play import Play, by

TEMPLATES = Path(__file__).resolve().parents[2] / "templates" / "messages"
INSIDE = ("duty", "deputy", "head", "clerk")
EVERYBODY = (*INSIDE, "admin", "boss", "second", "root")
MINUTE = timedelta(minutes=1)
WARNED = "DRL-WRN-2026-0001"
OF_IT = (DRILL, WARNED)
NUMBER = "12386"


def _call(who, result: Result):
    """The call of the warning's path that was asked for last, whichever that is."""
    return lambda number: RecordCall(by=who, incident=WARNED, call=number, result=result)


DEEDS = {
    "take": lambda who: Acknowledge(by=who, incident=DRILL),
    "next": lambda who: Decline(by=who, incident=DRILL, sure=True),
    "approve": lambda who: Decide(
        by=who, incident=DRILL, decision="halt-orders", approves=True, reason="stop"
    ),
    "pass on": lambda who: PassOn(by=who, incident=DRILL, decision="halt-orders"),
    "page all": lambda who: Page(by=who, incident=DRILL, target="team:technology", why="come"),
    "page boss": lambda who: Page(by=who, incident=DRILL, target="boss", why="come"),
    "page unit": lambda who: Page(by=who, incident=DRILL, target="unit:csrc", why="told"),
    "roll": lambda who: CallRoll(by=who, incident=DRILL),
    "help": lambda who: AnswerRoll(by=who, incident=DRILL, safe=False),
    "command": lambda who: Take(by=who, incident=DRILL),
    "hand over": lambda who: HandOver(by=who, incident=DRILL, to="boss"),
    "assign": lambda who: AssignTask(by=who, incident=DRILL, task="verify", to="admin"),
    "done": lambda who: DoTask(by=who, incident=DRILL, task="safety"),
    "note": lambda who: AddNote(by=who, incident=DRILL, text="a line"),
    "brief": lambda who: Brief(by=who, incident=DRILL, audience="all", text="how things stand"),
    "contained": lambda who: SetPhase(by=who, incident=DRILL, phase=Phase.CONTAINED, reason="so"),
    "cancel": lambda who: Cancel(by=who, incident=DRILL, reason="false alarm"),
    "row": lambda who: SendRow(by=who, incident=DRILL, row="nobody"),
    "pause": lambda who: PauseDrill(by=who, incident=DRILL, reason="so"),
    "resume": lambda who: ResumeDrill(by=who, incident=DRILL),
    "real": lambda who: Declare(by=who, playbook="leak", title="real"),
    "look into": lambda who: Acknowledge(by=who, incident=WARNED),
    "not I": lambda who: Decline(by=who, incident=WARNED, sure=True),
    "verify": lambda who: MoveWarning(by=who, warning=WARNED, stage=Stage.VERIFIED),
    "report": lambda who: ReportWarning(by=who, warning=WARNED),
    "told": lambda who: _call(who, Result.REACHED),
    "no answer": lambda who: _call(who, Result.NO_ANSWER),
    "lift": lambda who: MoveWarning(by=who, warning=WARNED, stage=Stage.LIFTED, reason="over"),
    "dismiss": lambda who: MoveWarning(
        by=who, warning=WARNED, stage=Stage.DISMISSED, reason="nothing"
    ),
    "convert": lambda who: ConvertWarning(by=who, warning=WARNED),
    "new lead": lambda _: AcceptSite(by=by("root"), site=led_by_the_boss()),
    "lead leaves": lambda _: RemovePerson(by=by("root"), person="duty", reason="left"),
}
STEP = st.tuples(st.sampled_from(sorted(DEEDS)), st.sampled_from(EVERYBODY), st.integers(0, 12))


def wide_firm():
    """An escalation that names everybody and a unit outside, an audience with both in it."""
    usual = scenario()
    signs = Row("signs", at=MINUTE, to=("role:duty_lead",), text=Words("征兆", "signs"))
    danger = Danger("outage", "core", 3)
    rows = {**usual.rows, "signs": replace(signs, raises=danger)}
    site = firm(replace(usual, rows=rows))
    steps = tuple(
        replace(step, page=(*step.page, "team:technology", "boss", "unit:csrc"))
        for step in OUTAGE.escalation
    )
    way = Way(BY_HAND, NUMBER, "phone")
    members = ("team:command_body", "unit:csrc", "clerk")
    audience = Audience("all", Words("全体", "all"), members=members, levels=(1, 2, 3, 4))
    return replace(
        site,
        playbooks={
            **site.playbooks,
            "outage": replace(OUTAGE, escalation=steps, report_path=("csrc",)),
        },
        liaisons=(Liaison("boss"), Liaison("head")),
        patience=Patience(10 * MINUTE, 20 * MINUTE),
        units={"csrc": Unit("csrc", "regulator", Words("监管", "regulator"), reach=(way,))},
        audiences={"all": audience},
    )


def led_by_the_boss():
    """The register changes meanwhile: whoever leads the watch now is outside the drill."""
    site = wide_firm()
    lead = replace(site.roles["duty_lead"], primary="boss", backup="")
    return replace(site, roles={**site.roles, "duty_lead": lead})


PHASES = (Generation.explicit, Generation.reuse, Generation.generate)
"""Stories are short as they are; to make one shorter takes minutes."""


@settings(max_examples=8, deadline=None, phases=PHASES, suppress_health_check=list(HealthCheck))
@example(
    [("page boss", "clerk", 12), ("roll", "duty", 12), ("brief", "duty", 12), ("take", "duty", 12)]
)
@example(
    [
        ("take", "duty", 1),
        ("verify", "duty", 1),
        ("report", "duty", 1),
        ("told", "duty", 1),
        ("new lead", "duty", 0),
        ("lead leaves", "duty", 0),
        ("lift", "head", 1),
        ("no answer", "head", 12),
    ]
)
@example([("take", "duty", 8), ("verify", "head", 30), ("convert", "head", 1)])
@given(st.lists(STEP, min_size=4, max_size=14))
def test_nothing_of_a_drill_leaves(steps):
    """In whatever order: every message of it is marked, and for its people; the real one is not."""
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{folder}/responder.db")
        try:
            play = Play.of(store, wide_firm(), EVENING)
            play.do(ApproveDrill(by=by("boss"), scenario="s"))
            play.do(StartDrill(by=by("clerk"), scenario="s"))
            for deed, who, minutes in steps:
                _try(play, deed, who)
                play.wait(minutes * MINUTE)
            _judge(play)
        finally:
            store.close()


def _try(play: Play, deed: str, who: str) -> None:
    """Refused or not: what comes of it is looked at afterwards. Whatever waits is confirmed."""
    wanted = DEEDS[deed](by(who))
    if callable(wanted):
        wanted = wanted(str(len(play.store.read(lambda uow: uow.call_tasks.of(WARNED)))))
    try:
        reply = play.do(wanted)
        if deed == "dismiss":
            play.do(Confirm(by=by("head"), request=reply.id))
    except ResponderError:
        return


def _judge(play: Play) -> None:
    words = Messages(TEMPLATES)
    sent = [message for _, message in play.outgoing]
    drilled = [message for message in sent if message.incident in OF_IT]
    assert drilled
    for message in drilled:
        said = words.message(message, "sandbox").body
        assert message.drill
        assert message.person in INSIDE
        assert said.startswith(FIRST_WORDS), said
        assert NUMBER not in said
        assert breach(message, said, INSIDE) == ""
    for message in (one for one in sent if one.incident not in OF_IT):
        assert not message.drill
        assert not words.message(message, "sandbox").body.startswith(FIRST_WORDS)
    calls = play.store.read(lambda uow: uow.call_tasks.of(DRILL))
    assert not [call for call in calls.values() if call.whom == "unit:csrc" and call.is_open]
    _judge_the_warning(play)


def _judge_the_warning(play: Play) -> None:
    """No number to dial stands in its calls, nobody outside is asked to report it, nothing was
    declared but by the one real word; the log of events knows that one alone.
    """
    uow = play.store.read
    assert all(call.to == "" for call in uow(lambda u: u.call_tasks.of(WARNED)).values())
    owed = uow(lambda u: u.obligations.of(WARNED)).values()
    assert {person for row in owed for person in row.asked} <= set(INSIDE)
    real = [one for id, one in uow(lambda u: u.incidents.all()).items() if id != DRILL]
    assert {(one.playbook, one.title) for one in real} <= {("leak", "real")}
    events = uow(lambda u: u.logged_events.all()).values()
    assert {event.became for event in events} <= {one.id for one in real}
