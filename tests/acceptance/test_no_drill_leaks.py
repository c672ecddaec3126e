"""Whatever people do in a drill, and however long, nothing of it leaves the fence (P5).

Every path by which the house writes messages is tried in every order: pages, hunts, decisions,
rows, tasks, roll-calls, briefings, handovers, alarms of what is late, calls by hand, refusals.
"""

import tempfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from hypothesis import HealthCheck, example, given, settings
from hypothesis import Phase as Generation
from hypothesis import strategies as st

from responder.commands.briefing import Brief
from responder.commands.decision import Decide, PassOn
from responder.commands.drills.approving import ApproveDrill
from responder.commands.drills.conducting import PauseDrill, ResumeDrill, SendRow
from responder.commands.drills.starting import StartDrill
from responder.commands.incident import Declare
from responder.commands.leading import HandOver, Take
from responder.commands.note import AddNote
from responder.commands.paging import Acknowledge, Decline, Page
from responder.commands.phase import Cancel, SetPhase
from responder.commands.roll_call import AnswerRoll, CallRoll
from responder.commands.task import AssignTask, DoTask
from responder.documents.messages import Messages
from responder.domain.briefing import Audience
from responder.domain.fence import FIRST_WORDS, breach
from responder.domain.incident import Phase
from responder.domain.people import BY_HAND, Way
from responder.domain.register import Unit
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
}
STEP = st.tuples(st.sampled_from(sorted(DEEDS)), st.sampled_from(EVERYBODY), st.integers(0, 12))


def wide_firm():
    """An escalation that names everybody and a unit outside, an audience with both in it."""
    site = firm(scenario())
    steps = tuple(
        replace(step, page=(*step.page, "team:technology", "boss", "unit:csrc"))
        for step in OUTAGE.escalation
    )
    way = Way(BY_HAND, "12386", "phone")
    members = ("team:command_body", "unit:csrc", "clerk")
    audience = Audience("all", Words("全体", "all"), members=members, levels=(1, 2, 3, 4))
    return replace(
        site,
        playbooks={**site.playbooks, "outage": replace(OUTAGE, escalation=steps)},
        units={"csrc": Unit("csrc", "regulator", Words("监管", "regulator"), reach=(way,))},
        audiences={"all": audience},
    )


PHASES = (Generation.explicit, Generation.reuse, Generation.generate)
"""Stories are short as they are; to make one shorter takes minutes."""


@settings(max_examples=8, deadline=None, phases=PHASES, suppress_health_check=list(HealthCheck))
@example(
    [("page boss", "clerk", 12), ("roll", "duty", 12), ("brief", "duty", 12), ("take", "duty", 12)]
)
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
    """Refused or not: what comes of it is looked at afterwards."""
    try:
        play.do(DEEDS[deed](by(who)))
    except ResponderError:
        return


def _judge(play: Play) -> None:
    words = Messages(TEMPLATES)
    sent = [message for _, message in play.outgoing]
    drilled = [message for message in sent if message.incident == DRILL]
    assert drilled
    for message in drilled:
        said = words.message(message, "sandbox").body
        assert message.drill
        assert message.person in INSIDE
        assert said.startswith(FIRST_WORDS), said
        assert breach(message, said, INSIDE) == ""
    for message in (one for one in sent if one.incident != DRILL):
        assert not message.drill
        assert not words.message(message, "sandbox").body.startswith(FIRST_WORDS)
    calls = play.store.read(lambda uow: uow.call_tasks.of(DRILL))
    assert not [call for call in calls.values() if call.whom == "unit:csrc" and call.is_open]
